"""The upstream form, one step at a time; each step saves itself."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.content_types.consultation.upstream_form import STEPS
from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.content_types.consultation.upstream_form import fields_of_step
from sicp.exceptions import DomainError
from sicp.exceptions import EditConflictError
from sicp.i18n import _
from sicp.interfaces.consultation import IConsultation
from sicp.operations.consultation.upstream_form import answers_of
from sicp.operations.consultation.upstream_form import facts_of
from sicp.operations.consultation.upstream_form import findings_of
from sicp.operations.consultation.upstream_form import save_step
from sicp.operations.consultation.upstream_form import step_states
from sicp.operations.reference_data import cpv_label
from sicp.operations.reference_data import procedure_choices
from sicp.operations.reference_data import proposal_for
from sicp.operations.reference_data import search_cpv
from sicp.rules.finding import Finding
from sicp.views.office.consultation.consultation import frame
from sicp.views.office.consultation.consultation import tabs
from sicp.views.office.consultation.wording import both_texts
from sicp.views.office.help import field_helps
from sicp.views.shared.components import Step
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Setting
from sicp.views.shared.forms import autosave_answer
from sicp.views.shared.forms import revision_node
from sicp.views.shared.forms import schema_for
from sicp.views.shared.forms import validate
from sicp.views.shared.forms.field_view import law_line
from sicp.views.shared.layout import flash

_NAMES = tuple(name for name, _title in STEPS)
_SUGGESTIONS = 12


@view_config(
    name="formulaire",
    context=IConsultation,
    permission=p.EDIT_FORM,
    renderer="templates/upstream_form/edit.pt",
)
def edit(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Ask one step; save it and go on to the next."""
    step = _step(request)
    form = _form(context, request, step)
    conflict: list[dict[str, str]] | None = None
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None:
            conflict = _save(context, request, form, step, values)
            if conflict is None:
                flash(request, _("step-saved", default="L’étape est enregistrée."))
                return HTTPSeeOther(_next_url(context, request, step))
    frame(context, request)
    findings = findings_of(context, request.site)
    return {
        "form": form.render(),
        "tabs": tabs(context, request, "formulaire"),
        "steps": _steps(context, request, step, findings),
        "step_title": dict(STEPS)[step],
        "proposal": _proposal(context, request) if step == "procedure" else None,
        "findings": [item for item in findings if _step_of(item) == step],
        "conflict": conflict or [],
        "lots": _lots(context, request) if step == "lots" else None,
    }


@view_config(
    name="enregistrement",
    context=IConsultation,
    permission=p.EDIT_FORM,
    request_method="POST",
    renderer="json",
)
def autosave(context: Any, request: Any) -> dict[str, Any]:  # noqa: ANN401
    """Save what is acceptable of a step while the writer thinks."""
    step = _step(request)
    form = _form(context, request, step)
    values = validate(form, request.POST)
    if values is None or _save(context, request, form, step, values) is not None:
        return autosave_answer(form, None)
    return {
        **autosave_answer(form, request.now),
        "revision": context.revision,
    }


@view_config(name="cpv", context=IConsultation, permission=p.EDIT_FORM, renderer="json")
def cpv(_context: Any, request: Any) -> dict[str, Any]:  # noqa: ANN401
    """Suggest CPV codes for what is being typed."""
    found = search_cpv(request.GET.get("q", "")[:100], _SUGGESTIONS)
    return {"results": [{"value": entry.code, "title": entry.label} for entry in found]}


def _step(request: Any) -> str:  # noqa: ANN401
    name = request.subpath[0] if request.subpath else _NAMES[0]
    if name not in _NAMES or len(request.subpath) > 1:
        raise HTTPNotFound
    return name


def _form(context: Any, request: Any, step: str) -> Form:  # noqa: ANN401
    answers = answers_of(context)
    on = answers.get("launch_on") or request.today
    setting = Setting(
        choices={"procedure": procedure_choices(on)},
        cpv_url=request.resource_url(context, "cpv"),
        cpv_title=cpv_label,
    )
    fields = [f for f in fields_of_step(step) if f.meta.get("stored_as") != "content"]
    names = {field.name for field in fields}
    facts = facts_of(context)
    schema = schema_for(fields, setting)
    helps = field_helps(request, names)
    for node in schema:
        node.links = helps.get(node.name, ())
    schema.add(revision_node())
    known = {name: answers.get(name) for name in names}
    return Form(
        schema,
        request,
        appstruct={**known, "revision": context.revision},
        applies=facts.holds,
        answers={name: v for name, v in answers.items() if name not in names},
        marks_optional=False,
        autosave_url=request.resource_url(context, "enregistrement", step),
        action=request.resource_url(context, "formulaire", step),
        buttons=[
            Button("next", _("step-next", default="Enregistrer et continuer")),
            Button("stay", _("step-stay", default="Enregistrer")),
        ],
    )


def _save(
    context: Any,  # noqa: ANN401
    request: Any,  # noqa: ANN401
    form: Form,
    step: str,
    values: dict[str, Any],
) -> list[dict[str, str]] | None:
    """Save a step: None when done, else what stands in the way, both texts."""
    revision = values.pop("revision")
    try:
        save_step(
            context,
            step,
            values,
            actor=request.actor,
            now=request.now,
            registry=request.registry,
            revision=revision,
        )
    except EditConflictError as error:
        form.refuse(error.message)
        request.response.status_int = 409
        fields, theirs = fields_of_step(step), answers_of(context)
        return both_texts(fields, theirs, values, request.today, request.layout.say)
    except DomainError as error:
        form.refuse(error.message, error.field)
        return []
    return None


def _next_url(context: Any, request: Any, step: str) -> str:  # noqa: ANN401
    if "next" in request.POST:
        after = _NAMES.index(step) + 1
        if after == len(_NAMES):
            return request.resource_url(context, "detail")
        step = _NAMES[after]
    return request.resource_url(context, "formulaire", step)


def _steps(
    context: Any,  # noqa: ANN401
    request: Any,  # noqa: ANN401
    current: str,
    findings: tuple[Finding, ...],
) -> list[Step]:
    states = step_states(context)
    wrong = {_step_of(finding) for finding in findings if finding.is_blocking}
    return [
        Step(
            title,
            request.resource_url(context, "formulaire", name),
            "error"
            if name in wrong and states.get(name) == "complete"
            else states.get(name, "complete"),
            name == current,
        )
        for name, title in STEPS
    ]


def _lots(context: Any, request: Any) -> dict[str, Any] | None:  # noqa: ANN401
    """Tell which lots are there, unless the answer is that there are none."""
    lots = context["lots"]
    if answers_of(context).get("is_allotted") is False and not len(lots):
        return None
    return {
        "url": request.resource_url(lots),
        "titles": [lot.title for lot in lots.in_order()],
    }


def _step_of(finding: Finding) -> str:
    field = UPSTREAM_FORM.get(finding.field)
    return field.step if field is not None else ""


def _proposal(context: Any, request: Any) -> Any:  # noqa: ANN401
    answers = answers_of(context)
    on = answers.get("launch_on") or request.today
    proposal = proposal_for(answers, on)
    if proposal is None:
        return None
    titles = {choice.value: choice.title for choice in procedure_choices(on)}
    return {
        "title": titles.get(proposal.procedure, proposal.procedure),
        "explanation": proposal.explanation,
        "articles": law_line(proposal.articles),
        "is_left": answers.get("procedure") not in {None, proposal.procedure},
    }
