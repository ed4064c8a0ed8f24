"""Documents assembled from clauses: what is kept, asked, told and numbered."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import settings

from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.draft import Blank
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.draft import Heading
from sicp.engines.drafting.draft import Link
from sicp.engines.drafting.draft import inlines_text
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from tests.unit.engines.sample import ANSWERS
from tests.unit.engines.sample import FORM
from tests.unit.engines.sample import FULL
from tests.unit.engines.sample import canevas
from tests.unit.engines.sample import clause
from tests.unit.engines.sample import compare as t
from tests.unit.engines.sample import draft_of
from tests.unit.engines.sample import plans
from tests.unit.engines.sample import said


def labels(draft: Draft) -> list[str]:
    """Return the numbers and titles of all headings."""
    found = []
    for section in draft.walk():
        if section.level:
            found.append(f"{section.label} {section.title_text}".strip())
        found.extend(
            f"{block.label} {inlines_text(block.inlines)}"
            for block in section.blocks
            if isinstance(block, Heading)
        )
    return found


def kept(draft: Draft) -> list[str]:
    return [s.trace.clause_id for s in draft.walk() if s.trace]


class TestSelection:
    def test_a_clause_is_kept_when_its_condition_holds(self):
        lots = clause("lots", condition=t("is_allotted", "is", True))
        assert kept(draft_of([lots])) == ["lots"]
        assert kept(draft_of([lots], answers={"is_allotted": False})) == []

    def test_the_condition_of_the_canevas_counts_too(self):
        plan = canevas({"clause": "a", "condition": t("lots_count", "gt", 5)})
        assert kept(draft_of([clause("a")], plan)) == []

    def test_an_article_without_anything_left_disappears_with_its_number(self):
        plan = canevas(
            {"id": "p", "title": "Vide", "children": [
                {"clause": "a", "condition": t("lots_count", "gt", 5)}]},
            "b",
        )  # fmt: skip
        assert labels(draft_of([clause("a"), clause("b")], plan)) == ["Article 1 B"]

    def test_an_optional_clause_may_be_left_out(self):
        optional = clause("visite", kind="optional")
        compulsory = clause("prix")
        out = frozenset({"visite", "prix"})
        assert kept(draft_of([optional, compulsory], left_out=out)) == ["prix"]

    def test_a_free_place_is_there_only_with_a_text_of_the_writer(self):
        free = clause("divers", "", kind="free")
        assert kept(draft_of([free])) == []
        (section,) = draft_of([free], local_texts={"divers": "À ma façon."}).sections
        assert said(section.blocks) == ["À ma façon."]

    def test_a_clause_nobody_wrote_is_a_problem_and_no_failure(self):
        (problem,) = draft_of([], canevas("fantôme")).problems
        assert (
            problem.message == "le canevas appelle la clause « fantôme », introuvable"
        )

    def test_the_version_in_force_on_the_day_is_taken(self):
        old = clause("prix", "Ancien.", version=1, valid_until="2026-08-20")
        new = clause("prix", "Nouveau.", version=2, valid_from="2026-08-21")
        plan = canevas("prix")
        for on, text in ((date(2026, 8, 20), "Ancien."), (None, "Nouveau.")):
            (section,) = draft_of([old, new], plan, on=on).sections
            assert said(section.blocks) == [text]

    def test_a_condition_that_cannot_be_read_is_a_problem_that_names_the_clause(self):
        (problem,) = draft_of([clause("prix", condition=t("oubli", "filled"))]).problems
        assert problem.clause_id == "prix"
        assert problem.message == (
            "clause « Prix » : la condition cite le champ « oubli », qui n’existe pas"
        )


def alternatives():
    yes, no = t("lots_count", "gt", 1), t("lots_count", "le", 1)
    return [
        clause("ferme", kind="alternative", group="prix", condition=no),
        clause("revisable", kind="alternative", group="prix", condition=yes),
        clause(
            "autre", kind="alternative", group="prix", condition=t("ccag", "filled")
        ),
    ]


class TestAlternatives:
    def test_exactly_one_of_a_group_is_kept(self):
        draft = draft_of(alternatives(), answers={"lots_count": 1})
        assert kept(draft) == ["ferme"]
        assert draft.problems == ()
        assert draft.groups[0].kept == "ferme"

    def test_several_that_fit_are_a_problem_and_a_visible_blank(self):
        draft = draft_of(alternatives())
        assert kept(draft) == []
        assert draft.problems[0].group == "prix"
        assert draft.problems[0].message == (
            "plusieurs clauses conviennent, choisissez-en une : « Revisable », "
            "« Autre »"
        )
        (section,) = draft.sections
        assert section.kind == "choice"
        assert isinstance(section.blocks[0].inlines[0], Blank)

    def test_the_choice_of_the_writer_settles_it(self):
        draft = draft_of(alternatives(), choices={"prix": "autre"})
        assert kept(draft) == ["autre"]
        assert draft.problems == ()

    def test_a_choice_that_no_longer_fits_settles_nothing(self):
        assert kept(draft_of(alternatives(), choices={"prix": "ferme"})) == []

    def test_none_that_fits_is_a_problem(self):
        (problem,) = draft_of(alternatives(), answers={}).problems
        assert problem.message.startswith("aucune de ces clauses ne convient")

    def test_a_group_out_of_reach_is_no_problem(self):
        uses = [{"clause": c.id} for c in alternatives()]
        part = {"id": "p", "title": "P", "condition": t("lots_count", "gt", 9)}
        plan = canevas({**part, "children": uses})
        assert draft_of(alternatives(), plan).problems == ()

    def test_a_clause_knows_the_others_of_its_group(self):
        draft = draft_of(alternatives(), answers={"lots_count": 1})
        others = draft.sections[0].trace.alternatives
        assert [(a.clause_id, a.holds) for a in others] == [
            ("revisable", False),
            ("autre", False),
        ]


class TestRepetition:
    def test_a_clause_comes_once_per_lot_with_the_values_of_the_lot(self):
        each = clause("lot", "Lot de {lot.object}.", repeat="lots")
        draft = draft_of([each])
        assert [said(s.blocks) for s in draft.sections] == [
            ["Lot de Fruits."],
            ["Lot de Légumes."],
        ]
        assert labels(draft) == [
            "Article 1 Lot – lot n°\xa01",
            "Article 2 Lot – lot n°\xa02",
        ]
        assert [s.anchor for s in draft.sections] == ["lot", "lot-2"]

    def test_a_title_that_names_the_lot_is_left_as_it_is(self):
        each = clause("lot", repeat="lots", title="Lot {lot.number} : {lot.object}")
        titles = [s.title_text for s in draft_of([each]).sections]
        assert titles == ["Lot 1\xa0: Fruits", "Lot 2\xa0: Légumes"]

    def test_a_condition_on_the_lot_chooses_the_lots(self):
        condition = t("lot.object", "is", "Légumes")
        each = clause("lot", repeat="lots", condition=condition)
        (section,) = draft_of([each]).sections
        assert section.title_text == "Lot – lot n°\xa02"

    def test_a_table_repeats_its_row(self):
        text = "| N° | Objet |\n|---{lots}|---|\n| {lot.number} | {lot.object} |\n"
        (section,) = draft_of([clause("lots", text)]).sections
        (table,) = section.blocks
        assert isinstance(table, Table)
        assert [inlines_text(row.cells[1].inlines) for row in table.rows] == [
            "Fruits",
            "Légumes",
        ]

    def test_a_table_without_its_rows_is_a_visible_blank(self):
        text = "| N° |\n|---{lots}|\n| {lot.number} |\n"
        draft = draft_of([clause("lots", text)], answers={"is_allotted": True})
        assert [q.name for q in draft.questions] == ["lots"]
        (table,) = draft.sections[0].blocks
        assert isinstance(table.rows[0].cells[0].inlines[0], Blank)

    def test_nothing_is_repeated_where_rows_do_not_apply(self):
        text = "| N° |\n|---{lots}|\n| {lot.number} |\n"
        answers = {**FULL, "is_allotted": False}
        draft = draft_of(
            [clause("a", text), clause("b", repeat="lots")], answers=answers
        )
        assert kept(draft) == ["a"]
        assert draft.sections[0].blocks == ()
        assert draft.questions == ()

    def test_a_clause_called_at_two_places_is_counted_on(self):
        draft = draft_of([clause("a")], canevas("a", "a"))
        assert [s.trace.occurrence for s in draft.sections] == [1, 2]
        assert [s.anchor for s in draft.sections] == ["a", "a-2"]


class TestWords:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Délai de {duration_months|months_letters}.",
             "Délai de douze (12)\xa0mois."),
            ("{plural:lots|Le lot est|Les lots sont} :", "Les lots sont\xa0:"),
            ("Avance{if advance is granted:  de {advance_rate}}.",
             "Avance de 5\xa0%."),
            ("Avance{if advance is none:  exclue}.", "Avance."),
            ("Note{if lots_count in 2|3:  {if ccag is fcs: FCS}}.", "Note FCS."),
            ("Vide {description} ici.", "Vide ici."),
            ("**{object}**\nsuite", "Achat de denrées suite"),
            ("L’achat de {object|lower}", "L’achat d’achat de denrées"),
        ],
    )  # fmt: skip
    def test_values_are_written_into_the_text(self, text, expected):
        (section,) = draft_of([clause("a", text)]).sections
        assert said(section.blocks) == [expected]

    def test_a_long_text_alone_becomes_paragraphs_and_lists(self):
        answers = {"description": "Des fruits :\n- pommes\n- poires\n\nLivrés."}
        (section,) = draft_of([clause("a", "{description}")], answers=answers).sections
        assert [b.kind for b in section.blocks] == ["paragraph", "list", "paragraph"]

    def test_what_says_nothing_leaves_no_paragraph_item_nor_table(self):
        text = "{description}\n\n- {description}\n\n| A |\n|---|\n| {description} |\n"
        (section,) = draft_of([clause("a", text)]).sections
        assert section.blocks == ()

    def test_a_local_text_replaces_that_of_an_open_clause(self):
        local = {"a": "Chez nous, {object|lower}."}
        (section,) = draft_of([clause("a", open=True)], local_texts=local).sections
        assert said(section.blocks) == ["Chez nous, achat de denrées."]
        assert section.trace.is_local

    def test_a_local_text_never_replaces_that_of_a_fixed_clause(self):
        draft = draft_of([clause("a")], local_texts={"a": "Autre."})
        assert said(draft.sections[0].blocks) == ["Texte."]
        assert "fixe" in draft.problems[0].message

    def test_a_local_text_that_cannot_be_read_is_told_and_left_aside(self):
        draft = draft_of([clause("a", open=True)], local_texts={"a": "mot\n\n**gras"})
        assert said(draft.sections[0].blocks) == ["Texte."]
        assert draft.problems[0].message == (
            "clause « A » : texte local, ligne 3 : le gras « ** » n’est pas fermé"
        )


class TestQuestions:
    def test_a_required_value_without_answer_is_a_blank_and_a_question(self):
        asked = clause("a", "Durée : {duration_months}.")
        also = clause("b", "Encore {duration_months}.")
        draft = draft_of([asked, also], answers={})
        (question,) = draft.questions
        assert question.name == "duration_months"
        assert question.clauses == (("a", "A"), ("b", "B"))
        assert said(draft.sections[0].blocks) == [
            "Durée\xa0: [à compléter\xa0: Durée (mois)]."
        ]
        assert not draft.is_complete

    def test_a_field_that_decides_of_a_clause_is_asked_too(self):
        rate = clause("a", condition=t("advance_rate", "filled"))
        draft = draft_of([rate], answers={})
        assert [(q.name, q.decides) for q in draft.questions] == [
            ("advance", (("a", "A"),))
        ]

    def test_a_variable_of_a_clause_is_asked_with_its_default(self):
        month = {"name": "month", "title": "Mois", "required": True}
        asked = clause("a", "En {month}.", variables=[month])
        (question,) = draft_of([asked]).questions
        assert question.is_variable
        known = clause("a", "En {month}.", variables=[{**month, "default": "mai"}])
        (section,) = draft_of([known]).sections
        assert said(section.blocks) == ["En mai."]
        (section,) = draft_of([known], answers={"month": "juin"}).sections
        assert said(section.blocks) == ["En juin."]

    def test_a_column_left_empty_in_a_lot_is_asked(self):
        answers = {**FULL, "lots": ({"number": 1, "object": ""},)}
        draft = draft_of([clause("a", "{lot.object}", repeat="lots")], answers=answers)
        assert [(q.name, q.title) for q in draft.questions] == [
            ("lot.object", "Objet du lot")
        ]

    def test_a_word_nobody_knows_is_a_blank_and_a_problem(self):
        draft = draft_of([clause("a", "{oubli} {plural:oubli|un|des}")])
        assert {p.message for p in draft.problems} == {
            "clause « A » : le texte cite « oubli », qui n’existe pas"
        }

    def test_an_answer_that_cannot_be_read_is_told(self):
        draft = draft_of([clause("a", "{lots_count}")], answers={"lots_count": "deux"})
        assert draft.problems[0].message == (
            "la réponse à « Nombre de lots » n’est pas lisible, elle est ignorée"
        )

    def test_a_field_whose_own_condition_is_wrong_is_told(self):
        broken = Field("x", "Champ cassé", applies_when=t("oubli", "filled"))
        fields = FORM.extended_with((broken,))
        draft = assemble(canevas("a"), Library([clause("a", "{x}")]), {"x": 1}, fields)
        assert draft.problems[0].message.startswith("champ « Champ cassé » : ")


class TestNumbers:
    def test_parts_articles_clauses_and_sub_headings_form_one_list(self):
        plan = canevas(
            {"id": "p", "title": "Objet", "children": [
                "a",
                {"article": "x", "title": "Détail", "children": ["b"]},
                "c",
            ]},
            "d",
        )  # fmt: skip
        found = [
            clause("a", "### Sous\n\n### Sous encore"),
            clause("b"),
            clause("c", "### Sans titre propre", heading=False),
            clause("d"),
        ]
        assert labels(draft_of(found, plan)) == [
            "Article 1 Objet",
            "1.1 A",
            "1.1.1 Sous",
            "1.1.2 Sous encore",
            "1.2 Détail",
            "1.2.1 B",
            "1.3 Sans titre propre",
            "Article 2 D",
        ]

    def test_a_node_without_title_adds_no_level(self):
        plan = canevas({"id": "p", "children": [{"clause": "a"}]})
        assert labels(draft_of([clause("a")], plan)) == ["Article 1 A"]

    def test_a_heading_may_go_without_number(self):
        annex = {"id": "p", "title": "Annexe", "numbered": False}
        plan = canevas("a", {**annex, "children": [{"clause": "b"}]})
        assert labels(draft_of([clause("a"), clause("b")], plan)) == [
            "Article 1 A",
            "Annexe",
            "Article 2 B",
        ]

    def test_a_level_is_never_jumped(self):
        plan = canevas("a", {"clause": "b", "level": 5})
        assert labels(draft_of([clause("a"), clause("b")], plan)) == [
            "Article 1 A",
            "1.1 B",
        ]

    def test_a_reference_is_the_number_of_its_target(self):
        found = [clause("a", "Voir l’{ref:b|avenant}."), clause("b")]
        (first, second) = draft_of(found).sections
        assert said(first.blocks) == ["Voir l’article\xa02."]
        link = next(i for i in first.blocks[0].inlines if isinstance(i, Link))
        assert link.anchor == second.anchor

    def test_a_reference_to_a_clause_left_out_becomes_its_alternative_text(self):
        found = [
            clause("a", "Voir l’{ref:b|avenant}{ref:c}."),
            clause("b", condition=t("lots_count", "gt", 5)),
        ]
        (section,) = draft_of(found).sections
        assert said(section.blocks) == ["Voir l’avenant."]

    def test_a_reference_to_a_clause_without_title_is_that_of_its_article(self):
        plan = canevas("a", {"id": "p", "title": "P", "children": [{"clause": "b"}]})
        found = [clause("a", "{ref:b}"), clause("b", heading=False)]
        assert said(draft_of(found, plan).sections[0].blocks) == ["article\xa02"]


class TestDerogations:
    def test_the_last_article_lists_them_by_itself(self):
        found = [
            clause("a", derogates=[{"ccag": "fcs", "article": "14.1"}]),
            clause("b", derogates=[{"ccag": "fcs", "article": "9"},
                                   {"ccag": "pi", "article": "3"}]),
        ]  # fmt: skip
        draft = draft_of(found, canevas("a", "b", {"derogations": True}))
        section = draft.sections[-1]
        assert section.label == "Article 3"
        rows = [[inlines_text(c.inlines) for c in r.cells] for r in
                section.blocks[1].rows]  # fmt: skip
        assert rows == [
            ["Article\xa09 du CCAG-FCS", "article\xa02", "B"],
            ["Article\xa014.1 du CCAG-FCS", "article\xa01", "A"],
        ]

    def test_it_says_so_when_there_are_none(self):
        draft = draft_of([clause("a")], canevas("a", {"derogations": True}))
        assert said(draft.sections[-1].blocks) == [
            "Le présent document ne déroge à aucun article du CCAG."
        ]


def test_the_cover_holds_values():
    cover = {"title": "{object}", "subtitle": "Procédure : {procedure|lower}"}
    draft = draft_of([clause("a")], canevas("a", cover=cover))
    assert inlines_text(draft.cover.title) == "Achat de denrées"
    assert said(draft.cover.blocks) == ["Procédure\xa0: appel d’offres ouvert"]


def test_a_title_or_a_cover_that_cannot_be_read_is_told():
    found = [clause("a", title="**Prix")]
    draft = draft_of(found, canevas("a", cover={"title": "*x"}))
    assert draft.cover is None
    assert draft.sections[0].title_text == "**Prix"
    assert [p.message.partition(",")[0] for p in draft.problems] == [
        "couverture",
        "titre « **Prix »",
    ]


def test_a_tranche_is_named_by_its_kind():
    columns = (Field("number", "Numéro", FieldType.INTEGER), Field("kind", "Type"))
    tranches = Field("tranches", "Tranches", FieldType.ROWS, columns=columns)
    rows = [{"number": 0, "kind": "firm"}, {"number": 1, "kind": "optional"}, {}]
    draft = assemble(
        canevas("a"),
        Library([clause("a", repeat="tranches")]),
        {"tranches": rows},
        FORM.extended_with((tranches,)),
    )
    assert [s.title_text.replace("\xa0", " ") for s in draft.sections] == [
        "A – tranche ferme",
        "A – tranche optionnelle n° 1",
        "A – tranche optionnelle n° 3",
    ]


def test_a_format_that_does_not_suit_is_told_and_the_value_still_printed():
    draft = draft_of([clause("a", "{object|amount}")])
    assert said(draft.sections[0].blocks) == ["Achat de denrées"]
    assert "le format « amount »" in draft.problems[0].message


def test_a_trace_says_why_a_clause_is_there():
    text = "{procedure} {if lots_count gt 1: x}"
    condition = t("is_allotted", "is", True)
    item = clause("a", text, condition=condition, legal_basis=["R2112-13"], note="Voir")
    trace = draft_of([item]).sections[0].trace
    assert (
        trace.condition
        == "la réponse à «\xa0Prestations alloties\xa0» est «\xa0oui\xa0»"
    )
    assert [(v.name, v.text) for v in trace.values] == [
        ("is_allotted", "oui"),
        ("procedure", "Appel d’offres ouvert"),
        ("lots_count", "2"),
    ]
    assert trace.legal_basis == ("R2112-13",)
    assert (trace.version, trace.occurrence, trace.note) == (1, 1, "Voir")


@given(plans(), ANSWERS)
@settings(max_examples=25, deadline=None)
def test_any_plan_and_any_answers_give_a_document(plan, answers):
    library, cahier = plan
    draft = assemble(cahier, library, answers, FORM)
    anchors = [s.anchor for s in draft.walk()]
    assert len(anchors) == len(set(anchors))
    assert_numbered_in_order(draft)
    targets = set(anchors)
    for section in draft.walk():
        for link in (i for i in inlines_in(section.blocks) if isinstance(i, Link)):
            assert link.anchor in targets


def inlines_in(blocks):
    """Yield every inline of resolved blocks."""
    for block in blocks:
        yield from getattr(block, "inlines", ())
        for item in getattr(block, "items", ()):
            yield from item.inlines
            yield from inlines_in(item.children)
        for row in getattr(block, "rows", ()):
            for cell in row.cells:
                yield from cell.inlines


def assert_numbered_in_order(draft):
    """Check that each number follows the one before: 1.2 then 1.2.1, 1.3 or 2."""
    before = []
    for label in labels(draft):
        first, _, rest = label.partition(" ")
        number = rest.partition(" ")[0] if first == "Article" else first
        if not number[:1].isdigit() or ("." not in number and first != "Article"):
            continue
        digits = [int(part) for part in number.split(".")]
        followers = [[*before[:i], before[i] + 1] for i in range(len(before))]
        assert digits in [*followers, [*before, 1]]
        before = digits
