"""Notes what people do in the journals."""

from typing import Any

from substanced.util import find_objectmap

from sicp.events import Happened
from sicp.events import StageChanged
from sicp.operations.journal import record


def note(event: Happened) -> None:
    """Note an act."""
    record(find_objectmap(event.object).root, event)


def note_stage(event: StageChanged) -> None:
    """Note a change of state."""
    details = {
        "workflow": event.workflow,
        "from": event.old_state,
        "to": event.new_state,
        "reason": event.reason,
    }
    note(
        Happened(event.object, "state-changed", event.actor, event.at, details=details)
    )


def includeme(config: Any) -> None:  # noqa: ANN401
    """Listen to our own events."""
    config.add_subscriber(note, Happened)
    config.add_subscriber(note_stage, StageChanged)
