"""What every page shares: the frame, the forms, how values are shown, the errors."""

from typing import Any

#: Our files are small and change with the version: an hour saves most requests.
_KEPT_SECONDS = 3600


def includeme(config: Any) -> None:
    """Serve our files and those of deform, and answer refusals with their pages."""
    config.include("pyramid_chameleon")
    config.include("sicp.views.shared.compiling")
    config.add_translation_dirs("sicp:locale")
    # The screens are French; Pyramid's own choice would read the address, which may
    # be unreadable, on the very page that says so.
    config.set_locale_negotiator(lambda _request: "fr")
    config.add_static_view("static", "sicp:static", cache_max_age=_KEPT_SECONDS)
    config.add_static_view("deform", "deform:static", cache_max_age=_KEPT_SECONDS)
    config.include("sicp.views.shared.headers")
    config.include("sicp.views.shared.errors")
    config.include("sicp.views.shared.confirming")
