"""Steps that bring a database written by an older version to this one."""

from typing import Any


def includeme(config: Any) -> None:  # noqa: ANN401
    """Register the steps, in the order they were written."""
    config.include("sicp.evolve.s2026_11_publications")
    config.include("sicp.evolve.s2026_11_knowledge")
    config.include("sicp.evolve.s2026_12_knowledge_waiting")
    config.include("sicp.evolve.s2026_12_knowledge_published")
