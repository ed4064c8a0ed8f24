"""How the pages tell a contract already awarded, as open data published it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sicp.i18n import _
from sicp.views.shared import display
from sicp.views.shared.components import Term


def award_terms(request: Any, award: Mapping[str, Any]) -> list[Term]:  # noqa: ANN401
    """Tell who holds the contract, since when and for how much."""
    say = request.layout.say
    words = (
        (_("award-number", default="Numéro du contrat"), award.get("number")),
        (_("award-buyer", default="Acheteur"), _buyer(award.get("buyer") or {})),
        (_("award-holders", default="Titulaires"), _holders(award, say)),
        (_("award-amount", default="Montant (€ HT)"), _amount(award.get("amount"))),
        (
            _("award-current-amount", default="Montant après modifications (€ HT)"),
            _current_amount(award),
        ),
        (_("award-notified", default="Notifié le"), _day(award.get("notified_on"))),
        (_("award-published", default="Publié le"), _day(award.get("published_on"))),
        (_("award-bids", default="Offres reçues"), award.get("bids_received")),
        (
            _("award-procedure", default="Procédure publiée"),
            award.get("procedure_label"),
        ),
        (
            _("award-modifications", default="Modifications"),
            len(award.get("modifications") or ()) or None,
        ),
        (_("award-remarks", default="Remarques à l’import"), _remarks(award)),
    )
    return [Term(title, str(value)) for title, value in words if value]


def _buyer(buyer: Mapping[str, str]) -> str:
    parts = (buyer.get("name"), display.siret(buyer.get("siret")))
    return " — ".join(part for part in parts if part)


def _holders(award: Mapping[str, Any], say: Any) -> str:  # noqa: ANN401
    names = [
        f"{holder.get('name') or say(_UNNAMED)} ({holder.get('identifier')})"
        for holder in award.get("holders") or ()
    ]
    return " ; ".join(names)


def _amount(value: Any) -> str:  # noqa: ANN401
    return display.amount(value) if value is not None else ""


def _current_amount(award: Mapping[str, Any]) -> str:
    current = award.get("current_amount")
    return _amount(current) if current != award.get("amount") else ""


def _day(value: date | None) -> str:
    return display.day(value) if value is not None else ""


def _remarks(award: Mapping[str, Any]) -> str:
    return " ".join(remark["message"] for remark in award.get("remarks") or ())


_UNNAMED = _("award-unnamed", default="Nom non publié")
