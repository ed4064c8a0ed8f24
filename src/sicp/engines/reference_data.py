"""Read the reference lists shipped with the application, as plain rows."""

from importlib import resources
from typing import Any

import yaml

REFERENCE = resources.files("sicp") / "seed" / "reference"
LISTS = (
    "thresholds",
    "procedures",
    "limits",
    "obligations",
    "departments",
    "regions",
)


def read_reference_list(name: str) -> list[dict[str, Any]]:
    """Return the rows of one list of ``seed/reference``; days come as dates.

    Raises:
        FileNotFoundError: there is no such list.
    """
    rows: list[dict[str, Any]] = read_yaml(name)
    return rows


def read_reference_rows() -> dict[str, list[dict[str, Any]]]:
    """Return every list of rows; ``sicp.rules.tables.build_tables`` types them."""
    return {name: read_reference_list(name) for name in LISTS}


def read_decp_labels() -> dict[str, list[str]]:
    """Return the closed lists of the « données essentielles », byte for byte."""
    labels: dict[str, list[str]] = read_yaml("decp_labels")
    return labels


def read_yaml(name: str) -> Any:
    """Return what the file of that name holds."""
    return yaml.safe_load((REFERENCE / f"{name}.yaml").read_text(encoding="utf-8"))
