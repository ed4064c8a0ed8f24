"""Clauses and canevas from plain data, and back."""

import pytest
from hypothesis import given
from hypothesis import settings

from sicp.engines.drafting.canevas import Article
from sicp.engines.drafting.canevas import ClauseUse
from sicp.engines.drafting.canevas import DerogationList
from sicp.engines.drafting.canevas import Part
from sicp.engines.drafting.clause import ClauseKind
from sicp.engines.drafting.loader import LoadError
from sicp.engines.drafting.loader import canevas_from_data
from sicp.engines.drafting.loader import canevas_to_data
from sicp.engines.drafting.loader import clause_from_data
from sicp.engines.drafting.loader import clause_to_data
from tests.unit.engines.sample import plans

CLAUSE = {
    "id": "price-revision",
    "title": "Révision des prix",
    "version": 2,
    "family": "prix",
    "theme": "variation",
    "kind": "alternative",
    "group": "price",
    "condition": {"field": "lots_count", "operator": "gt", "value": 1},
    "repeat": "lots",
    "open": True,
    "heading": False,
    "legal_basis": ["R2112-13"],
    "derogates": [{"ccag": "fcs", "article": "10.1"}],
    "note": "À relire.",
    "variables": [
        {
            "name": "month",
            "title": "Mois",
            "type": "choice",
            "required": True,
            "help": "Celui de l’indice.",
            "choices": [{"value": "5", "title": "Mai"}],
            "default": "5",
            "condition": {"field": "lots_count", "operator": "filled"},
        },
        {
            "name": "hours",
            "title": "Heures",
            "type": "integer",
            "minimum": 0,
            "unit": "h",
        },
    ],
    "valid_from": "2026-01-01",
    "owner": "marie",
    "links": [{"title": "Fiche de la DAJ", "url": "https://example.org/fiche"}],
    "text": "Texte.\n",
}
CANEVAS = {
    "id": "rc",
    "title": "Règlement",
    "document": "RC",
    "version": 3,
    "phase": "offer",
    "applies": {"field": "lots_count", "operator": "gt", "value": 1},
    "cover": {"title": "Titre", "subtitle": "Lignes"},
    "parts": [
        {
            "id": "p",
            "title": "Partie",
            "numbered": False,
            "children": [
                {"article": "a", "title": "Article", "children": [{"clause": "x"}]},
            ],
        },
        {"clause": "y", "level": 2, "condition": {"field": "a", "operator": "filled"}},
        {"derogations": True, "title": "Dérogations"},
    ],
}


def test_a_clause_is_read_whole_and_written_back():
    clause = clause_from_data(CLAUSE)
    assert clause.kind is ClauseKind.ALTERNATIVE
    assert clause.is_open
    assert not clause.has_heading
    assert clause.variables[0].meta["default"] == "5"
    assert clause_from_data(clause_to_data(clause)) == clause


def test_a_canevas_is_read_whole_and_written_back():
    canevas = canevas_from_data(CANEVAS)
    part, use, derogations = canevas.parts
    assert isinstance(part, Part)
    assert isinstance(part.children[0], Article)
    assert isinstance(use, ClauseUse)
    assert isinstance(derogations, DerogationList)
    assert canevas_from_data(canevas_to_data(canevas)) == canevas


@given(plans())
@settings(max_examples=25, deadline=None)
def test_any_plan_goes_through_plain_data(plan):
    library, canevas = plan
    assert canevas_from_data(canevas_to_data(canevas)) == canevas
    for clause in library:
        assert clause_from_data(clause_to_data(clause)) == clause


MISTAKES = [
    ({"id": "a"}, "clause « a » : la clé « title » manque"),
    ({"id": "a", "title": "A", "texte": "x"}, "clé inconnue « texte »"),
    ({"id": "a", "title": "A", "kind": "rare"}, "clause « A » : "),
    ({"id": "a", "title": "A", "variables": [{"name": "x"}]}, "variable « x » : "),
    ({"id": "a", "title": "A", "derogates": ["14"]}, "clause « A » : "),
    ({"id": "a", "title": "A", "valid_from": "hier"}, "clause « A » : "),
    ({"id": "Prix", "title": "A"}, "l’identifiant « Prix »"),
    ({"id": "x" * 60, "title": "A"}, "l’identifiant"),
    ("mot", "n’est pas un ensemble de clés et de valeurs"),
]


@pytest.mark.parametrize(("data", "reason"), MISTAKES)
def test_a_clause_ill_written_is_refused_by_its_name(data, reason):
    with pytest.raises(LoadError) as caught:
        clause_from_data(data)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"parts": [{"clause": "a", "niveau": 2}]}, "clé inconnue « niveau »"),
        ({"parts": [{"chapitre": "a"}]}, "clé inconnue « chapitre »"),
        ({"parts": ["a"]}, "n’est pas un ensemble de clés"),
        ({"parts": []}, "la clé « parts » manque"),
        ({"parts": [{"clause": "a", "level": "deux"}]}, "canevas « Règlement »"),
        ({"extends": "autre"}, "il prolonge le canevas « autre », qui n’existe pas"),
    ],
)
def test_a_canevas_ill_written_is_refused_by_its_name(change, reason):
    with pytest.raises(LoadError) as caught:
        canevas_from_data({**CANEVAS, **change})
    assert reason in str(caught.value)
    assert "canevas « Règlement »" in str(caught.value)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "exemple", "https://a b"]
)
def test_a_link_leads_to_an_address_only(url: str) -> None:
    data = {**CLAUSE, "links": [{"title": "Fiche", "url": url}]}
    with pytest.raises(LoadError, match="n’est pas une adresse"):
        clause_from_data(data)
