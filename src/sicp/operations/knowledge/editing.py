"""The text of a sheet as an editor or a plain field holds it, and as it is kept."""

from sicp.engines.clean_html import clean
from sicp.engines.sheet_markup import KeptPassageError
from sicp.engines.sheet_markup import from_markup
from sicp.engines.sheet_markup import tidy
from sicp.engines.sheet_markup import to_markup
from sicp.exceptions import InvalidInputError
from sicp.i18n import _


def text_as_markup(html: str) -> str:
    """Write the text of a sheet in the plain markup."""
    return to_markup(clean(html))


def text_from_markup(typed: str, before: str) -> str:
    """Read what was typed in the plain markup.

    It is ``before``, to the letter, where nothing was changed.

    Raises:
        InvalidInputError: a passage kept as it was is not in ``before``.
    """
    kept = clean(before)
    if typed.split() == to_markup(kept).split():
        return before
    try:
        return clean(from_markup(typed, kept))
    except KeptPassageError as error:
        raise InvalidInputError(
            _(
                "sheet-passage-unknown",
                default="Il n’y a pas de passage ${number} à garder tel quel : effacez "
                "cette ligne ou remettez celle d’origine.",
                mapping={"number": error.number},
            ),
            "text",
        ) from error


def text_from_editor(html: str, before: str) -> str:
    """Read what the editor sends, a paste from elsewhere included.

    It is ``before``, to the letter, where nothing was changed.
    """
    read = tidy(clean(html))
    return before if read == tidy(clean(before)) else read
