"""What a canevas is: its title, document, phase, cover, and when it is proposed."""

from datetime import date
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import DomainError
from sicp.exceptions import EditConflictError
from sicp.i18n import _
from sicp.interfaces.template import ITemplate
from sicp.interfaces.template import ITemplateLibrary
from sicp.operations.clause.condition import condition_vocabulary
from sicp.operations.clause.condition import say_condition
from sicp.operations.clause.rich_text import Titles
from sicp.operations.template.properties import LAYOUTS
from sicp.operations.template.properties import PHASES
from sicp.operations.template.properties import create_template
from sicp.operations.template.properties import delete_template
from sicp.operations.template.properties import palette_of_cover
from sicp.operations.template.properties import write_properties
from sicp.views.office.forms import attempt
from sicp.views.office.forms import number_of
from sicp.views.office.rich_text import editor_tools
from sicp.views.office.template.cover import cover_nodes
from sicp.views.office.template.cover import covers_of
from sicp.views.office.template.cover import fill_covers
from sicp.views.office.template.cover import keep_covers
from sicp.views.office.template.cover import known_covers
from sicp.views.office.template.cover import saved_covers
from sicp.views.office.template.template import heading
from sicp.views.shared import display
from sicp.views.shared.components import Term
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import Condition
from sicp.views.shared.forms import ConditionControl
from sicp.views.shared.forms import ConditionField
from sicp.views.shared.forms import ConditionOperator
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import YesNo
from sicp.views.shared.forms import rearranged
from sicp.views.shared.forms import revision_node
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash

LONGEST_TITLE = 300
_LONGEST_DOCUMENT = 60
_CONFLICT = 409

PHASE_TITLES = {
    "single": _("phase-single", default="Une seule phase"),
    "candidature": _("phase-candidature", default="Candidatures"),
    "offer": _("phase-offer", default="Offres"),
}
LAYOUT_TITLES = {
    "document": _(
        "layout-document", default="Document : couverture, sommaire, articles"
    ),
    "letter": _("layout-letter", default="Lettre : en-tête et adresse, sans numéros"),
    "form": _("layout-form", default="Formulaire : en-tête et titre, « 1. », « 1.1 »"),
}
_STARTS = (
    Option("blank", _("template-start-blank", default="Vide")),
    Option("copy", _("template-start-copy", default="Copie d’un autre canevas")),
    Option(
        "extend",
        _(
            "template-start-extend",
            default="Prolongement d’un autre : ce qui change de lui y change aussi",
        ),
    ),
)


def condition_control(on: date) -> ConditionControl:
    """Make the control that builds a condition from the questions of the form."""
    vocabulary = [
        ConditionField(
            item.name,
            item.title,
            item.group,
            item.kind,
            tuple(ConditionOperator(*operator) for operator in item.operators),
            tuple(Option(value, title) for value, title in item.choices),
            item.unit,
        )
        for item in condition_vocabulary(on)
    ]
    return ConditionControl(
        vocabulary=vocabulary, say=lambda condition: say_condition(condition, on)
    )


