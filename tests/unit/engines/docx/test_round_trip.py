"""What a person changed in Word is told, and nothing else."""

import subprocess
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.docx import write_docx
from sicp.engines.docx.elements import paragraph
from sicp.engines.docx.elements import run
from sicp.engines.docx.elements import w
from sicp.engines.docx.reading import read_docx
from sicp.engines.docx.round_trip import changes_of
from sicp.engines.docx.round_trip_model import ClauseStatus
from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.markup import write
from tests.unit.engines.docx.word_edits import Edited
from tests.unit.engines.docx.word_edits import q
from tests.unit.engines.sample import ANSWERS
from tests.unit.engines.sample import FORM
from tests.unit.engines.sample import FULL
from tests.unit.engines.sample import canevas
from tests.unit.engines.sample import clause
from tests.unit.engines.sample import draft_of
from tests.unit.engines.sample import plans

STYLE = HouseStyle(organisation="Région d’essai")
ABOUT = Properties("Cahier", "2026-001")
OBJECT = """\
Le marché a pour objet : **{object}**. Il dure {duration_months|months_letters}.

- premier point ;
- second point, voir l’{ref:price|article du prix}.
"""
LOTS = """\
Les lots sont les suivants.

| Lot | Objet |
|---{lots}|---|
| {lot.number} | {lot.object} |
"""
PRICE = "Le prix est de {estimated_amount|amount_full}, pour {duration_months}."
TEXTS = {
    "purpose": OBJECT,
    "lots": LOTS,
    "price": PRICE,
    "needs": "{description}",
    "delay": (
        "Le délai de {advance_rate} court *dès* la {if is_allotted is true: bonne }"
        "notification. L’acheteur paie."
    ),
}
ANSWERED = {
    **FULL,
    "description": "Premier besoin.\n- un point\n- deux points\nFin.",
    "launch_on": date(2026, 3, 1),
}


def sample(answers=None):
    plan = canevas(
        {"id": "part", "title": "Généralités", "children": ["purpose", "lots"]},
        "price",
        {"id": "rest", "title": "Suite", "children": ["needs", "delay"]},
        cover={"title": "Cahier", "subtitle": "**{object}**"},
    )
    found = [clause(name, text, open=True) for name, text in TEXTS.items()]
    return draft_of(found, plan, ANSWERED if answers is None else answers)


def edited(draft=None):
    return Edited(write_docx(draft or sample(), STYLE, ABOUT))


def told(file, draft=None, **others):
    return changes_of(draft or sample(), read_docx(file.data), FORM, **others)


def clause_told(result, name):
    return next(c for c in result.clauses if c.clause_id == name)


def test_a_file_nobody_touched_says_what_the_draft_says():
    result = told(edited())
    assert result.is_unchanged
    assert result.conflicts == ()
    assert result.cover == ("Région d’essai",)


def test_blanks_and_what_is_filled_in_are_read():
    answers = {**ANSWERED, "duration_months": None}
    draft = sample(answers)
    file = edited(draft)
    assert told(file, draft).is_unchanged
    for control in file.values("duration_months"):
        file.retype(control, "24 mois")
    result = told(file, draft)
    assert {(c.name, c.old, c.value) for c in result.values} == {
        ("duration_months", "", 24)
    }
    assert result.conflicts == ()
    assert not result.of(ClauseStatus.REWRITTEN)


