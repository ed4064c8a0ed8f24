"""One clause rewritten by the writer: his own text, beside that of the clausier."""

from typing import Any

import colander
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import DomainError
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.consultation import IDraft
from sicp.operations.consultation.draft import LONGEST_LOCAL_TEXT
from sicp.operations.consultation.draft import clause_of
from sicp.operations.consultation.draft import may_rewrite
from sicp.operations.consultation.draft import set_local_text
from sicp.operations.consultation.draft_text import changes_to_clause
from sicp.views.office.consultation.consultation import tabs
from sicp.views.office.consultation.draft import acting
from sicp.views.office.consultation.draft import back_to
from sicp.views.office.consultation.draft import head
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import LongTextControl
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import revision_node
from sicp.views.shared.forms import validate

_CONFLICT = 409
_TEXT_LINES = 14


@view_config(
    name="texte",
    context=IDraft,
    permission=p.DRAFT_DOCUMENTS,
    renderer="templates/draft_text/rewrite.pt",
)
def rewrite(context: Any, request: Any) -> Any:
    """Put the writer's own text in an open clause, or go back to the library's."""
    clause = clause_of(context, request.GET.get("clause", ""), request.now)
    if not may_rewrite(clause):
        raise InvalidInputError(
            _(
                "clause-fixed",
                default="La clause « ${title} » est fixe : son texte ne se réécrit "
                "pas.",
                mapping={"title": clause.title},
            )
        )
    form = _text_form(context, request, clause, _stored_text(context, clause))
    theirs = ""
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None:
            done = _set_text(context, request, clause, form, values)
            if done:
                return back_to(context, request, clause.id)
            if request.response.status_int == _CONFLICT:
                theirs = _stored_text(context, clause)
                form = _text_form(context, request, clause, values.get("text") or "")
                form.refuse(_someone_wrote(context, request))
                request.response.status_int = _CONFLICT
    head(context, request)
    return {
        "form": form.render(),
        "clause": clause,
        "theirs": theirs,
        "difference": changes_to_clause(context, clause, request.today),
        "before_title": _("local-text-library", default="Clausier"),
        "after_title": _("local-text-here", default="Cette pièce"),
        "back_url": request.resource_url(context, anchor=clause.id),
        "tabs": tabs(context.__parent__.__parent__, request, "pieces"),
    }


def _stored_text(context: Any, clause: Any) -> str:
    return context.local_texts.get(clause.id, clause.text)


def _text_form(context: Any, request: Any, clause: Any, text: str) -> Form:
    node = colander.SchemaNode(
        Text(LONGEST_LOCAL_TEXT, has_lines=True),
        name="text",
        title=_("local-text", default="Texte de la clause pour cette pièce"),
        widget=LongTextControl(lines=_TEXT_LINES),
        missing=None,
    )
    buttons = [Button("save", _("local-text-save", default="Enregistrer le texte"))]
    if clause.id in context.local_texts:
        restore = _("local-text-restore", default="Revenir au texte du clausier")
        buttons.append(Button("restore", restore))
    return Form(
        colander.SchemaNode(colander.Mapping(), node, revision_node()),
        request,
        appstruct={"text": text, "revision": context.revision},
        marks_optional=False,
        action=request.resource_url(context, "texte", query={"clause": clause.id}),
        buttons=buttons,
    )


def _set_text(
    context: Any, request: Any, clause: Any, form: Form, values: dict[str, Any]
) -> bool:
    text = None if "restore" in request.POST else values.get("text")
    try:
        set_local_text(
            context, clause.id, text, revision=values["revision"], **acting(request)
        )
    except EditConflictError:
        request.response.status_int = _CONFLICT
        return False
    except DomainError as error:
        form.refuse(error.message, error.field)
        return False
    return True


def _someone_wrote(context: Any, request: Any) -> str:
    user = request.site["utilisateurs"].get(context.modified_by)
    return _(
        "local-text-conflict",
        default="${who} a réécrit cette clause pendant que vous l’écriviez.",
        mapping={"who": user.title if user else context.modified_by},
    )
