"""A text with bold, lists, tables and chips, in an editor where scripts run.

Without scripts the person writes the markup itself, with a line of help. The editor
posts HTML in the place of the markup, and says so in the hidden field ``format_name``.

A page that holds such a field has, in its head and at its end, two macros that
``layout.editor_macros`` gives; ``EditorTools`` is what the second is made of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import colander

from sicp.views.shared.forms import types
from sicp.views.shared.forms import widgets
from sicp.views.shared.forms.widgets import HiddenControl
from sicp.views.shared.forms.widgets import LongTextControl

MARKUP, HTML = "markup", "html"
#: A clause has some thousand signs; a paste carries its looks along.
LONGEST = 190_000
TOOLS_ID = "rich-tools"

_LINES = 16


class RichTextControl(LongTextControl):
    """The text. ``html`` is what the editor begins with, None where it cannot read.

    One of a single line has neither lists nor tables.
    """

    template = "rich_text"
    lines = _LINES
    html: str | None = None
    format_name = ""
    is_one_line = False
    #: Where what the buttons insert is described, by the id of an element.
    tools_id = TOOLS_ID


@dataclass(frozen=True, slots=True)
class EditorTools:
    """What the buttons of the editors of a page insert.

    ``groups`` and ``test_groups`` are titles with what they hold; each of these has a
    ``name`` and a ``title``, the former also ``is_counted``. ``clauses`` are names and
    titles; ``formats`` and ``tests`` are JSON, by name.
    """

    groups: Sequence[tuple[str, Sequence[Any]]]
    test_groups: Sequence[tuple[str, Sequence[Any]]]
    clauses: Sequence[tuple[str, str]]
    formats: str
    tests: str
    id: str = TOOLS_ID


def rich_text_nodes(
    name: str, title: str, widget: RichTextControl, description: str = ""
) -> tuple[Any, Any]:
    """Make the question, and the hidden one that says how its answer is written."""
    widget.format_name = f"{name}_format"
    return (
        colander.SchemaNode(
            types.Text(LONGEST, has_lines=True),
            name=name,
            title=title,
            description=description,
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
