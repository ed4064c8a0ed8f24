"""A sentence goes from a lawyer's idea to a writer's piece, by screens alone.

The story changes the clausier for good: it has a site of its own.
"""

import re
from collections.abc import Callable
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.served import Served
from tests.browser.served import serving

TITLE = "Bilan avant chaque reconduction"
QUESTION = "Service qui reçoit le bilan"
BEFORE = "Le contrat pouvant être reconduit "
BETWEEN = " fois, le titulaire remet un bilan écrit de son exécution à ce service : "
SERVICE = "Service entretien et nettoyage"
SENTENCE = f"{BEFORE}3{BETWEEN}{SERVICE}."
CONDITION = (
    "la forme du contrat est « Accord-cadre à bons de commande » "
    "et le nombre de reconductions est supérieur à 0"
)
NOTE = "À ne pas doubler d’un bilan demandé par le CCTP."
REASON = "Les services reconduisent sans avoir relu l’exécution."
RELEASE_NOTE = "Les CCAP de services demandent un bilan avant chaque reconduction."
CANEVAS = "CCAP – services courants"
RELEASE = re.compile(r"Clausier (\d{4}\.\d+)")
_SPACES = re.compile(r"\s+")


@pytest.fixture(scope="module")
def served(tmp_path_factory: Any) -> Iterator[Served]:
    """A site that nobody else reads."""
    queue = tmp_path_factory.mktemp("mails") / "queue"
    with serving(**{"mail.queue_path": str(queue)}) as site:
        yield site


@pytest.fixture(scope="module")
def sessions() -> dict[str, Any]:
    """The cookies of this very site."""
    return {}


def plain(text: str) -> str:
    """Give the text with plain spaces, whatever keeps its words together."""
    return _SPACES.sub(" ", text)


def told(page: Any, said: str) -> None:
    expect(page.locator("main").get_by_role("status").first).to_contain_text(said)


def words_of(page: Any) -> Any:
    return page.get_by_role("textbox", name="Texte", exact=True)


# What the lawyer does ---------------------------------------------------------------


def open_proposal(page: Any) -> str:
    """Propose a clause from the folder where it will stand; return its address."""
    page.goto("/")
    page.get_by_role("link", name="Rédaction").click()
    page.get_by_role("link", name="Clausier", exact=True).click()
    page.get_by_role("link", name="Durée et délais").click()
    page.get_by_role("link", name="Proposer une clause").click()
    expect(page.get_by_label("Famille et thème")).to_have_value(
        "execution/duree-et-delais"
    )
    page.get_by_label("Titre de la clause").fill(TITLE)
    page.get_by_label("Motif").fill(REASON)
    page.get_by_role("button", name="Ouvrir la proposition").click()
    told(page, "La proposition est ouverte, en rédaction.")
    return page.url.partition("modifier")[0]


def save(page: Any) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Enregistrer la proposition").click()
    told(page, "La proposition est enregistrée.")


def ask_a_question(page: Any) -> None:
    questions = page.get_by_role("group", name="Questions posées au rédacteur")
    questions.get_by_label("Question").fill(QUESTION)
    answer = questions.get_by_label(re.compile(r"^Réponse(?! proposée)"))
    answer.select_option(label="Texte court")
    questions.get_by_label("Obligatoire").select_option(label="Oui")
    save(page)


def insert_value(page: Any, search: str, title: str) -> None:
    page.get_by_role("button", name="Insérer une donnée").click()
    dialog = page.get_by_role("dialog", name="Insérer une donnée")
    dialog.get_by_label("Chercher").fill(search)
    dialog.get_by_label("Donnée").select_option(label=title)
    dialog.get_by_role("button", name="Insérer", exact=True).click()
    expect(dialog).to_be_hidden()


def write_text(page: Any) -> None:
    words_of(page).click()
    page.keyboard.type(BEFORE)
    insert_value(page, "reconductions", "Nombre de reconductions")
    page.keyboard.type(BETWEEN)
    insert_value(page, "bilan", QUESTION)
    page.keyboard.type(".")
    expect(words_of(page).locator("[data-variable]")).to_have_text(
        ["Nombre de reconductions", QUESTION]
    )
    # The space before a chip is one at which a line may end.
    assert f"{BEFORE}Nombre" in words_of(page).text_content()


