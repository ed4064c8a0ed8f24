"""How the pages of the clausier and of its committee say things in French."""

from typing import Any

from sicp.content_types.clause import AMENDMENT
from sicp.content_types.clause import CREATION
from sicp.content_types.clause import RETIREMENT
from sicp.i18n import _
from sicp.operations.clause.discussion import TEXT
from sicp.operations.clause.proposal import proposal_state
from sicp.rules.committee_vote import ABSOLUTE
from sicp.rules.committee_vote import ABSTAIN
from sicp.rules.committee_vote import AGAINST
from sicp.rules.committee_vote import FOR
from sicp.rules.committee_vote import SIMPLE
from sicp.rules.committee_vote import TWO_THIRDS
from sicp.views.shared.layout import Badge
from sicp.workflows.clause import TABLE

PROPOSAL_KINDS = {
    CREATION: _("proposal-creation", default="Clause nouvelle"),
    AMENDMENT: _("proposal-amendment", default="Modification"),
    RETIREMENT: _("proposal-retirement", default="Retrait"),
}
STATE_TITLES = {state.name: state.title for state in TABLE.states}
#: What is told to who has just brought a proposal to a state.
MOVED = {
    "draft": _("proposal-moved-draft", default="La proposition est en rédaction."),
    "review": _(
        "proposal-moved-review", default="La proposition est soumise au comité."
    ),
    "adopted": _("proposal-moved-adopted", default="La proposition est adoptée."),
    "refused": _("proposal-moved-refused", default="La proposition est refusée."),
    "withdrawn": _(
        "proposal-moved-withdrawn", default="La proposition est abandonnée."
    ),
}
VOTES = {
    FOR: _("vote-for", default="Pour"),
    AGAINST: _("vote-against", default="Contre"),
    ABSTAIN: _("vote-abstain", default="Abstention"),
}
MAJORITIES = {
    SIMPLE: _(
        "majority-simple",
        default="Majorité simple : plus de votes pour que de votes contre",
    ),
    ABSOLUTE: _(
        "majority-absolute",
        default="Majorité absolue : plus de la moitié des membres votent pour",
    ),
    TWO_THIRDS: _(
        "majority-two-thirds",
        default="Majorité des deux tiers des votes pour ou contre",
    ),
}
#: What a comment is about, beside the whole proposal.
SUBJECTS = {
    TEXT: _("about-text", default="Texte"),
    "title": _("about-title", default="Titre"),
    "kind": _("about-kind", default="Nature"),
    "condition": _("about-condition", default="Condition"),
    "variables": _("about-variables", default="Questions posées au rédacteur"),
    "legal_basis": _("about-legal-basis", default="Fondement"),
    "derogates": _("about-derogates", default="Dérogations au CCAG"),
    "note": _("about-note", default="Note au rédacteur"),
}
_TONES = {
    "draft": "info",
    "review": "progress",
    "adopted": "success",
    "in_force": "neutral",
    "refused": "danger",
    "withdrawn": "warning",
}


def proposal_badge(proposal: Any) -> Badge:
    """Show the state of a proposal."""
    state = proposal_state(proposal)
    return Badge(STATE_TITLES[state], _TONES[state])


def by(request: Any) -> dict[str, Any]:
    """Return what every operation asks for."""
    return {"actor": request.actor, "now": request.now, "registry": request.registry}


def typed(request: Any, name: str, longest: int = 20_000) -> str:
    """Return a text that was posted, whatever was sent under its name."""
    value = request.POST.get(name, "")
    return value[:longest] if isinstance(value, str) else ""
