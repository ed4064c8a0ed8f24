"""Whole upstream forms for any canevas: a minimal, a usual and a rich one.

A form is made of a *situation* (what is bought, by which procedure, for how much) and
of a *manner* of filling it. Each canevas gets three forms for which it is proposed, as
different from each other as its condition lets them be.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Any

from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.operations.document.context import legal_answers
from tests.unit.seed.typed_answers import answer_of_type
from tests.unit.seed.typed_answers import typed

Answers = dict[str, Any]

LAUNCH = date(2026, 12, 1)
#: Purchases that come again and again, hence framework agreements.
REPEATED = {"common_services", "supplies", "social_services", "ict", "industrial"}


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is bought: the answers that go together for one category."""

    nature: str
    ccag: str
    cpv: str
    object: str


@dataclass(frozen=True, slots=True)
class Situation:
    """A purchase passed by a procedure, for an amount of some level of the law."""

    category: str
    procedure: str
    level: str
    more: tuple[tuple[str, Any], ...] = ()

    @property
    def purchase(self) -> Purchase:
        """Return what is bought."""
        return PURCHASES[self.category]

    @property
    def amount(self) -> Decimal:
        """Return the estimated amount, EUR excluding tax."""
        is_works = self.purchase.nature == "works"
        return Decimal(AMOUNTS[self.level][is_works])


@dataclass(frozen=True, slots=True)
class Filled:
    """A canevas and a whole set of answers for which it is proposed."""

    name: str
    canevas: Canevas
    answers: Answers


PURCHASES = {
    "common_services": Purchase(
        "services", "fcs", "90911200", "Nettoyage des locaux des lycées"
    ),
    "supplies": Purchase(
        "supplies", "fcs", "39130000", "Fourniture de mobilier de bureau"
    ),
    "intellectual_services": Purchase(
        "services", "pi", "71241000", "Étude de faisabilité d’un parc d’activités"
    ),
    "building_design": Purchase(
        "services", "moe", "71221000", "Maîtrise d’œuvre de l’extension du lycée"
    ),
    "building_works": Purchase(
        "works", "travaux", "45214220", "Extension du lycée du Val-d’Orvanne"
    ),
    "infrastructure_design": Purchase(
        "services", "moe", "71322500", "Maîtrise d’œuvre de la déviation de Combe-Noire"
    ),
    "infrastructure_works": Purchase(
        "works", "travaux", "45233140", "Réfection de la route du col"
    ),
    "technical_control": Purchase(
        "services", "pi", "71630000", "Contrôle technique de l’extension du lycée"
    ),
    "fire_safety": Purchase(
        "services", "pi", "71317100", "Coordination des systèmes de sécurité incendie"
    ),
    "health_safety": Purchase(
        "services", "pi", "71317200", "Coordination de la sécurité sur le chantier"
    ),
    "ict": Purchase("services", "tic", "72267000", "Maintenance des téléservices"),
    "industrial": Purchase("supplies", "mi", "34144900", "Fabrication de navettes"),
    "social_services": Purchase(
        "services", "fcs", "80530000", "Formation des demandeurs d’emploi"
    ),
}
#: By level: supplies and services, then works.
AMOUNTS: Mapping[str, tuple[int, int]] = {
    "exempted": (32_000, 48_000),
    "small": (84_000, 88_000),
    "adapted": (160_000, 2_400_000),
    "formal": (1_200_000, 9_500_000),
}
#: Some procedures are open in a few cases only: the form asks which one.
CASE: Answers = {"procedure_reason": "Le montage juridique et financier est complexe."}
PROCEDURES: tuple[tuple[str, str, Answers], ...] = (
    ("AOO", "formal", {}),
    ("MAPA", "small", {"negotiation": "possible"}),
    ("MAPA", "small", {"negotiation": "none"}),
    ("MAPA", "adapted", {"negotiation": "none"}),
    ("MAPA", "adapted", {"negotiation": "possible"}),
    ("MAPA", "adapted", {"negotiation": "planned"}),
    ("MAPA", "adapted", {"is_restricted": True, "candidates_minimum": 3}),
    (
        "MAPA",
        "adapted",
        {"is_restricted": True, "candidates_minimum": 4, "negotiation": "planned"},
    ),
    ("MAPA_SOCIAL", "formal", {"negotiation": "possible"}),
    ("MAPA_SOCIAL", "formal", {"is_restricted": True, "negotiation": "planned"}),
    ("AOR", "formal", {"candidates_minimum": 5}),
    ("PAN", "formal", {**CASE, "candidates_minimum": 3, "negotiation": "planned"}),
    ("PAN", "formal", {**CASE, "candidates_minimum": 4, "negotiation": "possible"}),
    ("DC", "formal", {**CASE, "candidates_minimum": 3}),
    ("MPI", "exempted", {}),
)
SITUATIONS = tuple(
    Situation(category, procedure, level, tuple(more.items()))
    for (procedure, level, more), category in product(PROCEDURES, PURCHASES)
    if (category == "social_services") == (procedure == "MAPA_SOCIAL")
)
BUYER: Answers = {
    "reference": "2026-0042",
    "buyer_name": "Région Île-des-Alpes",
    "buyer_legal_form": "Région",
    "buyer_siret": "999 001 001 00018",
    "buyer_address": "1 place de la Région, 99000 Montclar-les-Alpes",
    "buyer_email": "commande-publique@ile-des-alpes.example",
    "buyer_phone": "00 99 00 10 00",
    "buyer_signatory": "la présidente du conseil régional",
    "buyer_accountant": "la payeuse régionale",
    "buyer_court": "tribunal administratif de Montclar",
    "buyer_profile_url": "https://marches.ile-des-alpes.example",
    "responsible_name": "Direction du patrimoine",
}


