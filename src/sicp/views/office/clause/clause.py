"""The clause library (« clausier »), to read: families, themes, clauses."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config
from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.clause import IClause
from sicp.interfaces.clause import IClauseFolder
from sicp.interfaces.clause import IClauseLibrary
from sicp.operations.clause import clauses_of
from sicp.operations.clause.discussion import reopen_comment
from sicp.operations.clause.discussion import resolve_comment
from sicp.operations.clause.library import plain_title
from sicp.operations.clause.proposal import proposals_on
from sicp.operations.document.reading import canevas_calling
from sicp.operations.document.reading import read_clause
from sicp.operations.user.right import may
from sicp.views.office.clause.discussion import Forms
from sicp.views.office.clause.discussion import discussion_of
from sicp.views.office.clause.discussion import post_answer
from sicp.views.office.clause.discussion import post_comment
from sicp.views.office.clause.discussion import post_settling
from sicp.views.office.clause.opening import clause_actions
from sicp.views.office.clause.opening import creation_actions
from sicp.views.office.clause.usage import usage_panel
from sicp.views.office.clause.version import restore_url
from sicp.views.office.clause.version import standing_terms
from sicp.views.office.clause.version import version_choice
from sicp.views.office.clause.wording import PROPOSAL_KINDS
from sicp.views.office.clause.wording import proposal_badge
from sicp.views.office.help import clause_helps
from sicp.views.office.wording import CLAUSE_KINDS
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.forms.field_view import law_line
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import Crumb

_LONGEST_SEARCH = 100
_TONES = {
    "compulsory": "neutral",
    "optional": "info",
    "alternative": "progress",
    "free": "warning",
}


@view_config(
    context=IClauseLibrary,
    permission=p.VIEW_LIBRARY,
    renderer="templates/clause/show_library.pt",
)
def show_library(context: Any, request: Any) -> dict[str, Any]:
    """Show the families and themes, or the clauses that hold the words asked."""
    request.layout.show(_("clause-library", default="Clausier"))
    request.layout.actions = [
        Action(
            _("clause-usages", default="Usage des clauses"),
            request.resource_url(context, "usages"),
        ),
        *creation_actions(context, request),
    ]
    words = request.GET.get("q", "").strip()[:_LONGEST_SEARCH]
    return {
        "families": [_folder(family, request) for family in _folders(context)],
        "count": sum(1 for _clause in clauses_of(context)),
        "words": words,
        "found": _search(context, request, words) if words else [],
        "search_url": request.resource_url(context),
    }


@view_config(
    context=IClauseFolder,
    permission=p.VIEW_LIBRARY,
    renderer="templates/clause/show_folder.pt",
)
def show_folder(context: Any, request: Any) -> dict[str, Any]:
    """Show the clauses of a family, theme by theme, or those of one theme."""
    request.layout.show(context.title)
    request.layout.actions = creation_actions(context, request)
    themes = _folders(context) or [context]
    return {
        "themes": [
            {
                "name": theme.__name__,
                "title": theme.title,
                "clauses": [
                    _reading(clause, request)
                    for clause in theme.values()
                    if IClause.providedBy(clause)
                ],
            }
            for theme in themes
        ],
    }


@view_config(
    context=IClause, permission=p.VIEW_LIBRARY, renderer="templates/clause/show.pt"
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show a clause whole, in its latest version or in the one asked."""
    return _page(context, request)


@view_config(
    name="commentaire",
    context=IClause,
    permission=p.VIEW_LIBRARY,
    request_method="POST",
    renderer="templates/clause/show.pt",
)
def comment(context: Any, request: Any) -> Any:
    """Say something of the clause, of a property or of a passage."""
    return post_comment(context, request, _page)


@view_config(
    name="reponse",
    context=IClause,
    permission=p.VIEW_LIBRARY,
    request_method="POST",
    renderer="templates/clause/show.pt",
)
def answer(context: Any, request: Any) -> Any:
    """Answer a comment."""
    return post_answer(context, request, _page)


@view_config(
    name="traiter", context=IClause, permission=p.VIEW_LIBRARY, request_method="POST"
)
def resolve(context: Any, request: Any) -> Any:
    """Say that a comment was dealt with."""
    return post_settling(context, request, resolve_comment)


@view_config(
    name="rouvrir", context=IClause, permission=p.VIEW_LIBRARY, request_method="POST"
)
def reopen(context: Any, request: Any) -> Any:
    """Say that a comment is still to be dealt with."""
    return post_settling(context, request, reopen_comment)


