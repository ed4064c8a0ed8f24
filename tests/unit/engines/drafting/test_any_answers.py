"""Whatever a valid form says, a shipped canevas that fits it gives a document."""

import functools
from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from sicp.engines.drafting.answers_proof import all_hold
from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.combinations import trial
from sicp.engines.drafting.draft import Section
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from tests.unit.seed.shipped import concrete_canevas
from tests.unit.seed.shipped import shipped_library

#: A form asks no more than that of a number (of months, of euros).
MOST = 10**6
DAYS = st.dates(date(2026, 1, 1), date(2040, 12, 31))
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2040, 12, 31))
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")),
    min_size=1,
    max_size=20,
).filter(str.strip)
LONG = st.lists(WORDS, min_size=1, max_size=3).map("\n- ".join)


def values(field: Field) -> st.SearchStrategy[Any]:
    """Draw a value the field may hold."""
    low, high = field.minimum or 0, MOST if field.maximum is None else field.maximum
    values = [choice.value for choice in field.choices]
    match field.type:
        case FieldType.CHOICE:
            return st.sampled_from(values) if values else WORDS
        case FieldType.CHOICES:
            some = st.sampled_from(values) if values else WORDS
            return st.lists(some, min_size=1, max_size=4, unique=True).map(tuple)
        case FieldType.BOOLEAN:
            return st.booleans()
        case FieldType.ROWS:
            return st.lists(form(field.columns), min_size=1, max_size=3).map(tuple)
        case FieldType.DATE:
            return DAYS
        case FieldType.DATETIME:
            return INSTANTS
        case FieldType.CPV:
            return st.integers(10**7, 10**8 - 1).map(str)
        case FieldType.LONG_TEXT:
            return LONG
        case FieldType.TEXT:
            return WORDS
        case FieldType.AMOUNT | FieldType.PERCENT:
            return st.integers(low, max(low, high)).map(Decimal)
    return st.integers(low, max(low, high))


def form(fields) -> st.SearchStrategy[dict[str, Any]]:
    """Draw answers to fields: all that is required, and some of the rest."""
    every = {field.name: values(field) for field in fields}
    required = {f.name: every[f.name] for f in fields if f.required}
    others = {name: v for name, v in every.items() if name not in required}
    return st.fixed_dictionaries(required, optional=others)


@functools.cache
def shipped() -> tuple[list[Canevas], Library]:
    """Return the shipped canevas a writer may choose, and the clauses."""
    return list(concrete_canevas().values()), shipped_library()


@functools.cache
def fitting(canevas_id: str) -> list[dict[str, Any]]:
    """Return the answers for which a canevas is proposed, of the fields it tests."""
    canevas = next(c for c in shipped()[0] if c.id == canevas_id)
    applies = canevas.applies
    found = trial((applies,), DRAFTING_FIELDS).answers
    return [a for a in found if all_hold((applies,), Facts(a, DRAFTING_FIELDS))]


@st.composite
def consultations(draw):
    """Draw a shipped canevas and a valid form for which it is proposed."""
    canevas = draw(st.sampled_from(shipped()[0]))
    answers = draw(form(tuple(DRAFTING_FIELDS.values())))
    answers.update(draw(st.sampled_from(fitting(canevas.id))))
    called = {use.clause for use, _ in canevas.clause_uses()}
    clauses = [clause for clause in shipped()[1] if clause.id in called]
    names = {v.name: v for clause in clauses for v in clause.variables}
    for variable in draw(st.lists(st.sampled_from(sorted(names) or [""]), max_size=8)):
        if variable:
            answers[variable] = draw(values(names[variable]))
    return canevas, answers


@given(consultations())
@settings(max_examples=80, deadline=None)
def test_any_valid_form_gives_a_document_without_problem_and_wholly_traced(drawn):
    canevas, answers = drawn
    draft = assemble(canevas, shipped()[1], answers, DRAFTING_FIELDS)
    assert [problem.message for problem in draft.problems] == []
    assert draft.sections
    assert [s.id for s in draft.walk() if s.blocks and not _is_explained(s)] == []
    assert [s.id for s in draft.walk() if not s.cause] == []


def _is_explained(section: Section) -> bool:
    if section.kind == "derogations":
        return section.trace is None
    return section.trace is not None and section.trace.clause_id == section.id