def minimal(situation: Situation) -> Answers:
    """Fill what a launch needs and nothing else: one lot, one lump sum."""
    return _common(situation) | {
        "place": "Montclar-les-Alpes",
        "contract_form": "ordinary",
        "duration_months": 6,
        "start": "notification",
        "variants": "forbidden",
        "is_allotted": False,
        "no_lots_reason": "Les prestations sont indissociables.",
        "price_form": "lump_sum",
        "price_variation": "firm",
        "advance": "legal",
        "payment_days": 30,
        "criteria": (
            {"title": "Prix", "kind": "price", "weight": 60},
            {"title": "Environnement", "kind": "environmental", "weight": 40},
        ),
        "offer_validity_days": 90,
        "environmental_clause": "Le titulaire trie ses déchets.",
        "has_social_clause": False,
        "no_social_reason": "L’objet ne s’y prête pas.",
        "has_personal_data": False,
    }


def usual(situation: Situation) -> Answers:
    """Fill as most are filled: two lots, revised prices, a social clause."""
    is_repeated = situation.category in REPEATED
    return minimal(situation) | {
        "description": "Prestations courantes, décrites au cahier des clauses.",
        "duration_months": 12,
        "renewals": 2 if is_repeated else 0,
        "renewal_months": 12 if is_repeated else None,
        "is_renewal_tacit": True if is_repeated else None,
        "is_allotted": True,
        "no_lots_reason": None,
        "lots": _lots(situation, ("Secteur nord", "Secteur sud"), (60, 40)),
        "price_variation": "revisable",
        "price_index": "index BT01",
        "price_fixed_share": 15,
        "criteria": (
            {"title": "Prix", "kind": "price", "weight": 50},
            {"title": "Valeur technique", "kind": "technical", "weight": 30},
            {"title": "Émissions évitées", "kind": "environmental", "weight": 20},
        ),
        "has_social_clause": True,
        "no_social_reason": None,
        "social_clause": "Des heures de travail sont réservées à l’insertion.",
        "social_hours": 350,
        "has_penalties": True,
        "penalty_amount": 150,
        "group_form": "free",
        "reserved": "no",
        "site_visit": "optional",
        "site_visit_details": "Sur rendez-vous auprès du contact.",
        "funding": "Budget propre de la Région",
        "contact_phone": "00 99 00 10 21",
        "questions_due_on": "2027-02-05",
        **_framework(situation, "framework_orders", is_wanted=is_repeated),
    }


def rich(situation: Situation) -> Answers:
    """Fill everything: many holders or tranches, variants, personal data, a visit."""
    is_repeated = situation.category in REPEATED
    tranches: Answers = {"contract_form": "tranches", "tranches": TRANCHES}
    return usual(situation) | {
        **tranches,
        **_framework(situation, "framework_mixed", is_wanted=is_repeated),
        "framework_minimum": situation.amount / 10 if is_repeated else None,
        "framework_holders": "multiple" if is_repeated else None,
        "framework_holders_maximum": 3 if is_repeated else None,
        "cpv_additional": ({"cpv": "79993000"}, {"cpv": "79990000"}),
        "place": "Tous les sites de la Région, en vallée comme en altitude",
        "start": "date",
        "start_on": "2027-06-01",
        "renewals": 1,
        "renewal_months": 24,
        "is_renewal_tacit": False,
        "variants": "allowed",
        "variant_requirements": "Les délais et les garanties restent inchangés.",
        "group_form": "joint",
        "lots": _lots(situation, ("Nord", "Sud", "Est"), (50, 30, 20)),
        "lots_per_bid_maximum": 2,
        "lots_won_maximum": 1,
        "price_form": "mixed",
        "price_base_on": "2027-02-01",
        "advance": "granted",
        "advance_rate": 20,
        "retention_rate": 3,
        "payment_days": 25,
        "criteria": (
            {"title": "Coût du cycle de vie", "kind": "cost", "weight": 40},
            {"title": "Valeur technique", "kind": "technical", "weight": 25},
            {"title": "Réemploi", "kind": "environmental", "weight": 20},
            {"title": "Qualité de l’insertion", "kind": "social", "weight": 10},
            {"title": "Délai", "kind": "delay", "weight": 5},
        ),
        "turnover_minimum": situation.amount / 5,
        "capacities": "Qualification professionnelle ou preuve équivalente.",
        "offer_validity_days": 180,
        "site_visit": "mandatory",
        "site_visit_details": "Le mardi 12 janvier 2027 à 9 heures, à l’accueil.",
        "has_personal_data": True,
        "personal_data": "Coordonnées des agents, effacées à la fin du marché.",
        "technical_contact": "Paul Orsini, service technique",
        "notification_on": "2027-05-03",
        "reserved": "disability",
        "has_social_clause": True,
    }


