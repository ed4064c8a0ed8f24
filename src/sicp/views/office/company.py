"""One company: who it is, and the consultations that name it."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.company import ICompanies
from sicp.interfaces.company import ICompany
from sicp.operations.search import Found
from sicp.operations.search import SearchPage
from sicp.operations.search import SearchWanted
from sicp.operations.search import ask
from sicp.operations.search.address import write_address
from sicp.operations.search.place import state_of
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.components import Term
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge

_SIRET = "SIRET"
_UNNAMED = _("company-unnamed", default="Entreprise sans nom publié")


@view_config(context=ICompanies, permission=p.VIEW_COMPANIES)
def companies(_context: Any, request: Any) -> Any:
    """Lead to all companies, where they are looked for."""
    wanted = SearchWanted(facets={"kind": ("company",)}, order="title")
    return HTTPSeeOther(_search_url(request, wanted))


@view_config(
    context=ICompany,
    permission=p.VIEW_COMPANIES,
    renderer="templates/company/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show a company, and the consultations that the person sees it in."""
    request.layout.show(
        context.title or _UNNAMED, subtitle=_("company", default="Entreprise")
    )
    wanted = _naming(context)
    page = ask(request.site, wanted, actor=request.actor, registry=request.registry)
    if page.total > len(page.found):
        title = _("company-all", default="Chercher toutes ses consultations")
        request.layout.actions = [Action(title, _search_url(request, wanted))]
    return {"terms": _terms(context), "table": _table(request, page)}


_COLUMNS = (
    Column("consultation", _("company-consultation", default="Consultation")),
    Column("state", _("company-state", default="État")),
    Column("changed", _("company-changed", default="Modifiée le")),
)


def _naming(company: Any) -> SearchWanted:
    """Ask what names the company: by its number, by its name when it has none."""
    named = company.identifier or company.title
    text = f'"{named.replace(chr(34), " ")}"'
    return SearchWanted(text, {"kind": ("consultation",)}, order="recent")


def _terms(company: Any) -> list[Term]:
    is_siret = company.identifier_type == _SIRET
    number = display.siret(company.identifier) if is_siret else company.identifier
    badge = None
    if not company.is_identifier_valid:
        badge = Badge(_("company-siret-wrong", default="Numéro mal formé"), "warning")
    title = company.identifier_type or _("company-identifier", default="Identifiant")
    return [Term(title, number, badge=badge)] if number else []


def _table(request: Any, page: SearchPage) -> Table:
    return Table(
        _("company-consultations", default="Consultations où elle est nommée"),
        _COLUMNS,
        [_row(request, found) for found in page.found],
        EmptyState(
            _(
                "company-no-consultation",
                default="Aucune consultation que vous pouvez voir ne la nomme.",
            )
        ),
    )


def _row(request: Any, found: Found) -> Row:
    item = found.item
    _state, title = state_of(item)
    return Row(
        (
            Cell(f"{item.reference} {item.object}", request.resource_url(item)),
            Cell(title),
            Cell(display.day(item.modified_at)),
        )
    )


def _search_url(request: Any, wanted: SearchWanted) -> str:
    return request.resource_url(request.site, "recherche", query=write_address(wanted))
