"""Write ``seed/knowledge/ccp_articles.jsonl.gz`` from the collected texts of the code.

Run it once when a source changes, read the difference, commit the result::

    python scripts/build_knowledge.py ../shared/data

The source tells of each article its part and the lowest title above it. The books,
titles and chapters between them are read in its number (L. 2123-1 stands in part 2,
book 1, title 2, chapter 3); the names the source never gives are typed here.
"""

import argparse
import gzip
import io
import json
import re
from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SEED = Path(__file__).parent.parent / "src" / "sicp" / "seed"
TARGET = SEED / "knowledge" / "ccp_articles.jsonl.gz"
SOURCE = "LEGI/DILA, Licence Ouverte 2.0, texte de mi-2025"
SOURCE_2026 = "LEGI/DILA, Licence Ouverte 2.0, texte en vigueur au 23 août 2026"

PARTS = {
    "1": "Première partie : Définitions et champ d’application",
    "2": "Deuxième partie : Marchés publics",
    "3": "Troisième partie : Concessions",
}
PRELIMINARY = "Titre préliminaire"
BOOKS = {
    "11": "Contrats de la commande publique",
    "12": "Acteurs de la commande publique",
    "13": "Contrats mixtes",
    "14": "Dispositions relatives à l’outre-mer",
    "20": "Marchés publics mixtes",
    "21": "Dispositions générales",
    "22": "Dispositions propres aux marchés de partenariat",
    "23": "Dispositions applicables aux marchés de défense ou de sécurité",
    "24": "Dispositions propres aux marchés publics liés à la maîtrise d’ouvrage "
    "publique et à la maîtrise d’œuvre privée",
    "25": "Autres marchés publics",
    "26": "Dispositions relatives à l’outre-mer",
    "30": "Contrats de concession mixtes",
    "31": "Dispositions générales",
    "32": "Autres contrats de concession",
    "33": "Dispositions relatives à l’outre-mer",
}
TITLES = {
    "111": "Marchés publics",
    "112": "Contrats de concession",
    "121": "Acheteurs et autorités concédantes",
    "122": "Opérateurs économiques, candidats et soumissionnaires",
    "211": "Préparation du marché",
    "212": "Choix de la procédure de passation",
    "213": "Engagement de la procédure de passation",
    "214": "Phase de candidature",
    "215": "Phase d’offre",
    "216": "Règles applicables aux procédures et techniques d’achat",
    "217": "Règles spécifiques à la passation de certains marchés",
    "218": "Achèvement de la procédure",
    "219": "Exécution du marché",
    "241": "Champ d’application",
    "242": "Maîtrise d’ouvrage publique",
    "243": "Maîtrise d’œuvre privée",
    "311": "Préparation du contrat de concession",
    "312": "Procédure de passation",
    "313": "Exécution du contrat de concession",
}
CHAPTERS = {
    "2112": "Contenu du marché",
    "2121": "Calcul de la valeur estimée du besoin",
    "2132": "Communications et échanges d’informations",
    "2141": "Exclusions de la procédure de passation",
    "2143": "Contenu des candidatures",
    "2144": "Examen des candidatures",
    "2152": "Examen des offres",
    "2162": "Règles applicables aux techniques d’achat",
    "2182": "Signature et notification du marché",
    "2196": "Informations relatives à l’achat",
    "2197": "Règlement alternatif des différends",
}
#: A title is printed in capitals when so many of its letters are (« livre Ier »).
CAPITALS = 0.7
#: Part of the code, then title: the source tells no more than the lowest one.
TOLD_TITLES = 3
NUMERALS = {"0": "préliminaire", "1": "Ier", "2": "II", "3": "III", "4": "IV"}
NUMERALS |= {"5": "V", "6": "VI", "7": "VII", "8": "VIII", "9": "IX"}

Row = dict[str, Any]


def read_articles(path: Path) -> Iterator[Row]:
    """Read the articles as they were collected."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def read_overlay(path: Path) -> dict[str, tuple[str, str]]:
    """Read the newer wordings: number → (in force since, text).

    A wording the collector told to be a summary is left out: it is no text of law.
    """
    found = {}
    for part in path.read_text(encoding="utf-8").split("## Article ")[1:]:
        number, _line, body = part.partition("\n")
        date = re.search(r"\*En vigueur depuis le (\d{4}-\d{2}-\d{2})", body)
        if date is None or "RÉSUMÉ" in body:
            continue
        lines = [
            line for line in body.splitlines() if line and not re.match(r"[*>]", line)
        ]
        found[number.strip()] = (date[1], "\n".join(lines))
    return found


def display(number: str) -> str:
    """Return a number as it is printed: L2123-1 becomes « L. 2123-1 »."""
    return f"{number[0]}. {number[1:]}"


def typeset(text: str) -> str:
    """Return a text with French apostrophes and one line for each paragraph."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line).replace("'", "’")


