"""A clause proposed gets an id that reads as its title."""

import pytest

from sicp.operations.clause.proposal import propose_clause

DATA = {
    "family": "prix",
    "theme": "variation-des-prix",
    "kind": "optional",
    "legal_basis": ["R2112-13"],
    "text": "Un texte.",
}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Œuvres d’art et cœur du marché", "oeuvres-d-art-et-coeur-du-marche"),
        ("Ægide ET ÆDICULE", "aegide-et-aedicule"),
        ("Éclairage à l’été", "eclairage-a-l-ete"),
    ],
)
def test_the_id_of_a_clause_keeps_every_letter_of_its_title(
    site, library, doing, title, name
):
    data = {**DATA, "title": title}
    first = propose_clause(site, data, **doing.by)
    second = propose_clause(site, data, **doing.by)
    assert (first.clause_id, second.clause_id) == (name, f"{name}-2")
