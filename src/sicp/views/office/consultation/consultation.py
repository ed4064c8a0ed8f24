"""One consultation: create it, its short card, its detailed view, its history."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.content_types.consultation.upstream_form import STEPS
from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.content_types.consultation.upstream_form import card_fields
from sicp.content_types.consultation.upstream_form import fields_of_step
from sicp.i18n import _
from sicp.interfaces.consultation import IConsultation
from sicp.interfaces.consultation import IConsultations
from sicp.operations.consultation.consultation import create_consultation
from sicp.operations.consultation.perimeter import entrust
from sicp.operations.consultation.upstream_form import answers_of
from sicp.operations.consultation.upstream_form import facts_of
from sicp.operations.consultation.upstream_form import findings_of
from sicp.operations.consultation.upstream_form import missing_fields
from sicp.operations.journal import journal_of
from sicp.operations.knowledge.help import STAGES
from sicp.operations.user.right import may
from sicp.views.office.consultation.award import award_terms
from sicp.views.office.consultation.perimeter import chosen_entities
from sicp.views.office.consultation.perimeter import entity_nodes
from sicp.views.office.consultation.perimeter import entity_terms
from sicp.views.office.consultation.wording import state_badge
from sicp.views.office.consultation.wording import state_of
from sicp.views.office.consultation.wording import text_of
from sicp.views.office.forms import attempt
from sicp.views.office.help import stage_helps
from sicp.views.office.wording import journal_lines
from sicp.views.shared.components import Stage
from sicp.views.shared.components import Tab
from sicp.views.shared.components import Term
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import node_for
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash
from sicp.workflows.consultation.consultation import TABLE

_HISTORY = 200


@view_config(
    context=IConsultation,
    permission=p.VIEW_CARD,
    renderer="templates/consultation/card.pt",
)
def card(context: Any, request: Any) -> dict[str, Any]:  # noqa: ANN401
    """Show the short card (« fiche synthétique »): all that beneficiaries see."""
    answers = _without_estimates(answers_of(context))
    frame(context, request)
    return {
        "tabs": tabs(context, request, ""),
        "terms": _terms(request, card_fields(), answers),
        "entities": entity_terms(context, request),
    }


@view_config(
    name="detail",
    context=IConsultation,
    permission=p.VIEW_DETAIL,
    renderer="templates/consultation/detail.pt",
)
def detail(context: Any, request: Any) -> dict[str, Any]:  # noqa: ANN401
    """Show everything of a consultation (« vision détaillée »)."""
    answers = answers_of(context)
    frame(context, request)
    request.layout.actions = _state_actions(context, request)
    return {
        "tabs": tabs(context, request, "detail"),
        "stages": _stages(context),
        "is_editor": may(request.actor, p.EDIT_FORM, context),
        "steps": _step_cards(context, request, answers),
        "entities": entity_terms(context, request),
        "award": _award_terms(context, request),
        "missing": _missing(context, request),
        "findings": findings_of(context, request.site),
        # The application serves the first stage today.
        "helps": stage_helps(request, next(iter(STAGES))),
    }


@view_config(
    name="historique",
    context=IConsultation,
    permission=p.VIEW_DETAIL,
    renderer="templates/consultation/history.pt",
)
def history(context: Any, request: Any) -> dict[str, Any]:  # noqa: ANN401
    """Tell who did what, latest first."""
    frame(context, request)
    entries = journal_of(request.site, context).newest(_HISTORY)
    return {
        "tabs": tabs(context, request, "historique"),
        "lines": journal_lines(request, entries),
    }


@view_config(
    name="nouvelle",
    context=IConsultations,
    permission=p.CREATE_CONSULTATION,
    renderer="templates/consultation/new.pt",
)
def new(_context: Any, request: Any) -> Any:  # noqa: ANN401
    """Open a consultation."""
    request.layout.show(_("consultation-new", default="Nouvelle consultation"))
    form = Form(
        _new_schema(request),
        request,
        buttons=[
            Button("create", _("consultation-create", default="Créer la consultation"))
        ],
    )
    if request.method == "POST":
        values = validate(form, request.POST)
        consultation = values and attempt(
            request,
            form,
            create_consultation,
            request.site,
            _first_answers(values),
            *chosen_entities(values),
        )
        if consultation is not None:
            flash(
                request,
                _(
                    "consultation-created",
                    default="La consultation ${reference} est créée.",
                    mapping={"reference": consultation.reference},
                ),
            )
            return HTTPSeeOther(request.resource_url(consultation, "formulaire"))
    return {"form": form.render()}


@view_config(
    name="perimetre",
    context=IConsultation,
    permission=p.EDIT_FORM,
    renderer="templates/consultation/perimeter.pt",
)
def perimeter(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Choose the responsible and the beneficiary entities."""
    frame(context, request)
    schema = colander.SchemaNode(colander.Mapping(), *entity_nodes(request, context))
    form = Form(
        schema,
        request,
        appstruct={
            "responsible": tuple(map(str, context.responsible)),
            "beneficiaries": tuple(map(str, context.beneficiaries)),
        },
        buttons=[Button("save", _("save", default="Enregistrer"))],
    )
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and attempt(
            request, form, entrust, context, *chosen_entities(values)
        ):
            flash(request, _("entrusted", default="Les entités sont enregistrées."))
            # The writer may have handed the consultation over to somebody else.
            is_kept = may(request.actor, p.VIEW_DETAIL, context)
            place = (context, "detail") if is_kept else (context.__parent__,)
            return HTTPSeeOther(request.resource_url(*place))
    return {"form": form.render(), "tabs": tabs(context, request, "perimetre")}