MANNERS: Mapping[str, Callable[[Situation], Answers]] = {
    "minimal": minimal,
    "usual": usual,
    "rich": rich,
}
TRANCHES = (
    {"number": 0, "kind": "firm", "object": "Première partie"},
    {
        "number": 1,
        "kind": "optional",
        "object": "Deuxième partie",
        "deadline_months": 6,
    },
    {"number": 2, "kind": "optional", "object": "Dernière partie"},
)


def three_sets(canevas: Canevas, library: Library) -> tuple[Filled, ...]:
    """Return three whole and different sets of answers for which ``canevas`` applies.

    Raises:
        LookupError: no situation known here suits the condition of the canevas.
    """
    pool = [form for form in _every_form() if is_proposed(canevas, form[2])]
    if len(pool) < len(MANNERS):
        message = f"no situation of {__name__} suits the canevas {canevas.id}"
        raise LookupError(message)
    chosen = _spread(pool)
    return tuple(
        Filled(
            f"{canevas.id}-{name}-{situation.procedure}-{situation.category}",
            canevas,
            answers | dict(_of_variables(canevas, library, is_rich=name == "rich")),
        )
        for name, situation, answers in chosen
    )


def whole(form: Mapping[str, Any]) -> Answers:
    """Add to a form what the buyer and the law say, each value of its own type."""
    given = {k: v for k, v in {**form, **BUYER}.items() if v is not None}
    answers = {name: typed(DRAFTING_FIELDS[name], v) for name, v in given.items()}
    lots = answers.get("lots", ()) if answers.get("is_allotted") else ()
    renewed = answers.get("renewals", 0) * answers.get("renewal_months", 0)
    return answers | {
        "lots_count": len(lots),
        "total_duration_months": answers["duration_months"] + renewed,
        **legal_answers(answers, answers["launch_on"]),
    }


def is_proposed(canevas: Canevas, answers: Mapping[str, Any]) -> bool:
    """Tell whether a consultation that answers so is offered ``canevas``."""
    return Facts(answers, DRAFTING_FIELDS).holds(canevas.applies)


@cache
def _every_form() -> tuple[tuple[str, Situation, Answers], ...]:
    return tuple(
        (name, situation, whole(fill(situation)))
        for (name, fill), situation in product(MANNERS.items(), SITUATIONS)
    )


def _spread(pool: list[Any]) -> Iterator[Any]:
    """Take one of each manner where there is one, from the whole width of the pool."""
    for index, manner in enumerate(MANNERS):
        own = [item for item in pool if item[0] == manner] or pool
        yield own[(len(own) - 1) * index // (len(MANNERS) - 1)]


def _common(situation: Situation) -> Answers:
    bought = situation.purchase
    return {
        "object": bought.object,
        "nature": bought.nature,
        "category": situation.category,
        "ccag": bought.ccag,
        "cpv": bought.cpv,
        "estimated_amount": situation.amount,
        "procedure": situation.procedure,
        **dict(situation.more),
        "launch_on": LAUNCH,
        "bids_due_at": "2027-02-22T12:00+01:00",
        "contact_name": "Marie Brunet",
        "contact_email": "marie.brunet@ile-des-alpes.example",
    }


def _framework(situation: Situation, form: str, *, is_wanted: bool) -> Answers:
    if not is_wanted:
        return {}
    return {
        "contract_form": form,
        "framework_maximum": situation.amount,
        "framework_holders": "single",
        "price_form": "unit",
        "tranches": None,
    }


def _lots(
    situation: Situation, objects: Iterable[str], shares: Iterable[int]
) -> tuple[Answers, ...]:
    rows = enumerate(zip(objects, shares, strict=True), start=1)
    return tuple(
        {
            "number": number,
            "object": said,
            "estimated_amount": situation.amount * share / 100,
            "maximum_amount": situation.amount * share / 100,
            "cpv": situation.purchase.cpv,
        }
        for number, (said, share) in rows
    )


def _of_variables(
    canevas: Canevas, library: Library, *, is_rich: bool
) -> Iterator[tuple[str, Any]]:
    """Answer what clauses ask by themselves; only a rich form answers the optional."""
    for use, _ in canevas.clause_uses():
        for variable in library.clause(use.clause).variables:
            if _is_answered(variable, is_rich=is_rich):
                yield variable.name, answer_of_type(variable, is_last=is_rich)


def _is_answered(variable: Field, *, is_rich: bool) -> bool:
    if "default" in variable.meta:
        return is_rich and variable.type is FieldType.BOOLEAN
    return variable.required or is_rich