class TestValues:
    def test_a_value_changed_everywhere_is_one_new_value(self):
        file = edited()
        first, second = file.values("duration_months")
        file.retype(first, "vingt-quatre (24) mois")
        file.retype(second, "24 mois")
        result = told(file)
        assert {(c.name, c.value, c.refusal) for c in result.values} == {
            ("duration_months", 24, "")
        }
        assert result.conflicts == ()
        assert len(result.of(ClauseStatus.UNCHANGED)) == len(TEXTS)

    def test_a_value_changed_in_two_ways_is_a_conflict(self):
        file = edited()
        first, second = file.values("duration_months")
        file.retype(first, "vingt-quatre (24) mois")
        file.retype(second, "36 mois")
        (conflict,) = told(file).conflicts
        assert {c.value for c in conflict.changes} == {24, 36}

    def test_a_value_changed_in_one_place_only_says_where_it_is_not(self):
        file = edited()
        file.retype(file.values("duration_months")[0], "vingt-quatre (24) mois")
        (conflict,) = told(file).conflicts
        assert conflict.unchanged == ("price#1",)

    def test_words_that_are_no_value_are_refused_in_french(self):
        file = edited()
        file.retype(file.values("estimated_amount")[0], "un montant à voir")
        (change,) = told(file).values
        assert change.value is None
        assert "n’est pas un montant" in change.refusal

    def test_an_emptied_value_is_told(self):
        file = edited()
        file.retype(file.values("estimated_amount")[0], "")
        (change,) = told(file).values
        assert (change.value, change.new, change.refusal) == (None, "", "")

    def test_a_cell_of_a_row_says_its_row(self):
        file = edited()
        file.retype(file.values("lot.object")[1], "Légumes secs")
        (change,) = told(file).values
        assert (change.name, change.place) == ("lot.object", "1.1.2")
        assert change.value == "Légumes secs"

    def test_a_long_value_is_read_whole(self):
        file = edited()
        file.retype(file.values("description")[1], "un point et demi")
        (change,) = told(file).values
        assert (
            change.value == "Premier besoin.\n- un point et demi\n- deux points\nFin."
        )

    def test_an_amount_in_figures_and_letters_is_read(self):
        file = edited()
        text = "300 000,00 € HT (trois cent mille euros hors taxes)"
        file.retype(file.values("estimated_amount")[0], text)
        (change,) = told(file).values
        assert change.value == Decimal(300000)


class TestClauses:
    def test_words_changed_give_markup_with_the_values_named(self):
        file = edited()
        file.replace("Il dure", "Il court pendant")
        result = told(file)
        (change,) = result.of(ClauseStatus.REWRITTEN)
        assert change.markup == OBJECT.replace("Il dure", "Il court pendant").replace(
            "|article du prix", ""
        )
        assert result.values == ()

    def test_a_line_nobody_touched_keeps_the_markup_of_its_author(self):
        file = edited()
        file.replace("premier point", "premier point neuf")
        result = told(file, sources=TEXTS)
        (change,) = result.of(ClauseStatus.REWRITTEN)
        assert change.markup == OBJECT.replace("premier point", "premier point neuf")

    def test_a_line_that_depended_on_answers_is_told_to_depend_no_more(self):
        file = edited()
        file.replace("L’acheteur paie", "L’acheteur règle")
        (change,) = told(file, sources=TEXTS).of(ClauseStatus.REWRITTEN)
        assert "*dès* la bonne notification. L’acheteur règle." in change.markup
        assert any("dépendait des réponses" in note for note in change.notes)

    def test_a_repeated_table_stays_repeated(self):
        file = edited()
        file.replace("sont les suivants", "sont ceux-ci")
        (change,) = told(file).of(ClauseStatus.REWRITTEN)
        assert change.markup == LOTS.replace("sont les suivants", "sont ceux-ci")

    def test_a_row_added_by_hand_puts_its_table_in_words(self):
        file = edited()
        row = file.find("//w:tbl[1]/w:tr")[-1]
        cells = [w("tc", paragraph("TableText", [run(t)])) for t in ("3", "Pain")]
        row.addnext(w("tr", *cells))
        (change,) = told(file).of(ClauseStatus.REWRITTEN)
        assert "| 2 | Légumes |\n| 3 | Pain |" in change.markup
        assert any("tableau" in note for note in change.notes)

    def test_a_clause_removed_is_told_with_its_kind(self):
        file = edited()
        file.remove(file.clause("price#1"))
        result = told(file)
        (change,) = result.of(ClauseStatus.REMOVED)
        assert change.clause_id == "price"
        assert change.is_compulsory

    def test_a_clause_moved_is_told_with_its_place(self):
        file = edited()
        moved = file.clause("purpose#1")
        file.clause("delay#1").addnext(moved)
        result = told(file)
        (change,) = result.moved
        assert (change.clause_id, change.after) == ("purpose", "delay#1")
        assert change.status is ClauseStatus.UNCHANGED

    def test_a_title_changed_is_told_apart_from_the_text(self):
        file = edited()
        heading = file.clause("price#1").find(f".//{q('t')}")
        heading.text = "Prix et durée"
        article = file.find("//w:body/w:p[w:pPr/w:pStyle/@w:val='Heading1']//w:t")[0]
        article.text = "Cadre"
        result = told(file)
        assert {(t.tag, t.old, t.new) for t in result.titles} == {
            ("price#1", "Price", "Prix et durée"),
            ("", "Généralités", "Cadre"),
        }
        assert len(result.of(ClauseStatus.UNCHANGED)) == len(TEXTS)

    def test_text_between_clauses_is_told_with_its_place(self):
        file = edited()
        file.add_after(file.clause("purpose#1"), "Une phrase ajoutée.")
        result = told(file)
        (added,) = result.added
        assert added.markup == "Une phrase ajoutée.\n"
        assert (added.after, added.before) == ("purpose#1", "lots#1")
        assert added.under == "Généralités"
        assert len(result.of(ClauseStatus.UNCHANGED)) == len(TEXTS)

    def test_a_copied_clause_is_added_text(self):
        file = edited()
        control = file.clause("price#1")
        control.addnext(Edited(file.data).clause("price#1"))
        result = told(file)
        (added,) = result.added
        assert added.copy_of == "price#1"
        assert "{estimated_amount|amount_full}" in added.markup

    def test_an_article_removed_is_told(self):
        file = edited()
        file.remove(file.find("//w:body/w:p[w:pPr/w:pStyle/@w:val='Heading1']")[0])
        assert told(file).removed == ("Généralités",)

    def test_a_clause_whose_control_was_removed_is_found_by_its_heading(self):
        file = edited()
        file.unwrap(file.clause("price#1"))
        result = told(file)
        assert clause_told(result, "price").status is ClauseStatus.UNCHANGED
        assert clause_told(result, "price").notes
        assert result.added == ()

    def test_an_elision_before_a_value_does_not_rewrite_the_clause(self):
        text = "Achat de {object}."
        draft = draft_of([clause("a", text)], answers={**FULL, "object": "eau"})
        file = edited(draft)
        assert "Achat d’" in file.files["word/document.xml"].decode()
        file.retype(file.values("object")[0], "denrées")
        file.replace("Achat d’", "Achat de ")
        result = told(file, draft)
        assert clause_told(result, "a").status is ClauseStatus.UNCHANGED
        assert [c.value for c in result.values] == ["denrées"]


