"""Where the notice of a contract must appear, by procedure, amount and day."""

from dataclasses import dataclass
from datetime import date

from sicp.rules import threshold as codes
from sicp.rules.procedure import Need
from sicp.rules.procedure_table import Procedure
from sicp.rules.tables import ReferenceTables

JOUE = "JOUE"
BOAMP = "BOAMP"
JAL = "JAL"
SPECIALISED_PRESS = "SPECIALISED_PRESS"


@dataclass(frozen=True, slots=True)
class Publicity:
    """What the law asks of the call for competition.

    Every group of ``supports`` must be served, by one of its members: BOAMP *or* a
    journal of legal notices. Empty supports and ``is_free``: a notice adapted as the
    buyer sees fit; empty and not free: no call at all. ``model`` is ``eforms``,
    ``national`` or empty. ``on_buyer_profile``: the documents must be there.
    """

    supports: tuple[tuple[str, ...], ...]
    model: str
    is_free: bool
    on_buyer_profile: bool
    articles: tuple[str, ...]

    @property
    def has_notice(self) -> bool:
        """Tell whether a call for competition is published at all."""
        return bool(self.supports) or self.is_free


@dataclass(frozen=True, slots=True)
class Medium:
    """The supports of one case, the model of its notice, its article."""

    supports: tuple[tuple[str, ...], ...]
    model: str
    article: str


NO_CALL = Medium((), "", "R2122-8")
FREE = Medium((), "free", "R2131-12 1°")
FREE_SOCIAL = Medium((), "free", "R2131-14")
NATIONAL = Medium(((BOAMP, JAL),), "national", "R2131-12 2°")
EUROPEAN = Medium(((JOUE,), (BOAMP,)), "eforms", "R2131-16 1°")
EUROPEAN_SOCIAL = Medium(((JOUE,),), "eforms", "R2131-15")
EUROPEAN_CONCESSION = Medium(
    ((JOUE,), (BOAMP, JAL), (SPECIALISED_PRESS,)), "eforms", "R3122-2"
)
NATIONAL_CONCESSION = Medium(((BOAMP, JAL),), "national", "R3126-4")


def required_publicity(
    need: Need, procedure_code: str, on: date, tables: ReferenceTables
) -> Publicity:
    """Return the publicity of ``need`` passed by ``procedure_code`` (CCP R2131-12 s.).

    A formal procedure chosen freely under the threshold is advertised as one
    (R2123-6, R2131-16). The buyer is a State body or a community; the lighter duty of
    other buyers (R2131-13, R2131-16 2°) is not told here.

    Raises:
        NoValueInForce: the procedure or a threshold of that day is not known.
    """
    procedure = tables.procedures.at(procedure_code, on)
    medium = medium_for(need, procedure, on, tables)
    has_notice = bool(medium.model)
    profile = tables.thresholds.at(codes.BUYER_PROFILE, on)
    on_profile = has_notice and profile.is_reached_by(need.estimated_amount)
    return Publicity(
        supports=medium.supports,
        model="" if medium.model == "free" else medium.model,
        is_free=medium.model == "free",
        on_buyer_profile=on_profile,
        articles=(medium.article, "R2132-2") if on_profile else (medium.article,),
    )


def medium_for(
    need: Need, procedure: Procedure, on: date, tables: ReferenceTables
) -> Medium:
    """Choose the case of the law: concession, no call, formal, social or adapted."""
    if "concession" in procedure.levels:
        return reached(
            codes.CONCESSION,
            need,
            on,
            tables,
            otherwise=NATIONAL_CONCESSION,
            then=EUROPEAN_CONCESSION,
        )
    if procedure.phases == ("single",):
        return NO_CALL
    if procedure.is_formal or is_formal_contest(need, procedure, on, tables):
        return EUROPEAN
    if "social" in procedure.levels and need.is_social_service:
        return reached(
            codes.SOCIAL_SERVICES,
            need,
            on,
            tables,
            otherwise=FREE_SOCIAL,
            then=EUROPEAN_SOCIAL,
        )
    return reached(
        codes.NATIONAL_NOTICE, need, on, tables, otherwise=FREE, then=NATIONAL
    )


def is_formal_contest(
    need: Need, procedure: Procedure, on: date, tables: ReferenceTables
) -> bool:
    """Tell whether a contest (« concours ») reaches the European threshold."""
    if procedure.decp_technique != "Concours":
        return False
    limit = codes.formal_threshold(need.nature, need.buyer_kind, on, tables.thresholds)
    return limit.is_reached_by(need.estimated_amount)


def reached(  # noqa: PLR0913 - both cases of one threshold, named where called
    code: str,
    need: Need,
    on: date,
    tables: ReferenceTables,
    *,
    otherwise: Medium,
    then: Medium,
) -> Medium:
    """Return ``then`` from the threshold ``code`` on, ``otherwise`` under it."""
    limit = tables.thresholds.at(code, on)
    return then if limit.is_reached_by(need.estimated_amount) else otherwise
