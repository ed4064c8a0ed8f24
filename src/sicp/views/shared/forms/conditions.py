"""A condition built from rows: field, operator, value, in groups.

The control knows no feature: it is given a vocabulary. Each button of a row posts the
form, which comes back rearranged with everything typed; scripts only spare the wait.
"""

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

import colander

from sicp.i18n import _
from sicp.views.shared import display
from sicp.views.shared.forms import parsing
from sicp.views.shared.forms import types
from sicp.views.shared.forms.condition_rows import ALL
from sicp.views.shared.forms.condition_rows import ANY
from sicp.views.shared.forms.condition_rows import DEEPEST
from sicp.views.shared.forms.condition_rows import JOINTS
from sicp.views.shared.forms.condition_rows import MOST_ROWS
from sicp.views.shared.forms.condition_rows import NONE
from sicp.views.shared.forms.condition_rows import NOT_ALL
from sicp.views.shared.forms.condition_rows import ConditionRow
from sicp.views.shared.forms.condition_rows import changed
from sicp.views.shared.forms.condition_rows import condition_of
from sicp.views.shared.forms.condition_rows import rows_of
from sicp.views.shared.forms.widgets import Control
from sicp.views.shared.forms.widgets import Option
from sicp.views.shared.forms.widgets import printable

#: What a group asks of the rows it holds.
JOINT_TITLES = {
    ALL: _("condition-all", default="Toutes ces conditions sont remplies"),
    ANY: _("condition-any", default="Au moins une de ces conditions est remplie"),
    NONE: _("condition-none", default="Aucune de ces conditions n’est remplie"),
    NOT_ALL: _(
        "condition-not-all", default="Ces conditions ne sont pas toutes remplies"
    ),
}
_ACTIONS = ("add-test", "add-group", "remove", "up", "down", "refresh")
_DEPTHS = frozenset(str(depth) for depth in range(DEEPEST + 1))
_MANY = frozenset({"in", "not_in"})
_BOOLEANS = (
    Option("true", display.yes_no(value=True)),
    Option("false", display.yes_no(value=False)),
)


@dataclass(frozen=True, slots=True)
class ConditionOperator:
    """One comparison: its name, what the person reads, whether it takes a value."""

    name: str
    title: str
    takes_value: bool = True


@dataclass(frozen=True, slots=True)
class ConditionField:
    """One thing a condition may test.

    ``kind`` is choice, boolean, number, date or text; ``group`` names the part of the
    form it stands in; ``unit`` is told beside a number.
    """

    name: str
    title: str
    group: str
    kind: str
    operators: tuple[ConditionOperator, ...]
    options: tuple[Option, ...] = ()
    unit: str = ""


class Condition(colander.SchemaType):
    """A condition in the closed JSON language, or nothing for « always »."""

    def serialize(self, node: Any, appstruct: Any) -> Any:
        """Give the rows to show."""
        del node
        if appstruct is colander.null or appstruct is None:
            return colander.null
        return rows_of(appstruct)

    def deserialize(self, node: Any, cstruct: Any) -> Any:
        """Take what the control has read and checked."""
        del node
        return cstruct or colander.null

    def cstruct_children(self, node: Any, cstruct: Any) -> list[Any]:
        """Say that nothing of ours is below."""
        del node, cstruct
        return []


