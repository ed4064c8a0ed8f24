"""A sheet is written, read again, published, amended, declared obsolete."""

from datetime import date

import pytest

from sicp import permissions as p
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.exceptions import StateError
from sicp.operations.index import compare
from sicp.operations.knowledge.publishing import entrust_sheet
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.publishing import reinstate_sheet
from sicp.operations.knowledge.publishing import retire_sheet
from sicp.operations.knowledge.publishing import return_sheet
from sicp.operations.knowledge.publishing import submit_sheet
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet
from sicp.operations.knowledge.sheet import discard_working
from sicp.operations.knowledge.sheet import start_editing
from sicp.operations.knowledge.sheet import take_over
from sicp.operations.knowledge.sheet import write_sheet
from sicp.operations.knowledge.version import compare_texts
from sicp.operations.knowledge.version import restore_version
from sicp.operations.knowledge.version import versions_of
from sicp.operations.user.right import may


def test_a_draft_is_read_by_those_who_write_only(world, region) -> None:
    sheet = world.draft()
    reader = world.person("lea", "reader", region["upkeep"])
    writer = world.person("paul", "editorial-member", region["upkeep"])
    assert not may(reader["actor"], p.VIEW_KNOWLEDGE, sheet)
    assert may(writer["actor"], p.VIEW_KNOWLEDGE, sheet)
    publish_sheet(sheet, **world.by)
    assert may(reader["actor"], p.VIEW_KNOWLEDGE, sheet)


def test_a_reader_writes_nothing(world, region) -> None:
    reader = world.person("lea", "reader", region["upkeep"])
    sheet = world.sheet()
    for act in (start_editing, publish_sheet, take_over, submit_sheet):
        with pytest.raises(NotAllowedError):
            act(sheet, **reader)
    with pytest.raises(NotAllowedError):
        create_sheet(world.base, "practice", SheetInput("A"), **reader)


def test_the_text_is_cleaned_and_its_fields_are_read(world) -> None:
    sheet = world.draft(
        "Décret", "<p onclick=x>a</p>", kind="official_text", nature="decree"
    )
    assert sheet.working.text == "<p>a</p>"
    assert sheet.working.fields == {"nature": "decree"}


@pytest.mark.parametrize(
    ("kind", "wanted", "field"),
    [
        ("poem", SheetInput("A"), "kind"),
        ("practice", SheetInput("  "), "title"),
        ("practice", SheetInput("x" * 201), "title"),
        ("official_text", SheetInput("A", fields={"nor": "non"}), "nor"),
        ("practice", SheetInput("A", themes=[f"t{n}" for n in range(21)]), "themes"),
    ],
)
def test_bad_input_is_told_at_its_field(world, kind, wanted, field) -> None:
    with pytest.raises(InvalidInputError) as told:
        create_sheet(world.base, kind, wanted, **world.by)
    assert told.value.field == field


def test_people_read_the_published_text_until_the_next_publication(world) -> None:
    sheet = world.sheet("Avant")
    write_sheet(sheet, SheetInput("Après", "<p>Neuf</p>"), **world.by)
    assert (sheet.title, sheet.shown.title) == ("Avant", "Avant")
    assert compare(world.site) == []
    version = publish_sheet(sheet, **world.by, note="Mise à jour")
    assert (sheet.title, version.number, sheet.working) == ("Après", 2, None)
    assert sheet.__name__ == "apres"
    assert compare(world.site) == []


def test_a_text_goes_to_the_committee_and_comes_back_with_a_reason(world) -> None:
    sheet = world.draft()
    submit_sheet(sheet, **world.by)
    assert sheet.state == "review"
    with pytest.raises(StateError):
        write_sheet(sheet, SheetInput("A", "<p>a</p>"), **world.by)
    with pytest.raises(InvalidInputError):
        return_sheet(sheet, " ", **world.by)
    return_sheet(sheet, "À préciser", **world.by)
    assert (sheet.state, sheet.working.note) == ("draft", "À préciser")
    with pytest.raises(StateError):
        return_sheet(sheet, "Encore", **world.by)


def test_a_published_sheet_stays_so_while_its_next_text_is_read_again(world) -> None:
    sheet = world.sheet()
    write_sheet(sheet, SheetInput("Fiche", "<p>Neuf</p>"), **world.by)
    submit_sheet(sheet, **world.by)
    assert (sheet.state, sheet.working.is_submitted) == ("published", True)
    return_sheet(sheet, "Non", **world.by)
    assert not sheet.working.is_submitted


