"""A small application that has our frame and our forms, and nothing else."""

from collections.abc import Iterator
from typing import Any

import pytest
from pyramid.config import Configurator
from pyramid.events import BeforeRender
from pyramid.request import Request
from pyramid.session import SignedCookieSessionFactory
from pyramid.threadlocal import RequestContext
from webob.cookies import JSONSerializer

from sicp.views.shared.layout import Layout


def add_layout(event: Any) -> None:
    """Give the templates their ``layout``, as an audience does."""
    event["layout"] = event["request"].layout


def a_configurator() -> Configurator:
    """Configure the small application; the test adds its own pages."""
    config = Configurator(
        session_factory=SignedCookieSessionFactory(
            "a secret of the tests", serializer=JSONSerializer()
        ),
        settings={"pyramid.default_locale_name": "fr"},
    )
    config.include("sicp.views.shared")
    config.add_request_method(Layout, "layout", reify=True)
    config.add_subscriber(add_layout, BeforeRender)
    config.commit()
    return config


@pytest.fixture(scope="session")
def shared_registry() -> Any:
    return a_configurator().registry


@pytest.fixture
def request_(shared_registry) -> Iterator[Any]:
    request = a_request(shared_registry)
    # Templates ask pyramid_chameleon for the language, which asks the thread.
    with RequestContext(request):
        yield request


def a_request(registry: Any, path: str = "/") -> Any:
    """Make a request that the small application would receive."""
    request = Request.blank(path)
    request.registry = registry
    request.layout = Layout(request)
    return request
