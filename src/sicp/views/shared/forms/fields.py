"""Schema nodes made from the description of a question.

The upstream form and the variables of clauses describe their questions in plain data
(name, title, type, help, law, choices, columns, condition, bounds). This module makes
of each a schema node with its control, without knowing whence the description comes.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

import colander

from sicp.views.shared.forms import types
from sicp.views.shared.forms import widgets
from sicp.views.shared.forms.rows import MOST_ROWS
from sicp.views.shared.forms.rows import RowsControl

#: A sentence that may be longer is seen whole, in a field of two lines that grows.
_LONGEST_IN_ONE_LINE = 300


@dataclass(frozen=True, slots=True)
class Setting:
    """How questions are asked here.

    ``choices`` gives the answers of fields whose description names a list elsewhere,
    ``cpv_title`` what a CPV code means.
    A draft may be saved with anything missing, which is then only marked.
    """

    choices: Mapping[str, Iterable[Any]] = dataclass_field(default_factory=dict)
    cpv_url: str = ""
    cpv_title: Callable[[str], str] | None = None
    is_draft: bool = True


def schema_for(fields: Iterable[Any], setting: Setting | None = None) -> Any:
    """Make the schema that asks ``fields``, in their order."""
    used = setting or Setting()
    return colander.SchemaNode(
        colander.Mapping(), *(node_for(field, used) for field in fields)
    )


def node_for(field: Any, setting: Setting | None = None) -> Any:
    """Make the schema node that asks ``field``."""
    used = setting or Setting()
    typ, widget = _PARTS[str(field.type)](field, used)
    is_needed = bool(field.required)
    # An absent keyword is what makes a node required in Colander.
    optional = {} if is_needed and not used.is_draft else {"missing": None}
    return colander.SchemaNode(
        typ,
        *_columns(field, used),
        name=field.name,
        title=field.title,
        description=field.help,
        widget=widget,
        validator=_bounds(field),
        law=tuple(field.law),
        applies_when=field.applies_when,
        is_needed_at_launch=is_needed and used.is_draft,
        **optional,
    )


def revision_node() -> Any:
    """Make the hidden question « on which revision of the object was this opened? »."""
    return colander.SchemaNode(
        types.WholeNumber(),
        name="revision",
        title="",
        widget=widgets.HiddenControl(),
        missing=None,
    )


def _text(field: Any, _setting: Setting) -> tuple[Any, Any]:
    is_email = field.meta.get("format") == "email"
    if not is_email and (field.maximum or 0) > _LONGEST_IN_ONE_LINE:
        return types.Text(field.maximum), widgets.LongTextControl(lines=2)
    options = {"input_type": "email", "autocomplete": "email"} if is_email else {}
    return types.Text(field.maximum), widgets.TextControl(**options)


def _long_text(field: Any, _setting: Setting) -> tuple[Any, Any]:
    return types.Text(field.maximum, has_lines=True), widgets.LongTextControl()


def _whole(suffix: str) -> Callable[[Any, Setting], tuple[Any, Any]]:
    def parts(field: Any, _setting: Setting) -> tuple[Any, Any]:
        # A unit already told in the title is not told twice.
        said = suffix or field.meta.get("unit", "")
        unit = "" if said and said in str(_default(field.title)) else said
        control = widgets.NumberControl(inputmode="numeric", suffix=unit)
        return types.WholeNumber(), control

    return parts


def _choice(field: Any, setting: Setting) -> tuple[Any, Any]:
    return types.Text(), widgets.ChoiceControl(options=_options(field, setting))


def _choices(field: Any, setting: Setting) -> tuple[Any, Any]:
    return types.Several(), widgets.ChoicesControl(options=_options(field, setting))


def _cpv(_field: Any, setting: Setting) -> tuple[Any, Any]:
    control = widgets.CpvControl(search_url=setting.cpv_url, title_of=setting.cpv_title)
    return types.CpvCode(), control


def _rows(field: Any, _setting: Setting) -> tuple[Any, Any]:
    control = RowsControl(maximum=field.maximum or MOST_ROWS)
    return colander.Sequence(), control


_PARTS: dict[str, Callable[[Any, Setting], tuple[Any, Any]]] = {
    "text": _text,
    "long_text": _long_text,
    "integer": _whole(""),
    "months": _whole("mois"),
    "days": _whole("jours"),
    "amount": lambda _field, _setting: (
        types.Amount(),
        widgets.NumberControl(is_amount=True, suffix="€"),
    ),
    "percent": lambda _field, _setting: (
        types.Percent(),
        widgets.NumberControl(suffix="%"),
    ),
    "date": lambda _field, _setting: (types.FrenchDate(), widgets.DateControl()),
    "datetime": lambda _field, _setting: (
        types.FrenchDateTime(),
        widgets.DateTimeControl(),
    ),
    "boolean": lambda _field, _setting: (types.YesNo(), widgets.YesNoControl()),
    "choice": _choice,
    "choices": _choices,
    "cpv": _cpv,
    "rows": _rows,
}

_BOUNDED = frozenset({"integer", "months", "days", "amount", "percent"})


def _bounds(field: Any) -> Any:
    has_bounds = field.minimum is not None or field.maximum is not None
    if str(field.type) not in _BOUNDED or not has_bounds:
        return _email(field)
    return colander.Range(field.minimum, field.maximum)


def _email(field: Any) -> Any:
    return colander.Email() if field.meta.get("format") == "email" else None


def _options(field: Any, setting: Setting) -> tuple[widgets.Option, ...]:
    return widgets.options_of(setting.choices.get(field.name, field.choices))


def _columns(field: Any, setting: Setting) -> Iterable[Any]:
    if not field.columns:
        return ()
    nodes = (node_for(column, setting) for column in field.columns)
    return (colander.SchemaNode(colander.Mapping(), *nodes, name="row", title=""),)


def _default(title: str) -> str:
    return getattr(title, "default", None) or title
