"""A contradiction is found at both its places; a clean bundle has none."""

from dataclasses import replace

import pytest

from sicp.engines.coherence import TextPassage
from sicp.engines.coherence import check
from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.docx import write_docx
from tests.unit.engines.coherence import bundle
from tests.unit.engines.coherence.conftest import as_piece
from tests.unit.engines.text_extraction import files


def said(findings):
    return [(f.subject, f.message, f.first.quote) for f in findings]


def planted(clean, *sentences, piece_id="cctp"):
    """Return the bundle with more paragraphs at the end of a piece."""
    extra = tuple(
        TextPassage(f"« 9. Divers », paragraphe {rank}", sentence, "9. Divers")
        for rank, sentence in enumerate(sentences, 1)
    )
    pieces = tuple(
        replace(piece, passages=(*piece.passages, *extra))
        if piece.id == piece_id
        else piece
        for piece in clean.pieces
    )
    return replace(clean, pieces=pieces)


def findings_of(bundle_):
    return check(bundle_.pieces, bundle_.facts)


def test_a_clean_bundle_has_no_contradiction(clean) -> None:
    assert {piece.id for piece in clean.pieces} >= {"cctp", "sites", "prices"}
    assert said(findings_of(clean)) == []


def test_no_demonstration_consultation_contradicts_itself(demonstration) -> None:
    complete = [b for b in demonstration if len(b.pieces) > 1]
    assert len(complete) >= 12
    assert [told for b in complete if (told := said(findings_of(b)))] == []


def test_pieces_read_back_from_their_word_files_agree_too(demonstration) -> None:
    for told in demonstration[::4]:
        pieces = [
            as_piece(draft.canevas_id, draft.title, "autre", _word(draft))
            for draft in told.drafts
        ]
        found = [f for f in check(pieces, told.facts) if f.subject != "annexes"]
        assert said(found) == []


def _word(draft) -> bytes:
    return write_docx(draft, HouseStyle(), Properties(title=draft.title))


ALL = (*bundle.CONTRADICTIONS, *bundle.OTHER_WORDS)


@pytest.fixture(scope="module")
def all_planted(clean):
    """What is found in a bundle where every contradiction is planted at once."""
    return findings_of(planted(clean, *(sentence for _subject, sentence in ALL)))


@pytest.mark.parametrize(("subject", "sentence"), ALL)
def test_a_planted_contradiction_is_found_at_both_places(
    all_planted, subject, sentence
) -> None:
    findings = [f for f in all_planted if sentence in {f.first.quote, f.second.quote}]
    assert {f.subject for f in findings} == {subject}, said(findings)
    for finding in findings:
        sides = (finding.first, finding.second)
        assert any(side.quote == sentence for side in sides)
        assert all(side.quote and side.title for side in sides)
        assert any(side.field or side.piece_id != "cctp" for side in sides)
        assert finding.message.endswith(".")


@pytest.mark.parametrize(
    ("subject", "piece", "sentence"),
    [
        ("duration", "ccap-common-services", "La durée du marché est de 36 mois."),
        ("retention", "rc-open-call", "La retenue de garantie est fixée à 3 %."),
        ("ccag", "ae-services", "Le CCAG-TIC est applicable."),
        ("variants", "sites", "Les variantes sont admises."),
    ],
)
def test_any_piece_may_be_the_one_that_contradicts(
    clean, subject, piece, sentence
) -> None:
    findings = findings_of(planted(clean, sentence, piece_id=piece))
    assert {f.subject for f in findings} == {subject}, said(findings)
    # Where the form is silent, the piece that speaks first is the one that others
    # are compared with.
    assert all(piece in {f.first.piece_id, f.second.piece_id} for f in findings)


def without(clean, piece_id, *more):
    kept = tuple(piece for piece in clean.pieces if piece.id != piece_id)
    return replace(clean, pieces=(*kept, *more))


def test_a_price_file_of_another_form_is_found(clean) -> None:
    rows = {"DPGF": [["Poste", "Montant en € HT"], ["Vitrerie", 12]]}
    piece = as_piece("dpgf", "DPGF", "DPGF", files.xlsx(**rows))
    found = said(findings_of(without(clean, "", piece)))
    assert [subject for subject, _message, _quote in found] == ["price-form"]


def test_prices_with_tax_are_found_in_the_price_file(clean) -> None:
    rows = {**bundle.PRICES, "BPU": [["Désignation", "Prix unitaire en € TTC"]]}
    piece = as_piece("prices", "BPU et DQE", "BPU", files.xlsx(**rows))
    findings = findings_of(without(clean, "prices", piece))
    assert {f.subject for f in findings} == {"tax"}
    assert findings[0].first.place == "feuille « BPU », ligne 1"


def test_a_cited_piece_that_is_missing_is_found(clean) -> None:
    findings = findings_of(without(clean, "prices"))
    assert [f.subject for f in findings] == ["annexes", "annexes"]
    assert "bordereau des prix unitaires" in findings[0].message


def test_a_numbered_annex_that_nobody_cites_is_found(clean) -> None:
    piece = as_piece("x", "Annexe 5 – Badges", "autre", files.docx("Des badges."))
    findings = findings_of(without(clean, "", piece))
    assert [f.message.replace("\xa0", " ") for f in findings] == [
        "« Annexe 5 – Badges » n’est citée par aucune autre pièce."
    ]


def test_weights_that_miss_one_hundred_are_found(clean) -> None:
    rows = [
        ["Critère", "Pondération"],
        ["Prix", "50 %"],
        ["Valeur technique", "30 %"],
        ["Délai", "10 %"],
    ]
    frame = as_piece("frame", "Cadre de réponse", "autre", files.docx(rows))
    messages = [f.message for f in findings_of(without(clean, "", frame))]
    assert any("font 90\N{NO-BREAK SPACE}%" in message for message in messages)
    assert any("un critère « Délai »" in m.replace("\xa0", " ") for m in messages)


def test_nothing_is_said_of_files_before_the_first_one_is_there(clean) -> None:
    drafts = tuple(piece for piece in clean.pieces if not piece.is_uploaded)
    assert said(check(drafts, clean.facts)) == []


def test_precision_and_recall_are_published(all_planted, clean, capsys) -> None:
    quoted = {(f.subject, f.first.quote) for f in all_planted}
    found = [case for case in ALL if case in quoted]
    false = [case for case in quoted if case not in ALL]
    with capsys.disabled():
        recall, precision = len(found) / len(ALL), len(found) / len(quoted)
        print(
            f"\ncoherence: {len(ALL)} planted, {recall:.0%} found, {precision:.0%} true"
        )
    assert false == []
    assert found == list(ALL)
