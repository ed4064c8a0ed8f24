"""What is found from every page, by whom, and how one narrows it."""

import io
import re
import zipfile

import pytest
import transaction

from sicp.catalog.words import fold
from sicp.clock import now
from sicp.operations.consultation.perimeter import stamp
from tests.functional.office.search.conftest import WORD
from tests.functional.office.search.conftest import found

ASKED = f"/recherche?q={WORD}"


def facet(page, name):
    """Return the values of a facet with their counts."""
    block = page.html.find(id=f"facet-{name}")
    if block is None:
        return {}
    links = block.find_next_sibling("ul").select("a")
    return {
        link.select_one(".facet-name").get_text(): link.select_one(".count").get_text()
        for link in links
    }


def workbook(answer):
    """Return the texts of a workbook."""
    book = zipfile.ZipFile(io.BytesIO(answer.body))
    return book.read("xl/worksheets/sheet1.xml").decode()


def test_the_box_of_every_page_leads_to_the_results(app_writer) -> None:
    form = app_writer.get("/consultations/").forms[0]
    assert form.action == "http://localhost/recherche"
    form["q"] = "cuisines"
    page = form.submit()
    assert any("Maintenance des cuisines" in title for title in found(page))
    first = page.html.select_one(".found-item")
    assert first.select_one(".found-kind-name").get_text() == "Consultation"
    assert "cuisines" in [mark.get_text().lower() for mark in first.select("mark")]
    assert "Procédures" in first.select_one(".found-place").get_text()
    assert page.html.find("input", id="question")["value"] == "cuisines"
    assert re.search(r"\d résultat", page.text)


def test_a_result_leads_to_its_thing(app_writer, sheets) -> None:
    page = app_writer.get(ASKED).click("Guide ouvert")
    assert page.request.path.endswith("/guide-ouvert/")


def test_the_passage_is_marked_under_its_heading(app_writer, sheets) -> None:
    item = app_writer.get(ASKED).html.select_one(".found-item")
    assert item.select_one(".found-about").get_text() == "Impression"
    assert [mark.get_text() for mark in item.select(".found-passage mark")] == [WORD]
    assert item.select_one(".badge-state").get_text() == "Publiée"
    assert item.select_one(".found-on").get_text() == now().strftime("%d/%m/%Y")


#: Who finds which of the sheets.
SEEN = {
    "app_writer": {"Guide ouvert", "Guide réservé"},
    "app_beneficiary": {"Guide ouvert", "Guide réservé"},
    "app_neighbour": {"Guide ouvert"},
    "app_keeper": {"Guide ouvert", "Guide réservé", "Guide inachevé"},
}


@pytest.mark.parametrize("who", SEEN)
def test_each_finds_what_he_may_read_and_learns_nothing_more(
    request, who, sheets
) -> None:
    app = request.getfixturevalue(who)
    page = app.get(ASKED)
    hidden = {"Guide ouvert", "Guide réservé", "Guide inachevé"} - SEEN[who]
    assert set(found(page)) == SEEN[who]
    assert f"{len(SEEN[who])} résultat" in page.text.replace("\u00a0", " ")
    sees_folder = "Guide réservé" in SEEN[who]
    assert ("Dossier secret" in page) == sees_folder
    assert ("Dossier secret" in facet(page, "folder")) == sees_folder
    suggested = app.get("/suggestions?q=guide").json["results"]
    titles = {one["text"] for one in suggested if one["kind"]}
    assert titles >= SEEN[who]
    assert not titles & hidden
    secret = app.get("/suggestions?q=dossier sec").json["results"]
    assert any("Dossier secret" in one["text"] for one in secret) == sees_folder
    rows = workbook(app.get(f"/recherche.xlsx?q={WORD}"))
    assert all(title in rows for title in SEEN[who])
    assert not any(title in rows for title in hidden)
    kept = sheets["kept"].__parent__.__oid__
    narrowed = app.get(f"{ASKED}&dans={kept}&dossier={kept}")
    assert ("Dossier secret" in narrowed) == sees_folder


