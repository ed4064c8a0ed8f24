"""Numbers that name a consultation or a contract for ever."""

import re
from dataclasses import dataclass

from sicp.i18n import _

#: « 2026-0123 », or « LYC-2026-0123 » where several bodies share a site.
PATTERN = re.compile(r"(?:([A-Z][A-Z0-9]{0,7})-)?((?:19|20|21)\d\d)-(\d{4,6})")
BODY_PATTERN = re.compile(r"[A-Z][A-Z0-9]{0,7}")
FIRST_YEAR = 1900
LAST_YEAR = 2199
LARGEST_SEQUENCE = 999_999
LONGEST_CONTRACT_ID = 16


@dataclass(frozen=True, slots=True, order=True)
class ReferenceNumber:
    """A consultation's number: the year, its rank in the year, the body if several."""

    year: int
    sequence: int
    body: str = ""

    def __post_init__(self) -> None:
        """Refuse what could not be written and read back.

        Raises:
            ValueError: year, rank or body out of what the format holds.
        """
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            message = f"year {self.year} has no four figures"
            raise ValueError(message)
        if not 1 <= self.sequence <= LARGEST_SEQUENCE:
            message = f"rank {self.sequence} is not between 1 and {LARGEST_SEQUENCE}"
            raise ValueError(message)
        if self.body and not BODY_PATTERN.fullmatch(self.body):
            message = f"body {self.body!r} is not one to eight capitals and figures"
            raise ValueError(message)

    def __str__(self) -> str:
        """Write « 2026-0123 », after the code of the body if there is one."""
        number = f"{self.year}-{self.sequence:04d}"
        return f"{self.body}-{number}" if self.body else number


def parse_reference_number(written: str) -> ReferenceNumber | None:
    """Read a consultation's number as a person writes it, or None if it is not one."""
    match = PATTERN.fullmatch(written.strip().upper())
    if match is None or int(match[3]) == 0:
        return None
    return ReferenceNumber(int(match[2]), int(match[3]), match[1] or "")


def contract_id_problem(written: str) -> str | None:
    """Say what is wrong with a contract's number in the « données essentielles ».

    One to sixteen characters (arrêté du 22 décembre 2022), none of them a space.
    """
    problem: str | None = None
    if not written:
        problem = _("contract-id-missing", default="Indiquez le numéro du contrat.")
    elif len(written) > LONGEST_CONTRACT_ID:
        problem = _(
            "contract-id-too-long",
            default="Le numéro du contrat compte 16 caractères au plus. Celui-ci en a "
            "${count}.",
            mapping={"count": str(len(written))},
        )
    elif re.search(r"\s", written):
        problem = _(
            "contract-id-space",
            default="Le numéro du contrat ne contient pas d’espace.",
        )
    return problem


def contract_uid(buyer_siret: str, contract_id: str) -> str:
    """Return the national key of a contract: the buyer's SIRET, then its number."""
    return f"{buyer_siret}{contract_id}"
