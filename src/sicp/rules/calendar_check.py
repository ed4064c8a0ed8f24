"""Whether the dates of a form leave candidates the days the law gives them."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from datetime import datetime
from typing import Any

from sicp.i18n import _
from sicp.rules.deadline import RequiredDelay
from sicp.rules.deadline import end_of_day
from sicp.rules.deadline import information_due_on
from sicp.rules.deadline import minimum_delay
from sicp.rules.deadline import paris_day
from sicp.rules.finding import Finding
from sicp.rules.finding import warning
from sicp.rules.procedure_table import Procedure
from sicp.rules.tables import ReferenceTables
from sicp.rules.wording import french_date
from sicp.rules.wording import french_number

FIELD = "bids_due_at"


def check_calendar(
    answers: Mapping[str, Any],
    procedure: Procedure,
    on: date,
    tables: ReferenceTables,
    *,
    is_entity: bool = False,
) -> Iterator[Finding]:
    """Check the limit for bids and for questions against the launch on ``on``.

    Bids are sent by electronic means, as the law has it (CCP R2132-7).

    Raises:
        NoValueInForce: a delay of that day is not known.
    """
    due_at = answers.get(FIELD)
    if due_at is None:
        return
    if paris_day(due_at) <= on:
        yield due_before_launch()
        return
    situations = situations_of(answers, is_entity=is_entity)
    if procedure.is_two_steps:
        yield from check_two_steps(due_at, procedure, situations, on, tables)
    else:
        yield from check_one_step(due_at, procedure, situations, on, tables)
    if procedure.is_formal:
        yield from check_questions(answers, due_at, on, tables)


def situations_of(answers: Mapping[str, Any], *, is_entity: bool) -> set[str]:
    """Return the situations that shorten or lengthen the delays of this form."""
    found = {"electronic"}
    if answers.get("is_urgent"):
        found.add("urgent")
    if is_entity:
        found.add("entity")
    return found


def due_before_launch() -> Finding:
    """Say that bids cannot be due on the day of the notice or before (R2151-1)."""
    message = _(
        "bids-due-before-launch",
        default="La date limite de réception des offres suit la date d’envoi de "
        "l’avis.",
    )
    return Finding("bids-due-before-launch", FIELD, message, "R2151-1")


def check_one_step(
    due_at: datetime,
    procedure: Procedure,
    situations: AbstractSet[str],
    on: date,
    tables: ReferenceTables,
) -> Iterator[Finding]:
    """Ask for the minimum delay of bids, counted in whole days (R. 1182/71 art. 3).

    Before the last day of the delay it blocks. On that very day the delay is not over
    before midnight: a warning says so.
    """
    delay = minimum_delay(procedure, "bids", situations, on, tables)
    if delay is None or due_at >= end_of_day(delay.last_day_from(on)):
        return
    if paris_day(due_at) < delay.last_day_from(on):
        yield too_short(delay, on)
    else:
        yield during_last_day(delay)


def too_short(delay: RequiredDelay, on: date) -> Finding:
    """Say how many days are needed and which day they end."""
    message = _(
        "bids-delay-too-short",
        default="Le délai minimal est de ${days} jours. Pour un avis envoyé le "
        "${sent}, il s’achève le ${last}.",
        mapping={
            "days": french_number(delay.days),
            "sent": french_date(on),
            "last": french_date(delay.last_day_from(on)),
        },
    )
    return Finding("bids-delay-too-short", FIELD, message, delay.articles[0])


def during_last_day(delay: RequiredDelay) -> Finding:
    """Say that the delay runs until the end of its last day."""
    message = _(
        "bids-due-on-last-day",
        default="Le délai minimal de ${days} jours se compte en jours entiers et "
        "s’achève ce jour à minuit. Fixez la limite au lendemain pour être sûr de le "
        "respecter.",
        mapping={"days": french_number(delay.days)},
    )
    return warning("bids-due-on-last-day", FIELD, message, delay.articles[0])


def check_two_steps(
    due_at: datetime,
    procedure: Procedure,
    situations: AbstractSet[str],
    on: date,
    tables: ReferenceTables,
) -> Iterator[Finding]:
    """Ask for the delay of applications, then recall that of bids.

    Bids are invited after applications are in: a limit that does not leave the delay
    of applications blocks. One that leaves it but not both delays is a warning, since
    candidates may agree on a shorter one for bids (CCP R2161-9, R2161-16).
    """
    first = minimum_delay(procedure, "applications", situations, on, tables)
    second = minimum_delay(procedure, "bids", situations, on, tables)
    if first is None:
        return
    applications_end = first.last_day_from(on)
    if paris_day(due_at) <= applications_end:
        yield too_short(first, on)
    elif second and due_at < end_of_day(second.last_day_from(applications_end)):
        yield both_delays_short(first, second)


def both_delays_short(first: RequiredDelay, second: RequiredDelay) -> Finding:
    """Say that both delays together do not fit."""
    message = _(
        "bids-delays-too-short",
        default="Les délais minimaux, de ${first} jours pour les candidatures puis de "
        "${second} jours pour les offres, ne tiennent pas avant cette date, sauf "
        "accord de tous les candidats.",
        mapping={
            "first": french_number(first.days),
            "second": french_number(second.days),
        },
    )
    return warning("bids-delays-too-short", FIELD, message, second.articles[0])


def check_questions(
    answers: Mapping[str, Any], due_at: datetime, on: date, tables: ReferenceTables
) -> Iterator[Finding]:
    """Ask that questions end before the last day to answer them (CCP R2132-6)."""
    asked_until = answers.get("questions_due_on")
    urgent = bool(answers.get("is_urgent"))
    answer_by = information_due_on(paris_day(due_at), on, tables, is_urgent=urgent)
    if asked_until is None or asked_until <= answer_by:
        return
    message = _(
        "questions-due-too-late",
        default="Les réponses sont envoyées le ${last} au plus tard. Les questions "
        "s’arrêtent avant.",
        mapping={"last": french_date(answer_by)},
    )
    yield warning("questions-due-too-late", "questions_due_on", message, "R2132-6")
