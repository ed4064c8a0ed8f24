"""How the pages of consultations say values in French."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from typing import Any

from sicp.content_types.consultation.upstream_form import NATURES
from sicp.operations.reference_data import cpv_label
from sicp.operations.reference_data import procedure_title
from sicp.views.shared import display
from sicp.views.shared.layout import Badge
from sicp.workflows.consultation.consultation import TABLE

NATURE_TITLES = {choice.value: choice.title for choice in NATURES}
STATE_TITLES = {state.name: state.title for state in TABLE.states}
_TONES = {
    "definition": "progress",
    "imported": "info",
    "abandoned": "warning",
    "closed": "neutral",
}


def state_of(consultation: Any) -> str:  # noqa: ANN401
    """Tell the name of the state a consultation is in."""
    return consultation.__workflow_state__["consultation"]


def state_badge(consultation: Any) -> Badge:  # noqa: ANN401
    """Show the state of a consultation."""
    state = state_of(consultation)
    return Badge(STATE_TITLES[state], _TONES[state])


def text_of(
    field: Any,  # noqa: ANN401
    value: Any,  # noqa: ANN401
    on: date,
    say: Callable[[str], str],
) -> str:
    """Say the value of a field of the upstream form."""
    if value in (None, "", ()):
        return ""
    if field.meta.get("reference_list") == "procedures":
        return procedure_title(value, on)
    return _WORDS[str(field.type)](field, value, say)


def both_texts(
    fields: Iterable[Any],
    theirs: Mapping[str, Any],
    mine: Mapping[str, Any],
    on: date,
    say: Callable[[str], str],
) -> list[dict[str, str]]:
    """Say the answers that two people gave to the same questions, where they differ."""
    return [
        {
            "title": field.title,
            "theirs": text_of(field, theirs.get(field.name), on, say),
            "mine": text_of(field, mine[field.name], on, say),
        }
        for field in fields
        if field.name in mine and theirs.get(field.name) != mine[field.name]
    ]


def _rows_text(field: Any, rows: Any, say: Callable[[str], str]) -> str:  # noqa: ANN401
    lines = (
        " — ".join(
            _named_cell(column, text, say)
            for column in field.columns
            if (text := _cell_text(column, row.get(column.name), say))
        )
        for row in rows
    )
    return "\n".join(line for line in lines if line)


def _named_cell(column: Any, text: str, say: Callable[[str], str]) -> str:  # noqa: ANN401
    # An amount or a duration means nothing without its name; a title says it itself.
    if str(column.type) not in _UNCLEAR_ALONE:
        return text
    return f"{say(column.title)}{display.NO_BREAK_SPACE}: {text}"


def _cell_text(column: Any, value: Any, say: Callable[[str], str]) -> str:  # noqa: ANN401
    if value is None or value == "":
        return ""
    return _WORDS[str(column.type)](column, value, say)


def _cpv_text(_field: Any, value: str, _say: Callable[[str], str]) -> str:  # noqa: ANN401
    label = cpv_label(value)
    return f"{display.cpv(value)} — {label}" if label else display.cpv(value)


_UNCLEAR_ALONE = frozenset({"amount", "months", "days", "date"})
_WORDS: dict[str, Callable[[Any, Any, Callable[[str], str]], str]] = {
    "text": lambda _f, value, _say: str(value),
    "long_text": lambda _f, value, _say: str(value),
    "integer": lambda _f, value, _say: display.number(value),
    "amount": lambda _f, value, _say: display.amount(value),
    "percent": lambda _f, value, _say: display.percent(value),
    "months": lambda _f, value, say: say(display.months(value)),
    "days": lambda _f, value, say: say(display.days(value)),
    "date": lambda _f, value, _say: display.day(value),
    "datetime": lambda _f, value, _say: display.moment(value),
    "boolean": lambda _f, value, say: say(display.yes_no(value)),
    "choice": lambda field, value, say: say(field.choice_title(value)),
    "choices": lambda field, value, say: ", ".join(
        say(field.choice_title(item)) for item in value
    ),
    "cpv": _cpv_text,
    "rows": _rows_text,
}
