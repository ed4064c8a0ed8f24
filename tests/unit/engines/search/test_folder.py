"""The folder of an index: its writer, its readers, what kills it, what damages it."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
import tantivy

from sicp.engines.search import IndexAbsent
from sicp.engines.search import IndexDamaged
from sicp.engines.search import NotTheWriter
from sicp.engines.search import Passage
from sicp.engines.search import SearchDocument
from sicp.engines.search import SearchIndex
from sicp.engines.search import Wanted
from sicp.engines.search import digest_of

EVERYONE = frozenset(["all"])
#: Commits without end: commit n rewrites documents 1 to 5 and removes one of them.
WRITER = """
import sys
from pathlib import Path
from sicp.engines.search import Passage, SearchDocument, SearchIndex
with SearchIndex(Path(sys.argv[1])) as index:
    number = index.checkpoint()
    print("ready", flush=True)
    while True:
        number += 1
        index.replace(
            SearchDocument(
                one, "sheet", f"titre {number}", (Passage("texte " * 50),), ("all",)
            )
            for one in range(1, 6)
        )
        index.remove([number % 5 + 1])
        index.commit(number)
"""


def document(number, title="toiture", **more):
    return SearchDocument(number, "sheet", title, allowed=("all",), **more)


def total(index, text=""):
    return index.search(Wanted(text, EVERYONE)).total


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "search"


def fill(folder, *documents, checkpoint=1):
    with SearchIndex(folder) as index:
        index.replace(documents)
        index.commit(checkpoint)


def test_what_was_committed_is_found_again(folder):
    fill(folder, document(1), document(2), checkpoint=42)
    with SearchIndex(folder) as index:
        assert (index.checkpoint(), total(index, "toitures")) == (42, 2)
        assert not index.was_set_aside


def test_what_was_not_committed_is_lost(folder):
    with SearchIndex(folder) as index:
        index.replace([document(1)])
        assert total(index) == 0
        index.rollback()
        index.commit(1)
        assert total(index) == 0


def test_a_document_takes_the_place_of_its_former_self(folder):
    with SearchIndex(folder) as index:
        for title in ("gazon", "béton", "toiture"):
            index.replace([document(1, title), document(1, title)])
        index.commit(1)
        index.replace([document(1, "cantine", passages=(Passage("gris"),))])
        index.commit(2)
        assert [total(index, word) for word in ("toiture", "cantine", "gris")] == [
            0,
            1,
            1,
        ]
        assert total(index) == 1


def test_a_subtree_is_removed_with_its_head(folder):
    with SearchIndex(folder) as index:
        index.replace(
            [
                document(1),
                document(2, ancestors=(1,)),
                document(3, ancestors=(2, 1), passages=(Passage("gazon"),)),
                document(4, ancestors=(9,)),
            ]
        )
        index.commit(1)
        index.remove_under(1)
        index.commit(2)
        assert list(index.digests()) == [4]
        assert index._searcher().num_docs == 2


def test_digests_tell_what_changed(folder):
    fill(folder, document(1), document(2))
    with SearchIndex(folder) as index:
        assert index.digests() == {n: digest_of(document(n)) for n in (1, 2)}
        assert digest_of(document(1, "autre")) != index.digests()[1]


def test_readers_see_everything_until_a_rebuilding_is_committed(folder):
    with SearchIndex(folder) as writer, SearchIndex(folder) as reader:
        writer.replace(map(document, range(1, 4)))
        writer.commit(1)
        reader.reload()
        writer.clear()
        writer.replace([document(7)])
        assert (total(reader), total(writer)) == (3, 3)
        writer.commit(2)
        reader.reload()
        assert (total(reader), reader.checkpoint()) == (1, 2)


def test_one_process_writes_and_another_takes_over(folder):
    writer = SearchIndex(folder)
    reader = SearchIndex(folder)
    assert (writer.is_writer, reader.is_writer) == (True, False)
    assert not reader.take_over()
    with pytest.raises(NotTheWriter):
        reader.replace([document(1)])
    writer.close()
    assert reader.take_over()
    reader.replace([document(1)])
    reader.commit(5)
    assert reader.checkpoint() == 5
    reader.close()


def test_a_reader_tells_that_nothing_is_there_yet(folder):
    folder.mkdir()
    with SearchIndex(folder):
        reader = SearchIndex(folder)
        (folder / "index" / "meta.json").rename(folder / "elsewhere")
        with pytest.raises(IndexAbsent):
            total(SearchIndex(folder))
        reader.close()


@pytest.mark.parametrize("number", [0])
def test_a_document_without_a_number_is_refused(folder, number):
    with SearchIndex(folder) as index, pytest.raises(ValueError, match="number"):
        index.replace([document(number)])


def test_an_unknown_facet_is_refused_and_nothing_is_lost(folder):
    with SearchIndex(folder) as index:
        index.replace([document(1)])
        with pytest.raises(ValueError, match="colour"):
            index.replace([document(1, facets={"colour": ("red",)})])
        index.commit(1)
        assert total(index) == 1


def cut(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def scramble(file):
    file.write_bytes(bytes(random.Random(1).randbytes(file.stat().st_size)))


def empty(file):
    file.write_bytes(b"")


@pytest.mark.parametrize("damage", [cut, scramble, empty, os.remove])
@pytest.mark.parametrize("suffix", ["json", "term", "idx", "fast", "store", "pos"])
def test_a_damaged_index_is_set_aside_and_an_empty_one_takes_its_place(
    folder, damage, suffix
):
    fill(folder, document(1, passages=(Passage("béton gris"),)), checkpoint=9)
    name = "meta.json" if suffix == "json" else f"*.{suffix}"
    damage(next((folder / "index").glob(name)))
    with SearchIndex(folder) as index:
        assert index.checkpoint() == 0
        index.replace([document(1)])
        index.commit(1)
        assert total(index) == 1
        was_removed = damage is os.remove and suffix == "json"
        assert index.was_set_aside == (not was_removed)


def test_an_index_of_another_schema_is_set_aside(folder):
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title")
    (folder / "index").mkdir(parents=True)
    old = tantivy.Index(builder.build(), str(folder / "index"))
    writer = old.writer(15_000_000, 1)
    writer.commit()
    del writer
    with SearchIndex(folder) as index:
        assert index.was_set_aside
        assert index.checkpoint() == 0


def test_only_the_last_damaged_index_is_kept(folder):
    for _ in range(3):
        fill(folder, document(1))
        scramble(folder / "index" / "meta.json")
    with SearchIndex(folder) as index:
        assert index.was_set_aside
    assert {path.name for path in folder.iterdir() if path.is_dir()} == {
        "index",
        "set-aside",
    }


def test_a_reader_tells_a_damage_and_follows_the_index_made_anew(folder):
    fill(folder, document(1))
    writer = SearchIndex(folder)
    reader = SearchIndex(folder)
    assert total(reader) == 1
    writer.close()
    scramble(folder / "index" / "meta.json")
    with pytest.raises(IndexDamaged):
        reader.reload()
    with SearchIndex(folder) as writer:
        assert writer.was_set_aside
        writer.replace([document(5), document(6)])
        writer.commit(2)
        reader.reload()
        assert total(reader) == 2
    reader.close()


def test_a_damage_met_later_is_mended_by_starting_anew(folder):
    fill(folder, document(1))
    with SearchIndex(folder) as index:
        index.start_anew()
        assert (index.checkpoint(), index.was_set_aside) == (0, True)
        index.replace([document(2)])
        index.commit(3)
        assert list(index.digests()) == [2]
        reader = SearchIndex(folder)
        with pytest.raises(NotTheWriter):
            reader.start_anew()


def test_killed_at_any_time_it_is_what_its_checkpoint_says(folder):
    chance = random.Random(4)
    reached = []
    for _ in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE
        )
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0.05, 0.4))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        with SearchIndex(folder) as index:
            assert not index.was_set_aside
            number = index.checkpoint()
            check_state(index, number)
            reached.append(number)
    assert reached == sorted(reached)
    assert reached[-1] > 0


def check_state(index, number):
    """Compare the index with what commit ``number`` made of it."""
    kept = [one for one in range(1, 6) if number and one != number % 5 + 1]
    assert index.digests() == {
        one: digest_of(
            SearchDocument(
                one,
                "sheet",
                f"titre {number}",
                (Passage("texte " * 50),),
                ("all",),
            )
        )
        for one in kept
    }
    assert total(index, f"titre {number}") == len(kept)


def test_numbers_take_all_the_bits_they_may():
    numbers = (2**63 - 1, -(2**63), 2**62 + 1)
    with SearchIndex(None) as index:
        index.replace(
            SearchDocument(
                number,
                "sheet",
                "Fiche",
                (Passage("avant la fiche"),),
                ("all",),
                (Passage("secret"),),
                ("some",),
            )
            for number in numbers
        )
        index.commit(1)
        seen = frozenset(("all", "some"))
        hits = index.search(Wanted("secret", seen)).hits
        assert {hit.id for hit in hits} == set(numbers)
        assert {hit.passage for hit in hits} == {(("secret", True),)}