def add_condition(page: Any, field: str, operator: str) -> Any:
    """Add a row; return its place for a value."""
    builder = page.locator("[data-condition]")
    rows = builder.locator("[data-condition-row]")
    count = rows.count()
    builder.get_by_role("button", name="Ajouter une condition").first.click()
    expect(rows).to_have_count(count + 1)
    row = rows.last
    row.get_by_label("Donnée").select_option(label=field)
    row.get_by_label("Opérateur").select_option(label=operator)
    return row.get_by_label("Valeur")


def build_condition(page: Any) -> None:
    add_condition(page, "Forme du contrat", "est").select_option(
        label="Accord-cadre à bons de commande"
    )
    number = add_condition(page, "Nombre de reconductions", "est supérieur à")
    number.fill("0")
    number.press("Tab")
    said = page.locator("[data-condition]").get_by_role("status")
    expect(said).to_contain_text(CONDITION)


def write_clause(page: Any) -> None:
    ask_a_question(page)
    write_text(page)
    build_condition(page)
    page.get_by_label("Fondement").fill("R2112-4")
    page.get_by_label("Note de rédaction").fill(NOTE)
    save(page)
    sample = page.locator("[data-part=sample]")
    expect(sample).to_contain_text(TITLE)


def submit(page: Any) -> None:
    page.get_by_role("link", name="Voir la proposition et la soumettre").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_text(CONDITION)).to_be_visible()
    page.get_by_role("button", name="Soumettre au comité").click()
    told(page, "La proposition est soumise au comité.")


def vote(page: Any) -> None:
    """Vote from the home page, where what waits for one is told."""
    page.goto("/")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_label("Pour", exact=True).check()
    page.get_by_role("button", name="Voter").click()
    told(page, "Votre vote est noté.")


def adopt(page: Any, proposal: str) -> None:
    page.goto(proposal)
    expect(page.get_by_text("Le quorum et la majorité sont atteints.")).to_be_visible()
    page.get_by_role("button", name="Constater l’adoption").click()
    told(page, "La proposition est adoptée.")


def place_in_canevas(page: Any, proposal: str) -> None:
    """Follow the page of the proposal to the canevas, and call the clause there."""
    page.goto(proposal)
    hint = page.get_by_text("Une pièce ne la prendra que de son canevas")
    expect(hint).to_be_visible()
    page.get_by_role("link", name="canevas", exact=True).click()
    page.get_by_role("link", name=CANEVAS, exact=True).click()
    page.get_by_role("link", name="Plan", exact=True).click()
    times = page.locator("#node-execution-times")
    times.get_by_text("Actions").click()
    times.get_by_role("link", name="Ajouter après").click()
    page.get_by_label("Mots du titre ou du texte").fill("bilan avant")
    page.get_by_role("button", name="Chercher", exact=True).click()
    page.get_by_role("button", name=f"Ajouter « {TITLE} »").click()
    told(page, f"« {TITLE} » est ajouté.")
    placed = page.locator(".plan-row").filter(has_text=TITLE)
    expect(placed).to_contain_text("adoptée, à publier")
    expect(placed).to_contain_text(f"Quand {CONDITION}")
    expect(page.get_by_text("ce canevas peut être publié")).to_be_visible()


def publish(page: Any) -> str:
    """Publish the clause and the canevas, not what waited before; return its name."""
    page.get_by_role("link", name="Publications", exact=True).click()
    page.get_by_role("link", name="Préparer une publication").click()
    expect(page.get_by_text("Aucune anomalie")).to_be_visible()
    others = page.get_by_role("article").filter(has_text="Pénalités relatives")
    others.get_by_label("Pas dans cette publication").check()
    for title in (TITLE, CANEVAS):
        heading = page.get_by_role("heading", level=3, name=title, exact=True)
        change = page.get_by_role("article").filter(has=heading)
        change.get_by_label("Proposée aux rédacteurs").check()
    page.get_by_label("Note aux rédacteurs").fill(RELEASE_NOTE)
    page.get_by_role("button", name="Publier", exact=True).click()
    told(page, "est publié")
    expect(page.get_by_text(RELEASE_NOTE)).to_be_visible()
    found = RELEASE.fullmatch(page.get_by_role("heading", level=1).inner_text())
    assert found is not None
    return found[1]


