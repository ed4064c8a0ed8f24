"""Two versions of a clause side by side: which lines, which words, which properties."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from sicp.engines.drafting.blocks import Blocks
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import ClauseKind
from sicp.engines.drafting.clause import ClauseVariable
from sicp.engines.drafting.condition_french import to_french
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.formats import day
from sicp.engines.drafting.line_matching import Piece
from sicp.engines.drafting.line_matching import changed_words
from sicp.engines.drafting.line_matching import matched
from sicp.engines.drafting.lines import Line
from sicp.engines.drafting.lines import Word
from sicp.engines.drafting.lines import Words
from sicp.engines.drafting.lines import lines_of
from sicp.engines.drafting.lines import named_fields
from sicp.engines.drafting.lines import words_of
from sicp.engines.drafting.markup import parse

Fate = Literal["same", "inserted", "deleted"]

CELL_BAR = " | "

_KINDS: Mapping[ClauseKind, str] = {
    ClauseKind.COMPULSORY: "obligatoire",
    ClauseKind.OPTIONAL: "facultative",
    ClauseKind.ALTERNATIVE: "alternative",
    ClauseKind.FREE: "libre",
}
_TYPES: Mapping[FieldType, str] = {
    FieldType.TEXT: "texte",
    FieldType.LONG_TEXT: "texte long",
    FieldType.INTEGER: "nombre entier",
    FieldType.AMOUNT: "montant",
    FieldType.PERCENT: "pourcentage",
    FieldType.MONTHS: "nombre de mois",
    FieldType.DAYS: "nombre de jours",
    FieldType.DATE: "date",
    FieldType.DATETIME: "date et heure",
    FieldType.BOOLEAN: "oui ou non",
    FieldType.CHOICE: "choix",
    FieldType.CHOICES: "choix multiples",
    FieldType.CPV: "code CPV",
    FieldType.ROWS: "liste",
}


@dataclass(frozen=True, slots=True)
class DiffRun:
    """Words of one fate and one look; a chip is a value, a test or a reference."""

    kind: Fate
    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_chip: bool = False


Runs = tuple[DiffRun, ...]


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One line of a page with two columns.

    ``block`` is paragraph, heading, item, header (the first row of a table) or row;
    ``level`` the depth of an item. The cells of a row are parted by a run « | ».
    ``old`` holds no inserted words and ``new`` no deleted ones; a side is empty when
    it has no such line.
    """

    status: Literal["unchanged", "changed", "added", "removed"]
    block: str
    old: Runs
    new: Runs
    level: int = 0
    old_mark: str = ""
    new_mark: str = ""


@dataclass(frozen=True, slots=True)
class PropertyDiff:
    """A property of a clause that is not the same; ``rows`` only for its text."""

    name: str
    title: str
    old: Runs
    new: Runs
    rows: tuple[DiffRow, ...] = ()


def compare(old: Blocks, new: Blocks, names: Mapping[str, str]) -> list[DiffRow]:
    """Compare two texts of a clause, line by line and word by word.

    Args:
        old: the text before.
        new: the text after.
        names: titles of fields by name, and of clauses by « ref:clause-id ».
    """
    return _compare(old, new, named_fields(names))


def compare_clauses(
    old: Clause | None, new: Clause | None, fields: FieldSet
) -> tuple[PropertyDiff, ...]:
    """Return what is not the same in two versions of a clause, in the order of a form.

    None stands for a clause that was not there yet, or is no more.

    Raises:
        MarkupError: a text cannot be read.
    """
    found = (_property(name, title, old, new, fields) for name, title in _TITLES)
    return (*(item for item in found if item), *_text_property(old, new, fields))


def compare_words(old: str, new: str) -> tuple[Runs, Runs]:
    """Compare two plain texts; return the runs of the old one, and of the new one."""
    pieces = changed_words(tuple(words_of(old)), tuple(words_of(new)))
    return _side(pieces, "deleted"), _side(pieces, "inserted")


def _compare(old: Blocks, new: Blocks, fields: FieldSet) -> list[DiffRow]:
    pairs = matched(lines_of(old, fields), lines_of(new, fields))
    return [_row(before, after) for before, after in pairs]


def _row(before: Line | None, after: Line | None) -> DiffRow:
    shown = after or before or Line("paragraph", ())
    cells = [
        changed_words(*pair)
        for pair in zip(
            before.cells if before else ((),) * len(shown.cells),
            after.cells if after else ((),) * len(shown.cells),
            strict=True,
        )
    ]
    return DiffRow(
        _status(before, after),
        shown.kind,
        _cells(cells, "deleted") if before else (),
        _cells(cells, "inserted") if after else (),
        shown.level,
        before.mark if before else "",
        after.mark if after else "",
    )


def _status(
    before: Line | None, after: Line | None
) -> Literal["unchanged", "changed", "added", "removed"]:
    if before is None:
        return "added"
    if after is None:
        return "removed"
    return "unchanged" if before == after else "changed"


def _cells(cells: list[tuple[Piece, ...]], fate: Fate) -> Runs:
    found: list[DiffRun] = []
    for index, pieces in enumerate(cells):
        found.extend([DiffRun("same", CELL_BAR)] if index else [])
        found.extend(_side(pieces, fate))
    return tuple(found)


