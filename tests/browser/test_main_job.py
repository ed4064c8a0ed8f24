"""The main job: a writer opens a consultation, fills its form, and drafts a piece."""

import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree
from playwright.sync_api import expect

from sicp import clock
from sicp.clock import legal_day
from sicp.views.shared import display

OBJECT = "Entretien des espaces verts des lycées de la vallée de la Sarenne"
LOTS = (
    ("Lycées de la haute vallée", "210 000,50", "280 000"),
    ("Lycées de la basse vallée", "240 000", "320 000"),
)
CRITERIA = (
    ("Prix des prestations", "Prix", "45"),
    ("Valeur technique du mémoire", "Valeur technique", "35"),
    ("Gestion écologique des sites", "Performance environnementale", "20"),
)
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACES = re.compile(r"\s+")


def _told(page: Any, said: str) -> None:
    said_in = page.locator("main").get_by_role("status").first
    expect(said_in).to_contain_text(said)


def in_days(count: int) -> Any:
    return legal_day(clock.now()) + timedelta(days=count)


def typed(day: Any) -> str:
    return f"{day:%d/%m/%Y}"


def in_words(day: Any) -> str:
    return plain(display.long_day(day))


def plain(text: str) -> str:
    """Give the text with plain spaces, whatever keeps its words together."""
    return _SPACES.sub(" ", text)


def choose(page: Any, question: str, answer: str) -> None:
    group = page.get_by_role("group", name=question)
    group.get_by_label(answer, exact=True).check()


def go_on(page: Any, title: str) -> None:
    """Save the step; the next one is called ``title``."""
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_role("heading", level=2, name=title)).to_be_visible()
    _told(page, "L’étape est enregistrée.")


def fill_need(page: Any) -> None:
    page.get_by_label("Catégorie d’achat").select_option(label="Services courants")
    cpv = page.get_by_role("combobox", name="Code CPV principal")
    cpv.press_sequentially("espaces verts")
    found = page.get_by_role("listbox").get_by_role("option")
    expect(found.first).to_contain_text("espaces verts")
    cpv.press("ArrowDown")
    cpv.press("Enter")
    expect(cpv).to_have_value("77310000")
    page.get_by_label("Lieu principal d’exécution").fill("Lycées de Haute-Sarenne")


def fill_procedure(page: Any) -> None:
    proposal = page.get_by_role("heading", name="Procédure proposée")
    expect(proposal).to_contain_text("Appel d’offres ouvert")
    urgency = page.get_by_role("group", name="Urgence dûment justifiée")
    expect(urgency).to_be_hidden()
    page.get_by_label("Procédure", exact=False).first.select_option(
        label="Appel d’offres ouvert"
    )
    expect(urgency).to_be_visible()
    why = page.get_by_label("Justification de l’urgence")
    expect(why).to_be_hidden()
    choose(page, "Urgence dûment justifiée", "Oui")
    expect(why).to_be_visible()
    choose(page, "Urgence dûment justifiée", "Non")
    expect(why).to_be_hidden()


def fill_contract(page: Any) -> None:
    maximum = page.get_by_label("Maximum de l’accord-cadre")
    expect(maximum).to_be_hidden()
    page.get_by_label("Forme du contrat").select_option(
        label="Accord-cadre à bons de commande"
    )
    maximum.fill("600 000,00")
    choose(page, "Nombre de titulaires", "Un seul titulaire")
    page.get_by_label("Durée (mois)").fill("12")
    choose(page, "Point de départ de la durée", "Notification du contrat")
    length = page.get_by_label("Durée de chaque reconduction")
    expect(length).to_be_hidden()
    page.get_by_label("Nombre de reconductions").fill("3")
    length.fill("12")
    choose(page, "Reconduction tacite", "Oui")
    page.get_by_label("CCAG de référence").select_option(
        label="CCAG Fournitures courantes et services"
    )
    choose(page, "Variantes", "Interdites")


def fill_lots(page: Any) -> None:
    choose(page, "Prestations alloties", "Oui")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("link", name="Saisir les lots").click()
    for title, amount, maximum in LOTS:
        page.get_by_role("link", name="Ajouter un lot").first.click()
        page.get_by_label("Objet du lot").fill(title)
        page.get_by_label("Montant estimé (€ HT)").fill(amount)
        page.get_by_label("Maximum (€ HT)").fill(maximum)
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_role("row", name=title)).to_be_visible()
    expect(page.get_by_role("row", name=LOTS[0][0])).to_contain_text("210 000,50")
    page.get_by_role("link", name="Formulaire").click()
    page.get_by_role("link", name="Lots à compléter").or_(
        page.get_by_role("link", name="Lots complet")
    ).click()
    expect(page.get_by_text(LOTS[1][0])).to_be_visible()


