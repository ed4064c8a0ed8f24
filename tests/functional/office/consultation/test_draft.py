"""A writer drafts beside the document; a manager reads; the others see nothing."""

import re
import zipfile
from io import BytesIO

import pytest
import transaction

from sicp import clock
from sicp.engines.docx import check_docx
from sicp.operations.clause.release import deliver
from sicp.operations.user.right import system_actor
from tests.functional.conftest import log_in

CANEVAS = ("rc-open-call", "ccap-common-services", "ae-services")
CCAP = "ccap-common-services"
#: Complete consultations of the demonstration, by a word of their object.
COMPLETE = ("Nettoyage des locaux", "Exploitation de lignes", "gaz des laboratoires")
PAGES = ("pieces/", f"pieces/{CCAP}/", f"pieces/{CCAP}/docx", f"pieces/{CCAP}/pdf")


def consultations(site):
    """Walk all consultations."""
    transaction.begin()
    for body in site["consultations"].values():
        for year in body.values():
            yield from year.values()


def path_of(site, words: str) -> str:
    """Return the address of the consultation whose object holds ``words``."""
    found = next(c for c in consultations(site) if words in c.object)
    year = found.__parent__
    return (
        f"/consultations/{year.__parent__.__name__}/{year.__name__}/{found.reference}/"
    )


def begin(app, path: str, canevas: str = CCAP):
    """Begin a piece by its button; return its page."""
    listing = app.get(path + "pieces/")
    for form in listing.forms.values():
        if form.fields.get("template") and form["template"].value == canevas:
            return form.submit(status=303).follow()
    return app.get(f"{path}pieces/{canevas}/")


def document(page) -> str:
    """Return the words of the document on a page."""
    text = page.html.select_one("[data-part=document]").get_text(" ")
    return re.sub(r"\s+", " ", text)


def words_of(docx: bytes) -> str:
    """Return the words of a Word file."""
    with zipfile.ZipFile(BytesIO(docx)) as source:
        text = source.read("word/document.xml").decode()
    return "".join(re.findall(r"<w:t[^>]*>([^<]*)", text))


def token(page) -> str:
    """Return a CSRF token."""
    return page.html.select_one("input[name=csrf_token]")["value"]


@pytest.fixture
def path(site) -> str:
    """The address of the cleaning of schools."""
    return path_of(site, "Nettoyage des locaux")


def test_a_writer_begins_a_piece_in_one_click_and_takes_it_away(
    app_writer, path
) -> None:
    page = begin(app_writer, path, "rc-open-call")
    assert "Nettoyage des locaux et de la vitrerie" in document(page)
    assert "Rien ne manque" in page
    answer = app_writer.get(path + "pieces/rc-open-call/docx")
    assert check_docx(answer.body) == ()
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert 'filename="RC_' in answer.headers["Content-Disposition"]
    listing = app_writer.get(path + "pieces/")
    assert "Complète" in listing
    assert "par Marie Brunet" in listing


@pytest.mark.parametrize("canevas", CANEVAS)
@pytest.mark.parametrize("words", COMPLETE)
def test_complete_consultations_give_complete_documents(
    served, database, site, words, canevas
) -> None:
    app = log_in(served, "redacteur.central")
    path = path_of(site, words)
    page = begin(app, path, canevas)
    assert "Rien ne manque" in page
    data = app.get(f"{path}pieces/{canevas}/docx").body
    assert check_docx(data) == ()
    assert words in words_of(data)


def test_the_pdf_is_given_as_a_file(app_writer, path) -> None:
    begin(app_writer, path, "ae-services")
    answer = app_writer.get(path + "pieces/ae-services/pdf")
    assert answer.content_type == "application/pdf"
    assert answer.body.startswith(b"%PDF-")


def test_without_libreoffice_the_page_says_so(app_writer, path, monkeypatch) -> None:
    begin(app_writer, path)
    monkeypatch.setenv("PATH", "")
    page = app_writer.get(f"{path}pieces/{CCAP}/")
    assert "LibreOffice n’est pas installé" in page
    assert f"{CCAP}/pdf" not in page
    refusal = app_writer.get(f"{path}pieces/{CCAP}/pdf", status=503)
    assert "Le document Word reste disponible" in refusal