@view_config(
    name="nouveau",
    context=ITemplateLibrary,
    permission=p.EDIT_LIBRARY,
    renderer="templates/properties/create.pt",
)
def create(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Begin a canevas."""
    request.layout.show(_("template-add", default="Nouveau canevas"))
    form = _creating_form(context, request)
    if request.method == "POST":
        values = validate(form, request.POST)
        made = values and attempt(
            request,
            form,
            create_template,
            request.site,
            title=values["title"],
            document=values["document"] or "",
            start=values["start"],
            source=values["source"] or "",
        )
        if made:
            told = _("template-created", default="Le canevas est commencé.")
            flash(request, told)
            return HTTPSeeOther(request.resource_url(made, "modifier"))
    return {"form": form.render()}


@view_config(
    name="proprietes",
    context=ITemplate,
    permission=p.EDIT_LIBRARY,
    renderer="templates/properties/edit.pt",
)
def edit(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Show and change what a canevas is."""
    tabs = heading(context, request, "proprietes")
    palette = palette_of_cover(context, request.today)
    form = _form(context, request, palette.titles)
    saved: list[Term] = []
    covers: list[tuple[str, str]] = []
    if request.method == "POST":
        outcome = _save(context, request, form)
        if outcome == "saved":
            flash(request, _("template-saved", default="Le canevas est enregistré."))
            return HTTPSeeOther(request.resource_url(context, "proprietes"))
        keep_covers(form, request, palette.titles)
        if outcome == "conflict":
            saved = _saved_terms(context, request)
            covers = saved_covers(context, palette.titles)
    if not context.versions:
        request.layout.actions = [_deleting(context, request)]
    parent = context.__parent__.get(str(context.edited.get("extends") or ""))
    return {
        "tabs": tabs,
        "form": form.render(),
        "tools": editor_tools(request, palette),
        "saved": saved,
        "covers": covers,
        "parent": parent,
        "parent_url": request.resource_url(parent) if parent is not None else "",
    }


@view_config(
    name="supprimer",
    context=ITemplate,
    permission=p.EDIT_LIBRARY,
    request_method="POST",
)
def delete(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Throw away a canevas that was never published."""
    library = context.__parent__
    revision = number_of(request.POST.get("revision"))
    delete_template(
        context,
        revision=-1 if revision is None else revision,
        actor=request.actor,
        now=request.now,
        registry=request.registry,
    )
    flash(request, _("template-deleted", default="Le canevas est supprimé."))
    return HTTPSeeOther(request.resource_url(library))


def _deleting(context: Any, request: Any) -> Action:  # noqa: ANN401
    return Action(
        _("template-delete", default="Supprimer ce canevas"),
        request.resource_url(context, "supprimer"),
        method="post",
        is_dangerous=True,
        confirm=_(
            "template-delete-confirm",
            default="Supprimer ce canevas, qui n’a jamais été publié ?",
        ),
        fields={"revision": str(context.revision)},
    )


def _save(context: Any, request: Any, form: Form) -> str:  # noqa: ANN401
    values = validate(form, request.POST)
    if rearranged(form) or values is None:
        return "refused"
    revision = values.pop("revision")
    values["abstract"] = values.pop("abstract") is True
    if values["layout"] == LAYOUTS[0]:
        values["layout"] = None
    try:
        write_properties(
            context,
            {**values, **covers_of(context, form, values)},
            revision=-1 if revision is None else revision,
            actor=request.actor,
            now=request.now,
            registry=request.registry,
        )
    except EditConflictError as error:
        form.refuse(error.message)
        form["revision"].cstruct = str(context.revision)
        request.response.status_int = _CONFLICT
        return "conflict"
    except DomainError as error:
        form.refuse(error.message, error.field)
        return "refused"
    return "saved"


def _saved_terms(context: Any, request: Any) -> list[Term]:  # noqa: ANN401
    """Tell what somebody else saved, beside what the person has typed."""
    data = context.edited
    phase = PHASE_TITLES.get(data.get("phase", "single"), "")
    layout = LAYOUT_TITLES.get(data.get("layout") or LAYOUTS[0], "")
    told = (
        (_TITLE, data.get("title", "")),
        (_DOCUMENT, data.get("document", "")),
        (_PHASE, request.layout.say(phase)),
        (_LAYOUT, request.layout.say(layout)),
        (_APPLIES, say_condition(data.get("applies"), request.today)),
        (
            _ABSTRACT,
            request.layout.say(display.yes_no(value=bool(data.get("abstract")))),
        ),
        (_REASON, context.working_reason),
    )
    return [Term(title, str(value)) for title, value in told]


def _creating_form(context: Any, request: Any) -> Form:  # noqa: ANN401
    others = sorted(context.values(), key=lambda item: item.edited.get("title", ""))
    sources = tuple(
        Option(item.template_id, str(item.edited.get("title") or item.title))
        for item in others
    )
    schema = colander.SchemaNode(
        colander.Mapping(),
        colander.SchemaNode(Text(LONGEST_TITLE), name="title", title=_TITLE),
        colander.SchemaNode(
            Text(_LONGEST_DOCUMENT),
            name="document",
            title=_DOCUMENT,
            description=_(
                "template-document-start-help",
                default="RC, CCAP, AE… Sans réponse, celle du canevas de départ.",
            ),
            missing=None,
        ),
        colander.SchemaNode(
            Text(),
            name="start",
            title=_("template-start", default="Commencer par"),
            widget=ChoiceControl(options=_STARTS),
        ),
        colander.SchemaNode(
            Text(),
            name="source",
            title=_("template-source", default="Canevas de départ"),
            widget=ChoiceControl(options=sources),
            applies_when={"field": "start", "operator": "in", "value": _WITH_SOURCE},
            missing=None,
        ),
    )
    add = Button("add", _("template-add-do", default="Commencer le canevas"))
    return Form(schema, request, appstruct={"start": "blank"}, buttons=[add])


_WITH_SOURCE = ["copy", "extend"]


def _form(context: Any, request: Any, titles: Titles) -> Form:  # noqa: ANN401
    data = context.edited
    schema = colander.SchemaNode(
        colander.Mapping(), *_nodes(request, is_child=bool(data.get("extends")))
    )
    known = {
        "title": data.get("title"),
        "document": data.get("document"),
        "phase": data.get("phase") or "single",
        "layout": data.get("layout") or (None if data.get("extends") else LAYOUTS[0]),
        "applies": data.get("applies"),
        "abstract": bool(data.get("abstract")),
        **known_covers(context),
        "reason": context.working_reason,
        "revision": context.revision,
    }
    save = Button("save", _("save", default="Enregistrer"))
    form = Form(schema, request, appstruct=known, buttons=[save])
    fill_covers(form, context, titles)
    return form


def _nodes(request: Any, *, is_child: bool) -> list[Any]:  # noqa: ANN401
    taken = _("template-taken-help", default="Sans réponse, comme le canevas prolongé.")
    document: dict[str, Any] = {"missing": None, "description": taken}
    phases = [Option(name, PHASE_TITLES[name]) for name in PHASES]
    layouts = [Option(name, LAYOUT_TITLES[name]) for name in LAYOUTS]
    return [
        colander.SchemaNode(Text(LONGEST_TITLE), name="title", title=_TITLE),
        colander.SchemaNode(
            Text(_LONGEST_DOCUMENT),
            name="document",
            title=_DOCUMENT,
            **(document if is_child else {"description": _DOCUMENT_HELP}),
        ),
        colander.SchemaNode(
            Text(),
            name="phase",
            title=_PHASE,
            widget=ChoiceControl(options=tuple(phases)),
        ),
        colander.SchemaNode(
            Text(),
            name="layout",
            title=_LAYOUT,
            widget=ChoiceControl(options=tuple(layouts)),
            **({"missing": None, "description": taken} if is_child else {}),
        ),
        colander.SchemaNode(
            YesNo(),
            name="abstract",
            title=_ABSTRACT,
            description=_(
                "template-abstract-help",
                default="Un socle n’est jamais proposé aux rédacteurs : d’autres "
                "canevas le prolongent.",
            ),
        ),
        colander.SchemaNode(
            Condition(),
            name="applies",
            title=_APPLIES,
            description=_(
                "template-applies-help",
                default="Sans condition, le rédacteur le choisit lui-même.",
            ),
            widget=condition_control(request.today),
            missing=None,
        ),
        *cover_nodes(taken if is_child else ""),
        colander.SchemaNode(
            Text(LONGEST_TITLE),
            name="reason",
            title=_REASON,
            description=_(
                "template-reason-help",
                default="Il sera dit aux rédacteurs à la publication.",
            ),
            missing=None,
        ),
        revision_node(),
    ]


_TITLE = _("template-name", default="Titre du canevas")
_DOCUMENT = _("template-document", default="Pièce")
_DOCUMENT_HELP = _("template-document-help", default="RC, CCAP, AE…")
_PHASE = _("template-phase", default="Phase de la procédure")
_LAYOUT = _("template-layout", default="Présentation")
_ABSTRACT = _("template-abstract", default="Socle seulement")
_APPLIES = _("template-applies", default="Proposé quand")
_REASON = _("template-reason", default="Motif du changement")
