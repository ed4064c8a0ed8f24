"""The families and themes of the clausier, to choose from."""

from typing import Any

from sicp.interfaces.clause import IClauseFolder
from sicp.views.shared.forms import Option


def place_options(site: Any) -> tuple[Option, ...]:
    """Return every family with its themes below: « family » or « family/theme »."""
    found = []
    for family in _folders(site["clausier"]):
        found.append(Option(family.__name__, family.title))
        found += [
            Option(f"{family.__name__}/{theme.__name__}", theme.title, 1)
            for theme in _folders(family)
        ]
    return tuple(found)


def _folders(place: Any) -> list[Any]:
    found = [child for child in place.values() if IClauseFolder.providedBy(child)]
    return sorted(found, key=lambda folder: folder.title.casefold())
