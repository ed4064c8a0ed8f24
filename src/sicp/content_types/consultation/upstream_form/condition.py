"""The conditions that several questions share, in the closed language of drafting."""

from typing import Any


def is_(field: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    """Write the condition « the field is this value »."""
    return {"field": field, "operator": "is", "value": value}


def among(field: str, *values: str) -> dict[str, Any]:
    """Write the condition « the field is one of these values »."""
    return {"field": field, "operator": "in", "value": list(values)}


def all_of(*rows: dict[str, Any]) -> dict[str, Any]:
    """Write the condition « all of these hold »."""
    return {"all": list(rows)}


IS_FRAMEWORK = among(
    "contract_form", "framework_orders", "framework_subsequent", "framework_mixed"
)
