"""Keeps the catalogue of accounts true when they are opened, changed, assigned."""

from typing import Any

from substanced.util import find_objectmap

from sicp.events import Happened
from sicp.interfaces.user import IUser
from sicp.operations.index import index


def keep_listed(event: Happened) -> None:
    """Write anew what the lists know of an account that something happened to."""
    if IUser.providedBy(event.object):
        index(find_objectmap(event.object).root, event.object)


def includeme(config: Any) -> None:
    """Listen to our own events."""
    config.add_subscriber(keep_listed, Happened)
