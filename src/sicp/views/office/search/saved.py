"""The searches a person keeps: their list, and one of them."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from substanced.interfaces import IRoot

from sicp import permissions as p
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.operations.search.address import read_address
from sicp.operations.search.address import write_address
from sicp.operations.search.alert import set_alert
from sicp.operations.search.asking import SearchWanted
from sicp.operations.search.asking import tokens_of
from sicp.operations.search.facet import FACET_TITLES
from sicp.operations.search.facet import Reader
from sicp.operations.search.facet import facets_of
from sicp.operations.search.place import scope_of
from sicp.operations.search.saved import LONGEST_NAME
from sicp.operations.search.saved import Kept
from sicp.operations.search.saved import remove_search
from sicp.operations.search.saved import rename_search
from sicp.operations.search.saved import require_saved
from sicp.operations.search.saved import save_search
from sicp.operations.search.saved import saved_searches
from sicp.views.office.forms import refused_in
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import YesNo
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import flash

_LONGEST_KEY = 30
_COLUMNS = (
    Column("name", _("column-search", default="Recherche")),
    Column("asked", _("column-asked", default="Ce qu’elle demande")),
    Column("alert", _("column-alert", default="Alerte"), is_short=True),
    Column("saved", _("column-saved-on", default="Enregistrée le"), is_short=True),
    Column("change", _("column-change", default="Réglages")),
)


@view_config(
    name="mes-recherches",
    context=IRoot,
    permission=p.ENTER,
    renderer="templates/saved/show_all.pt",
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """List the searches of the person, by name."""
    request.layout.show(_("searches-own", default="Mes recherches"))
    rows = [_row(request, kept) for kept in saved_searches(context, request.actor)]
    empty = EmptyState(
        _("searches-empty", default="Vous ne gardez aucune recherche."),
        _(
            "searches-empty-text",
            default="Cherchez, filtrez, puis « Enregistrer cette recherche » : elle "
            "restera ici sous le nom que vous lui donnez, et pourra vous alerter.",
        ),
        Action(
            _("search-title", default="Recherche"),
            request.resource_url(context, "recherche"),
        ),
    )
    title = _("searches-own", default="Mes recherches")
    return {"table": Table(title, _COLUMNS, rows, empty=empty)}


@view_config(
    name="enregistrer-recherche",
    context=IRoot,
    permission=p.ENTER,
    renderer="templates/saved/save.pt",
)
def save(context: Any, request: Any) -> Any:
    """Keep what the address asks under a name."""
    request.layout.show(_("search-save", default="Enregistrer cette recherche"))
    wanted = read_address(request.GET.items())
    asked = write_address(wanted)
    form = _form(request, {"name": wanted.text[:LONGEST_NAME] or None, "alert": False})
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and _kept(context, request, form, values, asked):
            said = _("search-saved", default="La recherche est enregistrée.")
            flash(request, said)
            return HTTPSeeOther(request.resource_url(context, "mes-recherches"))
    return {
        "form": form.render(),
        "asked": _described(request, wanted),
        "back_url": request.resource_url(context, "recherche", query=asked),
    }


@view_config(
    name="mes-recherches",
    context=IRoot,
    permission=p.ENTER,
    request_param="cle",
    renderer="templates/saved/edit.pt",
)
def edit(context: Any, request: Any) -> Any:
    """Rename a search, or be told of what it newly finds, or no more."""
    key = request.GET.get("cle", "")[:_LONGEST_KEY]
    try:
        search = require_saved(context, key, request.actor)
    except StateError as error:
        flash(request, error.message, "warning")
        return HTTPSeeOther(request.resource_url(context, "mes-recherches"))
    request.layout.show(search.name)
    form = _form(request, {"name": search.name, "alert": search.is_alerted})
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and _changed(context, request, form, key, values):
            flash(
                request, _("search-changed", default="Les réglages sont enregistrés.")
            )
            return HTTPSeeOther(request.resource_url(context, "mes-recherches"))
    wanted = read_address(search.asked)
    return {
        "form": form.render(),
        "asked": _described(request, wanted),
        "open_url": _url(request, wanted),
        "back_url": request.resource_url(context, "mes-recherches"),
        "remove": _removal(context, request, key),
    }


@view_config(
    name="retirer-recherche", context=IRoot, permission=p.ENTER, request_method="POST"
)
def remove(context: Any, request: Any) -> Any:
    """Keep a search no more."""
    key = request.POST.get("cle", "")[:_LONGEST_KEY]
    remove_search(context, key, actor=request.actor)
    flash(request, _("search-removed", default="La recherche est retirée."))
    return HTTPSeeOther(request.resource_url(context, "mes-recherches"))


def _kept(context: Any, request: Any, form: Form, values: Any, asked: Any) -> bool:
    with refused_in(form):
        kept = save_search(
            context, values["name"], asked, actor=request.actor, now=request.now
        )
        _set_alert(context, request, kept.key, values)
        return True
    return False


def _changed(context: Any, request: Any, form: Form, key: str, values: Any) -> bool:
    with refused_in(form):
        rename_search(context, key, values["name"], actor=request.actor)
        _set_alert(context, request, key, values)
        return True
    return False


def _set_alert(context: Any, request: Any, key: str, values: Any) -> None:
    is_alerted = bool(values["alert"])
    by = {"actor": request.actor, "registry": request.registry}
    set_alert(context, key, is_alerted, **by)


def _row(request: Any, kept: Kept) -> Row:
    wanted = read_address(kept.search.asked)
    change = request.resource_url(
        request.site, "mes-recherches", query={"cle": kept.key}
    )
    return Row(
        (
            Cell(kept.search.name, _url(request, wanted)),
            Cell(_described(request, wanted)),
            Cell(badge=_ALERTED if kept.search.is_alerted else _SILENT),
            Cell(display.day(kept.search.saved_at)),
            Cell(
                request.layout.say(
                    _(
                        "search-change",
                        default="Régler « ${name} »",
                        mapping={"name": kept.search.name},
                    )
                ),
                change,
            ),
        )
    )


def _described(request: Any, wanted: SearchWanted) -> str:
    """Say what a search asks, naming only what the person may see."""
    say = request.layout.say
    parts = [wanted.text] if wanted.text else []
    scope = scope_of(request.site, wanted.under, request.actor)
    if wanted.under:
        title = scope.title if scope is not None else _UNNAMED
        parts.append(f"{say(_PLACE)} : {say(title)}")
    counted = {name: tuple((v, 0) for v in vs) for name, vs in wanted.facets.items()}
    tokens = tokens_of(request.site, request.actor)
    reader = Reader(request.site, request.actor, tokens)
    known = {
        facet.name: ", ".join(value.title for value in facet.values)
        for facet in facets_of(reader, counted, wanted.facets)
    }
    parts += [
        f"{say(FACET_TITLES[name])} : {known.get(name) or ', '.join(values)}"
        for name, values in wanted.facets.items()
    ]
    return " ; ".join(parts) or display.NOTHING


def _url(request: Any, wanted: SearchWanted) -> str:
    return request.resource_url(request.site, "recherche", query=write_address(wanted))


def _removal(context: Any, request: Any, key: str) -> Action:
    return Action(
        _("search-remove", default="Retirer cette recherche"),
        request.resource_url(context, "retirer-recherche"),
        method="post",
        is_dangerous=True,
        fields={"cle": key},
    )


def _form(request: Any, known: dict[str, Any]) -> Form:
    name = colander.SchemaNode(
        Text(LONGEST_NAME),
        name="name",
        title=_("search-name", default="Nom de la recherche"),
    )
    alert = colander.SchemaNode(
        YesNo(),
        name="alert",
        title=_("search-alert", default="Alerte par courriel"),
        description=_(
            "search-alert-help",
            default="Un message dira ce que cette recherche trouve de nouveau, parmi "
            "ce que vous pourrez voir à ce moment-là.",
        ),
    )
    return Form(
        colander.SchemaNode(colander.Mapping(), name, alert),
        request,
        appstruct=known,
        buttons=[Button("save", _("save", default="Enregistrer"))],
    )


_PLACE = _("search-place", default="Emplacement")
_UNNAMED = _("search-place-unnamed", default="un dossier")
_ALERTED = Badge(_("alert-on", default="active"), "success")
_SILENT = Badge(_("alert-off", default="aucune"), "neutral")
