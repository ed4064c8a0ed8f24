"""Where a sheet stands: obsolete or in force, who answers for it, until when."""

from collections.abc import Callable
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import DomainError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.knowledge import ISheet
from sicp.operations.knowledge.publishing import entrust_sheet
from sicp.operations.knowledge.publishing import reinstate_sheet
from sicp.operations.knowledge.publishing import retire_sheet
from sicp.operations.knowledge.review import next_review
from sicp.operations.user.right import may
from sicp.operations.user.user import people_named
from sicp.views.office.knowledge.asking import asking_form
from sicp.views.office.knowledge.asking import long_node
from sicp.views.office.knowledge.asking import review_node
from sicp.views.office.knowledge.offer import KEEPING
from sicp.views.office.knowledge.offer import TOP
from sicp.views.office.knowledge.offer import offer
from sicp.views.office.knowledge.wording import by
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash

_CONFLICT = 409
_LONGEST_NAME = 200
_MOST_NAMES = 5


@offer(ISheet, rank=40, place=TOP)
def state_actions(sheet: Any, request: Any) -> Any:
    """Offer to declare a sheet obsolete, or not any more."""
    if not may(request.actor, p.PUBLISH_KNOWLEDGE, sheet):
        return
    if sheet.state == "published":
        yield Action(_RETIRE, request.resource_url(sheet, "obsolete"))
    if sheet.state == "obsolete":
        yield Action(_REINSTATE, request.resource_url(sheet, "en-vigueur"))


@offer(ISheet, rank=50, place=KEEPING)
def entrust_action(sheet: Any, request: Any) -> Any:
    """Offer to say who answers for a sheet."""
    if may(request.actor, p.EDIT_KNOWLEDGE, sheet):
        yield Action(
            _("sheet-entrust", default="Responsable et prochaine relecture"),
            request.resource_url(sheet, "confier"),
        )


@view_config(
    name="obsolete",
    context=ISheet,
    permission=p.PUBLISH_KNOWLEDGE,
    renderer="templates/standing/entrust.pt",
)
def retire(context: Any, request: Any) -> Any:
    """Declare a sheet obsolete, with the reason its banner tells."""
    text = _(
        "sheet-retire-text",
        default="La fiche reste, avec un bandeau qui donne ce motif. Les liens qui y "
        "mènent restent bons.",
    )
    return _ask(context, request, _RETIRE, text, retire_sheet, _RETIRED)


@view_config(
    name="en-vigueur",
    context=ISheet,
    permission=p.PUBLISH_KNOWLEDGE,
    renderer="templates/standing/entrust.pt",
)
def reinstate(context: Any, request: Any) -> Any:
    """Take the banner away."""
    text = _(
        "sheet-reinstate-text",
        default="Le bandeau disparaît : la fiche est de nouveau à jour.",
    )
    return _ask(context, request, _REINSTATE, text, reinstate_sheet, _REINSTATED)


@view_config(
    name="confier",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/standing/entrust.pt",
)
def entrust(context: Any, request: Any) -> Any:
    """Say who answers for a sheet, and when it is to be read again."""
    form = _entrust_form(context, request)
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None:
            try:
                owner = _person_named(request, values["owner"])
                entrust_sheet(context, owner, values["review_on"], **by(request))
            except DomainError as error:
                form.refuse(error.message, error.field)
            else:
                flash(request, _("sheet-entrusted", default="C’est noté."))
                return HTTPSeeOther(request.resource_url(context))
    text = _(
        "sheet-entrust-text",
        default="Le responsable reçoit les commentaires et un rappel le jour de la "
        "relecture.",
    )
    title = _("sheet-entrust", default="Responsable et prochaine relecture")
    return _asked(context, request, title, text, form)


def _entrust_form(sheet: Any, request: Any) -> Form:
    owner = colander.SchemaNode(
        Text(_LONGEST_NAME),
        name="owner",
        title=_("sheet-owner", default="Responsable"),
        description=_("sheet-owner-help", default="Un nom ou un identifiant."),
    )
    form = asking_form(
        sheet, request, "confier", "entrust", _KEEP, owner, review_node()
    )
    form.set_appstruct(
        {
            "owner": sheet.owner,
            "review_on": sheet.review_on or next_review(request.today),
        }
    )
    return form


def _person_named(request: Any, said: str) -> str:
    found = people_named(request.site, said)
    if len(found) == 1:
        return str(found[0].login)
    if not found:
        raise InvalidInputError(
            _("owner-unknown", default="Ce compte n’existe pas."), "owner"
        )
    names = " ; ".join(f"{user.title} ({user.login})" for user in found[:_MOST_NAMES])
    raise InvalidInputError(
        _(
            "owner-ambiguous",
            default="Plusieurs personnes portent ce nom : donnez l’identifiant. "
            "${names}",
            mapping={"names": names},
        ),
        "owner",
    )


def _ask(  # noqa: PLR0913
    sheet: Any,
    request: Any,
    title: str,
    text: str,
    operation: Callable[..., Any],
    done: str,
) -> Any:
    reason = long_node("reason", _("reason", default="Motif"), is_needed=True)
    form = asking_form(sheet, request, request.view_name, "state", title, reason)
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None:
            try:
                operation(sheet, values["reason"], **by(request))
            except DomainError as error:
                form.refuse(error.message, error.field)
                if isinstance(error, StateError):
                    request.response.status_int = _CONFLICT
            else:
                flash(request, done)
                return HTTPSeeOther(request.resource_url(sheet))
    return _asked(sheet, request, title, text, form)


def _asked(
    sheet: Any, request: Any, title: str, text: str, form: Form
) -> dict[str, Any]:
    request.layout.show(title, subtitle=sheet.title)
    return {
        "text": text,
        "form": form.render(),
        "sheet_url": request.resource_url(sheet),
    }


_RETIRE = _("sheet-retire", default="Déclarer obsolète")
_REINSTATE = _("sheet-reinstate", default="Remettre en vigueur")
_KEEP = _("sheet-entrust-save", default="Enregistrer")
_RETIRED = _("sheet-moved-obsolete", default="La fiche est déclarée obsolète.")
_REINSTATED = _("sheet-moved-back", default="La fiche est de nouveau en vigueur.")
