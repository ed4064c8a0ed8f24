"""How the pages tell a contract already awarded, as open data published it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sicp import permissions as p
from sicp.i18n import _
from sicp.operations.search.kind import thing_numbered
from sicp.operations.user.right import may
from sicp.views.shared import display
from sicp.views.shared.components import Term


def award_terms(request: Any, award: Mapping[str, Any]) -> list[Term]:  # noqa: ANN401
    """Tell who holds the contract, since when and for how much."""
    say = request.layout.say
    words = (
        (_("award-number", default="Numéro du contrat"), award.get("number")),
        (_("award-buyer", default="Acheteur"), _buyer(award.get("buyer") or {})),
        (_HOLDERS, _holders(award, say)),
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
    urls = {_HOLDERS: _holder_url(request, award)}
    return [
        Term(title, str(value), urls.get(title, "")) for title, value in words if value
    ]


def _buyer(buyer: Mapping[str, str]) -> str:
    parts = (buyer.get("name"), display.siret(buyer.get("siret")))
    return " — ".join(part for part in parts if part)


def _holders(award: Mapping[str, Any], say: Any) -> str:  # noqa: ANN401
    names = [
        f"{holder.get('name') or say(_UNNAMED)} ({holder.get('identifier')})"
        for holder in award.get("holders") or ()
    ]
    return " ; ".join(names)


def _holder_url(request: Any, award: Mapping[str, Any]) -> str:  # noqa: ANN401
    """Return the page of the company that holds the contract alone."""
    numbers = {holder.get("company") for holder in award.get("holders") or ()}
    company = thing_numbered(request.site, numbers.pop()) if len(numbers) == 1 else None
    is_seen = company is not None and may(request.actor, p.VIEW_COMPANIES, company)
    return request.resource_url(company) if is_seen else ""


def _amount(value: Any) -> str:  # noqa: ANN401
    return display.amount(value) if value is not None else ""


def _current_amount(award: Mapping[str, Any]) -> str:
    current = award.get("current_amount")
    return _amount(current) if current != award.get("amount") else ""


def _day(value: date | None) -> str:
    return display.day(value) if value is not None else ""


def _remarks(award: Mapping[str, Any]) -> str:
    return " ".join(remark["message"] for remark in award.get("remarks") or ())


_HOLDERS = _("award-holders", default="Titulaires")
_UNNAMED = _("award-unnamed", default="Nom non publié")
