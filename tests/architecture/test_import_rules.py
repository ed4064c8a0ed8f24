"""Who may import whom: the contracts of pyproject.toml, and what they cannot say."""

from importlinter.cli import EXIT_STATUS_SUCCESS
from importlinter.cli import lint_imports

from tests.architecture.tree import ROOT
from tests.architecture.tree import imports
from tests.architecture.tree import modules
from tests.architecture.tree import strings

SEALING = "sicp.engines.sealing"


def test_rooms_keep_their_contracts(monkeypatch):
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)
    assert status == EXIT_STATUS_SUCCESS


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
