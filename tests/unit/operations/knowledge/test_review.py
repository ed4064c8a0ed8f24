"""What waits is told to those who can do something about it, and to nobody else."""

from datetime import date
from datetime import timedelta

import pytest

from sicp.clock import legal_day
from sicp.exceptions import InvalidInputError
from sicp.operations.index import compare
from sicp.operations.knowledge.comment import QUESTION
from sicp.operations.knowledge.comment import answer_question
from sicp.operations.knowledge.comment import comment_item
from sicp.operations.knowledge.comment import resolve_comment
from sicp.operations.knowledge.editing import text_as_markup
from sicp.operations.knowledge.editing import text_from_editor
from sicp.operations.knowledge.editing import text_from_markup
from sicp.operations.knowledge.merging import Writing
from sicp.operations.knowledge.merging import meet
from sicp.operations.knowledge.merging import read_writing
from sicp.operations.knowledge.publishing import entrust_sheet
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.publishing import retire_sheet
from sicp.operations.knowledge.publishing import return_sheet
from sicp.operations.knowledge.publishing import submit_sheet
from sicp.operations.knowledge.review import next_review
from sicp.operations.knowledge.review import waiting_for
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import discard_working
from sicp.operations.knowledge.sheet import start_editing
from sicp.operations.knowledge.sheet import take_over
from sicp.operations.knowledge.zone import set_readers
from tests.conftest import NOW

TODAY = legal_day(NOW)


@pytest.fixture
def people(world, region):
    """A reader, two who write and publish, and one who does so elsewhere."""
    return {
        "reader": world.person("lea", "reader", region["upkeep"]),
        "writer": world.person("paul", "editorial-member", region["upkeep"]),
        "other": world.person("anne", "editorial-member", region["schools"]),
        "outside": world.person("marc", "editorial-member", region["other_service"]),
    }


def waiting(world, person, **kw):
    return waiting_for(world.site, person["actor"], TODAY, **kw)


def test_a_text_waits_for_its_writer_then_for_the_committee(world, people) -> None:
    sheet = world.sheet()
    start_editing(sheet, **people["writer"])
    assert waiting(world, people["writer"]).mine == (sheet,)
    assert waiting(world, people["other"]).count == 0
    take_over(sheet, **people["other"])
    assert waiting(world, people["writer"]).count == 0
    submit_sheet(sheet, **people["other"], note="Relisez le point 2")
    assert sheet.working.note == "Relisez le point 2"
    assert waiting(world, people["other"]).mine == ()
    for name in ("writer", "other"):
        assert waiting(world, people[name]).submitted == (sheet,)
    assert waiting(world, people["reader"]).count == 0
    return_sheet(sheet, "Citez l’article", **people["writer"])
    assert waiting(world, people["other"]).mine == (sheet,)
    discard_working(sheet, **people["other"])
    assert waiting(world, people["other"]).count == 0
    assert compare(world.site) == []


def test_what_is_kept_for_others_waits_for_nobody_else(world, people, region) -> None:
    folder = world.folder()
    sheet = world.draft(folder=folder)
    submit_sheet(sheet, **world.by)
    comment_item(folder, "Et ensuite ?", about=QUESTION, **world.by)
    set_readers(folder, [region["schools"].__oid__], **world.by)
    assert waiting(world, people["outside"]).count == 0
    found = waiting(world, people["writer"])
    assert (found.submitted, len(found.questions)) == ((sheet,), 1)


def test_a_review_is_due_to_the_owner_and_to_those_who_publish(world, people) -> None:
    sheet, later = world.sheet("Une"), world.sheet("Autre")
    entrust_sheet(sheet, "lea", TODAY, **world.by)
    entrust_sheet(later, "lea", TODAY + timedelta(days=1), **world.by)
    for name in ("reader", "writer"):
        assert waiting(world, people[name]).due == (sheet,)
    assert waiting(world, people["writer"], owner="paul").due == ()
    retire_sheet(sheet, "Abrogée", **world.by)
    assert waiting(world, people["reader"]).due == ()


