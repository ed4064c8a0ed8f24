"""Allocates references: unique, in order, without a hot spot.

A number is reserved in a short transaction of its own, so that people who create
consultations together wait microseconds for each other instead of conflicting over
their whole work. A number whose consultation is then given up is not used again.
"""

import time
from typing import Any

import transaction
from repoze.catalog.query import Eq
from substanced.util import find_objectmap
from ZODB.POSException import ConflictError

from sicp.exceptions import UnavailableError
from sicp.i18n import _

_ATTEMPTS = 200
_PAUSE_SECONDS = 0.002


def find_consultation(site: Any, reference: str) -> Any:  # noqa: ANN401
    """Return the consultation of this reference, whatever the rights, or None."""
    _count, numbers = site.business_catalog.query(Eq("reference", reference))
    return next((find_objectmap(site).object_for(number) for number in numbers), None)


def reserve_reference(site: Any, year: int) -> str:  # noqa: ANN401
    """Return the next reference of ``year``, such as ``2026-0123``.

    Raises:
        UnavailableError: the database refused the reservation many times over.
    """
    return reserve_references(site, year, 1)[0]


def reserve_references(site: Any, year: int, count: int) -> list[str]:  # noqa: ANN401
    """Return the next ``count`` references of ``year``, for an import.

    Raises:
        UnavailableError: the database refused the reservation many times over.
    """
    database = site._p_jar.db()  # noqa: SLF001
    for attempt in range(_ATTEMPTS):
        try:
            last = _reserve_numbers(database, year, count)
            return [f"{year}-{n:04d}" for n in range(last - count + 1, last + 1)]
        except ConflictError:
            time.sleep(_PAUSE_SECONDS * min(attempt + 1, 10))
    raise UnavailableError(
        _(
            "reference-unavailable",
            default="La numérotation ne répond pas : recommencez dans un instant.",
        )
    )


def _reserve_numbers(database: Any, year: int, count: int) -> int:  # noqa: ANN401
    manager = transaction.TransactionManager(explicit=True)
    connection = database.open(transaction_manager=manager)
    try:
        manager.begin()
        sequences = connection.root()["app_root"].sequences
        last = sequences.get(year, 0) + count
        sequences[year] = last
        manager.commit()
    except BaseException:
        manager.abort()
        raise
    finally:
        connection.close()
    return last
