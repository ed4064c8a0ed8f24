"""Two texts side by side: lines that pair, words that changed, properties told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings

from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.lines import lines_of
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.text_diff import CELL_BAR
from sicp.engines.drafting.text_diff import DiffRun
from sicp.engines.drafting.text_diff import compare
from sicp.engines.drafting.text_diff import compare_clauses
from sicp.engines.drafting.text_diff import compare_words
from tests.unit.engines.sample import BLOCKS
from tests.unit.engines.sample import FORM
from tests.unit.engines.sample import clause
from tests.unit.engines.sample import compare as condition_on

NAMES = {"object": "Objet", "procedure": "Procédure", "ref:prix": "Révision des prix"}


def _rows(old, new):
    return compare(parse(old), parse(new), NAMES)


def _text(runs):
    return "".join(run.text for run in runs)


def test_a_changed_word_is_deleted_on_one_side_and_inserted_on_the_other():
    (row,) = _rows("Le délai est de dix jours.", "Le délai est de vingt jours.")
    assert row.status == "changed"
    assert row.old == (
        DiffRun("same", "Le délai est de "),
        DiffRun("deleted", "dix"),
        DiffRun("same", " jours."),
    )
    assert row.new[1] == DiffRun("inserted", "vingt")


def test_words_changed_in_a_row_are_one_change():
    old, new = compare_words("un grand chat noir", "un petit chien noir")
    assert [run.kind for run in old] == ["same", "deleted", "same"]
    assert _text(new) == "un petit chien noir"


LINES = [
    ("A a.\n\nB b.", "A a.\n\nC c.\n\nB b.", ["unchanged", "added", "unchanged"]),
    ("A a.\n\nB b.", "B b.", ["removed", "unchanged"]),
    ("- un chat\n- deux\n", "- un chien\n- trois\n- deux\n",
     ["changed", "added", "unchanged"]),
    ("| A | B |\n|---|---|\n| a | b |\n", "| A | B |\n|---|---|\n| a | c |\n",
     ["unchanged", "changed"]),
    ("| A |\n|---|\n| a |\n", "| A | B |\n|---|---|\n| a | c |\n",
     ["removed", "removed", "added", "added"]),
    ("### Titre", "Titre", ["removed", "added"]),
    ("1. a\n2. b\n", "1. x y\n2. a\n3. b\n", ["added", "unchanged", "unchanged"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "fates"), LINES)
def test_lines_pair_with_what_they_became(old, new, fates):
    assert [row.status for row in _rows(old, new)] == fates


def test_an_item_tells_its_number_on_each_side():
    row = _rows("1. a\n2. b\n", "1. x\n2. a\n3. b\n")[-1]
    assert (row.old_mark, row.new_mark) == ("2.", "3.")


def test_cells_are_parted_by_a_bar():
    row = _rows("| A | B |\n|---|---|\n", "| A | B |\n|---|---|\n")[0]
    assert _text(row.old) == f"A{CELL_BAR}B"


def test_a_change_of_look_is_a_change():
    (row,) = _rows("un mot", "un **mot**")
    assert row.new[-1] == DiffRun("inserted", "mot", is_bold=True)


def test_what_is_not_words_is_read_in_french():
    said = "{object|lower} {ref:prix|x} {if procedure is AOO: oui {plural:lots|un|des}}"
    (row,) = _rows(said, said)
    assert _text(row.new) == (
        "[Objet, sans majuscule] [renvoi à « Révision des prix », sinon « x »] "
        "[si la procédure est « AOO » : oui [un / des, selon lots]]"
    )
    assert any(run.is_chip for run in row.new)


def _words(blocks):
    return [word for line in lines_of(blocks, FORM) for word in line.words]


@given(BLOCKS, BLOCKS)
@settings(deadline=None)
def test_each_side_says_the_whole_of_its_text_in_its_order(old, new):
    rows = compare(old, new, {})
    for side, blocks, other in (("old", old, "inserted"), ("new", new, "deleted")):
        runs = [getattr(row, side) for row in rows]
        said = "".join(_text(run).replace(CELL_BAR, "") for run in runs)
        lines = lines_of(blocks, FieldSet())
        told = "".join(w.text for line in lines for w in line.words)
        assert said == told.replace(CELL_BAR, "")
        assert other not in {run.kind for row in runs for run in row}


@given(BLOCKS)
@settings(deadline=None)
def test_a_text_compared_with_itself_has_nothing_changed(blocks):
    rows = compare(blocks, blocks, {})
    assert {row.status for row in rows} <= {"unchanged"}
    assert all(run.kind == "same" for row in rows for run in (*row.old, *row.new))


def test_a_very_long_line_is_compared_by_its_ends():
    many = " ".join(f"mot{i}" for i in range(3000))
    (row,) = _rows(f"a {many} z", f"a x {many} z")
    assert _text(row.new).startswith("a x mot0")


def test_the_same_clause_has_no_difference():
    one = clause("prix", "Texte.")
    assert compare_clauses(one, clause("prix", "Texte."), FORM) == ()


def test_each_property_that_changed_is_told_in_french():
    old = clause(
        "prix",
        "Un {rate}.",
        condition=condition_on("procedure", "is", "AOO"),
        variables=[{"name": "rate", "title": "Taux", "type": "percent"}],
        valid_from=date(2027, 1, 1),
        owner="Hélène Dorval",
    )
    new = clause(
        "prix",
        "Deux {rate}.",
        kind="optional",
        repeat="lots",
        open=True,
        derogates=[{"ccag": "fcs", "article": "10.1"}],
        legal_basis=["R2112-13"],
        note="Voir.",
        links=[
            {"title": "Fiche", "url": "sicp:sheet/12"},
            {"title": "Loi", "url": "https://example.org/loi"},
        ],
        variables=[
            {"name": "rate", "title": "Taux", "type": "percent", "required": True,
             "default": 5, "minimum": 0, "help": "En %"}
        ],
    )  # fmt: skip
    found = {item.name: item for item in compare_clauses(old, new, FORM)}
    assert {
        name: (_text(item.old), _text(item.new)) for name, item in found.items()
    } == {
        "kind": ("obligatoire", "facultative"),
        "condition": ("la procédure est « Appel d’offres ouvert »", "toujours"),
        "repeat": ("", "Lots"),
        "is_open": ("non", "oui"),
        "legal_basis": ("", "R2112-13"),
        "derogates": ("", "article 10.1 du CCAG-FCS"),
        "valid_from": ("1er\xa0janvier\xa02027", ""),
        "owner": ("Hélène Dorval", ""),
        "note": ("", "Voir."),
        "links": ("", "Fiche\nLoi (https://example.org/loi)"),
        "variables": (
            "Taux : pourcentage ; facultative",
            "Taux : pourcentage ; obligatoire ; par défaut 5 ; au moins 0 ; "
            "aide : En %",
        ),
        "text": ("", ""),
    }
    assert _text(found["text"].rows[0].new) == "Deux [Taux]."


def test_a_clause_that_was_not_there_has_everything_added():
    found = compare_clauses(None, clause("prix", "Texte."), FORM)
    assert [item.name for item in found][:2] == ["title", "kind"]
    assert found[-1].rows[0].status == "added"


def test_a_type_of_variable_is_named_for_each_type():
    for kind in FieldType:
        new = clause("prix", variables=[{"name": "x", "title": "X", "type": kind}])
        (found,) = compare_clauses(clause("prix"), new, FieldSet((Field("y", "Y"),)))
        said = _text(found.new).removeprefix("X : ").partition(" ;")[0]
        assert said == "date" or said != kind.value


def test_a_title_that_holds_a_value_is_told_without_markup():
    old, new = clause("prix", "Un."), clause("prix", "Un.", title="Lot : {object}")
    (title,) = compare_clauses(old, new, FORM)
    assert _text(title.new) == "Lot : [Objet du contrat]"
