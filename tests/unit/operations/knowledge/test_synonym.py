"""Groups of words that mean the same are kept by those who manage the base."""

import pytest

from sicp.catalog.words import fold
from sicp.engines.search import Synonyms
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.exceptions import StateError
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.synonym import MOST_EXPRESSIONS
from sicp.operations.knowledge.synonym import SynonymGroup
from sicp.operations.knowledge.synonym import add_synonyms
from sicp.operations.knowledge.synonym import change_synonyms
from sicp.operations.knowledge.synonym import load_synonyms
from sicp.operations.knowledge.synonym import missing_groups
from sicp.operations.knowledge.synonym import remove_synonyms
from sicp.operations.knowledge.synonym import shipped_groups
from sicp.operations.knowledge.synonym import synonym_groups

NOBODY = Actor("someone", "", frozenset({"system.Authenticated"}))


def entries(site):
    """Return the acts that the journal holds, with what they tell."""
    return [(e["action"], e["details"]) for e in site["journal"].newest(3)]


def test_a_new_site_has_the_shipped_groups(site) -> None:
    assert {group.expressions for group in synonym_groups(site)} == set(
        shipped_groups()
    )
    assert missing_groups(site) == []


def test_shipped_groups_are_groups_that_widen_a_question() -> None:
    every = [fold(text) for group in shipped_groups() for text in group]
    assert len(every) == len(set(every))
    for group in shipped_groups():
        alone = Synonyms([group])
        # A sigle that is only a stop word would widen nothing.
        assert len(alone._equals) - len(Synonyms()._equals) >= 1, group
        assert 2 <= len(group) <= MOST_EXPRESSIONS


def test_a_group_is_added_and_told(site, doing) -> None:
    typed = ["  Espaces   verts ", "jardins publics", "", "espaces VERTS"]
    group = add_synonyms(site, typed, **doing.by)
    assert group == SynonymGroup("espaces-verts", ("espaces VERTS", "jardins publics"))
    assert group in synonym_groups(site)
    told = {"before": "", "after": "espaces VERTS = jardins publics"}
    assert entries(site)[0] == ("synonyms-added", told)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([], "synonyms-count"),
        (["seul"], "synonyms-count"),
        (["Été", "ete"], "synonyms-count"),
        ([f"mot {n}" for n in range(MOST_EXPRESSIONS + 1)], "synonyms-count"),
        (["mot", "x" * 81], "synonym-wrong"),
        (["mot", "?!"], "synonym-wrong"),
        (["aoo", "offre"], "synonym-taken"),
    ],
)
def test_what_is_no_group_is_refused(site, doing, typed, said) -> None:
    before = synonym_groups(site)
    with pytest.raises(InvalidInputError) as refusal:
        add_synonyms(site, typed, **doing.by)
    assert (refusal.value.message, refusal.value.field) == (said, "expressions")
    assert synonym_groups(site) == before


def test_a_group_is_changed_only_from_what_was_read(site, doing) -> None:
    group = add_synonyms(site, ["alpha", "beta"], **doing.by)
    change_synonyms(site, group.key, ["alpha", "gamma"], group.expressions, **doing.by)
    with pytest.raises(EditConflictError):
        change_synonyms(site, group.key, ["alpha"], group.expressions, **doing.by)
    assert SynonymGroup(group.key, ("alpha", "gamma")) in synonym_groups(site)
    told = {"before": "alpha = beta", "after": "alpha = gamma"}
    assert ("synonyms-changed", told) in entries(site)


def test_a_group_is_removed_once(site, doing) -> None:
    group = add_synonyms(site, ["alpha", "beta"], **doing.by)
    remove_synonyms(site, group.key, **doing.by)
    assert group not in synonym_groups(site)
    with pytest.raises(StateError):
        remove_synonyms(site, group.key, **doing.by)


def test_shipped_groups_come_back_where_the_site_knows_none_of_their_words(
    site, doing
) -> None:
    for key in ("aoo", "dce"):
        remove_synonyms(site, key, **doing.by)
    add_synonyms(site, ["DCE", "cahier"], **doing.by)
    assert load_synonyms(site, **doing.by) == 1
    titles = [group.title for group in synonym_groups(site)]
    assert "AOO = appel d’offres ouvert" in titles
    assert "DCE = cahier" in titles
    assert load_synonyms(site, **doing.by) == 0


def test_nobody_else_changes_them(site, doing) -> None:
    by = {**doing.by, "actor": NOBODY}
    for change in (
        lambda: add_synonyms(site, ["alpha", "beta"], **by),
        lambda: change_synonyms(site, "aoo", ["alpha", "beta"], (), **by),
        lambda: remove_synonyms(site, "aoo", **by),
        lambda: load_synonyms(site, **by),
    ):
        with pytest.raises(NotAllowedError):
            change()
