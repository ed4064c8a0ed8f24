"""One node of a plan: its title, condition and level; and what is added beside it."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPNotFound
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import DomainError
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.clause import IClauseFolder
from sicp.interfaces.template import ITemplate
from sicp.operations.clause import clause_called
from sicp.operations.clause.library import plain_title
from sicp.operations.clause.proposal import open_proposal
from sicp.operations.clause.release import adopted_clauses
from sicp.operations.document.plan import excerpt
from sicp.operations.document.plan import find_clauses
from sicp.operations.document.plan import read_plan
from sicp.operations.template import node as acts
from sicp.operations.template.editing import edit_plan
from sicp.operations.template.editing import plan_of
from sicp.views.office.forms import number_of
from sicp.views.office.forms import page_asked
from sicp.views.office.template.editing import NODE_KINDS
from sicp.views.office.template.editing import STATES
from sicp.views.office.template.editing import do
from sicp.views.office.template.editing import title_of
from sicp.views.office.template.properties import condition_control
from sicp.views.office.template.template import heading
from sicp.views.office.wording import CLAUSE_KINDS
from sicp.views.shared import display
from sicp.views.shared.components import Pager
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import Condition
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import YesNo
from sicp.views.shared.forms import rearranged
from sicp.views.shared.forms import revision_node
from sicp.views.shared.forms import validate
from sicp.views.shared.forms.types import FORBIDDEN
from sicp.views.shared.forms.types import FORBIDDEN_CHARACTERS
from sicp.views.shared.layout import flash

_LEVELS = 6
_LONGEST_SEARCH = 100
_PAGE_SIZE = 20
_CONFLICT = 409


@view_config(
    name="element",
    context=ITemplate,
    permission=p.EDIT_LIBRARY,
    renderer="templates/node/edit.pt",
)
def edit(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Show what a canevas says of one node, and change it."""
    key = request.GET.get("cle", "")
    tabs = heading(context, request, "modifier")
    node = read_plan(context, request.today).node(key)
    stored = plan_of(context).tree.node(key)
    if node is None or stored is None:
        raise HTTPNotFound
    form = _form(request, node, stored.properties, context.revision)
    if request.method == "POST" and _save(context, request, form, key):
        told = _(
            "plan-changed",
            default="« ${title} » est enregistré.",
            mapping={"title": title_of(node, request)},
        )
        flash(request, told)
        return HTTPSeeOther(_back(context, request, key))
    clause = _read_at(request.site, key) if node.kind == "clause" else None
    return {
        "tabs": tabs,
        "form": form.render(),
        "node": node,
        "title": title_of(node, request),
        "kind": NODE_KINDS[node.kind],
        "state": STATES.get(node.state, ""),
        "clause_kind": CLAUSE_KINDS[node.clause.kind.value] if node.clause else "",
        "clause_url": request.resource_url(clause) if clause is not None else "",
        "back": _back(context, request, key),
    }


