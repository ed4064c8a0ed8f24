"""Pages for what could not be done."""

import pytest
import webtest
from bs4 import BeautifulSoup
from pyramid.httpexceptions import HTTPBadRequest
from pyramid.httpexceptions import HTTPConflict
from pyramid.httpexceptions import HTTPRequestEntityTooLarge
from pyramid.request import Request

from sicp import exceptions
from sicp.views.shared import errors
from tests.unit.views.shared.conftest import a_configurator

RAISED = {
    "bad": (HTTPBadRequest(), 400),
    "conflict": (HTTPConflict(), 409),
    "large": (HTTPRequestEntityTooLarge(), 413),
    "allowed": (exceptions.NotAllowedError("Non."), 403),
    "input": (exceptions.InvalidInputError("Non."), 400),
    "edit": (exceptions.EditConflictError("Non."), 409),
    "state": (exceptions.StateError("Non."), 409),
    "absent": (exceptions.UnavailableError("Non."), 503),
    "domain": (exceptions.DomainError("Non."), 409),
}


def raise_it(request):
    raise RAISED[request.matchdict["kind"]][0]


def read_it(request):
    return request.POST["text"]


@pytest.fixture(scope="module")
def app():
    config = a_configurator()
    config.set_default_csrf_options(require_csrf=True)
    config.add_route("raise", "/raise/{kind}")
    config.add_view(raise_it, route_name="raise")
    config.add_route("read", "/read")
    config.add_view(read_it, route_name="read", renderer="string")
    return webtest.TestApp(config.make_wsgi_app())


@pytest.mark.parametrize("kind", RAISED)
def test_a_refusal_keeps_its_status_and_says_what_to_do(app, kind):
    status = RAISED[kind][1]
    page = BeautifulSoup(app.get(f"/raise/{kind}", status=status).text, "html.parser")
    assert page.h1.text == errors.EXPLANATIONS[status].title.default
    assert page.find(class_="error-page").find_all("li")


@pytest.mark.parametrize("kind", ["allowed", "input", "edit", "state", "domain"])
def test_a_refusal_of_the_domain_is_told_in_its_own_words(app, kind):
    answer = app.get(f"/raise/{kind}", status=RAISED[kind][1])
    assert "Non." in answer.text


def test_nothing_at_an_address_is_told(app):
    assert "Cette page n’existe pas" in app.get("/nowhere", status=404).text


def test_a_form_without_token_is_told(app):
    answer = app.post("/read", {"text": "x"}, status=400)
    assert "Rien n’a été enregistré." in answer.text.replace("\xa0", " ")


@pytest.mark.parametrize("path", ["/%ff", "/raise/bad?q=%ff"])
def test_an_address_that_is_no_text_is_no_fault_of_ours(app, path):
    # WebTest itself cannot read such an address back: ask the application.
    answer = Request.blank(path).get_response(app.app)
    assert answer.status_int in {400, 404}
    assert "Que faire maintenant" in answer.text


def test_the_fault_itself_is_never_shown(app):
    assert "Traceback" not in app.get("/raise/bad", status=400).text


def test_an_unknown_status_is_told_as_unreadable(request_):
    assert errors.error_page(request_, 418).status_int == 418
