"""What is found, everywhere the person may look, and what may complete the typing."""

import os
from dataclasses import replace
from typing import Any

from pyramid.view import view_config
from substanced.interfaces import IRoot

from sicp import permissions as p
from sicp.i18n import _
from sicp.operations.search.address import LONGEST_TEXT
from sicp.operations.search.address import ORDERS
from sicp.operations.search.address import is_asking
from sicp.operations.search.address import read_address
from sicp.operations.search.address import write_address
from sicp.operations.search.asking import Found
from sicp.operations.search.asking import SearchPage
from sicp.operations.search.asking import SearchSuggestion
from sicp.operations.search.asking import SearchWanted
from sicp.operations.search.asking import ask
from sicp.operations.search.asking import suggest
from sicp.operations.search.facet import FACET_TITLES
from sicp.operations.search.facet import Facet
from sicp.operations.search.facet import FacetValue
from sicp.operations.search.kind import KIND_TITLES
from sicp.operations.search.place import Place
from sicp.operations.search.place import place_of
from sicp.operations.search.place import scope_of
from sicp.operations.search.place import state_of
from sicp.operations.search.unanswered import note_aside
from sicp.operations.search.workbook import search_workbook
from sicp.operations.site import site_of
from sicp.operations.user.right import may
from sicp.views.office.forms import number_of
from sicp.views.shared import display
from sicp.views.shared.components import Pager
from sicp.views.shared.downloads import stream_answer
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge

_ORDER_TITLES = {
    "pertinence": _("order-relevance", default="Pertinence"),
    "recent": _("order-recent", default="Plus récents"),
    "titre": _("order-title", default="Intitulé"),
}
#: Values of a facet shown at once; the others open.
_SHOWN = 8
_TONES = {
    "sheet.draft": "info",
    "sheet.review": "progress",
    "sheet.published": "success",
    "sheet.obsolete": "warning",
    "clause.retired": "warning",
    "user.closed": "warning",
}