def test_a_question_waits_until_a_sheet_answers_it(world, people) -> None:
    folder = world.folder()
    asked = comment_item(folder, "Quel délai ?", about=QUESTION, **people["reader"])
    other = comment_item(folder, "Et là ?", about=QUESTION, **people["reader"])
    assert len(waiting(world, people["writer"]).questions) == 2
    sheet = answer_question(folder, asked.id, "<p>35 jours</p>", **people["writer"])
    resolve_comment(folder, other.id, **people["writer"])
    assert waiting(world, people["writer"]).questions == ()
    assert (sheet.asked_by, sheet.question) == ("lea", "Quel délai ?")
    assert compare(world.site) == []


def test_publishing_sets_the_day_of_the_next_reading(world, people) -> None:
    sheet = world.draft()
    publish_sheet(sheet, review_on=next_review(TODAY), **people["writer"])
    assert sheet.review_on == date(2027, 11, 23)
    assert next_review(date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_text_read_back_unchanged_is_the_same_to_the_letter() -> None:
    html = "<p>un  mot</p>\n\n<p></p><ul>\n<li>a</li></ul>"
    assert text_from_editor("<p>un mot</p><ul><li>a</li></ul>", html) == html
    assert text_from_markup(text_as_markup(html).replace("\n", "\r\n"), html) == html
    assert text_from_markup("un", html) == "<p>un</p>"
    with pytest.raises(InvalidInputError) as told:
        text_from_markup("[[Passage 9 : tableau]]", html)
    assert told.value.field == "text"


BASE = Writing("Titre", "<p>a</p><p>b</p>", ("t",), {"audience": "Tous"})


def test_what_one_alone_changed_is_kept() -> None:
    mine = Writing("Titre", "<p>a</p><p>B</p>", ("t", "u"), {"audience": "Tous"})
    theirs = Writing("Neuf", "<p>A</p><p>b</p>", (), {})
    meeting = meet("practice", BASE, mine, theirs)
    assert meeting.is_clean
    assert meeting.writing == Writing("Neuf", "<p>A</p>\n<p>B</p>", ("u",), {})


def test_what_both_changed_is_chosen() -> None:
    mine = Writing("Mien", "<p>A1</p><p>b</p>", ("t",), {"audience": "Moi"})
    theirs = Writing("Leur", "<p>A2</p><p>b</p>", ("t",), {"audience": "Eux"})
    meeting = meet("practice", BASE, mine, theirs)
    keys = [clash.key for clash in meeting.clashes]
    assert keys == ["title", "field.audience", "text.1"]
    assert meeting.settled({}, {}).title == "Mien"
    chosen = {"title": "theirs", "field.audience": "theirs", "text.1": "both"}
    assert meeting.settled(chosen, {"title": "Tiers"}) == Writing(
        "Leur", "<p>A1</p>\n<p>A2</p>\n<p>b</p>", ("t",), {"audience": "Eux"}
    )


def test_a_third_text_is_typed_in_place_of_both() -> None:
    table = "<table><tbody><tr><td><p>1</p><p>2</p></td></tr></tbody></table>"
    mine = Writing("Titre", f"{table}<p>A1</p><p>b</p>", ("t",), {"audience": "Moi"})
    theirs = Writing("Titre", "<p>A2</p><p>b</p>", ("t",), {"audience": "Eux"})
    meeting = meet("practice", BASE, mine, theirs)
    kept = meeting.clashes[-1].source
    assert kept is not None
    typed = {"field.audience": "Nous", "text.1": kept.replace("A1", "*A3*")}
    written = meeting.settled(dict.fromkeys(typed, "own"), typed)
    assert written.fields == {"audience": "Nous"}
    # What the markup does not say is kept from one's own passage.
    assert written.text == f"{table}\n<p><em>A3</em></p>\n<p>b</p>"
    with pytest.raises(InvalidInputError) as told:
        meeting.settled({"text.1": "own"}, {"text.1": "[[Passage 9 : tableau]]"})
    assert told.value.field == "text.1"


@pytest.mark.parametrize(
    "data", [None, [], {}, {"title": 1, "text": "", "themes": [], "fields": {}}]
)
def test_what_no_page_carried_is_refused(data) -> None:
    with pytest.raises(InvalidInputError):
        read_writing("practice", data)


def test_a_writing_comes_back_from_a_page_as_it_was() -> None:
    kept = Writing("T", "<p>a</p>", ("x",), {"signed_on": date(2026, 1, 2)})
    assert read_writing("official_text", kept.as_data()) == kept
    assert kept.as_input("n") == SheetInput("T", "<p>a</p>", kept.fields, ("x",), "n")
