"""A form, in a browser."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def form(page):
    page.goto("/form")
    page.wait_for_load_state("networkidle")
    return page


def wait_for_script(page):
    """Wait until the script of the form has judged its conditions."""
    page.locator("#form-reason-item[hidden]").wait_for(state="attached")


def send(page):
    page.get_by_role("button", name="Enregistrer", exact=True).click()


class TestConditions:
    def test_a_field_appears_when_its_condition_holds(self, form):
        reason = form.get_by_label("Motif de l’urgence")
        expect(reason).to_be_hidden()
        form.get_by_label("Oui").check()
        expect(reason).to_be_visible()

    def test_a_field_that_does_not_apply_counts_as_empty(self, form):
        form.get_by_label("Oui").check()
        form.get_by_label("Motif de l’urgence").fill("Crue")
        expect(form.get_by_label("Suite du motif")).to_be_visible()
        form.get_by_label("Non", exact=True).check()
        expect(form.get_by_label("Suite du motif")).to_be_hidden()

    def test_amounts_typed_in_french_are_compared(self, form):
        large = form.get_by_label("Motif du montant")
        form.get_by_label("Montant (€ HT)").fill("215 999,99")
        expect(large).to_be_hidden()
        form.get_by_label("Montant (€ HT)").fill("216 000,00")
        expect(large).to_be_visible()
        form.locator("#form-procedure").select_option("MAPA")
        expect(large).to_be_hidden()

    def test_a_column_of_a_table_is_searched(self, form):
        social = form.get_by_label("Motif social")
        expect(social).to_be_hidden()
        form.get_by_label("Type, ligne 1").select_option("social")
        expect(social).to_be_visible()


class TestErrors:
    def test_the_summary_has_the_focus_and_leads_to_the_field(self, form):
        form.get_by_label("Montant (€ HT)").fill("abc")
        send(form)
        expect(form.get_by_role("alert")).to_be_focused()
        assert form.title().startswith("Erreur · ")
        form.get_by_role("link", name="Montant (€ HT)").click()
        expect(form.get_by_label("Montant (€ HT)")).to_be_focused()
        expect(form.get_by_label("Montant (€ HT)")).to_have_value("abc")

    def test_a_field_in_error_is_shown_even_if_it_does_not_apply(self, form):
        form.get_by_label("Objet").fill("x")
        form.locator("#form-social").evaluate("field => field.value = 'x'.repeat(2000)")
        send(form)
        expect(form.locator("#form-social")).to_be_visible()


class TestRows:
    def test_rows_are_added_removed_and_sent(self, form):
        form.get_by_label("Objet").fill("x")
        form.get_by_label("Intitulé, ligne 1").fill("Prix")
        form.get_by_role("button", name="Ajouter une ligne").click()
        expect(form.get_by_label("Intitulé, ligne 2")).to_be_focused()
        form.keyboard.type("Délai")
        form.get_by_role("button", name="Ajouter une ligne").click()
        form.get_by_label("Intitulé, ligne 3").fill("Social")
        form.get_by_role("button", name="Retirer la ligne 1").click()
        expect(form.get_by_label("Intitulé, ligne 1")).to_have_value("Délai")
        send(form)
        expect(form.locator("#read")).to_contain_text("'title': 'Délai'")
        expect(form.locator("#read")).to_contain_text("'title': 'Social'")
        expect(form.locator("#read")).not_to_contain_text("'title': 'Prix'")


class TestSearchOfACode:
    def test_a_code_is_chosen_by_the_keyboard(self, form):
        box = form.get_by_label("CPV", exact=False).first
        box.press_sequentially("trav", delay=20)
        found = form.get_by_role("listbox").get_by_role("option")
        expect(found).to_have_count(2)
        box.press("ArrowDown")
        box.press("ArrowDown")
        expect(found.nth(1)).to_have_attribute("aria-selected", "true")
        box.press("Enter")
        expect(box).to_have_value("45100000")
        expect(form.locator("#form-cpv-item")).to_contain_text("Travaux de préparation")

    def test_escape_closes_the_list_and_keeps_the_text(self, form):
        box = form.locator("#form-cpv")
        box.press_sequentially("trav")
        expect(form.get_by_role("listbox")).to_be_visible()
        box.press("Escape")
        expect(form.get_by_role("listbox")).to_be_hidden()
        expect(box).to_have_value("trav")


class TestUnsavedWork:
    def test_leaving_with_unsaved_work_warns(self, form):
        form.get_by_label("Objet").fill("x")
        asked = []
        form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        form.goto("/list")
        assert asked == ["beforeunload"]

    def test_leaving_without_any_work_does_not(self, form):
        asked = []
        form.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        form.goto("/list")
        assert asked == []

    def test_idle_work_is_saved_and_its_errors_are_shown(self, page):
        page.clock.install()
        page.goto("/form")
        wait_for_script(page)
        page.get_by_label("Montant (€ HT)").fill("abc")
        page.clock.fast_forward(25_000)
        status = page.locator("[data-form-status]")
        expect(status).to_contain_text("Enregistré à 14")
        expect(status).to_contain_text("Points à corriger : 2")
        expect(page.locator("#form-amount-error")).to_contain_text("Écrivez un nombre")
        expect(page.get_by_label("Montant (€ HT)")).to_have_attribute(
            "aria-invalid", "true"
        )

    def test_a_save_that_fails_says_so_and_keeps_the_work(self, page):
        page.clock.install()
        page.goto("/form")
        wait_for_script(page)
        page.route("**/autosave", lambda route: route.fulfill(status=200, body="?"))
        page.get_by_label("Objet").fill("x")
        page.clock.fast_forward(25_000)
        status = page.locator("[data-form-status]")
        expect(status).to_contain_text("votre texte est gardé")


def test_a_long_list_is_narrowed_by_what_is_typed(form):
    form.get_by_text("Choisir dans la liste").click()
    group = form.get_by_role("group", name="Entités")
    group.get_by_label("Filtrer la liste").fill("college nord")
    expect(form.get_by_label("Collège du Nord")).to_be_visible()
    expect(form.get_by_label("Département", exact=True)).to_be_hidden()


def test_a_long_closed_list_is_narrowed_and_keeps_what_is_chosen(form):
    item = form.locator("#form-folder-item")
    folders, filtering = item.locator("select"), item.get_by_label("Filtrer la liste")
    folders.select_option("m")
    filtering.fill("dossier 39")
    expect(item.get_by_role("status")).to_have_text("Choix : 2")
    expect(folders).to_have_value("m")
    assert folders.locator("option").count() == 3
    folders.select_option("f39")
    filtering.fill("")
    expect(folders).to_have_value("f39")
    assert folders.locator("option").count() == 42
    filtering.press("Enter")
    expect(form).to_have_url(re.compile("/form$"))


def test_the_calendar_writes_the_day_in_french(form):
    item = form.locator("#form-day-item")
    expect(item.get_by_role("button", name="Ouvrir le calendrier")).to_be_visible()
    native = item.locator("input[type='date']")
    native.evaluate(
        "field => { field.value = '2027-03-15';"
        " field.dispatchEvent(new Event('change')); }"
    )
    expect(form.locator("#form-day")).to_have_value("15/03/2027")


def test_without_scripts_everything_can_be_filled_and_sent(browser, shell_url):
    context = browser.new_context(base_url=shell_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/form")
    page.fill("#form-object", "x")
    page.fill("#form-reason", "Crue")
    page.fill("#form-criteria-1-title", "Prix")
    page.fill("#form-cpv", "45000000")
    page.click("#form-button-save")
    read = page.locator("#read").inner_text()
    context.close()
    for part in ("'reason': 'Crue'", "'title': 'Prix'", "'cpv': '45000000'"):
        assert part in read