def test_what_a_kind_needs_is_asked_before_publication(world) -> None:
    sheet = world.draft(kind="case_law")
    with pytest.raises(StateError) as told:
        publish_sheet(sheet, **world.by)
    assert told.value.field == "court"
    with pytest.raises(StateError) as told:
        publish_sheet(world.draft(text=""), **world.by)
    assert told.value.field == "text"
    with pytest.raises(StateError):
        publish_sheet(world.sheet(), **world.by)


def test_an_old_form_is_not_written_over_a_newer_text(world) -> None:
    sheet = world.draft()
    write_sheet(sheet, SheetInput("A", "<p>a</p>"), **world.by, revision=0)
    with pytest.raises(EditConflictError):
        write_sheet(sheet, SheetInput("B", "<p>b</p>"), **world.by, revision=0)
    assert sheet.working.text == "<p>a</p>"


def test_a_colleague_takes_the_pen_and_the_other_is_told(world, region) -> None:
    ana = world.person("ana", "editor", region["upkeep"])
    bob = world.person("bob", "editor", region["upkeep"])
    sheet = create_sheet(world.base, "practice", SheetInput("F", "<p>a</p>"), **ana)
    with pytest.raises(StateError) as told:
        start_editing(sheet, **bob)
    assert "Ana" in told.value.message.interpolate()
    take_over(sheet, **bob)
    write_sheet(sheet, SheetInput("F", "<p>b</p>"), **bob)
    with pytest.raises(StateError):
        write_sheet(sheet, SheetInput("F", "<p>c</p>"), **ana)
    assert sheet.working.by == "bob"


def test_a_working_copy_is_given_up_but_a_draft_is_not(world) -> None:
    sheet = world.sheet()
    with pytest.raises(StateError):
        take_over(sheet, **world.by)
    start_editing(sheet, **world.by)
    discard_working(sheet, **world.by)
    assert sheet.working is None
    with pytest.raises(StateError):
        discard_working(world.draft(), **world.by)


def test_an_obsolete_sheet_stays_with_its_reason_and_comes_back(world) -> None:
    sheet = world.sheet()
    with pytest.raises(InvalidInputError):
        retire_sheet(sheet, "", **world.by)
    retire_sheet(sheet, "Texte abrogé", **world.by)
    assert (sheet.state, sheet.state_reason) == ("obsolete", "Texte abrogé")
    with pytest.raises(StateError):
        retire_sheet(sheet, "Encore", **world.by)
    reinstate_sheet(sheet, "Erreur", **world.by)
    assert sheet.state == "published"
    retire_sheet(sheet, "Texte abrogé", **world.by)
    write_sheet(sheet, SheetInput("Fiche", "<p>Neuf</p>"), **world.by)
    publish_sheet(sheet, **world.by)
    assert sheet.state == "published"
    assert compare(world.site) == []


def test_somebody_answers_for_a_sheet(world, region) -> None:
    world.person("ana", "editor", region["upkeep"])
    sheet = world.sheet()
    entrust_sheet(sheet, "ana", date(2027, 1, 1), **world.by)
    assert (sheet.owner, sheet.review_on) == ("ana", date(2027, 1, 1))
    with pytest.raises(InvalidInputError):
        entrust_sheet(sheet, "nobody", None, **world.by)
    assert compare(world.site) == []


def test_versions_are_compared_and_restored_as_new_ones(world) -> None:
    sheet = world.sheet("Fiche", "<p>Un texte court</p><p>Fin</p>")
    write_sheet(
        sheet,
        SheetInput("Fiche neuve", "<p>Un texte long</p>", themes=["Lots"]),
        **world.by,
    )
    publish_sheet(sheet, **world.by)
    new, old = versions_of(sheet)
    told = compare_texts(sheet.kind, old, new)
    assert [change.old for change in told.fields] == ["Fiche", ""]
    assert [row.status for row in told.rows] == ["changed", "removed"]
    assert not told.is_same
    assert compare_texts(sheet.kind, new, new).is_same
    version = restore_version(sheet, 1, **world.by)
    assert (version.number, sheet.shown.text) == (3, old.text)
    assert [v.number for v in versions_of(sheet)] == [3, 2, 1]
    for number in (3, 9):
        with pytest.raises(InvalidInputError):
            restore_version(sheet, number, **world.by)
