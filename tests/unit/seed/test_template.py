"""The seeded canevas: every valid consultation gives complete documents."""

from collections import Counter
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping
from itertools import combinations
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
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.html import render
from sicp.engines.drafting.proof import prove
from sicp.operations.document.context import drafting_fields
from sicp.operations.reference_data import tables
from sicp.rules.upstream_check import Buyer
from sicp.rules.upstream_check import check_upstream
from tests.unit.seed.answers import LAUNCH
from tests.unit.seed.answers import Filled
from tests.unit.seed.answers import is_proposed
from tests.unit.seed.shipped import draft_of
from tests.unit.seed.shipped import read_all_canevas
from tests.unit.seed.shipped import sets_of
from tests.unit.seed.typed_answers import accepts

#: Beyond it, the writer no longer reads the questions he is asked.
MOST_VARIABLES = 12
#: Three sets alike would prove no more than one.
LEAST_DIFFERENCES = 12
PHASES = {"candidature", "offer", "single"}
#: The documents a public body of this size signs every day, and how many of each.
SHIPPED = {"RC": 9, "CCAP": 11, "AE": 6}


def test_a_canevas_bears_the_name_of_its_file_and_says_what_it_makes(
    canevas: Canevas,
) -> None:
    assert read_all_canevas()[canevas.id].title == canevas.title
    assert canevas.title
    assert canevas.document


def test_three_documents_are_there_for_a_consultation_of_each_kind(
    all_canevas: list[Canevas],
) -> None:
    documents = Counter(c.document for c in all_canevas if not c.is_abstract)
    assert {document: documents[document] for document in SHIPPED} == SHIPPED


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
    filled: Filled, library: Library
) -> None:
    # A clause may depend on what the writer answers in the same document.
    facts = Facts(filled.answers, _known_fields(filled.canevas, library))
    asked = {
        variable.name
        for use, _ in filled.canevas.clause_uses()
        if facts.holds((clause := library.clause(use.clause)).condition)
        for variable in clause.variables
        if variable.required and "default" not in variable.meta
    }
    assert len(asked) <= MOST_VARIABLES


def test_a_ccap_lists_its_derogations(canevas: Canevas) -> None:
    lists = [node for node, _ in canevas.walk() if isinstance(node, DerogationList)]
    assert len(lists) == (canevas.document == "CCAP")


def test_the_sets_of_answers_are_complete_and_readable(
    filled: Filled, clauses: list[Clause]
) -> None:
    answers = filled.answers
    variables = {v.name for clause in clauses for v in clause.variables}
    assert set(answers) - set(DRAFTING_FIELDS) - variables == set()
    facts = Facts(answers, DRAFTING_FIELDS)
    missing = [
        field.name
        for field in DRAFTING_FIELDS.values()
        if field.required
        and facts.applies(field.name)
        and facts.value(field.name) is None
    ]
    assert missing == []
    assert facts.unreadable == set()
    assert is_proposed(filled.canevas, answers)


def test_the_form_accepts_every_answer_made_for_a_canevas(canevas: Canevas) -> None:
    fields = drafting_fields(LAUNCH)
    refused = [
        (filled.name, name, value)
        for filled in sets_of(canevas.id)
        for name, value in filled.answers.items()
        if name in fields and not accepts(fields[name], value)
    ]
    assert refused == []


def test_the_law_has_nothing_against_the_answers_made_for_a_canevas(
    canevas: Canevas,
) -> None:
    against = [
        (filled.name, finding.code)
        for filled in sets_of(canevas.id)
        for finding in check_upstream(filled.answers, tables(), Buyer())
        if finding.is_blocking
    ]
    assert against == []


def test_the_three_sets_of_a_canevas_are_far_from_each_other(canevas: Canevas) -> None:
    sets = [filled.answers for filled in sets_of(canevas.id)]
    for one, other in combinations(sets, 2):
        names = set(one) | set(other)
        differing = {name for name in names if one.get(name) != other.get(name)}
        assert len(differing) >= LEAST_DIFFERENCES


def test_complete_answers_give_a_document_without_problem_question_or_blank(
    filled: Filled,
) -> None:
    draft = draft_of(filled.name)
    assert draft.problems == ()
    assert draft.questions == ()
    assert "draft-blank" not in render(draft)


def test_every_clause_of_a_document_tells_why_it_is_there(
    filled: Filled,
) -> None:
    draft = draft_of(filled.name)
    sections = list(draft.walk())
    told = [section for section in sections if section.trace]
    assert all(section.trace.clause_id == section.id for section in told)
    assert all(section.trace.condition for section in told)
    silent = [s.id for s in sections if s.blocks and not s.trace]
    assert [name for name in silent if name != "derogations"] == []


def test_the_word_file_is_sound_and_leaves_nothing_to_fill(
    filled: Filled,
) -> None:
    draft = draft_of(filled.name)
    data = write_docx(draft, HouseStyle(), Properties(filled.canevas.title))
    assert check_docx(data) == ()


def test_no_sentence_is_broken_by_what_is_inserted_in_it(
    filled: Filled,
) -> None:
    said = render(draft_of(filled.name))
    text = said.replace("\N{NO-BREAK SPACE}", " ")
    for fault in ("  ", " ,", " .", "..", "«  ", "{", "}", "None", ";.", ":."):
        assert fault not in text, fault


def test_the_lots_of_the_acte_d_engagement_each_have_their_price(
    all_canevas: list[Canevas], library: Library
) -> None:
    lots = ({"number": 1, "object": "Nord"}, {"number": 2, "object": "Sud"})
    answers = {"is_allotted": True, "lots": lots, "price_form": "lump_sum"}
    canevas = next(c for c in all_canevas if c.id == "ae-services")
    said = render(assemble(canevas, library, answers, DRAFTING_FIELDS))
    text = said.replace("\N{NO-BREAK SPACE}", " ")
    assert said.count('data-clause="commitment-price-lot"') == len(lots)
    assert text.count("Montant hors taxes") == len(lots)


def _known_fields(canevas: Canevas, library: Library) -> FieldSet:
    called = [library.clause(use.clause) for use, _ in canevas.clause_uses()]
    variables = tuple(v for clause in called for v in clause.variables)
    return DRAFTING_FIELDS.extended_with(variables)


def _groups(canevas: Canevas, library: Library) -> Mapping[str, list[Clause]]:
    groups: dict[str, list[Clause]] = defaultdict(list)
    for use, conditions in canevas.clause_uses():
        clause = library.clause(use.clause)
        # Under conditions of the canevas, the proof is what settles the matter.
        if clause.group and not conditions:
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
