"""What is known of one consultation: answers read through the fields they answer.

A field that does not apply counts as empty, and so does, in turn, every field that
applies only because of it: the answer a person gave before changing his mind never
reaches a document.
"""

from collections.abc import Mapping
from typing import Any

from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import row_answers
from sicp.engines.drafting.fields import row_fields
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.operators import ConditionError
from sicp.engines.drafting.operators import decide
from sicp.engines.drafting.values import UnreadableValueError
from sicp.engines.drafting.values import coerce
from sicp.engines.drafting.values import is_empty


class Facts:
    """Answers, their fields, and the values that truly count.

    Attributes:
        fields: every field a condition or a variable may name.
        unreadable: names of the answers whose value is not of their field's type.
        faults: why it cannot be told whether a field applies, by name of field.
    """

    def __init__(self, answers: Mapping[str, Any], fields: FieldSet) -> None:
        self.fields = fields
        self.unreadable: set[str] = set()
        self.faults: dict[str, str] = {}
        self._answers = answers
        self._values: dict[str, Any] = {}

    def field(self, name: str) -> Field | None:
        """Return the field ``name``; ``criteria.kind`` is a column of all its rows."""
        found = self.fields.get(name)
        if found is not None or "." not in name:
            return found
        return self._column_of_rows(name)

    def value(self, name: str) -> Any:  # noqa: ANN401
        """Return what ``name`` holds, None when empty, unknown or not applicable."""
        if name not in self._values:
            # A field that applies only through itself is empty: no endless descent.
            self._values[name] = None
            self._values[name] = self._read(name)
        return self._values[name]

    def applies(self, name: str) -> bool:
        """Tell whether the question ``name`` is asked at all."""
        field = self.fields.get(name)
        try:
            return field is not None and decide(field.applies_when, self)
        except ConditionError as error:
            self.faults[name] = str(error)
            return False

    def holds(self, condition: Condition | None) -> bool:
        """Tell whether ``condition`` holds.

        Raises:
            ConditionError: the condition cannot be decided.
        """
        return decide(condition, self)

    def rows(self, name: str) -> tuple[Mapping[str, Any], ...]:
        """Return the rows of a table, none when it is empty or does not apply."""
        field = self.fields.get(name)
        if field is None or field.type is not FieldType.ROWS:
            return ()
        return self.value(name) or ()

    def within(self, rows: str, row: Mapping[str, Any]) -> "Facts":
        """Return the same facts, with the values of one row of the table ``rows``."""
        columns = row_fields(self.fields[rows])
        answers = {**self._answers, **row_answers(rows, row)}
        return Facts(answers, self.fields.extended_with(columns))

    def _read(self, name: str) -> Any:  # noqa: ANN401
        field = self.fields.get(name)
        if field is None:
            return self._column_values(name)
        if not self.applies(name):
            return None
        raw = self._answers.get(name)
        raw = field.meta.get("default") if is_empty(raw) else raw
        return self._coerced(field, raw)

    def _coerced(self, field: Field, raw: Any) -> Any:  # noqa: ANN401
        try:
            return coerce(field, raw)
        except UnreadableValueError:
            self.unreadable.add(field.name)
            return None

    def _column_of_rows(self, name: str) -> Field | None:
        rows, _, column = name.partition(".")
        field = self.fields.get(rows)
        found = field.column(column) if field else None
        if found is None:
            return None
        # All the rows together hold many values: only « contains » reads them.
        return Field(name, found.title, FieldType.CHOICES, choices=found.choices)

    def _column_values(self, name: str) -> tuple[Any, ...] | None:
        rows, _, column = name.partition(".")
        values = tuple(row.get(column) for row in self.rows(rows))
        return tuple(v for v in values if not is_empty(v)) or None
