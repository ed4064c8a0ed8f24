"""Brings a piece under way to the latest publication of the clausier, by its writer.

The writer sees in one screen every change that concerns his piece: he applies it or
leaves it with a reason. His own texts are kept in both cases. What is frozen or out of
the writers' hands is never touched.
"""

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.clock import legal_day
from sicp.content_types.clause import Change
from sicp.content_types.consultation.draft import Declined
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.inheritance import ancestors
from sicp.events import Happened
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.clause.library import library_with
from sicp.operations.clause.release import CLAUSE
from sicp.operations.clause.release import FORCED
from sicp.operations.clause.release import NEVER
from sicp.operations.clause.release import PROPOSED
from sicp.operations.clause.release import TEMPLATE
from sicp.operations.clause.release import release_in_force
from sicp.operations.consultation.basis import Basis
from sicp.operations.consultation.basis import basis_of
from sicp.operations.consultation.basis import basis_with
from sicp.operations.consultation.basis import called_by
from sicp.operations.consultation.basis import differing
from sicp.operations.consultation.basis import later_releases
from sicp.operations.consultation.basis import may_move
from sicp.operations.consultation.basis import new_basis
from sicp.operations.consultation.basis import own_basis
from sicp.operations.index import index
from sicp.operations.template import Written
from sicp.operations.template import canevas_of
from sicp.operations.user.right import require
from sicp.operations.user.right import who_saved

#: The part of a piece that each rebase writes.
_PART = "rebase"


@dataclass(frozen=True)
class Pending:
    """A change of the clausier that concerns a piece.

    ``key`` names it in a form. ``old`` and ``new`` are versions; ``is_rewritten`` tells
    that the writer's own text stands there and stays. ``release`` is the publication
    that brought it.
    """

    key: str
    kind: str
    id: str
    title: str
    old: int
    new: int
    policy: str
    reason: str
    release: str
    is_rewritten: bool


@dataclass(frozen=True)
class Step:
    """What separates a piece from the publication ``there``.

    ``pending`` is what its writer may take, ``imposed`` what it follows already since
    it was last brought to a publication.
    """

    own: Basis
    here: Basis
    there: Basis
    pending: tuple[Pending, ...]
    imposed: tuple[Pending, ...]


def step_of(draft: Any, on: date) -> Step | None:  # noqa: ANN401
    """Return what separates a piece from the publication in force on ``on``.

    None when nothing does, or when the piece no longer moves.

    Raises:
        InvalidInputError: its canevas is lost, or something cannot be read.
    """
    site = find_objectmap(draft).root
    release = site["publications"].get(draft.release)
    if release is None or not may_move(draft):
        return None
    latest = release_in_force(site, on)
    if latest is None or latest.rank <= release.rank:
        return None
    there = new_basis(site, draft.template_id, on)
    own, here = own_basis(draft, on), basis_of(draft, on)
    between = _changes(later_releases(site, release, on))
    pending = (
        *_template_change(site, here, there, between),
        *_clause_changes(site, draft, here, between),
    )
    imposed = tuple(_imposed(draft, own, here, between))
    return Step(own, here, there, pending, imposed)


def pending_changes(draft: Any, on: date) -> tuple[Pending, ...]:  # noqa: ANN401
    """Return what the piece would take of the publication in force on the day ``on``.

    Forced changes are not there: the piece follows them already. Those marked *never*
    are not either. A piece that no longer moves waits for nothing.

    Raises:
        InvalidInputError: its canevas is lost, or something cannot be read.
    """
    step = step_of(draft, on)
    return step.pending if step is not None else ()


def basis_after(site: Any, step: Step, left: Collection[str]) -> Basis:  # noqa: ANN401
    """Return what a piece would be written from, all taken but the keys of ``left``.

    Raises:
        InvalidInputError: its canevas is lost, or something cannot be read.
    """
    taken = [item for item in step.pending if item.key not in left]
    # What the piece calls stays in its version; what is marked « never » with it.
    kept = {
        n: v for n in called_by(step.here.canevas) if (v := step.here.numbers.get(n))
    }
    clauses = {item.id: item.new for item in taken if item.kind == CLAUSE}
    numbers = {**step.there.numbers, **kept, **clauses}
    templates = dict(step.here.templates)
    if any(item.kind == TEMPLATE for item in taken):
        templates = _offered_templates(site, step.here, step.there)
    chain = chain_of(site, step.here.canevas.id, templates)
    merged = {**step.there.templates, **{k: templates[k] for k in chain}}
    return basis_with(site, step.here.canevas.id, step.there.release, numbers, merged)


