"""Who reads a folder: all agents who read the one above, or those of some entities."""

from collections.abc import Iterator
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.content_types.knowledge import is_in_bin
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.operations.knowledge.zone import set_readers
from sicp.operations.organisation import open_entities
from sicp.operations.user.right import may
from sicp.views.office.forms import attempt
from sicp.views.office.forms import entity_options
from sicp.views.office.forms import number_of
from sicp.views.office.knowledge.offer import KEEPING
from sicp.views.office.knowledge.offer import offer
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import EntitiesControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Several
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash

_OPEN, _KEPT = "open", "kept"
_CHOICES = (
    Option(_OPEN, _("readers-open", default="Ceux qui lisent le dossier au-dessus")),
    Option(_KEPT, _("readers-kept", default="Les seuls agents de certaines entités")),
)


@view_config(
    name="lecteurs",
    context=IKnowledgeFolder,
    permission=p.MANAGE_KNOWLEDGE,
    renderer="templates/zone/choose.pt",
)
def choose(context: Any, request: Any) -> Any:
    """Say whose agents read a folder, and all it holds."""
    title = _("folder-readers-title", default="Lecteurs du dossier")
    request.layout.show(title, subtitle=context.title)
    form = _form(context, request)
    if request.method == "POST":
        values = validate(form, request.POST)
        if values and _is_set(context, request, form, values):
            flash(request, _("readers-set", default="Les lecteurs sont à jour."))
            return HTTPSeeOther(request.resource_url(context))
    return {"form": form.render()}


def _is_set(folder: Any, request: Any, form: Form, values: dict[str, Any]) -> bool:
    readers = None
    if values["scope"] == _KEPT:
        numbers = (number_of(value) for value in values["readers"] or ())
        readers = [number for number in numbers if number is not None]
        if not readers:
            form.refuse(
                _("readers-needed", default="Choisissez au moins une entité."),
                "readers",
            )
            return False
    return attempt(request, form, set_readers, folder, readers) is not None


def _form(folder: Any, request: Any) -> Form:
    entities = list(open_entities(request.site["organisation"], request.today))
    nodes = (
        colander.SchemaNode(
            colander.String(),
            name="scope",
            title=_("readers-scope", default="Qui lit ce dossier ?"),
            widget=ChoiceControl(options=_CHOICES),
        ),
        colander.SchemaNode(
            Several(),
            name="readers",
            title=_("readers-entities", default="Entités dont les agents le lisent"),
            description=_(
                "readers-help",
                default="Avec celles placées au-dessous. Ceux qui écrivent ailleurs "
                "n’y entrent pas ; ceux qui gèrent la base voient tout.",
            ),
            widget=EntitiesControl(options=entity_options(entities)),
            missing=(),
        ),
    )
    first = {
        "scope": _OPEN if folder.readers is None else _KEPT,
        "readers": tuple(str(number) for number in folder.readers or ()),
    }
    return Form(
        colander.SchemaNode(colander.Mapping(), *nodes),
        request,
        appstruct=first,
        buttons=[Button("save", _("save", default="Enregistrer"))],
    )


@offer(IKnowledgeFolder, rank=30, place=KEEPING)
def reader_offers(folder: Any, request: Any) -> Iterator[Action]:
    """Offer to choose the readers."""
    if may(request.actor, p.MANAGE_KNOWLEDGE, folder) and not is_in_bin(folder):
        title = _("folder-readers-title", default="Lecteurs du dossier")
        yield Action(title, request.resource_url(folder, "lecteurs"))
