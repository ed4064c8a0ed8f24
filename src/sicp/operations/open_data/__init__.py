"""Takes published contracts (« données essentielles ») into the site.

Each contract becomes a consultation of its buyer, in the year it was notified, in a
state in which agents may still complete it.
Its ``source_uid`` is the national key, its ``source_digest`` the digest of what was
published: a contract read again is changed only where the publication changed and
nobody of the site wrote meanwhile.
"""

from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import datetime
from typing import Any

from repoze.catalog.query import Eq
from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.engines.decp import DecpRecord
from sicp.engines.decp import DecpUnreadable
from sicp.engines.decp import Refusal
from sicp.engines.decp import read_decp
from sicp.events import Happened
from sicp.exceptions import DomainError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.user import Actor
from sicp.operations.consultation.consultation import place_consultation
from sicp.operations.consultation.reference import reserve_references
from sicp.operations.index import index
from sicp.operations.open_data.record import answers_of_record
from sicp.operations.open_data.record import award_of_record
from sicp.operations.organisation import create_entity
from sicp.operations.user.right import may
from sicp.operations.user.right import require
from sicp.operations.user.right import system_actor

CREATED = "created"
UPDATED = "updated"
UNCHANGED = "unchanged"
REFUSED = "refused"
_STATE = "imported"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one contract; ``reasons`` are French sentences.

    ``positions`` are its ranks in the file, from 1.
    """

    kind: str
    positions: tuple[int, ...]
    uid: str
    reasons: tuple[str, ...] = ()


@dataclass
class Import:
    """An import under way: for whom, and the buyers met so far.

    ``entity`` answers for everything that is taken; without it each buyer is a public
    body of its own, found by its SIRET and made at the first contract.
    """

    site: Any
    actor: Actor
    now: datetime
    registry: Any
    entity: Any = None
    bodies: dict[str, Any] = field(default_factory=dict)

    @property
    def by(self) -> dict[str, Any]:
        """Return what every operation asks for."""
        return {"actor": self.actor, "now": self.now, "registry": self.registry}

    def forget(self) -> None:
        """Forget what was made in a transaction that was given up."""
        self.bodies.clear()


def read_contracts(
    source: Any, progress: Callable[[int], None] | None = None
) -> Iterator[DecpRecord | Refusal]:
    """Read the contracts of a file, each once.

    Raises:
        InvalidInputError: the file is damaged or of no known format.
    """
    try:
        yield from read_decp(source, progress)
    except DecpUnreadable as error:
        raise InvalidInputError(error.message, "file") from error


def begin_import(
    site: Any,
    entity: Any = None,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
) -> Import:
    """Prepare an import.

    Raises:
        NotAllowedError: the actor imports nowhere, or not at ``entity``.
        InvalidInputError: ``entity`` belongs to no public body.
    """
    if entity is None:
        require(actor, p.IMPORT_DATA, site["consultations"])
        return Import(site, actor, now, registry)
    require(actor, p.IMPORT_DATA, entity)
    if entity.body() is None:
        raise InvalidInputError(
            _("import-no-body", default="Désignez une entité d’un organisme public."),
            "entity",
        )
    return Import(site, actor, now, registry, entity)


def take(work: Import, contracts: Sequence[DecpRecord | Refusal]) -> list[Outcome]:
    """Take a batch of contracts; the caller commits, or gives up the whole batch.

    A contract that cannot be taken is refused alone: nothing of it is written.
    """
    planned = [_plan(work, contract) for contract in contracts]
    references = _reserve(work, planned)
    return [
        plan if isinstance(plan, Outcome) else _carry_out(work, plan, references)
        for plan in planned
    ]


def note_import(work: Import, counts: Mapping[str, int], files: Iterable[str]) -> None:
    """Note in the journal of the site what an import did."""
    details = {**counts, "files": list(files)}
    service = work.site["consultations"]
    work.registry.notify(
        Happened(service, "decp-imported", work.actor.login, work.now, details=details)
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where a contract goes: the entity that answers, or the consultation it is."""

    contract: DecpRecord
    entity: Any
    existing: Any = None


def _plan(work: Import, contract: DecpRecord | Refusal) -> _Plan | Outcome:
    if isinstance(contract, Refusal):
        reasons = tuple(french(remark.message) for remark in contract.reasons)
        return Outcome(REFUSED, contract.positions, contract.uid or "", reasons)
    try:
        existing = _known(work.site, contract.uid)
        if existing is not None:
            _check_existing(work, existing)
            if existing.source_digest == contract.digest:
                return Outcome(UNCHANGED, contract.positions, contract.uid)
            return _Plan(contract, None, existing)
        return _Plan(contract, work.entity or _body_of_buyer(work, contract))
    except DomainError as error:
        reasons = (french(error.message),)
        return Outcome(REFUSED, contract.positions, contract.uid, reasons)


