"""The pieces of every demonstration consultation, and a whole bundle of one of them."""

from dataclasses import dataclass
from typing import Any

import pytest
import transaction
import ZODB

from sicp.clock import legal_day
from sicp.engines.coherence import ConsultationFacts
from sicp.engines.coherence import PieceText
from sicp.engines.coherence import TextPassage
from sicp.engines.coherence.draft_text import passages_of
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.formats import day
from sicp.engines.text_extraction import extract
from sicp.operations import demonstration as demo
from sicp.operations.document.context import answers_for_drafting
from sicp.operations.document.context import drafting_fields
from sicp.operations.document.piece import draft_document
from sicp.operations.document.piece import proposals
from sicp.operations.index import walk_consultations
from sicp.operations.site import site_of
from tests.conftest import NOW
from tests.unit.engines.coherence import bundle
from tests.unit.engines.text_extraction import files


@dataclass(frozen=True)
class Bundle:
    """The pieces of a consultation, and its form."""

    object: str
    pieces: tuple[PieceText, ...]
    facts: ConsultationFacts
    drafts: tuple[Draft, ...] = ()


@pytest.fixture(scope="session")
def demonstration(registry: Any) -> tuple[Bundle, ...]:
    """Every consultation of the demonstration whose contract can be drafted."""
    database = ZODB.DB(None)
    connection = database.open()
    site = site_of(connection, registry, NOW)
    transaction.commit()
    demo.build(site, registry, NOW, articles=())
    found = tuple(map(_drafted, [site] * 99, walk_consultations(site)))
    transaction.abort()
    connection.close()
    database.close()
    return found


def _drafted(site: Any, consultation: Any) -> Bundle:
    on = legal_day(NOW)
    offered = [
        proposal
        for proposal in proposals(site, consultation, on)
        if proposal.is_proposed and proposal.document in {"RC", "CCAP", "AE"}
    ]
    offered.sort(key=lambda p: ("RC", "CCAP", "AE").index(p.document))
    drafts = tuple(
        draft_document(site, consultation, None, on, template_id=p.id).draft
        for p in offered
    )
    pieces = tuple(
        PieceText(p.id, p.title, p.document, passages_of(draft))
        for p, draft in zip(offered, drafts, strict=True)
    )
    answers = answers_for_drafting(site, consultation, {}, on)
    facts = ConsultationFacts(answers, drafting_fields(on))
    return Bundle(consultation.object, pieces, facts, drafts)


@pytest.fixture(scope="session")
def clean(demonstration: Any, tmp_path_factory: Any) -> Bundle:
    """The cleaning of schools, with five files that contradict nothing."""
    drafted = next(b for b in demonstration if b.object.startswith("Nettoyage"))
    sent = [
        ("cctp", "CCTP", "CCTP", files.docx(*told(bundle.CCTP, drafted.facts))),
        ("sites", "Annexe 1 – Liste des sites", "autre", files.odt(*bundle.SITES)),
        ("prices", "BPU et DQE", "BPU", files.xlsx(**bundle.PRICES)),
    ]
    data = files.pdf(tmp_path_factory.mktemp("pdf"), *bundle.GUIDE)
    sent.append(("guide", "Annexe 2 – Guide d’entretien", "autre", data))
    uploaded = tuple(
        as_piece(name, title, kind, data) for name, title, kind, data in sent
    )
    return Bundle(drafted.object, (*drafted.pieces, *uploaded), drafted.facts)


def told(blocks: Any, facts: ConsultationFacts) -> list[Any]:
    """Write the dates and the reference of the form in the blocks of a file."""
    values = {
        "reference": facts.value("reference"),
        "bids": f"{facts.value('bids_due_at'):%d/%m/%Y à %Hh%M}",
        "questions": day(facts.value("questions_due_on")),
    }
    return [b.format(**values) if isinstance(b, str) else b for b in blocks]


def as_piece(name: str, title: str, kind: str, data: bytes) -> PieceText:
    """Read a file as a piece of the buyer."""
    passages = tuple(
        TextPassage(q.place, q.text, q.heading, q.is_heading)
        for q in extract(data).passages
    )
    return PieceText(name, title, kind, passages, is_uploaded=True)
