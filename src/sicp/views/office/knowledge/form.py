"""The form by which a sheet is written: its title, its own fields, themes, text."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import colander

from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.operations.knowledge.editing import text_as_markup
from sicp.operations.knowledge.editing import text_from_editor
from sicp.operations.knowledge.editing import text_from_markup
from sicp.operations.knowledge.folder import LONGEST_TITLE
from sicp.operations.knowledge.merging import Writing
from sicp.operations.knowledge.merging import read_writing
from sicp.operations.knowledge.sheet import LONGEST_THEME
from sicp.operations.knowledge.sheet import MOST_THEMES
from sicp.rules.sheet_kind import CHOICE
from sicp.rules.sheet_kind import DAY
from sicp.rules.sheet_kind import LONGEST_VALUE
from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.rules.sheet_kind import SheetField
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import FrenchDate
from sicp.views.shared.forms import HiddenControl
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import revision_node
from sicp.views.shared.forms.rich_text import HTML
from sicp.views.shared.forms.rich_text import MARKUP
from sicp.views.shared.forms.rich_text import RichTextControl
from sicp.views.shared.forms.types import FORBIDDEN_CHARACTERS

#: Signs of the text, its marks included: some two hundred pages.
LONGEST_TEXT = 600_000
#: The texts of a page, carried beside what is typed.
_LONGEST_BASE = 2 * LONGEST_TEXT

SAVE, CLOSE, TAKE_OVER = "save", "close", "take_over"


class SheetTextControl(RichTextControl):
    """The text of a sheet: plain markup, and an editor where scripts run."""

    template = "sheet_text"

    def displayed(self, field: Any, cstruct: Any) -> str:
        """Show the whole text: what was typed is never cut."""
        del field
        text = cstruct if isinstance(cstruct, str) else ""
        return FORBIDDEN_CHARACTERS.sub("", text[:LONGEST_TEXT])


def sheet_form(  # noqa: PLR0913
    request: Any,
    kind: str,
    writing: Writing,
    *,
    revision: int = 0,
    base: str = "",
    action: str = "",
    autosave_url: str = "",
    buttons: tuple[Button, ...] = (),
) -> Form:
    """Make the form of a kind, filled with ``writing``.

    ``base`` is what the person began from, as the page carries it; by default what the
    form is filled with.
    """
    known = {
        **writing.fields,
        "title": writing.title,
        "themes": ", ".join(writing.themes),
        "text": text_as_markup(writing.text),
        "text_format": MARKUP,
        "revision": revision,
        "base": base or base_of(writing),
    }
    form = Form(
        colander.SchemaNode(colander.Mapping(), *_nodes(kind)),
        request,
        appstruct=known,
        formid="sheet",
        # A draft may miss nearly everything: what publication asks is told instead.
        marks_optional=False,
        action=action,
        autosave_url=autosave_url,
        buttons=buttons,
    )
    form["text"].widget.html = writing.text
    return form


def revision_of(sheet: Any) -> int:
    """Return the revision a page is opened on."""
    working = sheet.working
    return int(working.revision if working is not None else sheet.next_revision)


def base_of(writing: Writing) -> str:
    """Write what a person begins from, carried by the page until it is saved."""
    return json.dumps(writing.as_data(), ensure_ascii=False)


def read_base(kind: str, text: Any) -> Writing:
    """Read what ``base_of`` wrote.

    Raises:
        InvalidInputError: no page of ours wrote it.
    """
    try:
        found = json.loads(text or "")
    except (ValueError, TypeError, RecursionError) as error:
        raise InvalidInputError(_BROKEN) from error
    return read_writing(kind, found)


def writing_from(kind: str, values: Mapping[str, Any]) -> Writing:
    """Return what the answers of the form say.

    Raises:
        InvalidInputError: the text names a passage that is not there, or the page did
            not give what it carries.
    """
    base = read_base(kind, values["base"])
    typed = values["text"] or ""
    read = text_from_editor if values["text_format"] == HTML else text_from_markup
    fields = {
        field.name: _said(values[field.name])
        for field in SHEET_KINDS[kind].fields
        if values[field.name] is not None
    }
    return Writing(
        values["title"],
        read(typed, base.text),
        tuple(split_themes(values["themes"] or "")),
        fields,
    )


def split_themes(typed: str) -> list[str]:
    """Return the themes typed, parted by commas, semicolons or ends of lines."""
    said = typed.replace(";", ",").replace("\n", ",").split(",")
    return [theme.strip() for theme in said if theme.strip()]


def keep_typed(form: Form, request: Any, kind: str) -> None:
    """Show again the text as it was typed, in the editor as in the field."""
    typed = FORBIDDEN_CHARACTERS.sub("", request.POST.get("text", ""))[:LONGEST_TEXT]
    try:
        before = read_base(kind, request.POST.get("base")).text
    except InvalidInputError:
        before = ""
    text, written_as = form["text"], form["text_format"]
    written_as.cstruct = MARKUP
    if request.POST.get("text_format") == HTML:
        text.widget.html = text_from_editor(typed, before)
        text.cstruct = text_as_markup(text.widget.html)
        return
    text.cstruct = typed
    try:
        text.widget.html = text_from_markup(typed, before)
    except InvalidInputError:
        # The editor cannot show what the markup does not say.
        text.widget.html = None


def _nodes(kind: str) -> list[Any]:
    return [
        colander.SchemaNode(Text(LONGEST_TITLE), name="title", title=_TITLE),
        *(_field_node(field) for field in SHEET_KINDS[kind].fields),
        colander.SchemaNode(
            Text(MOST_THEMES * (LONGEST_THEME + 2)),
            name="themes",
            title=_THEMES,
            description=_THEMES_HELP,
            missing="",
        ),
        colander.SchemaNode(
            Text(LONGEST_TEXT, has_lines=True),
            name="text",
            title=_TEXT,
            widget=SheetTextControl(format_name="text_format"),
            missing="",
        ),
        colander.SchemaNode(
            Text(10),
            name="text_format",
            title="",
            widget=HiddenControl(),
            validator=colander.OneOf((MARKUP, HTML)),
            missing=MARKUP,
        ),
        colander.SchemaNode(
            Text(_LONGEST_BASE, has_lines=True),
            name="base",
            title="",
            widget=BaseControl(),
            missing="",
        ),
        revision_node(),
    ]


class BaseControl(HiddenControl):
    """What the person began from, whole: it is compared with what was saved since."""

    def displayed(self, field: Any, cstruct: Any) -> str:
        """Carry it whole."""
        del field
        text = cstruct if isinstance(cstruct, str) else ""
        return FORBIDDEN_CHARACTERS.sub("", text[:_LONGEST_BASE])


def _field_node(field: SheetField) -> Any:
    options: dict[str, Any] = {"missing": None, "description": field.hint}
    if field.is_required:
        # A draft may wait for it; the publication may not.
        options["description"] = _joined(field.hint)
    if field.type == DAY:
        return colander.SchemaNode(
            FrenchDate(), name=field.name, title=field.title, **options
        )
    if field.type == CHOICE:
        choices = tuple(Option(value, title) for value, title in field.choices)
        options["widget"] = ChoiceControl(options=choices, is_compact=True)
    return colander.SchemaNode(
        Text(LONGEST_VALUE), name=field.name, title=field.title, **options
    )


def _joined(hint: str) -> Any:
    if not hint:
        return _NEEDED
    return _(
        "sheet-field-needed-hint",
        default="${hint} – demandé pour publier",
        mapping={"hint": hint},
    )


def _said(value: Any) -> Any:
    return value if isinstance(value, date) else str(value)


_TITLE = _("sheet-title", default="Titre")
_THEMES = _("sheet-themes", default="Thèmes")
_THEMES_HELP = _(
    "sheet-themes-help", default="Séparés par des virgules : Allotissement, Seuils."
)
_TEXT = _("sheet-text", default="Texte")
_NEEDED = _("sheet-field-needed", default="Demandé pour publier")
_BROKEN = _(
    "sheet-base-broken",
    default="La page n’a pas pu être relue : copiez votre texte, puis rechargez-la.",
)
