"""A small knowledge base: folders, articles in their plan, sheets in every state."""

from datetime import date
from itertools import count
from typing import Any

from sicp.operations.knowledge.comment import QUESTION
from sicp.operations.knowledge.comment import comment_item
from sicp.operations.knowledge.comment import resolve_comment
from sicp.operations.knowledge.folder import create_folder
from sicp.operations.knowledge.publishing import entrust_sheet
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.publishing import retire_sheet
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet
from sicp.operations.knowledge.sheet import start_editing
from sicp.operations.knowledge.sheet import write_sheet
from sicp.operations.knowledge.subscription import follow_folder

LONG = """<h2>Le principe</h2><p>Tout marché est alloti : art. L. 2999-10.</p>
<h2>Les exceptions</h2><p>Voir l’article L2999-11 et <a href="sicp:clause/{clause}">une
clause</a>.</p><h3>La motivation</h3><p>Le choix est motivé.</p>
<h2>La pratique</h2><p>Un tableau :</p><table><thead><tr><th scope="col">Lot</th>
<th scope="col">Objet</th></tr></thead><tbody><tr><td>1</td><td>Gros œuvre</td></tr>
</tbody></table>"""
CLAUSE = "penalties-late-fixed"


def build_base(site: Any, by: dict[str, Any]) -> dict[str, Any]:
    """Fill the base of a site; return the folders and the sheets by a short name."""
    base = site["connaissances"]
    made: dict[str, Any] = {"base": base}
    ranks = count(1)

    def folder(name: str, parent: str, title: str, **kw: Any) -> None:
        kw = {"rank": float(next(ranks)), **by, **kw}
        made[name] = create_folder(made[parent], title, **kw)

    def sheet(
        name: str, place: str, kind: str, title: str, text: str, **fields: Any
    ) -> None:
        themes = fields.pop("themes", ())
        wanted = SheetInput(title, text, fields, themes)
        rank = float(next(ranks))
        made[name] = create_sheet(made[place], kind, wanted, rank=rank, **by)

    folder("texts", "base", "Textes de la Région", summary="Ce qui s’impose à tous.")
    folder("code", "texts", "Code de l’essai")
    folder("part1", "code", "Section 1 : Principe")
    folder("part2", "code", "Section 2 : Exceptions")
    folder("practice", "base", "Fiches de la Région", summary="Ce qu’il faut faire.")
    folder("empty", "practice", "À venir")
    for number, place in (
        ("L2999-10", "part1"),
        ("L2999-11", "part2"),
        ("L2999-12", "part2"),
    ):
        sheet(
            number,
            place,
            "article",
            f"Article {number}",
            f"<p>Texte de l’article {number}, après l’article L. 2999-10.</p>",
            code="ccp",
            number=number,
            plan="Allotissement",
            source="https://www.legifrance.gouv.fr/",
        )
    sheet(
        "lots",
        "practice",
        "practice",
        "Allotir à la Région",
        LONG.format(clause=CLAUSE),
        audience="Acheteurs",
        themes=("Allotissement", "Préparation"),
    )
    sheet(
        "decree",
        "texts",
        "official_text",
        "Décret de l’essai",
        "<p>Le décret.</p>",
        nature="decree",
        nor="ECOM1818593D",
        signed_on=date(2018, 12, 3),
        themes=("Seuils",),
    )
    sheet("old", "practice", "practice", "Ancienne fiche", "<p>Périmé.</p>")
    sheet("draft", "practice", "practice", "Fiche à écrire", "<p>Début.</p>")
    for name in ("L2999-10", "L2999-11", "L2999-12", "lots", "decree", "old"):
        publish_sheet(made[name], **by)
    retire_sheet(made["old"], "Remplacée par la fiche nouvelle.", **by)
    entrust_sheet(made["lots"], "documentaliste", date(2026, 1, 15), **by)
    return made


def build_closed(made: dict[str, Any], readers: Any, by: dict[str, Any]) -> None:
    """Add a folder kept for the agents of some entities, with a sheet in it."""
    made["closed"] = create_folder(
        made["base"], "Contentieux réservé", readers=readers, **by
    )
    text = "<p>Une stratégie secrète, art. L. 2999-10.</p>"
    wanted = SheetInput("Stratégie contentieuse", text, {}, ("Stratégie",))
    made["secret"] = create_sheet(made["closed"], "practice", wanted, **by)
    publish_sheet(made["secret"], **by)
    start_editing(made["lots"], **by)


def written_sheet(folder: Any, writer: dict[str, Any], reader: dict[str, Any]) -> Any:
    """Make a sheet of two versions, spoken of, that its writer amends again."""
    themes = ("Allotissement", "Seuils")
    fields = {"audience": "Acheteurs"}
    said = "<h2>Règle</h2><p>Les lots sont estimés ensemble.</p>"
    first = SheetInput("Estimer les lots", said, fields, themes)
    sheet = create_sheet(folder, "practice", first, **writer)
    publish_sheet(sheet, **writer, note="Première rédaction")
    for more, note in (
        ("<p>Le seuil se juge sur le total.</p>", "Le total"),
        ("<p>Les petits lots ont leur règle.</p>", ""),
    ):
        start_editing(sheet, **writer)
        said += more
        write_sheet(sheet, SheetInput(first.title, said, fields, themes), **writer)
        if note:
            publish_sheet(sheet, **writer, note=note)
    comment_item(sheet, "Un exemple aiderait.", **reader)
    asked = comment_item(sheet, "Et les lots réservés ?", about=QUESTION, **reader)
    comment_item(sheet, "Je le note.", answers_to=asked.id, **writer)
    dealt = comment_item(sheet, "Une coquille au titre.", **reader)
    resolve_comment(sheet, dealt.id, **writer)
    follow_folder(folder, actor=reader["actor"], now=reader["now"])
    return sheet
