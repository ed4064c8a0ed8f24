"""What is said of a clause, or of a text proposed, beside the words it is about."""

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther

from sicp.exceptions import DomainError
from sicp.i18n import _
from sicp.interfaces.clause import IClause
from sicp.operations.clause.discussion import LONGEST_COMMENT
from sicp.operations.clause.discussion import TEXT
from sicp.operations.clause.discussion import add_comment
from sicp.operations.clause.discussion import checked_quote
from sicp.operations.clause.discussion import chosen_passage
from sicp.operations.clause.discussion import known_comment
from sicp.operations.clause.discussion import may_settle
from sicp.operations.clause.discussion import passage_key
from sicp.operations.clause.discussion import threads_of
from sicp.operations.clause.library import read_data
from sicp.operations.document.reading import plain_text
from sicp.operations.document.reading import read_clause
from sicp.operations.document.reading import read_text
from sicp.views.office.clause.wording import SUBJECTS
from sicp.views.office.clause.wording import by
from sicp.views.office.clause.wording import typed
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import LongTextControl
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import validate

_LONGEST_QUOTE = 2_000
_SHOWN_PASSAGE = 70
_SHOWN_QUOTE = 240
PASSAGE = "passage:"
PROPERTY = "property:"

#: The forms that were refused, by their id, to be shown again as they were sent.
Forms = Mapping[str, Form]
#: Makes what a template shows of the thing spoken of, its refused forms included.
Page = Callable[[Any, Any, Forms], dict[str, Any]]


def reading_of(item: Any, request: Any) -> Any:
    """Read the text proposed, or that of the latest version, in French."""
    if IClause.providedBy(item):
        return read_clause(item, request.today)
    return read_text(request.site, read_data(item.data), request.today)


def post_comment(item: Any, request: Any, page: Page) -> Any:
    """Say something of a text, of a property or of a passage of it."""
    reading = reading_of(item, request)
    form = comment_form(item, request, reading)
    values = validate(form, request.POST)
    if values is not None:
        try:
            about, quote = _subject(values, paragraphs_of(reading))
            said = add_comment(
                item, values["text"], about=about, quote=quote, **by(request)
            )
        except DomainError as error:
            form.refuse(error.message, error.field)
        else:
            return _back_to(item, request, said.id)
    return page(item, request, {"comment": form})


def post_answer(item: Any, request: Any, page: Page) -> Any:
    """Answer a comment."""
    asked = known_comment(item, request.GET.get("a", ""))
    form = answer_form(item, request, asked.id)
    values = validate(form, request.POST)
    if values is not None:
        try:
            add_comment(
                item,
                values["text"],
                about=asked.about,
                answers_to=asked.id,
                **by(request),
            )
        except DomainError as error:
            form.refuse(error.message, error.field)
        else:
            return _back_to(item, request, asked.id)
    return page(item, request, {form.formid: form})


def post_settling(item: Any, request: Any, settle: Callable[..., None]) -> Any:
    """Say that a comment was dealt with, or is to be again."""
    found = known_comment(item, typed(request, "comment"))
    settle(item, found.id, **by(request))
    return _back_to(item, request, found.id)


def discussion_of(
    item: Any, request: Any, reading: Any, refused: Forms | None = None
) -> dict[str, Any]:
    """Say all that was said of a text; ``refused`` are the forms to show again."""
    found = threads_of(item.comments, paragraphs_of(reading))
    threads = [_thread(item, request, thread, refused or {}) for thread in found]
    return {
        "rows": [
            {"blocks": [block], "threads": [t for t in threads if t["place"] == rank]}
            for rank, block in enumerate(reading.blocks)
        ],
        "comment_count": len(item.comments),
        "general": [t for t in threads if t["place"] is None and not t["is_lost"]],
        "lost": [t for t in threads if t["is_lost"]],
        "comment_form": shown(
            refused, "comment", lambda: comment_form(item, request, reading)
        ),
    }


def _subject(values: dict[str, Any], paragraphs: list[str]) -> tuple[str, str]:
    """Return what a comment is about and the words it quotes.

    Raises:
        InvalidInputError: the words are not in the text, or not any more.
    """
    if values["quote"]:
        return TEXT, checked_quote(values["quote"], paragraphs)
    about = values["about"]
    if about.startswith(PASSAGE):
        return TEXT, chosen_passage(about.removeprefix(PASSAGE), paragraphs)
    return about.removeprefix(PROPERTY), ""


def _back_to(item: Any, request: Any, comment_id: str) -> Any:
    url = request.resource_url(item, anchor=f"comment-{comment_id}")
    return HTTPSeeOther(url)


