"""What the address of a result asks, so that it leads a colleague to the same one.

The names are French, because people read addresses. What an address says that means
nothing is left out: a link of last year still answers.
"""

from collections.abc import Iterable
from collections.abc import Mapping

from sicp.engines.search import Order
from sicp.operations.search.asking import SearchWanted

#: The facet that each name of an address filters on.
FACET_NAMES = {
    "nature": "kind",
    "dossier": "folder",
    "etat": "state",
    "annee": "year",
    "organisme": "body",
    "direction": "direction",
    "procedure": "procedure",
    "cpv": "cpv",
}
NAME_OF_FACET = {facet: name for name, facet in FACET_NAMES.items()}
#: Orders by the name an address gives them; the first one is not said.
ORDERS: Mapping[str, Order] = {
    "pertinence": "relevance",
    "recent": "recent",
    "titre": "title",
}
LONGEST_TEXT = 300
_LONGEST_VALUE = 100
_MOST_VALUES = 20
#: Numbers of objects are below zero as often as above.
_MOST_DIGITS = 19
_LAST_PAGE = 9_999

Pairs = tuple[tuple[str, str], ...]


def read_address(pairs: Iterable[tuple[str, str]]) -> SearchWanted:
    """Read what an address asks."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)
    return SearchWanted(
        text=_said(_last(given, "q"))[:LONGEST_TEXT],
        facets=_facets(given),
        under=_number(_last(given, "dans"), 0),
        order=ORDERS.get(_last(given, "tri"), "relevance"),
        page=min(max(1, _number(_last(given, "page"), 1)), _LAST_PAGE),
        as_typed=_last(given, "tel-quel") == "1",
    )


def write_address(wanted: SearchWanted) -> Pairs:
    """Write what an address must ask; the page is left out."""
    orders = {order: name for name, order in ORDERS.items()}
    return (
        *((("q", wanted.text),) if wanted.text else ()),
        *((("dans", str(wanted.under)),) if wanted.under else ()),
        *(
            (NAME_OF_FACET[facet], value)
            for facet, values in sorted(wanted.facets.items())
            for value in values
        ),
        *((("tri", orders[wanted.order]),) if wanted.order != "relevance" else ()),
        *((("tel-quel", "1"),) if wanted.as_typed else ()),
    )


def is_asking(wanted: SearchWanted) -> bool:
    """Tell whether anything is asked at all."""
    return bool(wanted.text or wanted.facets or wanted.under)


def _facets(given: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    found = {}
    for name, facet in FACET_NAMES.items():
        said = (_said(value) for value in given.get(name, ()))
        values = dict.fromkeys(v for v in said if v and len(v) <= _LONGEST_VALUE)
        if values:
            found[facet] = tuple(values)[:_MOST_VALUES]
    return found


def _last(given: Mapping[str, list[str]], name: str) -> str:
    return given.get(name, [""])[-1]


def _said(value: str) -> str:
    """Take away what is seen by no one, and spaces at the ends."""
    seen = (sign if sign.isprintable() else " " for sign in value)
    return " ".join("".join(seen).split())


def _number(value: str, otherwise: int) -> int:
    digits = value.removeprefix("-")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    return int(value) if is_number else otherwise
