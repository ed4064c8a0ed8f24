"""Knows which database steps a site has gone through, and which wait."""

from datetime import datetime
from typing import Any

from BTrees import family64
from substanced.evolution import FINISHED_KEY
from substanced.interfaces import IEvolutionSteps


def note_all_finished(zodb_root: Any, registry: Any, now: datetime) -> None:  # noqa: ANN401
    """Note every step of this version as done: a new site needs none of them."""
    finished = family64.OO.BTree()
    for name in _known_steps(registry):
        finished[name] = now.timestamp()
    zodb_root[FINISHED_KEY] = finished


def pending_steps(zodb_root: Any, registry: Any) -> list[str]:  # noqa: ANN401
    """Return the names of the steps the database still needs, in order."""
    finished = zodb_root.get(FINISHED_KEY, {})
    return [name for name in _known_steps(registry) if name not in finished]


def _known_steps(registry: Any) -> list[str]:  # noqa: ANN401
    sorter = registry.queryUtility(IEvolutionSteps)
    return [name for _key, (name, _step) in sorter.sorted()] if sorter else []
