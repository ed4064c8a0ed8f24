"""The editor of the plan of a canevas: acts are buttons, scripts spare the wait."""

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.template import ITemplate
from sicp.operations.document.plan import PlanReading
from sicp.operations.document.plan import general_findings
from sicp.operations.document.plan import is_proof_slow
from sicp.operations.document.plan import prove_plan
from sicp.operations.document.plan import read_plan
from sicp.operations.template import node as acts
from sicp.operations.template.editing import discard_edit
from sicp.operations.template.editing import edit_plan
from sicp.operations.template.editing import undo_edit
from sicp.operations.template.version import compare_since
from sicp.views.office.forms import number_of
from sicp.views.office.template.template import heading
from sicp.views.office.wording import CLAUSE_KINDS
from sicp.views.shared.layout import flash

NODE_KINDS = {
    "part": _("plan-part", default="Article"),
    "article": _("plan-article", default="Sous-article"),
    "clause": _("plan-clause", default="Clause"),
    "derogations": _("plan-derogations", default="Liste des dérogations"),
}
UNTITLED = _("plan-untitled", default="sans titre")
STATES = {
    "own": _("plan-state-own", default="propre à ce canevas"),
    "changed": _("plan-state-changed", default="modifié"),
    "moved": _("plan-state-moved", default="déplacé"),
    "inherited": _("plan-state-inherited", default="du socle"),
}
WAYS = (
    ("up", _("plan-up", default="Monter")),
    ("down", _("plan-down", default="Descendre")),
    ("previous", _("plan-previous", default="Vers l’article précédent")),
    ("next", _("plan-next", default="Dans l’article suivant")),
    ("out", _("plan-out", default="Sortir de l’article")),
)
#: What became of a node, beside another plan.
LINE_KINDS = {
    "same": "",
    "added": _("difference-added", default="Ajouté"),
    "removed": _("difference-removed", default="Retiré"),
    "moved": _("difference-moved", default="Déplacé"),
    "changed": _("difference-changed", default="Modifié"),
}
_CONFLICT = 409
#: What a form carries beside what the person wants.
_CARRIED = frozenset({"csrf_token", "revision"})


