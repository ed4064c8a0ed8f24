"""Write ``seed/reference`` from the collected texts of law and nomenclatures.

Run it once when a source changes, read the difference, commit the result::

    python scripts/build_reference_data.py ../shared/data

The application never reads the sources: it reads what this script wrote. Values that
the sources give as prose (situations of a delay, who awards) are typed here, beside
their article, so that a jurist can compare them line by line.
"""

import argparse
import csv
import gzip
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from reference_procedures import PROCEDURES
from reference_procedures import STAGES

TARGET = Path(__file__).parent.parent / "src" / "sicp" / "seed" / "reference"
CODE_IN_FORCE = "2019-04-01"

CATEGORIES = {
    "FS": "supplies_services",
    "TRAVAUX": "works",
    "TOUS": "any",
    "CONCESSION": "concession",
    "SERVICES_SOCIAUX": "social_services",
    "INNOVANT": "innovation",
    "LIVRES": "books",
}
CONFIDENCES = {
    "verifie": "verified",
    "secondaire": "secondary",
    "memoire_non_verifie": "memory",
}
LEVELS = {
    "division": "division",
    "groupe": "group",
    "classe": "class",
    "catégorie": "category",
}
#: Where the DECP 2.0.3 schema holds each closed list of labels.
DECP_LISTS = {
    "nature": "marche/properties/nature",
    "procedure": "marche/properties/procedure",
    "ccag": "marche/properties/ccag",
    "group_form": "marche/properties/typeGroupementOperateurs",
    "place_code_type": "marche/properties/lieuExecution/properties/typeCode",
    "price_form": "marche/properties/formePrix",
    "price_type": "marche/definitions/typePrixArray/items",
    "technique": "marche/definitions/techniqueArray/items",
    "execution_mode": "marche/definitions/modaliteExecutionArray/items",
    "holder_id_type": "marche/definitions/Titulaire/properties/typeIdentifiant",
    "subcontract_price_variation": (
        "marche/definitions/ActeSousTraitance/properties/variationPrix"
    ),
    "social": "marche/definitions/considerationSocialeArray/items",
    "environmental": "marche/definitions/considerationEnvironnementaleArray/items",
    "concession_nature": "contrat-concession/properties/nature",
    "concession_procedure": "contrat-concession/properties/procedure",
    "concession_social": (
        "contrat-concession/definitions/considerationSocialeArray/items"
    ),
}


def typographic(text: str) -> str:
    """Give a French text its curved apostrophes; labels of a schema keep theirs."""
    return text.replace("'", "’")


def threshold_rows(source: dict[str, Any]) -> list[dict[str, Any]]:
    """Translate the keys of the dated thresholds; the amounts are untouched."""
    return [
        {
            "code": row["code"],
            "title": typographic(row["libelle"]),
            "category": CATEGORIES[row["categorie"]],
            "amount_excl_tax": row["valeur_eur_ht"],
            "valid_from": row["valide_du"],
            "valid_until": row["valide_au"],
            "source": typographic(row["reference"]),
            "confidence": CONFIDENCES[row["confiance"]],
            "note": typographic(row.get("note", "")),
        }
        for row in source["seuils"]
    ]


def procedure_rows(source: dict[str, Any]) -> list[dict[str, Any]]:
    """Join the prose of each procedure with its typed values."""
    return [procedure_row(row) for row in source["procedures"]]


def procedure_row(row: dict[str, Any]) -> dict[str, Any]:
    """Describe one procedure: what the source says, then what was typed from it."""
    told = {
        "code": row["code"],
        "title": typographic(row["libelle"]),
        "parent": row.get("parent"),
        "condition": typographic(row.get("condition", "")),
        "articles": row["articles"],
        "cases": [
            {"article": article, "title": typographic(title)}
            for article, title in row.get("cas", [])
        ],
        "stages": [STAGES[stage] for stage in row.get("etapes", [])],
        "eforms_procedure": row.get("eforms_procedure"),
        "ancestor_2006": typographic(row["ancetre_2006"]),
        "valid_from": CODE_IN_FORCE,
        "valid_until": None,
        "source": "Code de la commande publique (LEGI)",
        "confidence": "to_be_signed_off",
    }
    typed = PROCEDURES[row["code"]]
    if typed["negotiation"] == "forbidden":
        told["stages"] = [s for s in told["stages"] if s != "optional_negotiation"]
    return told | typed


