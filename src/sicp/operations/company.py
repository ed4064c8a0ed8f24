"""Companies: found by their number, made at the first contract they hold."""

import re
from datetime import datetime
from typing import Any

from sicp.catalog.words import fold
from sicp.interfaces.user import Actor
from sicp.rules.siret import is_valid_siret

_NOT_IN_A_NAME = re.compile(r"[^0-9a-z.-]+")
_NAME_MAXIMUM = 60


def know_company(  # noqa: PLR0913
    site: Any,
    identifier: str,
    identifier_type: str,
    title: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
) -> Any:
    """Return the company of this number, made if nobody named it before.

    ``identifier_type`` is a kind of number of the open data format, empty when it is
    not known. A company without a number is known by its name. Who may: the caller
    has asked. A name is taken when there was none; it is never changed here.
    """
    companies = site["entreprises"]
    name = company_name(identifier, identifier_type, title)
    company = companies.get(name)
    if company is None:
        company = registry.content.create("Company", identifier, identifier_type, title)
        is_siret = identifier_type == "SIRET"
        company.is_identifier_valid = not is_siret or is_valid_siret(identifier)
        company.touch(actor.login, now)
        companies.add(name, company, registry=registry)
    elif title and not company.title:
        company.title = title
        company.touch(actor.login, now)
    return company


def company_name(identifier: str, identifier_type: str, title: str) -> str:
    """Return the name of a company in the address of its page."""
    kind = "" if identifier_type == "SIRET" else f"{identifier_type or 'sans-type'}-"
    known_by = identifier or f"nom-{title}"
    return _NOT_IN_A_NAME.sub("-", fold(f"{kind}{known_by}"))[:_NAME_MAXIMUM]
