"""The only clock. Law is read in Europe/Paris, instants are stored in aware UTC."""

from datetime import UTC
from datetime import date
from datetime import datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def now() -> datetime:
    """Tell the present instant, aware, in UTC."""
    return datetime.now(UTC)


def legal_day(at: datetime) -> date:
    """Tell the day it is in France at the instant ``at``."""
    return at.astimezone(PARIS).date()
