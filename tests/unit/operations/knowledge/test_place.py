"""Folders and sheets are moved, copied, ordered, renamed, thrown away, brought back."""

import pytest

from sicp import permissions as p
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.exceptions import StateError
from sicp.operations.index import compare
from sicp.operations.knowledge.bin import bin_entries
from sicp.operations.knowledge.bin import purge_entry
from sicp.operations.knowledge.bin import remove_item
from sicp.operations.knowledge.bin import restore_item
from sicp.operations.knowledge.folder import describe_folder
from sicp.operations.knowledge.listing import WantedSheets
from sicp.operations.knowledge.listing import list_sheets
from sicp.operations.knowledge.listing import subfolders
from sicp.operations.knowledge.place import copy_item
from sicp.operations.knowledge.place import move_item
from sicp.operations.knowledge.place import move_items
from sicp.operations.knowledge.place import order_before
from sicp.operations.knowledge.place import rename_item
from sicp.operations.knowledge.redirect import address_of
from sicp.operations.knowledge.redirect import free_name
from sicp.operations.knowledge.redirect import resolve
from sicp.operations.knowledge.zone import set_readers
from sicp.operations.user.right import may


def titles(world, folder) -> list[str]:
    page = list_sheets(folder, WantedSheets(), world.by["actor"], world.site)
    return [sheet.title for sheet in page.sheets]


def test_a_move_keeps_the_number_and_writes_nothing_below(world) -> None:
    one, two = world.folder("Un"), world.folder("Deux")
    sheet = world.sheet("Fiche", folder=one)
    serial = sheet.modified_at
    move_item(one, two, **world.by)
    assert address_of(sheet) == "deux/un/fiche"
    assert world.base[f"~{sheet.__oid__}"] is sheet
    assert sheet.modified_at is serial
    assert resolve(world.base, ["un", "fiche"]) is sheet
    assert compare(world.site) == []


def test_a_folder_does_not_go_below_itself_nor_into_a_sheet(world) -> None:
    one = world.folder("Un")
    two = world.folder("Deux", one)
    for act in (move_item, copy_item):
        with pytest.raises(InvalidInputError):
            act(one, two, **world.by)
        with pytest.raises(StateError):
            act(one, world.sheet(), **world.by)


def test_what_cannot_move_stays_and_the_others_go(world) -> None:
    one, two = world.folder("Un"), world.folder("Deux")
    inner = world.folder("Dedans", one)
    told = move_items([two, one], inner, **world.by)
    assert told.done == (two,)
    assert [item for item, _why in told.refused] == [one]


def test_only_who_publishes_changes_who_reads_by_a_move(world, region) -> None:
    kept = world.folder("Réservé", readers=[region["schools"].__oid__])
    sheet = world.sheet("Secret", folder=kept)
    member = world.person("ana", "editorial-member", region["upkeep"])
    stranger = world.person("bob", "editorial-member", region["lines"])
    with pytest.raises(NotAllowedError):
        move_item(sheet, world.base, **stranger)
    move_item(sheet, world.base, **member)
    assert may(stranger["actor"], p.VIEW_KNOWLEDGE, sheet)
    assert compare(world.site) == []


def test_a_rename_keeps_old_addresses_and_gives_them_to_nothing_else(world) -> None:
    one = world.folder("Un")
    sheet = world.sheet("Fiche", folder=one)
    rename_item(one, "Uno", **world.by)
    assert resolve(world.base, ["un", "fiche"]) is sheet
    assert world.folder("Un").__name__ == "un-2"
    rename_item(one, "Un", **world.by)
    assert one.__name__ == "un"
    assert resolve(world.base, ["uno"]) is one
    assert resolve(world.base, ["jamais"]) is None
    assert resolve(world.base, ["un", "fiche", "rien"]) is None


def test_names_of_pages_are_never_those_of_folders(world) -> None:
    assert world.folder("Corbeille").__name__ == "corbeille-2"
    assert world.folder("Modifier").__name__ == "modifier-2"
    assert free_name(world.base, "!!!") == "sans-titre"


def test_order_is_kept_one_by_one(world) -> None:
    folder = world.folder()
    one, two, three = (world.sheet(t, folder=folder) for t in ("Un", "Deux", "Trois"))
    order_before(three, one, **world.by)
    assert titles(world, folder)[0] == "Trois"
    for _time in range(80):
        order_before(two, one, **world.by)
        order_before(three, one, **world.by)
    assert titles(world, folder) == ["Deux", "Trois", "Un"]
    with pytest.raises(InvalidInputError):
        order_before(one, world.sheet(), **world.by)
    assert compare(world.site) == []