@dataclass(frozen=True, slots=True)
class RowView:
    """One row as the template shows it."""

    rank: int
    row: ConditionRow
    field: ConditionField | None
    error: str
    can_nest: bool
    is_first: bool

    @property
    def label(self) -> str:
        """The name of the row for who hears the page."""
        mapping = {"rank": self.rank + 1}
        if self.row.is_group:
            return _(
                "condition-group-label",
                default="Groupe de conditions, ligne ${rank}",
                mapping=mapping,
            )
        return _("condition-label", default="Condition, ligne ${rank}", mapping=mapping)

    @property
    def options(self) -> tuple[Option, ...]:
        """The values proposed; none where the person types."""
        if self.field is None:
            return ()
        return _BOOLEANS if self.field.kind == "boolean" else self.field.options

    @property
    def operator(self) -> ConditionOperator | None:
        """The operator chosen, or the first one of the field."""
        if self.field is None:
            return None
        named = (o for o in self.field.operators if o.name == self.row.operator)
        return next(named, self.field.operators[0])

    @property
    def takes_many(self) -> bool:
        """Tell whether several values are compared with."""
        return self.operator is not None and self.operator.name in _MANY

    @property
    def takes_value(self) -> bool:
        """Tell whether a value is asked."""
        return self.operator is not None and self.operator.takes_value

    @property
    def typed(self) -> str:
        """What a text input shows."""
        kind = self.field.kind if self.field else ""
        return "; ".join(_shown(kind, value) for value in self.row.values)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was sent: the rows, the row and the button pressed, messages by row."""

    rows: tuple[ConditionRow, ...]
    pressed: tuple[int, str] | None = None
    errors: Mapping[int, str] = dataclass_field(default_factory=dict)


class ConditionControl(Control):
    """Rows of conditions over ``vocabulary``; ``say`` reads one back in French."""

    template = "condition"
    is_group = True
    kind = "condition"
    vocabulary: Sequence[ConditionField] = ()
    say: Callable[[Mapping[str, Any] | None], str] | None = None
    #: What the sentence begins with.
    lead = _("condition-lead", default="Retenu quand")
    is_rearranged = False

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> str:
        """Render the rows, those typed if some were refused."""
        reading = getattr(field, "condition_reading", None)
        if reading is None:
            rows = cstruct if isinstance(cstruct, tuple) and cstruct else rows_of(None)
            reading = _Reading(rows)
        by_name = {item.name: item for item in self.vocabulary}
        values = self.get_template_values(field, reading.rows, kw)
        values["rows"] = [
            RowView(
                rank,
                row,
                by_name.get(row.field),
                reading.errors.get(rank, ""),
                row.depth + 1 < DEEPEST,
                rank == 0,
            )
            for rank, row in enumerate(reading.rows)
        ]
        values["groups"] = _grouped(self.vocabulary)
        values["joints"] = [Option(name, JOINT_TITLES[name]) for name in JOINTS]
        values["sentence"] = self._sentence(reading)
        return field.renderer(self.template, widget=self, **values)

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """Read the rows.

        Raises:
            colander.Invalid: a row is unreadable, or a button only rearranges them.
        """
        if pstruct is colander.null:
            return colander.null
        if not isinstance(pstruct, list) or len(pstruct) > MOST_ROWS:
            raise colander.Invalid(field.schema, types.UNREADABLE, colander.null)
        reading = self._read(field, pstruct)
        field.condition_reading = reading
        if reading.pressed is not None:
            rank, action = reading.pressed
            rows = changed(reading.rows, rank, action)
            field.condition_reading = _Reading(rows)
            self.is_rearranged = True
            raise colander.Invalid(field.schema, REARRANGED, rows)
        if reading.errors:
            raise colander.Invalid(field.schema, INCOMPLETE, reading.rows)
        return self._built(reading.rows) or colander.null

    def _read(self, field: Any, sent: list[Any]) -> _Reading:
        rows, errors, pressed = [], {}, None
        for rank, item in enumerate(sent):
            if not isinstance(item, dict):
                raise colander.Invalid(field.schema, types.UNREADABLE, colander.null)
            row = self._row(field, item, rank)
            rows.append(row)
            if item.get("do") in _ACTIONS:
                pressed = (rank, str(item["do"]))
            message = "" if row.is_group else self._fault(row)
            if message:
                errors[rank] = message
        return _Reading(tuple(rows), pressed, errors)

    def _row(self, field: Any, item: Mapping[str, Any], rank: int) -> ConditionRow:
        depth = _depth(field, item.get("depth"))
        joint = item.get("joint", "")
        if joint in JOINTS:
            return ConditionRow(min(depth, DEEPEST) if rank else 0, joint)
        values = item.get("values", [])
        if not isinstance(values, list):
            raise colander.Invalid(field.schema, types.UNREADABLE, colander.null)
        name = self._text(field, item.get("field", ""))
        known = next((f for f in self.vocabulary if f.name == name), None)
        said = [self._text(field, value) for value in values]
        return ConditionRow(
            max(1, min(depth, DEEPEST)),
            field=name,
            operator=self._text(field, item.get("operator", "")),
            values=_canonical_values(known, said),
        )

    def _fault(self, row: ConditionRow) -> str:
        known = next((f for f in self.vocabulary if f.name == row.field), None)
        if known is None:
            return FIELD_MISSING
        operator = next((o for o in known.operators if o.name == row.operator), None)
        if operator is None:
            return OPERATOR_MISSING
        if not operator.takes_value:
            return ""
        if not row.values:
            return VALUE_MISSING
        return _value_fault(known, row.values)

    def _built(self, rows: Sequence[ConditionRow]) -> dict[str, Any] | None:
        return _typed(condition_of(rows), {f.name: f for f in self.vocabulary})

    def _sentence(self, reading: _Reading) -> str:
        if self.say is None or any(
            not row.is_group and self._fault(row) for row in reading.rows
        ):
            return ""
        return self.say(self._built(reading.rows))


def rearranged(form: Any) -> bool:
    """Tell whether a button of a condition was pressed, and forget its refusal.

    The page is then shown again as it was sent, with status 200 and nothing saved.
    """
    found = [
        field
        for field in _all_fields(form)
        if getattr(field.widget, "is_rearranged", False)
    ]
    if not found:
        return False
    for field in _all_fields(form):
        field.error = None
    form.error = None
    form.request.response.status_int = 200
    return True


def _all_fields(field: Any) -> list[Any]:
    return [field, *(inner for child in field.children for inner in _all_fields(child))]


def _grouped(
    vocabulary: Sequence[ConditionField],
) -> list[tuple[str, list[ConditionField]]]:
    groups: dict[str, list[ConditionField]] = {}
    for item in vocabulary:
        groups.setdefault(item.group, []).append(item)
    return list(groups.items())


def _canonical_values(known: ConditionField | None, said: list[str]) -> tuple[str, ...]:
    kind = known.kind if known is not None else "text"
    parts = said
    if kind in {"number", "date"} and len(said) == 1:
        parts = said[0].split(";")
    return tuple(_canonical(kind, text.strip()) for text in parts if text.strip())


def _canonical(kind: str, text: str) -> str:
    try:
        if kind == "number":
            return format(parsing.read_number(text), "f")
        if kind == "date":
            return parsing.read_day(text).isoformat()
    except parsing.UnreadableError:
        return printable(text)
    return text


def _value_fault(known: ConditionField, values: Sequence[str]) -> str:
    if known.kind in {"choice", "boolean"}:
        options = _BOOLEANS if known.kind == "boolean" else known.options
        proposed = {option.value for option in options}
        return "" if proposed.issuperset(values) else types.NOT_A_CHOICE
    read = {"number": parsing.read_number, "date": parsing.read_day}.get(known.kind)
    for value in values:
        try:
            if read is not None:
                read(value)
        except parsing.UnreadableError as error:
            return error.message
    return ""


def _typed(
    condition: dict[str, Any] | None, fields: Mapping[str, ConditionField]
) -> dict[str, Any] | None:
    """Give each value the shape its field wants, one value or several."""
    if condition is None:
        return None
    for key in ("all", "any"):
        if key in condition:
            return {key: [_typed(part, fields) for part in condition[key]]}
    if "not" in condition:
        return {"not": _typed(condition["not"], fields)}
    field = fields[condition["field"]]
    operator = next(o for o in field.operators if o.name == condition["operator"])
    values = [_value(field.kind, value) for value in condition["value"]]
    test = {"field": field.name, "operator": operator.name}
    if not operator.takes_value:
        return test
    return {**test, "value": values if operator.name in _MANY else values[0]}


def _value(kind: str, text: str) -> Any:
    if kind == "boolean":
        return text == "true"
    if kind == "number":
        number = parsing.read_number(text)
        return int(number) if number == number.to_integral_value() else float(number)
    return text


def _shown(kind: str, text: str) -> str:
    try:
        if kind == "number":
            return display.number(parsing.read_number(text))
        if kind == "date":
            return f"{parsing.read_day(text):%d/%m/%Y}"
    except parsing.UnreadableError:
        return text
    return text


def _depth(field: Any, text: Any) -> int:
    if isinstance(text, str) and text in _DEPTHS:
        return int(text)
    raise colander.Invalid(field.schema, types.UNREADABLE, colander.null)


REARRANGED = _("condition-rearranged", default="Complétez les conditions.")
INCOMPLETE = _(
    "condition-incomplete", default="Complétez ou retirez les conditions signalées."
)
FIELD_MISSING = _("condition-field-missing", default="Choisissez une donnée.")
OPERATOR_MISSING = _("condition-operator-missing", default="Choisissez un opérateur.")
VALUE_MISSING = _("condition-value-missing", default="Donnez la valeur à comparer.")
