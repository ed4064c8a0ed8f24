"""The look of the documents of a public body: each body sees to its own."""

import re
from collections.abc import Mapping
from dataclasses import fields
from dataclasses import replace
from datetime import datetime
from typing import Any

from persistent.mapping import PersistentMapping

from sicp import permissions as p
from sicp.engines.docx import HouseStyle
from sicp.engines.docx.pictures import PictureError
from sicp.engines.docx.pictures import size as picture_size
from sicp.engines.docx.style_reading import ReadError
from sicp.engines.docx.style_reading import read_style
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.user.right import require

#: What a body may choose; its name is always its own.
STYLE_FIELDS = tuple(
    field.name for field in fields(HouseStyle) if field.name != "organisation"
)
LARGEST_LOGO = 140_000
LARGEST_MODEL = 10_000_000
_LONGEST_SIDE = 6_000
_COLOUR = re.compile(r"#?[0-9A-Fa-f]{6}\Z")
_FONT = re.compile(r"[\w .'-]{1,60}\Z")

#: The least and the most of what is measured: points, millimetres, levels.
BOUNDS: Mapping[str, tuple[float, float]] = {
    "size": (7, 16),
    "margin_top": (10, 60),
    "margin_bottom": (10, 60),
    "margin_side": (10, 50),
    "toc_depth": (0, 3),
    "logo_height": (5, 60),
}
COLOURS = ("text_colour", "heading_colour", "line_colour", "shade_colour")
FONTS = ("font", "heading_font")


def style_of(body: Any) -> HouseStyle:  # noqa: ANN401
    """Return the look of a body's documents; what it did not choose is by default."""
    kept = getattr(body, "document_style", None) or {}
    known = {name: kept[name] for name in STYLE_FIELDS if name in kept}
    return replace(HouseStyle(organisation=getattr(body, "title", "")), **known)


def write_style(
    body: Any,  # noqa: ANN401
    values: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Set the look of a body's documents; what ``values`` do not hold stays as it is.

    Documents already frozen keep the bytes they have.

    Raises:
        NotAllowedError: the actor does not keep this body.
        InvalidInputError: a value is not acceptable; the field is named.
    """
    require(actor, p.MANAGE_ORGANISATION, body)
    told = {name: _checked(name, values[name]) for name in values}
    if body.document_style is None:
        body.document_style = PersistentMapping()
    body.document_style.update(told)
    body.touch(actor.login, now)
    registry.notify(Happened(body, "body-style", actor.login, now, details={}))


def read_model(data: bytes) -> dict[str, Any]:
    """Return what a .docx model proposes for the look of documents; nothing is kept.

    A value out of bounds is left out, and a picture too heavy too.

    Raises:
        InvalidInputError: the file cannot be read; the message says why.
    """
    if len(data) > LARGEST_MODEL:
        raise InvalidInputError(_TOO_HEAVY, "model")
    try:
        found = read_style(data)
    except ReadError as error:
        raise InvalidInputError(str(error), "model") from error
    proposed = {}
    for name, value in found.items():
        try:
            proposed[name] = _checked(name, value)
        except InvalidInputError:
            continue
    return proposed


def _checked(name: str, value: Any) -> Any:  # noqa: ANN401
    """Return a value as it is kept.

    Raises:
        InvalidInputError: it is not acceptable.
    """
    if name not in STYLE_FIELDS:
        raise InvalidInputError(_UNFIT, name)
    if name == "logo":
        return checked_logo(value)
    if name in BOUNDS:
        least, most = BOUNDS[name]
        if value is None or not least <= value <= most:
            raise InvalidInputError(_out_of_bounds(least, most), name)
        return int(value) if name == "toc_depth" else float(value)
    if name == "has_cover":
        return bool(value)
    text = str(value or "").strip()
    if name in COLOURS:
        if not _COLOUR.match(text):
            raise InvalidInputError(_NOT_A_COLOUR, name)
        return text.removeprefix("#").upper()
    if name in FONTS and not _FONT.match(text):
        raise InvalidInputError(_NOT_A_FONT, name)
    return text


def checked_logo(data: bytes | None) -> bytes | None:
    """Return a picture that may be a logo, None for nothing.

    Raises:
        InvalidInputError: it is no PNG nor JPEG, or is too heavy.
    """
    if not data:
        return None
    if len(data) > LARGEST_LOGO:
        raise InvalidInputError(_LOGO_TOO_HEAVY, "logo")
    try:
        sides = picture_size(data)
    except PictureError as error:
        raise InvalidInputError(_NOT_A_PICTURE, "logo") from error
    if max(sides) > _LONGEST_SIDE:
        raise InvalidInputError(_LOGO_TOO_HEAVY, "logo")
    return data


def _out_of_bounds(least: float, most: float) -> str:
    return _(
        "style-bounds",
        default="Choisissez une valeur de ${least} à ${most}.",
        mapping={"least": f"{least:g}", "most": f"{most:g}"},
    )


_UNFIT = _("style-unfit", default="Ce réglage n’existe pas.")
_NOT_A_COLOUR = _(
    "style-colour-unfit", default="Écrivez une couleur, par exemple #1B3A5C."
)
_NOT_A_FONT = _(
    "style-font-unfit", default="Écrivez le nom d’une police, par exemple Arial."
)
_NOT_A_PICTURE = _(
    "style-logo-unfit", default="Choisissez une image PNG ou JPEG qui se lit."
)
_LOGO_TOO_HEAVY = _(
    "style-logo-heavy",
    default="L’image est trop lourde : réduisez-la à 140 Ko et 6 000 points de côté.",
)
_TOO_HEAVY = _("style-model-heavy", default="Le modèle est trop lourd : 10 Mo au plus.")
