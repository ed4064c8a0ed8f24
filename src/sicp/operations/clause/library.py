"""Reads the clauses of a site: on a day, under a publication, or as they are edited."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import timedelta
from typing import Any

from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.loader import clause_from_data
from sicp.exceptions import InvalidInputError
from sicp.interfaces.clause import IClause

#: Clauses read once, by stamp of their library. Under one stamp they never change; it
#: is a mere saving of work, that each process may lose.
_READ: dict[str, Mapping[str, tuple["_Read", ...]]] = {}
_MOST_READ = 4
_VARIABLE = re.compile(r"\{[^{}]*\}")


def clauses_of(folder: Any) -> Iterator[Any]:  # noqa: ANN401
    """Walk the clauses of the library, or of one folder of it."""
    for child in folder.values():
        if IClause.providedBy(child):
            yield child
        else:
            yield from clauses_of(child)


def clause_called(site: Any, clause_id: str) -> Any:  # noqa: ANN401
    """Return the clause of that id, None when the library has none."""
    found = (c for c in clauses_of(site["clausier"]) if c.clause_id == clause_id)
    return next(found, None)


def plain_title(text: str) -> str:
    """Return a title for a list: what each document will fill is left as « … »."""
    return _VARIABLE.sub("…", text)


def library_of(site: Any, on: date) -> Library:  # noqa: ANN401
    """Return the clauses of the site in the versions in force on the day ``on``.

    Raises:
        InvalidInputError: a clause cannot be read; the message says which one.
    """
    versions = _every_version(site["clausier"])
    return Library(
        read.dated
        for every in versions.values()
        for read in every
        if read.dated.is_in_force(on)
    )


def library_with(site: Any, numbers: Mapping[str, int]) -> Library:  # noqa: ANN401
    """Return each clause in the version that ``numbers`` tells, whatever the day.

    Raises:
        InvalidInputError: a clause cannot be read; the message says which one.
    """
    every = _every_version(site["clausier"])
    return Library(
        every[name][number - 1].undated
        for name, number in numbers.items()
        if 0 < number <= len(every.get(name, ()))
    )


def engine_clause(clause: Any, version: Any = None) -> Clause:  # noqa: ANN401
    """Return one version of a clause of the site (its latest one) as drafting reads it.

    Raises:
        InvalidInputError: it cannot be read.
    """
    version = version or clause.current
    read = read_data(version.data)
    starts = version.in_force_from or read.valid_from
    ends = read.valid_until
    if clause.retired_from is not None:
        last_day = clause.retired_from - timedelta(days=1)
        ends = min(ends, last_day) if ends else last_day
    return replace(read, version=version.number, valid_from=starts, valid_until=ends)


def read_data(data: Mapping[str, Any]) -> Clause:
    """Read a clause from its plain form.

    Raises:
        InvalidInputError: it cannot be read; the message says where.
    """
    try:
        return clause_from_data(data)
    except LoadError as error:
        raise InvalidInputError(str(error)) from error


@dataclass(frozen=True, slots=True)
class _Read:
    """One version, read once: with its dates, and as a piece under way keeps it."""

    dated: Clause
    undated: Clause


def _read(clause: Any, version: Any) -> _Read:  # noqa: ANN401
    dated = engine_clause(clause, version)
    if dated.valid_from is None and dated.valid_until is None:
        return _Read(dated, dated)
    return _Read(dated, replace(dated, valid_from=None, valid_until=None))


def _every_version(library: Any) -> Mapping[str, tuple[_Read, ...]]:  # noqa: ANN401
    found = _READ.get(library.stamp) if library.stamp else None
    if found is None:
        found = {
            clause.clause_id: tuple(_read(clause, v) for v in clause.versions)
            for clause in clauses_of(library)
        }
        if library.stamp:
            _remember(library.stamp, found)
    return found


def _remember(stamp: str, clauses: Mapping[str, tuple[_Read, ...]]) -> None:
    if len(_READ) >= _MOST_READ:
        _READ.clear()
    _READ[stamp] = clauses
