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
from sicp.operations.clause.library import plain_title
from sicp.operations.clause.rich_text import Titles
from sicp.operations.consultation.draft import clause_of
from sicp.operations.consultation.draft import may_rewrite
from sicp.operations.consultation.draft import set_local_text
from sicp.operations.consultation.draft_text import changes_to_clause
from sicp.operations.consultation.draft_text import palette_of_draft
from sicp.views.office.consultation.consultation import tabs
from sicp.views.office.consultation.draft import acting
from sicp.views.office.consultation.draft import back_to
from sicp.views.office.consultation.draft import head
from sicp.views.office.rich_text import editor_tools
from sicp.views.office.rich_text import fill_editor
from sicp.views.office.rich_text import keep_typed
from sicp.views.office.rich_text import reading_html
from sicp.views.office.rich_text import written
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import revision_node
from sicp.views.shared.forms import validate
from sicp.views.shared.forms.rich_text import MARKUP
from sicp.views.shared.forms.rich_text import RichTextControl
from sicp.views.shared.forms.rich_text import rich_text_nodes

_CONFLICT = 409


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
                mapping={"title": plain_title(clause.title)},
            )
        )
    stored = _stored_text(context, clause)
    palette = palette_of_draft(context, clause, request.today)
    form = _text_form(context, request, clause, palette.titles)
    theirs = ""
    if request.method == "POST":
        try:
            if _set_text(context, request, clause, form):
                return back_to(context, request, clause.id)
        except EditConflictError:
            theirs = reading_html(stored, palette.titles)
            # Saved again, what stays in the editor is what counts.
            form = _text_form(context, request, clause, palette.titles)
            form.refuse(_someone_wrote(context, request))
            request.response.status_int = _CONFLICT
        except DomainError as error:
            form.refuse(error.message, error.field)
        keep_typed(form, request, "text", palette.titles)
    head(context, request)
    return {
        "form": form.render(),
        "tools": editor_tools(request, palette),
        "clause": clause,
        "title": plain_title(clause.title),
        "library_text": reading_html(clause.text, palette.titles),
        "theirs": theirs,
        "difference": changes_to_clause(context, clause, request.today),
        "before_title": _("local-text-library", default="Clausier"),
        "after_title": _("local-text-here", default="Cette pièce"),
        "back_url": request.resource_url(context, anchor=clause.id),
        "tabs": tabs(context.__parent__.__parent__, request, "pieces"),
    }


def _stored_text(context: Any, clause: Any) -> str:
    return context.local_texts.get(clause.id, clause.text)


def _text_form(context: Any, request: Any, clause: Any, titles: Titles) -> Form:
    nodes = rich_text_nodes(
        "text",
        _("local-text", default="Texte de la clause pour cette pièce"),
        RichTextControl(),
    )
    buttons = [Button("save", _("local-text-save", default="Enregistrer le texte"))]
    if clause.id in context.local_texts:
        restore = _("local-text-restore", default="Revenir au texte du clausier")
        buttons.append(Button("restore", restore))
    text = _stored_text(context, clause)
    form = Form(
        colander.SchemaNode(colander.Mapping(), *nodes, revision_node()),
        request,
        appstruct={
            "text": text,
            "text_format": MARKUP,
            "revision": context.revision,
        },
        marks_optional=False,
        action=request.resource_url(context, "texte", query={"clause": clause.id}),
        buttons=buttons,
    )
    fill_editor(form, "text", text, titles)
    return form


def _set_text(context: Any, request: Any, clause: Any, form: Form) -> bool:
    """Keep what was typed; False when the form refuses it."""
    values = validate(form, request.POST)
    if values is None:
        return False
    text = None
    if "restore" not in request.POST:
        text = written(form, "text", values, _stored_text(context, clause))
    set_local_text(
        context, clause.id, text, revision=values["revision"], **acting(request)
    )
    return True


def _someone_wrote(context: Any, request: Any) -> str:
    user = request.site["utilisateurs"].get(context.modified_by)
    return _(
        "local-text-conflict",
        default="${who} a réécrit cette clause pendant que vous l’écriviez.",
        mapping={"who": user.title if user else context.modified_by},
    )
