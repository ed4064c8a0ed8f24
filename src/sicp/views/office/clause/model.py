"""Import of the Word model of a public body: cut, compared, proposed piece by piece."""

from dataclasses import replace
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import DomainError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.clause import IClauseLibrary
from sicp.operations.clause.comparison import differences
from sicp.operations.clause.library import plain_title
from sicp.operations.clause.model import AMEND
from sicp.operations.clause.model import CREATE
from sicp.operations.clause.model import FATES
from sicp.operations.clause.model import IGNORE
from sicp.operations.clause.model import LARGEST_MODEL
from sicp.operations.clause.model import LONGEST_TEXT
from sicp.operations.clause.model import LONGEST_TITLE
from sicp.operations.clause.model import MOST_PIECES
from sicp.operations.clause.model import TOO_LARGE
from sicp.operations.clause.model import ModelPiece
from sicp.operations.clause.model import amended_data
from sicp.operations.clause.model import near_clauses
from sicp.operations.clause.model import propose_pieces
from sicp.operations.clause.model import read_model
from sicp.operations.clause.model import titles_with_blanks
from sicp.operations.clause.rich_text import Titles
from sicp.operations.clause.rich_text import palette_of
from sicp.operations.clause.rich_text import text_as_words
from sicp.operations.clause.rich_text import titles_for
from sicp.views.office.clause.folder import place_options
from sicp.views.office.clause.wording import by
from sicp.views.office.clause.wording import typed
from sicp.views.office.forms import number_of
from sicp.views.office.rich_text import editor_tools
from sicp.views.office.rich_text import loose_editor
from sicp.views.office.rich_text import loosely_written
from sicp.views.office.wording import CLAUSE_KINDS
from sicp.views.shared import display
from sicp.views.shared.forms.rich_text import HTML
from sicp.views.shared.forms.rich_text import EditorTools
from sicp.views.shared.forms.types import FORBIDDEN_CHARACTERS
from sicp.views.shared.layout import flash

_UNPROCESSABLE = 422
#: What a request holds beside its file.
_ENVELOPE = 64 * 1024
_BEGINNING = 220
_LONGEST_LINE = 2_000
#: From this likeness on, the nearest clause is shown beside the piece.
_BESIDE_PERCENT = 30
_TEXT = _("clause-text", default="Texte")
_FATE_TITLES = {
    IGNORE: _("model-ignore", default="Laisser"),
    CREATE: _("model-create", default="Proposer comme clause nouvelle"),
    AMEND: _("model-amend", default="Proposer comme modification de"),
}


@view_config(
    name="importer",
    context=IClauseLibrary,
    permission=p.EDIT_LIBRARY,
    renderer="templates/model/upload.pt",
    request_method="GET",
)
def upload(context: Any, request: Any) -> dict[str, Any]:
    """Ask for a Word file."""
    return _page(context, request, [])


@view_config(
    name="importer",
    context=IClauseLibrary,
    permission=p.EDIT_LIBRARY,
    renderer="templates/model/upload.pt",
    request_method="POST",
)
def propose(context: Any, request: Any) -> Any:
    """Read the file that is sent, or open the proposals chosen among its pieces.

    The pieces travel in the page itself: nothing is kept of a model nobody imports.
    """
    is_choice = "count" in request.POST
    pieces = []
    try:
        if is_choice:
            pieces = _sent_pieces(request)
            return _proposed(context, request, pieces)
        pieces = _read(request)
    except DomainError as error:
        request.response.status_int = _UNPROCESSABLE
        problem = {"field": error.field, "message": request.layout.say(error.message)}
        return _page(context, request, pieces, problem)
    return _page(context, request, pieces)


def _read(request: Any) -> list[ModelPiece]:
    if (request.content_length or 0) > LARGEST_MODEL + _ENVELOPE:
        raise InvalidInputError(TOO_LARGE, "file")
    sent = getattr(request.POST.get("file"), "file", None)
    if sent is None:
        raise InvalidInputError(
            _("model-file-needed", default="Choisissez un fichier Word (.docx)."),
            "file",
        )
    data = sent.read(LARGEST_MODEL + 1)
    return read_model(request.site, data, actor=request.actor)


def _proposed(context: Any, request: Any, pieces: list[ModelPiece]) -> Any:
    for number, piece in enumerate(pieces, 1):
        if piece.fate != IGNORE:
            _check_read(request, number)
    reason = _line(request, "reason")
    made = propose_pieces(request.site, pieces, **by(request), reason=reason)
    flash(
        request,
        _(
            "model-proposed",
            default="Propositions ouvertes, en rédaction : ${count}.",
            mapping={"count": len(made)},
        ),
    )
    site = context.__parent__
    query = {"etat": "redaction"}
    return HTTPSeeOther(request.resource_url(site["propositions"], query=query))


def _sent_pieces(request: Any) -> list[ModelPiece]:
    """Read the pieces that the page carries.

    Raises:
        InvalidInputError: something was sent that no page of ours sends.
    """
    count = number_of(typed(request, "count")) or 0
    if not 0 < count <= MOST_PIECES:
        raise InvalidInputError(_BROKEN)
    return [_sent_piece(request, number) for number in range(1, count + 1)]


