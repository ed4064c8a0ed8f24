"""The pieces under way that a publication of the clausier concerns, and their writers.

They are asked of the catalogue: what is frozen, or out of the writers' hands, is never
woken. What a publication concerns is a matter of its versions alone, which never
change: it is worked out once.
"""

from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from typing import Any

from pyramid_mailer.message import Message
from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.catalog.indexes import FAMILY
from sicp.catalog.indexes import allowed_to
from sicp.clock import legal_day
from sicp.content_types.clause import Change
from sicp.exceptions import DomainError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.user import Actor
from sicp.operations.clause.release import CLAUSE
from sicp.operations.clause.release import FORCED
from sicp.operations.clause.release import NEVER
from sicp.operations.clause.release import PROPOSED
from sicp.operations.clause.release import TEMPLATE
from sicp.operations.clause.release import Waiting
from sicp.operations.clause.release import release_in_force
from sicp.operations.clause.release import releases_of
from sicp.operations.consultation.basis import MOVING_STATES
from sicp.operations.consultation.basis import called_by
from sicp.operations.consultation.basis import own_basis
from sicp.operations.consultation.rebase import chain_of
from sicp.operations.consultation.rebase import pending_changes
from sicp.operations.template import canevas_of
from sicp.operations.user.mail import post
from sicp.operations.user.right import actor_for
from sicp.operations.user.right import may

#: How a piece stands towards a publication that concerns it.
WAITING = "waiting"
IMPOSED = "imposed"
DONE = "done"

#: The canevas that a publication concerns, by its number in the object map.
_CONCERNED: dict[tuple[int, str], frozenset[str]] = {}
_MOST_KEPT = 256


@dataclass(frozen=True)
class Concerned:
    """A piece that a publication concerns; ``state`` is WAITING, IMPOSED or DONE."""

    draft: Any
    state: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Concerns:
    """Some of the pieces a publication concerns; ``has_more`` when there are others."""

    pieces: tuple[Concerned, ...]
    has_more: bool


def touched_drafts(site: Any, release: Any) -> Iterator[Concerned]:  # noqa: ANN401
    """Walk the pieces under way that a publication concerns and that are behind it."""
    catalog = site.business_catalog
    folders = catalog["folder"]._rev_index  # noqa: SLF001
    moving = _moving(catalog)
    for number in _behind(site, concerned_templates(site, release), release):
        if folders.get(number) in moving:
            found = _concerned(site, number, release)
            if found is not None:
                yield found


def concerned_in_sight(
    site: Any,  # noqa: ANN401
    release: Any,  # noqa: ANN401
    actor: Actor,
    limit: int = 100,
) -> Concerns:
    """Return the pieces a publication concerns, that ``actor`` may see in detail.

    Those that are still behind come first; ``limit`` bounds what is woken.
    """
    names = concerned_templates(site, release)
    behind = _behind(site, names, release)
    others = FAMILY.IF.difference(_open_pieces(site, names), behind)
    mine = [*_in_sight(site, actor, behind), *_in_sight(site, actor, others)]
    found = (_concerned(site, number, release) for number in mine[:limit])
    return Concerns(tuple(c for c in found if c is not None), len(mine) > limit)


def drafts_to_rebase(
    site: Any,  # noqa: ANN401
    actor: Actor,
    on: date,
    limit: int,
) -> tuple[Any, ...]:
    """Return the pieces that wait for ``actor`` to take what is proposed to them.

    At most ``limit``, and three times as many woken at most: what one sees first must
    cost the same whatever there is.
    """
    release = release_in_force(site, on)
    if release is None or release.rank == 1:
        return ()
    later = [r for r in releases_of(site) if 1 < r.rank <= release.rank]
    named = (concerned_templates(site, r, (PROPOSED,)) for r in later)
    behind = _behind(site, frozenset().union(*named), release)
    objectmap = find_objectmap(site)
    found: list[Any] = []
    for number in _in_sight(site, actor, behind)[: 3 * limit]:
        draft = objectmap.object_for(number)
        if may(actor, p.DRAFT_DOCUMENTS, draft) and _has_pending(draft, on):
            found.append(draft)
    return tuple(found[:limit])


def count_touched(site: Any, changes: Iterable[Waiting]) -> dict[str, int]:  # noqa: ANN401
    """Count, by key, the pieces under way that each change would concern."""
    catalog = site.business_catalog
    folders = catalog["folder"]._rev_index  # noqa: SLF001
    template_of = catalog["template"]._rev_index  # noqa: SLF001
    moving = _moving(catalog)
    begun = Counter(
        template_of.get(number)
        for number in _open_pieces(site, site["canevas"])
        if folders.get(number) in moving
    )
    latest = {name: len(item.versions) for name, item in site["canevas"].items()}
    return {
        change.key: sum(
            begun[name]
            for name in _templates_touched(site, {(change.kind, change.id)}, latest)
        )
        for change in changes
    }


