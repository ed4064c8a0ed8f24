"""What happened, told to whoever must react: journal, indexes, notifications."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Happened:
    """Somebody did something to an object of the site.

    ``on_behalf_of`` is set when a substitute acts for an absent person. ``details``
    hold plain values only: they go to the journal as they are.
    """

    object: Any
    action: str
    actor: str
    at: datetime
    on_behalf_of: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StageChanged:
    """A workflow moved ``object`` from one state to another, by someone, at a time."""

    object: Any
    workflow: str
    old_state: str
    new_state: str
    actor: str
    at: datetime
    reason: str = ""