def fill_price(page: Any) -> None:
    choose(page, "Forme des prix", "Prix unitaires")
    index = page.get_by_label("Indice de révision")
    expect(index).to_be_hidden()
    choose(page, "Variation des prix", "Prix révisables")
    index.fill("indice des services d’aménagement paysager")
    page.get_by_label("Part fixe de la formule").fill("15")
    choose(page, "Avance", "Selon la réglementation")
    page.get_by_label("Délai de paiement").fill("30")
    choose(page, "Pénalités de retard fixées au contrat", "Oui")
    page.get_by_label("Pénalité par jour de retard").fill("150")


def fill_award(page: Any) -> None:
    rows = page.locator("[data-rows-body] > [data-row]")
    for number, (title, kind, weight) in enumerate(CRITERIA):
        while rows.count() <= number:
            page.get_by_role("button", name="Ajouter une ligne").click()
        row = rows.nth(number)
        row.get_by_label("Intitulé").fill(title)
        row.get_by_label("Type").select_option(label=kind)
        row.get_by_label("Poids").fill(weight)
    page.get_by_label("Validité des offres").fill("180")
    choose(page, "Visite des lieux", "Sans visite")


def fill_commitments(page: Any) -> None:
    page.get_by_label("Conditions d’exécution environnementales").fill(
        "Aucun produit phytosanitaire de synthèse n’est employé."
    )
    choose(page, "Conditions d’exécution sociales", "Non")
    page.get_by_label("Motif d’absence de condition sociale").fill(
        "La durée des interventions ne permet pas de confier des heures d’insertion."
    )
    choose(page, "Traitement de données à caractère personnel", "Non")


def fill_calendar(page: Any) -> None:
    page.get_by_label("Envoi de l’avis prévu le").fill(typed(in_days(20)))
    due = page.get_by_role("group", name="Date et heure limites de réception")
    due.get_by_label("Date", exact=True).fill(typed(in_days(62)))
    due.get_by_label("Heure (Paris)").fill("12:00")
    page.get_by_label("Date limite des questions").fill(typed(in_days(50)))
    page.get_by_label("Contact administratif").fill("Marie Brunet")
    page.get_by_label("Courriel du contact").fill("marie.brunet@ile-des-alpes.example")
    page.get_by_label("Téléphone du contact").fill("00 99 00 10 21")


def create(page: Any) -> str:
    """Open the consultation; return its address."""
    page.goto("/")
    page.get_by_role("link", name="Nouvelle consultation").click()
    page.get_by_label("Objet du contrat").fill(OBJECT)
    choose(page, "Nature des prestations", "Services")
    page.get_by_label("Montant estimé du besoin").fill("600 000,00")
    responsible = page.get_by_role("group", name="services responsables")
    responsible.get_by_label("Service entretien et nettoyage").check()
    page.get_by_role("button", name="Créer la consultation").click()
    _told(page, "est créée")
    return page.url.partition("/formulaire")[0]


def fill_form(page: Any) -> None:
    fill_need(page)
    go_on(page, "Procédure")
    fill_procedure(page)
    go_on(page, "Forme du contrat")
    fill_contract(page)
    go_on(page, "Lots")
    fill_lots(page)
    go_on(page, "Prix et paiement")
    fill_price(page)
    go_on(page, "Candidatures et offres")
    fill_award(page)
    go_on(page, "Engagements durables")
    fill_commitments(page)
    go_on(page, "Dates et contacts")
    fill_calendar(page)
    page.get_by_role("button", name="Enregistrer et continuer").click()
    expect(page.get_by_role("heading", name="Ce qui manque")).to_have_count(0)


def answer_open_questions(page: Any) -> None:
    """Answer, beside the document, what the form does not ask."""
    document = page.locator("[data-part=document]")
    copies = page.get_by_label("Service qui reçoit les copies de sauvegarde")
    copies.fill("Service du courrier, 1 place des Trois-Vallées")
    expect(document).to_contain_text("Service du courrier, 1 place des Trois-Vallées")
    page.get_by_label("Délai minimal d’envoi des modifications").fill("8")
    page.get_by_role("button", name="Enregistrer les réponses").click()
    _told(page, "enregistrées")
    expect(page.get_by_text("Rien ne manque")).to_be_visible()
    expect(document.locator(".draft-blank")).to_have_count(0)


def expected_facts() -> list[str]:
    """Say what of the form must be read in the règlement de la consultation."""
    return [
        OBJECT,
        "Lycées de Haute-Sarenne",
        "77310000",
        "Appel d’offres ouvert",
        in_words(in_days(62)),
        "12 h 00",
        in_words(in_days(50)),
        "180 jours",
        "Marie Brunet",
        "marie.brunet@ile-des-alpes.example",
        "00 99 00 10 21",
        "280 000,00 €",
        "320 000,00 €",
        "Service du courrier",
        *(title for title, _amount, _maximum in LOTS),
        *(title for title, _kind, _weight in CRITERIA),
        *(f"{weight} %" for _title, _kind, weight in CRITERIA),
    ]