def rebase(  # noqa: PLR0913
    draft: Any,  # noqa: ANN401
    left: Mapping[str, str],
    *,
    release: str,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    revision: int | None = None,
) -> tuple[Pending, ...]:
    """Bring a piece to the publication ``release``; return the changes applied.

    ``left`` gives, by key, the reason for each change its writer leaves out.

    Raises:
        NotAllowedError: the actor may not draft here.
        StateError: the piece no longer moves, or another publication came meanwhile.
        InvalidInputError: a change left out has no reason, or is not one of this piece.
        EditConflictError: somebody rewrote one of these clauses, or brought the piece
            to a publication, since ``revision``.
    """
    require(actor, p.DRAFT_DOCUMENTS, draft.__parent__.__parent__)
    on = legal_day(now)
    if not may_move(draft):
        raise StateError(
            _("draft-frozen", default="Cette pièce est figée : elle ne change plus.")
        )
    step = step_of(draft, on)
    pending = step.pending if step is not None else ()
    _check_revision(draft, pending, revision)
    _check_release(draft, step, release)
    _check_left(pending, left)
    if step is None:
        return ()
    _write(draft, step, left, actor, now)
    applied = tuple(item for item in pending if item.key not in left)
    details = {
        "template": draft.title,
        "release": release,
        "applied": [item.title for item in applied],
        "left": [item.title for item in pending if item.key in left],
    }
    registry.notify(Happened(draft, "draft-rebased", actor.login, now, details=details))
    return applied


def chain_of(
    site: Any,  # noqa: ANN401
    template_id: str,
    numbers: Mapping[str, int],
) -> tuple[str, ...]:
    """Return the id of a canevas and of all those it extends, in these versions."""
    if template_id not in site["canevas"]:
        return ()
    written = Written(site["canevas"], numbers)
    data = written.of(site["canevas"][template_id])
    names = (template_id, *ancestors(data, written))
    return tuple(name for name in names if name in numbers)


def _changes(releases: list[Any]) -> list[tuple[str, Change]]:
    """Return what publications bring to pieces under way, the first one first."""
    return [
        (release.name, change)
        for release in releases
        for change in release.changes
        if change.policy != NEVER and change.new
    ]


def _offered_templates(site: Any, here: Basis, there: Basis) -> dict[str, int]:  # noqa: ANN401
    """Return the versions of canevas, once all that is offered is taken."""
    publications = site["publications"]
    first, last = publications[here.release], publications[there.release]
    between = _changes(later_releases(site, first, last.in_force_from))
    offered = {c.id: c.new for _name, c in between if c.kind == TEMPLATE}
    return {**there.templates, **here.templates, **offered}


def _template_change(
    site: Any,  # noqa: ANN401
    here: Basis,
    there: Basis,
    between: list[tuple[str, Change]],
) -> Iterator[Pending]:
    name = here.canevas.id
    offered = _offered_templates(site, here, there)
    try:
        canevas = canevas_of(site, name, offered)
    except InvalidInputError:
        # A parent went on without this canevas: there is nothing whole to offer.
        return
    if _plan(here.canevas) == _plan(canevas):
        return
    chain = {*chain_of(site, name, here.templates), *chain_of(site, name, offered)}
    found = [
        (release, change)
        for release, change in between
        if change.kind == TEMPLATE and change.id in chain and change.policy == PROPOSED
    ]
    if found:
        release, change = found[-1]
        numbers = (here.templates.get(name, 0), offered.get(name, 0))
        offer = _template_pending(release, change, numbers, canevas.title)
        yield replace(offer, key=f"{TEMPLATE}-{name}", id=name)


def _template_pending(
    release: str, change: Change, numbers: tuple[int, int], title: str
) -> Pending:
    return Pending(
        f"{TEMPLATE}-{change.id}",
        TEMPLATE,
        change.id,
        title,
        *numbers,
        change.policy,
        change.reason,
        release,
        is_rewritten=False,
    )


