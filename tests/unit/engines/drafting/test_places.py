"""Where a clause names a variable, told to the person who wants to remove it."""

from sicp.engines.drafting.loader import clause_from_data
from sicp.engines.drafting.places import places_of

CLAUSE = clause_from_data(
    {
        "id": "visit",
        "title": "Visite de {site}",
        "condition": {"field": "hours", "operator": "filled"},
        "variables": [
            {"name": "site", "title": "Site"},
            {
                "name": "hours",
                "title": "Heures",
                "condition": {"field": "site", "operator": "filled"},
            },
        ],
        "text": "Rien.\n\nLa visite de **{site}** {if site filled: dure {hours}}.",
    }
)


def test_every_place_is_told() -> None:
    assert list(places_of(CLAUSE, "site")) == [
        "dans le titre",
        "dans le texte, au paragraphe 2 (« La visite de … dure …. »)",
        "dans la condition de la question « Heures »",
    ]


def test_the_condition_of_the_clause_is_a_place() -> None:
    assert "dans la condition de la clause" in list(places_of(CLAUSE, "hours"))


def test_a_name_that_nothing_says_has_no_place() -> None:
    assert list(places_of(CLAUSE, "unknown")) == []


def test_a_text_that_cannot_be_read_has_no_place() -> None:
    broken = clause_from_data({"id": "a", "title": "A", "text": "{site"})
    assert list(places_of(broken, "site")) == []
