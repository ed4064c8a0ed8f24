"""The seeded canevas on answers nobody thought of: no problem, no broken sentence."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.content_types.consultation.upstream_form import CONTEXT_FIELDS
from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from sicp.content_types.consultation.upstream_form import UPSTREAM_FIELDS
from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.blocks import Cell
from sicp.engines.drafting.blocks import ListItem
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.draft import Section
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.operators import fields_named
from tests.unit.seed.shipped import concrete_canevas
from tests.unit.seed.shipped import sets_of
from tests.unit.seed.shipped import shipped_library

CANEVAS = concrete_canevas()
LIBRARY = shipped_library()
#: What is bought and how goes together; the rest of the form is drawn at random.
SETTLED = ("nature", "category", "ccag", "procedure", "estimated_amount", "launch_on")

BROKEN = re.compile(r"  | ,|\s\.(?!\.)|,,|\( |\(\)|[.;:] ?[.;:]|\bun lots\b")
DATES = {FieldType.DATE: "2027-03-01", FieldType.DATETIME: "2027-03-01T12:00"}


def values(field: Field) -> st.SearchStrategy[Any]:
    """Draw what a person may answer to a question; optional ones may stay empty."""
    lowest = field.minimum or 0
    match field.type:
        case FieldType.CHOICE:
            return st.sampled_from([c.value for c in field.choices] or ["autre"])
        case FieldType.BOOLEAN:
            return st.booleans()
        case FieldType.ROWS:
            row = st.fixed_dictionaries(_by_name(field.columns, is_needed=True))
            return st.lists(row, min_size=1, max_size=3)
        case FieldType.DATE | FieldType.DATETIME:
            return st.just(DATES[field.type])
        case FieldType.CPV:
            return st.just("90911200")
        case FieldType.TEXT | FieldType.LONG_TEXT:
            return st.just(f"Valeur de {field.name}")
    highest = 12 if field.maximum is None else min(field.maximum, 12)
    return st.integers(lowest, max(lowest, highest))


def _by_name(
    fields: tuple[Field, ...], *, is_needed: bool
) -> dict[str, st.SearchStrategy[Any]]:
    return {f.name: values(f) for f in fields if f.required is is_needed}


FORMS = st.fixed_dictionaries(
    {
        **_by_name(UPSTREAM_FIELDS, is_needed=True),
        **{field.name: values(field) for field in CONTEXT_FIELDS},
    },
    optional=_by_name(UPSTREAM_FIELDS, is_needed=False),
)


@pytest.mark.parametrize("name", CANEVAS)
@settings(max_examples=8, deadline=None)
@given(form=FORMS, rank=st.integers(0, 2))
def test_any_form_gives_a_whole_document(
    name: str, form: dict[str, Any], rank: int
) -> None:
    canevas = CANEVAS[name]
    known = sets_of(name)[rank].answers
    # What decides that the canevas is proposed, and what the form does not ask.
    kept = {
        *SETTLED,
        *fields_named(canevas.applies),
        *(set(known) - set(UPSTREAM_FORM)),
    }
    answers = {k: v for k, v in form.items() if k not in kept}
    answers |= {k: v for k, v in known.items() if k in kept}
    draft = assemble(canevas, LIBRARY, answers, DRAFTING_FIELDS)
    assert draft.problems == ()
    assert draft.questions == ()
    for said in _sentences(draft):
        assert not BROKEN.search(said.replace("://", "")), said


def _sentences(draft: Draft) -> Iterator[str]:
    for section in draft.sections:
        yield from _said_in(section)


def _said_in(section: Section) -> Iterator[str]:
    for block in section.blocks:
        for holder in _holders(block):
            text = "".join(inline.text for inline in holder.inlines)
            yield text.replace("\N{NO-BREAK SPACE}", " ")
    for child in section.children:
        yield from _said_in(child)


def _holders(block: Any) -> Iterator[Paragraph | ListItem | Cell]:  # noqa: ANN401
    if isinstance(block, Paragraph):
        yield block
    yield from getattr(block, "items", ())
    for row in getattr(block, "rows", ()):
        yield from row.cells