def test_a_change_in_the_form_is_in_the_document_at_the_next_look(
    app_writer, path
) -> None:
    begin(app_writer, path)
    form = app_writer.get(path + "formulaire/need").forms["form"]
    form["place"] = "Lycées de la vallée blanche"
    form.submit("stay", status=303)
    page = app_writer.get(f"{path}pieces/{CCAP}/")
    assert "Lycées de la vallée blanche" in document(page)


def test_an_answer_is_saved_and_printed(app_writer, path) -> None:
    page = begin(app_writer, path)
    form = page.forms["form"]
    form["insertion_facilitator"] = "Maison de l’emploi <b>&"
    page = form.submit("save", status=303).follow()
    assert "Maison de l’emploi <b>&" in document(page)
    assert "emploi <b>" not in page.text
    word = app_writer.get(f"{path}pieces/{CCAP}/docx").body
    assert "Maison de l’emploi &lt;b&gt;&amp;" in words_of(word)


def test_an_unreadable_answer_is_told_at_its_field(app_writer, path) -> None:
    form = begin(app_writer, path).forms["form"]
    form["review_share"] = "beaucoup"
    form["insertion_facilitator"] = "Maison de l’emploi"
    page = form.submit("save", status=422)
    assert page.forms["form"]["review_share"].value == "beaucoup"
    assert page.forms["form"]["insertion_facilitator"].value == "Maison de l’emploi"
    assert "Maison" not in document(app_writer.get(f"{path}pieces/{CCAP}/"))


def test_two_writers_are_shown_both_texts_and_the_second_decides(
    served, app_writer, path
) -> None:
    begin(app_writer, path)
    second = log_in(served, "redacteur.central").get(f"{path}pieces/{CCAP}/")
    first = app_writer.get(f"{path}pieces/{CCAP}/").forms["form"]
    first["insertion_facilitator"] = "Maison bleue"
    first["review_share"] = "20"
    first.submit("save", status=303)
    form = second.forms["form"]
    form["insertion_facilitator"] = "Maison verte"
    page = form.submit("save", status=409)
    assert "Maison bleue" in page
    assert page.forms["form"]["insertion_facilitator"].value == "Maison verte"
    assert page.forms["form"]["revision"].value != form["revision"].value
    page = page.forms["form"].submit("save", status=303).follow()
    assert "Maison verte" in document(page)


def test_the_preview_shows_what_is_typed_and_keeps_nothing(app_writer, path) -> None:
    form = begin(app_writer, path).forms["form"]
    form["insertion_facilitator"] = "Maison jaune"
    fields = form.submit_fields()
    fragment = app_writer.post(f"{path}pieces/{CCAP}/apercu", fields)
    assert "Maison jaune" in document(fragment)
    assert "<html" not in fragment
    assert "Maison jaune" not in app_writer.get(f"{path}pieces/{CCAP}/")


def test_autosave_keeps_answers_and_tells_the_revision(app_writer, path) -> None:
    form = begin(app_writer, path).forms["form"]
    address = f"{path}pieces/{CCAP}/enregistrement"
    form["insertion_facilitator"] = "Maison rouge"
    told = app_writer.post(address, form.submit_fields()).json
    assert told["saved_at"]
    assert told["errors"] == []
    form["revision"] = str(told["revision"])
    form["review_share"] = "trop"
    told = app_writer.post(address, form.submit_fields(), status=422).json
    assert told["errors"][0]["target"] == "form-review_share"
    assert "Maison rouge" in document(app_writer.get(f"{path}pieces/{CCAP}/"))


def test_an_open_clause_is_rewritten_and_given_back(app_writer, path) -> None:
    begin(app_writer, path)
    address = f"{path}pieces/{CCAP}/texte?clause=execution-times"
    form = app_writer.get(address).forms["form"]
    assert "CCTP" in form["text"].value
    form["text"] = "Sous **huit** jours, {duration_months}."
    page = form.submit("save", status=303).follow()
    assert "Sous huit jours, 12 mois" in document(page)
    assert "texte réécrit" in page
    again = app_writer.get(address)
    difference = again.html.select_one(".rewrite-difference").get_text(" ")
    assert "Clausier" in difference
    assert "huit" in difference
    form = again.forms["form"]
    page = form.submit("restore", status=303).follow()
    assert "Sous huit jours" not in document(page)