def _plan(canevas: Canevas) -> tuple[Any, ...]:
    return (canevas.title, canevas.cover, canevas.parts)


def _clause_changes(
    site: Any,  # noqa: ANN401
    draft: Any,  # noqa: ANN401
    here: Basis,
    between: list[tuple[str, Change]],
) -> Iterator[Pending]:
    latest = {c.id: (name, c) for name, c in between if c.kind == CLAUSE}
    for name in called_by(here.canevas):
        if name not in latest:
            continue
        release, change = latest[name]
        old = here.numbers.get(name, 0)
        if change.policy == PROPOSED and change.new != old:
            yield _clause_pending(site, draft, release, change, old)


def _imposed(
    draft: Any,  # noqa: ANN401
    own: Basis,
    here: Basis,
    between: list[tuple[str, Change]],
) -> Iterator[Pending]:
    site = find_objectmap(draft).root
    forced = {(c.kind, c.id): (n, c) for n, c in between if c.policy == FORCED}
    for name in called_by(here.canevas):
        found = forced.get((CLAUSE, name))
        old = own.numbers.get(name, 0)
        if found and here.numbers.get(name) != old:
            yield _clause_pending(site, draft, found[0], found[1], old)
    for name in chain_of(site, here.canevas.id, here.templates):
        found = forced.get((TEMPLATE, name))
        if found and here.templates.get(name) != own.templates.get(name):
            release, change = found
            old = own.templates.get(name, 0)
            yield _template_pending(release, change, (old, change.new), change.title)


def _clause_pending(
    site: Any,  # noqa: ANN401
    draft: Any,  # noqa: ANN401
    release: str,
    change: Change,
    old: int,
) -> Pending:
    clause = library_with(site, {change.id: change.new}).clause(change.id)
    return Pending(
        f"{CLAUSE}-{change.id}",
        CLAUSE,
        change.id,
        clause.title if clause is not None else change.title,
        old,
        change.new,
        change.policy,
        change.reason,
        release,
        change.id in draft.local_texts,
    )


def _check_revision(
    draft: Any,  # noqa: ANN401
    pending: tuple[Pending, ...],
    revision: int | None,
) -> None:
    parts = (_PART, *(f"text:{item.id}" for item in pending if item.kind == CLAUSE))
    if revision is None:
        return
    if any(draft.was_written_since(part, revision) for part in parts):
        raise EditConflictError(
            _(
                "rebase-conflict",
                default="${who} a changé cette pièce pendant que vous lisiez : relisez "
                "les changements.",
                mapping={"who": who_saved(draft)},
            )
        )


def _check_release(draft: Any, step: Step | None, release: str) -> None:  # noqa: ANN401
    expected = step.there.release if step is not None else draft.release
    if expected != release:
        raise StateError(
            _(
                "rebase-newer",
                default="Une autre version du clausier est entrée en vigueur : "
                "relisez les changements.",
            )
        )


def _check_left(pending: tuple[Pending, ...], left: Mapping[str, str]) -> None:
    known = {item.key for item in pending}
    for key, reason in left.items():
        if key not in known:
            raise InvalidInputError(
                _(
                    "rebase-change-unknown",
                    default="Un de ces changements ne concerne plus cette pièce : "
                    "relisez la liste.",
                ),
                key,
            )
        if not reason.strip():
            raise InvalidInputError(
                _(
                    "rebase-reason-needed",
                    default="Dites pourquoi ce changement n’est pas repris.",
                ),
                key,
            )


def _write(
    draft: Any,  # noqa: ANN401
    step: Step,
    left: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    site = find_objectmap(draft).root
    after = basis_after(site, step, left)
    release = site["publications"][after.release]
    draft.begun_under = draft.begun_under or draft.release
    draft.release = release.name
    draft.pins = differing(release.clauses, after.numbers)
    draft.template_pins = differing(release.templates, after.templates)
    declined = {
        item.key: Declined(
            release.name, item.new, left[item.key].strip(), actor.login, now
        )
        for item in step.pending
        if item.key in left
    }
    draft.declined = {**draft.declined, **declined}
    draft.note_parts((_PART,), actor.login, now)
    index(site, draft)