def _page(context: Any, request: Any, refused: Forms | None = None) -> dict[str, Any]:
    """Say all there is of a clause; ``refused`` are the forms to show again."""
    version = _version(context, request)
    told = _reading(context, request, version)
    title = told["reading"].title
    # A title that holds variables is told without their names, in the way here too.
    way = [*request.layout.breadcrumb[:-1], Crumb(title)]
    request.layout.show(title, badge=told["badge"], breadcrumb=way)
    request.layout.actions = clause_actions(context, request)
    site = find_objectmap(context).root
    return {
        **told,
        "current": context.current,
        "version": version,
        "versions": [_version_line(context, request, v) for v in context.versions],
        "used_by": [
            (template.title, request.resource_url(template))
            for template in canevas_calling(site, context.clause_id)
        ],
        "group": _group(context, request, told["reading"].clause.group),
        "proposals": _proposals(context, request),
        "standing": standing_terms(context, request, told["reading"].clause),
        "choice": version_choice(context, request),
        "restore_url": restore_url(context, request),
        "used": usage_panel(context, request),
        "helps": clause_helps(request, [context.clause_id]).get(context.clause_id),
        **_discussion(context, request, version, told["reading"], refused),
    }


def _discussion(
    clause: Any, request: Any, version: Any, reading: Any, refused: Forms | None
) -> dict[str, Any]:
    """Say what was said of a clause; an older version is only read."""
    if version is not clause.current:
        rows = [{"blocks": [block], "threads": []} for block in reading.blocks]
        return {"rows": rows, "comment_form": ""}
    return discussion_of(clause, request, reading, refused)


def _folders(place: Any) -> list[Any]:
    found = [child for child in place.values() if IClauseFolder.providedBy(child)]
    return sorted(found, key=lambda folder: folder.title.casefold())


def _folder(family: Any, request: Any) -> dict[str, Any]:
    return {
        "title": family.title,
        "url": request.resource_url(family),
        "count": sum(1 for _clause in clauses_of(family)),
        "themes": [
            {
                "title": theme.title,
                "url": request.resource_url(theme),
                "count": sum(1 for _clause in clauses_of(theme)),
            }
            for theme in _folders(family)
        ],
    }


def _reading(clause: Any, request: Any, version: Any = None) -> dict[str, Any]:
    reading = read_clause(clause, request.today, version)
    kind = reading.clause.kind.value
    return {
        "reading": reading,
        "url": request.resource_url(clause),
        "badge": Badge(CLAUSE_KINDS[kind], _TONES[kind]),
        "law": law_line(reading.clause.legal_basis),
    }


def _search(library: Any, request: Any, words: str) -> list[dict[str, Any]]:
    wanted = words.casefold().split()
    return [
        _reading(clause, request)
        for clause in clauses_of(library)
        if all(word in _text(clause) for word in wanted)
    ]


def _text(clause: Any) -> str:
    data = clause.current.data
    said = (clause.clause_id, data["title"], data.get("text", ""))
    return " ".join((*said, *data.get("legal_basis", ()))).casefold()


def _version(clause: Any, request: Any) -> Any:
    said = request.GET.get("version", "")
    if not said:
        return clause.current
    found = next((v for v in clause.versions if str(v.number) == said), None)
    if found is None:
        raise HTTPNotFound
    return found


def _version_line(clause: Any, request: Any, version: Any) -> dict[str, Any]:
    return {
        "number": version.number,
        "url": request.resource_url(clause, query={"version": version.number}),
        "at": display.moment(version.written_at),
        "by": person(request, version.written_by),
        "from": display.day(version.in_force_from) if version.in_force_from else "",
    }


def _proposals(clause: Any, request: Any) -> list[dict[str, Any]]:
    """Tell what was proposed of a clause, and how much was said of it."""
    site = find_objectmap(clause).root
    if not may(request.actor, p.VIEW_PROPOSALS, site["propositions"]):
        return []
    return [
        {
            "title": PROPOSAL_KINDS[proposal.kind],
            "url": request.resource_url(proposal),
            "badge": proposal_badge(proposal),
            "at": display.day(proposal.created_at),
            "comments": len(proposal.comments),
        }
        for proposal in proposals_on(site, clause.clause_id)
    ]


def _group(clause: Any, request: Any, group: str) -> list[tuple[str, str]]:
    """Name the other clauses of which one only is kept."""
    if not group:
        return []
    library = find_objectmap(clause).root["clausier"]
    return [
        (plain_title(other.title), request.resource_url(other))
        for other in clauses_of(library)
        if other is not clause and other.current.data.get("group") == group
    ]
