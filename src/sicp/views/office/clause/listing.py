"""The proposals of the committee, by where they stand."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.clause import IProposals
from sicp.operations.clause.comparison import place_titles
from sicp.operations.clause.library import plain_title
from sicp.operations.clause.proposal import proposal_state
from sicp.operations.user.right import may
from sicp.views.office.clause.committee import outcome_now
from sicp.views.office.clause.wording import PROPOSAL_KINDS
from sicp.views.office.clause.wording import proposal_badge
from sicp.views.office.forms import page_asked
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Pager
from sicp.views.shared.components import Row
from sicp.views.shared.components import Tab
from sicp.views.shared.components import Table
from sicp.views.shared.components import sortable
from sicp.views.shared.layout import Action

_PAGE_SIZE = 50
_LONGEST_SEARCH = 100
#: The tabs: name in the address, title, states.
_TABS = (
    ("redaction", _("proposals-draft", default="En rédaction"), ("draft",)),
    ("examen", _("proposals-review", default="En examen"), ("review",)),
    ("adoptees", _("proposals-adopted", default="Adoptées"), ("adopted",)),
    (
        "closes",
        _("proposals-closed", default="Closes"),
        ("in_force", "refused", "withdrawn"),
    ),
)
#: What is looked at first, when there is any: what waits for the members.
_FIRST = ("examen", "redaction", "adoptees")
_COLUMNS = (
    Column("titre", _("column-clause", default="Clause")),
    Column("nature", _("column-proposal-kind", default="Demande")),
    Column("auteur", _("column-proposal-by", default="Proposée par")),
    Column("depuis", _("column-since", default="Depuis le"), is_short=True),
    Column("votes", _("column-votes", default="Votes"), is_short=True),
)
_SINCE = {
    "draft": lambda item: item.created_at,
    "review": lambda item: item.submitted_at,
    "adopted": lambda item: item.modified_at,
}


@view_config(
    context=IProposals,
    permission=p.VIEW_PROPOSALS,
    renderer="templates/listing/show_all.pt",
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """List the proposals of one tab."""
    request.layout.show(_("proposals", default="Propositions du comité"))
    request.layout.actions = [
        Action(
            _("committee-rules-link", default="Règles du comité"),
            request.resource_url(context, "regles"),
        )
    ]
    if may(request.actor, p.EDIT_LIBRARY, context):
        request.layout.primary_action = Action(
            _("proposal-new", default="Proposer une clause"),
            request.resource_url(context, "nouvelle"),
        )
    by_tab = _by_tab(context)
    current = _current(request, by_tab)
    wanted = _wanted(request)
    found = [item for item in by_tab[current] if _answers(item, wanted)]
    return {
        "tabs": _tabs(context, request, by_tab, current),
        "table": _table(request, _sorted(request, found), bool(by_tab[current])),
        "current": current,
        "wanted": wanted,
        "sort": request.GET.get("sort", "")[:_LONGEST_SEARCH],
        "kinds": list(PROPOSAL_KINDS.items()),
        "authors": _authors(request, by_tab[current]),
        "clear_url": request.resource_url(context, query={"etat": current}),
    }


def _by_tab(context: Any) -> dict[str, list[Any]]:
    states = {state: name for name, _title, held in _TABS for state in held}
    found: dict[str, list[Any]] = {name: [] for name, _title, _held in _TABS}
    for proposal in context.values():
        found[states[proposal_state(proposal)]].append(proposal)
    return found


def _current(request: Any, by_tab: dict[str, list[Any]]) -> str:
    asked = request.GET.get("etat", "")
    if asked in by_tab:
        return asked
    return next((name for name in _FIRST if by_tab[name]), _TABS[0][0])


def _tabs(
    context: Any, request: Any, by_tab: dict[str, list[Any]], current: str
) -> list[Tab]:
    return [
        Tab(
            title,
            request.resource_url(context, query={"etat": name}),
            name == current,
            len(by_tab[name]),
        )
        for name, title, _held in _TABS
    ]


def _wanted(request: Any) -> dict[str, str]:
    names = ("texte", "demande", "auteur")
    return {name: request.GET.get(name, "").strip()[:_LONGEST_SEARCH] for name in names}


def _answers(proposal: Any, wanted: dict[str, str]) -> bool:
    title = proposal.title.casefold()
    return (
        all(word in title for word in wanted["texte"].casefold().split())
        and wanted["demande"] in {"", proposal.kind}
        and wanted["auteur"] in {"", proposal.created_by}
    )


def _authors(request: Any, proposals: list[Any]) -> list[tuple[str, str]]:
    logins = {item.created_by for item in proposals}
    named = [(login, person(request, login)) for login in logins]
    return sorted(named, key=lambda pair: pair[1].casefold())


def since(proposal: Any) -> datetime:
    """Return since when a proposal is where it is."""
    find = _SINCE.get(proposal_state(proposal))
    at = find(proposal) if find is not None else proposal.settled_at
    return at or proposal.created_at


def _sorted(request: Any, proposals: list[Any]) -> list[Any]:
    orders: dict[str, Callable[[Any], Any]] = {
        "titre": lambda item: item.title.casefold(),
        "nature": lambda item: item.kind,
        "auteur": lambda item: person(request, item.created_by).casefold(),
        "depuis": since,
        "votes": lambda item: len(item.votes),
    }
    asked = request.GET.get("sort", "-depuis")
    order = orders.get(asked.removeprefix("-"), since)
    return sorted(proposals, key=order, reverse=asked.startswith("-"))


def _table(request: Any, proposals: list[Any], has_some: bool) -> Table:  # noqa: FBT001
    page = page_asked(request, _PAGE_SIZE, len(proposals))
    start = (page - 1) * _PAGE_SIZE
    shown = proposals[start : start + _PAGE_SIZE]
    return Table(
        _("proposals", default="Propositions du comité"),
        sortable(request, _COLUMNS),
        [_row(request, proposal) for proposal in shown],
        empty=_EMPTY_FILTER if has_some else _EMPTY,
        pager=Pager.of(request, page, _PAGE_SIZE, len(proposals)),
    )


def _row(request: Any, proposal: Any) -> Row:
    at = since(proposal)
    say = request.layout.say
    place = " – ".join(filter(None, place_titles(request.site, proposal.data)))
    return Row(
        (
            Cell(
                plain_title(proposal.title), request.resource_url(proposal), note=place
            ),
            Cell(say(PROPOSAL_KINDS[proposal.kind])),
            Cell(person(request, proposal.created_by)),
            Cell(display.day(at), note=request.layout.relative_day(at, request.today)),
            _votes(proposal, say),
        ),
        name=proposal.title,
    )


def _votes(proposal: Any, say: Callable[[str], str]) -> Cell:
    """Say the votes received and needed; of a settled proposal, how it ended."""
    state = proposal_state(proposal)
    if state in {"in_force", "refused", "withdrawn"}:
        return Cell(badge=proposal_badge(proposal))
    if state == "draft":
        return Cell(display.NOTHING)
    outcome = outcome_now(proposal)
    received = outcome.votes_for + outcome.votes_against + outcome.abstentions
    said = _(
        "votes-received",
        default="${received} sur ${electors}",
        mapping={"received": received, "electors": outcome.electors},
    )
    needed = _(
        "votes-needed", default="quorum : ${quorum}", mapping={"quorum": outcome.quorum}
    )
    return Cell(say(said), note=say(needed))


_EMPTY = EmptyState(
    _("proposals-empty", default="Aucune proposition ici."),
    _(
        "proposals-empty-text",
        default="Une proposition est écrite, soumise au comité, votée, puis publiée "
        "avec le clausier.",
    ),
)
_EMPTY_FILTER = EmptyState(
    _("proposals-none-found", default="Aucune proposition ne répond à ces choix.")
)
