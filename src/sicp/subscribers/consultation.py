"""Keeps the catalogue of consultations true when they come, move and go."""

from typing import Any

from substanced.event import subscribe_removed
from substanced.util import find_objectmap

from sicp.interfaces.consultation import IConsultation
from sicp.operations.index import unindex


@subscribe_removed(IConsultation)
def forget(event: Any) -> None:  # noqa: ANN401
    """Take a removed consultation out of the lists."""
    if event.moving is None:
        site = find_objectmap(event.parent).root
        for number in event.removed_oids:
            unindex(site, number)