def test_a_rewritten_text_follows_the_form(app_writer, path) -> None:
    begin(app_writer, path)
    address = f"{path}pieces/{CCAP}/texte?clause=execution-times"
    form = app_writer.get(address).forms["form"]
    form["text"] = "À exécuter à {place}."
    form.submit("save", status=303)
    form = app_writer.get(path + "formulaire/need").forms["form"]
    form["place"] = "Vallée blanche"
    form.submit("stay", status=303)
    page = app_writer.get(f"{path}pieces/{CCAP}/")
    assert "À exécuter à Vallée blanche" in document(page)
    assert "texte réécrit" in page


def test_a_text_that_cannot_be_read_is_kept_on_the_page(app_writer, path) -> None:
    begin(app_writer, path)
    address = f"{path}pieces/{CCAP}/texte?clause=execution-times"
    form = app_writer.get(address).forms["form"]
    form["text"] = "Un **gras ouvert"
    page = form.submit("save", status=422)
    assert "ligne 1" in page
    assert page.forms["form"]["text"].value.strip() == "Un **gras ouvert"


def test_two_rewritings_are_shown_side_by_side(served, app_writer, path) -> None:
    begin(app_writer, path)
    address = f"{path}pieces/{CCAP}/texte?clause=execution-times"
    other = log_in(served, "redacteur.central").get(address).forms["form"]
    mine = app_writer.get(address).forms["form"]
    mine["text"] = "Sous huit jours."
    mine.submit("save", status=303)
    other["text"] = "Sous neuf jours."
    page = other.submit("save", status=409)
    assert "Sous huit jours." in page
    assert "Marie Brunet" in page
    page = page.forms["form"].submit("save", status=303).follow()
    assert "Sous neuf jours." in document(page)


@pytest.mark.parametrize("clause", ["price-contents", "award-criteria", "", "é/../x"])
def test_a_fixed_or_foreign_clause_is_not_rewritten(app_writer, path, clause) -> None:
    begin(app_writer, path)
    app_writer.get(f"{path}pieces/{CCAP}/texte", {"clause": clause}, status=400)


def test_an_optional_clause_is_taken_out_and_put_back(app_writer, path) -> None:
    page = begin(app_writer, path)
    assert "trie, évacue" in document(page)
    values = {"csrf_token": token(page), "clause": "waste-management"}
    address = f"{path}pieces/{CCAP}/retrait"
    page = app_writer.post(address, values, status=303).follow()
    assert "trie, évacue" not in document(page)
    assert "Clauses retirées" in page
    values["remove"] = "no"
    page = app_writer.post(address, values, status=303).follow()
    assert "trie, évacue" in document(page)


def test_each_clause_says_why_it_is_here(app_writer, path) -> None:
    page = begin(app_writer, path)
    why = page.html.select_one("[data-key=price-revisable] details").get_text(" ")
    why = re.sub(r"\s+", " ", why)
    assert "la variation des prix est « Prix révisables »" in why
    assert "Articles R2112-13 et R2112-14" in why
    assert "Prix fermes actualisables" in why
    assert "Pour le rédacteur" in why


def test_what_is_missing_leads_to_its_question(served, database, site) -> None:
    app = log_in(served, "redacteur.central")
    path = path_of(site, "véhicules électriques")
    page = begin(app, path, "rc-open-call")
    link = page.html.select_one("[data-missing=bids_due_at]")
    assert "/formulaire/calendar#form-bids_due_at" in link["href"]
    assert "à compléter" in document(page)
    assert "points à traiter" in app.get(path + "pieces/")
    page = begin(app, path)
    assert "quand la forme des prix est « Prix mixtes »" in re.sub(
        r"\s+", " ", page.html.select_one(".draft-pick").get_text(" ")
    )


def test_a_choice_that_is_none_is_refused(app_writer, path) -> None:
    values = {"csrf_token": token(begin(app_writer, path)), "group": "price-form"}
    address = f"{path}pieces/{CCAP}/choix"
    app_writer.post(address, {**values, "clause": "price-firm"}, status=400)
    app_writer.post(address, {**values, "clause": "price-mixed"}, status=303)


