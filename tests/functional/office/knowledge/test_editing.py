"""A sheet is begun, written and amended; two people who write lose nothing."""

import json
from typing import Any

import pytest
import transaction
from pyramid.traversal import resource_path

from sicp.operations.knowledge.sheet import start_editing
from sicp.operations.user.right import actor_for
from tests.functional.conftest import confirmed
from tests.functional.conftest import log_in

FOLDER = "/connaissances/fiches-pratiques"


def begin(app: Any, path: str = FOLDER, kind: str = "practice", **typed: str) -> Any:
    """Begin a sheet; return the answer."""
    form = app.get(f"{path}/nouvelle-fiche?sorte={kind}").forms["sheet"]
    for name, value in {"title": "Une fiche", "text": "Un mot.", **typed}.items():
        form[name] = value
    return form.submit("save", expect_errors=True)


def write(app: Any, path: str, **typed: str) -> Any:
    """Save the text of a sheet under one's pen; return the answer."""
    return fill(app.get(f"{path}modifier"), **typed).submit("save", expect_errors=True)


def fill(page: Any, **typed: str) -> Any:
    form = page.forms["sheet"]
    for name, value in typed.items():
        form[name] = value
    return form


@pytest.fixture
def draft(app_editor: Any, site: Any) -> Any:
    """A sheet begun by the editor."""
    path = begin(app_editor).location.partition("localhost")[2]
    transaction.begin()
    return site["connaissances"]["fiches-pratiques"][path.split("/")[-2]], path


@pytest.fixture
def app_committee(served: Any, database: Any) -> Any:
    """Another who writes and publishes."""
    return log_in(served, "documentaliste")


def test_a_writer_begins_a_sheet_in_plain_words(app_editor, made, site) -> None:
    page = app_editor.get(f"{FOLDER}/").click("Nouvelle fiche", index=0)
    page = page.click("Texte officiel")
    form = page.forms["sheet"]
    form["title"], form["nature"] = "Décret sur les seuils", "decree"
    form["signed_on"] = "03/12/2018"
    form["themes"] = "Seuils, Publicité ; Seuils"
    form["text"] = (
        "## Objet\r\n\r\nVoir l’article **L. 2113-10**.\r\n\r\n- un\r\n- deux"
    )
    page = form.submit("save", status=303).follow()
    assert "Brouillon" in page.text
    transaction.begin()
    sheet = site["connaissances"]["fiches-pratiques"]["decret-sur-les-seuils"]
    assert sheet.working.text == (
        "<h2>Objet</h2>\n<p>Voir l’article <strong>L. 2113-10</strong>.</p>\n"
        "<ul><li>un</li><li>deux</li></ul>"
    )
    assert sheet.working.themes == ("Seuils", "Publicité")
    assert sheet.working.cites == ("article:L2113-10",)
    page = app_editor.get(f"{resource_path(sheet)}/modifier")
    assert "- un\r\n- deux" in page.forms["sheet"]["text"].value.replace("\n", "\r\n")


def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    app_editor, made, site
) -> None:
    answer = begin(
        app_editor, kind="official_text", nor="faux", title="", text="Mon **texte**"
    )
    assert answer.status_int == 422
    form = answer.forms["sheet"]
    assert (form["nor"].value, form["text"].value) == ("faux", "Mon **texte**")
    form["title"] = "Décret"
    answer = form.submit("save", expect_errors=True)
    assert answer.status_int == 422
    assert answer.html.select_one("#sheet-nor-error")
    transaction.begin()
    assert "decret" not in site["connaissances"]["fiches-pratiques"]


def test_what_an_editor_posts_is_cleaned(app_editor, draft, site) -> None:
    sheet, path = draft
    answer = write(
        app_editor,
        path,
        text_format="html",
        text='<h1>A</h1><script>x</script><p style="color:red" onclick="x">b</p>'
        '<p>&nbsp;</p><p><a href="javascript:x">c</a></p>',
    )
    assert answer.status_int == 303
    transaction.begin()
    assert sheet.working.text == "<h2>A</h2>\n<p>b</p>\n<p>c</p>"


