"""The Word model of a public body, cut into pieces that become proposals."""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from typing import Any

from sicp import permissions as p
from sicp.engines.docx.cutting import TO_FILL
from sicp.engines.docx.cutting import CutClause
from sicp.engines.docx.cutting import cut_by_headings
from sicp.engines.docx.reading_package import ReadError
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.similarity import SimilarityIndex
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.clause.editing import plain_name
from sicp.operations.clause.library import clause_called
from sicp.operations.clause.library import library_of
from sicp.operations.clause.library import read_data
from sicp.operations.clause.proposal import open_proposal
from sicp.operations.clause.proposal import propose_amendment
from sicp.operations.clause.proposal import propose_clause
from sicp.operations.clause.rich_text import Titles
from sicp.operations.user.right import require

IGNORE = "ignore"
CREATE = "create"
AMEND = "amend"
FATES = (IGNORE, CREATE, AMEND)

MOST_PIECES = 300
LARGEST_MODEL = 10 * 1024 * 1024
LONGEST_TITLE = 200
LONGEST_TEXT = 50_000
_MOST_NEAR = 5
_LONGEST_STEM = 30
_BLANK = re.compile(rf"\{{({TO_FILL}\d+)(?=[|}}])")

#: The index of the library read last, by its stamp; each process may lose it.
_INDEXES: dict[str, SimilarityIndex] = {}


@dataclass(frozen=True, slots=True)
class Near:
    """A clause of the library that says nearly the same; ``percent`` up to 100."""

    clause: Any
    percent: int


@dataclass(frozen=True, slots=True)
class ModelPiece:
    """One piece of a model and what is to become of it.

    ``hints`` say what each blank of the text waits for, in order. ``place`` is
    « family/theme »; ``target`` the id of the clause that an amendment changes.
    ``notes`` tell what the file held and could not be kept.
    """

    title: str
    text: str
    hints: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fate: str = IGNORE
    place: str = ""
    kind: str = "compulsory"
    target: str = ""


def read_model(
    site: Any,  # noqa: ANN401
    data: bytes,
    *,
    actor: Actor,
) -> list[ModelPiece]:
    """Cut a Word file by its headings; what has no text is left out.

    Raises:
        NotAllowedError: the actor does not keep the library.
        InvalidInputError: the file is no Word file that can be read, is too large,
            or holds nothing; the message says which.
    """
    require(actor, p.EDIT_LIBRARY, site["clausier"])
    if len(data) > LARGEST_MODEL:
        raise InvalidInputError(TOO_LARGE, "file")
    try:
        cut = cut_by_headings(data)
    except ReadError as error:
        raise InvalidInputError(str(error), "file") from error
    pieces = [_piece(item) for item in cut if item.markup.strip()]
    if not pieces:
        raise InvalidInputError(
            _("model-empty", default="Aucun texte n’a été trouvé dans ce fichier."),
            "file",
        )
    if len(pieces) > MOST_PIECES:
        raise InvalidInputError(
            _(
                "model-too-many",
                default="Ce modèle compte ${count} passages : découpez-le, ${most} au "
                "plus se lisent à la fois.",
                mapping={"count": len(pieces), "most": MOST_PIECES},
            ),
            "file",
        )
    return pieces


def near_clauses(site: Any, text: str, on: date) -> list[Near]:  # noqa: ANN401
    """Return the clauses of the library that say nearly the same, nearest first."""
    found = _index(site, on).near_duplicates(text, _MOST_NEAR)
    named = ((clause_called(site, name), score) for name, score in found)
    return [
        Near(clause, round(100 * score))
        for clause, score in named
        if clause is not None
    ]


def propose_pieces(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    pieces: Sequence[ModelPiece],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    reason: str = "",
) -> list[Any]:
    """Open the proposals chosen, all of them or none.

    Raises:
        NotAllowedError: the actor does not keep the library.
        InvalidInputError: nothing is chosen, or one piece cannot be proposed as it is;
            the field is « piece-n », counted from 1.
    """
    require(actor, p.EDIT_LIBRARY, site["propositions"])
    chosen = [(n, piece) for n, piece in enumerate(pieces, 1) if piece.fate != IGNORE]
    if not chosen:
        raise InvalidInputError(
            _("model-nothing-chosen", default="Choisissez au moins un passage.")
        )
    _check_all(site, chosen)
    by = {"actor": actor, "now": now, "registry": registry, "reason": reason}
    return [
        propose_clause(site, new_data(piece), **by)
        if piece.fate == CREATE
        else propose_amendment(site, piece.target, **by, data=amended_data(site, piece))
        for _number, piece in chosen
    ]


