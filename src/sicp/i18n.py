"""The message catalogue: English ids in the code, French text on the screens.

A message is written ``_("lot-added", default="Le lot est ajouté.")``: its id says in
English what it is, its default is the French text. ``make i18n`` gathers both into the
catalogue, where the French typography (no-break spaces) is set.
"""

from pyramid.i18n import TranslationStringFactory

DOMAIN = "sicp"

_ = TranslationStringFactory(DOMAIN)


def french(message: str) -> str:
    """Return the French text of ``message``, for documents that are always French."""
    interpolate = getattr(message, "interpolate", None)
    return interpolate() if interpolate else message
