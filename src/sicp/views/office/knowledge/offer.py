"""What the pages of a sheet and of a folder offer, told by the modules of the package.

A module says what it adds, and the page gathers it without knowing the module::

    @offer(ISheet, rank=10)
    def editing_actions(sheet, request):
        if may(request.actor, p.EDIT_KNOWLEDGE, sheet):
            yield Action(_("modify", default="Modifier"), ...)

    @part(ISheet, "content", rank=50, template="templates/comment/thread.pt")
    def thread(sheet, request):
        return {"comments": ...}  # None: nothing is shown

Actions stand at the top of the page (``TOP``; the first of ``PRIMARY`` is the main one)
or in the panel of those who keep order (``KEEPING``). Parts stand above the text
(``LEAD``), below it (``CONTENT``) or beside it (``ASIDE``). The lowest rank comes
first.
"""

from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyramid.renderers import render

from sicp.views.shared.layout import Action

PRIMARY, TOP, KEEPING = "primary", "top", "keeping"
LEAD, CONTENT, ASIDE = "lead", "content", "aside"

_PACKAGE = "sicp.views.office.knowledge:"


@dataclass(frozen=True, slots=True)
class _Told:
    """What one module adds to the pages of one type."""

    interface: Any
    place: str
    rank: int
    make: Callable[[Any, Any], Any]
    template: str = ""


_OFFERS: list[_Told] = []
_PARTS: list[_Told] = []


def offer(interface: Any, *, rank: int, place: str = TOP) -> Callable[..., Any]:
    """Tell the actions that a function offers on the pages of ``interface``."""

    def tell(make: Callable[[Any, Any], Iterable[Action]]) -> Callable[..., Any]:
        _OFFERS.append(_Told(interface, place, rank, make))
        return make

    return tell


def part(interface: Any, place: str, *, rank: int, template: str) -> Callable[..., Any]:
    """Tell a part of the pages of ``interface``, and the template that shows it."""

    def tell(make: Callable[[Any, Any], Any]) -> Callable[..., Any]:
        _PARTS.append(_Told(interface, place, rank, make, template))
        return make

    return tell


def actions_of(context: Any, request: Any, place: str) -> list[Action]:
    """Gather the actions offered in one place of a page."""
    return [
        action
        for told in _told(_OFFERS, context, place)
        for action in told.make(context, request)
    ]


def show_actions(context: Any, request: Any) -> None:
    """Put the actions of a page at its top."""
    main = actions_of(context, request, PRIMARY)
    request.layout.primary_action = main[0] if main else None
    request.layout.actions = [*main[1:], *actions_of(context, request, TOP)]


def parts_of(context: Any, request: Any) -> dict[str, list[str]]:
    """Make the parts of a page, by place, as HTML."""
    return {place: _parts(context, request, place) for place in (LEAD, CONTENT, ASIDE)}


def _parts(context: Any, request: Any, place: str) -> list[str]:
    made = (
        (told.template, told.make(context, request))
        for told in _told(_PARTS, context, place)
    )
    return [
        render(_PACKAGE + template, values, request=request)
        for template, values in made
        if values is not None
    ]


def _told(every: list[_Told], context: Any, place: str) -> list[_Told]:
    found = (t for t in every if t.place == place and t.interface.providedBy(context))
    return sorted(found, key=lambda told: told.rank)
