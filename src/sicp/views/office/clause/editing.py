"""The editing form of a proposal: written, seen as printed, checked, saved."""

from collections.abc import Mapping
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.content_types.clause import RETIREMENT
from sicp.exceptions import DomainError
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.clause import IProposal
from sicp.operations.clause.editing import clause_of_data
from sicp.operations.clause.editing import palette_of_clause
from sicp.operations.clause.editing import require_used_variables_kept
from sicp.operations.clause.library import plain_title
from sicp.operations.clause.proof import findings_of_clause
from sicp.operations.clause.proposal import proposal_state
from sicp.operations.clause.proposal import write_proposal
from sicp.operations.clause.rich_text import titles_for
from sicp.operations.consultation.listing import Wanted
from sicp.operations.consultation.listing import list_consultations
from sicp.operations.document.sample import sample_clause
from sicp.operations.user.right import may
from sicp.views.office.clause.answers import data_of
from sicp.views.office.clause.answers import read_base
from sicp.views.office.clause.form import editing_form
from sicp.views.office.clause.merging import merge_or_ask
from sicp.views.office.forms import number_of
from sicp.views.office.rich_text import editor_tools
from sicp.views.office.rich_text import keep_typed
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import rearranged
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Crumb
from sicp.views.shared.layout import flash

_SAVED = _("proposal-saved", default="La proposition est enregistrée.")


@view_config(
    name="modifier",
    context=IProposal,
    permission=p.EDIT_LIBRARY,
    request_method="GET",
    renderer="templates/editing/edit.pt",
)
def edit(context: Any, request: Any) -> dict[str, Any]:
    """Show the clause proposed, ready to be written."""
    _require_draft(context)
    form = editing_form(context, request, context.data, context.reason)
    return _page(context, request, form, context.data)


@view_config(
    name="modifier",
    context=IProposal,
    permission=p.EDIT_LIBRARY,
    request_method="POST",
    renderer="templates/editing/edit.pt",
)
def save(context: Any, request: Any) -> Any:
    """Save what was written, faults of the text included."""
    _require_draft(context)
    form = editing_form(context, request, context.data, context.reason)
    values = validate(form, request.POST)
    if values is not None:
        try:
            return _save(context, request, form, values)
        except DomainError as error:
            form.refuse(error.message, error.field)
    else:
        rearranged(form)
    titles = titles_for(
        request.site, request.today, clause_of_data(context.data).variables
    )
    keep_typed(form, request, "text", titles)
    return _page(context, request, form, context.data)


@view_config(
    name="apercu",
    context=IProposal,
    permission=p.EDIT_LIBRARY,
    request_method="POST",
    renderer="templates/editing/preview.pt",
)
def preview(context: Any, request: Any) -> dict[str, Any]:
    """Show the clause as printed with what is typed; nothing is written."""
    form = editing_form(context, request, context.data, context.reason)
    values = validate(form, request.POST)
    if values is None:
        refused = " ".join(request.layout.say(item.message) for item in form.problems)
        return {**_preview(context, request, None), "refused": refused}
    try:
        return _preview(context, request, data_of(form, values, context, request))
    except InvalidInputError as error:
        request.response.status_int = 422
        return {**_preview(context, request, None), "refused": error.message}


def _save(context: Any, request: Any, form: Form, values: Mapping[str, Any]) -> Any:
    data = data_of(form, values, context, request)
    require_used_variables_kept(data, context.data.get("variables", ()))
    reason = values["reason"] or ""
    try:
        write_proposal(
            context,
            data,
            reason=reason,
            revision=values["revision"],
            actor=request.actor,
            now=request.now,
            registry=request.registry,
        )
    except EditConflictError as error:
        base = read_base(values["base"])
        mine = {**data, "reason": reason}
        return merge_or_ask(context, request, base, mine, error.message)
    flash(request, _SAVED)
    return HTTPSeeOther(request.resource_url(context, "modifier"))


def _require_draft(context: Any) -> None:
    if context.kind == RETIREMENT:
        raise StateError(
            _("retirement-no-text", default="Un retrait ne change pas le texte.")
        )
    if proposal_state(context) != "draft":
        raise StateError(
            _(
                "proposal-not-in-draft",
                default="Cette proposition n’est plus en rédaction : rouvrez-la avant "
                "de changer son texte.",
            )
        )


def _page(
    context: Any, request: Any, form: Form, data: Mapping[str, Any]
) -> dict[str, Any]:
    title = _(
        "proposal-edit",
        default="Modifier « ${title} »",
        mapping={"title": plain_title(context.title)},
    )
    way = [
        *request.layout.breadcrumb[:-1],
        Crumb(plain_title(context.title), request.resource_url(context)),
        Crumb(_("proposal-editing", default="Modifier")),
    ]
    request.layout.show(title, breadcrumb=way)
    clause_id, today = context.clause_id, request.today
    palette = palette_of_clause(request.site, clause_id, data, today)
    return {
        **_preview(context, request, data),
        "form": form.render(),
        "findings": findings_of_clause(request.site, data, request.today),
        "tools": editor_tools(request, palette),
        "preview_url": request.resource_url(context, "apercu"),
        "here": request.resource_url(context, "modifier"),
        "proposal_url": request.resource_url(context),
        "consultations": _consultations(request),
        "chosen": request.GET.get("consultation", ""),
    }


def _preview(
    context: Any, request: Any, data: Mapping[str, Any] | None
) -> dict[str, Any]:
    del context
    said = request.GET.get("consultation", "")
    consultation = _consultation(request, said) if said else None
    sample = None
    if data is not None:
        sample = sample_clause(request.site, data, request.today, consultation)
    return {"sample": sample, "refused": ""}


def _consultations(request: Any) -> list[tuple[str, str]]:
    """Return the latest consultations whose answers the person may read."""
    wanted = Wanted(sort="modification")
    listing = list_consultations(request.site, request.actor, wanted)
    return [
        (str(item.__oid__), f"{item.reference} – {item.object}")
        for item in listing.consultations
        if item.__oid__ in listing.detailed
    ]


def _consultation(request: Any, said: str) -> Any:
    number = number_of(said)
    found = number is not None and request.site.__objectmap__.object_for(number)
    is_open = bool(found) and may(request.actor, p.VIEW_DETAIL, found)
    if not is_open:
        raise InvalidInputError(
            _(
                "preview-consultation-unknown",
                default="Choisissez une des consultations proposées.",
            )
        )
    return found