@view_config(
    name="modifier",
    context=ITemplate,
    permission=p.EDIT_LIBRARY,
    renderer="templates/editing/show.pt",
)
def show(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Show the plan being edited, with what its proof found; do what is asked of it."""
    if request.method == "POST":
        return _act(context, request)
    return page(context, request)


def page(context: Any, request: Any) -> dict[str, Any]:  # noqa: ANN401
    """Give what the page of the plan shows."""
    tabs = heading(context, request, "modifier")
    is_apart = is_proof_slow(context) and "verification" not in request.GET
    proof = None if is_apart else prove_plan(context, request.today)
    plan = read_plan(context, request.today, proof)
    return {
        "tabs": tabs,
        "plan": plan,
        "proof": proof,
        "general": general_findings(plan, proof) if proof is not None else (),
        "proof_url": request.resource_url(
            context, "modifier", query={"verification": "1"}
        ),
        "url": request.resource_url(context, "modifier"),
        "node_url": lambda key: request.resource_url(
            context, "element", query={"cle": key}
        ),
        "add_url": lambda place, key: request.resource_url(
            context, "ajouter", query={"place": place, "cle": key}
        ),
        "heir_url": lambda heir: request.resource_url(heir, "modifier"),
        "revision": context.revision,
        "has_changes": context.working is not None,
        "can_undo": bool(context.earlier),
        "can_discard": bool(context.versions) and context.working is not None,
        "kinds": NODE_KINDS,
        "clause_kinds": CLAUSE_KINDS,
        "states": STATES,
        "ways": WAYS,
        "untitled": UNTITLED,
        "line_kinds": LINE_KINDS,
        "conflict": None,
    }


def do(
    context: Any,  # noqa: ANN401
    request: Any,  # noqa: ANN401
    operation: Callable[..., None],
    *args: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """Do ``operation`` on the canevas the person opened.

    Returns:
        None when it is done, else the page that tells what somebody else did.
    """
    revision = number_of(request.POST.get("revision"))
    try:
        operation(
            context,
            *args,
            revision=-1 if revision is None else revision,
            actor=request.actor,
            now=request.now,
            registry=request.registry,
        )
    except EditConflictError as error:
        return _conflict_page(context, request, error, revision)
    return None


def _act(context: Any, request: Any) -> Any:  # noqa: ANN401
    said = request.POST.get("do", "")
    name, _space, key = said.partition(" ")
    before = read_plan(context, request.today)
    if name == "undo":
        refused = do(context, request, undo_edit)
        told = _("plan-undone", default="La dernière modification est annulée.")
    elif name == "discard":
        refused = do(context, request, discard_edit)
        told = _(
            "plan-discarded", default="Le canevas est revenu à sa version publiée."
        )
    else:
        act = _asked(name, key, request.POST)
        refused = do(context, request, edit_plan, act)
        told = "" if refused else _told(name, act.key, before, context, request)
    if refused is not None:
        return refused
    flash(request, told)
    anchor = f"node-{key}" if key and name != "remove" else "plan"
    return HTTPSeeOther(request.resource_url(context, "modifier", anchor=anchor))


def _asked(name: str, key: str, sent: Mapping[str, str]) -> Any:  # noqa: ANN401
    """Return the act a button stands for.

    Raises:
        InvalidInputError: no button of ours posts this.
    """
    if name in dict(WAYS):
        return acts.Move(key, name)
    if name == "place":
        return acts.Place(key, sent.get("place", ""), sent.get("target", ""))
    if name == "remove":
        return acts.Remove(key)
    if name == "restore":
        return acts.Restore(key)
    raise InvalidInputError(
        _("plan-act-unknown", default="Cette action n’existe pas : relisez la page.")
    )


def _told(
    name: str,
    key: str,
    before: PlanReading,
    context: Any,  # noqa: ANN401
    request: Any,  # noqa: ANN401
) -> str:
    """Say what was done, for the eye and for the ear."""
    if name == "remove":
        node = before.node(key)
        return _(
            "plan-removed",
            default="« ${title} » est retiré. « Annuler » le fait revenir.",
            mapping={"title": title_of(node, request) if node else key},
        )
    plan = read_plan(context, request.today)
    rank, count, holder = plan.place_of(key)
    node = plan.node(key)
    mapping = {
        "title": title_of(node, request) if node else key,
        "rank": rank,
        "count": count,
        "holder": title_of(holder, request) if holder else "",
    }
    if holder is None:
        return _(
            "plan-moved-top",
            default="« ${title} » : place ${rank} sur ${count} au premier niveau.",
            mapping=mapping,
        )
    return _(
        "plan-moved",
        default="« ${title} » : place ${rank} sur ${count} dans « ${holder} ».",
        mapping=mapping,
    )


def title_of(node: Any, request: Any) -> str:  # noqa: ANN401
    """Name a node, even one without a title."""
    return node.title or request.layout.say(UNTITLED)


def _conflict_page(
    context: Any,  # noqa: ANN401
    request: Any,  # noqa: ANN401
    error: EditConflictError,
    revision: int | None,
) -> Any:  # noqa: ANN401
    """Show the plan as it is, what changed, and the act, ready to be redone."""
    shown = page(context, request)
    said = request.POST.get("do", "")
    name, _space, key = said.partition(" ")
    node = shown["plan"].node(key)
    wanted = request.layout.say(_WANTED.get(name, _WANTED[""]))
    if node is not None:
        wanted = f"{wanted} — {title_of(node, request)}"
    shown["conflict"] = {
        "message": error.message,
        "wanted": wanted,
        "fields": [
            (field, value)
            for field, value in request.POST.items()
            if field not in _CARRIED and isinstance(value, str)
        ],
        "comparison": compare_since(context, revision or 0, request.today),
        "can_redo": name in {"undo", "discard"} or node is not None,
    }
    request.response.status_int = _CONFLICT
    return shown


_WANTED = {
    **dict(WAYS),
    "place": _("plan-place", default="Déplacer"),
    "remove": _("plan-remove", default="Retirer"),
    "restore": _("plan-restore", default="Revenir au socle"),
    "undo": _("plan-undo", default="Annuler la dernière modification"),
    "discard": _("plan-discard", default="Abandonner les modifications"),
    "": _("plan-act", default="Modifier le plan"),
}