class TestWhatEditorsDo:
    def test_tags_that_are_lost_cost_nothing(self):
        file = edited()
        file.drop_tags()
        result = told(file)
        assert result.is_unchanged

    def test_without_tag_an_article_and_its_clause_of_the_same_title_stay_apart(self):
        plan = canevas({"id": "p", "title": "Alone", "children": ["alone", "b"]})
        draft = draft_of([clause("alone", "Texte."), clause("b", "Suite.")], plan)
        file = edited(draft)
        file.drop_tags()
        assert told(file, draft).is_unchanged

    def test_without_tag_clauses_without_heading_are_found_by_their_first_line(self):
        found = [
            clause("a", "Madame, {object}.", heading=False),
            clause("b", "Veuillez agréer nos salutations.", heading=False),
        ]
        draft = draft_of(found)
        file = edited(draft)
        file.drop_tags()
        result = told(file, draft)
        assert result.is_unchanged
        assert result.cover == ("Région d’essai", ABOUT.reference)

    def test_without_tag_a_changed_value_is_told_as_unsure(self):
        file = edited()
        for control in file.values("duration_months"):
            is_long = "(" in "".join(control.itertext())
            file.retype(control, "treize (13) mois" if is_long else "13 mois")
        file.drop_tags()
        result = told(file)
        assert {(c.value, c.is_sure) for c in result.values} == {(13, False)}

    def test_without_any_control_values_are_found_by_the_words_around(self):
        file = edited()
        file.retype(file.values("duration_months")[1], "13 mois")
        for control in file.values(""):
            file.unwrap(control)
        result = told(file)
        assert [(c.name, c.value, c.is_sure) for c in result.values] == [
            ("duration_months", 13, False)
        ]

    def test_styles_renamed_cost_nothing(self):
        file = edited()
        file.rename_styles()
        assert told(file).is_unchanged

    def test_a_clause_nested_in_another_is_still_a_clause(self):
        file = edited()
        inner = file.clause("lots#1")
        file.clause("purpose#1").find(q("sdtContent")).append(inner)
        result = told(file)
        assert result.is_unchanged

    def test_followed_changes_are_taken_and_told(self):
        file = edited()
        words = file.clause("delay#1").findall(f".//{q('r')}")[-1]
        words.addnext(w("ins", run(" Vite."), author="Anne", id=900))
        deleted = run("")
        mark = w("delText")
        mark.text = "jamais lu"
        deleted.append(mark)
        words.addnext(w("del", deleted, author="Anne", id=901))
        result = told(file)
        (change,) = result.of(ClauseStatus.REWRITTEN)
        assert "Vite." in change.markup
        assert "jamais lu" not in change.markup
        assert {(t.is_insertion, t.text, t.tag) for t in result.tracked} == {
            (True, " Vite.", "delay#1"),
            (False, "jamais lu", "delay#1"),
        }


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_libreoffice_keeps_every_clause_and_value(tmp_path, kind):
    file = edited()
    for control in file.values("duration_months"):
        is_long = "(" in "".join(control.itertext())
        file.retype(control, "treize (13) mois" if is_long else "13 mois")
    source = tmp_path / "cahier.docx"
    source.write_bytes(file.data)
    saved = _saved(tmp_path, source, "odt") if kind == "odt" else source
    result = changes_of(
        sample(), read_docx(_saved(tmp_path, saved, "docx").read_bytes()), FORM
    )
    assert len(result.of(ClauseStatus.UNCHANGED)) == len(TEXTS)
    assert (result.added, result.removed, result.titles) == ((), (), ())
    assert {(c.name, c.value) for c in result.values} == {("duration_months", 13)}


