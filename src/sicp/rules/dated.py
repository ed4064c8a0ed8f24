"""Values of law that change with time: which one was in force on a given day.

The rule of a consultation is the one in force when its notice is sent, and it stays
for the life of the contract; so every value is a row with a first and a last day.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Generic
from typing import Protocol
from typing import TypeVar

from sicp.i18n import _
from sicp.rules.wording import french_date


class NoValueInForce(LookupError):
    """No row of a dated table covers the day; ``message`` says so to the user."""

    def __init__(self, code: str, on: date) -> None:
        self.code = code
        self.on = on
        self.message = _(
            "law-value-unknown",
            default="La règle « ${code} » n’a pas de valeur connue au ${day}. "
            "Complétez les données de référence avant de poursuivre.",
            mapping={"code": code, "day": french_date(on)},
        )
        super().__init__(f"{code} has no value on {on.isoformat()}")


class DatedRow(Protocol):
    """What a row needs to stand in a dated table; days are included, None is open."""

    @property
    def code(self) -> str:
        """The stable name of the rule."""

    @property
    def valid_from(self) -> date:
        """The first day in force."""

    @property
    def valid_until(self) -> date | None:
        """The last day in force, or None when no end is known."""


Row = TypeVar("Row", bound=DatedRow)


def is_in_force(row: DatedRow, on: date) -> bool:
    """Tell whether ``row`` is the law on ``on``, first and last day included."""
    return row.valid_from <= on and (row.valid_until is None or on <= row.valid_until)


class DatedTable(Generic[Row]):
    """All periods of all rules of one kind, found by code and day."""

    missing: type[NoValueInForce] = NoValueInForce

    def __init__(self, rows: Iterable[Row]) -> None:
        """Keep ``rows``.

        Raises:
            ValueError: two rows of one code are in force on the same day, or a row
                ends before it begins.
        """
        self._rows: dict[str, list[Row]] = {}
        for row in rows:
            self._rows.setdefault(row.code, []).append(row)
        for code, periods in self._rows.items():
            periods.sort(key=lambda row: row.valid_from)
            check_periods(code, periods)

    def __iter__(self) -> Iterator[Row]:
        """Walk through all rows, by code then by first day."""
        for periods in self._rows.values():
            yield from periods

    def find(self, code: str, on: date) -> Row | None:
        """Return the row in force on ``on``, or None if the law had none."""
        periods = self._rows.get(code, [])
        return next((row for row in periods if is_in_force(row, on)), None)

    def at(self, code: str, on: date) -> Row:
        """Return the row in force on ``on``.

        Raises:
            NoValueInForce: no row covers that day; never the nearest one instead.
        """
        row = self.find(code, on)
        if row is None:
            raise self.missing(code, on)
        return row

    def in_force(self, on: date) -> tuple[Row, ...]:
        """Return every row in force on ``on``, in the order they were given."""
        return tuple(row for row in self if is_in_force(row, on))


def check_periods(code: str, periods: Sequence[DatedRow]) -> None:
    """Refuse two truths on one day, and periods that end before they begin.

    Raises:
        ValueError: says which code and which day.
    """
    for row in periods:
        if row.valid_until is not None and row.valid_until < row.valid_from:
            message = f"{code} ends on {row.valid_until} before {row.valid_from}"
            raise ValueError(message)
    for earlier, later in pairwise(periods):
        if earlier.valid_until is None or earlier.valid_until >= later.valid_from:
            message = f"{code} has two values on {later.valid_from}"
            raise ValueError(message)