def test_a_reader_and_an_outsider_write_nothing(
    app_reader, app_writer, app_editor, made, draft, anonymous_status
) -> None:
    _sheet, path = draft
    published = resource_path(made["lots"])
    for app in (app_reader, app_writer):
        assert "Nouvelle fiche" not in app.get(f"{FOLDER}/").text
        assert "commencer" not in app.get(published).text
        for url in (
            f"{FOLDER}/nouvelle-fiche",
            f"{published}/modifier",
            f"{published}/relecture",
            f"{published}/confier",
            f"{published}/obsolete",
            path,
            f"{path}modifier",
        ):
            assert app.get(url, expect_errors=True).status_int in {403, 404}, url
    assert anonymous_status(f"{published}/modifier") == 303
    secret = resource_path(made["secret"])
    for view in ("modifier", "versions", "version?numero=1", "commenter"):
        status = app_editor.get(f"{secret}/{view}", expect_errors=True).status_int
        assert status in {403, 404}, view


@pytest.fixture
def anonymous_status(app_anonymous):
    return lambda url: app_anonymous.get(url, expect_errors=True).status_int


def test_a_published_sheet_is_amended_on_a_working_copy(app_editor, made, site) -> None:
    path = resource_path(made["decree"])
    page = app_editor.get(path)
    page = (
        next(f for f in page.forms.values() if f.action.endswith("/commencer"))
        .submit(status=303)
        .follow()
    )
    assert "Vous tenez la plume" in page.text
    fill(page, text="Le décret, revu.").submit("close", status=303)
    page = app_editor.get(path)
    assert "Le décret." in page.text
    assert "revu" not in page.text
    assert "copie de travail" in page.text
    page = app_editor.get(f"{path}/relecture")
    assert "revu" in page.html.select_one(".before-after ins").get_text()


def test_the_pen_is_told_and_taken_over_with_notice(
    app_editor, app_committee, draft, mails
) -> None:
    _sheet, path = draft
    page = app_committee.get(f"{path}modifier")
    assert "tient la plume" in page.text
    assert "sheet" not in page.forms
    before = set(mails.rglob("*"))
    take = next(f for f in page.forms.values() if f.action.endswith("/relais"))
    page = take.submit(status=303).follow()
    assert "Vous tenez la plume" in page.text
    assert page.forms["sheet"]["text"].value == "Un mot."
    sent = [m for m in set(mails.rglob("*")) - before if m.is_file()]
    assert len(sent) == 1


def test_who_lost_the_pen_keeps_his_words_and_both_texts_meet(
    app_editor, app_committee, draft, site
) -> None:
    sheet, path = draft
    write(app_editor, path, text="Un.\n\nDeux.")
    mine = fill(app_editor.get(f"{path}modifier"), text="Un, par moi.\n\nDeux.")
    relais = app_committee.get(f"{path}modifier")
    take = next(f for f in relais.forms.values() if f.action.endswith("/relais"))
    fill(take.submit().follow(), text="Un, par elle.\n\nDeux.").submit("save")
    held = mine.submit("save", expect_errors=True)
    assert held.status_int == 409
    assert held.forms["sheet"]["text"].value == "Un, par moi.\n\nDeux."
    asked = held.forms["sheet"].submit("take_over", expect_errors=True)
    assert asked.status_int == 409
    said = asked.html.select_one(".merge-sides").get_text()
    assert "par moi" in said
    assert "par elle" in said
    form = asked.forms["merge"]
    empty = form.submit(expect_errors=True)
    assert empty.status_int == 409
    form = empty.forms["merge"]
    form["choice-text.1"] = "both"
    form.submit(status=303)
    transaction.begin()
    assert sheet.working.text == (
        "<p>Un, par moi.</p>\n<p>Un, par elle.</p>\n<p>Deux.</p>"
    )


@pytest.fixture
def meeting(app_editor, draft):
    """Give a function: two windows write one draft, each as told; the form to settle.

    It takes what was there before, then what each wrote.
    """
    _sheet, path = draft

    def meet(before, *both):
        write(app_editor, path, **before)
        one, two = (fill(app_editor.get(f"{path}modifier"), **said) for said in both)
        one.submit("save", status=303)
        return two.submit("save", status=409).forms["merge"]

    return meet


TEXTS = [{"text": f"Un{said}.\n\nDeux."} for said in ("", ", par elle", ", par moi")]


