"""Old addresses: what was renamed or moved is still found where it was."""

from typing import Any

from pyramid.httpexceptions import HTTPMovedPermanently
from pyramid.view import notfound_view_config

from sicp import permissions as p
from sicp.interfaces.knowledge import ISheet
from sicp.interfaces.knowledge import IShelf
from sicp.operations.knowledge.redirect import moved_address
from sicp.operations.user.right import may


class LeadsElsewhere:
    """A predicate: the address once led to something that the person may see.

    What he may not see has no old address for him: nothing tells that it was there.
    """

    def __init__(self, value: bool, _config: Any) -> None:  # noqa: FBT001
        self._value = value

    def text(self) -> str:
        """Say it, for those who list the views."""
        return f"leads_elsewhere = {self._value}"

    phash = text

    def __call__(self, _context: Any, request: Any) -> bool:
        """Find where it leads, and keep it for the page."""
        request.elsewhere = _elsewhere(request)
        return bool(request.elsewhere) == self._value


@notfound_view_config(leads_elsewhere=True)
def lead(_error: Any, request: Any) -> Any:
    """Lead to where the thing is now.

    Browsers keep such an answer for ever, unless told not to: a thing that comes back
    to its first place would be looked for in a circle.
    """
    answer = HTTPMovedPermanently(request.elsewhere)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def includeme(config: Any) -> None:
    """Let views ask whether an address leads elsewhere."""
    config.add_view_predicate("leads_elsewhere", LeadsElsewhere)


def _elsewhere(request: Any) -> str:
    place = getattr(request, "context", None)
    is_ours = IShelf.providedBy(place) or ISheet.providedBy(place)
    if request.method not in {"GET", "HEAD"} or not is_ours or not request.actor.login:
        return ""
    _service, *names = (*request.traversed, request.view_name, *request.subpath)
    base = request.site["connaissances"]
    item, page = moved_address(base, [name for name in names if name])
    if item is None or not may(request.actor, p.VIEW_KNOWLEDGE, item):
        return ""
    return str(request.resource_url(item, *page, query=request.GET or None))
