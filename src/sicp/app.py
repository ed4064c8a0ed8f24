"""The WSGI application: the rooms, in order."""

import random
import time
from typing import Any

from pyramid.config import Configurator
from pyramid_retry import BeforeRetry

_PAUSE_SECONDS = 0.02
_PAUSE_MAXIMUM = 1.5

# Directives come before the scans that use them: a scan of a decorated class whose
# directive is missing registers nothing and says nothing.
_DIRECTIVES = (
    "pyramid_chameleon",
    "pyramid_tm",
    "pyramid_retry",
    "pyramid_zodbconn",
    "pyramid_mailer",
    "substanced.evolution",
    "substanced.stats",
    "substanced.event",
    "substanced.content",
    "substanced.folder",
    "substanced.objectmap",
    "substanced.workflow",
)
_ROOMS = (
    "sicp.security",
    "sicp.workflows",
    "sicp.subscribers",
    "sicp.evolve",
    "sicp.operations.search",
    "sicp.views",
)
_SCANS = (
    "substanced.objectmap",
    "substanced.evolution",
    "sicp.content_types",
    "sicp.subscribers",
    "sicp.views",
)
_DEFAULTS = {
    # Substance D's people are not ours, and pyramid_tm would ask for the person
    # before the site is opened.
    "tm.annotate_user": "no",
    # Fifty people who create at once split the same buckets of the same trees: six
    # attempts left one in a hundred of them aside.
    "retry.attempts": "20",
    # An answer 4xx writes nothing, whatever the page had begun.
    "tm.commit_veto": "pyramid_tm.default_commit_veto",
    "pyramid.default_locale_name": "fr",
}


def make_configurator(settings: dict[str, Any]) -> Configurator:
    """Return a configurator with every room included, not yet committed."""
    config = Configurator(settings={**_DEFAULTS, **settings})
    for name in (*_DIRECTIVES, *_ROOMS):
        config.include(name)
    for name in _SCANS:
        # Pyramid 2 scans its own category only, unless told otherwise.
        config.scan(name, categories=None, ignore=_is_ignored)
    config.add_subscriber(wait_before_retry, BeforeRetry)
    return config


def wait_before_retry(event: BeforeRetry) -> None:
    """Let the others finish: those who meet again at once collide again."""
    attempt = event.environ["retry.attempt"] + 1
    time.sleep(random.uniform(0, min(2**attempt * _PAUSE_SECONDS, _PAUSE_MAXIMUM)))


def main(_global_config: Any = None, **settings: Any) -> Any:  # noqa: ANN401
    """Return the WSGI application."""
    return make_configurator(settings).make_wsgi_app()


def _is_ignored(name: str) -> bool:
    is_framework = name.startswith("substanced.")
    return is_framework and (".views" in name or ".tests" in name)