def test_a_third_text_is_typed_and_cleaned(draft, site, meeting) -> None:
    form = meeting(*TEXTS)
    assert form["text-text.1"].value == "Un, par moi."
    form["choice-text.1"] = "own"
    form["text-text.1"] = (
        "Un **tiers**, <script>x</script>\r\n\r\n- [a](javascript:x)\r\n- b\x00"
    )
    form.submit(status=303)
    transaction.begin()
    assert draft[0].working.text == (
        "<p>Un <strong>tiers</strong>, &lt;script&gt;x&lt;/script&gt;</p>\n"
        "<ul><li>[a](javascript:x)</li><li>b</li></ul>\n<p>Deux.</p>"
    )


def test_what_is_typed_counts_only_where_it_is_chosen(draft, site, meeting) -> None:
    form = meeting(*TEXTS)
    form["choice-text.1"] = "theirs"
    form["text-text.1"] = "Un tiers."
    form.submit(status=303)
    transaction.begin()
    assert draft[0].working.text == "<p>Un, par elle.</p>\n<p>Deux.</p>"


def test_a_third_text_that_cannot_be_read_is_told_at_its_place_and_kept(
    draft, site, meeting
) -> None:
    form = meeting(*TEXTS)
    form["choice-text.1"] = "own"
    form["text-text.1"] = "[[Passage 7…]]"
    page = form.submit(status=409)
    told = page.html.find(id="text-text.1-error").get_text()
    assert "passage 7" in told
    field = page.html.find(id="text-text.1")
    assert field["aria-describedby"].split() == [
        "text-text.1-help",
        "text-text.1-error",
    ]
    assert page.forms["merge"]["text-text.1"].value == "[[Passage 7…]]"
    transaction.begin()
    assert draft[0].working.text == "<p>Un, par elle.</p>\n<p>Deux.</p>"


def test_a_third_title_is_typed(draft, site, meeting) -> None:
    form = meeting({}, {"title": "La leur"}, {"title": "La <mienne>"})
    assert form["text-title"].value == "La <mienne>"
    form["choice-title"] = "own"
    for wrong in ("", "x" * 1000):
        form["text-title"] = wrong
        page = form.submit(status=409)
        assert page.html.find(id="text-title-error")
        form = page.forms["merge"]
        assert form["text-title"].value == wrong
    form["text-title"] = "Une  tierce"
    form.submit(status=303)
    transaction.begin()
    assert draft[0].working.title == "Une tierce"


def test_a_third_value_is_typed_where_people_write(app_editor, made, site) -> None:
    path = begin(app_editor, kind="official_text").location
    forms = [app_editor.get(f"{path}modifier").forms["sheet"] for _n in range(2)]
    said = (("ECOM1800001A", "03/12/2018"), ("ECOM1800002A", "04/12/2018"))
    for form, (number, day) in zip(forms, said, strict=True):
        form["nor"], form["signed_on"] = number, day
    forms[0].submit("save", status=303)
    form = forms[1].submit("save", status=409).forms["merge"]
    # A day is chosen between the two.
    assert "text-field.signed_on" not in form.fields
    form["choice-field.signed_on"] = "theirs"
    form["choice-field.nor"], form["text-field.nor"] = "own", "faux"
    page = form.submit(status=409)
    assert page.html.find(id="text-field.nor-error")
    form = page.forms["merge"]
    form["text-field.nor"] = "ECOM1800003A"
    form.submit(status=303)
    transaction.begin()
    sheet = site["connaissances"]["fiches-pratiques"]["une-fiche"]
    assert sheet.working.fields["nor"] == "ECOM1800003A"
    assert sheet.working.fields["signed_on"].day == 3


def test_two_windows_that_change_different_passages_are_joined(
    app_editor, draft, site
) -> None:
    sheet, path = draft
    write(app_editor, path, text="Un.\n\nDeux.")
    one = fill(app_editor.get(f"{path}modifier"), text="Un.\n\nDeux, revu.")
    two = fill(app_editor.get(f"{path}modifier"), text="Un, revu.\n\nDeux.")
    one.submit("save", status=303)
    page = two.submit("save", status=303).follow()
    assert "réunis" in page.text
    transaction.begin()
    assert sheet.working.text == "<p>Un, revu.</p>\n<p>Deux, revu.</p>"


