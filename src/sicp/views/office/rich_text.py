"""The editor of rich texts in the pages of agents: filled, read, shown again.

A page gives the editor a ``Palette``: what may be put in the text, by French titles.
What it sends is read with the same bounds everywhere.
"""

import json
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from sicp.exceptions import InvalidInputError
from sicp.operations.clause.editing import as_before
from sicp.operations.clause.rich_text import Palette
from sicp.operations.clause.rich_text import Titles
from sicp.operations.clause.rich_text import check_line
from sicp.operations.clause.rich_text import check_text
from sicp.operations.clause.rich_text import line_as_html
from sicp.operations.clause.rich_text import line_from_html
from sicp.operations.clause.rich_text import text_as_html
from sicp.operations.clause.rich_text import text_from_html
from sicp.views.shared.forms import Form
from sicp.views.shared.forms.rich_text import HTML
from sicp.views.shared.forms.rich_text import LONGEST
from sicp.views.shared.forms.rich_text import MARKUP
from sicp.views.shared.forms.rich_text import EditorTools
from sicp.views.shared.forms.rich_text import shown_html
from sicp.views.shared.forms.types import too_long
from sicp.views.shared.headers import allow_editor


@dataclass(frozen=True, slots=True)
class LooseEditor:
    """An editor that stands in a form of the page's own (the macro ``editor``).

    ``html`` is None where the editor cannot read the text: its markup is then shown.
    """

    name: str
    title: str
    text: str
    html: str | None
    lines: int = 4
    written_as: str = MARKUP


def editor_tools(request: Any, palette: Palette) -> EditorTools:
    """Let editors stand in the page, and give their buttons what they insert."""
    allow_editor(request.response)
    say = request.layout.say
    formats = {
        item.name: [(name, say(title)) for name, title in item.formats]
        for item in palette.fields
    }
    tests = {item.name: _test(item, say) for item in palette.tests}
    return EditorTools(
        _grouped(palette.fields),
        _grouped(palette.tests),
        palette.clauses,
        json.dumps(formats, ensure_ascii=False),
        json.dumps(tests, ensure_ascii=False),
    )


def fill_editor(form: Form, name: str, text: str, titles: Titles) -> None:
    """Make an editor begin with ``text``; one that it cannot read stays markup."""
    widget = form[name].widget
    write = line_as_html if widget.is_one_line else text_as_html
    try:
        widget.html = write(text, titles)
    except InvalidInputError:
        widget.html = None


def keep_typed(form: Form, request: Any, name: str, titles: Titles) -> None:
    """Show again what was typed, in the editor if it came from it."""
    typed = shown_html(request.POST.get(name, ""))
    written_as, text = form[f"{name}_format"], form[name]
    text.cstruct = typed
    if request.POST.get(written_as.name) != HTML:
        fill_editor(form, name, typed, titles)
        return
    try:
        text.cstruct = _from_html(form, name, typed)
    except InvalidInputError:
        written_as.cstruct = HTML
        text.widget.html = typed
        return
    written_as.cstruct = MARKUP
    fill_editor(form, name, text.cstruct, titles)


def loose_editor(
    name: str, title: str, text: str, titles: Titles, post: Any = None
) -> LooseEditor:
    """Make an editor that begins with ``text``, or with what was typed in it."""
    typed = shown_html(post.get(name, text)) if post is not None else text
    if post is not None and post.get(f"{name}_format") == HTML:
        try:
            typed = text_from_html(typed, text, name)
        except InvalidInputError:
            return LooseEditor(name, title, text, typed, written_as=HTML)
    try:
        html: str | None = text_as_html(typed, titles)
    except InvalidInputError:
        html = None
    return LooseEditor(name, title, typed, html)


def loosely_written(post: Any, name: str, before: str = "") -> str:
    """Return as markup what was typed in a loose editor.

    Raises:
        InvalidInputError: it cannot be read, or is too long; ``name`` is told.
    """
    typed = shown_html(post.get(name, "")).replace("\r\n", "\n")
    if len(typed) > LONGEST:
        raise InvalidInputError(too_long(len(typed), LONGEST), name)
    if post.get(f"{name}_format") == HTML:
        return text_from_html(typed, before, name)
    check_text(typed, name)
    return as_before(typed, before) or ""


def written(
    form: Form,
    name: str,
    values: Mapping[str, Any],
    before: str = "",
    maximum: int = LONGEST,
) -> str:
    """Return as markup what was typed; ``before``, to the letter, if it is the same.

    Raises:
        InvalidInputError: it cannot be read, or is too long; the field is named.
    """
    typed = values[name] or ""
    if values[f"{name}_format"] == HTML:
        text = _from_html(form, name, typed, before)
    else:
        text = _checked(form, name, typed, before)
    if len(text) > maximum:
        raise InvalidInputError(too_long(len(text), maximum), name)
    return text


def reading_html(text: str, titles: Titles, *, is_one_line: bool = False) -> str:
    """Write a text to be read: chips with French titles, every word escaped."""
    write = line_as_html if is_one_line else text_as_html
    try:
        return write(text, titles)
    except InvalidInputError:
        return f"<p>{escape(text)}</p>"


def _from_html(form: Form, name: str, typed: str, before: str = "") -> str:
    is_one_line = form[name].widget.is_one_line
    read = line_from_html if is_one_line else text_from_html
    return read(typed, before, name)


def _checked(form: Form, name: str, typed: str, before: str) -> str:
    if form[name].widget.is_one_line:
        typed = " ".join(typed.splitlines())
        check_line(typed, name)
    else:
        check_text(typed, name)
    return as_before(typed, before) or ""


def _grouped(items: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    groups: dict[str, list[Any]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    return list(groups.items())


def _test(test: Any, say: Any) -> dict[str, Any]:
    return {
        "kind": test.kind,
        "operators": [
            (name, say(title), takes) for name, title, takes in test.operators
        ],
        "choices": test.choices,
    }
