"""What a check of law tells the drafter: where, why, by which article, how serious."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a finding forbids the launch or only asks for attention."""

    BLOCKING = "blocking"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the law says against, or about, the answers of an upstream form.

    ``code`` is stable and English; ``field`` is a field of the form, ``row`` the index
    of a line in it (a lot, a criterion); ``message`` is the French sentence shown there
    (a translation string: ``sicp.i18n.french`` gives its text); ``article`` is the
    reference it rests on.
    """

    code: str
    field: str
    message: str
    article: str
    severity: Severity = Severity.BLOCKING
    row: int | None = None

    @property
    def is_blocking(self) -> bool:
        """Tell whether the launch is forbidden while this stands."""
        return self.severity is Severity.BLOCKING


def warning(
    code: str, field: str, message: str, article: str, *, row: int | None = None
) -> Finding:
    """Tell something that asks for attention but forbids nothing."""
    return Finding(code, field, message, article, Severity.WARNING, row)
