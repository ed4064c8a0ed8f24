"""Walk the knowledge base: the landing page, its folders, the branches of the tree."""

from typing import Any

from pyramid.httpexceptions import HTTPFound
from pyramid.view import view_config

from sicp import permissions as p
from sicp.content_types.knowledge import NUMBER_SIGN
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.knowledge import IShelf
from sicp.operations.knowledge.listing import WantedSheets
from sicp.operations.knowledge.listing import facets_of
from sicp.operations.knowledge.listing import list_sheets
from sicp.operations.knowledge.listing import sheets_to_review
from sicp.operations.knowledge.listing import theme_title
from sicp.operations.user.right import may
from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.views.office.knowledge.listing import is_narrowed
from sicp.views.office.knowledge.listing import sheet_listing
from sicp.views.office.knowledge.offer import KEEPING
from sicp.views.office.knowledge.offer import PRIMARY
from sicp.views.office.knowledge.offer import actions_of
from sicp.views.office.knowledge.offer import parts_of
from sicp.views.office.knowledge.offer import show_actions
from sicp.views.office.knowledge.wording import kind_title
from sicp.views.office.knowledge.wording import permanent_url
from sicp.views.office.tree import folder_nodes
from sicp.views.shared import display
from sicp.views.shared.components import Card
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Term
from sicp.views.shared.layout import branch_page

_LATEST = 8
#: Articles are renewed by hundreds, and would hide what people write.
_PUBLISHED_ONE_BY_ONE = tuple(name for name in SHEET_KINDS if name != "article")
_MOST_THEMES = 24
_MOST_REVIEWS = 8


@view_config(
    context=IKnowledgeBase,
    permission=p.VIEW_KNOWLEDGE,
    renderer="templates/folder/show_base.pt",
)
def show_base(context: Any, request: Any) -> dict[str, Any]:
    """Say what the base holds, what is new, what is to be read again; or a list."""
    request.layout.show(_("module-knowledge", default="Base de connaissances"))
    show_actions(context, request)
    facets = facets_of(None, request.actor, request.site, has_below=True)
    listing = None
    if is_narrowed(request):
        listing = sheet_listing(context, request, has_below=True)
    return {
        "listing": listing,
        "own": None if listing else _own_listing(context, request),
        "total": facets.total,
        "is_empty": not facets.total and not request.shelves.has_below(context),
        "empty": _empty(context, request, _EMPTY_BASE),
        "folders": _folders(context, request),
        "kinds": _kinds(context, request, facets.kinds),
        "themes": _themes(context, request, facets.themes),
        "cards": [*_review_cards(context, request), _latest_card(request)],
        "base_url": request.resource_url(context),
        "keeping": actions_of(context, request, KEEPING),
        "parts": parts_of(context, request),
    }


@view_config(
    context=IKnowledgeFolder,
    permission=p.VIEW_KNOWLEDGE,
    renderer="templates/folder/show.pt",
)
def show(context: Any, request: Any) -> Any:
    """Show a folder: what it is for, the folders below, its sheets."""
    if is_by_number(request):
        return HTTPFound(request.resource_url(context))
    request.layout.show(context.title)
    show_actions(context, request)
    has_below = bool(request.GET.get("dessous"))
    listing = sheet_listing(context, request, has_below=has_below)
    folders = _folders(context, request)
    return {
        "summary": context.summary,
        "folders": folders,
        "listing": listing,
        "has_below": has_below,
        "has_sheets": listing["facets"].total > 0 or listing["is_narrowed"],
        "is_empty": not folders and not listing["facets"].total,
        "empty": _empty(context, request, _EMPTY_FOLDER),
        "keeping": actions_of(context, request, KEEPING),
        "parts": parts_of(context, request),
        "facts": _facts(context, request),
    }


@view_config(name="branche", context=IShelf, permission=p.VIEW_KNOWLEDGE)
def branch(context: Any, request: Any) -> Any:
    """Answer with the folders in this one, for the tree."""
    return branch_page(request, folder_nodes(request, context))


def is_by_number(request: Any) -> bool:
    """Tell whether the address is the permanent one, which leads to the place."""
    return any(name.startswith(NUMBER_SIGN) for name in request.traversed)


