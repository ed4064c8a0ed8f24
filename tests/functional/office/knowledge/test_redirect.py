"""Old addresses lead to what they named, and never tell of what one may not see."""

import transaction
from pyramid.traversal import resource_path

from sicp.operations.knowledge.bin import remove_item
from sicp.operations.knowledge.place import move_item
from sicp.operations.knowledge.place import rename_item


def test_a_renamed_folder_is_found_where_it_was_with_all_it_holds(
    app_reader, made, by
) -> None:
    before = resource_path(made["L2999-11"])
    rename_item(made["texts"], "Les textes", **by)
    rename_item(made["code"], "CCP", **by)
    rename_item(made["code"], "Le CCP", **by)
    transaction.commit()
    now = resource_path(made["L2999-11"])
    assert now != before
    answer = app_reader.get(before + "?q=1", status=301)
    assert answer.location.endswith(now + "/?q=1")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.follow().status_int == 200


def test_the_descendants_of_a_moved_folder_are_found(app_reader, made, by) -> None:
    before = resource_path(made["L2999-10"])
    move_item(made["code"], made["practice"], **by)
    transaction.commit()
    answer = app_reader.get(before + "/liens", status=301)
    assert answer.location.endswith(resource_path(made["L2999-10"]) + "/liens")
    assert "/fiches-de-la-region/" in answer.location


def test_what_comes_back_is_not_looked_for_in_a_circle(app_reader, made, by) -> None:
    before = resource_path(made["lots"])
    move_item(made["lots"], made["texts"], **by)
    between = resource_path(made["lots"])
    move_item(made["lots"], made["practice"], **by)
    transaction.commit()
    assert resource_path(made["lots"]) == before
    app_reader.get(before, status=200)
    assert app_reader.get(between, status=301).follow().status_int == 200


def test_an_old_address_tells_nothing_to_who_may_not_see(
    app_reader, app_writer, made, by
) -> None:
    before = resource_path(made["secret"])
    rename_item(made["closed"], "Litiges", **by)
    transaction.commit()
    app_reader.get(before, status=404)
    app_writer.get(before, status=301)
    hidden = resource_path(made["draft"])
    rename_item(made["draft"], "Tout autre titre", **by)
    transaction.commit()
    app_reader.get(hidden, status=404)


def test_what_was_thrown_away_is_found_in_the_bin_by_who_sees_it(
    app_reader, app_keeper, made, by
) -> None:
    before = resource_path(made["lots"])
    remove_item(made["lots"], **by)
    transaction.commit()
    app_reader.get(before, status=404)
    answer = app_keeper.get(before, status=301)
    assert "/corbeille/" in answer.location
    assert "à la corbeille" in answer.follow().text


def test_an_address_that_never_was_is_not_found(app_reader, made) -> None:
    for path in (
        "/connaissances/jamais-vu",
        "/connaissances/fiches-de-la-region/jamais-vu",
        resource_path(made["lots"]) + "/jamais-vu",
        resource_path(made["lots"]) + "/jamais/vu",
        "/connaissances/" + "x/" * 200,
    ):
        app_reader.get(path, status=404)


def test_nothing_is_posted_to_an_old_address(app_editor, made, by) -> None:
    before = resource_path(made["lots"])
    rename_item(made["practice"], "Autrement", **by)
    transaction.commit()
    token = app_editor.get("/").forms["logout"]["csrf_token"].value
    app_editor.post(before + "/supprimer", {"csrf_token": token}, status=404)
