"""Gathers the pieces of a consultation and looks for what contradicts what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sicp import permissions as p
from sicp.engines.coherence import ConsultationFacts
from sicp.engines.coherence import Incoherence
from sicp.engines.coherence import PieceText
from sicp.engines.coherence import TextPassage
from sicp.engines.coherence import check
from sicp.engines.coherence.draft_text import passages_of
from sicp.engines.text_extraction import ExtractedText
from sicp.exceptions import InvalidInputError
from sicp.interfaces.user import Actor
from sicp.operations.consultation.attachment import attachments_of
from sicp.operations.document.context import answers_for_drafting
from sicp.operations.document.context import drafting_fields
from sicp.operations.document.piece import draft_document
from sicp.operations.document.piece import proposals
from sicp.operations.reading import text_of
from sicp.operations.upload import kind_title
from sicp.operations.user.right import require

#: Pieces of the contract, which are read even before anybody began them.
_OF_CONTRACT = ("RC", "CCAP", "AE")
_KINDS = {"other": "autre", "plan": "plan"}

#: The signs read of one piece: some 300 pages, in two seconds.
LONGEST_READ = 800_000

#: How the two sorts of pieces are told apart in a finding.
DRAFT = "draft:"
ATTACHMENT = "attachment:"


@dataclass(frozen=True, slots=True)
class UnreadPiece:
    """A piece whose words are not read.

    ``reason`` is in French; it is empty for an image or a plan, of which none is due.
    """

    title: str
    name: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class CoherenceReport:
    """What was found, in what was read.

    ``cut`` are the titles of pieces so long that only their beginning was read.
    """

    findings: tuple[Incoherence, ...]
    read: tuple[PieceText, ...]
    unread: tuple[UnreadPiece, ...]
    cut: tuple[str, ...]


def report_of(
    site: Any,  # noqa: ANN401
    consultation: Any,  # noqa: ANN401
    on: date,
    *,
    actor: Actor,
) -> CoherenceReport:
    """Check the pieces of a consultation, as they stand on the day ``on``.

    Raises:
        NotAllowedError: the actor does not see the details of the consultation.
    """
    require(actor, p.VIEW_DETAIL, consultation)
    drafts = tuple(_drafts(site, consultation, on))
    uploaded, unread, cut = _uploaded(consultation)
    pieces = (*drafts, *uploaded)
    answers = answers_for_drafting(site, consultation, {}, on)
    facts = ConsultationFacts(answers, drafting_fields(on))
    return CoherenceReport(check(pieces, facts), pieces, unread, cut)


def _drafts(site: Any, consultation: Any, on: date) -> Iterator[PieceText]:  # noqa: ANN401
    begun = consultation["pieces"]
    offered = proposals(site, consultation, on)
    wanted: dict[str, Any] = dict(sorted(begun.items()))
    for proposal in offered:
        if proposal.is_proposed and proposal.document in _OF_CONTRACT:
            wanted.setdefault(proposal.id, None)
    documents = {proposal.id: proposal.document for proposal in offered}
    for name in sorted(wanted, key=lambda name: _order(documents.get(name, ""))):
        try:
            piece = draft_document(
                site, consultation, wanted[name], on, template_id=name
            )
        except InvalidInputError:
            # Its canevas was taken away: the page of the piece says so.
            continue
        draft = piece.draft
        yield PieceText(
            f"{DRAFT}{name}", draft.title, draft.document, passages_of(draft)
        )


def _order(document: str) -> int:
    return _OF_CONTRACT.index(document) if document in _OF_CONTRACT else 9


def _uploaded(
    consultation: Any,  # noqa: ANN401
) -> tuple[tuple[PieceText, ...], tuple[UnreadPiece, ...], tuple[str, ...]]:
    read: list[PieceText] = []
    unread: list[UnreadPiece] = []
    cut: list[str] = []
    for piece in attachments_of(consultation):
        text = text_of(piece.current)
        passages, is_cut = _passages(text) if text is not None else ((), False)
        if text is None:
            version = piece.current
            reason, kind = version.text_reason, kind_title(version)
            unread.append(UnreadPiece(piece.title, piece.__name__, kind, reason))
        elif is_cut:
            cut.append(piece.title)
        kind = _KINDS.get(piece.kind, piece.kind.upper())
        name = f"{ATTACHMENT}{piece.__name__}"
        read.append(PieceText(name, piece.title, kind, passages, is_uploaded=True))
    return tuple(read), tuple(unread), tuple(cut)


def _passages(text: ExtractedText) -> tuple[tuple[TextPassage, ...], bool]:
    """Return the passages to read, and whether some are left out: a page must come."""
    kept: list[TextPassage] = []
    length = 0
    for q in text.passages:
        length += len(q.text)
        if length > LONGEST_READ:
            return tuple(kept), True
        kept.append(TextPassage(q.place, q.text, q.heading, q.is_heading))
    return tuple(kept), text.is_cut
