"""Whatever is sent as a clause or a canevas, it is read or refused in French."""

import contextlib
from typing import Any

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.loader import LoadError
from sicp.engines.drafting.loader import canevas_from_data
from sicp.engines.drafting.loader import canevas_to_data
from sicp.engines.drafting.loader import clause_from_data
from sicp.engines.drafting.loader import clause_to_data
from sicp.engines.drafting.proof import prove
from sicp.engines.drafting.proof import prove_data
from tests.unit.engines.sample import FORM
from tests.unit.engines.sample import canevas

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 12) | st.floats() | st.text(max_size=3)
    | st.sampled_from(["a", "lots", "procedure", "AOO", "is", "filled", "{", "**"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["all", "any", "not", "field", "operator", "value", "title"]),
        inner, max_size=3,
    ),
    max_leaves=6,
)  # fmt: skip


def mostly(good):
    """Draw what is due, three times in four."""
    return st.one_of(good, good, good, ANYTHING)


CONDITION = st.fixed_dictionaries(
    {
        "field": mostly(st.sampled_from(["procedure", "lots", "lots_count", "fault"])),
        "operator": mostly(st.sampled_from(["is", "gt", "filled", "contains", "in"])),
    },
    optional={"value": ANYTHING},
)
CONDITIONS = mostly(
    st.one_of(CONDITION, st.fixed_dictionaries({"all": st.lists(CONDITION)}))
)
KEYS = st.sampled_from(["a", "b", "p", "q", "derogations", "nowhere"])
LEAF = st.fixed_dictionaries(
    {"clause": mostly(KEYS)}, optional={"level": ANYTHING, "condition": CONDITIONS}
)
NODE = mostly(
    st.one_of(
        LEAF,
        st.fixed_dictionaries(
            {"id": mostly(KEYS), "title": mostly(st.just("Prix"))},
            optional={
                "children": mostly(st.lists(LEAF, max_size=2)),
                "numbered": ANYTHING,
                "condition": CONDITIONS,
            },
        ),
        st.fixed_dictionaries({"derogations": ANYTHING}, optional={"title": ANYTHING}),
    )
)
PARTS = mostly(st.lists(NODE, max_size=3))
PROPERTIES = {
    "document": mostly(st.just("RC")),
    "version": mostly(st.integers(1, 3)),
    "phase": mostly(st.just("single")),
    "applies": CONDITIONS,
    "cover": mostly(
        st.fixed_dictionaries({"title": ANYTHING}, optional={"subtitle": ANYTHING})
    ),
    "layout": mostly(st.just("letter")),
    "abstract": ANYTHING,
}
PLACE = st.sampled_from(["after", "before", "into"])
CHANGE = mostly(
    st.one_of(
        st.fixed_dictionaries({"remove": mostly(KEYS)}),
        st.tuples(mostly(KEYS), PLACE, mostly(KEYS)).map(
            lambda c: {"move": c[0], c[1]: c[2]}
        ),
        st.tuples(NODE, PLACE, mostly(KEYS)).map(
            lambda c: {"insert": c[0], c[1]: c[2]}
        ),
        st.fixed_dictionaries({"replace": mostly(KEYS), "with": NODE}),
        st.fixed_dictionaries(
            {
                "change": mostly(KEYS),
                "set": mostly(st.fixed_dictionaries({}, optional={
                    "title": ANYTHING, "level": ANYTHING, "condition": CONDITIONS,
                    "numbered": ANYTHING,
                })),
            }
        ),
    )
)  # fmt: skip
PLANS = st.fixed_dictionaries(
    {"id": mostly(st.just("c")), "title": mostly(st.just("C")), "parts": PARTS},
    optional=PROPERTIES,
)
CHILDREN = st.fixed_dictionaries(
    {
        "id": st.just("d"),
        "title": st.just("D"),
        "extends": mostly(st.just("base")),
        "changes": mostly(st.lists(CHANGE, max_size=4)),
    },
    optional=PROPERTIES,
)
BASE = {
    "id": "base",
    "title": "Socle",
    "parts": [
        {"id": "p", "title": "P", "children": [{"clause": "a"}, {"clause": "b"}]},
        {"derogations": True},
    ],
}
VARIABLE = mostly(
    st.fixed_dictionaries(
        {"name": mostly(st.just("v")), "title": mostly(st.just("V"))},
        optional={
            "type": mostly(st.sampled_from(["date", "choice", "integer", "rows"])),
            "choices": mostly(st.lists(st.fixed_dictionaries(
                {"value": ANYTHING, "title": ANYTHING}), max_size=2)),
            "default": ANYTHING,
            "minimum": ANYTHING,
            "maximum": ANYTHING,
            "condition": CONDITIONS,
            "required": ANYTHING,
            "law": ANYTHING,
        },
    )
)  # fmt: skip
CLAUSES = st.fixed_dictionaries(
    {
        "id": st.just("a"),
        "title": mostly(st.sampled_from(["A", "{v}", "{lot.object}"])),
    },
    optional={
        "text": mostly(st.sampled_from([
            "{v}", "{if v is 3: x}", "{plural:v|a|b}", "{ref:a}", "{v|date}", "**",
            "| A |\n|---{v}|\n| x |", "{if procedure is AOO: {if v filled: {v}}}",
        ])),
        "kind": mostly(st.sampled_from(["optional", "alternative", "free"])),
        "group": mostly(st.just("g")),
        "condition": CONDITIONS,
        "repeat": mostly(st.sampled_from(["lots", "object", "v"])),
        "legal_basis": ANYTHING,
        "derogates": mostly(st.lists(st.fixed_dictionaries(
            {"ccag": mostly(st.just("fcs")), "article": ANYTHING}), max_size=2)),
        "variables": mostly(st.lists(VARIABLE, max_size=2)),
        "valid_from": ANYTHING,
        "valid_until": mostly(st.just("2026-01-01")),
        "version": ANYTHING,
    },
)  # fmt: skip


@given(st.one_of(PLANS, CHILDREN, ANYTHING))
@settings(max_examples=400, deadline=None)
def test_a_canevas_is_read_or_refused_and_never_breaks(data: Any) -> None:
    parents = {"base": BASE}
    with contextlib.suppress(LoadError):
        read = canevas_from_data(data, parents)
        assert canevas_from_data(canevas_to_data(read), parents) == read
    if isinstance(data, dict):
        library = Library([clause_from_data({"id": "a", "title": "A", "text": "x"})])
        assert prove_data(data, parents, library, FORM).findings is not None


@given(CLAUSES)
@settings(max_examples=400, deadline=None)
def test_a_clause_is_read_or_refused_and_never_breaks(data: Any) -> None:
    with contextlib.suppress(LoadError):
        read = clause_from_data(data)
        assert clause_from_data(clause_to_data(read)) == read
        assert prove(canevas("a"), Library([read]), FORM).findings is not None
