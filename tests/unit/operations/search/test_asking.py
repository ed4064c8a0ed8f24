"""What is asked of a site, and what is answered."""

import pytest
import transaction

from sicp.operations.knowledge.bin import purge_entry
from sicp.operations.knowledge.bin import remove_item
from sicp.operations.knowledge.bin import restore_item
from sicp.operations.knowledge.place import move_item
from sicp.operations.knowledge.zone import set_readers
from sicp.operations.search import SearchWanted
from sicp.operations.search import suggest
from sicp.operations.search import walk


def test_what_is_committed_is_found_and_what_is_given_up_is_not(world, search):
    world.sheet("Pénalités de retard")
    assert search.titles("pénalité") == set()
    transaction.commit()
    assert search.titles("penalites") == {"Pénalités de retard"}
    world.sheet("Pénalités provisoires")
    transaction.abort()
    assert search.titles("pénalité") == {"Pénalités de retard"}


def test_a_passage_stands_under_its_heading(world, search):
    text = "<p>Avant.</p><h2>Délais</h2><p>Le délai est de trente jours.</p>"
    world.sheet("Paiement", text)
    transaction.commit()
    (found,) = search.page("trente").found
    assert found.heading == "Délais"
    assert ("trente", True) in found.passage
    assert found.item.title == "Paiement"
    assert found.kind == "sheet.practice"


def test_a_draft_is_found_by_those_who_write_alone(world, search, region):
    reader = world.person("lectrice", "beneficiary", region["lines"])["actor"]
    world.draft("Brouillon secret")
    transaction.commit()
    assert search.titles("secret") == {"Brouillon secret"}
    page = search.page("secret", reader)
    assert (page.total, page.found, page.facets, page.correction) == (0, (), (), "")
    page = search.page("secrex", reader)
    assert (page.total, page.mended, page.correction) == (0, "", "")


def test_words_that_nothing_has_are_answered_once_mended(world, search):
    world.sheet("Pénalités de retard")
    world.sheet("Retard de livraison")
    transaction.commit()
    page = search.page("penalitées")
    assert (page.total, page.mended, page.correction) == (1, "pénalités", "")
    page = search.page("retards penalitées")
    assert (page.total, page.mended) == (1, "retards pénalités")
    assert not page.is_partial
    # What is known is never changed, nor what is still not found.
    assert search.page("retard").mended == ""
    page = search.page("penalitées qwxzvk")
    assert (page.total, page.mended, page.correction) == (0, "", "pénalités qwxzvk")
    page = search.page("penalitées", as_typed=True)
    assert (page.total, page.mended, page.correction) == (0, "", "pénalités")


def test_what_is_thrown_away_is_not_found_until_it_comes_back(world, search):
    folder = world.folder("Archives")
    world.sheet("Vieille fiche", folder=world.folder("Bas", folder))
    transaction.commit()
    assert search.titles("vieille") == {"Vieille fiche"}
    entry = remove_item(folder, **world.by)
    transaction.commit()
    assert search.titles() == set()
    restore_item(entry, **world.by)
    transaction.commit()
    assert search.titles() == {"Archives", "Bas", "Vieille fiche"}
    purge_entry(remove_item(folder, **world.by), **world.by)
    transaction.commit()
    assert search.titles() == set()
    assert search.differences() == set()


def test_rights_of_a_folder_count_at_once(world, search, region):
    reader = world.person("lectrice", "beneficiary", region["lines"])["actor"]
    folder = world.folder("Tarifs")
    world.sheet("Barème", folder=folder)
    transaction.commit()
    assert search.titles("barème", reader) == {"Barème"}
    set_readers(folder, [region["schools"].__oid__], **world.by)
    transaction.commit()
    assert search.titles("barème", reader) == set()
    set_readers(folder, [region["transport"].__oid__], **world.by)
    transaction.commit()
    assert search.titles("barème", reader) == {"Barème"}
    assert search.differences() == set()


def test_what_moves_is_found_under_its_new_folder(world, search):
    here, there = world.folder("Ici"), world.folder("Là")
    inner = world.folder("Dedans", here)
    world.sheet("Voyageuse", folder=inner)
    transaction.commit()
    assert search.titles("voyageuse", under=here.__oid__) == {"Voyageuse"}
    move_item(inner, there, **world.by)
    transaction.commit()
    assert search.titles("voyageuse", under=here.__oid__) == set()
    assert search.titles("voyageuse", under=there.__oid__) == {"Voyageuse"}
    assert search.differences() == set()


def test_a_page_beyond_the_last_is_the_last(world, search):
    for number in range(5):
        world.sheet(f"Fiche {number}")
    transaction.commit()
    page = search.page("fiche", page=9, size=2)
    assert (page.total, page.page, page.pages, len(page.found)) == (5, 3, 3, 1)


def test_facets_read_in_french(world, search):
    world.sheet("Fiche", folder=world.folder("Modèles"))
    transaction.commit()
    facets = {facet.name: facet for facet in search.page("fiche").facets}
    assert facets["kind"].values[0].title == "Fiche pratique"
    assert facets["folder"].values[0].title == "Modèles"
    assert facets["state"].values[0].title == "Publiée"


def test_an_unknown_facet_is_refused(search):
    with pytest.raises(ValueError, match="unknown facets"):
        search.page("fiche", facets={"colour": ("red",)})


def test_words_of_the_trade_find_one_another(world, search):
    world.sheet("Appel d’offres ouvert")
    transaction.commit()
    assert search.titles("AOOX") == set()
    world.base.synonyms["aoox"] = ("AOOX", "appel d’offres ouvert")
    transaction.commit()
    assert search.titles("AOOX") == {"Appel d’offres ouvert"}


def test_suggestions_name_what_may_be_opened(world, search, doing, registry):
    world.sheet("Sous-traitance")
    transaction.commit()
    by = {"actor": doing.actor, "registry": registry}
    text, kind, item = suggest(world.site, "sous-t", **by)[0]
    assert (text, kind, item.title) == (
        "Sous-traitance",
        "sheet.practice",
        "Sous-traitance",
    )


def test_a_long_list_has_every_row_up_to_the_most(world, search, doing, registry):
    for number in range(7):
        world.sheet(f"Fiche {number}")
    transaction.commit()
    by = {"actor": doing.actor, "registry": registry}
    wanted = SearchWanted("fiche", order="title")
    rows = list(walk(world.site, wanted, **by))
    assert [row.title for row in rows] == [f"Fiche {number}" for number in range(7)]
    assert len(list(walk(world.site, wanted, most=3, **by))) == 3
