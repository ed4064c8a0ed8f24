"""The search and its index, kept from the command line."""

import json
import shutil

from sicp.cli.site import open_site
from sicp.operations.search.service import feed_of

KEYS = {"total", "milliseconds", "is_late", "mended", "facets", "results"}


def _search(sicp, *words):
    result = sicp("search", *words, "--json")
    assert result.exit_code == 0, result.output
    assert result.output.count("\n") == 1
    return json.loads(result.output)


def test_each_finds_what_he_may_see(sicp):
    found = _search(sicp, "nettoyage", "--as", "redacteur")
    assert found.keys() == KEYS
    assert found["total"] == len(found["results"]) > 0
    first = found["results"][0]
    assert first.keys() == {"title", "path", "score", "passage"}
    paths = {row["path"] for row in found["results"]}
    assert any(path.startswith("/consultations/") for path in paths)
    neighbour = _search(sicp, "nettoyage", "--as", "redacteur.lac")
    assert not any(
        row["path"].startswith("/consultations/region") for row in neighbour["results"]
    )


def test_a_facet_an_order_and_a_size(sicp):
    words = ("prix", "--facet", "kind=clause", "--order", "title", "--size", "3")
    found = _search(sicp, *words)
    titles = [row["title"] for row in found["results"]]
    assert len(titles) == 3
    assert titles == sorted(titles, key=str.casefold)
    assert {row["path"].split("/")[1] for row in found["results"]} == {"clausier"}
    assert sicp("search", "prix", "--facet", "colour=red").exit_code == 2


def test_people_read_it_too(sicp):
    result = sicp("search", "sous-traitance", "--as", "redacteur", "--size", "1")
    assert "result(s), page 1 of" in result.output
    assert "/clausier/" in result.output


def test_an_error_of_typing_is_mended_unless_one_insists(sicp):
    found = _search(sicp, "nettoyagee")
    assert (found["total"], found["mended"]) == (
        _search(sicp, "nettoyage")["total"],
        "nettoyage",
    )
    assert "This answers: nettoyage" in sicp("search", "nettoyagee").output
    insisted = _search(sicp, "nettoyagee", "--as-typed")
    assert (insisted["total"], insisted["mended"]) == (0, "")


def test_what_differs_is_found_then_mended(sicp):
    assert "No difference" in sicp("index", "compare").output
    with open_site() as opened:
        feed = feed_of(opened.root, opened.registry)
        feed.catch_up()
        checkpoint, note = feed.index.checkpoint_and_note()
        feed.index.remove(list(feed.index.digests())[:2])
        feed.index.commit(checkpoint, note)
    result = sicp("index", "compare", "--json")
    assert result.exit_code == 1
    assert len(json.loads(result.output)["missing"]) == 2
    assert sicp("index", "compare", "--repair").exit_code == 1
    assert sicp("index", "compare").exit_code == 0


def test_a_site_brought_back_has_the_index_it_had(sicp, tmp_path):
    kept = tmp_path / "backup"
    before = _search(sicp, "nettoyage")["total"]
    assert sicp("backup", kept).exit_code == 0
    assert sicp("user", "create", "passager", "Nettoyage Passager").exit_code == 0
    assert _search(sicp, "nettoyage")["total"] == before + 1
    assert sicp("restore", kept, "--force").exit_code == 0
    assert _search(sicp, "nettoyage")["total"] == before
    assert sicp("index", "compare").exit_code == 0


def test_the_index_may_be_thrown_away(sicp, home):
    before = _search(sicp, "nettoyage")["total"]
    shutil.rmtree(home / "search")
    assert _search(sicp, "nettoyage")["total"] == before
    assert "document(s)." in sicp("index", "rebuild").output
    state = json.loads(sicp("check", "--json").output)["search"]
    assert (state["late_seconds"], state["is_building"], state["is_unfit"]) == (
        0.0,
        False,
        False,
    )
