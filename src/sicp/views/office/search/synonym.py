"""The synonyms of the trade: the list of their groups, and one group."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.operations.knowledge.synonym import MOST_EXPRESSIONS
from sicp.operations.knowledge.synonym import SynonymGroup
from sicp.operations.knowledge.synonym import add_synonyms
from sicp.operations.knowledge.synonym import change_synonyms
from sicp.operations.knowledge.synonym import load_synonyms
from sicp.operations.knowledge.synonym import missing_groups
from sicp.operations.knowledge.synonym import remove_synonyms
from sicp.operations.knowledge.synonym import require_group
from sicp.operations.knowledge.synonym import synonym_groups
from sicp.views.office.forms import attempt
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import HiddenControl
from sicp.views.shared.forms import LongTextControl
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash

_LONGEST = 1_200
_LONGEST_KEY = 120
_NEW = "nouveau"
_TITLE = _("synonyms", default="Synonymes du métier")


@view_config(
    name="synonymes",
    context=IKnowledgeBase,
    permission=p.MANAGE_KNOWLEDGE,
    renderer="templates/synonym/show_all.pt",
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """List the groups, by their first expression."""
    request.layout.show(_TITLE)
    request.layout.actions = [
        Action(
            _("unanswered-link", default="Recherches sans réponse"),
            request.resource_url(context, "sans-reponse"),
        )
    ]
    request.layout.primary_action = Action(
        _("synonyms-new", default="Ajouter un groupe"), _url(context, request, _NEW)
    )
    missing = missing_groups(request.site)
    return {
        "groups": [_line(context, request, g) for g in synonym_groups(request.site)],
        "missing": len(missing),
        "load": Action(
            _("synonyms-load", default="Ajouter les groupes livrés"),
            request.resource_url(context, "synonymes-livres"),
            method="post",
        ),
    }


@view_config(
    name="synonymes",
    context=IKnowledgeBase,
    permission=p.MANAGE_KNOWLEDGE,
    request_param="groupe",
    renderer="templates/synonym/edit.pt",
)
def edit(context: Any, request: Any) -> Any:
    """Add a group, or write one anew."""
    key = request.GET.get("groupe", "")[:_LONGEST_KEY]
    is_new = key == _NEW
    try:
        group = SynonymGroup("", ()) if is_new else require_group(request.site, key)
    except StateError as error:
        flash(request, error.message, "warning")
        return HTTPSeeOther(request.resource_url(context, "synonymes"))
    request.layout.show(
        _("synonyms-new", default="Ajouter un groupe") if is_new else group.title
    )
    form = _form(request, group)
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and _saved(request, form, group, values):
            flash(
                request, _("synonyms-saved", default="Les synonymes sont enregistrés.")
            )
            return HTTPSeeOther(request.resource_url(context, "synonymes"))
    return {
        "form": form.render(),
        "back_url": request.resource_url(context, "synonymes"),
        "remove": None if is_new else _removal(context, request, group),
    }


@view_config(
    name="synonymes-livres",
    context=IKnowledgeBase,
    permission=p.MANAGE_KNOWLEDGE,
    request_method="POST",
)
def load(context: Any, request: Any) -> Any:
    """Bring in the shipped groups that the site lacks."""
    count = load_synonyms(
        request.site,
        actor=request.actor,
        now=request.now,
        registry=request.registry,
    )
    said = _(
        "synonyms-loaded",
        default="Groupes ajoutés : ${count}.",
        mapping={"count": count},
    )
    flash(request, said)
    return HTTPSeeOther(request.resource_url(context, "synonymes"))


@view_config(
    name="retirer-synonymes",
    context=IKnowledgeBase,
    permission=p.MANAGE_KNOWLEDGE,
    request_method="POST",
)
def remove(context: Any, request: Any) -> Any:
    """Take a group away."""
    key = request.POST.get("groupe", "")[:_LONGEST_KEY]
    remove_synonyms(
        request.site,
        key,
        actor=request.actor,
        now=request.now,
        registry=request.registry,
    )
    flash(request, _("synonyms-removed", default="Le groupe est retiré."))
    return HTTPSeeOther(request.resource_url(context, "synonymes"))


def _line(context: Any, request: Any, group: SynonymGroup) -> dict[str, Any]:
    first, *others = group.expressions
    return {
        "first": first,
        "others": others,
        "title": group.title,
        "url": _url(context, request, group.key),
    }


def _url(context: Any, request: Any, key: str) -> str:
    return request.resource_url(context, "synonymes", query={"groupe": key})


def _removal(context: Any, request: Any, group: SynonymGroup) -> Action:
    return Action(
        _("synonyms-remove", default="Retirer ce groupe"),
        request.resource_url(context, "retirer-synonymes"),
        method="post",
        confirm=request.layout.say(
            _(
                "synonyms-remove-confirm",
                default="Ces expressions ne seront plus cherchées l’une pour l’autre. "
                "Retirer le groupe ?",
            )
        ),
        is_dangerous=True,
        fields={"groupe": group.key},
    )


def _saved(request: Any, form: Form, group: SynonymGroup, values: Any) -> bool:
    typed = values["expressions"].splitlines()
    if not group.key:
        return bool(attempt(request, form, add_synonyms, request.site, typed))
    before = values["before"].splitlines()
    changed = attempt(
        request, form, change_synonyms, request.site, group.key, typed, before
    )
    return bool(changed)


def _form(request: Any, group: SynonymGroup) -> Form:
    expressions = colander.SchemaNode(
        Text(_LONGEST, has_lines=True),
        name="expressions",
        title=_("synonyms-expressions", default="Expressions de même sens"),
        description=_(
            "synonyms-expressions-help",
            default="Une par ligne, de 2 à ${count} : le sigle, puis sa forme longue. "
            "Chercher l’une trouvera les autres : n’écrivez que de vrais synonymes.",
            mapping={"count": MOST_EXPRESSIONS},
        ),
        widget=LongTextControl(lines=6),
    )
    before = colander.SchemaNode(
        Text(_LONGEST, has_lines=True),
        name="before",
        widget=HiddenControl(),
        missing="",
    )
    known = "\n".join(group.expressions)
    suggested = request.GET.get("expression", "")[:_LONGEST].replace("\x00", "")
    return Form(
        colander.SchemaNode(colander.Mapping(), expressions, before),
        request,
        appstruct={"expressions": known or suggested or None, "before": known},
        buttons=[Button("save", _("save", default="Enregistrer"))],
    )