def test_who_sees_the_short_card_does_not_find_by_the_detail(
    served, app_writer, app_beneficiary, site
) -> None:
    """The beneficiary finds the consultation by its object, not by its description."""
    consultation = next(
        c
        for body in site["consultations"].values()
        for year in body.values()
        for c in year.values()
        if "Nettoyage des locaux" in c.object
    )
    consultation.answers = {**consultation.answers, "description": f"Avec {WORD}."}
    transport = site["organisation"]["region-ile-des-alpes"]
    consultation.beneficiaries = (transport.__oid__,)
    stamp(consultation, served.registry)
    transaction.commit()
    title = consultation.object
    assert found(app_writer.get(ASKED)) == [title]
    by_detail = app_beneficiary.get(ASKED)
    assert found(by_detail) == []
    assert title not in by_detail
    assert title in found(app_beneficiary.get("/recherche?q=nettoyage locaux"))


def test_nobody_enters_without_a_name(app_anonymous) -> None:
    for address in (
        "/recherche?q=a",
        "/suggestions?q=a",
        "/recherche.xlsx?q=a",
        "/mes-recherches",
        "/enregistrer-recherche?q=a",
    ):
        app_anonymous.get(address, status=303)


def test_a_facet_narrows_and_its_chip_widens_again(app_writer) -> None:
    page = app_writer.get("/recherche?q=p%C3%A9nalit%C3%A9s")
    counts = facet(page, "kind")
    assert len(counts) > 1
    narrowed = page.click(href="nature=clause")
    assert f"{counts['Clause']} résultats" in narrowed.text.replace("\u00a0", " ")
    # The others are still offered, with their own counts.
    assert facet(narrowed, "kind") == counts
    chip = narrowed.html.select_one(".chip-remove")
    assert "Clause" in chip.get_text()
    assert found(narrowed.goto(chip["href"])) == found(page)


def test_the_same_address_says_the_same_to_a_colleague(app_writer, app_manager) -> None:
    address = "/recherche?q=p%C3%A9nalit%C3%A9s&nature=clause&tri=titre&page=2"
    mine, his = found(app_writer.get(address)), found(app_manager.get(address))
    assert mine
    assert mine == his
    assert mine == sorted(mine, key=lambda text: fold(text).replace("’", " "))
    assert mine != found(app_writer.get(address.replace("page=2", "page=1")))


def test_one_looks_in_the_folder_one_comes_from(app_writer) -> None:
    form = app_writer.get("/clausier/penalites/").forms[0]
    form["q"] = "retard"
    page = form.submit()
    assert len(facet(page, "kind")) > 1
    inside = page.click("Pénalités", href="dans=", index=0)
    assert set(facet(inside, "kind")) == {"Clause"}
    assert inside.html.select_one(".chip-remove").get_text(strip=True)
    again = next(form for form in inside.forms.values() if "q" in form.fields)
    again["q"] = "plafond"
    assert "dans=" in again.submit().request.query_string


def test_no_number_tells_the_title_of_what_one_may_not_see(
    app_neighbour, site, sheets
) -> None:
    hidden = [
        place
        for body in site["consultations"].values()
        if body.__name__ == "region-ile-des-alpes"
        for year in body.values()
        for place in (body, year, *year.values())
    ]
    hidden.append(sheets["kept"].__parent__)
    told = []
    for place in hidden:
        for name in ("dans", "depuis"):
            page = app_neighbour.get(f"/recherche?q=a&{name}={place.__oid__}")
            scopes = page.html.select_one(".search-scopes")
            titles = scopes.get_text(" ") if scopes else ""
            said = getattr(place, "object", "") or place.title
            if said in titles:
                told.append((name, said))
    assert told == []


def test_a_wrong_word_is_put_right_and_is_no_lack(app_writer, site) -> None:
    page = app_writer.get("/recherche?q=nettoyagee")
    assert found(page) == found(app_writer.get("/recherche?q=nettoyage"))
    told = " ".join(page.html.select_one(".search-try").get_text().split())
    assert told == ("Voici ce que trouve « nettoyage ». Chercher plutôt « nettoyagee »")
    # What is done next is done with what was answered.
    assert page.html.find("input", id="question")["value"] == "nettoyage"
    assert "nettoyagee" not in page.click("Plus récents").request.url
    typed = page.click("Chercher plutôt")
    assert found(typed) == []
    assert found(typed.click("^nettoyage$"))
    page = app_writer.get("/recherche?q=nettoyagee+qwxzvk")
    assert "Essayez" in page
    transaction.begin()
    # The word that nothing has is one, though its neighbour can be mended.
    assert list(site["connaissances"].unanswered) == ["nettoyagee qwxzvk"]