def heading(title: str) -> str:
    """Return a title of the plan, never all in capitals."""
    words = typeset(title).rstrip(".")
    label, colon, name = words.partition(" : ")
    if not colon or not _is_in_capitals(name):
        return words
    lowered = name.capitalize()
    lowered = re.sub(r"\blivre ([ivx]+)(er)?\b", _book_name, lowered)
    return f"{label}{colon}{lowered}"


def _is_in_capitals(words: str) -> bool:
    letters = [sign for sign in words if sign.isalpha()]
    return sum(map(str.isupper, letters)) > CAPITALS * len(letters)


def _book_name(found: re.Match[str]) -> str:
    return f"livre {found[1].capitalize() if found[2] else found[1].upper()}" + (
        found[2] or ""
    )


def chapters(rows: Iterable[Row]) -> dict[str, str]:
    """Return the titles of chapters the source tells: « 2123 » → its title.

    The ones of the law are printed better than those of the decree: they come first.
    """
    found: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row["num"][0] != "L"):
        lowest = row["plan"][-1] if row["plan"] else ""
        digits = re.match(r"\w(\d{4})", row["num"])
        if digits and lowest.startswith("Chapitre") and "unique" not in lowest:
            found.setdefault(digits[1], heading(lowest))
    return found


def plan(row: Row, known_chapters: dict[str, str]) -> list[str]:
    """Return the path of titles above an article."""
    number = row["num"]
    half = "Partie législative" if number[0] == "L" else "Partie réglementaire"
    digits = number[1:5]
    if not re.fullmatch(r"\d{4}", digits):
        return [half, PRELIMINARY]
    path = [half, PARTS[digits[0]], level("Livre", digits[:2], BOOKS)]
    if digits[2] != "0":
        path.append(level("Titre", digits[:3], TITLES))
    if digits[3] != "0":
        named = known_chapters.get(digits)
        path.append(named or level("Chapitre", digits, CHAPTERS))
    lowest = heading(row["plan"][-1]) if len(row["plan"]) == TOLD_TITLES else ""
    if lowest.startswith(("Section", "Sous-section", "Paragraphe")):
        path.append(lowest)
    return path


def level(word: str, digits: str, names: dict[str, str]) -> str:
    """Return « Livre Ier : Dispositions générales »."""
    label = f"{word} {NUMERALS[digits[-1]]}"
    return f"{label} : {names[digits]}" if digits in names else label


def build(folder: Path) -> list[Row]:
    """Return the articles as the project keeps them, in the order of the code."""
    rows = list(read_articles(folder / "legal" / "ccp_articles.jsonl.gz"))
    newer = read_overlay(folder / "legal" / "ccp_overlay_2026.md")
    rows += [{"num": n, "plan": [], "texte": ""} for n in newer if not _has(rows, n)]
    known = chapters(rows)
    return sorted((article(row, known, newer) for row in rows), key=rank)


def _has(rows: list[Row], number: str) -> bool:
    return any(row["num"] == number for row in rows)


def article(row: Row, known: dict[str, str], newer: dict[str, tuple[str, str]]) -> Row:
    """Return one article as the project keeps it."""
    number = row["num"]
    since, text = newer.get(number, (row.get("en_vigueur_depuis"), row["texte"]))
    return {
        "number": number,
        "display": display(number),
        "plan": plan(row, known),
        "text": typeset(text),
        "in_force_since": since,
        "source": SOURCE_2026 if number in newer else SOURCE,
    }


def rank(row: Row) -> tuple[bool, tuple[int, ...], str]:
    """Order the law before the decree, and articles as they are numbered."""
    number = row["number"]
    digits = tuple(int(part) for part in re.findall(r"\d+", number))
    return number[0] != "L", digits, number[0]


def write(rows: Iterable[Row], path: Path) -> None:
    """Write the same bytes for the same rows, whatever the day."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        text = io.TextIOWrapper(packed, encoding="utf-8")
        for row in rows:
            text.write(json.dumps(row, ensure_ascii=False) + "\n")
        text.flush()


def main() -> None:
    """Read the sources, write the articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    rows = build(parser.parse_args().folder)
    write(rows, TARGET)
    print(f"{len(rows)} articles → {TARGET}")


if __name__ == "__main__":
    main()
