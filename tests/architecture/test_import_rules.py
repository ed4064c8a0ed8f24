"""Who may import whom: the contracts of pyproject.toml, and what they cannot say."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT
from tests.architecture.tree import imports
from tests.architecture.tree import modules
from tests.architecture.tree import strings

SEALING = "sicp.engines.sealing"


def test_rooms_keep_their_contracts():
    # In a process of its own: the linter imports what it reads.
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run(
        [linter, "--no-logo", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout


def test_one_door_leads_to_the_sealed_bids():
    importers = {
        module.name
        for module in modules()
        if not module.is_in("engines.sealing")
        for name, _local in imports(module)
        if f"{name}.".startswith(f"{SEALING}.")
    }
    assert importers <= {"sicp.operations.consultation.bid"}


def test_every_room_is_included():
    """A room whose ``includeme`` nobody names registers nothing, silently."""
    named = {text for module in modules() for text in strings(module)}
    with_includeme = [
        module.name
        for module in modules()
        if any(getattr(node, "name", "") == "includeme" for node in module.code.body)
    ]
    assert [name for name in with_includeme if name not in named] == []