@view_config(
    name="recherche",
    context=IRoot,
    permission=p.ENTER,
    renderer="templates/result/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show a page of what is found; without a question, say how to ask one."""
    wanted = read_address(request.GET.items())
    request.layout.show(_("search-title", default="Recherche"))
    # The box of the page takes the place of that of the top bar.
    request.layout.search_url = ""
    is_asked = is_asking(wanted)
    by = {"actor": request.actor, "registry": request.registry}
    page = ask(context, wanted, **by) if is_asked else SearchPage()
    if is_asked and _is_vain(wanted, page):
        _note_vain(request, wanted.text, is_partial=page.is_partial)
    typed, wanted = wanted, replace(wanted, text=page.mended or wanted.text)
    scope = scope_of(context, wanted.under, request.actor)
    origin = scope_of(context, number_of(request.GET.get("depuis")) or 0, request.actor)
    keeps_base = may(request.actor, p.MANAGE_KNOWLEDGE, context["connaissances"])
    return {
        "wanted": wanted,
        "is_asked": is_asked,
        "page": page,
        "address": _url(request, wanted),
        "kept": [pair for pair in write_address(wanted) if pair[0] in {"dans", "tri"}],
        "told": _told(page),
        "milliseconds": display.number(max(1, round(page.milliseconds))),
        "correction": _correction(request, wanted, page),
        "mended": _mended(request, typed, page),
        "scopes": _scopes(request, wanted, scope, origin),
        "action_url": request.resource_url(context, "recherche"),
        "tools": _tools(request, wanted, page, keeps_base=keeps_base),
        "orders": _orders(request, wanted),
        "chips": _chips(request, wanted, page, scope),
        "facets": [_facet(request, wanted, facet) for facet in page.facets],
        "results": [_result(request, found) for found in page.found],
        "pager": _pager(request, wanted, page),
        "everywhere_url": _url(request, SearchWanted(wanted.text)),
        "is_narrowed": bool(wanted.facets or wanted.under),
    }


@view_config(name="suggestions", context=IRoot, permission=p.ENTER, renderer="json")
def suggestions(context: Any, request: Any) -> dict[str, Any]:
    """Complete what is being typed, among what the person may see."""
    text = request.GET.get("q", "")[:LONGEST_TEXT]
    found = suggest(context, text, actor=request.actor, registry=request.registry)
    return {"results": [_suggestion(context, request, one) for one in found]}


@view_config(name="recherche.xlsx", context=IRoot, permission=p.ENTER)
def download(context: Any, request: Any) -> Any:
    """Give what is found as a workbook."""
    wanted = read_address(request.GET.items())
    file = search_workbook(
        context, wanted, actor=request.actor, registry=request.registry
    )
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return stream_answer(file, size, "recherche.xlsx", "xlsx")


def _is_vain(wanted: SearchWanted, page: SearchPage) -> bool:
    """Tell whether words were looked for everywhere, and not all of them found.

    The base lacks nothing where the words are found once mended; who insists on what
    he typed was counted, or answered, before.
    """
    is_everywhere = bool(wanted.text) and not wanted.facets and not wanted.under
    is_unanswered = (page.total == 0 or page.is_partial) and not page.is_void
    is_first = wanted.page == 1 and not wanted.as_typed
    return is_everywhere and is_unanswered and not page.is_late and is_first


def _note_vain(request: Any, text: str, *, is_partial: bool) -> None:
    """Count a vain search once the answer is made, aside from its transaction."""
    database = request.registry._zodb_databases[""]  # noqa: SLF001
    now = request.now

    def note(asked: Any) -> None:
        note_aside(
            database,
            lambda connection: site_of(connection, asked.registry, now),
            text,
            now=now,
            is_partial=is_partial,
        )

    request.add_finished_callback(note)


def _tools(
    request: Any, wanted: SearchWanted, page: SearchPage, *, keeps_base: bool
) -> list[Action]:
    pairs = write_address(wanted)
    site = request.site
    found = [
        Action(
            _("search-save", default="Enregistrer cette recherche"),
            request.resource_url(site, "enregistrer-recherche", query=pairs),
        )
    ]
    if page.total:
        found.append(
            Action(
                _("export-xlsx", default="Exporter pour Excel"),
                request.resource_url(site, "recherche.xlsx", query=pairs),
            )
        )
    own = Action(
        _("searches-own", default="Mes recherches"),
        request.resource_url(site, "mes-recherches"),
    )
    words = Action(
        _("synonyms", default="Synonymes du métier"),
        request.resource_url(site["connaissances"], "synonymes"),
    )
    return [*(found if pairs else []), own, *([words] if keeps_base else [])]


def _told(page: SearchPage) -> list[str]:
    """Say what is particular to this answer."""
    found = []
    if page.is_partial:
        found.append(_PARTIAL)
    if page.is_late:
        found.append(_LATE)
    return found


def _correction(
    request: Any, wanted: SearchWanted, page: SearchPage
) -> dict[str, str] | None:
    if not page.correction:
        return None
    url = _url(request, replace(wanted, text=page.correction, page=1, as_typed=False))
    return {"text": page.correction, "url": url}


def _mended(
    request: Any, typed: SearchWanted, page: SearchPage
) -> dict[str, str] | None:
    """Tell the words that were answered, and where to insist on those typed."""
    if not page.mended:
        return None
    url = _url(request, replace(typed, page=1, as_typed=True))
    return {"text": page.mended, "typed": typed.text, "url": url}


def _scopes(
    request: Any, wanted: SearchWanted, scope: Place | None, origin: Place | None
) -> list[dict[str, Any]]:
    """Offer to look everywhere, where one looks now, and where one comes from."""
    places = [place for place in (scope, origin) if place is not None]
    distinct = {place.item.__oid__: place.title for place in places}
    if wanted.under and not scope:
        distinct = {wanted.under: _UNNAMED_PLACE, **distinct}
    if not distinct:
        return []
    choices = {0: _EVERYWHERE, **distinct}
    return [
        {
            "title": title,
            "url": _url(request, replace(wanted, under=number, page=1)),
            "is_chosen": number == wanted.under,
        }
        for number, title in choices.items()
    ]


def _orders(request: Any, wanted: SearchWanted) -> list[dict[str, Any]]:
    return [
        {
            "title": _ORDER_TITLES[name],
            "url": _url(request, replace(wanted, order=order, page=1)),
            "is_chosen": order == wanted.order,
        }
        for name, order in ORDERS.items()
    ]


def _chips(
    request: Any, wanted: SearchWanted, page: SearchPage, scope: Place | None
) -> list[dict[str, str]]:
    """Say each filter in force, with the address that takes it away."""
    known = {
        (facet.name, value.value): (facet.title, value.title)
        for facet in page.facets
        for value in facet.values
    }
    chips = []
    if wanted.under:
        title = scope.title if scope is not None else _UNNAMED_PLACE
        url = _url(request, replace(wanted, under=0, page=1))
        chips.append({"facet": _PLACE, "title": title, "url": url})
    for name, values in wanted.facets.items():
        for value in values:
            # The title of what one may not see is not told: its value was typed.
            facet, title = known.get((name, value), (FACET_TITLES[name], value))
            url = _url(request, _toggled(wanted, name, value))
            chips.append({"facet": facet, "title": title, "url": url})
    return chips


def _facet(request: Any, wanted: SearchWanted, facet: Facet) -> dict[str, Any]:
    values = [_value(request, wanted, facet, value) for value in facet.values]
    # What is chosen is always in sight.
    values.sort(key=lambda value: not value["is_chosen"])
    return {
        "name": facet.name,
        "title": facet.title,
        "values": values[:_SHOWN],
        "others": values[_SHOWN:],
    }


def _value(
    request: Any, wanted: SearchWanted, facet: Facet, value: FacetValue
) -> dict[str, Any]:
    return {
        "title": value.title,
        "count": display.number(value.count),
        "is_chosen": value.is_chosen,
        "url": _url(request, _toggled(wanted, facet.name, value.value)),
    }


def _toggled(wanted: SearchWanted, name: str, value: str) -> SearchWanted:
    chosen = wanted.facets.get(name, ())
    kept = tuple(other for other in chosen if other != value)
    values = kept if value in chosen else (*chosen, value)
    facets = {**wanted.facets, name: values}
    facets = {facet: given for facet, given in facets.items() if given}
    return replace(wanted, facets=facets, page=1)


def _result(request: Any, found: Found) -> dict[str, Any]:
    item = found.item
    state, state_title = state_of(item)
    return {
        "url": request.resource_url(item),
        "kind": KIND_TITLES[found.kind],
        "title": found.title,
        "passage": found.passage,
        "about": " · ".join(part for part in (found.heading, found.place) if part),
        "places": [
            {"title": place.title, "url": request.resource_url(place.item)}
            for place in place_of(item, request.actor)
        ],
        "badge": Badge(state_title, _TONES.get(state, "neutral")) if state else None,
        "on": display.day(getattr(item, "modified_at", None)),
    }


def _pager(request: Any, wanted: SearchWanted, page: SearchPage) -> Pager:
    last = page.pages
    near = range(page.page - 2, page.page + 3)
    numbers = sorted({1, last, *(n for n in near if 1 <= n <= last)})
    address = _url(request, wanted)
    urls = {n: f"{address}&page={n}" for n in numbers}
    return Pager(page.page, wanted.size, page.total, urls)


def _suggestion(context: Any, request: Any, one: SearchSuggestion) -> dict[str, Any]:
    if one.item is not None:
        url = request.resource_url(one.item)
    else:
        url = request.resource_url(context, "recherche", query={"q": one.text})
    return {
        "text": one.text,
        "kind": request.layout.say(KIND_TITLES[one.kind]) if one.kind else "",
        "url": url,
    }


def _url(request: Any, wanted: SearchWanted) -> str:
    return request.resource_url(request.site, "recherche", query=write_address(wanted))


_PLACE = _("search-place", default="Emplacement")
_EVERYWHERE = _("search-everywhere", default="Partout")
_UNNAMED_PLACE = _("search-place-unnamed", default="un dossier")
_PARTIAL = _(
    "search-partial",
    default="Aucun document ne contient tous ces mots : voici ceux qui en contiennent "
    "le plus.",
)
_LATE = _(
    "search-late",
    default="Ce qui vient d’être écrit n’est pas encore dans la recherche : relancez-"
    "la dans un instant si un document récent manque.",
)
