"""A table the person fills: one row per lot, per criterion, per tranche.

Without scripts, some blank rows wait at the bottom; with them, rows are added and
removed. A blank row is never kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import colander
from deform.widget import MappingWidget
from deform.widget import SequenceWidget

from sicp.i18n import _
from sicp.views.shared.forms import messages
from sicp.views.shared.forms import types
from sicp.views.shared.forms.widgets import ChoiceControl

#: Stands for the number of a row in the pattern that scripts copy.
ROW_MARK = "__row__"
#: Rows taken at most when the node says nothing: a form is not an import.
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class RowView:
    """One row of the table: its controls, and what it is called."""

    field: Any
    cstruct: Any
    number: str
    is_spare: bool = False

    @property
    def cells(self) -> list[tuple[Any, Any]]:
        """The controls of the row with what each holds."""
        return [pair for pair in self._pairs if not pair[0].widget.hidden]

    @property
    def carried(self) -> list[tuple[Any, Any]]:
        """What the row carries and nobody sees."""
        return [pair for pair in self._pairs if pair[0].widget.hidden]

    @property
    def shown_columns(self) -> list[Any]:
        """The columns people see."""
        return [cell for cell in self.field.children if not cell.widget.hidden]

    @property
    def _pairs(self) -> list[tuple[Any, Any]]:
        held = self.cstruct if isinstance(self.cstruct, dict) else {}
        return [
            (cell, held.get(cell.name, colander.null)) for cell in self.field.children
        ]


class RowsControl(SequenceWidget):
    """Repeating rows with ``spare`` blank ones and at most ``maximum``."""

    template = "rows"
    category = "default"
    requirements = ()
    required_message = messages.REQUIRED_ROWS
    is_group = True
    kind = "rows"
    spare = 2
    maximum = MOST_ROWS
    add_title = _("rows-add", default="Ajouter une ligne")

    def serialize(self, field: Any, cstruct: Any, **kw: Any) -> str:
        """Render the table with what it holds and its blank rows."""
        rows = list(self._filled_rows(field, cstruct))
        spares = range(len(rows), min(len(rows) + self.spare, self.maximum))
        rows += [_blank_row(field, index) for index in spares]
        values = self.get_template_values(field, cstruct, kw)
        values["rows"] = rows
        values["pattern"] = _blank_row(field, ROW_MARK)
        return field.renderer(self.template, widget=self, **values)

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """Read the rows that hold something.

        Raises:
            colander.Invalid: the table or one of its cells is unreadable, or there
                are more rows than the table takes.
        """
        if pstruct is not colander.null and not isinstance(pstruct, list):
            raise colander.Invalid(field.schema, types.UNREADABLE, colander.null)
        rows = [] if pstruct is colander.null else pstruct
        filled = [row for row in rows if not _is_blank(row)]
        kept = filled[: self.maximum]
        values = super().deserialize(field, kept)
        if len(filled) > self.maximum:
            raise colander.Invalid(field.schema, _too_many(self.maximum), values)
        return values or colander.null

    def _filled_rows(self, field: Any, cstruct: Any) -> Iterator[RowView]:
        read = getattr(field, "sequence_fields", ())
        rows = () if cstruct in (colander.null, None) else cstruct
        for index, value in enumerate(rows):
            item = read[index] if index < len(read) else field.children[0].clone()
            item.cstruct = value
            yield _row(field, item, value, index)


class RowControl(MappingWidget):
    """The row itself: a mapping whose controls stand in the cells of a table."""

    kind = "row"
    requirements = ()

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """Read the cells.

        Raises:
            colander.Invalid: it is not a row, or one of its cells is unreadable.
        """
        if not isinstance(pstruct, dict):
            raise colander.Invalid(field.schema, types.UNREADABLE, colander.null)
        return super().deserialize(field, pstruct)


def make_compact(field: Any) -> None:
    """Use closed lists in a table, where radio buttons would fill the page."""
    for cell in field.children:
        if isinstance(cell.widget, ChoiceControl):
            cell.widget = _compacted(cell.widget)


def _compacted(widget: ChoiceControl) -> ChoiceControl:
    compact = type(widget)(**widget.__dict__)
    compact.is_compact = True
    return compact


def _row(field: Any, item: Any, cstruct: Any, index: int) -> RowView:
    _name_cells(field, item, index)
    return RowView(item, cstruct, str(index + 1))


def _blank_row(field: Any, index: int | str) -> RowView:
    item = field.children[0].clone()
    _name_cells(field, item, index)
    number = str(index + 1) if isinstance(index, int) else index
    return RowView(item, colander.null, number, is_spare=True)


def _name_cells(field: Any, item: Any, index: int | str) -> None:
    item.oid = f"{field.oid}-{index}"
    number = index + 1 if isinstance(index, int) else index
    for cell in item.children:
        cell.oid = f"{item.oid}-{cell.name}"
        cell.row_number = number


def _is_blank(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_is_blank(item) for item in value.values())
    if isinstance(value, list):
        return all(_is_blank(item) for item in value)
    return isinstance(value, str) and not value.strip()


def _too_many(maximum: int) -> str:
    return _(
        "error-too-many-rows",
        default="Ce tableau prend ${maximum} lignes au plus : retirez-en.",
        mapping={"maximum": maximum},
    )
