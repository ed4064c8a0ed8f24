"""« Pourquoi cette phrase ? »: what led to one passage of a piece, and who decided."""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp.content_types.consultation.upstream_form import CONTEXT_FIELDS
from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.engines.drafting.draft import Cause
from sicp.engines.drafting.draft import Section
from sicp.engines.drafting.draft import Truth
from sicp.engines.drafting.draft import UsedValue
from sicp.engines.drafting.fields import ROW_NAMES
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.operations.clause.library import clause_called
from sicp.operations.clause.release import CLAUSE
from sicp.operations.clause.release import releases_of
from sicp.operations.document.piece import Piece
from sicp.operations.journal import journal_of

#: The key of the first page among those of the sections.
COVER = "cover"

#: Where a value comes from.
FORM, LOTS, PIECE, DEFAULT = "form", "lots", "piece", "default"
BODY, LAW, COMPUTED = "body", "law", "computed"

_CONTEXT = frozenset(field.name for field in CONTEXT_FIELDS)
_OF_THE_LAW = frozenset({"is_formal", "is_small", "minimum_bid_days"})
_TABLES = {row: table for table, row in ROW_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Act:
    """Who did something, and when."""

    login: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """A value used, where it comes from, and who gave it, where the journal tells.

    ``field`` is the question of the form that gives it, ``step`` the step that asks it.
    """

    value: UsedValue
    place: str
    field: str
    step: str
    act: Act | None


@dataclass(frozen=True, slots=True)
class Adoption:
    """How a version of a clause came to be.

    ``votes`` gives the logins by vote; ``release`` is None for a version that no
    publication holds yet.
    """

    written: Act
    proposal: Any
    votes: Mapping[str, tuple[str, ...]]
    reason: str
    release: Any


@dataclass(frozen=True, slots=True)
class Reason:
    """All that led to one passage.

    ``section`` is None for the first page. ``clause`` is the clause of the site, when
    the passage is one. ``chosen`` tells who kept it among others, ``rewritten`` who
    put a text of the piece in its place.
    """

    key: str
    section: Section | None
    cause: Cause
    origins: tuple[Origin, ...]
    clause: Any
    adoption: Adoption | None
    chosen: Act | None
    rewritten: Act | None


@dataclass(frozen=True, slots=True)
class TruthLine:
    """One line of a condition read part by part; ``depth`` tells what holds it.

    ``link`` is that of its own parts, empty for an elementary condition.
    """

    depth: int
    link: str
    text: str
    holds: bool | None
    values: tuple[UsedValue, ...]


def reason_of(stored: Any, piece: Piece, key: str) -> Reason:  # noqa: ANN401
    """Tell what led to the passage ``key`` of a piece.

    Raises:
        InvalidInputError: the piece has no such passage any more.
    """
    if key == COVER and piece.draft.cover and piece.draft.cover.cause:
        return _reason(stored, piece, key, None, piece.draft.cover.cause)
    for section in piece.draft.walk():
        if section.anchor == key and section.cause is not None:
            return _reason(stored, piece, key, section, section.cause)
    raise InvalidInputError(
        _(
            "reason-unknown",
            default="Ce passage n’est plus dans la pièce : revenez au document.",
        )
    )


def truth_lines(truth: Truth | None, depth: int = 0) -> tuple[TruthLine, ...]:
    """Return a condition line by line, each part under what it belongs to."""
    if truth is None:
        return ()
    own = TruthLine(depth, truth.link, truth.text, truth.holds, truth.values)
    parts = (line for part in truth.parts for line in truth_lines(part, depth + 1))
    return (own, *parts)


def place_of(name: str, own: Mapping[str, Any]) -> tuple[str, str]:
    """Tell where the value of a field comes from, and the question that gives it.

    ``own`` are the answers of the piece alone.
    """
    base = value_field(name)
    if base == "lots":
        return LOTS, base
    if base in UPSTREAM_FORM:
        return FORM, base
    if base in _OF_THE_LAW:
        return LAW, base
    if base.startswith("buyer_"):
        return BODY, base
    if base in _CONTEXT:
        return COMPUTED, base
    return (PIECE if base in own else DEFAULT), base


def value_field(name: str) -> str:
    """Return the question that gives a value: that of a row is asked with its table."""
    base = name.partition(".")[0]
    return _TABLES.get(base, base)


def _reason(
    stored: Any,  # noqa: ANN401
    piece: Piece,
    key: str,
    section: Section | None,
    cause: Cause,
) -> Reason:
    site = find_objectmap(stored).root
    acts = _acts_on(site, stored)
    trace = section.trace if section else None
    clause = clause_called(site, trace.clause_id) if trace else None
    group = _group_of(piece, trace.clause_id) if trace else ""
    clause_id = trace.clause_id if trace else ""
    is_chosen = bool(group) and stored.choices.get(group) == clause_id
    return Reason(
        key,
        section,
        cause,
        tuple(_origin(value, piece, acts) for value in _every_value(cause)),
        clause,
        _adoption(site, clause, trace.version) if trace and clause else None,
        acts.get(f"choice:{group}") if is_chosen else None,
        acts.get(f"text:{trace.clause_id}") if trace and trace.is_local else None,
    )


def _group_of(piece: Piece, clause_id: str) -> str:
    clause = piece.library.clause(clause_id, piece.on)
    return clause.group if clause is not None else ""


def _every_value(cause: Cause) -> tuple[UsedValue, ...]:
    """Return each value once: those printed or tested, those of every condition."""
    found = {value.name: value for value in cause.values}
    for ground in (*cause.grounds, *cause.fragments):
        for line in truth_lines(ground.truth):
            for value in line.values:
                found.setdefault(value.name, value)
    return tuple(found.values())


def _origin(value: UsedValue, piece: Piece, acts: Mapping[str, Act]) -> Origin:
    place, name = place_of(value.name, piece.own)
    field = UPSTREAM_FORM.get(name)
    step = field.step if field is not None and field.step else ""
    key = f"answer:{name}" if place == PIECE else f"form:{name}"
    return Origin(value, place, name, step, acts.get(key))


def _acts_on(site: Any, stored: Any) -> Mapping[str, Act]:  # noqa: ANN401
    """Return who last wrote each part: answers of the form, and parts of this piece."""
    acts: dict[str, Act] = {}
    consultation = stored.__parent__.__parent__
    for entry in journal_of(site, consultation).backwards():
        for part in _parts_written(entry, stored):
            acts.setdefault(part, Act(entry["actor"], entry["at"]))
    return acts


def _parts_written(entry: Mapping[str, Any], stored: Any) -> Iterator[str]:  # noqa: ANN401
    action, details = entry["action"], entry.get("details", {})
    if action == "form-saved":
        yield from (f"form:{name}" for name in details.get("fields", ()))
    elif action.startswith("lot-"):
        yield "form:lots"
    elif action == "draft-saved" and _is_about(details, stored):
        yield from (f"answer:{name}" for name in details.get("fields", ()))
        if details.get("part"):
            yield str(details["part"])


def _is_about(details: Mapping[str, Any], stored: Any) -> bool:  # noqa: ANN401
    piece = details.get("piece")
    return bool(
        piece == stored.template_id if piece else details["template"] == stored.title
    )


def _adoption(site: Any, clause: Any, number: int) -> Adoption | None:  # noqa: ANN401
    version = clause.version(number)
    if version is None:
        return None
    proposal = next(
        (
            item
            for item in site["propositions"].values()
            if item.clause_id == clause.clause_id
            and item.release
            and item.release == version.release
        ),
        None,
    )
    release, reason = _release_with(site, clause.clause_id, number)
    return Adoption(
        Act(version.written_by, version.written_at),
        proposal,
        _votes(proposal),
        reason or (proposal.reason if proposal is not None else ""),
        release,
    )


def _votes(proposal: Any) -> dict[str, tuple[str, ...]]:  # noqa: ANN401
    found: dict[str, tuple[str, ...]] = {}
    if proposal is not None:
        for login, vote in sorted(proposal.votes.items()):
            found[vote.value] = (*found.get(vote.value, ()), login)
    return found


def _release_with(site: Any, clause_id: str, number: int) -> tuple[Any, str]:  # noqa: ANN401
    """Return the publication that brought a version, and the reason it gave."""
    for release in releases_of(site):
        for change in release.changes:
            is_it = change.kind == CLAUSE and change.id == clause_id
            if is_it and change.new == number:
                return release, change.reason
    return None, ""
