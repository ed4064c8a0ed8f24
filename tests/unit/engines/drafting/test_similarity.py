"""Near-duplicates of a clause are found among thousands, quickly."""

import random
import time

import pytest

from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.similarity import SimilarityIndex
from sicp.engines.drafting.similarity import nearest
from sicp.engines.drafting.similarity import stems

PENALTY = """\
Lorsque le titulaire dépasse le délai d’exécution de {duration_months}, il encourt une
pénalité de **{penalty_rate}** par jour de retard, sans mise en demeure préalable.
"""
TEXTS = {
    "penalties": PENALTY,
    "price": "Les prix sont révisés chaque année selon la formule {formula}.",
    "insurance": "Le titulaire souscrit une assurance de responsabilité civile.",
    "empty": "",
}
LIBRARY = Library([Clause(name, name, text) for name, text in TEXTS.items()])


def test_the_same_text_scores_one():
    name, score = nearest(PENALTY, LIBRARY)[0]
    assert (name, score) == ("penalties", 1.0)


def test_another_wording_of_the_same_clause_comes_first():
    text = (
        "Si le titulaire dépasse les délais d'exécution, il encourra sans mise en "
        "demeure préalable des pénalités de 50 € par jour de retard."
    )
    found = nearest(text, LIBRARY)
    assert found[0][0] == "penalties"
    assert 0.4 < found[0][1] < 1


def test_what_has_no_word_in_common_is_not_told():
    assert nearest("Bonjour", LIBRARY) == []
    assert nearest("", LIBRARY) == []


def test_the_order_of_words_counts():
    index = SimilarityIndex({"a": "le prix ferme et le délai court", "b": "autre"})
    ((_, same),) = index.nearest("le prix ferme et le délai court")
    ((_, mixed),) = index.nearest("le délai ferme et le prix court")
    assert mixed < same == 1.0


def test_accents_case_ligatures_and_endings_cost_little():
    assert stems("Les ŒUVRES") == stems("l’oeuvre")
    assert stems("délais d'exécution") == stems("DÉLAI d’EXÉCUTION")


def test_words_inside_tests_and_plurals_count_but_not_their_fields():
    text = "{if is_allotted is true: chaque lot} {plural:lots|le lot|les lots} {object}"
    assert set(stems(text)) == {"chaqu", "lot"}


@pytest.mark.parametrize("limit", [1, 3])
def test_no_more_than_asked_is_told(limit):
    assert len(nearest("le titulaire prix assurance délai", LIBRARY, limit)) == limit


def test_five_thousand_clauses_answer_in_a_moment():
    chance = random.Random(7)
    words = [f"{a}{b}{c}" for a in "bcdfglmprst" for b in "aeiou" for c in "lmnrst"]
    texts = {f"clause-{i}": " ".join(chance.choices(words, k=120)) for i in range(5000)}
    started = time.perf_counter()
    index = SimilarityIndex(texts)
    print(f"\n5000 clauses made ready: {time.perf_counter() - started:.1f} s")
    asked = texts["clause-4321"].replace("bal", "autre")
    started = time.perf_counter()
    found = index.nearest(asked, 10)
    spent = time.perf_counter() - started
    print(f"\n5000 clauses: {spent * 1000:.0f} ms")
    assert found[0][0] == "clause-4321"
    assert spent < 2
