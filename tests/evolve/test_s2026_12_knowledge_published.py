"""A base written before its publications were ordered by their day gets their order."""

from datetime import timedelta

from sicp.evolve.s2026_12_knowledge_published import evolve
from sicp.operations.index import compare
from sicp.operations.knowledge.listing import WantedSheets
from sicp.operations.knowledge.listing import list_sheets
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet


def test_what_was_published_before_is_ordered(with_base, folder, by) -> None:
    made = [
        create_sheet(folder, "practice", SheetInput(title, "<p>Dit.</p>"), **by)
        for title in ("Un", "Deux", "Brouillon")
    ]
    for hours, sheet in ((2, made[0]), (1, made[1])):
        publish_sheet(sheet, **{**by, "now": by["now"] + timedelta(hours=hours)})
    del with_base.business_catalog["published_at"]
    evolve(with_base, by["registry"])
    evolve(with_base, by["registry"])
    wanted = WantedSheets(order="published", is_descending=True)
    listed = list_sheets(None, wanted, by["actor"], with_base)
    assert listed.sheets == (made[0], made[1])
    assert compare(with_base) == []
