"""The catalogue: one id, one text; what a person changed is kept."""

import sys

import polib
import pytest

from tests.architecture.tree import ROOT

sys.path.insert(0, str(ROOT / "scripts"))

import i18n


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """Give a tree of sources with one module, and its catalogue elsewhere."""
    sources = tmp_path / "src" / "sicp"
    sources.mkdir(parents=True)
    monkeypatch.setattr(i18n, "ROOT", tmp_path)
    monkeypatch.setattr(i18n, "SOURCES", sources)
    for name in ("POT", "PO", "MO"):
        monkeypatch.setattr(i18n, name, tmp_path / f"sicp.{name.lower()}")
    (sources / "lot.py").write_text('_("lot-gone", default="Le lot n\'existe plus !")')
    return tmp_path


def test_the_catalogue_holds_the_text_with_its_typography(tree):
    assert i18n.extract() == 0
    [entry] = polib.pofile(str(i18n.PO))
    assert entry.msgstr == "Le lot n’existe plus\N{NARROW NO-BREAK SPACE}!"
    assert [entry.msgstr for entry in polib.mofile(str(i18n.MO))] == [entry.msgstr]


def test_the_check_sees_a_text_that_changed(tree, capsys):
    i18n.extract()
    assert i18n.check() == 0
    (i18n.SOURCES / "lot.py").write_text('_("lot-gone", default="Lot supprimé.")')
    assert i18n.check() == 1
    assert "out of date" in capsys.readouterr().err


def test_one_id_has_one_text(tree, capsys):
    (i18n.SOURCES / "other.py").write_text('_("lot-gone", default="Autre.")')
    assert i18n.extract() == 1
    assert "two French texts" in capsys.readouterr().err


def test_a_translation_marked_as_kept_is_kept(tree):
    i18n.extract()
    catalogue = polib.pofile(str(i18n.PO))
    catalogue[0].msgstr = "Ce lot a disparu."
    catalogue[0].comment += f"\n{i18n.KEPT}"
    catalogue.save()
    i18n.extract()
    assert polib.pofile(str(i18n.PO))[0].msgstr == "Ce lot a disparu."
    assert i18n.check() == 0
