"""Two versions in one Word file: accept all is the new one, reject all the old."""

import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from datetime import timezone

from hypothesis import given
from hypothesis import settings

from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.docx import check_docx
from sicp.engines.docx.revisions import Reviser
from sicp.engines.docx.revisions import clause_pairs
from sicp.engines.docx.revisions import draft_pairs
from sicp.engines.docx.revisions import write_comparison
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.line_matching import matched
from sicp.engines.drafting.lines import lines_of
from tests.unit.engines.docx.tracked_changes import body_of
from tests.unit.engines.docx.tracked_changes import by_libreoffice
from tests.unit.engines.docx.tracked_changes import outline
from tests.unit.engines.docx.tracked_changes import q
from tests.unit.engines.docx.tracked_changes import settled
from tests.unit.engines.docx.tracked_changes import tables
from tests.unit.engines.sample import BLOCKS
from tests.unit.engines.sample import FORM
from tests.unit.engines.sample import FULL
from tests.unit.engines.sample import canevas
from tests.unit.engines.sample import clause
from tests.unit.engines.sample import draft_of

STYLE = HouseStyle(organisation="Région d’essai")
ABOUT = Properties("Comparaison", "2026-001")
BY = Reviser("Anne Dupont", datetime(2026, 11, 24, 9, 30, tzinfo=UTC))
OLD = """\
Le délai est de dix jours.

Paragraphe retiré.

1. un chat
2. deux
   - trois

| A | B |
|---|---|
| a | b |
| c | d |

Fin.
"""
NEW = """\
Le délai est de **vingt** jours.

1. zéro nouveau
2. un chien
   1. deux
   - trois
   - quatre

| A | C |
|---|---|
| a | e |
| f f | g g |
| c | d |

Ajouté ici.

Fin.
"""
CLAUSES = [
    (clause("prix", OLD), clause("prix", NEW, title="Les prix")),
    (None, clause("neuf", "Tout neuf.")),
    (clause("vieux", "| Tout vieux |\n|---|\n"), None),
]


def _compared(pairs):
    return write_comparison(pairs, BY, STYLE, ABOUT)


def _clauses():
    return _compared(clause_pairs(CLAUSES, FORM))


def _side(index):
    """Return what the file of one side alone says."""
    alone = [(pair[index], pair[index]) for pair in CLAUSES if pair[index]]
    return outline(body_of(_compared(clause_pairs(alone, FORM))))


def test_accepting_all_gives_the_new_clauses_and_rejecting_all_the_old_ones():
    data = _clauses()
    assert outline(settled(data, is_accepted=True)) == _side(1)
    assert outline(settled(data, is_accepted=False)) == _side(0)


def test_libreoffice_accepts_and_rejects_all_of_it(tmp_path):
    accepted, rejected = by_libreoffice(_clauses(), tmp_path)
    for made, index in ((accepted, 1), (rejected, 0)):
        assert not _changes(made)
        words = [[text for _, text in said] for _, _, said in outline(body_of(made))]
        assert [w for w in words if w] == [
            [text for _, text in said] for _, _, said in _side(index) if said
        ]


def _changes(data):
    names = ("ins", "del", "pPrChange")
    return list(body_of(data).iter(*(q(name) for name in names)))


def test_each_change_bears_an_id_of_its_own_its_author_and_its_instant():
    changes = _changes(_clauses())
    ids = [change.get(q("id")) for change in changes]
    assert len(set(ids)) == len(ids) > 10
    assert {change.get(q("author")) for change in changes} == {"Anne Dupont"}
    assert {change.get(q("date")) for change in changes} == {"2026-11-24T09:30:00Z"}


def test_an_instant_of_another_zone_is_told_in_universal_time():
    at = datetime(2026, 11, 24, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    pairs = clause_pairs(CLAUSES, FORM)
    data = write_comparison(pairs, Reviser("A", at), STYLE, ABOUT)
    assert _changes(data)[0].get(q("date")) == "2026-11-24T08:30:00Z"


def test_words_deleted_are_no_more_words_of_the_text():
    for deleted in body_of(_clauses()).iter(q("del")):
        assert not list(deleted.iter(q("t")))


def test_the_file_is_sound_and_the_same_each_time():
    assert check_docx(_clauses()) == ()
    assert _clauses() == _clauses()


def test_a_numbered_list_goes_on_where_its_first_item_is_another():
    texts = "1. un\n2. deux\n", "1. zéro\n2. deux\n"
    blocks = [lines_of(clause("x", text).blocks, FORM) for text in texts]
    data = _compared(matched(*blocks))
    numbers = [e.get(q("val")) for e in body_of(data).iter(q("numId"))]
    assert len(set(numbers)) == 1


def test_an_item_that_changes_its_kind_of_list_keeps_both():
    lines = [
        lines_of(clause("x", text).blocks, FORM)
        for text in ("1. un chat\n2. un chien\n", "- un chat\n- un chien\n")
    ]
    data = _compared(matched(*lines))
    for is_accepted, bullets in ((True, {"2"}), (False, {"3"})):
        document = settled(data, is_accepted=is_accepted)
        assert {e.get(q("val")) for e in document.iter(q("numId"))} == bullets


def test_two_lists_are_numbered_apart():
    lines = lines_of(clause("x", "1. un\n\nPuis :\n\n1. un\n").blocks, FORM)
    data = _compared(matched(lines, lines))
    assert len({e.get(q("val")) for e in body_of(data).iter(q("numId"))}) == 2


def _drafts():
    plans = (
        canevas({"id": "p", "title": "Objet", "children": ["objet", "detail"]}, "fin"),
        canevas({"id": "p", "title": "Objets", "children": ["detail"]}, "neuf", "fin"),
    )
    clauses = [
        clause("objet", "Achat de {object}."),
        clause("detail", "Voir l’{ref:fin}.\n\n### Délai\n\n{duration_months}."),
        clause("fin", OLD),
        clause("neuf", NEW),
    ]
    others = {**FULL, "duration_months": 24}
    return draft_of(clauses, plans[0]), draft_of(clauses, plans[1], others)


def test_two_whole_documents_are_compared_section_by_section():
    old, new = _drafts()
    data = _compared(draft_pairs(old, new))
    assert check_docx(data) == ()
    for draft, is_accepted in ((new, True), (old, False)):
        alone = outline(body_of(_compared(draft_pairs(draft, draft))))
        assert outline(settled(data, is_accepted=is_accepted)) == alone
    inserted = "".join(
        t.text for i in body_of(data).iter(q("ins")) for t in i.iter(q("t"))
    )
    assert re.search(r"zéro nouveau", inserted)
    assert "Paragraphe retiré" not in inserted


def test_the_same_document_twice_has_no_change():
    old, _ = _drafts()
    assert not _changes(_compared(draft_pairs(old, old)))


@given(BLOCKS, BLOCKS)
@settings(deadline=None, max_examples=50)
def test_any_two_texts_are_found_again_whole(old, new):
    before, after = (lines_of(blocks, FieldSet()) for blocks in (old, new))
    data = _compared(matched(before, after))
    assert check_docx(data) == ()
    for lines, is_accepted in ((after, True), (before, False)):
        alone = body_of(_compared(matched(lines, lines)))
        document = settled(data, is_accepted=is_accepted)
        assert outline(document) == outline(alone)
        assert tables(document) == tables(alone)