def _folders(place: Any, request: Any) -> list[dict[str, Any]]:
    shelves = request.shelves
    return [
        {
            "title": folder.title,
            "url": request.resource_url(folder),
            "summary": folder.summary,
            "count": display.number(shelves.count(folder)),
            "is_kept": folder.readers is not None,
        }
        for folder in shelves.below(place)
    ]


def _own_listing(base: Any, request: Any) -> dict[str, Any] | None:
    """Return the list of the sheets of no folder, when there are any."""
    if not request.shelves.sheets_in(base.__oid__):
        return None
    return sheet_listing(base, request, has_below=False)


def _kinds(base: Any, request: Any, counts: Any) -> list[Term]:
    counted = dict(counts)
    return [
        Term(
            kind.plural,
            display.number(counted[name]),
            url=request.resource_url(base, query={"sorte": name}),
        )
        for name, kind in SHEET_KINDS.items()
        if counted.get(name)
    ]


def _themes(base: Any, request: Any, counts: Any) -> list[Term]:
    return [
        Term(
            theme_title(request.site, request.shelves.tokens, theme),
            display.number(count),
            url=request.resource_url(base, query={"theme": theme}),
        )
        for theme, count in counts[:_MOST_THEMES]
    ]


def _latest_card(request: Any) -> Card:
    wanted = WantedSheets(
        kinds=_PUBLISHED_ONE_BY_ONE,
        states=("published",),
        order="published",
        is_descending=True,
        size=_LATEST,
    )
    page = list_sheets(None, wanted, request.actor, request.site)
    return Card(
        _("knowledge-latest", default="Dernières publications"),
        terms=[
            Term(
                sheet.title,
                f"{request.layout.say(kind_title(sheet))} · {sheet.__parent__.title}",
                url=request.resource_url(sheet),
                note=request.layout.relative_day(sheet.current.at, request.today),
            )
            for sheet in page.sheets
        ],
        empty=_("knowledge-latest-none", default="Rien n’est encore publié."),
    )


def _review_cards(base: Any, request: Any) -> list[Card]:
    """Show the sheets to read again to who answers for them or publishes."""
    is_publisher = may(request.actor, p.PUBLISH_KNOWLEDGE, base)
    owner = "" if is_publisher else request.actor.login
    due = sheets_to_review(
        request.site, request.actor, request.today, owner, _MOST_REVIEWS
    )
    if not due.total:
        return []
    title = _("knowledge-to-review", default="Fiches à relire")
    terms = [
        Term(
            sheet.title,
            kind_title(sheet),
            url=request.resource_url(sheet),
            note=request.layout.relative_day(sheet.review_on, request.today),
        )
        for sheet in due.sheets
    ]
    return [Card(title, terms=terms, count=due.total)]


def _facts(folder: Any, request: Any) -> list[Term]:
    terms = []
    if folder.readers is not None:
        objectmap = request.site.__objectmap__
        readers = (objectmap.object_for(number) for number in folder.readers)
        named = " ; ".join(e.full_title() for e in readers if e is not None)
        nobody = request.layout.say(_("nobody", default="Aucun"))
        terms.append(
            Term(_("folder-readers", default="Réservé aux agents de"), named or nobody)
        )
    terms.append(
        Term(
            _("permanent-address", default="Adresse permanente"),
            f"~{folder.__oid__}",
            url=permanent_url(request, folder),
        )
    )
    return terms


def _empty(place: Any, request: Any, empty: EmptyState) -> EmptyState:
    main = actions_of(place, request, PRIMARY)
    return EmptyState(empty.title, empty.text, main[0] if main else None)


_EMPTY_BASE = EmptyState(
    _("knowledge-empty", default="La base de connaissances est vide."),
    _(
        "knowledge-empty-text",
        default="Elle garde les textes officiels, les fiches pratiques, la "
        "jurisprudence, les modèles et les formulaires, dans des dossiers.",
    ),
)
_EMPTY_FOLDER = EmptyState(
    _("knowledge-folder-empty", default="Ce dossier est vide."),
    _(
        "knowledge-folder-empty-text",
        default="Les fiches et les dossiers que l’on y range paraissent ici.",
    ),
)
