"""The documents of every shipped canevas come back from Word: all that was edited."""

from random import Random
from typing import Any

from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.docx import write_docx
from sicp.engines.docx.elements import paragraph
from sicp.engines.docx.elements import run
from sicp.engines.docx.reading import read_docx
from sicp.engines.docx.round_trip import changes_of
from sicp.engines.docx.round_trip_model import ClauseStatus
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.draft import Draft
from tests.unit.engines.docx.word_edits import Edited
from tests.unit.engines.docx.word_edits import q
from tests.unit.seed.shipped import draft_of
from tests.unit.seed.shipped import sets_of

STYLE = HouseStyle(organisation="Région Île-des-Alpes")
FATES = ("removed", "lengthened", "followed")


def written(draft: Draft) -> Edited:
    return Edited(write_docx(draft, STYLE, Properties(draft.title, "2026-0042")))


def told(draft: Draft, file: Edited) -> Any:  # noqa: ANN401
    return changes_of(draft, read_docx(file.data), DRAFTING_FIELDS)


def tags(file: Edited) -> list[str]:
    """Return the tags of the clauses, in their order."""
    found = file.find("//w:sdt/w:sdtPr[w:lock]/w:tag/@w:val")
    assert len(set(found)) == len(found)
    return list(found)


def test_a_document_nobody_touched_says_nothing_new(canevas: Canevas) -> None:
    draft = draft_of(sets_of(canevas.id)[-1].name)
    result = told(draft, written(draft))
    assert result.is_unchanged
    assert result.conflicts == ()


def test_what_is_done_to_some_clauses_is_told_of_them_alone(canevas: Canevas) -> None:
    chance = Random(canevas.id)
    draft = draft_of(sets_of(canevas.id)[-1].name)
    file = written(draft)
    every = tags(file)
    chosen = chance.sample(every, min(len(every) // 2, 12))
    fates = {tag: chance.choice(FATES) for tag in chosen}
    for tag, fate in fates.items():
        edit(file, tag, fate)
    file.split_runs(lambda length: chance.randrange(length + 1))
    result = told(draft, file)
    expected = {
        "removed": ClauseStatus.REMOVED,
        "lengthened": ClauseStatus.REWRITTEN,
    }
    assert {c.tag: c.status for c in result.clauses} == {
        tag: expected.get(fates.get(tag, ""), ClauseStatus.UNCHANGED) for tag in every
    }
    for change in result.of(ClauseStatus.REWRITTEN):
        assert change.markup.rstrip().endswith(f"Phrase de {change.tag}.")
    followed = [tag for tag, fate in fates.items() if fate == "followed"]
    assert sorted(a.markup.strip() for a in result.added) == sorted(
        f"Alinéa de {tag}." for tag in followed
    )
    assert (result.values, result.moved, result.titles) == ((), (), ())


def edit(file: Edited, tag: str, fate: str) -> None:
    control = file.clause(tag)
    if fate == "removed":
        file.remove(control)
    elif fate == "lengthened":
        words = paragraph("BodyText", [run(f"Phrase de {tag}.")])
        control.find(q("sdtContent")).append(words)
    else:
        file.add_after(control, f"Alinéa de {tag}.")