def titles_with_blanks(titles: Titles, piece: ModelPiece) -> Titles:
    """Return what chips show in a piece: each blank says what it waits for."""
    names = dict.fromkeys(_BLANK.findall(piece.text))
    blanks = {name: _hint(piece, name) for name in names}
    fields = tuple(Field(name, title) for name, title in blanks.items())
    return Titles({**titles.names, **blanks}, titles.fields.extended_with(fields))


def new_data(piece: ModelPiece) -> dict[str, Any]:
    """Return a piece as the data of a new clause, its blanks made questions."""
    family, _slash, theme = piece.place.partition("/")
    text, variables = _with_questions(piece)
    data = {
        "title": piece.title,
        "family": family,
        "theme": theme,
        "kind": piece.kind,
        "text": text,
        "variables": variables,
    }
    return {name: value for name, value in data.items() if value}


def amended_data(site: Any, piece: ModelPiece) -> dict[str, Any]:  # noqa: ANN401
    """Return the clause a piece would change, with the text of the piece."""
    data = dict(clause_called(site, piece.target).current.data)
    text, variables = _with_questions(piece)
    known = [*data.get("variables", ()), *variables]
    return {**data, "text": text, **({"variables": known} if known else {})}


def _piece(cut: CutClause) -> ModelPiece:
    title = cut.title or (cut.path[-1] if cut.path else "") or _FOREWORD
    return ModelPiece(
        title[:LONGEST_TITLE],
        cut.markup,
        tuple(item.hint or item.text for item in cut.to_fill),
        cut.path,
        cut.notes,
    )


def _index(site: Any, on: date) -> SimilarityIndex:  # noqa: ANN401
    key = f"{site['clausier'].stamp}@{on.isoformat()}"
    if key not in _INDEXES:
        _INDEXES.clear()
        _INDEXES[key] = SimilarityIndex.of(library_of(site, on))
    return _INDEXES[key]


def _check_all(site: Any, chosen: Iterable[tuple[int, ModelPiece]]) -> None:  # noqa: ANN401
    targets: set[str] = set()
    for number, piece in chosen:
        message = _refusal(site, piece, targets)
        if message:
            raise InvalidInputError(message, f"piece-{number}")
        targets.add(piece.target if piece.fate == AMEND else "")


def _refusal(site: Any, piece: ModelPiece, targets: set[str]) -> str:  # noqa: ANN401
    """Return why a piece cannot be proposed, empty when it can."""
    refusals = _amending(site, piece, targets) if piece.fate == AMEND else _new(piece)
    said = next(refusals, "")
    if said:
        return said
    try:
        parse(piece.text)
        data = new_data(piece) if piece.fate == CREATE else amended_data(site, piece)
        read_data({"id": "piece", **data})
    except (MarkupError, InvalidInputError) as error:
        return str(getattr(error, "message", error))
    return ""


def _new(piece: ModelPiece) -> Iterator[str]:
    if not plain_name(piece.title):
        yield _("clause-title-needed", default="Donnez un titre à la clause.")
    if not piece.place:
        yield _("model-place-needed", default="Choisissez la famille et le thème.")


def _amending(site: Any, piece: ModelPiece, targets: set[str]) -> Iterator[str]:  # noqa: ANN401
    clause = clause_called(site, piece.target)
    if clause is None or not clause.versions:
        yield _("model-target-needed", default="Choisissez la clause à modifier.")
    if piece.target in targets:
        yield _(
            "model-target-twice",
            default="Deux passages modifient la même clause : n’en gardez qu’un.",
        )
    if open_proposal(site, piece.target) is not None:
        yield _(
            "proposal-already-open",
            default="Une proposition est déjà ouverte sur cette clause.",
        )


def _with_questions(piece: ModelPiece) -> tuple[str, list[dict[str, str]]]:
    """Name the blanks of a text after its title, and ask what fills them."""
    stem = plain_name(piece.title)[:_LONGEST_STEM].strip("_") or "question"
    stem = stem if stem[0].isalpha() else f"n_{stem}"
    names = dict.fromkeys(_BLANK.findall(piece.text))
    made = {name: f"{stem}_{name.removeprefix(TO_FILL)}" for name in names}
    text = _BLANK.sub(lambda found: "{" + made[found[1]], piece.text)
    variables = [
        {"name": made[name], "title": _hint(piece, name), "type": "text"}
        for name in names
    ]
    return text, variables


def _hint(piece: ModelPiece, name: str) -> str:
    rank = int(name.removeprefix(TO_FILL)) - 1
    hint = piece.hints[rank] if 0 <= rank < len(piece.hints) else ""
    return hint[:LONGEST_TITLE].strip() or _TO_COMPLETE


_FOREWORD = "Préambule"
_TO_COMPLETE = "À compléter"
TOO_LARGE = _(
    "model-too-large",
    default="Le fichier est trop volumineux : ${count} Mo au plus.",
    mapping={"count": LARGEST_MODEL // (1024 * 1024)},
)