# What the writer does ---------------------------------------------------------------


def take_the_release(page: Any, release: str) -> None:
    """From the home page to the piece brought up to date."""
    page.goto("/")
    page.get_by_role("link", name=CANEVAS).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Reprise de")
    expect(page.get_by_text(RELEASE_NOTE)).to_be_visible()
    expect(page.get_by_text(f"{BEFORE}3 fois, le titulaire")).to_be_visible()
    for choice in page.get_by_label("Appliquer").all():
        expect(choice).to_be_checked()
    page.get_by_role("button", name="Mettre la pièce à jour").click()
    told(page, f"La pièce suit le clausier {release}.")


def answer_the_question(page: Any) -> None:
    blank = page.locator("[data-part=open]").get_by_role("link", name=QUESTION)
    blank.click()
    page.get_by_label(QUESTION).fill(SERVICE)
    page.get_by_role("button", name="Enregistrer les réponses").click()
    told(page, "enregistrées")
    expect(page.get_by_text("Rien ne manque")).to_be_visible()


def told_in(document: Any) -> str:
    return plain(document.inner_text())


def ask_why(page: Any) -> None:
    block = page.locator("[data-key]").filter(has_text=BEFORE.strip())
    block.get_by_text("Pourquoi cette phrase").click()
    why = block.locator(".why-body")
    expect(why).to_contain_text(TITLE)
    expect(why).to_contain_text("Clause obligatoire du clausier")
    expect(why).to_contain_text("version 1")
    expect(why).to_contain_text("le nombre de reconductions est supérieur à 0")
    expect(why).to_contain_text("vrai ici")
    expect(why).to_contain_text("R2112-4")
    expect(why).to_contain_text(NOTE)
    block.get_by_role("link", name="Toute l’explication").click()


def read_why(page: Any, release: str) -> None:
    expect(page.get_by_role("row", name=QUESTION)).to_contain_text(SERVICE)
    expect(page.get_by_role("row", name="Nombre de reconductions")).to_contain_text("3")
    decided = page.locator("section").filter(has_text="Qui en a décidé")
    expect(decided).to_contain_text("Pour : 3")
    expect(decided).to_contain_text(REASON)
    expect(decided).to_contain_text(release)


def renew(page: Any, consultation: str, times: str) -> None:
    """Say in the form how many times the contract may be renewed."""
    page.goto(f"{consultation}/formulaire/contract")
    page.get_by_label("Nombre de reconductions").fill(times)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    told(page, "L’étape est enregistrée.")


def test_a_sentence_goes_from_the_committee_to_a_piece(
    visit: Callable[..., Any], served: Served
) -> None:
    editor = visit("editeur")
    proposal = open_proposal(editor)
    write_clause(editor)
    submit(editor)
    for login in ("comite.juridique", "comite.achats"):
        vote(visit(login))
    vote(editor)
    adopt(editor, proposal)
    place_in_canevas(editor, proposal)
    release = publish(editor)

    writer = visit("redacteur")
    document = writer.locator("[data-part=document]")
    writer.goto(served.concerned)
    expect(document).not_to_contain_text(TITLE)
    take_the_release(writer, release)
    expect(document).to_contain_text(TITLE)
    answer_the_question(writer)
    assert SENTENCE in told_in(document)
    ask_why(writer)
    read_why(writer, release)

    # What makes the condition false takes the sentence away; its answer comes back.
    renew(writer, served.complete, "0")
    writer.goto(served.concerned)
    expect(document).to_contain_text("Délais d’exécution et prolongation")
    expect(document).not_to_contain_text(TITLE)
    renew(writer, served.complete, "3")
    writer.goto(served.concerned)
    expect(document).to_contain_text(TITLE)
    assert SENTENCE in told_in(document)
