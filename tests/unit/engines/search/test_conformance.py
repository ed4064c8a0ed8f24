"""Questions and the documents expected: what any engine behind the interface finds."""

import pytest

from sicp.engines.search import Passage
from sicp.engines.search import SearchDocument
from sicp.engines.search import SearchIndex
from sicp.engines.search import Synonyms
from sicp.engines.search import Wanted

EVERYONE = ("everyone",)
TRADE = Synonyms(
    [("AOO", "appel d'offres ouvert"), ("MAPA", "marché à procédure adaptée")]
)


def document(number, title, *passages, **more):
    return SearchDocument(
        id=number,
        kind=more.pop("kind", "practice"),
        title=title,
        passages=tuple(
            one if isinstance(one, Passage) else Passage(one) for one in passages
        ),
        allowed=EVERYONE,
        **more,
    )


CORPUS = (
    document(
        1,
        "Article L2123-1",
        "Une procédure adaptée est une procédure par laquelle l’acheteur définit "
        "librement les modalités de passation du marché.",
        kind="article",
        references=("L2123-1",),
        facets={"year": ("2019",)},
        modified_at=100,
    ),
    document(
        2,
        "Les marchés publics de travaux",
        Passage("Voir l'art. L. 2123-1 du code.", "Sources", "page 1"),
        Passage("Le nettoyage des écoles est à part.", "Exclusions", "page 2"),
        facets={"year": ("2019", "2025"), "body": ("Ville",)},
        ancestors=(90, 80),
        modified_at=300,
    ),
    document(
        3,
        "Œuvre d'art sur un rond-point",
        "La maîtrise d'œuvre et l'exécution des prestations ; directive 2014/24/UE.",
        facets={"year": ("2025",), "body": ("Ville",)},
        ancestors=(90, 81),
        modified_at=200,
    ),
    document(
        4,
        "Consultation 2026-0123",
        "Acheteur 200 067 742 00011, lot de 1 250 000 euros, CPV 45215222-9.",
        references=("2026-0123",),
        kind="consultation",
    ),
    document(
        5,
        "Appel d'offres ouvert",
        "L'appel d'offres ouvert est une procédure formalisée. Décret R.* 2124-2.",
        ancestors=(91,),
    ),
    document(
        6,
        "Pénalités de retard",
        "Les pénalités ne sont pas du droit pénal. Jusqu'à l'expiration du délai, "
        "lorsqu'une offre est remise, l'électricité et la sécurité comptent.",
    ),
)
EXPECTED = [
    ("procedure adaptee", {1}),
    ("PROCÉDURE", {1, 5}),
    ("procédures adaptées", {1}),
    ("marché public", {2}),
    ("marchés publiques", {2}),
    ("travail", {2}),
    ("nettoyer", {2}),
    ("école", {2}),
    ("exécutée", {3}),
    ("oeuvre", {3}),
    ("ŒUVRE", {3}),
    ("l'acheteur", {1, 4}),
    ("l’acheteur", {1, 4}),
    ("acheteur", {1, 4}),
    ("d'acheteurs", {1, 4}),
    ("jusqu'à l'expiration", {6}),
    ("lorsqu'une offre", {5, 6}),
    ("sécurité", {6}),
    ("electricite", {6}),
    ("pénalité", {6}),
    ("rond point", {3}),
    ("rond-point", {3}),
    ("art. L. 2123-1", {1, 2}),
    ("L2123-1", {1, 2}),
    ("l2123-1", {1, 2}),
    ("l'article L.2123-1 du code", {1, 2}),
    ("article L 2123-1 du code de la commande publique", {1, 2}),
    ("L2123*", {1, 2}),
    ("R2124-2", {5}),
    ("R. 2124-2", {5}),
    ("L2123", set()),
    ("2014/24/UE", {3}),
    ("directive 2014/24/ue", {3}),
    ("2026-0123", {4}),
    ("20006774200011", {4}),
    ("200 067 742 00011", {4}),
    ("200067742", {4}),
    ("1250000", {4}),
    ("45215222", {4}),
    ("45215222-9", {4}),
    ("AOO", {5}),
    ("aoo", {5}),
    ('"maîtrise d\'œuvre"', {3}),
    ("« maîtrise d'œuvre »", {3}),
    ('"œuvre maîtrise"', set()),
    ('"offres ouvert"', {5}),
    ("procédure -formalisée", {1}),
    ("procédure -L2123-1", {5}),
    ('procédure -"appel d\'offres"', {1}),
    ("-procédure", {2, 3, 4, 6}),
    ("trav*", {2}),
    ("Pénal*", {6}),
    ("élec*", {6}),
    ("", {1, 2, 3, 4, 5, 6}),
    ("   ", {1, 2, 3, 4, 5, 6}),
]


@pytest.fixture(scope="module")
def index():
    with SearchIndex(None) as index:
        index.replace(CORPUS)
        index.commit(1)
        yield index


def wanted(text, **more):
    return Wanted(text, frozenset(EVERYONE), synonyms=TRADE, **more)


def found(index, text, **more):
    answer = index.search(wanted(text, **more))
    assert answer.total == len(answer.hits)
    return [] if answer.is_partial else [hit.id for hit in answer.hits]


def shown(parts):
    return "".join(f"[{text}]" if marked else text for text, marked in parts)


@pytest.mark.parametrize(("text", "expected"), EXPECTED)
def test_a_question_finds_what_is_expected(index, text, expected):
    assert set(found(index, text)) == expected


