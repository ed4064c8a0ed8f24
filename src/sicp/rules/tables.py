"""The law as tables: thresholds, procedures, limits and obligations with their days.

Rules never read a file: they are handed these tables. The rows are plain mappings, as
the seed lists and the administration screens give them; here they become typed, and a
row that cannot be read stops the loading rather than a consultation later.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any
from typing import TypeVar

from sicp.rules.dated import DatedTable
from sicp.rules.finding import Severity
from sicp.rules.procedure_table import MinimumDelay
from sicp.rules.procedure_table import Procedure
from sicp.rules.procedure_table import ProcedureTable
from sicp.rules.threshold import Threshold
from sicp.rules.threshold import ThresholdTable

PlainRow = Mapping[str, Any]
Typed = TypeVar("Typed")


@dataclass(frozen=True, slots=True)
class Limit:
    """A dated figure of the law that is no threshold: a share, a rate, some days."""

    code: str
    title: str
    value: Decimal
    unit: str
    valid_from: date
    valid_until: date | None
    article: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """A dated duty on what a consultation says; ``procedures`` empty means all."""

    code: str
    field: str
    article: str
    severity: Severity
    valid_from: date
    valid_until: date | None
    source: str
    confidence: str
    message: str
    procedures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceTables:
    """Everything the rules look up; one object, handed to each of them."""

    thresholds: ThresholdTable
    procedures: ProcedureTable
    limits: DatedTable[Limit]
    obligations: DatedTable[Obligation]


def build_tables(rows: Mapping[str, Iterable[PlainRow]]) -> ReferenceTables:
    """Make the tables from their lists of rows, each under the name of its table.

    Raises:
        KeyError: a list or a column is missing.
        TypeError: a row has a column nobody knows.
        ValueError: a value cannot be read, or two rows are in force the same day.
    """
    return ReferenceTables(
        thresholds=ThresholdTable(map(read_threshold, rows["thresholds"])),
        procedures=ProcedureTable(map(read_procedure, rows["procedures"])),
        limits=DatedTable(map(read_limit, rows["limits"])),
        obligations=DatedTable(map(read_obligation, rows["obligations"])),
    )


def read_threshold(row: PlainRow) -> Threshold:
    """Type one row of the thresholds."""
    return typed(Threshold, row, amount_excl_tax=decimal)


def read_limit(row: PlainRow) -> Limit:
    """Type one row of the limits."""
    return typed(Limit, row, value=decimal)


def read_obligation(row: PlainRow) -> Obligation:
    """Type one row of the obligations."""
    return typed(Obligation, row, severity=Severity, procedures=tuple)


def read_procedure(row: PlainRow) -> Procedure:
    """Type one row of the procedures."""
    return typed(
        Procedure,
        row,
        articles=tuple,
        cases=lambda cases: tuple((c["article"], c["title"]) for c in cases),
        stages=tuple,
        levels=frozenset,
        buyer_kinds=frozenset,
        phases=tuple,
        minimum_days=lambda rows: tuple(MinimumDelay(**item) for item in rows),
        notices=tuple,
    )


def decimal(value: object) -> Decimal:
    """Read a figure exactly; ``str`` first, so that a float keeps what was written."""
    return Decimal(str(value))


def typed(kind: type[Typed], row: PlainRow, **readers: Callable[[Any], Any]) -> Typed:
    """Build a ``kind`` from a plain row, each named column through its reader.

    Raises:
        ValueError: the day a row begins or ends is no date.
    """
    days = {"valid_from", "valid_until"}
    names = {item.name for item in fields(kind)}  # type: ignore[arg-type]
    values = dict(row)
    for name in days & names:
        values[name] = read_day(values.get(name))
    for name, reader in readers.items():
        if name in values:
            values[name] = reader(values[name])
    return kind(**values)


def read_day(value: object) -> date | None:
    """Read a day given as a date or as « 2026-04-01 »; None stays open.

    Raises:
        ValueError: it is no day.
    """
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))
