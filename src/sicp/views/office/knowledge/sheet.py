"""One sheet, to read: what it says, where it stands, who leads to it."""

from typing import Any

from pyramid.httpexceptions import HTTPFound
from pyramid.view import view_config

from sicp import permissions as p
from sicp.catalog.words import fold
from sicp.content_types.knowledge import is_in_bin
from sicp.i18n import _
from sicp.interfaces.clause import IClause
from sicp.interfaces.knowledge import ISheet
from sicp.operations.clause.library import plain_title
from sicp.operations.knowledge.link import Citations
from sicp.operations.knowledge.link import cited_by
from sicp.operations.knowledge.link import linked
from sicp.operations.knowledge.link import outline
from sicp.operations.user.right import may
from sicp.views.office.knowledge.folder import is_by_number
from sicp.views.office.knowledge.offer import KEEPING
from sicp.views.office.knowledge.offer import actions_of
from sicp.views.office.knowledge.offer import parts_of
from sicp.views.office.knowledge.offer import show_actions
from sicp.views.office.knowledge.wording import field_terms
from sicp.views.office.knowledge.wording import kind_title
from sicp.views.office.knowledge.wording import permanent_url
from sicp.views.office.knowledge.wording import sheet_badge
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.components import Term
from sicp.views.shared.layout import Crumb

#: From so many headings on, a text has a table of contents.
_LONG_TEXT = 3
#: So many places that cite a sheet are named on the page that tells them.
_MOST_LINKS = 300


@view_config(
    context=ISheet, permission=p.VIEW_KNOWLEDGE, renderer="templates/sheet/show.pt"
)
def show(context: Any, request: Any) -> Any:
    """Show what people read of a sheet; its draft to those who write."""
    if is_by_number(request):
        return HTTPFound(request.resource_url(context))
    way = [*request.layout.breadcrumb[:-1], Crumb(context.title)]
    request.layout.show(
        context.title,
        subtitle=kind_title(context),
        badge=sheet_badge(context),
        breadcrumb=way,
    )
    show_actions(context, request)
    said = context.shown
    headings = outline(said.text)
    before, after = _neighbours(context, request)
    return {
        "terms": field_terms(context.kind, said),
        "text": shown_text(context, said, request),
        "headings": headings if len(headings) >= _LONG_TEXT else (),
        "themes": theme_links(said, request),
        "before": before,
        "after": after,
        "cited": citations(context, request),
        "facts": _facts(context, request),
        "is_obsolete": context.state == "obsolete",
        "state_reason": context.state_reason,
        "is_in_bin": is_in_bin(context),
        "working": _working(context, request),
        "keeping": actions_of(context, request, KEEPING),
        "parts": parts_of(context, request),
    }


@view_config(
    name="liens",
    context=ISheet,
    permission=p.VIEW_KNOWLEDGE,
    renderer="templates/sheet/show_links.pt",
)
def show_links(context: Any, request: Any) -> dict[str, Any]:
    """Show all that leads to a sheet."""
    request.layout.show(
        _("sheet-links", default="Ce qui cite cette fiche"), subtitle=context.title
    )
    return {"cited": citations(context, request, most=_MOST_LINKS)}


def shown_text(sheet: Any, said: Any, request: Any) -> str:
    """Return a text of a sheet as HTML, its references leading to their articles.

    A table may be wider than the screen: it stands in a place that is slid, also with
    the keyboard.
    """
    own = said.fields.get("number", "") if sheet.kind == "article" else ""
    html = linked(
        said.text, request.site, request.actor, own=own, prefix=request.script_name
    )
    opening = _TABLE % request.layout.say(_TABLE_NAME)
    return html.replace("<table>", opening).replace("</table>", "</table></div>")


def theme_links(said: Any, request: Any) -> list[tuple[str, str]]:
    """Return the themes of a text, each with the list of its sheets."""
    base = request.site["connaissances"]
    return [
        (theme, request.resource_url(base, query={"theme": fold(theme)}))
        for theme in said.themes
    ]


