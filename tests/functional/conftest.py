"""The served application, on the demonstration site, for each role.

registry ── demonstration (session: the site built once, in memory)
               └── database (a layer over it, thrown away after each test)
                      └── app_anonymous, app_writer, app_manager, app_beneficiary,
                          app_admin, app_neighbour (of another public body)
demonstration_index (session) ── searched (the search of this test, from a copy)
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import transaction
import ZODB
from webtest import TestApp
from ZODB.DemoStorage import DemoStorage
from ZODB.MappingStorage import MappingStorage

from sicp import clock
from sicp.app import make_configurator
from sicp.operations import demonstration as demo
from sicp.operations.search import SearchService
from sicp.operations.site import site_of
from tests.conftest import FEW_ARTICLES
from tests.conftest import SETTINGS


@pytest.fixture(scope="session")
def mails(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which mails wait to be sent."""
    return tmp_path_factory.mktemp("mail") / "queue"


@pytest.fixture(scope="session")
def served(mails: Path) -> Any:
    """The WSGI application; its database is replaced for each test."""
    settings = {
        **SETTINGS,
        "mail.default_sender": "sicp@example.org",
        "mail.queue_path": str(mails),
    }
    config = make_configurator(settings)
    return config.make_wsgi_app()


@pytest.fixture(scope="session")
def demonstration(served: Any) -> MappingStorage:
    """The demonstration site."""
    storage = MappingStorage()
    database = ZODB.DB(storage)
    connection = database.open()
    now = clock.now()
    site = site_of(connection, served.registry, now)
    transaction.commit()
    demo.build(site, served.registry, now, articles=FEW_ARTICLES)
    transaction.commit()
    connection.close()
    # The storage stays open: each test reads it through a layer of its own.
    return storage


@pytest.fixture
def database(served: Any, demonstration: MappingStorage) -> Iterator[Any]:
    """A database of this test alone."""
    layer = DemoStorage(base=demonstration, close_base_on_close=False)
    database = ZODB.DB(layer)
    databases = served.registry._zodb_databases
    before = databases[""]
    databases[""] = database
    yield database
    databases[""] = before
    transaction.abort()
    database.close()


@pytest.fixture(scope="session")
def demonstration_index(
    demonstration: MappingStorage, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The index of the demonstration, made once."""
    folder = tmp_path_factory.mktemp("search") / "index"
    layer = DemoStorage(base=demonstration, close_base_on_close=False)
    database = ZODB.DB(layer)
    service = SearchService(str(folder))
    service.feed_of(database).catch_up()
    service.close()
    database.close()
    return folder


@pytest.fixture
def searched(
    served: Any, database: Any, demonstration_index: Path, tmp_path: Path
) -> Iterator[None]:
    """Have the site of this test searched without making its index anew."""
    folder = tmp_path / "search"
    shutil.copytree(demonstration_index, folder)
    before = served.registry.search_service
    served.registry.search_service = SearchService(str(folder))
    served.registry.search_service.feed_of(database)
    yield
    served.registry.search_service.close()
    served.registry.search_service = before


@pytest.fixture
def site(database: Any, served: Any) -> Iterator[Any]:
    """The site as the database holds it now; ``transaction.begin()`` refreshes it."""
    connection = database.open()
    yield site_of(connection, served.registry, clock.now())
    transaction.abort()
    connection.close()


class Browser(TestApp):
    """A browser without scripts; like all browsers it leaves templates alone."""

    def do_request(
        self, req: Any, status: Any = None, expect_errors: Any = None
    ) -> Any:
        """Ask, and take what is inside ``<template>`` out of the page."""
        answer = super().do_request(req, status, expect_errors)
        if answer.content_type == "text/html" and "<template" in answer.text:
            answer.text = _TEMPLATES.sub("", answer.text)
        return answer


_TEMPLATES = re.compile(r"<template.*?</template>", re.DOTALL)


def confirmed(page: Any, **kw: Any) -> Any:
    """Answer yes to what is asked before what cannot be undone."""
    return page.forms["confirm"].submit(**kw)


def log_in(served: Any, login: str) -> TestApp:
    """Open a browser in which ``login`` is logged in."""
    app = Browser(served)
    form = app.get("/connexion").forms["form"]
    form["login"], form["password"] = login, demo.PASSWORD
    form.submit("enter", status=303)
    return app


@pytest.fixture
def app_anonymous(served: Any, database: Any) -> TestApp:
    """Nobody."""
    return Browser(served)


@pytest.fixture
def app_writer(served: Any, database: Any) -> TestApp:
    """A *rédacteur administratif*."""
    return log_in(served, "redacteur")


@pytest.fixture
def app_manager(served: Any, database: Any) -> TestApp:
    """A *gestionnaire de procédure*."""
    return log_in(served, "gestionnaire")


@pytest.fixture
def app_beneficiary(served: Any, database: Any) -> TestApp:
    """Somebody of a beneficiary service."""
    return log_in(served, "beneficiaire")


@pytest.fixture
def app_admin(served: Any, database: Any) -> TestApp:
    """The administrator of the whole site."""
    return log_in(served, "admin")
