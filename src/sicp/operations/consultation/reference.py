"""Allocates references: unique, in order, without a hot spot.

A number is reserved in a short transaction of its own, so that people who create
consultations together wait microseconds for each other instead of conflicting over
their whole work. A number whose consultation is then given up is not used again.
"""

import time
from typing import Any

import transaction
from ZODB.POSException import ConflictError

from sicp.exceptions import UnavailableError
from sicp.i18n import _

_ATTEMPTS = 200
_PAUSE_SECONDS = 0.002


def reserve_reference(site: Any, year: int) -> str:  # noqa: ANN401
    """Return the next reference of ``year``, such as ``2026-0123``.

    Raises:
        UnavailableError: the database refused the reservation many times over.
    """
    database = site._p_jar.db()  # noqa: SLF001
    for attempt in range(_ATTEMPTS):
        try:
            return f"{year}-{_next_number(database, year):04d}"
        except ConflictError:
            time.sleep(_PAUSE_SECONDS * min(attempt + 1, 10))
    raise UnavailableError(
        _(
            "reference-unavailable",
            default="La numérotation ne répond pas : recommencez dans un instant.",
        )
    )


def _next_number(database: Any, year: int) -> int:  # noqa: ANN401
    manager = transaction.TransactionManager(explicit=True)
    connection = database.open(transaction_manager=manager)
    try:
        manager.begin()
        sequences = connection.root()["app_root"].sequences
        number = sequences.get(year, 0) + 1
        sequences[year] = number
        manager.commit()
    except BaseException:
        manager.abort()
        raise
    finally:
        connection.close()
    return number
