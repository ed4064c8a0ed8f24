"""Reactions to what happens."""

from typing import Any


def includeme(config: Any) -> None:  # noqa: ANN401
    """Listen."""
    config.include("sicp.subscribers.journal")
    config.include("sicp.subscribers.user")
