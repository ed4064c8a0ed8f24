"""What colleagues are asked to read of a piece, and what they answered."""

from dataclasses import dataclass
from datetime import datetime

#: What a colleague answers: nothing to say, or to be taken up again.
FINE = "fine"
REWORK = "rework"


@dataclass(frozen=True)
class Review:
    """One request to read a piece, never changed but by its answer.

    ``reviewer`` and ``asked_by`` are logins; ``answer`` is empty until it is given,
    then ``FINE`` or ``REWORK``. Instants are aware UTC.
    """

    id: str
    reviewer: str
    asked_by: str
    asked_at: datetime
    note: str = ""
    answer: str = ""
    reason: str = ""
    answered_at: datetime | None = None
