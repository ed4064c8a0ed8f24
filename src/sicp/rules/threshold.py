"""Thresholds in euros: which one was in force, and whether an amount reaches it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sicp.i18n import _
from sicp.rules.dated import DatedTable
from sicp.rules.dated import NoValueInForce
from sicp.rules.wording import french_date

#: Codes of the dated thresholds the rules look up (see ``thresholds.yaml``).
FORMAL_WORKS = "FORMALISE_TRAVAUX"
FORMAL_SUPPLIES_SERVICES = {
    "local": "FORMALISE_FS_LOCAL",
    "central": "FORMALISE_FS_CENTRAL",
    "entity": "FORMALISE_FS_ENTITE",
}
EXEMPTION_WORKS = "DISPENSE_TRAVAUX"
EXEMPTION_SUPPLIES_SERVICES = "DISPENSE_FS"
EXEMPTION_INNOVATION = "DISPENSE_INNOVATION"
EXEMPTION_BOOKS = "DISPENSE_LIVRES"
SOCIAL_SERVICES = "SERVICES_SOCIAUX_UE"
NATIONAL_NOTICE = "PUBLICITE_BOAMP_JAL"
BUYER_PROFILE = "PROFIL_ACHETEUR_DCE"
SMALL_LOT_WORKS = "PETIT_LOT_TRAVAUX"
SMALL_LOT_SUPPLIES_SERVICES = "PETIT_LOT_FS"
ADVANCE = "AVANCE"
LEGALITY_CONTROL = "TRANSMISSION_CONTROLE_LEGALITE"
ESSENTIAL_DATA = "DECP_PUBLICATION"
ESSENTIAL_DATA_YEARLY_LIST = "DECP_LISTE_ANNUELLE"
WRITTEN_CONTRACT = "ECRIT"
CONCESSION = "CONCESSION_UE"


class NoThreshold(NoValueInForce):
    """No threshold of that code is known on that day: nothing may be concluded."""

    def __init__(self, code: str, on: date) -> None:
        super().__init__(code, on)
        self.message = _(
            "threshold-unknown",
            default="Aucun seuil « ${code} » n’est connu au ${day}. Complétez les "
            "données de référence avant de poursuivre.",
            mapping={"code": code, "day": french_date(on)},
        )


@dataclass(frozen=True, slots=True)
class Threshold:
    """One amount of the law, EUR excluding tax, and the days it is in force.

    ``confidence`` says how the amount was established: ``verified`` at its source,
    ``secondary`` (a text that quotes it) or ``memory`` (to be verified).
    """

    code: str
    title: str
    category: str
    amount_excl_tax: Decimal
    valid_from: date
    valid_until: date | None
    source: str
    confidence: str
    note: str = ""

    def is_reached_by(self, amount_excl_tax: Decimal) -> bool:
        """Tell whether an amount is « égal ou supérieur » to the threshold."""
        return amount_excl_tax >= self.amount_excl_tax

    def is_exceeded_by(self, amount_excl_tax: Decimal) -> bool:
        """Tell whether an amount is strictly « supérieur » to the threshold."""
        return amount_excl_tax > self.amount_excl_tax


class ThresholdTable(DatedTable[Threshold]):
    """All thresholds, past and present."""

    missing = NoThreshold


def formal_threshold(
    nature: str, buyer_kind: str, on: date, thresholds: ThresholdTable
) -> Threshold:
    """Return the European threshold of a contract (CCP L2124-1, annexe 2).

    Works have one amount for every buyer; supplies and services depend on the buyer:
    ``local`` (communities: regions, departments…), ``central`` or ``entity``.

    Raises:
        NoThreshold: the amount of that day is not known.
        KeyError: ``buyer_kind`` is none of the three.
    """
    code = FORMAL_WORKS if nature == "works" else FORMAL_SUPPLIES_SERVICES[buyer_kind]
    return thresholds.at(code, on)


def exemption_threshold(nature: str, on: date, thresholds: ThresholdTable) -> Threshold:
    """Return the amount under which no call is needed (CCP R2122-8).

    Raises:
        NoThreshold: the amount of that day is not known.
    """
    is_works = nature == "works"
    code = EXEMPTION_WORKS if is_works else EXEMPTION_SUPPLIES_SERVICES
    return thresholds.at(code, on)


def small_lot_threshold(nature: str, on: date, thresholds: ThresholdTable) -> Threshold:
    """Return the amount under which a lot is small (CCP R2123-1 2° a).

    Raises:
        NoThreshold: the amount of that day is not known.
    """
    is_works = nature == "works"
    code = SMALL_LOT_WORKS if is_works else SMALL_LOT_SUPPLIES_SERVICES
    return thresholds.at(code, on)
