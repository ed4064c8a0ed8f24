"""The seeded canevas on answers nobody thought of: no problem, no broken sentence."""

import re
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.content_types.consultation.upstream_form import CONTEXT_FIELDS
from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from sicp.content_types.consultation.upstream_form import UPSTREAM_FIELDS
from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.blocks import Cell
from sicp.engines.drafting.blocks import ListItem
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.draft import Section
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType

#: What the three canevas are for; the rest of the form is drawn at random.
SERVICES_BY_OPEN_CALL = {"procedure": "AOO", "nature": "services", "ccag": "fcs"}
#: Variables of clauses without default, which a writer answers.
WRITER = {"update_index": "Indice X", "subsequent_services": "Séminaires"}

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


@settings(max_examples=60, deadline=None)
@given(form=FORMS)
def test_any_form_gives_whole_documents(
    form: dict[str, Any], all_canevas: list[Canevas], library: Library
) -> None:
    answers = {**form, **SERVICES_BY_OPEN_CALL, **WRITER}
    for canevas in all_canevas:
        draft = assemble(canevas, library, answers, DRAFTING_FIELDS)
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