def _sent_piece(request: Any, number: int) -> ModelPiece:
    text = _text(request, number)
    fate = typed(request, f"fate-{number}") or IGNORE
    kind = typed(request, f"kind-{number}") or "compulsory"
    place = typed(request, f"place-{number}")
    places = {option.value for option in place_options(request.site)}
    is_ours = fate in FATES and kind in CLAUSE_KINDS and place in {"", *places}
    if not is_ours or len(text) > LONGEST_TEXT or FORBIDDEN_CHARACTERS.search(text):
        raise InvalidInputError(_BROKEN, f"piece-{number}")
    return ModelPiece(
        _line(request, f"title-{number}", LONGEST_TITLE),
        text,
        tuple(_lines(request, f"hints-{number}")),
        tuple(_lines(request, f"path-{number}")),
        tuple(_lines(request, f"notes-{number}")),
        fate,
        place,
        kind,
        typed(request, f"target-{number}"),
    )


def _text(request: Any, number: int) -> str:
    """Read the words of a piece, from the editor or as markup.

    Nothing of what an editor could not read: ``_check_read`` tells it.
    """
    name = f"text-{number}"
    if request.POST.get(f"{name}_format") != HTML:
        return typed(request, name, LONGEST_TEXT + 1).replace("\r\n", "\n")
    try:
        return loosely_written(request.POST, name)
    except InvalidInputError:
        return ""


def _check_read(request: Any, number: int) -> None:
    try:
        loosely_written(request.POST, f"text-{number}")
    except InvalidInputError as error:
        raise InvalidInputError(error.message, f"piece-{number}") from error


def _tools(request: Any) -> EditorTools:
    return editor_tools(request, palette_of(request.site, request.today))


def _line(request: Any, name: str, longest: int = _LONGEST_LINE) -> str:
    text = " ".join(typed(request, name, longest + 1).split())
    if len(text) > longest or FORBIDDEN_CHARACTERS.search(text):
        raise InvalidInputError(_BROKEN, name)
    return text


def _lines(request: Any, name: str) -> list[str]:
    sent = typed(request, name).replace("\r\n", "\n")
    if FORBIDDEN_CHARACTERS.search(sent):
        raise InvalidInputError(_BROKEN, name)
    return [line for line in sent.split("\n") if line]


def _page(
    context: Any, request: Any, pieces: list[ModelPiece], problem: Any = None
) -> dict[str, Any]:
    request.layout.show(_("model-import", default="Importer un modèle Word"))
    known = titles_for(request.site, request.today, ())
    told = [_told(request, n, piece, known) for n, piece in enumerate(pieces, 1)]
    return {
        "pieces": told,
        "tools": _tools(request) if pieces else None,
        "problem": problem,
        "action_url": request.resource_url(context, "importer"),
        "limit": display.file_size(LARGEST_MODEL),
        "reason": typed(request, "reason", _LONGEST_LINE) if pieces else "",
        "fates": list(_FATE_TITLES.items()),
        "kinds": list(CLAUSE_KINDS.items()),
        "places": place_options(request.site) if pieces else (),
        "longest_title": LONGEST_TITLE,
        "titles": {
            "before": request.layout.say(
                _("model-library-text", default="Texte du clausier")
            ),
            "after": request.layout.say(_("model-text", default="Texte du modèle")),
        },
    }


def _told(
    request: Any, number: int, piece: ModelPiece, known: Titles
) -> dict[str, Any]:
    titles = titles_with_blanks(known, piece)
    post = request.POST if "count" in request.POST else None
    words = text_as_words(piece.text, titles)
    near = near_clauses(request.site, piece.text, request.today)
    best = near[0] if near and near[0].percent >= _BESIDE_PERCENT else None
    target = piece.target or (best.clause.clause_id if best is not None else "")
    return {
        "number": number,
        "piece": piece,
        "beginning": words[:_BEGINNING].rstrip(),
        "is_cut": len(words) > _BEGINNING,
        "editor": loose_editor(
            f"text-{number}", request.layout.say(_TEXT), piece.text, titles, post
        ),
        "path": " › ".join(piece.path),
        "hints": "\n".join(" ".join(hint.split()) for hint in piece.hints),
        "paths": "\n".join(piece.path),
        "notes": "\n".join(piece.notes),
        "target": target,
        "near": [
            {
                "id": item.clause.clause_id,
                "title": plain_title(item.clause.title),
                "url": request.resource_url(item.clause),
                "percent": display.percent(item.percent),
            }
            for item in near
        ],
        "difference": _beside(request, piece, best) if best is not None else None,
    }


def _beside(request: Any, piece: ModelPiece, best: Any) -> Any:
    """Compare a piece with the nearest clause; None when the text cannot be read."""
    before = best.clause.current.data
    target = replace(piece, target=best.clause.clause_id)
    try:
        after = amended_data(request.site, target)
        found = differences(request.site, before, after, request.today)
    except DomainError:
        return None
    return [item for item in found if item.name == "text"]


_BROKEN = _(
    "model-broken",
    default="Ce qui a été envoyé n’a pas la forme attendue : rien n’est proposé.",
)
