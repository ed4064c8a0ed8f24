"""A shipped canevas and its clauses, to be broken on purpose, one way at a time.

The victims are chosen by what they are, never by name: the shipped library may change.
"""

import functools
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import Any

from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.loader import clause_from_data
from sicp.engines.drafting.proof import Proof
from sicp.engines.drafting.proof import Severity
from sicp.engines.drafting.proof import prove_data
from tests.unit.seed.shipped import SEED
from tests.unit.seed.shipped import read

CANEVAS = "ccap-common-services"
ERROR, REMARK = Severity.ERROR, Severity.REMARK

Data = dict[str, Any]


@dataclass
class Shipped:
    """A canevas and the clauses as they are shipped, free to be broken."""

    canevas: Data
    clauses: dict[str, Data]
    parents: dict[str, Data]
    subject: str = ""
    on: date | None = None
    plain: list[Data] = field(default_factory=list)

    @property
    def uses(self) -> list[Data]:
        """Return every use of a clause, in reading order."""
        return list(_uses(self.canevas["parts"]))

    @property
    def article(self) -> Data:
        """Return the first article that holds something."""
        return next(n for n in self.canevas["parts"] if n.get("children"))

    def victim(self, index: int = 0) -> Data:
        """Return a clause that is always there, which the fault is about."""
        ids = [use["clause"] for use in self.uses]
        found = [self.clauses[name] for name in ids if self._is_plain(name)]
        self.subject = f"« {found[index]['title']} »"
        return found[index]

    def use_of(self, clause: Data) -> Data:
        """Return the use of a clause."""
        return next(use for use in self.uses if use["clause"] == clause["id"])

    def group(self) -> list[Data]:
        """Return the alternatives of a group that all hold under a condition."""
        ids = [use["clause"] for use in self.uses]
        groups: dict[str, list[Data]] = {}
        for name in ids:
            if self.clauses[name].get("group"):
                clause = self.clauses[name]
                groups.setdefault(clause["group"], []).append(clause)
        found = next(g for g in groups.values() if len(g) > 1)
        self.subject = f"« {found[0]['title']} »"
        return found

    def named(self, title: str) -> None:
        """Say that the fault is about something of that title."""
        self.subject = f"« {title} »"

    def proof(self) -> Proof:
        """Prove what was broken."""
        library = Library(map(_read, self.clauses.values()))
        return prove_data(
            self.canevas, self.parents, library, DRAFTING_FIELDS, on=self.on
        )

    def _is_plain(self, name: str) -> bool:
        clause = self.clauses[name]
        strange = ("condition", "group", "repeat", "variables", "derogates")
        is_kept = clause.get("kind", "compulsory") == "compulsory"
        is_strange = any(clause.get(n) for n in strange) or "ccag" in clause["text"]
        use = next(use for use in self.uses if use["clause"] == name)
        return is_kept and not is_strange and len(use) == 1


def _uses(nodes):
    for node in nodes:
        if "clause" in node:
            yield node
        yield from _uses(node.get("children", ()))


def _read(data: Data) -> Clause:
    """Read a clause; one that nobody broke was read once for all."""
    is_sound = _seed()[1].get(data["id"]) == data
    return _sound_clause(data["id"]) if is_sound else clause_from_data(data)


@functools.cache
def _sound_clause(clause_id: str) -> Clause:
    return clause_from_data(_seed()[1][clause_id])


@functools.cache
def _seed() -> tuple[Data, dict[str, Data], dict[str, Data]]:
    found = [read(path) for path in sorted((SEED / "canevas").glob("*.yaml"))]
    parents = {data["id"]: data for data in found}
    clauses = {
        data["id"]: data
        for path in sorted((SEED / "clauses").glob("*.yaml"))
        for data in read(path)
    }
    return parents[CANEVAS], clauses, parents


def shipped() -> Shipped:
    return Shipped(*deepcopy(_seed()))


@functools.cache
def sound() -> frozenset[Any]:
    return frozenset(shipped().proof().findings)


FAULTS: list[tuple[Callable[[Shipped], None], Severity, str]] = []


def fault(severity: Severity, said: str):
    """Register a way to break what is shipped, and what the proof must say of it."""

    def register(breaks):
        FAULTS.append((breaks, severity, said))
        return breaks

    return register