@view_config(
    name="ajouter",
    context=ITemplate,
    permission=p.EDIT_LIBRARY,
    renderer="templates/node/add.pt",
)
def add(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Find a clause of the clausier, or open an article, and place it."""
    place, key = request.GET.get("place", "into"), request.GET.get("cle", "")
    error = ""
    if request.method == "POST":
        try:
            refused = _add(context, request, place, key)
        except InvalidInputError as refusal:
            error = refusal.message
            request.response.status_int = 422
        else:
            if refused is None:
                return HTTPSeeOther(_back(context, request, key))
            error = refused["conflict"]["message"]
    return _adding_page(context, request, place, key, error)


def _adding_page(
    context: Any,  # noqa: ANN401
    request: Any,  # noqa: ANN401
    place: str,
    key: str,
    error: str,
) -> dict[str, Any]:
    plan = read_plan(context, request.today)
    node = plan.node(key)
    if key and node is None:
        raise HTTPNotFound
    typed = request.POST.get("title", "")
    words = request.GET.get("q", "").strip()[:_LONGEST_SEARCH]
    family = request.GET.get("famille", "")
    called = {item.key for item in plan.walk()}
    to_come = {clause.id for clause in adopted_clauses(request.site)}
    found = find_clauses(request.site, request.today, words, family)
    page = page_asked(request, _PAGE_SIZE, len(found))
    start = (page - 1) * _PAGE_SIZE
    return {
        "tabs": heading(context, request, "modifier"),
        "plain_title": plain_title,
        "excerpt": excerpt,
        "place": place,
        "key": key,
        "node": node,
        "node_title": title_of(node, request) if node else "",
        "words": words,
        "family": family,
        "families": sorted(
            (
                (name, folder.title)
                for name, folder in request.site["clausier"].items()
                if IClauseFolder.providedBy(folder)
            ),
            key=lambda pair: pair[1],
        ),
        "found": [
            (clause, clause.id in called, clause.id in to_come)
            for clause in found[start : start + _PAGE_SIZE]
        ],
        "count": display.number(len(found)),
        "pager": Pager.of(request, page, _PAGE_SIZE, len(found)),
        "is_asked": bool(words or family),
        "clause_kinds": CLAUSE_KINDS,
        "has_derogations": plan.node("derogations") is not None,
        "revision": context.revision,
        "url": request.resource_url(
            context, "ajouter", query={"place": place, "cle": key}
        ),
        "search_url": request.resource_url(context, "ajouter"),
        "back": _back(context, request, key),
        "error": error,
        "typed": FORBIDDEN_CHARACTERS.sub("", typed)[: acts.LONGEST_TITLE],
    }


def _read_at(site: Any, clause_id: str) -> Any:  # noqa: ANN401
    """Return where a clause is read: in the clausier, or as it is proposed."""
    return clause_called(site, clause_id) or open_proposal(site, clause_id)


def _add(context: Any, request: Any, place: str, key: str) -> Any:  # noqa: ANN401
    sent = request.POST
    before = {node.key for node in read_plan(context, request.today).walk()}
    if "clause" in sent:
        name = sent["clause"]
        if not find_clauses(request.site, request.today, "", "", name):
            raise InvalidInputError(
                _(
                    "clause-not-in-library",
                    default="Cette clause n’est pas au clausier.",
                )
            )
        act: Any = acts.AddClause(name, place, key)
    elif "derogations" in sent:
        act = acts.AddDerogations(place, key)
    else:
        title = sent.get("title", "")
        if FORBIDDEN_CHARACTERS.search(title):
            raise InvalidInputError(FORBIDDEN)
        act = acts.AddHeading(title, place, key)
    refused = do(context, request, edit_plan, act)
    if refused is None:
        plan = read_plan(context, request.today)
        new = next(node for node in plan.walk() if node.key not in before)
        told = _(
            "plan-added",
            default="« ${title} » est ajouté.",
            mapping={"title": title_of(new, request)},
        )
        flash(request, told)
    return refused


def _save(context: Any, request: Any, form: Form, key: str) -> bool:  # noqa: ANN401
    values = validate(form, request.POST)
    if rearranged(form) or values is None:
        return False
    revision = values.pop("revision")
    told = {name: values[name] for name in values if name != "level"}
    if "level" in values:
        told["level"] = number_of(values["level"])
    if "numbered" in told:
        told["numbered"] = told["numbered"] is not False
    try:
        edit_plan(
            context,
            acts.Change(key, told),
            revision=-1 if revision is None else revision,
            actor=request.actor,
            now=request.now,
            registry=request.registry,
        )
    except EditConflictError as error:
        _tell_conflict(form, error, context)
        return False
    except DomainError as error:
        form.refuse(error.message, error.field)
        return False
    return True


def _tell_conflict(form: Form, error: EditConflictError, context: Any) -> None:  # noqa: ANN401
    """Keep what was typed, and let it be saved again by who has read what changed."""
    form.refuse(
        _(
            "plan-conflict-form",
            default="${said} Ce que vous avez saisi est gardé ci-dessous : comparez "
            "avec le plan à jour, puis enregistrez de nouveau.",
            mapping={"said": form.say(error.message)},
        )
    )
    form["revision"].cstruct = str(context.revision)
    form.request.response.status_int = _CONFLICT


def _form(
    request: Any,  # noqa: ANN401
    node: Any,  # noqa: ANN401
    properties: Any,  # noqa: ANN401
    revision: int,
) -> Form:
    schema = colander.SchemaNode(colander.Mapping())
    if node.kind != "clause":
        schema.add(_title_node(is_needed=node.kind == "derogations"))
    schema.add(
        colander.SchemaNode(
            Condition(),
            name="condition",
            title=_("plan-condition", default="Présent quand"),
            description=_(
                "plan-condition-help",
                default="Sans condition, l’élément est toujours présent.",
            ),
            widget=condition_control(request.today),
            missing=None,
        )
    )
    if node.kind == "clause":
        schema.add(_level_node())
    elif node.kind != "derogations":
        schema.add(_numbered_node())
    schema.add(revision_node())
    known = {
        "title": properties.get("title"),
        "condition": properties.get("condition"),
        "level": str(properties.get("level") or ""),
        "numbered": node.is_numbered,
        "revision": revision,
    }
    names = {child.name for child in schema}
    appstruct = {name: value for name, value in known.items() if name in names}
    save = Button("save", _("save", default="Enregistrer"))
    return Form(schema, request, appstruct=appstruct, buttons=[save])


def _title_node(*, is_needed: bool) -> Any:  # noqa: ANN401
    optional = {} if is_needed else {"missing": None}
    return colander.SchemaNode(
        Text(acts.LONGEST_TITLE),
        name="title",
        title=_("plan-title", default="Titre"),
        description=""
        if is_needed
        else _(
            "plan-title-help",
            default="Sans titre, l’article ne fait que regrouper ce qu’il contient.",
        ),
        **optional,
    )


def _level_node() -> Any:  # noqa: ANN401
    levels = [Option(str(number), str(number)) for number in range(1, _LEVELS + 1)]
    return colander.SchemaNode(
        Text(),
        name="level",
        title=_("plan-level", default="Niveau du titre de la clause"),
        description=_(
            "plan-level-help",
            default="Sans réponse, le niveau est celui de sa place ; 1 en fait un "
            "« Article ».",
        ),
        widget=ChoiceControl(options=tuple(levels)),
        missing=None,
    )


def _numbered_node() -> Any:  # noqa: ANN401
    return colander.SchemaNode(
        YesNo(),
        name="numbered",
        title=_("plan-numbered", default="Titre numéroté"),
        missing=None,
    )


def _back(context: Any, request: Any, key: str) -> str:  # noqa: ANN401
    anchor = f"node-{key}" if key else "plan"
    return request.resource_url(context, "modifier", anchor=anchor)
