"""A base written before its publications were ordered by their day gets their order."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta

from sicp.evolve.s2026_11_knowledge import evolve as give_base
from sicp.evolve.s2026_12_knowledge_published import evolve
from sicp.operations.index import compare
from sicp.operations.knowledge.folder import create_folder
from sicp.operations.knowledge.listing import WantedSheets
from sicp.operations.knowledge.listing import list_sheets
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet
from tests.conftest import all_powerful

NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


def test_what_was_published_before_is_ordered(old_site, registry) -> None:
    site = old_site("2026_11_before_knowledge")
    give_base(site, registry)
    actor = all_powerful(site)
    by = {"actor": actor, "now": NOW, "registry": registry}
    folder = create_folder(site["connaissances"], "Marchés", **by)
    made = [
        create_sheet(folder, "practice", SheetInput(title, "<p>Dit.</p>"), **by)
        for title in ("Un", "Deux", "Brouillon")
    ]
    for hours, sheet in ((2, made[0]), (1, made[1])):
        publish_sheet(sheet, **{**by, "now": NOW + timedelta(hours=hours)})
    del site.business_catalog["published_at"]
    evolve(site, registry)
    evolve(site, registry)
    wanted = WantedSheets(order="published", is_descending=True)
    assert list_sheets(None, wanted, actor, site).sheets == (made[0], made[1])
    assert compare(site) == []
