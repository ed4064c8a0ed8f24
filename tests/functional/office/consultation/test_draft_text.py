"""A writer rewrites a clause in the editor, and reads no markup where scripts run."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from sicp.views.shared.headers import EDITOR_POLICY
from tests.functional.conftest import log_in
from tests.functional.office.consultation.test_draft import CCAP
from tests.functional.office.consultation.test_draft import begin
from tests.functional.office.consultation.test_draft import document
from tests.functional.office.consultation.test_draft import path_of

HOSTILE = [
    '<p>Bon <span data-variable="A B">x</span><img src=x onerror=alert(1)></p>',
    '<p><span data-field="lots_count" data-operator="eval" data-value="1">x</span></p>',
    '<table data-rows="../x"><tr><td>x</td></tr></table>',
    '<p><span data-reference="A&quot;B">x</span></p>',
    '<p><span data-variable="nothing_known">nothing_known</span></p>',
]


@pytest.fixture
def address(site: Any, app_writer: Any) -> str:
    """The page where an open clause of a piece is rewritten."""
    path = path_of(site, "Nettoyage des locaux")
    begin(app_writer, path)
    return f"{path}pieces/{CCAP}/texte?clause=execution-times"


def piece(app: Any, address: str) -> Any:
    """Open the piece of which a clause is rewritten."""
    return app.get(address.partition("texte?")[0])


def from_editor(app: Any, address: str, html: str) -> Any:
    """Fill the form as the editor does."""
    form = app.get(address).forms["form"]
    form["text_format"].force_value("html")
    form["text"] = html
    return form


def shown(page: Any) -> str:
    """Return what the editor begins with."""
    return page.html.select_one("[data-rich-text]")["data-html"]


def words(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def test_the_page_holds_the_editor_and_its_policy(app_writer, address) -> None:
    page = app_writer.get(address)
    assert page.headers["Content-Security-Policy"] == EDITOR_POLICY
    assert "{" not in words(shown(page))
    names = {item["data-rich-dialog"] for item in page.html.select(".rich-dialog")}
    assert names == {"field", "reference", "fragment", "plural"}


def test_only_pages_with_an_editor_carry_its_policy(app_writer, address) -> None:
    page = piece(app_writer, address)
    assert "style-src-attr" not in page.headers["Content-Security-Policy"]


def test_the_data_offered_have_french_titles(app_writer, address) -> None:
    page = app_writer.get(address)
    options = page.html.select('[data-rich-dialog="field"] option')
    titles = {item["value"]: item.get_text() for item in options}
    assert titles["duration_months"] == "Durée (mois)"
    assert "insertion_facilitator" in titles
    groups = page.html.select('[data-rich-dialog="field"] optgroup')
    assert groups[0]["label"] == "Questions propres à cette pièce"
    offered = page.html.select('[data-rich-dialog="reference"] option')
    clauses = {item["value"] for item in offered}
    assert "price-revisable" in clauses
    assert not clauses & {"execution-times", "consultation-files"}


def test_saving_what_the_editor_began_with_rewrites_nothing(
    app_writer, address
) -> None:
    html = shown(app_writer.get(address))
    from_editor(app_writer, address, html).submit("save", status=303)
    assert "texte réécrit" not in piece(app_writer, address)


def test_what_was_written_is_opened_again_to_the_letter(app_writer, address) -> None:
    form = app_writer.get(address).forms["form"]
    form["text"] = "Sous **huit**\njours.\n\n1. un\n\n2. deux"
    form.submit("save", status=303)
    page = app_writer.get(address)
    stored = page.forms["form"]["text"].value
    from_editor(app_writer, address, shown(page)).submit("save", status=303)
    assert app_writer.get(address).forms["form"]["text"].value == stored


def test_what_the_editor_sends_is_printed_with_its_values(app_writer, address) -> None:
    html = (
        "<p>Sous <strong>huit</strong> jours, "
        '<span class="chip" data-variable="duration_months">Durée</span>.</p>'
        "<script>alert(1)</script><ul><li onclick=x()>un</li><li>deux</li></ul>"
    )
    from_editor(app_writer, address, html).submit("save", status=303)
    page = piece(app_writer, address)
    assert "Sous huit jours, 12 mois" in document(page)
    assert "texte réécrit" in page
    stored = app_writer.get(address).forms["form"]["text"].value
    assert stored == "Sous **huit** jours, {duration_months}.\n\n- un\n- deux"


@pytest.mark.parametrize("html", HOSTILE)
def test_a_hostile_text_is_refused_at_its_field_and_kept(
    app_writer, address, html
) -> None:
    page = from_editor(app_writer, address, html).submit("save", status=422)
    assert page.html.select_one("#form-text-error").get_text(strip=True)
    assert words(html) in words(shown(page))
    assert not page.html.select("img[onerror]")
    assert "texte réécrit" not in piece(app_writer, address)


@pytest.mark.parametrize(
    "sent",
    [{"text_format": "exe"}, {"text": "\x00{"}, {"text": "<p>" * 70_000}],
    ids=lambda sent: f"{sent}"[:30],
)
def test_a_form_no_page_of_ours_sends_is_refused(app_writer, address, sent) -> None:
    form = app_writer.get(address).forms["form"]
    values = {**dict(form.submit_fields()), "text_format": "html", **sent}
    app_writer.post(address, values, status=422)


def test_a_file_in_the_place_of_the_text_is_refused(app_writer, address) -> None:
    form = app_writer.get(address).forms["form"]
    values = {name: value for name, value in form.submit_fields() if name != "text"}
    files = [("text", "a.txt", b"x")]
    answer = app_writer.post(address, values, upload_files=files, expect_errors=True)
    assert answer.status_int in {400, 422}


def test_two_texts_meet_and_the_second_stays_in_the_editor(
    served, app_writer, address
) -> None:
    other = log_in(served, "redacteur.central")
    late = from_editor(other, address, "<p>Sous <strong>neuf</strong> jours.</p>")
    early = "<p>Sous <em>huit</em> jours à {{place}}.</p>"
    from_editor(app_writer, address, early).submit("save", status=303)
    page = late.submit("save", status=409)
    theirs = page.html.select_one(".merge .rich-read")
    assert theirs.select_one("em").get_text() == "huit"
    assert shown(page) == "<p>Sous <strong>neuf</strong> jours.</p>"
    again = page.forms["form"]
    assert again["text"].value.strip() == "Sous **neuf** jours."
    page = again.submit("save", status=303).follow()
    assert "Sous neuf jours." in document(page)


def test_a_title_to_fill_shows_no_markup(app_writer, site) -> None:
    path = path_of(site, "Nettoyage des locaux")
    begin(app_writer, path, "rc-open-call")
    page = app_writer.get(f"{path}pieces/rc-open-call/texte?clause=consultation-files")
    main = page.html.select_one("main")
    for source in main.select("textarea, input"):
        source.decompose()
    for help_line in main.select(".rich-plain"):
        help_line.decompose()
    assert "{" not in main.get_text()
    assert "**" not in main.get_text()
