"""Delays of the law: how days are counted, and how many are needed at least.

Règlement (CEE, Euratom) n° 1182/71, article 3: the day of the event is not counted;
the period runs over whole days until the end of the last one; when that one is a
Saturday, a Sunday or a public holiday, until the end of the next working day. A period
counted backwards from a date is never moved. Days are those of Europe/Paris.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from sicp.rules.procedure_table import MinimumDelay
from sicp.rules.procedure_table import Procedure
from sicp.rules.tables import ReferenceTables

PARIS = ZoneInfo("Europe/Paris")
SATURDAY = 5
MONTHS_OF_A_YEAR = 12


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Return the public holidays of the whole of France in ``year``."""
    return frozenset(holidays.country_holidays("FR", years=year))


def is_working_day(day: date) -> bool:
    """Tell whether ``day`` is neither a week-end nor a public holiday (R. 1182/71)."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def next_working_day(day: date) -> date:
    """Return ``day`` itself if it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def last_day(event_on: date, days: int) -> date:
    """Return the last day of a period of calendar ``days`` (R. 1182/71 art. 3).

    A notice sent on 1 October with 30 days: 31 October is a Saturday, 1 November a
    Sunday and a holiday, so the period ends with 2 November 2026.
    """
    return next_working_day(event_on + timedelta(days=days))


def end_of_day(day: date) -> datetime:
    """Return the instant at which ``day`` is over in Paris."""
    return datetime.combine(day + timedelta(days=1), time.min, PARIS)


def paris_day(at: datetime) -> date:
    """Return the day of an aware instant in Paris."""
    return at.astimezone(PARIS).date()


@dataclass(frozen=True, slots=True)
class RequiredDelay:
    """The fewest days the law asks for one step, and the articles that say so."""

    days: int
    situation: str
    articles: tuple[str, ...]

    def last_day_from(self, sent_on: date) -> date:
        """Return the last day of the delay of a sending made on ``sent_on``."""
        return last_day(sent_on, self.days)


def minimum_delay(
    procedure: Procedure,
    step: str,
    situations: AbstractSet[str],
    on: date,
    tables: ReferenceTables,
) -> RequiredDelay | None:
    """Return the shortest delay the ``situations`` open (CCP R2161-2 to -25, R2151-2).

    ``step`` is ``applications`` or ``bids``; situations are those of ``MinimumDelay``
    and ``offline_documents``, which adds days unless there is urgency. None: the law
    only asks for a sufficient delay (R2151-1).

    Raises:
        NoValueInForce: the days added for documents not online are not known.
    """
    open_rows = [
        row
        for row in procedure.minimum_days
        if row.step == step and row.situation in {"standard", *situations}
    ]
    if not open_rows:
        return None
    best = min(open_rows, key=lambda row: row.days)
    if "offline_documents" not in situations or "urgent" in situations:
        return RequiredDelay(best.days, best.situation, (best.article,))
    return lengthened(best, on, tables)


def lengthened(row: MinimumDelay, on: date, tables: ReferenceTables) -> RequiredDelay:
    """Add the days due when some documents are not on the profile (CCP R2151-2)."""
    added = tables.limits.at("OFFLINE_DOCUMENTS_DAYS", on)
    days = row.days + int(added.value)
    return RequiredDelay(days, row.situation, (row.article, added.article))


def prior_notice_counts(
    prior_sent_on: date, notice_sent_on: date, tables: ReferenceTables
) -> bool:
    """Tell whether a préinformation shortens the delays (CCP R2161-3 1° a).

    It was sent 35 days at least and 12 months at most before the notice.

    Raises:
        NoValueInForce: these limits are not known on the day of the notice.
    """
    days = tables.limits.at("PRIOR_NOTICE_DAYS_MINIMUM", notice_sent_on)
    months = tables.limits.at("PRIOR_NOTICE_MONTHS_MAXIMUM", notice_sent_on)
    youngest = notice_sent_on - timedelta(days=int(days.value))
    oldest = months_before(notice_sent_on, int(months.value))
    return oldest <= prior_sent_on <= youngest


def months_before(day: date, months: int) -> date:
    """Return the same day ``months`` earlier, or the last day of a shorter month."""
    total = day.year * MONTHS_OF_A_YEAR + day.month - 1 - months
    year, month = divmod(total, MONTHS_OF_A_YEAR)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = first_of_next - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def information_due_on(
    bids_due_on: date, on: date, tables: ReferenceTables, *, is_urgent: bool = False
) -> date:
    """Return the last day to send additional information (CCP R2132-6).

    Counted backwards from the limit for bids, hence never moved to a working day.

    Raises:
        NoValueInForce: the days are not known on the day of launch ``on``.
    """
    code = "INFORMATION_DAYS_URGENT" if is_urgent else "INFORMATION_DAYS"
    return bids_due_on - timedelta(days=int(tables.limits.at(code, on).value))


def first_signature_day(
    rejections_sent_on: date, procedure: Procedure, *, is_electronic: bool
) -> date:
    """Return the first day the contract may be signed (CCP R2182-1).

    The day after the standstill of 11 days, 16 when a rejection was not sent by
    electronic means, counted from the last rejection sent; the day of the sending
    itself where the procedure has no standstill.
    """
    if procedure.standstill_days is None:
        return rejections_sent_on
    days = procedure.standstill_days["electronic" if is_electronic else "other"]
    return last_day(rejections_sent_on, days) + timedelta(days=1)
