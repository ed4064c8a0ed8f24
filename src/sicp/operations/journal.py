"""Writes and reads journals: who did what, when, and in whose name."""

from typing import Any

from sicp.content_types.journal import Journal
from sicp.events import Happened
from sicp.interfaces.consultation import IConsultation


def record(site: Any, event: Happened) -> None:  # noqa: ANN401
    """Note an act in the journal of the object, or in that of the site."""
    journal = journal_of(site, event.object)
    journal.append(
        event.at,
        {
            "action": event.action,
            "actor": event.actor,
            "on_behalf_of": event.on_behalf_of,
            "title": getattr(event.object, "title", "") or "",
            "details": dict(event.details),
        },
    )


def journal_of(site: Any, content: Any) -> Journal:  # noqa: ANN401
    """Return the journal that holds the acts on ``content``."""
    current = content
    while current is not None:
        if IConsultation.providedBy(current):
            return _own_journal(current)
        current = current.__parent__
    return site["journal"]


def _own_journal(consultation: Any) -> Journal:  # noqa: ANN401
    # Each consultation keeps its own journal, so that two of them never conflict.
    journal = getattr(consultation, "journal", None)
    if journal is None:
        journal = consultation.journal = Journal()
    return journal
