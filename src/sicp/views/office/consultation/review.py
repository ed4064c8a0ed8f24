"""Colleagues read a piece: comments on its passages, and reviews that are asked."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.consultation import IDraft
from sicp.operations.consultation.review import answer_review
from sicp.operations.consultation.review import ask_review
from sicp.operations.consultation.review import colleagues_of
from sicp.operations.consultation.review import comment_draft
from sicp.operations.consultation.review import resolve_draft_comment
from sicp.operations.consultation.review import threads_on
from sicp.operations.consultation.review import waiting_review
from sicp.operations.user.right import may
from sicp.views.office.consultation.consultation import tabs
from sicp.views.office.consultation.draft import acting
from sicp.views.office.consultation.draft import head
from sicp.views.office.consultation.draft import posted
from sicp.views.office.forms import attempt
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import ChoicesControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import LongTextControl
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Several
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import flash

_LONGEST = 5000
_LONGEST_QUOTE = 500
_LONGEST_KEY = 200
_SAID = {
    "": (_("review-waiting", default="Attendue"), "warning"),
    "fine": (_("review-fine", default="Relu, rien à dire"), "success"),
    "rework": (_("review-rework", default="À reprendre"), "danger"),
}


@view_config(
    name="relecture",
    context=IDraft,
    permission=p.VIEW_DETAIL,
    renderer="templates/review/show.pt",
)
def show(context: Any, request: Any) -> Any:
    """Show the comments and the reviews of a piece, and take a comment."""
    form = _comment_form(context, request)
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and attempt(
            request,
            form,
            comment_draft,
            context,
            values["text"],
            about=_key(request, "passage"),
            quote=values.get("quote") or "",
            answers_to=_key(request, "reponse"),
        ):
            flash(request, _("comment-kept", default="Le commentaire est enregistré."))
            return HTTPSeeOther(request.resource_url(context, "relecture"))
    return _page(context, request, form)


@view_config(
    name="commentaire-traite",
    context=IDraft,
    permission=p.VIEW_DETAIL,
    request_method="POST",
)
def resolve(context: Any, request: Any) -> Any:
    """Say that a comment was dealt with."""
    resolve_draft_comment(context, posted(request, "comment"), **acting(request))
    return HTTPSeeOther(request.resource_url(context, "relecture"))


@view_config(
    name="demander-relecture",
    context=IDraft,
    permission=p.DRAFT_DOCUMENTS,
    renderer="templates/review/ask.pt",
)
def ask(context: Any, request: Any) -> Any:
    """Ask colleagues to read the piece."""
    form = _ask_form(context, request)
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and attempt(
            request,
            form,
            ask_review,
            context,
            values["reviewers"],
            note=values.get("note") or "",
            link=request.resource_url(context, "relecture"),
        ):
            flash(request, _("review-asked", default="La relecture est demandée."))
            return HTTPSeeOther(request.resource_url(context, "relecture"))
    return _small_page(context, request, form)


@view_config(
    name="rendre-relecture",
    context=IDraft,
    permission=p.VIEW_DETAIL,
    renderer="templates/review/ask.pt",
)
def answer(context: Any, request: Any) -> Any:
    """Say what one thinks of a piece one was asked to read."""
    form = _answer_form(context, request)
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and attempt(
            request,
            form,
            answer_review,
            context,
            values["answer"],
            reason=values.get("reason") or "",
        ):
            flash(request, _("review-given", default="Votre avis est enregistré."))
            return HTTPSeeOther(request.resource_url(context, "relecture"))
    return _small_page(context, request, form)


def _page(context: Any, request: Any, form: Form) -> dict[str, Any]:
    head(context, request)
    is_writer = may(request.actor, p.DRAFT_DOCUMENTS, context.__parent__.__parent__)
    threads = [_thread(context, request, thread) for thread in threads_on(context)]
    return {
        "tabs": tabs(context.__parent__.__parent__, request, "pieces"),
        "form": form.render(),
        "passage": _key(request, "passage"),
        "is_answer": bool(_key(request, "reponse")),
        "open": [thread for thread in threads if thread["is_open"]],
        "settled": [thread for thread in threads if not thread["is_open"]],
        "reviews": [_review(request, review) for review in reversed(context.reviews)],
        "is_asked": waiting_review(context, request.actor.login) is not None,
        "is_writer": is_writer,
        "ask_url": request.resource_url(context, "demander-relecture"),
        "answer_url": request.resource_url(context, "rendre-relecture"),
        "resolve_url": request.resource_url(context, "commentaire-traite"),
        "back_url": request.resource_url(context),
    }


def _small_page(context: Any, request: Any, form: Form) -> dict[str, Any]:
    head(context, request)
    return {
        "tabs": tabs(context.__parent__.__parent__, request, "pieces"),
        "form": form.render(),
        "back_url": request.resource_url(context, "relecture"),
    }


def _key(request: Any, name: str) -> str:
    """Return what the address says a comment is about, or answers to."""
    said = str(request.GET.get(name, ""))[:_LONGEST_KEY]
    return said if said.isprintable() else ""


def _thread(context: Any, request: Any, thread: Any) -> dict[str, Any]:
    comment = thread.comment
    writes = may(request.actor, p.DRAFT_DOCUMENTS, context.__parent__.__parent__)
    return {
        "id": comment.id,
        "is_open": thread.is_open,
        "said": _said(request, comment),
        "answers": [_said(request, one) for one in thread.answers],
        "quote": comment.quote,
        "place_url": (
            request.resource_url(context, anchor=comment.about) if comment.about else ""
        ),
        "reply_url": request.resource_url(
            context, "relecture", query={"reponse": comment.id}, anchor="commenter"
        ),
        "may_resolve": thread.is_open
        and (writes or comment.author == request.actor.login),
        "resolved_by": person(request, comment.resolved_by),
        "resolved_at": display.moment(comment.resolved_at),
    }


def _said(request: Any, comment: Any) -> dict[str, str]:
    return {
        "who": person(request, comment.author),
        "at": display.moment(comment.at),
        "text": comment.text,
    }


def _review(request: Any, review: Any) -> dict[str, Any]:
    title, tone = _SAID[review.answer]
    return {
        "who": person(request, review.reviewer),
        "asked_by": person(request, review.asked_by),
        "asked_at": display.moment(review.asked_at),
        "note": review.note,
        "badge": Badge(title, tone),
        "reason": review.reason,
        "answered_at": display.moment(review.answered_at),
    }


def _comment_form(context: Any, request: Any) -> Form:
    query = {
        name: value for name in ("passage", "reponse") if (value := _key(request, name))
    }
    nodes = [
        colander.SchemaNode(
            Text(_LONGEST, has_lines=True),
            name="text",
            title=_("comment-text", default="Commentaire"),
            widget=LongTextControl(lines=4),
        )
    ]
    if "reponse" not in query:
        quote = _("comment-quote", default="Mots visés")
        nodes.insert(
            0,
            colander.SchemaNode(
                Text(_LONGEST_QUOTE), name="quote", title=quote, missing=""
            ),
        )
    return Form(
        colander.SchemaNode(colander.Mapping(), *nodes),
        request,
        marks_optional=False,
        action=request.resource_url(context, "relecture", query=query),
        buttons=[Button("comment", _("comment-send", default="Commenter"))],
    )


def _ask_form(context: Any, request: Any) -> Form:
    people = colleagues_of(context, request.today, but=request.actor.login)
    reviewers = colander.SchemaNode(
        Several(),
        name="reviewers",
        title=_("review-people", default="Personnes à qui demander"),
        widget=ChoicesControl(
            options=[Option(user.login, user.title) for user in people],
            is_scrolled=True,
        ),
    )
    note = colander.SchemaNode(
        Text(_LONGEST, has_lines=True),
        name="note",
        title=_("review-note", default="Message, s’il en faut un"),
        missing="",
    )
    return Form(
        colander.SchemaNode(colander.Mapping(), reviewers, note),
        request,
        marks_optional=False,
        buttons=[Button("ask", _("review-ask", default="Demander la relecture"))],
    )


def _answer_form(context: Any, request: Any) -> Form:
    del context
    options = [Option(name, _SAID[name][0]) for name in ("fine", "rework")]
    said = colander.SchemaNode(
        colander.String(),
        name="answer",
        title=_("review-answer", default="Votre avis"),
        widget=ChoiceControl(options=options),
    )
    reason = colander.SchemaNode(
        Text(_LONGEST, has_lines=True),
        name="reason",
        title=_("review-reason", default="Ce qui est à reprendre, et pourquoi"),
        missing="",
    )
    return Form(
        colander.SchemaNode(colander.Mapping(), said, reason),
        request,
        marks_optional=False,
        buttons=[Button("give", _("review-give", default="Rendre mon avis"))],
    )