@pytest.mark.parametrize("text", ["de la", "n'est", "l'", "?", "-", '""', "« »", "…"])
def test_stop_words_alone_are_told(index, text):
    answer = index.search(wanted(text))
    assert (answer.total, answer.is_void) == (0, True)


def test_the_article_itself_comes_before_those_that_cite_it(index):
    assert found(index, "art. L. 2123-1") == [1, 2]


def test_a_word_of_the_title_weighs_more(index):
    assert found(index, "offre") == [5, 6]


def test_what_is_of_a_lesser_kind_comes_after_what_answers_as_well():
    with SearchIndex(None) as index:
        index.replace(
            (
                document(1, "Avances", kind="folder"),
                document(2, "Verser une avance", "L’avance est due au titulaire."),
                document(3, "Payer", "Le titulaire rembourse l’avance reçue."),
            )
        )
        index.commit(1)
        assert found(index, "avances")[0] == 1
        last = found(index, "avances", lesser_kinds=frozenset(("folder",)))
        assert last == [2, 3, 1]


def test_another_name_in_the_title_weighs_as_much():
    with SearchIndex(None) as index:
        index.replace(
            (
                document(1, "Divers", "Un AOO est annoncé, puis un autre AOO."),
                document(2, "L’appel d’offres ouvert", "Ce que c’est."),
            )
        )
        index.commit(1)
        assert found(index, "AOO") == [2, 1]


def test_when_nothing_has_all_words_those_with_most_of_them_are_told(index):
    answer = index.search(wanted("procédure adaptée zèbre"))
    assert answer.is_partial
    assert [hit.id for hit in answer.hits] == [1]


def test_an_exclusion_holds_in_a_partial_answer(index):
    answer = index.search(wanted("procédure zèbre -formalisée"))
    assert [hit.id for hit in answer.hits] == [1]


def test_the_best_passage_is_shown_with_its_heading_and_page(index):
    hit = index.search(wanted("nettoyer écoles")).hits[0]
    assert shown(hit.passage) == "Le [nettoyage] des [écoles] est à part."
    assert (hit.heading, hit.place) == ("Exclusions", "page 2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L2123-1", "Voir l'art. [L. 2123-1] du code."),
        ("L2123*", "Voir l'art. [L. 2123-1] du code."),
        ('"du code"', "Voir l'art. L. 2123-1 [du] [code]."),
        ("nett*", "Le [nettoyage] des écoles est à part."),
    ],
)
def test_whatever_was_typed_is_marked(index, text, expected):
    hits = {hit.id: hit for hit in index.search(wanted(text)).hits}
    assert shown(hits[2].passage) == expected


def test_the_title_is_marked(index):
    assert shown(index.search(wanted("travail")).hits[0].title) == (
        "Les marchés publics de [travaux]"
    )


def test_orders_are_kept(index):
    assert found(index, "", order="recent")[:3] == [2, 3, 1]
    # Accents and signs do not count: « Œuvre » stands before « Pénalités ».
    assert found(index, "", order="title") == [5, 1, 4, 2, 3, 6]


def test_pages_follow_one_another(index):
    pages = [
        hit.id
        for start in (0, 2, 4, 6)
        for hit in index.search(wanted("", start=start, size=2)).hits
    ]
    assert sorted(pages) == [1, 2, 3, 4, 5, 6]


def test_a_container_holds_the_search_to_what_is_below_it(index):
    assert set(found(index, "", under=90)) == {2, 3}
    assert set(found(index, "", under=80)) == {2}


def test_what_is_being_moved_is_hidden(index):
    assert set(found(index, "", excluded_under=(90,))) == {1, 4, 5, 6}
    assert set(found(index, "", excluded_under=(3, 91))) == {1, 2, 4, 6}


def test_a_container_alone_is_hidden(index):
    everything = set(found(index, ""))
    assert set(found(index, "", excluded=(3, 90))) == everything - {3}


def test_the_counts_of_a_facet_ignore_its_own_filter(index):
    chosen = {"year": ("2025",), "kind": ("practice",)}
    answer = index.search(wanted("", facets=chosen))
    assert {hit.id for hit in answer.hits} == {2, 3}
    assert answer.facets["year"] == (("2025", 2), ("2019", 1))
    assert answer.facets["kind"] == (("practice", 2),)
    assert answer.facets["body"] == (("Ville", 2),)


def test_values_of_one_facet_are_alternatives(index):
    answer = index.search(wanted("", facets={"year": ("2019", "2025", "1066")}))
    assert answer.total == 3
    assert answer.facets["year"] == (("2019", 2), ("2025", 2), ("1066", 0))


def test_suggestions_are_titles_first_then_words(index):
    suggested = index.suggest(wanted("pro"))
    assert [(one.id, shown(one.parts)) for one in suggested] == [(0, "[procédure]")]
    suggested = index.suggest(wanted("les march"))
    assert [(one.id, shown(one.parts)) for one in suggested] == [
        (2, "[Les] [marchés] publics de travaux"),
        (0, "les [marché]"),
        (0, "les [marchés]"),
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("procedrue adaptée", "procédure adaptée"),
        ("netoyage", "nettoyage"),
        ("nettoyagge écoles", "nettoyage écoles"),
        ("expirratoin", "expiration"),
        ("procédure", None),
        ("zzzzzzzz", None),
        ("2026-0124", None),
    ],
)
def test_a_typing_error_is_mended(index, typed, expected):
    assert index.correct(wanted(typed)) == expected
