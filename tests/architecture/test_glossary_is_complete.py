"""The glossary ties every feature to the word of the screen."""

from sicp.features import FEATURES
from tests.architecture.tree import ROOT


def test_every_feature_has_its_row():
    glossary = (ROOT / "docs" / "glossary.rst").read_text(encoding="utf-8")
    assert [name for name in FEATURES if f"``{name}``" not in glossary] == []