def citations(item: Any, request: Any, most: int = 8) -> dict[str, Any]:
    """Say who leads to a thing: counts in words, and the places one may open."""
    found = cited_by(item, request.actor, most)
    places = found.places
    return {
        "count": found.count,
        "counts": citation_words(found, request),
        "places": [
            (_place_title(place), request.resource_url(place), _place_kind(place))
            for place in places
        ],
        "others": found.count - len(places),
        "url": request.resource_url(item, "liens") if ISheet.providedBy(item) else "",
    }


def citation_words(found: Citations, request: Any) -> str:
    """Say how many places lead somewhere: « 3 clauses, 12 fiches »."""
    counted = (
        (found.clauses, _ONE_CLAUSE, _CLAUSES),
        (found.templates, _ONE_TEMPLATE, _TEMPLATES),
        (found.sheets, _ONE_SHEET, _SHEETS),
    )
    words = (
        request.layout.say(one if count == 1 else many % {"count": count})
        for count, one, many in counted
        if count
    )
    return ", ".join(words)


def _place_title(place: Any) -> str:
    return plain_title(place.title) if IClause.providedBy(place) else place.title


def _place_kind(place: Any) -> str:
    if ISheet.providedBy(place):
        return kind_title(place)
    if IClause.providedBy(place):
        return _("place-clause", default="Clause")
    return _("place-template", default="Canevas")


def _neighbours(sheet: Any, request: Any) -> list[dict[str, str] | None]:
    if is_in_bin(sheet):
        return [None, None]
    return [
        None
        if item is None
        else {"title": item.title, "url": request.resource_url(item)}
        for item in request.shelves.neighbours(sheet)
    ]


def _facts(sheet: Any, request: Any) -> list[Term]:
    say, today = request.layout.say, request.today
    terms = [
        Term(_("sheet-owner", default="Responsable"), person(request, sheet.owner))
    ]
    version = sheet.current
    if version is not None:
        terms.append(
            Term(
                _("sheet-published-at", default="Publiée"),
                display.day(version.at),
                note=say(
                    _(
                        "sheet-version-by",
                        default="version ${number}, par ${who}",
                        mapping={
                            "number": version.number,
                            "who": person(request, version.published_by),
                        },
                    )
                ),
            )
        )
    if sheet.review_on is not None:
        terms.append(
            Term(
                _("sheet-review-on", default="À relire le"),
                display.day(sheet.review_on),
                note=request.layout.relative_day(sheet.review_on, today),
            )
        )
    terms.append(
        Term(
            _("permanent-address", default="Adresse permanente"),
            f"~{sheet.__oid__}",
            url=permanent_url(request, sheet),
        )
    )
    return terms


def _working(sheet: Any, request: Any) -> dict[str, Any] | None:
    """Tell those who write of a text under the pen of somebody."""
    working = sheet.working
    if working is None or not may(request.actor, p.EDIT_KNOWLEDGE, sheet):
        return None
    return {
        "who": person(request, working.by),
        "since": display.moment(working.since),
        "is_mine": working.by == request.actor.login,
        "is_submitted": working.is_submitted,
        "is_draft": sheet.current is None,
    }


_ONE_CLAUSE = _("cited-one-clause", default="1 clause")
_CLAUSES = _("cited-clauses", default="${count} clauses")
_ONE_TEMPLATE = _("cited-one-template", default="1 canevas")
_TEMPLATES = _("cited-templates", default="${count} canevas")
_ONE_SHEET = _("cited-one-sheet", default="1 fiche")
_SHEETS = _("cited-sheets", default="${count} fiches")
#: A place that slides is reached with the keyboard, and says what it is.
_TABLE = '<div class="sheet-table" tabindex="0" role="group" aria-label="%s"><table>'
_TABLE_NAME = _("sheet-table", default="Tableau")