def paragraphs_of(reading: Any) -> list[str]:
    """Return the words of each paragraph, table or list of a text."""
    return [plain_text(block) for block in reading.blocks]


def comment_form(item: Any, request: Any, reading: Any) -> Form:
    """Make the form by which one speaks of the text, or of a part of it."""
    about = colander.SchemaNode(
        colander.String(),
        name="about",
        title=_("comment-about", default="Le commentaire porte sur"),
        widget=ChoiceControl(
            options=_subjects(request, reading),
            is_compact=True,
            empty_title=_("comment-about-clause", default="L’ensemble de la clause")
            if IClause.providedBy(item)
            else _("comment-about-all", default="L’ensemble de la proposition"),
        ),
        missing="",
    )
    quote = colander.SchemaNode(
        Text(_LONGEST_QUOTE, has_lines=True),
        name="quote",
        title=_("comment-quote", default="Mots visés"),
        description=_(
            "comment-quote-help",
            default="Recopiez-les du texte, ou sélectionnez-les dans le texte puis "
            "« Commenter ce passage ».",
        ),
        widget=LongTextControl(lines=2),
        missing="",
    )
    return Form(
        colander.SchemaNode(colander.Mapping(), about, quote, _said_node()),
        request,
        formid="comment",
        action=request.resource_url(item, "commentaire"),
        buttons=[Button("comment", _("comment-add", default="Commenter"))],
    )


def answer_form(item: Any, request: Any, comment_id: str) -> Form:
    """Make the form by which one answers a comment."""
    return Form(
        colander.SchemaNode(colander.Mapping(), _said_node()),
        request,
        formid=f"answer-{comment_id}",
        marks_optional=False,
        action=request.resource_url(item, "reponse", query={"a": comment_id}),
        buttons=[Button("answer", _("comment-answer", default="Répondre"))],
    )


def shown(refused: Forms | None, name: str, make: Callable[[], Form]) -> str:
    """Render a form: the one that was refused, or a new one."""
    form = (refused or {}).get(name)
    return (form if form is not None else make()).render()


def _said_node() -> Any:
    return colander.SchemaNode(
        Text(LONGEST_COMMENT, has_lines=True),
        name="text",
        title=_("comment", default="Commentaire"),
        widget=LongTextControl(lines=3),
    )


def _subjects(request: Any, reading: Any) -> tuple[Option, ...]:
    say = request.layout.say
    parts = [
        Option(f"{PROPERTY}{name}", say(title))
        for name, title in SUBJECTS.items()
        if name != TEXT
    ]
    return (
        *parts,
        *(
            Option(
                f"{PASSAGE}{passage_key(words)}",
                say(
                    _(
                        "comment-paragraph",
                        default="Paragraphe ${rank} : ${words}",
                        mapping={"rank": rank, "words": cut(words, _SHOWN_PASSAGE)},
                    )
                ),
            )
            for rank, words in enumerate(paragraphs_of(reading), start=1)
        ),
    )


def cut(text: str, longest: int) -> str:
    """Return the beginning of a text, with « … » where it is cut."""
    bare = " ".join(text.split())
    return bare if len(bare) <= longest else f"{bare[:longest].rstrip()}…"


def _thread(item: Any, request: Any, thread: Any, refused: Forms) -> dict[str, Any]:
    comment = thread.comment
    name = f"answer-{comment.id}"
    return {
        **_said(request, comment),
        "place": thread.place,
        "is_lost": thread.is_lost,
        "quote": cut(comment.quote, _SHOWN_QUOTE),
        "subject": ""
        if comment.about in {"", TEXT}
        else SUBJECTS.get(comment.about, ""),
        "answers": [_said(request, answer) for answer in thread.answers],
        "resolved": _resolved(request, comment) if thread.is_resolved else "",
        "is_answering": name in refused,
        "form": shown(refused, name, lambda: answer_form(item, request, comment.id)),
        "turn_url": _turn_url(item, request, thread),
    }


def _turn_url(item: Any, request: Any, thread: Any) -> str:
    """Return where a thread is closed or opened again; empty for who may not."""
    if not may_settle(item, thread.comment, request.actor):
        return ""
    way = "rouvrir" if thread.is_resolved else "traiter"
    return str(request.resource_url(item, way))


def _said(request: Any, comment: Any) -> dict[str, Any]:
    return {
        "id": comment.id,
        "author": person(request, comment.author),
        "at": display.moment(comment.at),
        "text": comment.text,
    }


def _resolved(request: Any, comment: Any) -> str:
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
