"""The lots of a consultation."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.content_types.consultation.upstream_form import LOT_COLUMNS
from sicp.i18n import _
from sicp.interfaces.consultation import ILot
from sicp.interfaces.consultation import ILots
from sicp.operations.consultation.lot import add_lot
from sicp.operations.consultation.lot import change_lot
from sicp.operations.consultation.lot import remove_lot
from sicp.operations.reference_data import cpv_label
from sicp.operations.user.right import may
from sicp.views.office.consultation.consultation import frame
from sicp.views.office.consultation.consultation import tabs
from sicp.views.office.forms import attempt
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Setting
from sicp.views.shared.forms import revision_node
from sicp.views.shared.forms import schema_for
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import flash

_STATES = {
    "open": Badge(_("lot-open", default="En préparation"), "progress"),
    "awarded": Badge(_("lot-awarded", default="Attribué"), "success"),
    "unsuccessful": Badge(_("lot-unsuccessful", default="Infructueux"), "warning"),
    "abandoned": Badge(_("lot-abandoned", default="Sans suite"), "neutral"),
}
_COLUMNS = (
    Column("number", _("lot-column-number", default="Lot")),
    Column("object", _("lot-object", default="Objet du lot")),
    Column("cpv", _("lot-cpv", default="Code CPV")),
    Column(
        "amount",
        _("lot-estimated-amount", default="Montant estimé (€ HT)"),
        is_number=True,
    ),
    Column("duration", _("lot-duration", default="Durée (mois)"), is_number=True),
    Column("state", _("column-state", default="État")),
)


@view_config(
    context=ILots, permission=p.VIEW_DETAIL, renderer="templates/lot/show_all.pt"
)
def show_all(context: Any, request: Any) -> dict[str, Any]:  # noqa: ANN401
    """List the lots."""
    consultation = context.__parent__
    frame(consultation, request)
    add = Action(
        _("lot-add", default="Ajouter un lot"), request.resource_url(context, "ajouter")
    )
    is_editor = may(request.actor, p.EDIT_FORM, consultation)
    request.layout.primary_action = add if is_editor else None
    table = Table(
        _("lots", default="Lots"),
        _COLUMNS,
        [_row(request, lot) for lot in context.in_order()],
        empty=EmptyState(
            _("lots-empty", default="Cette consultation n’a pas de lot."),
            _(
                "lots-empty-text",
                default="Un marché est alloti, sauf motif donné dans "
                "le formulaire (articles L2113-10 et L2113-11).",
            ),
            add if is_editor else None,
        ),
    )
    return {"table": table, "tabs": tabs(consultation, request, "lots")}


@view_config(
    name="ajouter",
    context=ILots,
    permission=p.EDIT_FORM,
    renderer="templates/lot/edit.pt",
)
def add(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Add a lot."""
    consultation = context.__parent__
    frame(consultation, request)
    form = _form(request, consultation, {"revision": 0})
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and attempt(request, form, add_lot, consultation, values):
            flash(request, _("lot-added", default="Le lot est ajouté."))
            return HTTPSeeOther(request.resource_url(context))
    return {
        "form": form.render(),
        "title": _("lot-add", default="Ajouter un lot"),
        "tabs": tabs(consultation, request, "lots"),
    }


@view_config(context=ILot, permission=p.VIEW_DETAIL, renderer="templates/lot/edit.pt")
def edit(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Show a lot, and change it when one may."""
    consultation = context.__parent__.__parent__
    frame(consultation, request)
    row = {**context.as_row(), "revision": context.revision}
    form = _form(request, consultation, row)
    is_editor = may(request.actor, p.EDIT_FORM, consultation)
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and attempt(
            request, form, change_lot, context, values, revision=values.pop("revision")
        ):
            flash(request, _("lot-saved", default="Le lot est enregistré."))
            return HTTPSeeOther(request.resource_url(context.__parent__))
    if is_editor:
        request.layout.actions = [
            Action(
                _("lot-remove", default="Retirer ce lot"),
                request.resource_url(context, "retirer"),
                method="post",
                is_dangerous=True,
                confirm=_(
                    "lot-remove-confirm",
                    default="Retirer ce lot ? Les lots suivants changeront de numéro.",
                ),
            )
        ]
    return {
        "form": form.render(),
        "title": _(
            "lot-number-n", default="Lot ${number}", mapping={"number": context.number}
        ),
        "tabs": tabs(consultation, request, "lots"),
    }


@view_config(
    name="retirer", context=ILot, permission=p.EDIT_FORM, request_method="POST"
)
def remove(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Remove a lot."""
    lots = context.__parent__
    remove_lot(context, actor=request.actor, now=request.now, registry=request.registry)
    flash(request, _("lot-removed", default="Le lot est retiré."))
    return HTTPSeeOther(request.resource_url(lots))


def _form(request: Any, consultation: Any, row: dict[str, Any]) -> Form:  # noqa: ANN401
    fields = [field for field in LOT_COLUMNS if field.name != "number"]
    setting = Setting(
        cpv_url=request.resource_url(consultation, "cpv"),
        cpv_title=cpv_label,
        is_draft=False,
    )
    is_editor = may(request.actor, p.EDIT_FORM, consultation)
    buttons = [Button("save", _("save", default="Enregistrer"))]
    schema = schema_for(fields, setting)
    schema.add(revision_node())
    return Form(
        schema,
        request,
        appstruct=row,
        buttons=buttons if is_editor else [],
    )


def _row(request: Any, lot: Any) -> Row:  # noqa: ANN401
    amount = lot.estimated_amount
    return Row(
        (
            Cell(str(lot.number)),
            Cell(lot.title, request.resource_url(lot)),
            Cell(display.cpv(lot.cpv) if lot.cpv else ""),
            Cell(display.amount(amount) if amount is not None else ""),
            Cell(display.number(lot.duration_months) if lot.duration_months else ""),
            Cell(badge=_STATES[lot.state]),
        ),
        name=lot.title,
    )
