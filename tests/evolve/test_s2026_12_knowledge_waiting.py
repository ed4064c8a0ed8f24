"""A base written before what waits in it was listed gets its list."""

from datetime import UTC
from datetime import datetime

from sicp.evolve.s2026_11_knowledge import evolve as give_base
from sicp.evolve.s2026_12_knowledge_waiting import evolve
from sicp.operations.index import compare
from sicp.operations.knowledge.comment import QUESTION
from sicp.operations.knowledge.comment import comment_item
from sicp.operations.knowledge.folder import create_folder
from sicp.operations.knowledge.review import waiting_for
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet
from tests.conftest import all_powerful

NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


def test_what_waited_before_is_listed(old_site, registry) -> None:
    site = old_site("2026_11_before_knowledge")
    give_base(site, registry)
    actor = all_powerful(site)
    by = {"actor": actor, "now": NOW, "registry": registry}
    folder = create_folder(site["connaissances"], "Marchés", **by)
    sheet = create_sheet(folder, "practice", SheetInput("Fiche"), **by)
    comment_item(folder, "Et l’allotissement ?", about=QUESTION, **by)
    del site.business_catalog["waiting"]
    evolve(site, registry)
    evolve(site, registry)
    waiting = waiting_for(site, actor, NOW.date())
    assert waiting.mine == (sheet,)
    assert [item for item, _comment in waiting.questions] == [folder]
    assert compare(site) == []
