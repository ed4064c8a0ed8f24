"""The texts of the cover of a canevas are written in the editor of rich texts."""

from typing import Any

import pytest
import transaction

from sicp.views.shared.headers import EDITOR_POLICY
from tests.functional.office.template.test_editing import words

PLACE = "/canevas/rc-open-call/proprietes"


def shown(page: Any) -> list[str]:
    """Return what the two editors begin with."""
    return [item["data-html"] for item in page.html.select("[data-rich-text]")]


def from_editor(app: Any, title: str, subtitle: str) -> Any:
    """Fill the form as the editors do."""
    form = app.get(PLACE).forms["form"]
    for name, html in (("cover_title", title), ("cover_subtitle", subtitle)):
        form[f"{name}_format"].force_value("html")
        form[name] = html
    return form


def cover(site: Any) -> Any:
    """Return the cover as it is stored."""
    transaction.begin()
    return site["canevas"]["rc-open-call"].edited["cover"]


def test_the_page_has_two_editors_and_french_data(app_editor) -> None:
    page = app_editor.get(PLACE)
    assert page.headers["Content-Security-Policy"] == EDITOR_POLICY
    title, subtitle = shown(page)
    assert title == "<p>Règlement de la consultation</p>"
    assert ">Objet du contrat</span>" in subtitle
    one_line = page.html.select("[data-one-line]")
    assert [item["data-format"] for item in one_line] == ["cover_title_format"]
    assert page.html.select('[data-rich-dialog="field"] option[value=object]')


@pytest.mark.parametrize("name", ["rc-open-call", "ae-services", "ae-design"])
def test_saving_what_is_shown_changes_no_word(app_editor, site, name) -> None:
    place = f"/canevas/{name}/proprietes"
    before = dict(site["canevas"][name].edited)
    page = app_editor.get(place)
    form = page.forms["form"]
    form.submit("save", status=303)
    form = app_editor.get(place).forms["form"]
    fields = ("cover_title", "cover_subtitle")
    for field, html in zip(fields, shown(page), strict=True):
        form[f"{field}_format"].force_value("html")
        form[field] = html
    form.submit("save", status=303)
    transaction.begin()
    assert dict(site["canevas"][name].edited) == before


def test_what_the_editors_send_becomes_markup(app_editor, site) -> None:
    chip = '<span class="chip" data-variable="reference">Référence</span>'
    subtitle = f"<p><strong>{chip}</strong></p><ul><li>un</li></ul><script>x</script>"
    form = from_editor(app_editor, f"<p>Règlement {chip}</p>", subtitle)
    form.submit("save", status=303)
    assert cover(site) == {
        "title": "Règlement {reference}",
        "subtitle": "**{reference}**\n\n- un\n",
    }


@pytest.mark.parametrize(
    ("title", "subtitle", "field", "told"),
    [
        ("<p>a</p><p>b</p>", "", "cover_title", "tient en une ligne"),
        ("<ul><li>a</li></ul>", "", "cover_title", "tient en une ligne"),
        ("<h3>a</h3>", "", "cover_title", "tient en une ligne"),
        (f"<p>{'a' * 301}</p>", "", "cover_title", "300"),
        ("", f"<p>{'a' * 5001}</p>", "cover_subtitle", "000"),
        ("", '<p><span data-variable="A B">x</span></p>', "cover_subtitle", ""),
        ('<p><span data-variable="<b>">x</span></p>', "", "cover_title", ""),
    ],
)
def test_what_is_unfit_is_told_at_its_field_and_kept(
    app_editor, site, title, subtitle, field, told
) -> None:
    before = cover(site)
    page = from_editor(app_editor, title, subtitle).submit("save", status=422)
    message = page.html.select_one(f"#form-{field}-error").get_text()
    assert told in message
    assert message.strip()
    assert cover(site) == before
    assert any("a" in html or "x" in html for html in shown(page))


def test_markup_that_cannot_be_read_is_told_at_its_field(app_editor, site) -> None:
    before = cover(site)
    form = app_editor.get(PLACE).forms["form"]
    form["cover_subtitle"] = "Un **gras ouvert"
    page = form.submit("save", status=422)
    assert page.html.select_one("#form-cover_subtitle-error")
    assert page.forms["form"]["cover_subtitle"].value == "Un **gras ouvert"
    assert cover(site) == before


def test_two_covers_meet_and_the_second_stays_in_the_editor(
    app_editor, app_other_editor
) -> None:
    late = from_editor(app_editor, "<p>Le <em>mien</em></p>", "<p>Suite</p>")
    chip = '<span class="chip" data-variable="object">x</span>'
    his = from_editor(app_other_editor, f"<p>Le sien {chip}</p>", "<p>Fin</p>")
    his.submit("save", status=303)
    page = late.submit("save", status=409)
    told = page.html.select_one("section.panel").get_text(" ")
    assert "Le sien" in told
    assert "Objet du contrat" in told
    assert "{object}" not in told
    assert shown(page)[0] == "<p>Le <em>mien</em></p>"
    page = page.forms["form"].submit("save", status=303).follow()
    assert shown(page)[0] == "<p>Le <em>mien</em></p>"
    assert "enregistré" in words(page)
