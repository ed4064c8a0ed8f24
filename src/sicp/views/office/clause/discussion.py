"""What is said of a text proposed, beside the words it is about."""

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

import colander

from sicp.i18n import _
from sicp.operations.clause.discussion import TEXT
from sicp.operations.clause.discussion import passage_key
from sicp.operations.clause.discussion import threads_of
from sicp.operations.clause.library import read_data
from sicp.operations.document.reading import plain_text
from sicp.operations.document.reading import read_text
from sicp.views.office.clause.wording import SUBJECTS
from sicp.views.office.clause.wording import person
from sicp.views.shared import display
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import LongTextControl
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Text

_LONGEST_COMMENT = 5_000
_LONGEST_QUOTE = 2_000
_SHOWN_PASSAGE = 70
_SHOWN_QUOTE = 240
PASSAGE = "passage:"
PROPERTY = "property:"

#: The forms that were refused, by their id, to be shown again as they were sent.
Forms = Mapping[str, Form]


def reading_of(proposal: Any, request: Any) -> Any:
    """Read the text proposed, in French."""
    return read_text(request.site, read_data(proposal.data), request.today)


def paragraphs_of(reading: Any) -> list[str]:
    """Return the words of each paragraph, table or list of a text."""
    return [plain_text(block) for block in reading.blocks]


def comment_form(proposal: Any, request: Any, reading: Any) -> Form:
    """Make the form by which one speaks of the text, or of a part of it."""
    about = colander.SchemaNode(
        colander.String(),
        name="about",
        title=_("comment-about", default="Le commentaire porte sur"),
        widget=ChoiceControl(
            options=_subjects(request, reading),
            is_compact=True,
            empty_title=_("comment-about-all", default="L’ensemble de la proposition"),
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
        action=request.resource_url(proposal, "commentaire"),
        buttons=[Button("comment", _("comment-add", default="Commenter"))],
    )


def answer_form(proposal: Any, request: Any, comment_id: str) -> Form:
    """Make the form by which one answers a comment."""
    return Form(
        colander.SchemaNode(colander.Mapping(), _said_node()),
        request,
        formid=f"answer-{comment_id}",
        marks_optional=False,
        action=request.resource_url(proposal, "reponse", query={"a": comment_id}),
        buttons=[Button("answer", _("comment-answer", default="Répondre"))],
    )


def shown(refused: Forms | None, name: str, make: Callable[[], Form]) -> str:
    """Render a form: the one that was refused, or a new one."""
    form = (refused or {}).get(name)
    return (form if form is not None else make()).render()


def _said_node() -> Any:
    return colander.SchemaNode(
        Text(_LONGEST_COMMENT, has_lines=True),
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


def commented_rows(reading: Any, threads: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each paragraph with what is said of it."""
    return [
        {"blocks": [block], "threads": [t for t in threads if t["place"] == rank]}
        for rank, block in enumerate(reading.blocks)
    ]


def told_threads(
    proposal: Any, request: Any, reading: Any, refused: Forms
) -> list[dict[str, Any]]:
    """Say every thread, with its answers and the form to answer it."""
    found = threads_of(proposal.comments, paragraphs_of(reading))
    return [_thread(proposal, request, thread, refused) for thread in found]


def _thread(proposal: Any, request: Any, thread: Any, refused: Forms) -> dict[str, Any]:
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
        "form": shown(
            refused, name, lambda: answer_form(proposal, request, comment.id)
        ),
        "turn_url": request.resource_url(
            proposal, "rouvrir" if thread.is_resolved else "traiter"
        ),
    }


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