def _side(pieces: Iterable[Piece], fate: Fate) -> Runs:
    """Return the runs of one side: what is the same, and what has its fate."""
    return tuple(
        run
        for piece in pieces
        if piece.kind in {"same", fate}
        for run in _runs("same" if piece.kind == "same" else fate, piece.words)
    )


def _runs(kind: Fate, words: Words) -> Iterator[DiffRun]:
    for look, group in groupby(words, key=_look):
        yield DiffRun(kind, "".join(word.text for word in group), *look)


def _look(word: Word) -> tuple[bool, bool, bool]:
    return word.is_bold, word.is_italic, word.is_chip


def _property(
    name: str, title: str, old: Clause | None, new: Clause | None, fields: FieldSet
) -> PropertyDiff | None:
    say = _SAYINGS[name]
    before, after = (say(c, fields) if c else "" for c in (old, new))
    if before == after:
        return None
    return PropertyDiff(name, title, *compare_words(before, after))


def _text_property(
    old: Clause | None, new: Clause | None, fields: FieldSet
) -> Iterator[PropertyDiff]:
    known = fields.extended_with(
        tuple(variable for c in (old, new) if c for variable in c.variables)
    )
    texts = [parse(clause.text) if clause else () for clause in (old, new)]
    rows = tuple(_compare(texts[0], texts[1], known))
    if any(row.status != "unchanged" for row in rows):
        yield PropertyDiff("text", "Texte", (), (), rows)


def _condition(clause: Clause, fields: FieldSet) -> str:
    return to_french(clause.condition, fields.extended_with(clause.variables))


def _variables(clause: Clause, fields: FieldSet) -> str:
    known = fields.extended_with(clause.variables)
    return "\n".join(_variable(variable, known) for variable in clause.variables)


def _variable(variable: ClauseVariable, fields: FieldSet) -> str:
    """Say all there is of a variable on one line."""
    parts = [
        _TYPES[variable.type],
        "obligatoire" if variable.required else "facultative",
        "choix : " + ", ".join(french(c.title) for c in variable.choices)
        if variable.choices
        else "",
        _default(variable),
        _bounds(variable),
        f"si {to_french(variable.applies_when, fields)}"
        if variable.applies_when
        else "",
        f"aide : {french(variable.help)}" if variable.help else "",
        f"articles {', '.join(variable.law)}" if variable.law else "",
    ]
    said = " ; ".join(part for part in parts if part)
    return f"{french(variable.title)} : {said}"


def _default(variable: ClauseVariable) -> str:
    value = variable.meta.get("default")
    return "" if value is None else f"par défaut {variable.choice_title(str(value))}"


def _bounds(variable: ClauseVariable) -> str:
    least = "" if variable.minimum is None else f"au moins {variable.minimum}"
    most = "" if variable.maximum is None else f"au plus {variable.maximum}"
    return ", ".join(filter(None, (least, most)))


def _heading(clause: Clause, fields: FieldSet) -> str:
    known = fields.extended_with(clause.variables)
    lines = lines_of((Paragraph(clause.heading),), known)
    return "".join(word.text for line in lines for word in line.words)


def _links(clause: Clause, _: FieldSet) -> str:
    return "\n".join(
        link.title if link.is_inside else f"{link.title} ({link.url})"
        for link in clause.links
    )


def _derogations(clause: Clause, _: FieldSet) -> str:
    return "\n".join(
        f"article {item.article} du CCAG-{item.ccag.upper()}"
        for item in clause.derogates
    )


def _yes_or_no(*, is_so: bool) -> str:
    return "oui" if is_so else "non"


_TITLES = (
    ("title", "Titre"),
    ("family", "Famille"),
    ("theme", "Thème"),
    ("kind", "Nature"),
    ("group", "Groupe d’alternatives"),
    ("condition", "Condition"),
    ("repeat", "Répétée pour chaque élément de"),
    ("is_open", "Texte que le rédacteur peut remplacer"),
    ("has_heading", "Titre imprimé"),
    ("legal_basis", "Fondements juridiques"),
    ("derogates", "Dérogations au CCAG"),
    ("valid_from", "En vigueur à compter du"),
    ("valid_until", "En vigueur jusqu’au"),
    ("owner", "Responsable"),
    ("note", "Note de rédaction"),
    ("links", "Pages utiles"),
    ("variables", "Questions posées au rédacteur"),
)
_SAYINGS: Mapping[str, Callable[[Clause, FieldSet], str]] = {
    "title": _heading,
    "family": lambda clause, _: clause.family,
    "theme": lambda clause, _: clause.theme,
    "kind": lambda clause, _: _KINDS[clause.kind],
    "group": lambda clause, _: clause.group,
    "condition": _condition,
    "repeat": lambda clause, fields: (
        french(fields[clause.repeat].title)
        if clause.repeat in fields
        else clause.repeat
    ),
    "is_open": lambda clause, _: _yes_or_no(is_so=clause.is_open),
    "has_heading": lambda clause, _: _yes_or_no(is_so=clause.has_heading),
    "legal_basis": lambda clause, _: ", ".join(clause.legal_basis),
    "derogates": _derogations,
    "valid_from": lambda clause, _: day(clause.valid_from) if clause.valid_from else "",
    "valid_until": lambda clause, _: (
        day(clause.valid_until) if clause.valid_until else ""
    ),
    "owner": lambda clause, _: clause.owner,
    "note": lambda clause, _: clause.note.strip(),
    "links": _links,
    "variables": _variables,
}