def test_where_several_clauses_suit_the_writer_chooses_one(
    app_writer, path, site, served
) -> None:
    mixed = site["clausier"]["prix"]["forme-des-prix"]["price-mixed"]
    condition = {"field": "price_form", "operator": "in", "value": ["unit", "mixed"]}
    data = {**mixed.current.data, "condition": condition}
    mixed.add_version(data, "editeur", clock.now())
    by = {"actor": system_actor(site), "now": clock.now()}
    deliver(site, **by, registry=served.registry)
    transaction.commit()
    page = begin(app_writer, path)
    assert "plusieurs clauses conviennent" in page
    form = next(f for f in page.forms.values() if "group" in f.fields)
    form["clause"] = "price-mixed"
    page = form.submit(status=303).follow()
    assert "le prix forfaitaire indiqué" in document(page)
    assert "Plusieurs clauses conviennent ici" in page
    assert "Rien ne manque" in page


def test_a_canevas_taken_away_does_not_hide_the_other_pieces(
    app_writer, path, site
) -> None:
    begin(app_writer, path)
    begin(app_writer, path, "ae-services")
    transaction.begin()
    site["canevas"].remove("ae-services")
    transaction.commit()
    page = app_writer.get(path + "pieces/")
    assert "Canevas retiré" in page
    assert "Complète" in page
    for name in ("", "docx", "pdf"):
        refusal = app_writer.get(f"{path}pieces/ae-services/{name}", status=400)
        assert "n’existe plus" in refusal


def test_a_manager_reads_and_takes_away_but_writes_nothing(
    app_writer, app_manager, path
) -> None:
    begin(app_writer, path)
    page = app_manager.get(f"{path}pieces/{CCAP}/")
    assert "form" not in page.forms
    assert "Réécrire" not in page
    assert "Vous lisez cette pièce" in page
    app_manager.get(f"{path}pieces/{CCAP}/docx")
    values = {"csrf_token": token(page), "template": "ae-services"}
    for name in (
        "pieces/commencer",
        *(
            f"pieces/{CCAP}/{view}"
            for view in ("", "enregistrement", "apercu", "texte", "choix", "retrait")
        ),
    ):
        app_manager.post(path + name, values, status=403)
    assert "Commencer" not in app_manager.get(path + "pieces/")


def test_a_beneficiary_and_another_body_see_no_piece(
    served, database, app_writer, site, path
) -> None:
    begin(app_writer, path)
    central = log_in(served, "redacteur.central")
    shared = path_of(site, "mobilier de bureau")
    begin(central, shared)
    for login, place in (("beneficiaire", shared), ("redacteur.lac", path)):
        app = log_in(served, login)
        for name in PAGES:
            app.get(place + name, status=403)
        values = {"csrf_token": token(app.get("/")), "template": "ae-services"}
        app.post(place + "pieces/commencer", values, status=403)


def test_a_form_without_its_token_is_refused(app_writer, path) -> None:
    begin(app_writer, path)
    for name in ("pieces/commencer", f"pieces/{CCAP}/", f"pieces/{CCAP}/retrait"):
        app_writer.post(path + name, {"template": "ae-services"}, status=400)


def test_a_file_in_the_place_of_a_word_is_refused(app_writer, path) -> None:
    values = {"csrf_token": token(begin(app_writer, path))}
    file = ("clause", "x.txt", b"waste-management")
    for name in ("retrait", "choix"):
        app_writer.post(
            f"{path}pieces/{CCAP}/{name}", values, upload_files=[file], status=400
        )
    file = ("template", "x.txt", b"ae-services")
    address = path + "pieces/commencer"
    app_writer.post(address, values, upload_files=[file], status=400)
    file = ("revision", "x.txt", b"1")
    for name in ("", "enregistrement", "apercu"):
        address = f"{path}pieces/{CCAP}/{name}"
        app_writer.post(address, values, upload_files=[file], status=422)


def test_a_piece_that_was_not_begun_is_nowhere(app_writer, path) -> None:
    app_writer.get(path + "pieces/ae-services/", status=404)
    values = {"csrf_token": token(app_writer.get(path + "pieces/")), "template": "x"}
    app_writer.post(path + "pieces/commencer", values, status=400)


def test_the_history_tells_what_was_done(app_writer, path) -> None:
    begin(app_writer, path)
    app_writer.get(f"{path}pieces/{CCAP}/docx")
    history = app_writer.get(path + "historique")
    assert "a commencé une pièce" in history
    assert "a produit un document" in history
    assert "CCAP – services courants (DOCX)" in history
