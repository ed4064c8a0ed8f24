"""The seeded canevas: every valid consultation gives complete documents."""

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping
from itertools import product
from typing import Any

from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from sicp.engines.docx.check import check_docx
from sicp.engines.docx.style import HouseStyle
from sicp.engines.docx.style import Properties
from sicp.engines.docx.writer import write_docx
from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.canevas import DerogationList
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.conditions import check
from sicp.engines.drafting.conditions import evaluate
from sicp.engines.drafting.conditions import fields_named
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.html import render
from sicp.engines.drafting.proof import prove

#: Beyond it, the writer no longer reads the questions he is asked.
MOST_VARIABLES = 12
HUNDRED = 100
PHASES = {"candidature", "offer", "single"}


def test_the_three_documents_of_an_open_call_for_services_are_there(
    all_canevas: list[Canevas],
) -> None:
    assert {c.id: c.document for c in all_canevas} == {
        "rc-open-call": "RC",
        "ccap-common-services": "CCAP",
        "ae-services": "AE",
    }


def test_a_canevas_calls_clauses_that_exist_once_each(
    canevas: Canevas, library: Library
) -> None:
    called = [use.clause for use, _ in canevas.clause_uses()]
    assert [name for name in called if name not in library] == []
    assert len(called) == len(set(called))
    assert canevas.phase in PHASES


def test_every_clause_of_the_library_serves_a_canevas(
    all_canevas: list[Canevas], clauses: list[Clause]
) -> None:
    called = {use.clause for c in all_canevas for use, _ in c.clause_uses()}
    assert {clause.id for clause in clauses} - called == set()


def test_a_canevas_is_proposed_under_a_readable_condition(canevas: Canevas) -> None:
    assert canevas.applies
    assert check(canevas.applies, DRAFTING_FIELDS) == ()


def test_a_canevas_takes_all_the_alternatives_of_a_group_or_none(
    canevas: Canevas, library: Library, clauses: list[Clause]
) -> None:
    called = {use.clause for use, _ in canevas.clause_uses()}
    groups = {library.clause(name).group for name in called} - {""}
    missing = [c.id for c in clauses if c.group in groups and c.id not in called]
    assert missing == []


def test_exactly_one_alternative_holds_whatever_the_form_says(
    canevas: Canevas, library: Library
) -> None:
    unsettled = [
        (group, answers)
        for group, members in _groups(canevas, library).items()
        for answers in _valid_answers(_fields_deciding(members))
        if sum(evaluate(c.condition, answers, DRAFTING_FIELDS) for c in members) != 1
    ]
    assert unsettled == []


def test_the_proof_of_all_answers_finds_no_error(
    canevas: Canevas, library: Library
) -> None:
    proof = prove(canevas, library, DRAFTING_FIELDS)
    assert proof.errors == ()
    assert proof.is_exhaustive


def test_a_writer_is_asked_few_things_beyond_the_form(
    canevas: Canevas, answers: dict[str, Any], library: Library
) -> None:
    facts = Facts(answers, DRAFTING_FIELDS)
    asked = {
        variable.name
        for use, _ in canevas.clause_uses()
        if facts.holds((clause := library.clause(use.clause)).condition)
        for variable in clause.variables
    }
    assert len(asked) <= MOST_VARIABLES


def test_the_ccap_ends_with_the_list_of_its_derogations(
    all_canevas: list[Canevas],
) -> None:
    ccap = next(c for c in all_canevas if c.document == "CCAP")
    assert isinstance(ccap.parts[-1], DerogationList)


def test_the_sets_of_answers_are_complete_and_readable(
    answers: dict[str, Any], clauses: list[Clause]
) -> None:
    variables = {v.name for clause in clauses for v in clause.variables}
    assert set(answers) - set(DRAFTING_FIELDS) - variables == set()
    facts = Facts(answers, DRAFTING_FIELDS)
    missing = [
        field.name
        for field in DRAFTING_FIELDS.values()
        if field.required
        and facts.applies(field.name)
        and not _is_answered(facts, field)
    ]
    assert missing == []
    assert facts.unreadable == set()
    assert sum(row["weight"] for row in answers["criteria"]) == HUNDRED
    assert "environmental" in {row["kind"] for row in answers["criteria"]}


def test_complete_answers_give_a_document_without_problem_question_or_blank(
    canevas: Canevas, answers: dict[str, Any], library: Library
) -> None:
    draft = assemble(canevas, library, answers, DRAFTING_FIELDS)
    assert draft.problems == ()
    assert draft.questions == ()
    assert "draft-blank" not in render(draft)


def test_the_word_file_is_sound_and_leaves_nothing_to_fill(
    canevas: Canevas, answers: dict[str, Any], library: Library
) -> None:
    draft = assemble(canevas, library, answers, DRAFTING_FIELDS)
    assert check_docx(write_docx(draft, HouseStyle(), Properties(canevas.title))) == ()


def test_no_sentence_is_broken_by_what_is_inserted_in_it(
    canevas: Canevas, answers: dict[str, Any], library: Library
) -> None:
    said = render(assemble(canevas, library, answers, DRAFTING_FIELDS))
    text = said.replace("\N{NO-BREAK SPACE}", " ")
    for fault in ("  ", " ,", " .", "..", "«  ", "{", "}", "None"):
        assert fault not in text, fault


def test_the_lots_of_the_acte_d_engagement_each_have_their_price(
    all_canevas: list[Canevas], library: Library
) -> None:
    lots = ({"number": 1, "object": "Nord"}, {"number": 2, "object": "Sud"})
    answers = {"is_allotted": True, "lots": lots, "price_form": "lump_sum"}
    canevas = next(c for c in all_canevas if c.document == "AE")
    said = render(assemble(canevas, library, answers, DRAFTING_FIELDS))
    text = said.replace("\N{NO-BREAK SPACE}", " ")
    assert said.count('data-clause="commitment-price-lot"') == len(lots)
    assert text.count("Montant hors taxes") == len(lots)


def _is_answered(facts: Facts, field: Field) -> bool:
    return facts.value(field.name) is not None


def _groups(canevas: Canevas, library: Library) -> Mapping[str, list[Clause]]:
    groups: dict[str, list[Clause]] = defaultdict(list)
    for use, _ in canevas.clause_uses():
        clause = library.clause(use.clause)
        if clause.group:
            groups[clause.group].append(clause)
    return groups


def _fields_deciding(members: list[Clause]) -> list[Field]:
    names = dict.fromkeys(
        name for clause in members for name in fields_named(clause.condition)
    )
    return [DRAFTING_FIELDS[name] for name in names]


def _valid_answers(fields: list[Field]) -> Iterator[dict[str, Any]]:
    for values in product(*(_possible(field) for field in fields)):
        yield {field.name: v for field, v in zip(fields, values, strict=True)}


def _possible(field: Field) -> list[Any]:
    nothing = [] if field.required else [None]
    match field.type:
        case FieldType.CHOICE:
            return [*nothing, *(choice.value for choice in field.choices)]
        case FieldType.BOOLEAN:
            return [*nothing, True, False]
    return [*nothing, 0, 1, 5]
