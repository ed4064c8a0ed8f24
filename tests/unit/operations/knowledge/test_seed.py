"""The shipped base comes in whole, once, and never over what people did."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import transaction

from sicp.exceptions import NotAllowedError
from sicp.operations.index import compare
from sicp.operations.knowledge import seed
from sicp.operations.knowledge.bin import remove_item
from sicp.operations.knowledge.link import article_called
from sicp.operations.knowledge.place import move_item
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.redirect import address_of
from sicp.operations.knowledge.seed import load_knowledge
from sicp.operations.knowledge.seed import shipped_articles
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import write_sheet
from tests.conftest import NOW
from tests.conftest import all_powerful

ARTICLES = 1801
FEW = ("L2123", "R2123")


def test_every_article_is_there_published_and_found(whole_base: Any) -> None:
    base, actor = whole_base["connaissances"], all_powerful(whole_base)
    found = [sheet for sheet in base.numbers.values() if _is_article(sheet)]
    assert len(found) == ARTICLES
    assert {sheet.state for sheet in found} == {"published"}
    for number in ("L1", "L2123-1", "R2162-4", "R2196-1", "L3126-1", "D2192-1"):
        sheet = article_called(whole_base, number, actor)
        assert sheet is not None, number
        assert sheet.current.fields["number"] == number
    assert compare(whole_base) == []


def test_an_article_stands_in_its_plan(whole_base: Any) -> None:
    sheet = article_called(whole_base, "L2123-1", all_powerful(whole_base))
    assert address_of(sheet).startswith("textes-officiels/code-de-la-commande-publique")
    folders = []
    while sheet.__parent__ is not whole_base["connaissances"]:
        sheet = sheet.__parent__
        folders.insert(0, sheet.title)
    assert folders[2:] == [
        "Partie législative",
        "Deuxième partie : Marchés publics",
        "Livre Ier : Dispositions générales",
        "Titre II : Choix de la procédure de passation",
        "Chapitre III : Marchés passés selon une procédure adaptée",
    ]


def test_articles_and_folders_keep_the_order_of_the_code(whole_base: Any) -> None:
    sheet = article_called(whole_base, "R2123-1", all_powerful(whole_base))
    held = sorted(sheet.__parent__.values(), key=lambda item: item.rank)
    numbers = [item.current.fields["number"] for item in held if _is_article(item)]
    assert numbers == ["R2123-1", "R2123-2"]


def test_a_new_wording_has_its_day(whole_base: Any) -> None:
    sheet = article_called(whole_base, "L2112-2", all_powerful(whole_base))
    row = next(s for s in shipped_articles() if s.name == "L2112-2")
    assert (
        sheet.current.fields["in_force_from"].isoformat()
        == (row.fields["in_force_from"])
    )


@pytest.fixture
def load(site: Any, doing: Any) -> Any:
    """Load a few articles and every sheet; return the counts."""
    return lambda: load_knowledge(site, **doing.by, articles=FEW)


def test_a_second_load_writes_nothing(site: Any, doing: Any, load: Any) -> None:
    first = load()
    transaction.savepoint()
    revisions = {n: o._p_serial for n, o in site["connaissances"].numbers.items()}
    again = load()
    assert again["same"] == first["added"]
    assert (again["added"], again["renewed"], again["kept"]) == (0, 0, 0)
    changed = [o for o in site["connaissances"].numbers.values() if o._p_changed]
    assert changed == []
    assert len(revisions) == len(site["connaissances"].numbers)
    assert compare(site) == []


def test_a_larger_load_completes_a_smaller_one(site: Any, doing: Any) -> None:
    small = load_knowledge(site, **doing.by, articles=("L2123",))
    more = load_knowledge(site, **doing.by, articles=FEW)
    assert more["added"] > 0
    assert more["same"] == small["added"]


def test_a_newer_text_renews_what_nobody_wrote(
    site: Any, doing: Any, load: Any, monkeypatch: Any
) -> None:
    load()
    article = article_called(site, "L2123-1", doing.actor)
    other = article_called(site, "R2123-1", doing.actor)
    _write(other, "<p>Récrit par le service.</p>", doing)
    rows = [_with_text(row, "<p>Nouveau.</p>") for row in _rows("L2123-1", "R2123-1")]
    monkeypatch.setattr(seed, "shipped_articles", lambda: iter(rows))
    counts = load()
    assert (counts["renewed"], counts["kept"]) == (1, 1)
    assert article.current.text == "<p>Nouveau.</p>"
    assert len(article.versions) == 2
    assert other.current.text == "<p>Récrit par le service.</p>"


def test_helps_chosen_by_people_stay(
    site: Any, doing: Any, load: Any, monkeypatch: Any
) -> None:
    load()
    sheet = article_called(site, "L2123-1", doing.actor)
    rows = [_with_helps(row, ("stage:definition",)) for row in _rows("L2123-1")]
    monkeypatch.setattr(seed, "shipped_articles", lambda: iter(rows))
    assert load()["renewed"] == 1
    assert sheet.helps == ("stage:definition",)
    sheet.helps, sheet.helps_by = (), "someone"
    assert load()["renewed"] == 0
    assert sheet.helps == ()


def test_what_was_moved_stays_and_what_was_thrown_away_too(
    site: Any, doing: Any, load: Any
) -> None:
    load()
    moved = article_called(site, "L2123-1", doing.actor)
    thrown = article_called(site, "R2123-1", doing.actor)
    place = site["connaissances"]["glossaire"]
    move_item(moved, place, **doing.by)
    remove_item(thrown, **doing.by)
    counts = load()
    assert (counts["added"], counts["kept"]) == (0, 1)
    assert moved.__parent__ is place
    assert article_called(site, "R2123-1", doing.actor) is None


def test_only_who_manages_the_base_loads_it(site: Any, doing: Any, world: Any) -> None:
    writer = world.person("ecrivain", "editor", site["organisation"])
    with pytest.raises(NotAllowedError):
        load_knowledge(site, **writer)


def _is_article(item: Any) -> bool:
    return getattr(item, "kind", "") == "article"


def _rows(*numbers: str) -> list[Any]:
    return [row for row in shipped_articles() if row.name in numbers]


def _with_text(row: Any, text: str) -> Any:
    return replace(row, text=text)


def _with_helps(row: Any, helps: tuple[str, ...]) -> Any:
    return replace(row, helps=helps)


def _write(sheet: Any, text: str, doing: Any) -> None:
    later = {**doing.by, "now": NOW + timedelta(days=1)}
    said = SheetInput(sheet.title, text, sheet.current.fields)
    write_sheet(sheet, said, **later)
    publish_sheet(sheet, **later)