def test_a_page_opened_on_an_older_working_copy_meets_what_was_published(
    app_editor, app_committee, draft, site
) -> None:
    sheet, path = draft
    late = fill(app_editor.get(f"{path}modifier"), text="Mon vieux texte.")
    take = app_committee.get(f"{path}modifier")
    next(f for f in take.forms.values() if f.action.endswith("/relais")).submit()
    write(app_committee, path, text="Le texte publié.")
    app_committee.get(f"{path}relecture").forms["publish"].submit(status=303)
    answer = late.submit("save", expect_errors=True)
    assert answer.status_int == 409
    assert "Le texte publié." in answer.html.select_one(".merge-sides").get_text()
    transaction.begin()
    assert sheet.current.text == "<p>Le texte publié.</p>"


def test_the_text_is_saved_while_one_thinks(app_editor, draft, site) -> None:
    sheet, path = draft
    form = fill(app_editor.get(f"{path}modifier"), text="Pensé.")
    url = f"{path}enregistrement"
    told = app_editor.post(url, form.submit_fields()).json
    assert told["saved_at"]
    assert json.loads(told["base"])["text"] == "<p>Pensé.</p>"
    transaction.begin()
    assert sheet.working.text == "<p>Pensé.</p>"
    assert sheet.working.revision == told["revision"]
    stale = app_editor.post(url, form.submit_fields(), expect_errors=True)
    assert stale.status_int == 409
    assert not stale.json["saved_at"]
    form["title"] = ""
    told = app_editor.post(url, form.submit_fields(), expect_errors=True).json
    assert [error["target"] for error in told["errors"]] == ["sheet-title"]


def test_a_working_copy_is_given_up_and_the_published_text_stays(
    app_editor, made, site, by
) -> None:
    sheet = made["decree"]
    editor = {**by, "actor": actor_for(site, "editeur", by["now"])}
    start_editing(sheet, **editor)
    transaction.commit()
    path = resource_path(sheet)
    page = app_editor.get(f"{path}/modifier")
    give_up = next(f for f in page.forms.values() if f.action.endswith("/abandonner"))
    assert give_up["csrf_token"].value
    confirmed(give_up.submit(), status=303)
    transaction.begin()
    assert sheet.working is None
    assert sheet.current.text == "<p>Le décret.</p>"


def test_links_are_chosen_among_what_one_may_read(
    app_editor, app_writer, made, by
) -> None:
    def found(app: Any, words: str) -> list[str]:
        url = "/connaissances/liens-possibles"
        answer = app.get(url, {"q": words}, headers={"Accept": "application/json"})
        return [item["value"] for item in answer.json["results"]]

    assert found(app_editor, "article L. 2113-10")[0] == "sicp:article/L2113-10"
    assert f"sicp:sheet/{made['lots'].__oid__}" in found(app_editor, "allot")
    assert found(app_editor, "strategie") == []
    assert found(app_writer, "strategie") == [f"sicp:sheet/{made['secret'].__oid__}"]
    assert "sicp:clause/penalties-late-fixed" in found(app_editor, "pénalité")
    assert found(app_editor, "") == []
    page = app_editor.get("/connaissances/liens-possibles?q=allot")
    assert f"[Allotir à la Région](fiche {made['lots'].__oid__})" in page.text


def test_a_table_that_plain_words_cannot_say_stays_whole(
    app_editor, draft, site
) -> None:
    sheet, path = draft
    table = '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>'
    write(app_editor, path, text_format="html", text=f"<p>x</p>{table}")
    form = app_editor.get(f"{path}modifier").forms["sheet"]
    assert form["text"].value.endswith("[[Passage 2 : tableau gardé tel quel]]")
    form["text"] = f"Avant.\n\n{form['text'].value}"
    form.submit("save", status=303)
    transaction.begin()
    assert sheet.working.text == f"<p>Avant.</p>\n<p>x</p>\n{table}"
    answer = write(app_editor, path, text="[[Passage 9 : tableau gardé tel quel]]")
    assert answer.status_int == 422
    assert "passage 9" in answer.html.select_one("#sheet-text-error").get_text()