def decp_lists(schema: dict[str, Any]) -> dict[str, list[str]]:
    """Copy the closed lists of the schema, byte for byte."""
    found = {}
    for name, path in DECP_LISTS.items():
        node = schema["definitions"]
        for step in path.split("/"):
            node = node[step]
        found[name] = node["enum"]
    return found


def geography_rows(source: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    """Keep the code, the name and what ``names`` lists of each territory."""
    return [
        {"code": row["code"], "name": typographic(row["nom"])}
        | {name: row[name] for name in names}
        for row in source
    ]


class PlainDumper(yaml.SafeDumper):
    """Write each list in full: a jurist does not follow anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Repeat what is written twice."""
        return True


def write_yaml(file: Path, origin: Iterable[str], content: Any) -> None:
    """Write one list under a header that says where it comes from."""
    header = "".join(f"# {line}\n" for line in origin)
    body = yaml.dump(
        content, Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=88
    )
    # Days are plain YAML dates, not quoted text: the reader gets them typed.
    body = re.sub(r"'(\d{4}-\d\d-\d\d)'", r"\1", body)
    file.write_text(header + body, encoding="utf-8")


def write_cpv(file: Path, source: Path) -> None:
    """Write the CPV without its English labels, compressed the same way every time."""
    text = io.StringIO()
    text.write(
        "# CPV 2008, règlement (CE) n° 213/2008 ; © Union européenne, CC BY 4.0\n"
    )
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("code", "level", "parent", "label"))
    with source.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            level = LEVELS.get(row["niveau"], "subcategory")
            label = typographic(row["libelle_fr"].strip())
            writer.writerow((row["code"], level, row["parent"], label))
    packed = gzip.compress(text.getvalue().encode("utf-8"), mtime=0)
    file.write_bytes(packed)


def read_json(path: Path) -> Any:
    """Read one source."""
    return json.loads(path.read_text(encoding="utf-8"))


def build(data: Path, target: Path) -> None:
    """Write in ``target`` every list that has a source in ``data``."""
    write_yaml(
        target / "thresholds.yaml",
        (
            "Dated thresholds of French public procurement, EUR excluding tax.",
            "Origin: Code de la commande publique, CGCT, notices of thresholds",
            "(LEGI/DILA, Licence Ouverte 2.0), compiled; not an official source, to be",
            "signed off by a jurist. confidence: verified, secondary or memory.",
            "Built by scripts/build_reference_data.py.",
        ),
        threshold_rows(read_json(data / "legal" / "seuils.json")),
    )
    write_yaml(
        target / "procedures.yaml",
        (
            "Procedures, purchasing techniques and amendments, and what the law sets.",
            "Origin: Code de la commande publique, CGCT (LEGI/DILA, Licence Ouverte",
            "2.0), compiled; not an official source, to be signed off by a jurist.",
            "Built by scripts/build_reference_data.py.",
        ),
        procedure_rows(read_json(data / "legal" / "procedures.json")),
    )
    write_yaml(
        target / "decp_labels.yaml",
        (
            "Closed lists of the « données essentielles » 2.0.3, byte for byte:",
            "straight apostrophes, « Maitrise » without circumflex. Never typeset it.",
            "Origin: 139bercy/format-commande-publique, Unlicense.",
            "Built by scripts/build_reference_data.py.",
        ),
        decp_lists(read_json(data / "decp" / "schema" / "schema_decp_v2.0.3.json")),
    )
    for name, keys in (("departements", ("region",)), ("regions", ())):
        english = {"departements": "departments"}.get(name, name)
        write_yaml(
            target / f"{english}.yaml",
            (
                f"French {english} and their INSEE codes.",
                "Origin: INSEE, Code officiel géographique (MIT package).",
                "Built by scripts/build_reference_data.py.",
            ),
            geography_rows(read_json(data / "geo" / f"{name}.json"), *keys),
        )
    write_cpv(target / "cpv.csv.gz", data / "cpv" / "cpv_2008_fr_en.csv")


def main() -> None:
    """Read the folder of sources from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder of the collected sources")
    build(parser.parse_args().data, TARGET)


if __name__ == "__main__":
    main()
