"""Brings a piece under way to the latest publication of the clausier, by its writer.

The writer sees in one screen every change that concerns his piece: he applies it or
leaves it with a reason. His own texts are kept in both cases. What is frozen or out of
the writers' hands is never touched.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from typing import Any

from repoze.catalog.query import Eq
from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.catalog.indexes import everything
from sicp.clock import legal_day
from sicp.content_types.consultation.draft import Declined
from sicp.engines.drafting.canevas import Canevas
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.clause.release import CLAUSE
from sicp.operations.clause.release import FORCED
from sicp.operations.clause.release import NEVER
from sicp.operations.clause.release import PROPOSED
from sicp.operations.clause.release import TEMPLATE
from sicp.operations.clause.release import releases_of
from sicp.operations.consultation.basis import MOVING_STATES
from sicp.operations.consultation.basis import Basis
from sicp.operations.consultation.basis import basis_of
from sicp.operations.consultation.basis import differing
from sicp.operations.consultation.basis import may_move
from sicp.operations.consultation.basis import new_basis
from sicp.operations.index import index
from sicp.operations.user.right import require


@dataclass(frozen=True)
class Pending:
    """A change of the clausier that a piece has not taken.

    ``key`` names it in a form. ``old`` and ``new`` are versions; ``is_rewritten`` tells
    that the writer's own text stands there and stays.
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


def pending_changes(draft: Any, on: date) -> tuple[Pending, ...]:  # noqa: ANN401
    """Return what the piece would take of the publication in force on the day ``on``.

    Forced changes are not there: the piece follows them already. Those marked *never*
    are not either. A piece that no longer moves waits for nothing.

    Raises:
        InvalidInputError: its canevas is lost, or something cannot be read.
    """
    if not may_move(draft):
        return ()
    site = find_objectmap(draft).root
    here, there = basis_of(draft, on), new_basis(site, draft.template_id, on)
    if here.release == there.release or not there.release:
        return ()
    found = [
        *_template_change(site, here, there),
        *_clause_changes(site, draft, here, there),
    ]
    return tuple(item for item in found if item.policy == PROPOSED)