def test_a_vain_search_says_what_to_do_and_is_counted_without_the_person(
    app_writer, app_keeper, site
) -> None:
    for address in (
        "/recherche?q=Qwxzvk",
        "/recherche?q=qwxzvk&nature=clause",
        "/recherche?q=qwxzvk&page=2",
    ):
        page = app_writer.get(address)
        assert "Rien ne répond à cette recherche" in page
        assert "Comment chercher" in page
    listed = app_keeper.get("/connaissances/sans-reponse")
    row = listed.html.select_one("tbody tr")
    assert row.th.a.get_text() == "Qwxzvk"
    assert row.td.get_text() == "1"
    assert "Brunet" not in listed.html.table.get_text()
    transaction.begin()
    assert list(site["connaissances"].unanswered) == ["qwxzvk"]


def test_words_that_say_nothing_are_told(app_writer, site) -> None:
    page = app_writer.get("/recherche?q=de+la")
    assert "mots trop courants" in page
    transaction.begin()
    assert list(site["connaissances"].unanswered) == []


def test_words_never_found_together_give_what_has_the_most(app_writer) -> None:
    page = app_writer.get("/recherche?q=nettoyage qwxzvk")
    assert "voici ceux qui en contiennent le plus" in page
    assert found(page)


def test_an_empty_question_shows_how_to_ask(app_writer) -> None:
    page = app_writer.get("/recherche")
    assert "Comment chercher" in page
    assert "résultat" not in page.html.select_one(".search-results").get_text()


def test_the_trade_says_it_in_its_own_words(app_writer, app_keeper) -> None:
    assert found(app_writer.get("/recherche?q=zygomatique")) == []
    form = app_keeper.get("/connaissances/synonymes?groupe=nouveau").forms["form"]
    form["expressions"] = "zygomatique\nnettoyage"
    form.submit("save", status=303)
    assert found(app_writer.get("/recherche?q=zygomatique"))


def test_texts_of_the_workbook_are_no_formulas(app_writer, sheets) -> None:
    sheets["open"].title = "=HYPERLINK(1)"
    sheets["open"].current.title = "=HYPERLINK(1)"
    transaction.commit()
    answer = app_writer.get(f"/recherche.xlsx?q={WORD}")
    rows = workbook(answer)
    assert "=HYPERLINK(1)" in rows
    assert "<f>" not in rows
    assert answer.headers["Content-Disposition"].startswith("attachment")


HOSTILE = (
    "q=" + "a" * 20_000,
    "q=%00%07",
    "q=%FF%FE",
    "q=%ED%A0%80",
    'q="',
    "q=-",
    "q=*",
    "q=" + "(" * 500,
    "q=a&page=-1",
    "q=a&page=99999999999999999999",
    "q=a&page=x",
    "q=a&tri=nimporte",
    "q=a&dans=x",
    "q=a&dans=999999999999999999999999",
    "q=a&dans=12",
    "q=a&dans=-12",
    "q=a&dans=9999999999999999999",
    "q=a&depuis=--5",
    "q=a&depuis=" + "9" * 5000,
    "q=a&nature=<script>alert(1)</script>",
    "q=a&dossier=abc&dossier=12&dossier=-7",
    "q=a&organisme=" + "9" * 90,
    "q=a&annee=²",
    "q=a&etat=" + "&etat=".join(str(n) for n in range(500)),
    "q=a&inconnu=1",
    "nature=clause",
    "q=<script>alert(1)</script>",
)


def test_whatever_an_address_says_no_page_breaks(app_writer) -> None:
    broken = []
    for query in HOSTILE:
        for page in (
            "/recherche",
            "/suggestions",
            "/recherche.xlsx",
            "/enregistrer-recherche",
        ):
            answer = app_writer.get(f"{page}?{query}", expect_errors=True)
            is_wrong = answer.status_int >= 500 or b"<script>alert" in answer.body
            if is_wrong:
                broken.append((page, query[:60], answer.status))
    assert broken == []
