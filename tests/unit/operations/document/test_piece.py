"""A piece is assembled at each look: what changes in the form is in it at the next."""

import re
from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest

from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.html import render
from sicp.operations.clause import clauses_of
from sicp.operations.clause import library_of
from sicp.operations.clause.release import deliver
from sicp.operations.consultation.draft import create_draft
from sicp.operations.document.piece import answer_holds
from sicp.operations.document.piece import blocks_of
from sicp.operations.document.piece import contents_of
from sicp.operations.document.piece import count_open
from sicp.operations.document.piece import cover_html
from sicp.operations.document.piece import draft_document
from sicp.operations.document.piece import known_values
from sicp.operations.document.piece import left_out_clauses
from sicp.operations.document.piece import missing_upstream
from sicp.operations.document.piece import piece_of
from sicp.operations.document.piece import proposals
from sicp.operations.document.piece import variables_of

ON = date(2026, 11, 23)
CANEVAS = ("rc-open-call", "ccap-common-services", "ae-services")
FORMS = (
    "cleaning_three_lots",
    "lift_maintenance",
    "school_catering",
    "security_guarding",
    "travel_agency",
)
_WORDED = {FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CPV}


def words(piece) -> str:
    """Return the words of a document, without its tags."""
    return unescape(re.sub(r"<[^>]+>", " ", render(piece.draft)))


def all_words(site, consultation) -> str:
    """Return the words of the three documents of a consultation."""
    return "\n".join(
        words(draft_document(site, consultation, None, ON, template_id=name))
        for name in CANEVAS
    )


def used_fields(site, consultation) -> list[str]:
    """Return the fields of the form whose value the three documents print or test."""
    found = {}
    for name in CANEVAS:
        draft = draft_document(site, consultation, None, ON, template_id=name).draft
        for section in draft.walk():
            for value in section.trace.values if section.trace else ():
                if value.name in UPSTREAM_FORM and value.text:
                    found[value.name] = None
    return list(found)


def changed(field, value):
    """Return another value of the same type, and words that must then be printed."""
    match field.type:
        case FieldType.TEXT | FieldType.LONG_TEXT:
            return "Réponse changée sept fois", "Réponse changée sept fois"
        case FieldType.AMOUNT:
            return Decimal("123456.78"), "123 456,78"
        case FieldType.DATE:
            return value + timedelta(days=3), ""
        case FieldType.DATETIME:
            return datetime(2029, 3, 15, 11, 7, tzinfo=UTC), "15 mars 2029 à 12 h 07"
        case FieldType.CPV:
            return "79341000", "79341000"
        case FieldType.BOOLEAN:
            return not value, ""
        case FieldType.CHOICE:
            others = [c.value for c in field.choices if c.value != value]
            return others[0] if others else "MAPA", ""
        case FieldType.ROWS:
            column = next(c for c in field.columns if c.type in _WORDED)
            other, expected = changed(column, value[0][column.name])
            return ({**value[0], column.name: other}, *value[1:]), expected
    return value + 5, ""


@pytest.mark.parametrize("form", FORMS)
def test_each_answer_that_matters_is_in_a_document_at_the_next_look(
    site, open_consultation, form
) -> None:
    consultation = open_consultation(form)
    before = all_words(site, consultation)
    names = [n for n in used_fields(site, consultation) if n != "lots"]
    assert len(names) > 20
    silent = []
    for name in names:
        field, old = UPSTREAM_FORM[name], consultation.answers[name]
        consultation.answers[name], expected = changed(field, old)
        after = all_words(site, consultation).replace("\N{NO-BREAK SPACE}", " ")
        consultation.answers[name] = old
        if after == before.replace("\N{NO-BREAK SPACE}", " ") or expected not in after:
            silent.append(name)
    assert silent == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("canevas", CANEVAS)
def test_a_complete_form_leaves_no_question_of_its_own(
    site, open_consultation, form, canevas
) -> None:
    piece = draft_document(site, open_consultation(form), None, ON, template_id=canevas)
    assert [q.name for q in missing_upstream(piece)] == []
    assert [p.message for p in piece.draft.problems] == []


def test_a_lot_that_changes_is_changed_in_the_document(site, consultation) -> None:
    consultation["lots"]["2"].title = "Lycées du pays de Seyssel"
    assert "Lycées du pays de Seyssel" in all_words(site, consultation)
    assert "Lycées du pays de Gex" not in all_words(site, consultation)


