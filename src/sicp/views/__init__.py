"""Doors for people and machines: HTTP in, HTTP out."""

from typing import Any


def includeme(config: Any) -> None:  # noqa: ANN401
    """Open the doors."""
    config.set_default_csrf_options(require_csrf=True)
    config.include("sicp.views.shared")
    config.include("sicp.views.office")
