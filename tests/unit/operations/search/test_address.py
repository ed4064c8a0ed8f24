"""An address says a question, and what it says is read back."""

from urllib.parse import parse_qsl
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from sicp.operations.search.address import FACET_NAMES
from sicp.operations.search.address import NAME_OF_FACET
from sicp.operations.search.address import ORDERS
from sicp.operations.search.address import is_asking
from sicp.operations.search.address import read_address
from sicp.operations.search.address import write_address
from sicp.operations.search.asking import SearchWanted

_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1
)
_VALUES = st.lists(_WORDS.map(lambda text: text[:50]), min_size=1, unique=True)
_WANTED = st.builds(
    SearchWanted,
    text=st.lists(_WORDS, max_size=5).map(lambda words: " ".join(words)[:300].strip()),
    facets=st.dictionaries(
        st.sampled_from(sorted(NAME_OF_FACET)),
        _VALUES.map(lambda values: tuple(values[:20])),
    ),
    under=st.integers(-(2**62), 2**62),
    order=st.sampled_from(sorted(ORDERS.values())),
    as_typed=st.booleans(),
)


@given(_WANTED)
def test_what_is_written_is_read_back(wanted) -> None:
    address = urlencode(write_address(wanted))
    assert read_address(parse_qsl(address)) == wanted


@given(st.lists(st.tuples(st.sampled_from([*FACET_NAMES, "q", "page"]), st.text())))
def test_anything_is_read(pairs) -> None:
    wanted = read_address(pairs)
    assert 1 <= wanted.page <= 9_999
    assert len(wanted.text) <= 300
    assert read_address(write_address(wanted)).facets == wanted.facets


def test_what_means_nothing_is_left_out() -> None:
    wanted = read_address(
        [("q", "\x00 a \u200b b"), ("tri", "x"), ("dans", "--2"), ("autre", "1")]
    )
    assert wanted == SearchWanted("a b")
    assert not is_asking(read_address([("page", "3"), ("nature", " ")]))
    assert is_asking(read_address([("nature", "clause")]))