def download(page: Any, name: str, directory: Path) -> Path:
    with page.expect_download(timeout=90_000) as download:
        page.get_by_role("link", name=name).click()
    path = directory / download.value.suggested_filename
    download.value.save_as(path)
    return path


def converted(source: Path, kind: str, directory: Path) -> Path:
    """Open the document in LibreOffice and save it as ``kind``."""
    profile = f"-env:UserInstallation=file://{directory}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir"]
    subprocess.run(
        [*command, str(directory / "out"), str(source)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return directory / "out" / f"{source.stem}.{kind.partition(':')[0]}"


def parts_of(document: Path) -> dict[str, Any]:
    with ZipFile(document) as package:
        return {
            name: etree.fromstring(package.read(name))
            for name in ("word/document.xml", "word/numbering.xml", "word/styles.xml")
        }


def style_numbers(styles: Any) -> set[str]:
    """Give the styles whose paragraphs Word numbers by itself."""
    return {
        style.get(f"{WORD}styleId")
        for style in styles.iter(f"{WORD}style")
        if style.find(f".//{WORD}numPr") is not None
    }


def check_numbering(document: Path) -> None:
    """Check that headings are numbered by Word, and bear no typed number."""
    parts = parts_of(document)
    numbering = parts["word/numbering.xml"]
    assert numbering.findall(f"{WORD}abstractNum")
    by_style = style_numbers(parts["word/styles.xml"])
    headings = []
    for paragraph in parts["word/document.xml"].iter(f"{WORD}p"):
        style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        name = style.get(f"{WORD}val") if style is not None else ""
        if re.fullmatch(r"Heading[1-4]|Titre[1-4]", name):
            direct = paragraph.find(f"{WORD}pPr/{WORD}numPr") is not None
            text = "".join(paragraph.itertext())
            headings.append((text, direct or name in by_style))
    assert len(headings) > 20
    assert [text for text, is_numbered in headings if not is_numbered] == []
    typed_numbers = re.compile(r"^\s*(Article\s+)?\d+([.)]|\s|$)")
    assert [text for text, _ in headings if typed_numbers.match(text)] == []


def check_no_blank(document: Path) -> None:
    """Check that no value is waited for and no variable is left as written."""
    body = parts_of(document)["word/document.xml"]
    styles = [item.get(f"{WORD}val") for item in body.iter(f"{WORD}rStyle")]
    assert "Blank" not in styles
    text = "".join(body.itertext())
    assert re.findall(r"\{[a-z_.:|]+\}|\[[a-z_]+\]|None|True|False", text) == []


def test_a_writer_goes_from_an_idea_to_a_word_document(visit, tmp_path) -> None:
    page = visit("redacteur", accept_downloads=True)
    home = create(page)
    fill_form(page)

    page.get_by_role("link", name=re.compile(r"^Pièces \d")).click()
    page.get_by_role("button", name="Commencer – Règlement de la consultation").click()
    document = page.locator("[data-part=document]")
    expect(document).to_contain_text(OBJECT)
    # The questions stand at the side of the document, not under it.
    questions = page.locator(".draft-questions").bounding_box()
    sheet = document.bounding_box()
    assert questions["x"] + questions["width"] <= sheet["x"]
    draft = page.url

    # What changes in the form is in the document at the next look.
    page.goto(f"{home}/formulaire/need")
    page.get_by_label("Lieu principal d’exécution").fill("Jardins des lycées du lac")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    _told(page, "enregistrée")
    page.goto(draft)
    expect(document).to_contain_text("Jardins des lycées du lac")
    expect(document).not_to_contain_text("Lycées de Haute-Sarenne")
    page.goto(f"{home}/formulaire/need")
    page.get_by_label("Lieu principal d’exécution").fill("Lycées de Haute-Sarenne")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    _told(page, "enregistrée")
    page.goto(draft)

    # The short card, which beneficiaries see, tells the lots without their estimates.
    page.goto(f"{home}/")
    lots = page.get_by_role("definition").filter(has_text=LOTS[0][0])
    expect(lots).to_contain_text(LOTS[1][0])
    expect(lots).not_to_contain_text("€")
    page.goto(draft)

    answer_open_questions(page)
    shown = plain(document.inner_text())
    assert [fact for fact in expected_facts() if fact not in shown] == []

    word = download(page, "Télécharger le document Word", tmp_path)
    assert word.suffix == ".docx"
    check_numbering(word)
    check_no_blank(word)
    text = plain(converted(word, "txt:Text", tmp_path).read_text(encoding="utf-8-sig"))
    assert [fact for fact in expected_facts() if fact not in text] == []
    assert re.search(r"Article 1\b", text)
    assert converted(word, "pdf", tmp_path).read_bytes().startswith(b"%PDF")

    pdf = download(page, "PDF", tmp_path)
    assert pdf.suffix == ".pdf"
    told = subprocess.run(
        [shutil.which("pdftotext"), "-layout", str(pdf), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert OBJECT.split(" de la ", maxsplit=1)[0] in plain(told)
