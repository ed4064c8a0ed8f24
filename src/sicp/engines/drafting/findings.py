"""What the proof of a canevas found, told in French to the lawyer who keeps it.

Each message names the clause, the article or the canevas, says what is wrong and, after
a semicolon, what to do about it.
"""

from dataclasses import dataclass
from enum import StrEnum

from sicp.engines.drafting.clause import Clause


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, in French; ``clause_id`` is empty for the canevas itself."""

    severity: Severity
    message: str
    clause_id: str = ""


class Report:
    """Gathers findings.

    Attributes:
        findings: in the order found.
        is_readable: whether every condition can be decided. Combinations of conditions
            that cannot be read would prove nothing.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.is_readable = True

    def blame(self, clause: Clause, reason: str) -> None:
        """Note an error of a clause."""
        self.error(f"clause « {clause.title} » : {reason}", clause.id)

    def note(self, clause: Clause, reason: str) -> None:
        """Note a remark about a clause."""
        self.remark(f"clause « {clause.title} » : {reason}", clause.id)

    def error(self, message: str, clause_id: str = "") -> None:
        """Note what would put a problem or a hole into some document."""
        self.findings.append(Finding(Severity.ERROR, message, clause_id))

    def remark(self, message: str, clause_id: str = "") -> None:
        """Note what is worth a look, and lets documents be made."""
        self.findings.append(Finding(Severity.REMARK, message, clause_id))

    def unreadable(self, message: str, clause_id: str = "") -> None:
        """Note an error that leaves conditions undecided."""
        self.is_readable = False
        self.error(message, clause_id)
