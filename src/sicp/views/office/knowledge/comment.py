"""What readers say of sheets and folders: useful or not, comments, questions."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import DomainError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.knowledge import ISheet
from sicp.operations.knowledge.comment import LONGEST_COMMENT
from sicp.operations.knowledge.comment import QUESTION
from sicp.operations.knowledge.comment import answer_question
from sicp.operations.knowledge.comment import answering_sheet
from sicp.operations.knowledge.comment import comment_item
from sicp.operations.knowledge.comment import comments_of
from sicp.operations.knowledge.comment import resolve_comment
from sicp.operations.knowledge.comment import usefulness_of
from sicp.operations.knowledge.comment import vote_of
from sicp.operations.knowledge.comment import vote_useful
from sicp.operations.user.right import may
from sicp.views.office.knowledge.offer import CONTENT
from sicp.views.office.knowledge.offer import part
from sicp.views.office.knowledge.wording import by
from sicp.views.office.knowledge.wording import typed
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import LongTextControl
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import flash

COMMENT = "comment"


@part(ISheet, CONTENT, rank=50, template="templates/comment/useful.pt")
def useful(sheet: Any, request: Any) -> dict[str, Any] | None:
    """Ask whether a sheet was useful, and say what others answered."""
    if sheet.current is None:
        return None
    counts = usefulness_of(sheet)
    return {
        "url": request.resource_url(sheet, "utile"),
        "vote": vote_of(sheet, request.actor),
        "counts": counts,
        "has_counts": counts.yes + counts.no > 0,
    }


@part(ISheet, CONTENT, rank=60, template="templates/comment/thread.pt")
@part(IKnowledgeFolder, CONTENT, rank=60, template="templates/comment/thread.pt")
def thread(item: Any, request: Any) -> dict[str, Any]:
    """Show what was said, and the form to say more."""
    told = _threads(item, request)
    return {
        "open": [t for t in told if not t["resolved"]],
        "done": [t for t in told if t["resolved"]],
        "form": _form(item, request).render(),
        "is_sheet": ISheet.providedBy(item),
        "is_writer": _is_writer(item, request),
        "resolve_url": request.resource_url(item, "traiter"),
        "answer_url": request.resource_url(item, "repondre"),
    }


@view_config(
    name="utile",
    context=ISheet,
    permission=p.VIEW_KNOWLEDGE,
    request_method="POST",
)
def vote(context: Any, request: Any) -> Any:
    """Say whether a sheet was useful."""
    said = typed(request, "utile")
    if said not in {"oui", "non"}:
        raise InvalidInputError(
            _("vote-useful-unknown", default="Répondez par oui ou par non."), "utile"
        )
    vote_useful(context, is_useful=said == "oui", actor=request.actor, now=request.now)
    flash(request, _("vote-useful-noted", default="Merci, votre réponse est notée."))
    return HTTPSeeOther(request.resource_url(context, anchor="utile"))


@view_config(
    name="commenter",
    context=ISheet,
    permission=p.VIEW_KNOWLEDGE,
    renderer="templates/comment/say.pt",
)
@view_config(
    name="commenter",
    context=IKnowledgeFolder,
    permission=p.VIEW_KNOWLEDGE,
    renderer="templates/comment/say.pt",
)
def say(context: Any, request: Any) -> Any:
    """Comment, or ask the committee a question."""
    form = _form(context, request)
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None:
            about = QUESTION if values["about"] == QUESTION else ""
            said = _said(context, request, form, values["text"], about)
            if said is not None:
                url = request.resource_url(context, anchor=f"comment-{said.id}")
                return HTTPSeeOther(url)
    request.layout.show(
        _("knowledge-say", default="Commenter ou poser une question"),
        subtitle=context.title,
    )
    return {"form": form.render(), "back_url": request.resource_url(context)}


@view_config(
    name="traiter",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    request_method="POST",
)
@view_config(
    name="traiter",
    context=IKnowledgeFolder,
    permission=p.EDIT_KNOWLEDGE,
    request_method="POST",
)
def resolve(context: Any, request: Any) -> Any:
    """Say that a comment was dealt with: it is folded away."""
    resolve_comment(context, typed(request, "comment"), **by(request))
    return HTTPSeeOther(request.resource_url(context, anchor="comments"))


@view_config(
    name="repondre",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    request_method="POST",
)
@view_config(
    name="repondre",
    context=IKnowledgeFolder,
    permission=p.EDIT_KNOWLEDGE,
    request_method="POST",
)
def answer(context: Any, request: Any) -> Any:
    """Begin the practice sheet that answers a question, and go on writing it."""
    sheet = answer_question(context, typed(request, "comment"), "", **by(request))
    flash(
        request,
        _(
            "question-becomes-sheet",
            default="Une fiche est commencée : écrivez la réponse. Qui a posé la "
            "question sera averti à sa publication.",
        ),
    )
    return HTTPSeeOther(request.resource_url(sheet, "modifier"))


def _said(item: Any, request: Any, form: Form, text: str, about: str) -> Any:
    try:
        return comment_item(item, text, about=about, **by(request))
    except DomainError as error:
        form.refuse(error.message, error.field)
        return None


def _form(item: Any, request: Any) -> Form:
    about = colander.SchemaNode(
        colander.String(),
        name="about",
        title=_("knowledge-say-what", default="C’est"),
        widget=ChoiceControl(options=_ABOUT),
        validator=colander.OneOf([option.value for option in _ABOUT]),
    )
    text = colander.SchemaNode(
        Text(LONGEST_COMMENT, has_lines=True),
        name="text",
        title=_("knowledge-say-text", default="Votre texte"),
        widget=LongTextControl(lines=3),
    )
    first = COMMENT if ISheet.providedBy(item) else QUESTION
    return Form(
        colander.SchemaNode(colander.Mapping(), about, text),
        request,
        appstruct={"about": first},
        formid="say",
        action=request.resource_url(item, "commenter"),
        warns_unsaved=False,
        buttons=[Button("say", _("knowledge-say-send", default="Envoyer"))],
    )


def _threads(item: Any, request: Any) -> list[dict[str, Any]]:
    comments = comments_of(item)
    answers: dict[str, list[Any]] = {}
    for comment in comments:
        answers.setdefault(comment.answers_to, []).append(comment)
    return [
        {
            **_told(comment, request),
            "is_question": comment.about == QUESTION,
            "resolved": _resolved(comment, request),
            "answers": [_answer(a, request) for a in answers.get(comment.id, ())],
        }
        for comment in answers.get("", ())
    ]


def _told(comment: Any, request: Any) -> dict[str, Any]:
    return {
        "id": comment.id,
        "author": person(request, comment.author),
        "at": display.moment(comment.at),
        "text": comment.text,
    }


def _answer(comment: Any, request: Any) -> dict[str, Any]:
    """Tell an answer; a sheet is named to who may read it only."""
    sheet = answering_sheet(request.site, comment)
    is_sheet = comment.about.startswith("sheet:")
    is_read = sheet is not None and may(request.actor, p.VIEW_KNOWLEDGE, sheet)
    return {
        **_told(comment, request),
        "text": "" if is_sheet else comment.text,
        "title": sheet.title if is_read else "",
        "url": request.resource_url(sheet) if is_read else "",
        "is_coming": is_sheet and not is_read,
    }


def _resolved(comment: Any, request: Any) -> str:
    if not comment.resolved_by:
        return ""
    return request.layout.say(
        _(
            "comment-resolved-by",
            default="Traité par ${who} le ${at}",
            mapping={
                "who": person(request, comment.resolved_by),
                "at": display.moment(comment.resolved_at),
            },
        )
    )


def _is_writer(item: Any, request: Any) -> bool:
    return may(request.actor, p.EDIT_KNOWLEDGE, item)


_ABOUT = (
    Option(COMMENT, _("knowledge-say-comment", default="Un commentaire")),
    Option(QUESTION, _("knowledge-say-question", default="Une question au comité")),
)
