"""Reads what the demonstration is made of, and carries it while it is made."""

from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from typing import Any

import yaml

from sicp.interfaces.user import Actor


@dataclass(frozen=True, slots=True)
class Making:
    """A demonstration being made: the site, and its entities by their id."""

    site: Any
    registry: Any
    actor: Actor
    now: datetime
    entities: dict[str, Any]

    @property
    def by(self) -> dict[str, Any]:
        """Return what every operation asks for."""
        return {"actor": self.actor, "now": self.now, "registry": self.registry}


def read_seed(name: str) -> Any:  # noqa: ANN401
    """Read one file of the seed of the demonstration."""
    path = resources.files("sicp") / "seed" / "demonstration" / f"{name}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))
