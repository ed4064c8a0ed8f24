"""The frame of every page."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from pyramid.renderers import render

from sicp.i18n import _
from sicp.views.shared.layout import Account
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import Crumb
from sicp.views.shared.layout import Module
from sicp.views.shared.layout import TreeNode
from sicp.views.shared.layout import branch_page
from sicp.views.shared.layout import flash

ERROR_PAGE = "sicp.views.shared:templates/error.pt"


class _Nothing:
    advice = ()


def page_of(request):
    values = {"explanation": _Nothing(), "text": ""}
    html = render(ERROR_PAGE, values, request=request)
    return html, BeautifulSoup(html, "html.parser")


class TestPageTitle:
    def test_it_is_object_module_product(self, request_):
        request_.layout.modules = [Module("Procédures", "/p", is_current=True)]
        request_.layout.show("Fournitures de bureau")
        assert request_.layout.page_title == "Fournitures de bureau · Procédures · SICP"

    def test_nothing_is_said_twice(self, request_):
        request_.layout.show("Procédures", module_title="Procédures")
        assert request_.layout.page_title == "Procédures · SICP"


class TestFrame:
    def test_browsers_read_it_by_the_standard(self, request_):
        html, page = page_of(request_)
        assert html.startswith("<!DOCTYPE html>")
        assert page.html["lang"] == "fr"

    def test_keyboards_can_skip_to_the_content(self, request_):
        _html, page = page_of(request_)
        link = page.body.find("a")
        assert link["href"] == "#content"
        assert page.find(id="content").name == "main"

    def test_a_stranger_has_neither_menu_nor_search(self, request_):
        _html, page = page_of(request_)
        assert page.find(attrs={"role": "search"}) is None
        assert page.find(class_="modules") is None
        assert page.find(class_="account") is None

    def test_the_person_sees_his_modules_and_may_leave(self, request_):
        layout = request_.layout
        layout.modules = [
            Module("Procédures", "/p", is_current=True),
            Module("B", "/b"),
        ]
        layout.search_url = "/recherche"
        layout.account = Account("Camille", ("Acheteuse",), "/moi", "/sortir")
        _html, page = page_of(request_)
        assert page.find(attrs={"aria-current": "true"}).text == "Procédures"
        logout = page.find("form", attrs={"action": "/sortir"})
        assert logout["method"] == "post"
        token = logout.find("input", attrs={"name": "csrf_token"})["value"]
        assert token == layout.csrf_token
        assert page.find(attrs={"role": "search"}).input["name"] == "q"

    def test_the_place_is_shown_in_tree_and_breadcrumb(self, request_):
        layout = request_.layout
        here = TreeNode("Ici", "/ici", is_current=True)
        lazy = TreeNode("Plus", "/plus", has_children=True, children_url="/branche")
        layout.tree = [TreeNode("2027", "/2027", is_open=True, children=(here, lazy))]
        layout.breadcrumb = [Crumb("Accueil", "/"), Crumb("Ici")]
        _html, page = page_of(request_)
        assert (
            page.find(class_="tree").find(attrs={"aria-current": "page"}).text == "Ici"
        )
        toggle = page.find(attrs={"data-children-url": "/branche"})
        assert toggle["aria-expanded"] == "false"
        trail = page.find(class_="breadcrumb-trail")
        assert trail.find(attrs={"aria-current": "page"}).text == "Ici"

    def test_an_action_that_changes_something_is_a_form_with_a_question(self, request_):
        action = Action("Ôter", "/o", "post", "Ôter ce lot ?", True, {"id": "3"})
        request_.layout.show(
            "Lot",
            badge=Badge("Brouillon"),
            actions=(action, Action("Voir", "/v")),
            primary_action=Action("Créer", "/c"),
        )
        html = render(
            ERROR_PAGE, {"explanation": _Nothing(), "text": ""}, request=request_
        )
        page = BeautifulSoup(html, "html.parser")
        form = page.find("form", attrs={"data-confirm": "Ôter ce lot ?"})
        assert form.find("input", attrs={"name": "id"})["value"] == "3"
        assert page.find("a", attrs={"href": "/c"})["class"][1] == "button-primary"
        assert page.find(class_="badge-state").text == "Brouillon"

    def test_what_was_done_is_told_once(self, request_):
        flash(request_, _("lot-added", default="Le lot est ajouté."))
        html, _page = page_of(request_)
        assert "Le lot est ajouté." in html
        html, _page = page_of(request_)
        assert "Le lot est ajouté." not in html

    def test_hostile_titles_are_escaped_everywhere(self, request_):
        hostile = "<script>alert(1)</script>"
        layout = request_.layout
        layout.show(hostile, subtitle=hostile, badge=Badge(hostile))
        layout.body_name = layout.search_text = layout.tree_title = hostile
        layout.search_url = "/q"
        layout.tree = [TreeNode(hostile, "/", children=(TreeNode(hostile, "/"),))]
        layout.breadcrumb = [Crumb(hostile)]
        layout.account = Account(hostile, (hostile,))
        layout.modules = [Module(hostile, "/")]
        flash(request_, hostile)
        html, _page = page_of(request_)
        assert hostile not in html
        assert html.count("&lt;script&gt;") >= 10

    def test_a_policy_of_content_may_forbid_anything_inline(self, request_):
        _html, page = page_of(request_)
        assert all(script.get("src") for script in page.find_all("script"))
        for tag in page.find_all(True):
            assert not [name for name in tag.attrs if name.startswith("on")]
            assert "style" not in tag.attrs


def test_a_branch_is_answered_alone(request_):
    nodes = [TreeNode("Lots", "/lots", count=3)]
    page = BeautifulSoup(branch_page(request_, nodes).text, "html.parser")
    assert page.find("ul").find("a")["href"] == "/lots"
    assert page.find("html") is None


@pytest.mark.parametrize("make", ["static_url", "deform_url"])
def test_files_have_addresses(request_, make):
    assert getattr(request_.layout, make)("css/x.css").endswith("/css/x.css")


def test_a_day_is_told_from_today(request_):
    told = request_.layout.relative_day(date(2027, 3, 15), date(2027, 3, 12))
    assert told == "dans 3 jours"
    assert request_.layout.display.day(date(2027, 3, 15)) == "15/03/2027"