def _saved(folder, source, kind):
    """Save a file with LibreOffice in a folder of its own."""
    target = folder / f"as-{kind}"
    name = "docx:MS Word 2007 XML" if kind == "docx" else kind
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            name,
            "--outdir",
            str(target),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=90,
    )
    return target / f"cahier.{kind}"


@settings(max_examples=60)
@given(plan=plans(), answers=ANSWERS)
def test_any_draft_comes_back_unchanged(plan, answers):
    library, tree = plan
    draft = assemble(tree, library, answers, FORM)
    file = Edited(write_docx(draft, STYLE, ABOUT))
    assert changes_of(draft, read_docx(file.data), FORM).is_unchanged


WORDS = st.text("abcdefghijklmnopqrstuvwxyzéàç", min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_random_edits_are_told_exactly(data):
    """Each clause has its own fate; all of them, and nothing else, must come back."""
    file = edited()
    fates = {
        name: data.draw(st.sampled_from(["kept", "removed", "word", "added", "wrap"]))
        for name in TEXTS
    }
    months = data.draw(st.integers(13, 99))
    word = data.draw(WORDS)
    is_changed = data.draw(st.booleans())
    if is_changed:
        for control in file.values("duration_months"):
            file.retype(control, f"{months} mois")
    for name, fate in fates.items():
        control = file.clause(f"{name}#1")
        if fate == "removed":
            file.remove(control)
        elif fate == "word":
            control.find(q("sdtContent")).append(
                paragraph("BodyText", [run(f"Ajout {word}.")])
            )
        elif fate == "added":
            file.add_after(control, f"Texte {word} ajouté.")
        elif fate == "wrap":
            inner = control.find(q("sdtContent"))
            for child in list(inner):
                place = inner.index(child)
                inner.insert(place, w("customXml", child, element="x"))
    file.split_runs(lambda length: data.draw(st.integers(0, max(length, 1))))
    if data.draw(st.booleans()):
        file.rename_styles()
    result = told(file)
    expected = {"removed": ClauseStatus.REMOVED, "word": ClauseStatus.REWRITTEN}
    for name, fate in fates.items():
        change = clause_told(result, name)
        assert change.status is expected.get(fate, ClauseStatus.UNCHANGED)
        if fate == "word":
            assert change.markup.rstrip().endswith(f"Ajout {word}.")
            assert write(parse(change.markup)) == change.markup
    added = [name for name, fate in fates.items() if fate == "added"]
    assert sorted(a.after for a in result.added) == sorted(f"{n}#1" for n in added)
    assert {a.markup for a in result.added} <= {f"Texte {word} ajouté.\n"}
    still_there = {"purpose", "price"} - {n for n in fates if fates[n] == "removed"}
    changed = {(c.name, c.value) for c in result.values}
    wanted = {("duration_months", months)} if is_changed and still_there else set()
    assert changed == wanted
    assert (result.moved, result.titles, result.removed) == ((), (), ())