def rebase(  # noqa: PLR0913
    draft: Any,  # noqa: ANN401
    left: Mapping[str, str],
    *,
    release: str,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> tuple[Pending, ...]:
    """Bring a piece to the publication ``release``; return the changes applied.

    ``left`` gives, by key, the reason for each change its writer leaves out.

    Raises:
        NotAllowedError: the actor may not draft here.
        StateError: the piece no longer moves, or another publication came meanwhile.
        InvalidInputError: a change left out has no reason, or is not one of this piece.
    """
    require(actor, p.DRAFT_DOCUMENTS, draft.__parent__.__parent__)
    on = legal_day(now)
    if not may_move(draft):
        raise StateError(
            _("draft-frozen", default="Cette pièce est figée : elle ne change plus.")
        )
    site = find_objectmap(draft).root
    here, there = basis_of(draft, on), new_basis(site, draft.template_id, on)
    if there.release != release:
        raise StateError(
            _(
                "rebase-newer",
                default="Une autre version du clausier est entrée en vigueur : "
                "relisez les changements.",
            )
        )
    pending = pending_changes(draft, on)
    _check_left(pending, left)
    _write(draft, here, there, pending, left, actor, now)
    index(site, draft)
    applied = tuple(item for item in pending if item.key not in left)
    details = {
        "template": draft.title,
        "release": release,
        "applied": [item.title for item in applied],
        "left": [item.title for item in pending if item.key in left],
    }
    registry.notify(Happened(draft, "draft-rebased", actor.login, now, details=details))
    return applied


def touched_drafts(site: Any, release: Any) -> Iterator[Any]:  # noqa: ANN401
    """Walk the pieces under way that a publication concerns, asked of the catalogue."""
    catalog = site.business_catalog
    objectmap = find_objectmap(site)
    concerned = _templates_concerned(site, release)
    states = catalog["state"]._rev_index  # noqa: SLF001
    folders = catalog["folder"]._rev_index  # noqa: SLF001
    for template_id in sorted(concerned):
        query = everything(
            Eq("content_type", "Draft"),
            Eq("template", template_id),
            Eq("piece_state", "open"),
        )
        for number in query._apply(catalog, None):  # noqa: SLF001
            if states.get(folders.get(number)) not in MOVING_STATES:
                continue
            draft = objectmap.object_for(number)
            if _rank(site, draft.release) < release.rank:
                yield draft


def _templates_concerned(site: Any, release: Any) -> set[str]:  # noqa: ANN401
    clauses = {c.id for c in release.changes if c.kind == CLAUSE and c.old}
    templates = {c.id for c in release.changes if c.kind == TEMPLATE and c.old}
    concerned = set()
    for name in site["canevas"]:
        try:
            canevas = new_basis(site, name, release.in_force_from).canevas
        except InvalidInputError:
            continue
        called = {use.clause for use, _conditions in canevas.clause_uses()}
        if called & clauses or templates & {name, canevas.extends}:
            concerned.add(name)
    return concerned


def _rank(site: Any, name: str) -> int:  # noqa: ANN401
    release = site["publications"].get(name)
    return int(release.rank) if release is not None else 0


def _template_change(site: Any, here: Basis, there: Basis) -> Iterator[Pending]:  # noqa: ANN401
    if _plan(here.canevas) == _plan(there.canevas):
        return
    names = [here.canevas.id, here.canevas.extends, there.canevas.extends]
    change = _latest(site, here, there, TEMPLATE, names)
    yield Pending(
        key=f"{TEMPLATE}-{there.canevas.id}",
        kind=TEMPLATE,
        id=there.canevas.id,
        title=there.canevas.title,
        old=here.templates.get(there.canevas.id, 0),
        new=there.templates.get(there.canevas.id, 0),
        policy=change.policy if change else PROPOSED,
        reason=change.reason if change else "",
        release=there.release,
        is_rewritten=False,
    )


def _plan(canevas: Canevas) -> tuple[Any, ...]:
    return (canevas.title, canevas.cover, canevas.parts)


def _clause_changes(
    site: Any,  # noqa: ANN401
    draft: Any,  # noqa: ANN401
    here: Basis,
    there: Basis,
) -> Iterator[Pending]:
    called = dict.fromkeys(use.clause for use, _c in here.canevas.clause_uses())
    for name in called:
        old, new = here.numbers.get(name, 0), there.numbers.get(name, 0)
        clause = there.library.clause(name)
        if old == new or clause is None:
            continue
        change = _latest(site, here, there, CLAUSE, [name])
        yield Pending(
            key=f"{CLAUSE}-{name}",
            kind=CLAUSE,
            id=name,
            title=clause.title,
            old=old,
            new=new,
            policy=change.policy if change else PROPOSED,
            reason=change.reason if change else "",
            release=there.release,
            is_rewritten=name in draft.local_texts,
        )


def _latest(
    site: Any,  # noqa: ANN401
    here: Basis,
    there: Basis,
    kind: str,
    names: list[str],
) -> Any:  # noqa: ANN401
    """Return the last change of these, between the two publications."""
    first, last = _rank(site, here.release), _rank(site, there.release)
    found = [
        change
        for release in releases_of(site)
        if first < release.rank <= last
        for change in release.changes
        if change.kind == kind and change.id in names
    ]
    return found[-1] if found else None


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


def _write(  # noqa: PLR0913
    draft: Any,  # noqa: ANN401
    here: Basis,
    there: Basis,
    pending: tuple[Pending, ...],
    left: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    taken = dict(there.numbers)
    called = {use.clause for use, _c in here.canevas.clause_uses()}
    proposed = {item.id for item in pending if item.kind == CLAUSE}
    kept = {item.id for item in pending if item.kind == CLAUSE and item.key in left}
    # What is marked « never » is not proposed: the piece keeps its version of it.
    kept |= {n for n in called if n not in proposed and n in here.numbers}
    taken.update({name: here.numbers[name] for name in kept})
    templates = dict(there.templates)
    template_key = f"{TEMPLATE}-{there.canevas.id}"
    is_offered = any(item.key == template_key for item in pending)
    if template_key in left or not is_offered:
        templates.update(_chain(here))
    release = find_objectmap(draft).root["publications"][there.release]
    draft.release = there.release
    draft.pins = differing(release.clauses, taken)
    draft.template_pins = differing(release.templates, templates)
    declined = {
        item.key: Declined(
            there.release, item.new, left[item.key].strip(), actor.login, now
        )
        for item in pending
        if item.key in left
    }
    draft.declined = {**draft.declined, **declined}
    parts = tuple(f"rebase:{item.key}" for item in pending)
    draft.note_parts(parts, actor.login, now)


def _chain(basis: Basis) -> dict[str, int]:
    names = (basis.canevas.id, basis.canevas.extends)
    return {n: basis.templates[n] for n in names if n in basis.templates}


__all__ = [
    "FORCED",
    "NEVER",
    "PROPOSED",
    "Pending",
    "pending_changes",
    "rebase",
    "touched_drafts",
]