def frame(context: Any, request: Any) -> None:  # noqa: ANN401
    """Give the pages of a consultation their title and its state."""
    request.layout.show(
        context.object,
        subtitle=context.reference,
        badge=state_badge(context),
    )


def tabs(context: Any, request: Any, current: str) -> list[Tab]:  # noqa: ANN401
    """Show the pages of a consultation that the person may open."""
    pages = (
        ("", p.VIEW_CARD, _("tab-card", default="Fiche synthétique"), None),
        ("detail", p.VIEW_DETAIL, _("tab-detail", default="Vision détaillée"), None),
        ("formulaire", p.EDIT_FORM, _("tab-form", default="Formulaire"), None),
        ("perimetre", p.EDIT_FORM, _("tab-perimeter", default="Entités"), None),
        ("lots", p.VIEW_DETAIL, _("lots", default="Lots"), len(context["lots"])),
        (
            "pieces",
            p.VIEW_DETAIL,
            _("pieces", default="Pièces"),
            len(context["pieces"]),
        ),
        (
            "annexes",
            p.VIEW_DETAIL,
            _("annexes", default="Pièces techniques"),
            len(context.get("annexes", ())),
        ),
        ("historique", p.VIEW_DETAIL, _("tab-history", default="Historique"), None),
    )
    return [
        Tab(
            title,
            request.resource_url(context, name).rstrip("/")
            if name
            else request.resource_url(context),
            name == current,
            count,
        )
        for name, permission, title, count in pages
        if may(request.actor, permission, context)
    ]


def _first_answers(values: dict[str, Any]) -> dict[str, Any]:
    names = ("object", "nature", "estimated_amount")
    return {name: values[name] for name in names if values.get(name) is not None}


def _new_schema(request: Any) -> Any:  # noqa: ANN401
    needed = colander.SchemaNode(
        Text(1000),
        name="object",
        title=UPSTREAM_FORM["object"].title,
        description=UPSTREAM_FORM["object"].help,
        law=UPSTREAM_FORM["object"].law,
    )
    return colander.SchemaNode(
        colander.Mapping(),
        needed,
        node_for(UPSTREAM_FORM["nature"]),
        node_for(UPSTREAM_FORM["estimated_amount"]),
        *entity_nodes(request, None),
    )


def _terms(request: Any, fields: Any, answers: Any) -> list[Term]:  # noqa: ANN401
    say = request.layout.say
    return [
        Term(field.title, text)
        for field in fields
        if (text := text_of(field, answers.get(field.name), request.today, say))
    ]


def _without_estimates(answers: dict[str, Any]) -> dict[str, Any]:
    # What the buyer expects to pay stays between those who prepare the contract.
    lots = [
        {"number": row.get("number"), "object": row.get("object")}
        for row in answers.get("lots") or ()
    ]
    return {**answers, "lots": lots}


def _step_cards(
    context: Any,  # noqa: ANN401
    request: Any,  # noqa: ANN401
    answers: dict[str, Any],
) -> list[dict[str, Any]]:
    facts = facts_of(context)
    cards = []
    for name, title in STEPS:
        fields = [f for f in fields_of_step(name) if facts.applies(f.name)]
        cards.append(
            {
                "name": name,
                "title": title,
                "terms": _terms(request, fields, answers),
                "url": request.resource_url(context, "formulaire", name),
            }
        )
    return cards


def _award_terms(context: Any, request: Any) -> list[Term]:  # noqa: ANN401
    return award_terms(request, context.award) if context.award else []


def _missing(context: Any, request: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    names = missing_fields(context)
    groups = [
        {
            "title": title,
            "fields": [
                {
                    "title": UPSTREAM_FORM[name].title,
                    "url": request.resource_url(
                        context, "formulaire", step, anchor=f"form-{name}"
                    ),
                }
                for name in names
                if UPSTREAM_FORM[name].step == step
            ],
        }
        for step, title in STEPS
    ]
    return [group for group in groups if group["fields"]]


def _stages(context: Any) -> list[Stage]:
    if state_of(context) == "imported":
        return [Stage(title, "done") for title in STAGES.values()]
    first = "current" if state_of(context) == "definition" else "done"
    return [
        Stage(title, first if number == 0 else "coming")
        for number, title in enumerate(STAGES.values())
    ]


def _state_actions(context: Any, request: Any) -> list[Action]:  # noqa: ANN401
    pages = {
        "abandon": ("sans-suite", "get"),
        "close": ("clore", "post"),
        "close-imported": ("clore", "post"),
    }
    return [
        Action(
            transition.title,
            request.resource_url(context, pages[transition.name][0]),
            method=pages[transition.name][1],
            is_dangerous=True,
            confirm=_(
                "confirm-close",
                default="Une consultation close ne se modifie "
                "plus. La déclarer close ?",
            )
            if transition.to_state == "closed"
            else "",
        )
        for transition in TABLE.transitions_from(state_of(context))
        if may(request.actor, transition.permission, context)
    ]
