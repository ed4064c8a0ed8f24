"""A base written before what waits in it was listed gets its list."""

from sicp.evolve.s2026_12_knowledge_waiting import evolve
from sicp.operations.index import compare
from sicp.operations.knowledge.comment import QUESTION
from sicp.operations.knowledge.comment import comment_item
from sicp.operations.knowledge.review import waiting_for
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet


def test_what_waited_before_is_listed(with_base, folder, by) -> None:
    sheet = create_sheet(folder, "practice", SheetInput("Fiche"), **by)
    comment_item(folder, "Et l’allotissement ?", about=QUESTION, **by)
    del with_base.business_catalog["waiting"]
    evolve(with_base, by["registry"])
    evolve(with_base, by["registry"])
    waiting = waiting_for(with_base, by["actor"], by["now"].date())
    assert waiting.mine == (sheet,)
    assert [item for item, _comment in waiting.questions] == [folder]
    assert compare(with_base) == []
