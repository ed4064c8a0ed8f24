"""Tells people what the searches they keep newly find, once a day.

The server does it each morning; where something else serves the site, a scheduled
command does.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Event
from threading import Thread
from typing import Any

import click
import transaction
from ZODB.POSException import ConflictError

from sicp import clock
from sicp.cli.options import config_option
from sicp.cli.site import open_site
from sicp.operations.search.alert import begin_day
from sicp.operations.search.alert import tell_news
from sicp.operations.search.alert import watchers
from sicp.operations.site import site_of

_log = logging.getLogger(__name__)
_PAUSE_SECONDS = 300.0
_ATTEMPTS = 3


@click.command()
@config_option
def alert(config: str | None) -> None:
    """Tell people by mail what the searches they keep newly find.

    "sicp serve" does it each morning. Where something else serves the site, run this
    once a day. What was told is not told again, however often it is run.
    """
    with open_site(config) as opened:
        mails = send_alerts(opened.root, opened.registry)
    click.echo(f"{mails} mail(s).")


def send_alerts(site: Any, registry: Any) -> int:
    """Tell everybody, one transaction each; return how many mails were made.

    Whoever changes his searches at the same moment is told at the next round.
    """
    mails = 0
    for login in watchers(site):
        for _attempt in range(_ATTEMPTS):
            transaction.begin()
            told = tell_news(site, login, now=clock.now(), registry=registry)
            transaction.get().note(f"alerts of {login}")
            try:
                transaction.commit()
            except ConflictError:
                transaction.abort()
            else:
                mails += told > 0
                break
    return mails


@contextmanager
def alerting(registry: Any, pause: float = _PAUSE_SECONDS) -> Iterator[None]:
    """Have people told each morning as long as the context lasts."""
    stop = Event()
    worker = Thread(
        target=_watch, args=(registry, stop, pause), name="alerts", daemon=True
    )
    worker.start()
    try:
        yield
    finally:
        stop.set()
        worker.join(timeout=2.0)


def alert_if_due(registry: Any, now: datetime) -> int:
    """Tell everybody if nobody did today and the morning has come."""
    # Transactions belong to their thread: this one has no other.
    connection = registry._zodb_databases[""].open()  # noqa: SLF001
    try:
        transaction.begin()
        site = site_of(connection, registry, now)
        if not begin_day(site, now):
            return 0
        transaction.get().note("alerts of the day")
        transaction.commit()
        return send_alerts(site, registry)
    except ConflictError:
        # Another process has just begun.
        return 0
    finally:
        transaction.abort()
        connection.close()


def _watch(registry: Any, stop: Event, pause: float) -> None:
    while not stop.wait(pause):
        try:
            alert_if_due(registry, clock.now())
        except Exception:  # noqa: BLE001 - a fault is told in the log, nothing stops
            _log.exception("alerts could not be sent")
