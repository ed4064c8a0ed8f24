"""The seeded clauses: complete, well formed, and resting on articles that exist."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from sicp.engines.drafting.blocks import Conditional
from sicp.engines.drafting.blocks import Plural
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.blocks import Variable
from sicp.engines.drafting.blocks import all_inlines
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import ClauseKind
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.conditions import check
from sicp.engines.drafting.conditions import to_french
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import row_fields
from sicp.engines.drafting.formats import formats_accept
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.markup import write

REPEATED = ("lots", "tranches", "criteria", "cpv_additional")
#: An article of the second part of the code, as a French sentence cites it.
CITED = re.compile(r"\b([LRD])\.[ \N{NO-BREAK SPACE}](2\d{3}(?:-\d+)+)")
#: « seize mille euros » in a clause would be law frozen in a text: amounts are data.
AMOUNT = re.compile(r"\d[\d \N{NO-BREAK SPACE}]*(?:€|euros)")


def fields_of(clause: Clause) -> FieldSet:
    """Return all that a clause may name: the form, its variables, columns of rows."""
    columns = tuple(
        column for name in REPEATED for column in row_fields(DRAFTING_FIELDS[name])
    )
    return DRAFTING_FIELDS.extended_with((*clause.variables, *columns))


def inlines_of(clause: Clause) -> Iterator[Any]:
    yield from all_inlines(clause.blocks)
    yield from clause.heading


def test_each_clause_has_its_own_id(clauses: list[Clause]) -> None:
    counts = Counter(clause.id for clause in clauses)
    assert [name for name, count in counts.items() if count > 1] == []
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in counts)


def test_a_clause_lies_in_a_file_of_its_family_and_under_a_theme_of_it(
    clauses_by_file: dict[str, list[Clause]], families: list[dict[str, Any]]
) -> None:
    themes = {f["id"]: {theme["id"] for theme in f["themes"]} for f in families}
    misplaced = [
        clause.id
        for name, clauses in clauses_by_file.items()
        for clause in clauses
        if not (name == clause.family or name.startswith(f"{clause.family}-"))
        or clause.theme not in themes.get(clause.family, ())
    ]
    assert misplaced == []


def test_every_theme_of_every_family_holds_a_clause(
    clauses: list[Clause], families: list[dict[str, Any]]
) -> None:
    used = {(clause.family, clause.theme) for clause in clauses}
    known = {(f["id"], theme["id"]) for f in families for theme in f["themes"]}
    assert known - used == set()


def test_every_clause_has_a_text_a_note_and_a_legal_basis(
    clauses: list[Clause],
) -> None:
    poor = [
        clause.id
        for clause in clauses
        if not (clause.blocks and clause.legal_basis and len(clause.note) > 40)
    ]
    assert poor == []


def test_every_article_cited_exists_in_the_code(
    clauses: list[Clause], articles_of_the_code: frozenset[str]
) -> None:
    cited = {
        (clause.id, article)
        for clause in clauses
        for article in (
            *clause.legal_basis,
            *("".join(found) for found in CITED.findall(clause.text + clause.note)),
        )
    }
    assert len(cited) > 300
    unknown = sorted(c for c in cited if c[1] not in articles_of_the_code)
    assert unknown == []


def test_no_amount_is_frozen_in_a_text(clauses: list[Clause]) -> None:
    assert [c.id for c in clauses if AMOUNT.search(c.text)] == []


def test_conditions_name_fields_and_values_that_exist(clauses: list[Clause]) -> None:
    faults = [
        fault
        for clause in clauses
        for condition in (
            clause.condition,
            *(i.condition for i in inlines_of(clause) if isinstance(i, Conditional)),
        )
        for fault in check(condition, fields_of(clause), clause.id)
    ]
    assert faults == []


def test_every_condition_reads_as_a_french_sentence(clauses: list[Clause]) -> None:
    said = [to_french(c.condition, fields_of(c)) for c in clauses if c.condition]
    assert said
    assert all(said)


def test_every_value_in_a_text_exists_and_takes_its_format(
    clauses: list[Clause],
) -> None:
    strange = [
        (clause.id, inline.name)
        for clause in clauses
        for inline in inlines_of(clause)
        if isinstance(inline, Variable | Plural)
        and not _is_known(inline, Facts({}, fields_of(clause)))
    ]
    assert strange == []


def test_every_variable_of_a_clause_is_used_by_it_and_helps_the_writer(
    clauses: list[Clause],
) -> None:
    idle = [
        (clause.id, variable.name)
        for clause in clauses
        for variable in clause.variables
        if variable.name not in _names_in(clause) or not variable.help
    ]
    assert idle == []


def test_tables_repeat_on_rows_of_the_form(clauses: list[Clause]) -> None:
    repeated = {
        block.repeat
        for clause in clauses
        for block in clause.blocks
        if isinstance(block, Table) and block.repeat
    }
    assert repeated >= {"lots", "tranches", "criteria"}
    assert all(DRAFTING_FIELDS[name].type is FieldType.ROWS for name in repeated)


def test_references_lead_to_clauses_that_exist_and_have_words_for_their_absence(
    clauses: list[Clause], library: Library
) -> None:
    references = [
        inline
        for clause in clauses
        for inline in inlines_of(clause)
        if inline.kind == "reference"
    ]
    assert references
    assert all(reference.clause_id in library for reference in references)
    # Each is written « l’{ref:…} »: the words put instead must open on a vowel.
    assert all(reference.fallback.startswith("article") for reference in references)


def test_a_derogation_is_said_by_the_text_that_makes_it(clauses: list[Clause]) -> None:
    silent = [
        (clause.id, derogation.article)
        for clause in clauses
        for derogation in clause.derogates
        if not re.search(
            rf"ar dérogation à l’article {re.escape(derogation.article)}\b", clause.text
        )
    ]
    assert silent == []


def test_a_text_that_derogates_is_declared(clauses: list[Clause]) -> None:
    undeclared = [
        clause.id
        for clause in clauses
        if "dérogation à l’article" in clause.text and not clause.derogates
    ]
    assert undeclared == []


def test_each_group_of_alternatives_has_at_least_two_members_with_conditions(
    clauses: list[Clause],
) -> None:
    groups = Counter(clause.group for clause in clauses if clause.group)
    assert min(groups.values()) >= 2
    for clause in clauses:
        is_alternative = clause.kind is ClauseKind.ALTERNATIVE
        assert is_alternative == bool(clause.group), clause.id
        assert clause.condition or not is_alternative, clause.id


def test_the_markup_of_every_text_survives_reading_and_writing(
    clauses: list[Clause],
) -> None:
    changed = [c.id for c in clauses if parse(write(c.blocks)) != c.blocks]
    assert changed == []


def test_french_letters_are_the_right_ones(clauses: list[Clause]) -> None:
    for clause in clauses:
        said = f"{clause.title} {clause.text} {clause.note}"
        assert "'" not in said, clause.id
        assert '"' not in said, clause.id
        assert not re.search(r"oeuvre|\.\.\.|\bA (?:défaut|l’)", said), clause.id


def _is_known(inline: Variable | Plural, facts: Facts) -> bool:
    field = facts.field(inline.name)
    return field is not None and (
        isinstance(inline, Plural) or formats_accept(field, inline.format)
    )


def _names_in(clause: Clause) -> set[str]:
    inlines = list(inlines_of(clause))
    values = {i.name for i in inlines if isinstance(i, Variable | Plural)}
    return values | {i.field for i in inlines if isinstance(i, Conditional)}
