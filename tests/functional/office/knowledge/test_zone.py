"""Who reads a folder is chosen by who manages the base."""

import transaction
from pyramid.traversal import resource_path


def test_a_folder_is_kept_for_some_then_opened_again(
    app_keeper, app_reader, app_writer, made, lycees
) -> None:
    path = resource_path(made["practice"])
    form = app_keeper.get(path + "/lecteurs").forms["form"]
    form["form-scope"] = "kept"
    _tick(form, lycees.__oid__)
    page = form.submit("save", status=303).follow()
    assert "Direction des lycées" in page.text
    refused = app_reader.get(path, status=403)
    assert "Fiches de la Région" not in refused.text
    assert "Allotir à la" not in app_reader.get("/connaissances/").text
    assert app_writer.get(resource_path(made["lots"])).status_int == 200
    form = app_keeper.get(path + "/lecteurs").forms["form"]
    form["form-scope"] = "open"
    form.submit("save", status=303)
    assert app_reader.get(path).status_int == 200


def test_a_folder_kept_for_nobody_is_refused(app_keeper, made) -> None:
    form = app_keeper.get(resource_path(made["practice"]) + "/lecteurs").forms["form"]
    form["form-scope"] = "kept"
    assert "au moins une entité" in form.submit("save", status=422).text
    transaction.begin()
    assert made["practice"].readers is None


def test_an_entity_that_is_none_is_refused(app_keeper, made) -> None:
    path = resource_path(made["practice"]) + "/lecteurs"
    form = app_keeper.get(path).forms["form"]
    form["form-scope"] = "kept"
    sent = [
        *form.submit_fields("save"),
        ("__start__", "readers:sequence"),
        ("checkbox", "12"),
        ("__end__", "readers:sequence"),
    ]
    app_keeper.post(path, sent, status=422)


def test_who_publishes_does_not_choose_readers(app_editor, made) -> None:
    path = resource_path(made["practice"])
    assert "lecteurs" not in app_editor.get(path).text
    app_editor.get(path + "/lecteurs", status=403)


def _tick(form, number: int) -> None:
    box = next(b for b in form.fields["checkbox"] if b._value == str(number))
    box.checked = True
