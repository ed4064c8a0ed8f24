"""References are whole tokens, however they are written."""

import pytest

from sicp.engines.search.reference import find_references
from sicp.engines.search.reference import tokens_of_identifier


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("art. L. 2123-1", ["l2123-1"]),
        ("L2123-1 et R.2123-4", ["l2123-1", "r2123-4"]),
        ("R.* 2123-4", ["r2123-4"]),
        ("R*2123-4", ["r2123-4"]),
        ("L 2123-1", ["l2123-1"]),
        ("L.\u00a02123\u20111", ["l2123-1"]),
        ("L.O. 1112-1", ["lo1112-1"]),
        ("2026-0123", ["2026-0123"]),
        ("2014/24/UE", ["2014/24/ue"]),
        ("loi n° 2018-1074", ["2018-1074"]),
        ("200 067 742 00011", ["20006774200011", "200067742"]),
        ("45215222-9", ["45215222"]),
        ("1\u202f250\u202f000 euros", ["1250000"]),
        ("40 000 €", ["40000"]),
        ("lot 5 de 2026", []),
        ("L 5, à 20 jours, d 3", []),
        ("sous-traitance", []),
    ],
)
def test_references_are_found_in_a_text(text, tokens):
    found = [token for one in find_references(text) for token in one.tokens]
    assert found == tokens


def test_a_reference_tells_where_it_stands():
    text = "selon l'art. L. 2123-1 du code"
    (found,) = find_references(text)
    assert text[found.start : found.end] == "L. 2123-1"


def test_an_identifier_of_no_known_form_is_one_token():
    assert tokens_of_identifier("MAPA Ville 12") == ("mapaville12",)
