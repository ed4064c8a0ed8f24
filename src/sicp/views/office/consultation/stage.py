"""The end of a consultation: declared without follow-up, or closed."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.consultation import IConsultation
from sicp.operations.consultation.consultation import change_state
from sicp.views.office.consultation.consultation import frame
from sicp.views.office.consultation.consultation import tabs
from sicp.views.office.consultation.wording import state_of
from sicp.views.office.forms import attempt
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import flash
from sicp.workflows.consultation.consultation import TABLE


@view_config(
    name="sans-suite",
    context=IConsultation,
    permission=p.ABANDON,
    renderer="templates/stage/abandon.pt",
)
def abandon(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Declare a consultation without follow-up, with its reason (R2185-1)."""
    frame(context, request)
    reason = colander.SchemaNode(
        Text(5000, has_lines=True),
        name="reason",
        title=_("abandon-reason", default="Motif de la déclaration sans suite"),
        law=("R2185-1", "R2185-2"),
    )
    form = Form(
        colander.SchemaNode(colander.Mapping(), reason),
        request,
        buttons=[
            Button("save", _("transition-abandon", default="Déclarer sans suite"))
        ],
    )
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and attempt(
            request, form, change_state, context, "abandon", reason=values["reason"]
        ):
            flash(
                request,
                _("abandoned", default="La consultation est déclarée sans suite."),
            )
            return HTTPSeeOther(request.resource_url(context, "detail"))
    return {"form": form.render(), "tabs": tabs(context, request, "")}


@view_config(
    name="clore", context=IConsultation, permission=p.CLOSE, request_method="POST"
)
def close(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Declare a consultation closed: it is read-only from then on."""
    state = state_of(context)
    names = {t.from_state: t.name for t in TABLE.transitions if t.to_state == "closed"}
    if state not in names:
        raise StateError(
            _("state-wrong", default="La consultation n’est plus dans l’état voulu.")
        )
    change_state(
        context,
        names[state],
        actor=request.actor,
        now=request.now,
        registry=request.registry,
    )
    flash(request, _("closed", default="La consultation est close."))
    return HTTPSeeOther(request.resource_url(context, "detail"))