def _known(site: Any, uid: str) -> Any:
    _count, numbers = site.business_catalog.query(Eq("source_uid", uid))
    objectmap = find_objectmap(site)
    return next((objectmap.object_for(number) for number in numbers), None)


def _check_existing(work: Import, consultation: Any) -> None:
    body = find_objectmap(work.site).object_for(consultation.body_entity)
    require(work.actor, p.IMPORT_DATA, body)


def _carry_out(
    work: Import, plan: _Plan, references: Mapping[int, list[str]]
) -> Outcome:
    if plan.existing is not None:
        return _update(work, plan.contract, plan.existing)
    reference = references[plan.contract.notified_on.year].pop(0)
    return _create(work, plan.contract, plan.entity, reference)


def _reserve(work: Import, planned: Sequence[_Plan | Outcome]) -> dict[int, list[str]]:
    """Reserve at once the references of all that is new, so that none is lost."""
    years = Counter(
        plan.contract.notified_on.year
        for plan in planned
        if isinstance(plan, _Plan) and plan.existing is None
    )
    return {
        year: reserve_references(work.site, year, count)
        for year, count in years.items()
    }


def _body_of_buyer(work: Import, contract: DecpRecord) -> Any:
    if not work.bodies:
        work.bodies.update(_bodies_by_siret(work.site))
    body = work.bodies.get(contract.buyer_siret)
    if body is None:
        body = work.bodies[contract.buyer_siret] = _make_body(work, contract)
    require(work.actor, p.IMPORT_DATA, body)
    return body


def _bodies_by_siret(site: Any) -> dict[str, Any]:
    return {
        body.settings["siret"]: body
        for body in site["organisation"].values()
        if body.settings.get("siret")
    }


def _make_body(work: Import, contract: DecpRecord) -> Any:
    top = work.site["organisation"]
    if not may(work.actor, p.IMPORT_DATA, top):
        raise InvalidInputError(
            _(
                "import-foreign-buyer",
                default="L’acheteur ${siret} n’est pas un organisme de ce site, "
                "et seul l’administrateur du sommet peut en ajouter.",
                mapping={"siret": contract.buyer_siret},
            )
        )
    # The right to import at the very top is that of adding the buyers one imports.
    actor = replace(system_actor(work.site), login=work.actor.login)
    by = {**work.by, "actor": actor}
    title = _free_body_title(top, contract)
    body = create_entity(top, "body", title, name=contract.buyer_siret, **by)
    # Written as published: a wrong key, told as a remark, is no reason to lose it.
    body.describe({"siret": contract.buyer_siret})
    return body


def _free_body_title(top: Any, contract: DecpRecord) -> str:
    title = contract.buyer_name or f"Acheteur {contract.buyer_siret}"
    taken = {body.title.lower() for body in top.values()}
    is_taken = title.lower() in taken
    return f"{title} ({contract.buyer_siret})" if is_taken else title


def _create(work: Import, contract: DecpRecord, entity: Any, reference: str) -> Outcome:
    consultation = work.registry.content.create("Consultation", reference)
    body = entity.body()
    consultation.body_entity = body.__oid__
    consultation.responsible = (entity.__oid__,)
    answers = answers_of_record(contract)
    consultation.answers.update(answers)
    _write_source(work, consultation, contract, answers)
    year = contract.notified_on.year
    place_consultation(work.site, consultation, body, year, state=_STATE, **work.by)
    return Outcome(CREATED, contract.positions, contract.uid, _remarks(contract))


def _update(work: Import, contract: DecpRecord, consultation: Any) -> Outcome:
    answers = answers_of_record(contract)
    changed = _write_answers(consultation, answers)
    _write_source(work, consultation, contract, answers)
    consultation.touch(work.actor.login, work.now)
    index(work.site, consultation)
    work.registry.notify(
        Happened(
            consultation,
            "decp-updated",
            work.actor.login,
            work.now,
            details={"fields": sorted(changed)},
        )
    )
    return Outcome(UPDATED, contract.positions, contract.uid, _remarks(contract))


def _write_answers(consultation: Any, answers: Mapping[str, Any]) -> list[str]:
    """Write what the publication changed, but for what a person wrote since."""
    before = consultation.source_answers
    changed = []
    for name in {*before, *answers}:
        is_untouched = consultation.answers.get(name) == before.get(name)
        if not is_untouched or before.get(name) == answers.get(name):
            continue
        changed.append(name)
        if name in answers:
            consultation.answers[name] = answers[name]
        else:
            consultation.answers.pop(name, None)
    return changed


def _write_source(
    work: Import, consultation: Any, contract: DecpRecord, answers: Mapping[str, Any]
) -> None:
    consultation.source_uid = contract.uid
    consultation.source_digest = contract.digest
    consultation.source_answers = dict(answers)
    consultation.award = award_of_record(contract, work.site, **work.by)


def _remarks(contract: DecpRecord) -> tuple[str, ...]:
    return tuple(french(remark.message) for remark in contract.remarks)
