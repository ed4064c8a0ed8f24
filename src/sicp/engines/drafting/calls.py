"""The clauses a canevas calls, each with all the conditions of its presence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.findings import Report
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.typography import spaced

Conditions = tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Called:
    """A clause at one place of the canevas.

    ``path`` are the conditions of the place, ``own`` those of the clause: its condition
    and, when it is repeated, that there are rows.
    """

    clause: Clause
    path: Conditions
    own: Conditions

    @property
    def conditions(self) -> Conditions:
        """Return all that its presence needs."""
        return (*self.path, *self.own)


def calls_of(
    canevas: Canevas,
    library: Library,
    fields: FieldSet,
    on: date | None,
    report: Report,
) -> Iterator[Called]:
    """Yield the clauses called; those that cannot be found are told."""
    for use, path in canevas.clause_uses():
        clause = library.clause(use.clause, on)
        if clause is None:
            report.unreadable(_missing(use.clause, library, on), use.clause)
        else:
            yield Called(clause, path, tuple(_own(clause, fields)))


def _own(clause: Clause, fields: FieldSet) -> Iterator[Condition]:
    if clause.condition:
        yield clause.condition
    rows = fields.get(clause.repeat)
    if rows is not None and rows.type is FieldType.ROWS:
        yield {"field": clause.repeat, "operator": "filled"}


def _missing(clause_id: str, library: Library, on: date | None) -> str:
    clause = library.clause(clause_id)
    if clause is None or on is None:
        return (
            f"le canevas appelle la clause « {clause_id} », introuvable ; retirez-la "
            "du canevas ou écrivez-la dans le clausier"
        )
    day = spaced(f"{on:%d/%m/%Y}")
    return (
        f"clause « {clause.title} » : elle n’est pas en vigueur le {day} ; retirez-la "
        "du canevas ou changez les dates de sa validité"
    )
