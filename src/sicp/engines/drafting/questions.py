"""The questions a draft still asks, each with the clauses that wait for the answer."""

from dataclasses import dataclass
from dataclasses import field as dataclass_field

from sicp.engines.drafting.draft import Question
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.operators import fields_named


@dataclass
class _Open:
    """One question under way; the dictionaries are ordered sets of clauses."""

    field: Field
    clauses: dict[tuple[str, str], None] = dataclass_field(default_factory=dict)
    decides: dict[tuple[str, str], None] = dataclass_field(default_factory=dict)


class QuestionList:
    """Gathers open questions while a document is assembled."""

    def __init__(self, facts: Facts, form: FieldSet) -> None:
        self._facts = facts
        self._form = form
        self._open: dict[str, _Open] = {}

    def add_blank(self, name: str, field: Field, clause_id: str, title: str) -> None:
        """Note that a clause prints ``name``, which has no value."""
        entry = self._open.setdefault(name, _Open(field))
        entry.clauses[(clause_id, title)] = None

    def add_deciding(self, condition: Condition, clause_id: str, title: str) -> None:
        """Note the unanswered fields on which the presence of a clause depends."""
        for name in self._sources(condition):
            field = self._facts.fields.get(name)
            if field is not None and self._is_missing(field):
                entry = self._open.setdefault(name, _Open(field))
                entry.decides[(clause_id, title)] = None

    def found(self) -> tuple[Question, ...]:
        """Return the questions in the order of the form, then of the document."""
        order = {name: index for index, name in enumerate(self._facts.fields)}
        names = sorted(self._open, key=lambda name: order.get(name, len(order)))
        return tuple(self._question(name, self._open[name]) for name in names)

    def _question(self, name: str, entry: _Open) -> Question:
        return Question(
            name=name,
            title=french(entry.field.title),
            field=entry.field,
            clauses=tuple(entry.clauses),
            decides=tuple(entry.decides),
            is_variable=name.partition(".")[0] not in self._form and "." not in name,
        )

    def _is_missing(self, field: Field) -> bool:
        if not field.required or self._facts.value(field.name) is not None:
            return False
        return self._facts.applies(field.name)

    def _sources(self, condition: Condition) -> dict[str, None]:
        """Return the fields a condition reads, and those on which they depend."""
        found: dict[str, None] = {}
        pending = list(fields_named(condition))
        while pending:
            name = pending.pop(0)
            base = name if name in self._facts.fields else name.partition(".")[0]
            field = self._facts.fields.get(base)
            if field is not None and base not in found:
                found[base] = None
                pending.extend(fields_named(field.applies_when))
        return found
