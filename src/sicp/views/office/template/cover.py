"""The texts of the cover of a canevas, written in the editor of rich texts."""

from collections.abc import Mapping
from typing import Any

from sicp.i18n import _
from sicp.operations.clause.rich_text import Titles
from sicp.views.office.rich_text import fill_editor
from sicp.views.office.rich_text import keep_typed
from sicp.views.office.rich_text import reading_html
from sicp.views.office.rich_text import written
from sicp.views.shared.forms import Form
from sicp.views.shared.forms.rich_text import MARKUP
from sicp.views.shared.forms.rich_text import RichTextControl
from sicp.views.shared.forms.rich_text import rich_text_nodes

_TITLE, _SUBTITLE = "cover_title", "cover_subtitle"
#: The texts of the cover, and how many signs of markup each may have.
_LONGEST = {_TITLE: 300, _SUBTITLE: 5_000}
_LINES = 6
_TITLES = {
    _TITLE: _("template-cover-title", default="Titre de la couverture"),
    _SUBTITLE: _("template-cover-subtitle", default="Texte de la couverture"),
}


def cover_nodes(title_help: str) -> list[Any]:
    """Make the questions of the cover."""
    title = RichTextControl(is_one_line=True, lines=1)
    subtitle = RichTextControl(lines=_LINES)
    return [
        *rich_text_nodes(_TITLE, _TITLES[_TITLE], title, title_help),
        *rich_text_nodes(_SUBTITLE, _TITLES[_SUBTITLE], subtitle),
    ]


def known_covers(context: Any) -> dict[str, str]:
    """Return what the form knows of the cover, in markup."""
    formats = {f"{name}_format": MARKUP for name in _LONGEST}
    return {**_texts(context), **formats}


def fill_covers(form: Form, context: Any, titles: Titles) -> None:
    """Make the editors begin with the cover as it is."""
    for name, text in _texts(context).items():
        fill_editor(form, name, text, titles)


def keep_covers(form: Form, request: Any, titles: Titles) -> None:
    """Show again what was typed."""
    for name in _LONGEST:
        keep_typed(form, request, name, titles)


def covers_of(context: Any, form: Form, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts of the cover as markup, from what was typed.

    Raises:
        InvalidInputError: one cannot be read, or is too long; the field is named.
    """
    known = _texts(context)
    return {
        name: written(form, name, values, known[name], maximum)
        for name, maximum in _LONGEST.items()
    }


def saved_covers(context: Any, titles: Titles) -> list[tuple[str, str]]:
    """Tell the texts of the cover that somebody else saved: title, and HTML."""
    return [
        (_TITLES[name], reading_html(text, titles, is_one_line=name == _TITLE))
        for name, text in _texts(context).items()
    ]


def _texts(context: Any) -> dict[str, str]:
    cover = context.edited.get("cover") or {}
    return {
        _TITLE: str(cover.get("title") or ""),
        _SUBTITLE: str(cover.get("subtitle") or ""),
    }
