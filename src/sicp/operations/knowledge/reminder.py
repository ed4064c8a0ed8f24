"""Reminds those who answer for sheets that the day to read them again has come."""

from collections.abc import Iterator
from datetime import date
from datetime import datetime
from typing import Any

from repoze.catalog.query import InRange

from sicp.clock import legal_day
from sicp.i18n import _
from sicp.operations.knowledge.zone import SERVICE
from sicp.operations.user.mail import write_to

#: Before any day: sheets without a review have an empty text.
_FIRST_DAY = "0001-01-01"


def due_reviews(site: Any, on: date) -> Iterator[Any]:
    """Walk the sheets that are to be read again on a day, the oldest review first.

    What was thrown away or is obsolete is read by nobody: it is left out.
    """
    catalog = site.business_catalog
    _count, numbers = catalog.query(
        InRange("review_on", _FIRST_DAY, on.isoformat()), sort_index="review_on"
    )
    for number in numbers:
        sheet = site[SERVICE].numbers[number]
        if sheet.state != "obsolete" and not sheet.token().startswith("bin:"):
            yield sheet


def remind_reviews(site: Any, *, now: datetime, registry: Any) -> int:
    """Tell by mail who answers for each sheet to read again, once for each review.

    Returns:
        how many sheets somebody was told of.
    """
    count = 0
    for sheet in list(due_reviews(site, legal_day(now))):
        user = site["utilisateurs"].get(sheet.owner)
        is_told = sheet.reminded_on == sheet.review_on
        if is_told or user is None or not user.is_active:
            continue
        told = {"day": sheet.review_on.strftime("%d/%m/%Y")}
        if write_to(user, sheet, _SUBJECT, _BODY, told, registry):
            sheet.reminded_on = sheet.review_on
            count += 1
    return count


_SUBJECT = _("mail-sheet-review-subject", default="Fiche à relire : ${title}")
_BODY = _(
    "mail-sheet-review-body",
    default="Bonjour ${name},\n\nLa fiche « ${title} », dont vous êtes responsable, "
    "est à relire depuis le ${day}.\n\n${link}\n",
)
