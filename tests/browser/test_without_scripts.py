"""A browser that runs no script goes the same way."""

import re

from playwright.sync_api import expect


def test_the_main_job_needs_no_script(visit, served) -> None:
    page = visit("redacteur", java_script_enabled=False)
    page.goto("/consultations/nouvelle")
    page.get_by_label("Objet du contrat").fill("Location de tentes")
    group = page.get_by_role("group", name="services responsables")
    group.get_by_label("Service maintenance des lycées").check()
    page.get_by_role("button", name="Créer la consultation").click()
    expect(page.get_by_text("est créée")).to_be_visible()

    # What applies is judged by the server: nothing is hidden from who fills.
    page.get_by_role("link", name="Forme du contrat").click()
    expect(page.get_by_label("Maximum de l’accord-cadre")).to_be_visible()
    page.get_by_label("Forme du contrat").select_option(label="Marché ordinaire")
    page.get_by_label("Durée (mois)").fill("12")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("L’étape est enregistrée.")).to_be_visible()
    expect(page.get_by_label("Durée (mois)")).to_have_value("12")

    page.get_by_role("link", name="Candidatures et offres").click()
    page.get_by_role("row").nth(1).get_by_label("Intitulé").fill("Prix")
    page.get_by_role("row").nth(1).get_by_label("Type").select_option(label="Prix")
    page.get_by_role("row").nth(1).get_by_label("Poids").fill("100")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_role("row").nth(1).get_by_label("Poids")).to_have_value("100")

    page.get_by_role("link", name=re.compile(r"^Pièces \d")).click()
    # So few answers call for no document of tender: it stands among the others.
    page.get_by_role("heading", name="Autres canevas").click()
    page.get_by_role(
        "button",
        name="Commencer – Règlement de la consultation – procédure adaptée",
        exact=True,
    ).click()
    document = page.locator("[data-part=document]")
    expect(document).to_contain_text("Location de tentes")


def test_menus_and_the_tree_are_open_without_script(visit, served) -> None:
    phone = {"width": 390, "height": 844}
    page = visit("redacteur", java_script_enabled=False, viewport=phone)
    page.goto("/consultations/")
    expect(page.get_by_role("link", name="Rédaction")).to_be_visible()
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    expect(page.get_by_role("link", name="2026-").first).to_be_visible()


def test_what_cannot_be_undone_is_asked_first(visit) -> None:
    page = visit("documentaliste", java_script_enabled=False)
    page.goto("/connaissances/corbeille/")
    page.get_by_role("link", name="Ancienne fiche").click()
    page.get_by_role("button", name="Détruire définitivement").click()
    expect(page.get_by_text("Détruire « Ancienne fiche »")).to_be_visible()
    page.get_by_role("link", name="Annuler").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ancienne fiche")
    expect(page.get_by_role("button", name="Détruire définitivement")).to_be_visible()
