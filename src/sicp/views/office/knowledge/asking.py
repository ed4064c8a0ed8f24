"""The short forms of the knowledge base: a reason, a note, a day, a person."""

from typing import Any

import colander

from sicp.i18n import _
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import FrenchDate
from sicp.views.shared.forms import LongTextControl
from sicp.views.shared.forms import Text

_LONGEST_REASON = 2_000


def asking_form(
    sheet: Any, request: Any, view: str, name: str, title: str, *nodes: Any
) -> Form:
    """Make a form of one button; ``view`` is where it posts."""
    return Form(
        colander.SchemaNode(colander.Mapping(), *nodes),
        request,
        formid=name,
        action=request.resource_url(sheet, view),
        warns_unsaved=False,
        buttons=[Button(name, title)],
    )


def long_node(
    name: str, title: str, *, is_needed: bool = False, description: str = ""
) -> Any:
    """Ask for a few sentences."""
    return colander.SchemaNode(
        Text(_LONGEST_REASON, has_lines=True),
        name=name,
        title=title,
        description=description,
        widget=LongTextControl(lines=3),
        **({} if is_needed else {"missing": ""}),
    )


def review_node() -> Any:
    """Ask for the day of the next reading."""
    return colander.SchemaNode(
        FrenchDate(),
        name="review_on",
        title=_("sheet-next-review", default="Prochaine relecture"),
        description=_(
            "sheet-next-review-help",
            default="Un rappel part ce jour-là ; vide : celle qui était prévue.",
        ),
        missing=None,
    )