def test_what_is_missing_is_asked_and_counted(site, consultation) -> None:
    del consultation.answers["bids_due_at"]
    piece = draft_document(site, consultation, None, ON, template_id="rc-open-call")
    assert [q.name for q in missing_upstream(piece)] == ["bids_due_at"]
    assert count_open(piece) == 1
    assert "à compléter" in words(piece)


def test_the_canevas_that_suit_the_answers_come_first(site, consultation) -> None:
    found = proposals(site, consultation, ON)
    proposed = [p.id for p in found if p.is_proposed]
    assert {"ae-services", "ccap-common-services", "rc-open-call"} <= {*proposed}
    assert [p.id for p in found][: len(proposed)] == proposed
    consultation.answers["procedure"] = "MAPA"
    others = {p.id: p for p in proposals(site, consultation, ON) if not p.is_proposed}
    said = others["rc-open-call"].condition.replace("\xa0", " ")
    assert "« Appel d’offres ouvert »" in said


def test_answers_not_saved_yet_are_shown_and_not_kept(consultation, doing) -> None:
    draft = create_draft(consultation, "ccap-common-services", **doing.by)
    name = variables_of(piece_of(draft, ON))[0].name
    before = words(piece_of(draft, ON))
    assert words(piece_of(draft, ON, {name: 7})) != before
    assert words(piece_of(draft, ON)) == before


def test_each_own_question_says_which_clause_asks_it(site, consultation) -> None:
    piece = draft_document(
        site, consultation, None, ON, template_id="ccap-common-services"
    )
    fields = variables_of(piece)
    assert fields
    assert all("Demandé par la" in field.help for field in fields)
    assert set(known_values(piece)) == {field.name for field in fields}


def test_a_faulty_condition_of_a_question_hides_it(site, consultation) -> None:
    piece = draft_document(site, consultation, None, ON, template_id="ae-services")
    assert not answer_holds(piece, {"field": "nobody", "operator": "is", "value": 1})
    assert answer_holds(piece, {"field": "ccag", "operator": "is", "value": "fcs"})


def test_the_page_is_the_document_in_flat_blocks(site, consultation) -> None:
    piece = draft_document(site, consultation, None, ON, template_id="rc-open-call")
    blocks = blocks_of(piece)
    assert len({block.key for block in blocks}) == len(blocks)
    flat = cover_html(piece) + "".join(block.html for block in blocks)
    flat = unescape(re.sub(r"<[^>]+>", " ", flat)).split()
    assert flat == words(piece).split()
    assert {entry.level for entry in contents_of(piece)} == {1, 2}


def test_only_clauses_of_this_canevas_are_told_as_left_out(consultation, doing) -> None:
    draft = create_draft(consultation, "ccap-common-services", **doing.by)
    draft.left_out = frozenset({"waste-management", "award-criteria"})
    titles = [clause.id for clause in left_out_clauses(piece_of(draft, ON))]
    assert titles == ["waste-management"]


def test_a_published_version_of_a_clause_is_in_the_next_document(
    site, consultation, doing
) -> None:
    clause = next(c for c in clauses_of(site["clausier"]) if c.clause_id == "invoicing")
    before = library_of(site, ON).clause("invoicing")
    data = {**clause.current.data, "text": "Les factures sont envoyées par pigeon."}
    clause.add_version(data, "editeur", doing.now)
    assert library_of(site, ON).clause("invoicing").version == before.version + 1
    assert "par pigeon" not in all_words(site, consultation)
    deliver(site, **doing.by)
    assert "par pigeon" in all_words(site, consultation)


def test_a_version_waits_for_its_day(site, library, doing) -> None:
    clause = next(c for c in clauses_of(library) if c.clause_id == "invoicing")
    data = {**clause.current.data, "text": "Plus tard."}
    clause.add_version(data, "editeur", doing.now, date(2027, 1, 1))
    assert library_of(site, ON).clause("invoicing").version == 1
    assert library_of(site, date(2027, 1, 1)).clause("invoicing").version == 2


def test_clauses_are_read_once_for_one_state_of_the_library(site, library) -> None:
    first = library_of(site, ON).clause("invoicing")
    assert library_of(site, ON).clause("invoicing") is first
    assert replace(first) == first
