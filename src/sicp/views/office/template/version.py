"""The differences between two canevas, or between two moments of one."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.template import ITemplate
from sicp.operations.template.version import EDITED
from sicp.operations.template.version import canevas_in
from sicp.operations.template.version import compare_canevas
from sicp.views.office.forms import number_of
from sicp.views.office.template.editing import LINE_KINDS
from sicp.views.office.template.editing import NODE_KINDS
from sicp.views.office.template.editing import UNTITLED
from sicp.views.office.template.template import heading
from sicp.views.shared import display

#: The tone of each difference; a word always goes with it.
TONES = {
    "added": "success",
    "removed": "danger",
    "moved": "progress",
    "changed": "warning",
}


@view_config(
    name="differences",
    context=ITemplate,
    permission=p.EDIT_LIBRARY,
    renderer="templates/version/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:  # noqa: ANN401
    """Show what differs between two versions, or with another canevas."""
    tabs = heading(context, request, "differences")
    last = len(context.versions)
    old = request.GET.get("de", f"{context.template_id}:{last}")
    new = request.GET.get("vers", f"{context.template_id}:{EDITED}")
    shown = {
        "tabs": tabs,
        "choices": _choices(context, request),
        "old": old,
        "new": new,
        "line_kinds": LINE_KINDS,
        "tones": TONES,
        "kinds": NODE_KINDS,
        "untitled": UNTITLED,
        "url": request.resource_url(context, "differences"),
        "comparison": None,
        "named": _titles(request).get,
        "error": "",
        "shows_all": bool(request.GET.get("tout")),
    }
    if not last and "de" not in request.GET:
        shown["error"] = _(
            "difference-unpublished",
            default="Ce canevas n’a pas encore de version publiée : choisissez à quoi "
            "le comparer.",
        )
        return shown
    try:
        shown["comparison"] = compare_canevas(
            request.site, _read(request, old), _read(request, new), request.today
        )
    except InvalidInputError as error:
        shown["error"] = error.message
    return shown


def _read(request: Any, said: str) -> Any:  # noqa: ANN401
    """Return the canevas that « rc-open-call:2 » names; 0 is the one being edited."""
    name, _colon, number = said.rpartition(":")
    template = request.site["canevas"].get(name) if name else None
    wanted = number_of(number)
    if template is None or wanted is None:
        raise HTTPNotFound
    return canevas_in(template, wanted)


def _titles(request: Any) -> dict[str, str]:  # noqa: ANN401
    """Return the title of each canevas, that one may stand for its id."""
    return {
        name: str(item.edited.get("title") or item.title)
        for name, item in request.site["canevas"].items()
    }


def _choices(context: Any, request: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    """Return the moments of this canevas, then the others as being edited."""
    say = request.layout.say
    edited = say(_("difference-edited", default="Version en cours de modification"))
    name = context.template_id
    found = [(f"{name}:{EDITED}", edited)]
    for version in reversed(context.versions):
        title = _(
            "difference-version",
            default="Version ${number}, publiée le ${day}",
            mapping={
                "number": version.number,
                "day": display.day(version.written_at),
            },
        )
        found.append((f"{name}:{version.number}", say(title)))
    others = (item for item in request.site["canevas"].values() if item is not context)
    titled = sorted(
        ((str(o.edited.get("title") or o.title), o) for o in others),
        key=lambda pair: pair[0],
    )
    return [*found, *((f"{o.template_id}:{EDITED}", title) for title, o in titled)]
