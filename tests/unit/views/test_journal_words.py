"""Every act that a journal notes is told in French."""

import ast
from pathlib import Path

from sicp.views.office import wording

OPERATIONS = Path(wording.__file__).parents[2] / "operations"
_TELLERS = {"Happened", "_tell", "_note", "tell", "note"}


def acts() -> set[str]:
    """Return the words of acts that the operations write: hyphenated literals."""
    found = set()
    for path in OPERATIONS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if name in _TELLERS:
                found |= {
                    arg.value
                    for arg in node.args
                    if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                }
    return {word for word in found if word}


def test_every_act_has_its_words() -> None:
    assert len(acts()) > 10
    assert {act for act in acts() if act not in wording._ACTIONS} == set()
