"""A text with bold, lists, tables and chips, in an editor where scripts run.

Without scripts the person writes the markup itself, with a line of help. The editor
posts HTML in the place of the markup, and says so in the hidden field ``format_name``.
"""

from typing import Any

import colander

from sicp.views.shared.forms import types
from sicp.views.shared.forms import widgets
from sicp.views.shared.forms.widgets import HiddenControl
from sicp.views.shared.forms.widgets import LongTextControl

MARKUP, HTML = "markup", "html"
#: A clause has some thousand signs; a paste carries its looks along.
LONGEST = 190_000


class RichTextControl(LongTextControl):
    """The text. ``html`` is what the editor begins with, None where it cannot read."""

    template = "rich_text"
    lines = 16
    html: str | None = None
    format_name = ""
    #: Where what the buttons insert is described, by the id of an element.
    tools_id = ""


def rich_text_nodes(name: str, title: str, widget: RichTextControl) -> tuple[Any, Any]:
    """Make the question, and the hidden one that says how its answer is written."""
    widget.format_name = f"{name}_format"
    return (
        colander.SchemaNode(
            types.Text(LONGEST, has_lines=True),
            name=name,
            title=title,
            widget=widget,
            missing="",
        ),
        colander.SchemaNode(
            types.Text(10),
            name=widget.format_name,
            title="",
            widget=HiddenControl(),
            validator=colander.OneOf((MARKUP, HTML)),
            missing=MARKUP,
        ),
    )


def shown_html(text: Any) -> str:
    """Give what of a text that could not be read the editor may show again."""
    return widgets.printable(text)
