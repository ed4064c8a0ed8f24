"""The parts many pages show."""

import pytest
from bs4 import BeautifulSoup
from chameleon import PageTemplate

from sicp.views.shared import components
from sicp.views.shared.components import Card
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Pager
from sicp.views.shared.components import Row
from sicp.views.shared.components import Stage
from sicp.views.shared.components import Step
from sicp.views.shared.components import Tab
from sicp.views.shared.components import Table
from sicp.views.shared.components import Term
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import Flash
from tests.unit.views.shared.conftest import a_request

COLUMNS = (Column("reference", "Référence"), Column("amount", "Montant"))


def shown(request, macro, **values):
    source = f"<metal:x use-macro=\"layout.macros['{macro}']\"/>"
    template = PageTemplate(source)
    html = template(layout=request.layout, request=request, **values)
    return BeautifulSoup(html, "html.parser")


class TestTable:
    def test_it_is_named_and_its_rows_are_named_by_their_first_cell(self, request_):
        rows = [Row((Cell("2027-0001", "/1"), Cell("12", note="estimé")))]
        page = shown(request_, "table", table=Table("Lots", COLUMNS, rows))
        assert page.caption.text == "Lots"
        assert page.find("th", attrs={"scope": "row"}).a["href"] == "/1"
        assert page.find("td")["data-label"] == "Montant"

    def test_batch_actions_post_the_rows_ticked(self, request_):
        table = Table(
            "Lots",
            COLUMNS,
            [Row((Cell("L1"), Cell("12")), "1", result=Badge("Fait", "success"))],
            batch_url="/lots",
            batch_actions=(("archive", "Archiver"),),
        )
        page = shown(request_, "table", table=table)
        box = page.find("input", attrs={"name": "rows"})
        assert (box["value"], box["aria-label"]) == ("1", "L1")
        assert page.find("button", attrs={"name": "action"})["value"] == "archive"
        assert page.find("input", attrs={"name": "csrf_token"})
        assert page.find(class_="tone-success").text == "Fait"

    def test_an_empty_place_says_what_it_is_for(self, request_):
        empty = EmptyState("Aucun lot", "Un lot est…", Action("Ajouter", "/n"))
        page = shown(request_, "table", table=Table("Lots", COLUMNS, (), empty))
        assert page.find("table") is None
        assert page.find(class_="empty").a["href"] == "/n"

    def test_columns_can_be_chosen(self, request_):
        table = Table(
            "Lots",
            COLUMNS,
            hidden_columns=(Column("buyer", "Acheteur"),),
            choose_url="/lots",
            kept_choices=(("sort", "amount"),),
        )
        page = shown(request_, "table", table=table)
        boxes = page.find_all("input", attrs={"name": "columns"})
        assert [box.has_attr("checked") for box in boxes] == [True, True, False]


class TestSorting:
    @pytest.mark.parametrize(
        ("asked", "order", "next_"),
        [
            ("", "", "sort=amount"),
            ("?sort=amount", "ascending", "sort=-amount"),
            ("?sort=-amount", "descending", "sort=amount"),
        ],
    )
    def test_a_column_reverses_its_own_order(
        self, shared_registry, asked, order, next_
    ):
        request = a_request(shared_registry, f"/lots{asked}")
        column = components.sortable(request, COLUMNS)[1]
        assert column.sorted == order
        assert column.sort_url == f"http://localhost/lots?{next_}"

    def test_other_choices_of_the_address_are_kept_but_the_page(self, shared_registry):
        request = a_request(shared_registry, "/lots?q=%C3%A9&page=3")
        column = components.sortable(request, COLUMNS)[0]
        assert column.sort_url == "http://localhost/lots?q=%C3%A9&sort=reference"

    def test_no_choice_leaves_a_plain_address(self, shared_registry):
        request = a_request(shared_registry, "/lots?page=3")
        assert components.url_with(request, page=None) == "http://localhost/lots"


class TestPager:
    def test_it_names_the_ends_and_the_pages_near(self, request_):
        pager = Pager.of(request_, 10, 25, 1234)
        assert [link.number for link in pager.links] == [1, 8, 9, 10, 11, 12, 50]
        assert [link.number for link in pager.links if link.has_gap] == [8, 50]
        assert (pager.first_shown, pager.last_shown) == (226, 250)
        assert pager.previous_url.endswith("page=9")

    def test_one_page_needs_no_links(self, request_):
        pager = Pager.of(request_, 1, 25, 3)
        page = shown(request_, "pager", pager=pager)
        assert page.find("ul") is None
        assert (pager.previous_url, pager.next_url) == ("", "")

    def test_nothing_found_is_told_as_zero(self, request_):
        pager = Pager.of(request_, 1, 25, 0)
        assert (pager.first_shown, pager.last_shown) == (0, 0)

    def test_the_page_where_one_is_is_told(self, request_):
        page = shown(request_, "pager", pager=Pager.of(request_, 2, 25, 60))
        assert page.find(attrs={"aria-current": "page"}).text.split() == ["Page", "2"]


class TestStates:
    def test_a_step_is_told_in_words(self, request_):
        steps = [Step("Besoin", "/1", "complete"), Step("Lots", "/2", "error", True)]
        page = shown(request_, "steps", steps=steps)
        words = [word.text for word in page.find_all(class_="step-word")]
        assert words == ["complet", "à corriger"]
        assert page.find(attrs={"aria-current": "step"})["href"] == "/2"

    def test_a_stage_is_told_in_words(self, request_):
        stages = [
            Stage("Rédaction", "done"),
            Stage("Publication", "current"),
            Stage("Fin"),
        ]
        page = shown(request_, "stages", stages=stages)
        words = [word.text for word in page.find_all(class_="stage-word")]
        assert words == ["terminée", "en cours", "à venir"]

    def test_a_badge_is_a_colour_and_a_word(self, request_):
        page = shown(request_, "badge", badge=Badge("Publiée", "info"))
        assert page.span["class"] == ["badge-state", "tone-info"]

    def test_an_alert_is_told(self, request_):
        page = shown(request_, "alert", alert=Flash("Attention.", "warning"))
        assert page.find(class_="tone-warning").text == "Attention."


def test_tabs_tell_where_one_is(request_):
    tabs = [Tab("Fiche", "/f", True), Tab("Lots", "/l", count=3)]
    page = shown(request_, "tabs", tabs=tabs)
    assert page.find(attrs={"aria-current": "page"})["href"] == "/f"
    assert page.find(class_="count").text == "3"


def test_terms_are_a_list_of_names_and_values(request_):
    terms = [Term("Durée", "48 mois"), Term("État", badge=Badge("Publiée"), url="")]
    page = shown(request_, "terms", terms=terms)
    assert [name.text for name in page.find_all("dt")] == ["Durée", "État"]


def test_a_card_without_anything_says_so(request_):
    page = shown(request_, "card", card=Card("Tâches", empty="Rien à faire."))
    assert page.find(class_="card-empty").text == "Rien à faire."


def test_a_card_leads_to_each_thing_to_do(request_):
    card = Card("Tâches", [Term("Relire", "CCAP", "/r", Badge("Retard"), "hier")], 1)
    page = shown(request_, "card", card=card)
    assert page.find("li").a["href"] == "/r"
