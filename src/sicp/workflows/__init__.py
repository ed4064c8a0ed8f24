"""States, transitions, and who may do what in each state. No side effect here."""

from typing import Any


def includeme(config: Any) -> None:  # noqa: ANN401
    """Register the workflows."""
    config.include("sicp.workflows.consultation.consultation")
    config.include("sicp.workflows.clause")
    config.include("sicp.workflows.knowledge")
