"""A folder of two thousand sheets: a page wakes what it shows, and no more."""

from collections.abc import Callable
from typing import Any

import pytest
import transaction
from pyramid.traversal import resource_path

from sicp.content_types.knowledge import Sheet
from sicp.operations.knowledge.folder import create_folder
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet

MANY = 2_000
#: A page of a list, and one sheet for each of the themes it offers.
SHOWN = 50
ORDERED = 100


@pytest.fixture
def crowd(site: Any, made: Any, by: dict[str, Any]) -> Callable[[int], str]:
    """Make a folder that holds so many drafts; return its address."""

    def fill(count: int) -> str:
        folder = create_folder(made["base"], "Très grand dossier", **by)
        create_folder(folder, "Dessous", **by)
        for number in range(count):
            wanted = SheetInput(f"Fiche {number}", "<p>Texte</p>", {}, ("Thème",))
            create_sheet(folder, "practice", wanted, rank=float(number), **by)
        transaction.commit()
        return resource_path(folder)

    return fill


def awake(database: Any) -> int:
    """Count the sheets that the connections of the application have woken."""
    counts: list[int] = []
    database._connectionMap(lambda connection: counts.append(_awake(connection)))
    return sum(counts)


def _awake(connection: Any) -> int:
    cached = [pair[1] for pair in connection._cache.items()]
    return sum(1 for item in cached if isinstance(item, Sheet) and item._p_state >= 0)


def test_no_page_wakes_all_of_a_folder(app_keeper, app_reader, crowd, database) -> None:
    crowded = crowd(MANY)
    app_keeper.get(crowded)
    # The measure sees what a list shows.
    assert awake(database) >= SHOWN
    for app, path, most in (
        (app_keeper, crowded, SHOWN + 5),
        (app_keeper, f"{crowded}?sort=-titre&page=7&dessous=1", SHOWN + 5),
        (app_keeper, f"{crowded}?texte=fiche&theme=theme", SHOWN + 5),
        (app_keeper, f"{crowded}/ordre", ORDERED),
        (app_keeper, f"{crowded}/fiche-1000", 10),
        (app_keeper, f"{crowded}/fiche-1000/supprimer", 10),
        (app_keeper, f"{crowded}/supprimer", 10),
        (app_keeper, f"{crowded}/branche", 0),
        # A reader sees none of these drafts.
        (app_reader, crowded, 0),
        (app_keeper, "/connaissances/", 60),
    ):
        transaction.begin()
        database.cacheMinimize()
        app.get(path, status=200)
        assert awake(database) <= most, path


def test_a_large_folder_is_ordered_page_by_page(app_keeper, crowd) -> None:
    crowded = crowd(ORDERED + 5)
    page = app_keeper.get(f"{crowded}/ordre?page=2")
    lines = page.html.select("[data-order] .order-title")
    assert [line.get_text() for line in lines][1:3] == ["Fiche 100", "Fiche 101"]
    line = page.html.select(".order-item")[1]
    sent = {i["name"]: i["value"] for i in line.select("input:not([disabled])")}
    app_keeper.post(f"{crowded}/ordre", {**sent, "step": "up"}, status=303)
    page = app_keeper.get(f"{crowded}/ordre")
    lines = page.html.select("[data-order] .order-title")
    assert [line.get_text() for line in lines][-1] == "Fiche 100"
