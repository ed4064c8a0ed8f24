"""The knowledge base is loaded by a command, again after each update."""

from sicp import clock
from sicp.cli.site import open_site
from sicp.interfaces.knowledge import ISheet
from sicp.operations.knowledge.link import article_called
from sicp.operations.knowledge.publishing import entrust_sheet


def test_the_demonstration_holds_the_whole_code(home):
    with open_site() as opened:
        found = article_called(opened.root, "L3126-1", opened.actor("redacteur"))
        assert found.current.fields["number"] == "L3126-1"


def test_loaded_again_it_changes_nothing(sicp):
    output = sicp("knowledge", "load").output
    assert output.startswith("0 added, 0 renewed, ")
    assert output.rstrip().endswith(" 0 kept")


def test_who_does_not_manage_the_base_does_not_load_it(sicp):
    result = sicp("knowledge", "load", "--as", "redacteur")
    assert result.exit_code == 1
    assert "profil" in result.output


def test_each_review_is_reminded_once(sicp):
    with open_site() as opened:
        site, now = opened.root, clock.now()
        sheet = next(iter(published_sheets(site)))
        by = {"actor": opened.actor(None), "now": now, "registry": opened.registry}
        entrust_sheet(sheet, "documentaliste", clock.legal_day(now), **by)
        opened.commit("a review is due")
    assert sicp("knowledge", "remind").output == "1 reminded\n"
    assert sicp("knowledge", "remind").output == "0 reminded\n"


def published_sheets(site):
    """Walk the published sheets."""
    numbers = site["connaissances"].numbers.values()
    return (item for item in numbers if ISheet.providedBy(item) and item.versions)