def concerned_templates(
    site: Any,  # noqa: ANN401
    release: Any,  # noqa: ANN401
    policies: tuple[str, ...] = (FORCED, PROPOSED),
) -> frozenset[str]:
    """Return the canevas that call what a publication changes under some policies."""
    key = (release.__oid__, "+".join(policies))
    found = _CONCERNED.get(key)
    if found is None:
        if len(_CONCERNED) >= _MOST_KEPT:
            _CONCERNED.clear()
        changes = {
            (c.kind, c.id)
            for c in release.changes
            if c.policy in policies and c.old and c.new
        }
        found = _templates_touched(site, changes, release.templates)
        _CONCERNED[key] = found
    return found


def tell_writers(
    site: Any,  # noqa: ANN401
    release: Any,  # noqa: ANN401
    link: Callable[[Any], str],
    *,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> tuple[str, ...]:
    """Mail each writer the list of his pieces that a publication concerns.

    A writer is who began a piece or wrote it last, if he may still write it and has an
    address. ``link`` gives the address of a piece. Return the logins of those told.
    """
    told: dict[str, list[Concerned]] = {}
    actors: dict[str, Actor | None] = {}
    for concerned in touched_drafts(site, release):
        draft = concerned.draft
        for login in dict.fromkeys((draft.created_by, draft.modified_by)):
            actor = actors.setdefault(login, _reachable(site, login, now))
            if actor is not None and may(actor, p.DRAFT_DOCUMENTS, draft):
                told.setdefault(login, []).append(concerned)
    for login, pieces in sorted(told.items()):
        user = site["utilisateurs"][login]
        post(registry, _message(release, user, pieces, link, legal_day(now)))
    return tuple(sorted(told))


def _templates_touched(
    site: Any,  # noqa: ANN401
    changes: Iterable[tuple[str, str]],
    templates: Any,  # noqa: ANN401
) -> frozenset[str]:
    wanted = frozenset(changes)
    clauses = {name for kind, name in wanted if kind == CLAUSE}
    canevas = {name for kind, name in wanted if kind == TEMPLATE}
    if not wanted:
        return frozenset()
    return frozenset(
        name
        for name, last in templates.items()
        if any(
            _touches(site, name, {**templates, name: number}, clauses, canevas)
            for number in range(1, last + 1)
        )
    )


def _touches(
    site: Any,  # noqa: ANN401
    name: str,
    numbers: dict[str, int],
    clauses: set[str],
    canevas: set[str],
) -> bool:
    if not canevas.isdisjoint(chain_of(site, name, numbers)):
        return True
    try:
        called = called_by(canevas_of(site, name, numbers))
    except InvalidInputError:
        return False
    return not clauses.isdisjoint(called)


def _open_pieces(site: Any, templates: Iterable[str]) -> Any:  # noqa: ANN401
    """Return the numbers of the pieces of some canevas that are not frozen."""
    catalog = site.business_catalog
    begun = _all_under(catalog["template"], templates)
    return FAMILY.IF.intersection(begun, _all_under(catalog["piece_state"], ("open",)))


def _behind(site: Any, templates: Iterable[str], release: Any) -> Any:  # noqa: ANN401
    """Return those of them written from an earlier publication than ``release``."""
    index = site.business_catalog["release"]
    names = (n for n in index._fwd_index if _rank(site, n) < release.rank)  # noqa: SLF001
    return FAMILY.IF.intersection(
        _open_pieces(site, templates), _all_under(index, names)
    )


def _moving(catalog: Any) -> Any:  # noqa: ANN401
    return _all_under(catalog["state"], MOVING_STATES)


def _all_under(index: Any, values: Iterable[str]) -> Any:  # noqa: ANN401
    found = FAMILY.IF.Set()
    for value in sorted(values):
        found = FAMILY.IF.union(found, index._fwd_index.get(value, ()))  # noqa: SLF001
    return found


def _in_sight(site: Any, actor: Actor, pieces: Any) -> list[int]:  # noqa: ANN401
    """Return those that move and are open to ``actor`` in detail, latest first."""
    catalog = site.business_catalog
    query = allowed_to(actor.principals, "allowed_detail")
    seen = FAMILY.IF.intersection(query._apply(catalog, None), _moving(catalog))  # noqa: SLF001
    reference = catalog["reference"]._rev_index  # noqa: SLF001
    if len(seen) < len(pieces):
        within = catalog["folder"]._fwd_index  # noqa: SLF001
        kept = ((f, FAMILY.IF.intersection(pieces, within.get(f, ()))) for f in seen)
        found = [(reference.get(f, ""), n) for f, numbers in kept for n in numbers]
    else:
        folders = catalog["folder"]._rev_index  # noqa: SLF001
        placed = ((folders.get(number), number) for number in pieces)
        found = [(reference.get(f, ""), n) for f, n in placed if f in seen]
    return [number for _reference, number in sorted(found, reverse=True)]


def _rank(site: Any, name: str) -> int:  # noqa: ANN401
    release = site["publications"].get(name)
    return int(release.rank) if release is not None else 0


def _concerned(site: Any, number: int, release: Any) -> Concerned | None:  # noqa: ANN401
    draft = find_objectmap(site).object_for(number)
    begun = _rank(site, draft.begun_under or draft.release)
    if begun >= release.rank:
        return None
    changes = _changes_for(site, draft, release)
    if not changes:
        return None
    if _rank(site, draft.release) >= release.rank:
        return Concerned(draft, DONE, changes)
    is_imposed = all(change.policy == FORCED for change in changes)
    return Concerned(draft, IMPOSED if is_imposed else WAITING, changes)


def _changes_for(site: Any, draft: Any, release: Any) -> tuple[Change, ...]:  # noqa: ANN401
    """Return the changes of a publication that reach a piece, by what it calls."""
    try:
        own = own_basis(draft, release.in_force_from)
    except InvalidInputError:
        return ()
    called = {
        *((CLAUSE, name) for name in called_by(own.canevas)),
        *((TEMPLATE, n) for n in chain_of(site, draft.template_id, own.templates)),
    }
    return tuple(
        change
        for change in release.changes
        if change.policy != NEVER and change.new and (change.kind, change.id) in called
    )


def _has_pending(draft: Any, on: date) -> bool:  # noqa: ANN401
    try:
        return bool(pending_changes(draft, on))
    except InvalidInputError:
        return False


def _reachable(site: Any, login: str, now: datetime) -> Actor | None:  # noqa: ANN401
    user = site["utilisateurs"].get(login)
    if user is None or not user.email:
        return None
    try:
        return actor_for(site, login, now)
    except DomainError:
        return None


_SUBJECT = _(
    "mail-release-subject",
    default="SICP : le clausier ${release} concerne vos pièces",
)
_BODY = _(
    "mail-release-body",
    default="Bonjour ${name},\n\nLe clausier ${release} ${when}. Il concerne des "
    "pièces que vous écrivez.\n\n${note}\n\n${pieces}\n",
)
_IN_FORCE = _("mail-release-now", default="est publié et en vigueur")
_LATER = _("mail-release-later", default="est publié et entrera en vigueur le ${day}")
_PIECE = _(
    "mail-release-piece",
    default="${piece} – ${reference}, ${object}\n${changes}\n${link}",
)
_POLICIES = {
    FORCED: _("mail-release-forced", default="- ${title} (imposé) : ${reason}"),
    PROPOSED: _("mail-release-proposed", default="- ${title} (proposé) : ${reason}"),
}
_NO_REASON = _("mail-release-no-reason", default="sans autre précision")


def _message(
    release: Any,  # noqa: ANN401
    user: Any,  # noqa: ANN401
    pieces: list[Concerned],
    link: Callable[[Any], str],
    today: date,
) -> Message:
    day = release.in_force_from
    is_now = day <= today
    when = _IN_FORCE if is_now else _LATER % {"day": day.strftime("%d/%m/%Y")}
    told = {
        "name": user.title,
        "release": release.name,
        "when": french(when),
        "note": release.note,
        "pieces": "\n\n".join(_said(piece, link) for piece in pieces),
    }
    subject = french(_SUBJECT % {"release": release.name})
    return Message(subject=subject, recipients=[user.email], body=french(_BODY % told))


def _said(piece: Concerned, link: Callable[[Any], str]) -> str:
    consultation = piece.draft.__parent__.__parent__
    lines = [
        french(
            _POLICIES[change.policy]
            % {"title": change.title, "reason": change.reason or french(_NO_REASON)}
        )
        for change in piece.changes
    ]
    told = {
        "piece": piece.draft.title,
        "reference": consultation.reference,
        "object": consultation.object,
        "changes": "\n".join(lines),
        "link": link(piece.draft),
    }
    return french(_PIECE % told)
