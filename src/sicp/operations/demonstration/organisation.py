"""The public bodies of the demonstration, their directions and their services."""

from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from sicp.operations.demonstration.seed import Making
from sicp.operations.demonstration.seed import read_seed
from sicp.operations.organisation import create_entity
from sicp.operations.organisation import describe_body


def build_organisation(making: Making) -> None:
    """Make every entity, and remember those that have an id."""
    top = making.site["organisation"]
    for told in read_seed("organisation"):
        body = create_entity(top, "body", told["title"], name=told["name"], **making.by)
        describe_body(body, told["settings"], **making.by)
        making.entities[told["id"]] = body
        _build_below(making, body, told["entities"], "direction")


def _build_below(
    making: Making,
    parent: Any,  # noqa: ANN401
    told: Iterable[Mapping[str, Any]],
    kind: str,
) -> None:
    for item in told:
        entity = create_entity(parent, kind, item["title"], **making.by)
        if "id" in item:
            making.entities[item["id"]] = entity
        _build_below(making, entity, item.get("entities", ()), "service")