def test_a_copy_is_of_drafts_and_of_what_one_may_read(world, region) -> None:
    folder = world.folder("Un")
    world.sheet("Fiche", folder=folder)
    world.sheet(
        "Secret",
        folder=world.folder("Clos", folder, readers=[region["lines"].__oid__]),
    )
    writer = world.person("ana", "editorial-member", region["upkeep"])
    copied = copy_item(folder, world.base, **writer)
    assert [child.title for child in copied.values()] == ["Fiche"]
    (sheet,) = copied.values()
    assert (sheet.state, sheet.working.text) == ("draft", "<p>Un texte</p>")
    assert compare(world.site) == []


def test_a_folder_is_described_by_who_writes(world, region) -> None:
    folder = world.folder(summary="Pour tous")
    describe_folder(folder, " Pour  nous ", **world.by)
    assert folder.summary == "Pour nous"
    reader = world.person("lea", "reader", region["upkeep"])
    with pytest.raises(NotAllowedError):
        describe_folder(folder, "Non", **reader)


def test_the_bin_gives_back_children_order_and_readers(world, region) -> None:
    folder = world.folder("Un")
    world.folder("Avant"), world.folder("Après")
    inner = world.folder("Clos", folder, readers=[region["upkeep"].__oid__])
    sheet = world.sheet("Fiche", folder=inner)
    member = world.person("ana", "reader", region["upkeep"])
    stranger = world.person("bob", "reader", region["lines"])
    before = [child.title for child in subfolders(world.base, **_as(world))]
    entry = remove_item(folder, **world.by, reason="Doublon")
    assert titles(world, None) == []
    assert not may(member["actor"], p.VIEW_KNOWLEDGE, sheet)
    assert list(bin_entries(world.site, member["actor"])) == []
    assert list(bin_entries(world.site, world.by["actor"])) == [entry]
    assert resolve(world.base, ["un", "clos", "fiche"]) is sheet
    restore_item(entry, **world.by)
    assert address_of(sheet) == "un/clos/fiche"
    assert [c.title for c in subfolders(world.base, **_as(world))] == before
    assert may(member["actor"], p.VIEW_KNOWLEDGE, sheet)
    assert not may(stranger["actor"], p.VIEW_KNOWLEDGE, sheet)
    assert compare(world.site) == []


def _as(world):
    return {"actor": world.by["actor"], "site": world.site}


def test_what_lost_its_folder_is_restored_elsewhere(world) -> None:
    folder, other = world.folder("Un"), world.folder("Deux")
    sheet = world.sheet("Fiche", folder=folder)
    entry = remove_item(sheet, **world.by)
    remove_item(folder, **world.by)
    with pytest.raises(StateError):
        restore_item(entry, **world.by)
    restore_item(entry, **world.by, target=other)
    assert address_of(sheet) == "deux/fiche"
    assert resolve(world.base, ["un", "fiche"]) is sheet
    with pytest.raises(StateError):
        remove_item(world.base, **world.by)


def test_only_who_manages_destroys(world, region) -> None:
    folder = world.folder("Un")
    sheet = world.sheet("Fiche", folder=folder)
    number = sheet.__oid__
    writer = world.person("ana", "editor", region["upkeep"])
    entry = remove_item(folder, **writer)
    assert list(bin_entries(world.site, writer["actor"])) == [entry]
    with pytest.raises(StateError):
        remove_item(sheet, **writer)
    with pytest.raises(NotAllowedError):
        purge_entry(entry, **writer)
    assert purge_entry(entry, **world.by) == 2
    assert number not in world.base.numbers
    assert compare(world.site) == []
    assert world.folder("Un").__name__ == "un"
    with pytest.raises(KeyError):
        world.base[f"~{number}"]
    with pytest.raises(KeyError):
        world.base["~x"]


def test_a_change_of_readers_writes_no_line_where_there_were_some(
    world, region
) -> None:
    folder = world.folder("Un")
    for rank in range(5):
        world.sheet(f"Fiche {rank}", folder=folder)
    assert set_readers(folder, [region["lines"].__oid__], **world.by) == 6
    assert set_readers(folder, [region["upkeep"].__oid__], **world.by) == 0
    assert set_readers(folder, None, **world.by) == 6
    with pytest.raises(InvalidInputError):
        set_readers(folder, [12], **world.by)
    with pytest.raises(InvalidInputError):
        set_readers(world.sheet(), [], **world.by)
    assert compare(world.site) == []


def test_things_of_one_rank_are_ordered_apart(world) -> None:
    folder = world.folder()
    made = [world.sheet(f"Fiche {n}", folder=folder) for n in range(4)]
    made.sort(key=lambda sheet: sheet.__oid__)
    order_before(made[3], made[1], **world.by)
    found = sorted(made, key=lambda sheet: (sheet.rank, sheet.__oid__))
    assert found == [made[0], made[3], made[1], made[2]]
