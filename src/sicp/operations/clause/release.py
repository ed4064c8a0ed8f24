"""The publications of the clausier: what waits, what was published, what it holds."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from typing import Any

from sicp import permissions as p
from sicp.clock import legal_day
from sicp.content_types.clause import CREATION
from sicp.content_types.clause import RETIREMENT
from sicp.content_types.clause import Change
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.events import Happened
from sicp.events import StageChanged
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.clause.library import clause_called
from sicp.operations.clause.library import clauses_of
from sicp.operations.clause.library import library_of
from sicp.operations.clause.library import read_data
from sicp.operations.clause.proposal import proposal_state
from sicp.operations.user.right import require
from sicp.workflows.base import move
from sicp.workflows.clause import TABLE

FORCED = "forced"
PROPOSED = "proposed"
NEVER = "never"
POLICIES = (PROPOSED, FORCED, NEVER)

CLAUSE = "clause"
TEMPLATE = "template"


@dataclass(frozen=True)
class Waiting:
    """A change ready for the next publication; ``key`` tells it from the others.

    ``source`` is the proposal adopted, or the canevas being edited.
    """

    key: str
    kind: str
    id: str
    title: str
    old: int
    new: int
    reason: str
    source: Any


def waiting_changes(site: Any) -> tuple[Waiting, ...]:  # noqa: ANN401
    """Return what the next publication would bring: clauses, then canevas."""
    return (*_waiting_clauses(site), *_waiting_templates(site))


def library_to_come(site: Any, on: date) -> Library:  # noqa: ANN401
    """Return the clauses in force, and the new ones that the committee adopted.

    A canevas being edited may call both: one publication brings them together.

    Raises:
        InvalidInputError: a clause cannot be read; the message says which one.
    """
    return Library((*library_of(site, on), *adopted_clauses(site)))


def adopted_clauses(site: Any) -> tuple[Clause, ...]:  # noqa: ANN401
    """Return the new clauses that the committee adopted and nothing published yet."""
    new = (item for item in _waiting_clauses(site) if not item.old)
    return tuple(read_data(item.source.data) for item in new)


def releases_of(site: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """Return the publications, the first one first."""
    return tuple(sorted(site["publications"].values(), key=lambda item: item.rank))


def release_in_force(site: Any, on: date) -> Any:  # noqa: ANN401
    """Return the publication from which a piece begun on ``on`` is written, or None."""
    found = [item for item in releases_of(site) if item.in_force_from <= on]
    return found[-1] if found else None


def next_name(site: Any, on: date) -> str:  # noqa: ANN401
    """Return the name of the next publication, such as « 2026.3 »."""
    rank = 1
    while f"{on.year}.{rank}" in site["publications"]:
        rank += 1
    return f"{on.year}.{rank}"


def publish_release(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    policies: Mapping[str, str],
    *,
    note: str,
    in_force_from: date,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """Publish the changes named by the keys of ``policies``, each under its policy.

    What is not named waits for another publication. The caller has the proof made of
    the canevas as they would become (``sicp.operations.document.proof``).

    Raises:
        NotAllowedError: the actor does not publish the clausier.
        InvalidInputError: nothing is named, a name is not waiting, a policy is not
            one of ``POLICIES`` or does not suit, no note, or a day that is past or
            before the latest.
    """
    require(actor, p.PUBLISH_LIBRARY, site["publications"])
    chosen = _chosen(site, policies)
    _check_note(note)
    _check_day(site, in_force_from, legal_day(now))
    name = next_name(site, legal_day(now))
    for waiting in chosen:
        _apply(site, waiting, name, in_force_from, actor, now, registry)
    changes = tuple(
        Change(w.kind, w.id, w.title, w.old, w.new, policies[w.key], w.reason)
        for w in chosen
    )
    return record_release(
        site,
        name,
        changes,
        note=note.strip(),
        in_force_from=in_force_from,
        actor=actor,
        now=now,
        registry=registry,
    )


def deliver(
    site: Any,  # noqa: ANN401
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """Record as a publication what the application has just brought, if anything.

    Raises:
        NotAllowedError: the actor does not publish the clausier.
    """
    require(actor, p.PUBLISH_LIBRARY, site["publications"])
    before = releases_of(site)
    last = before[-1] if before else None
    changes = tuple(_delivered(site, last))
    if not changes:
        return None
    return record_release(
        site,
        next_name(site, legal_day(now)),
        changes,
        note=_DELIVERY,
        in_force_from=max(
            [legal_day(now)] if last is None else [legal_day(now), last.in_force_from]
        ),
        actor=actor,
        now=now,
        registry=registry,
    )


def record_release(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    name: str,
    changes: Iterable[Change],
    *,
    note: str,
    in_force_from: date,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """Keep a publication: its changes, and the version of everything it holds."""
    folder = site["publications"]
    release = registry.content.create("Release", name, len(folder) + 1, in_force_from)
    release.note = note
    release.changes = tuple(changes)
    release.clauses = {
        clause.clause_id: clause.current.number
        for clause in clauses_of(site["clausier"])
        if clause.versions and not _is_retired(clause, in_force_from)
    }
    release.templates = {
        template.template_id: len(template.versions)
        for template in site["canevas"].values()
        if template.versions
    }
    release.touch(actor.login, now)
    folder.add(name, release, registry=registry)
    folder.latest = name
    details = {"release": name, "changes": len(release.changes)}
    registry.notify(
        Happened(release, "release-published", actor.login, now, details=details)
    )
    return release


def _is_retired(clause: Any, on: date) -> bool:  # noqa: ANN401
    return clause.retired_from is not None and clause.retired_from <= on


_DELIVERY = "Textes livrés avec l’application."


def _waiting_clauses(site: Any) -> Iterator[Waiting]:  # noqa: ANN401
    for name, proposal in site["propositions"].items():
        if proposal_state(proposal) != "adopted":
            continue
        clause = clause_called(site, proposal.clause_id)
        old = len(clause.versions) if clause is not None else 0
        yield Waiting(
            f"{CLAUSE}-{name}",
            CLAUSE,
            proposal.clause_id,
            proposal.title,
            old,
            0 if proposal.kind == RETIREMENT else old + 1,
            proposal.reason,
            proposal,
        )


def _waiting_templates(site: Any) -> Iterator[Waiting]:  # noqa: ANN401
    for name, template in site["canevas"].items():
        if template.working is not None:
            old = len(template.versions)
            yield Waiting(
                f"{TEMPLATE}-{name}",
                TEMPLATE,
                name,
                str(template.working["title"]),
                old,
                old + 1,
                template.working_reason,
                template,
            )


def _chosen(site: Any, policies: Mapping[str, str]) -> list[Waiting]:  # noqa: ANN401
    waiting = {item.key: item for item in waiting_changes(site)}
    if not policies:
        raise InvalidInputError(
            _("release-empty", default="Choisissez au moins un changement à publier.")
        )
    for key, policy in policies.items():
        if key not in waiting or policy not in POLICIES:
            raise InvalidInputError(
                _(
                    "release-change-unknown",
                    default="Un des changements choisis n’attend plus d’être publié : "
                    "relisez la liste.",
                ),
                key,
            )
        if not waiting[key].new and policy != NEVER:
            raise InvalidInputError(
                _(
                    "release-retirement-policy",
                    default="Un retrait ne vaut que pour les pièces nouvelles : celles "
                    "en cours gardent la clause jusqu’à la reprise de leur canevas.",
                ),
                key,
            )
    return [item for key, item in waiting.items() if key in policies]


def _check_note(note: str) -> None:
    if not note.strip():
        raise InvalidInputError(
            _(
                "release-note-needed",
                default="Dites aux rédacteurs, en quelques mots, ce qui change.",
            ),
            "note",
        )


def _check_day(site: Any, in_force_from: date, today: date) -> None:  # noqa: ANN401
    before = releases_of(site)
    earliest = max([today, *(item.in_force_from for item in before[-1:])])
    if in_force_from < earliest:
        raise InvalidInputError(
            _(
                "release-day-past",
                default="La date d’entrée en vigueur ne peut pas précéder le ${day}.",
                mapping={"day": earliest.strftime("%d/%m/%Y")},
            ),
            "in_force_from",
        )


def _apply(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    waiting: Waiting,
    name: str,
    on: date,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    source = waiting.source
    if waiting.kind == TEMPLATE:
        source.add_version(source.working, actor.login, now, name)
        return
    if source.kind == RETIREMENT:
        clause_called(site, waiting.id).retire(on, actor.login, now)
    else:
        clause = clause_called(site, waiting.id)
        if clause is None:
            clause = _make_clause(site, source, registry)
        clause.add_version(source.data, source.modified_by, now, on, name)
    move(registry, TABLE, source, "publish")
    source.__acl__ = TABLE.acl("in_force")
    source.release, source.settled_at = name, now
    registry.notify(
        StageChanged(source, TABLE.name, "adopted", "in_force", actor.login, now)
    )


def _make_clause(site: Any, proposal: Any, registry: Any) -> Any:  # noqa: ANN401
    if proposal.kind != CREATION:
        raise InvalidInputError(
            _("clause-not-in-library", default="Cette clause n’est pas au clausier."),
            "clause",
        )
    library = site["clausier"]
    family = library.get(proposal.data.get("family", ""), library)
    folder = family.get(proposal.data.get("theme", ""), family)
    clause = registry.content.create("Clause", proposal.clause_id, proposal.title)
    folder.add(proposal.clause_id, clause, registry=registry)
    return clause


def _delivered(site: Any, last: Any) -> Iterator[Change]:  # noqa: ANN401
    clauses = last.clauses if last is not None else {}
    templates = last.templates if last is not None else {}
    for clause in clauses_of(site["clausier"]):
        old, new = clauses.get(clause.clause_id, 0), len(clause.versions)
        if old != new and clause.retired_from is None:
            yield Change(CLAUSE, clause.clause_id, clause.title, old, new, PROPOSED)
    for template in site["canevas"].values():
        old, new = templates.get(template.template_id, 0), len(template.versions)
        if old != new:
            title = template.title
            yield Change(TEMPLATE, template.template_id, title, old, new, PROPOSED)
