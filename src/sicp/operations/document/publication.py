"""Prepares and makes a publication of the clausier: compared, proved, told.

Every canevas is proved as it would become before anything is published: an error
stops the publication.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from typing import Any

from sicp.content_types.clause import Change
from sicp.engines.drafting import comparison
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.findings import Finding
from sicp.engines.drafting.findings import Severity
from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.loader import canevas_from_data
from sicp.engines.drafting.proof import Proof
from sicp.engines.drafting.text_diff import PropertyDiff
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.clause.comparison import differences
from sicp.operations.clause.library import clause_called
from sicp.operations.clause.library import library_of
from sicp.operations.clause.library import read_data
from sicp.operations.clause.release import CLAUSE
from sicp.operations.clause.release import FORCED
from sicp.operations.clause.release import Waiting
from sicp.operations.clause.release import library_to_come
from sicp.operations.clause.release import publish_release
from sicp.operations.clause.release import waiting_changes
from sicp.operations.consultation.release import tell_writers
from sicp.operations.document.context import drafting_fields
from sicp.operations.document.proof import prove_canevas
from sicp.operations.template import Written


@dataclass(frozen=True)
class Difference:
    """What a change brings: properties of a clause, or lines of a canevas.

    ``error`` says in French what keeps it from being read.
    """

    properties: tuple[PropertyDiff, ...] = ()
    canevas: comparison.Comparison | None = None
    error: str = ""


@dataclass(frozen=True)
class CanevasFindings:
    """What the proof of one canevas found; ``remarks`` are those that are new."""

    title: str
    errors: tuple[str, ...]
    remarks: tuple[str, ...]


def publish_proved(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    policies: Mapping[str, str],
    *,
    note: str,
    in_force_from: date,
    link: Callable[[Any], str],
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """Publish the changes named, once all canevas are proved, and tell the writers.

    ``link`` gives the address where a writer brings a piece up to date.

    Raises:
        NotAllowedError: the actor does not publish the clausier.
        InvalidInputError: what ``publish_release`` refuses.
        StateError: the proof found an error; nothing is published.
    """
    chosen = [item for item in waiting_changes(site) if item.key in policies]
    found = prove_publication(site, chosen, in_force_from, policies)
    errors = [f"{item.title} : {text}" for item in found for text in item.errors]
    if errors:
        raise StateError(
            _(
                "release-proof-failed",
                default="Rien n’est publié : ${errors}",
                mapping={"errors": " ; ".join(errors)},
            )
        )
    release = publish_release(
        site,
        policies,
        note=note,
        in_force_from=in_force_from,
        actor=actor,
        now=now,
        registry=registry,
    )
    tell_writers(site, release, link, now=now, registry=registry)
    return release


def prove_publication(
    site: Any,  # noqa: ANN401
    chosen: Iterable[Waiting],
    on: date,
    policies: Mapping[str, str] | None = None,
) -> tuple[CanevasFindings, ...]:
    """Check every canevas as it would be once these changes are in force.

    Only those of which there is something to say are returned. Remarks that the canevas
    already gives today are left out.
    """
    changes = tuple(chosen)
    try:
        library = _library_after(site, changes, on)
    except InvalidInputError as error:
        return (CanevasFindings(_CLAUSIER, (str(error.message),), ()),)
    today = library_of(site, on)
    known = _Edited(site["canevas"], changes)
    found = []
    for template in sorted(site["canevas"].values(), key=lambda item: item.title):
        if template.template_id not in known:
            continue
        proof = _proof(known, template, library, on)
        errors = [item.message for item in proof.errors]
        errors += _stranded(site, template, changes, policies or {})
        remarks = tuple(_new_remarks(site, template, proof, today, on))
        if errors or remarks:
            found.append(CanevasFindings(_title(known, template), (*errors,), remarks))
    return tuple(found)


def difference_of_waiting(site: Any, change: Waiting, on: date) -> Difference:  # noqa: ANN401
    """Compare what waits with what is published."""
    source = change.source
    if change.kind == CLAUSE:
        clause = clause_called(site, change.id)
        old = clause.current.data if clause is not None else None
        return _clauses(site, old, source.data if change.new else None, on)
    known = _Edited(site["canevas"], (change,))
    return _canevas(site, source.data, known[change.id], known, on)


def difference_of_published(site: Any, change: Change, on: date) -> Difference:  # noqa: ANN401
    """Compare the two versions that a publication tells."""
    if change.kind == CLAUSE:
        clause = clause_called(site, change.id)
        versions = [clause.version(n) for n in (change.old, change.new)]
        old, new = (v.data if v is not None else None for v in versions)
        return _clauses(site, old, new, on)
    template = site["canevas"].get(change.id)
    if template is None:
        return Difference()
    numbers = (change.old, change.new)
    trees = [v.data if (v := template.version(n)) else {} for n in numbers]
    return _canevas(site, trees[0], trees[1], Written(site["canevas"]), on)


_CLAUSIER = "Clausier"


class _Edited(Written):
    """The canevas of a site, those that wait being taken as they would become."""

    def __init__(self, library: Any, changes: Iterable[Waiting]) -> None:  # noqa: ANN401
        super().__init__(library)
        self._edited = {c.id for c in changes if c.kind != CLAUSE}

    def of(self, template: Any) -> Mapping[str, Any]:  # noqa: ANN401
        """Return the tree of a canevas as it would become."""
        is_edited = template.template_id in self._edited
        return template.edited if is_edited else template.data


def _library_after(site: Any, changes: Iterable[Waiting], on: date) -> Library:  # noqa: ANN401
    waiting = [item for item in changes if item.kind == CLAUSE]
    gone = {item.id for item in waiting}
    come = [read_data(item.source.data) for item in waiting if item.new]
    kept = (clause for clause in library_of(site, on) if clause.id not in gone)
    return Library((*kept, *(_undated(clause) for clause in come)))


def _undated(clause: Clause) -> Clause:
    return replace(clause, valid_from=None, valid_until=None)


def _proof(known: Written, template: Any, library: Library, on: date) -> Proof:  # noqa: ANN401
    try:
        canevas = _read(known.of(template), known)
        return prove_canevas(canevas, library, on)
    except InvalidInputError as error:
        finding = Finding(Severity.ERROR, str(error.message))
        return Proof((finding,), 0, is_exhaustive=True, partial=())


def _new_remarks(
    site: Any,  # noqa: ANN401
    template: Any,  # noqa: ANN401
    proof: Proof,
    today: Library,
    on: date,
) -> Iterator[str]:
    """Return the remarks that the canevas does not give as it is published."""
    if proof.remarks:
        before = _proof(Written(site["canevas"]), template, today, on)
        old = {item.message for item in before.remarks}
        yield from (i.message for i in proof.remarks if i.message not in old)


def _read(data: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> Canevas:
    try:
        return canevas_from_data(data, known)
    except LoadError as error:
        raise InvalidInputError(str(error)) from error


def _title(known: Written, template: Any) -> str:  # noqa: ANN401
    return str(known.of(template).get("title") or template.title)


def _stranded(
    site: Any,  # noqa: ANN401
    template: Any,  # noqa: ANN401
    changes: tuple[Waiting, ...],
    policies: Mapping[str, str],
) -> Iterator[str]:
    """Tell that a canevas is imposed without what its heirs must change with it."""
    forced = {c.id for c in changes if policies.get(c.key) == FORCED}
    mine = next((c for c in changes if c.id == template.template_id), None)
    parent = template.edited.get("extends") or ""
    if mine is not None and parent in forced and mine.id not in forced:
        title = site["canevas"][parent].title
        yield f"il prolonge « {title} », qui est imposé ; imposez-le aussi"


def _clauses(
    site: Any,  # noqa: ANN401
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    on: date,
) -> Difference:
    try:
        return Difference(differences(site, old, new, on))
    except InvalidInputError as error:
        return Difference(error=str(error.message))


def _canevas(
    site: Any,  # noqa: ANN401
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    known: Written,
    on: date,
) -> Difference:
    if not old or not new:
        return Difference()
    try:
        before, after = _read(old, Written(site["canevas"])), _read(new, known)
    except InvalidInputError as error:
        return Difference(error=str(error.message))
    library = library_to_come(site, on)
    fields = drafting_fields(on)
    return Difference(canevas=comparison.compare(before, after, fields, library))
