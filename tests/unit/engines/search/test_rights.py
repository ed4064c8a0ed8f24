"""Over random documents and rights, the answers are those of a naive reading."""

import re
from collections import Counter

import pytest
from hypothesis import HealthCheck
from hypothesis import Phase
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.engines.search import Passage
from sicp.engines.search import SearchDocument
from sicp.engines.search import SearchIndex
from sicp.engines.search import Wanted
from sicp.engines.search import digest_of
from sicp.engines.search.analysis import exact_words
from sicp.engines.search.analysis import stems
from sicp.engines.search.correction import distance

WORDS = ("béton", "toiture", "toitures", "cantine", "cantines", "gazon", "gazons")
TOKENS = ("a", "b", "c")
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
passages = st.lists(texts.map(Passage), max_size=2).map(tuple)
rights = st.frozensets(st.sampled_from(TOKENS), max_size=2)


@st.composite
def libraries(draw):
    return [
        SearchDocument(
            id=number,
            kind=draw(st.sampled_from(("clause", "sheet"))),
            title=draw(texts),
            passages=draw(passages),
            hidden_passages=draw(passages),
            allowed=tuple(draw(rights)),
            allowed_detail=tuple(draw(rights)),
            ancestors=tuple(draw(st.frozensets(st.sampled_from((101, 102))))),
            facets={"year": tuple(draw(st.frozensets(st.sampled_from(("1", "2")))))},
        )
        for number in range(1, draw(st.integers(1, 7)) + 1)
    ]


clauses = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(lambda word: f"{word[:3]}*"),
    st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)).map(
        lambda two: f'"{two[0]} {two[1]}"'
    ),
)
questions = st.lists(
    st.tuples(st.booleans(), clauses), max_size=3, unique_by=lambda one: one[1]
)
facet_filters = st.fixed_dictionaries(
    {
        "year": st.frozensets(st.sampled_from(("1", "2"))).map(tuple),
        "kind": st.frozensets(st.sampled_from(("clause", "sheet"))).map(tuple),
    }
)


@st.composite
def askers(draw):
    return Wanted(
        tokens=draw(rights),
        facets=draw(facet_filters),
        under=draw(st.sampled_from((0, 101))),
        excluded_under=draw(st.sampled_from(((), (102,), (1,)))),
        excluded=draw(st.sampled_from(((), (2,)))),
    )


def seen_texts(document, wanted):
    """Return the texts that an asker may see, or none when he sees nothing of it."""
    hidden = {*wanted.excluded_under, *wanted.excluded}
    if document.id in hidden or set(wanted.excluded_under) & set(document.ancestors):
        return None
    card = [document.title, *(part.text for part in document.passages)]
    if set(document.allowed_detail) & wanted.tokens:
        return card + [part.text for part in document.hidden_passages]
    return card if set(document.allowed) & wanted.tokens else None


def has(shown, clause):
    if clause.startswith('"'):
        wanted = [word.form for word in exact_words(clause)]
        rows = [[word.form for word in exact_words(text)] for text in shown]
        return any(row[i : i + 2] == wanted for row in rows for i in range(len(row)))
    if clause.endswith("*"):
        start = exact_words(clause)[0].form
        return any(
            w.form.startswith(start) for text in shown for w in exact_words(text)
        )
    stem = stems(clause)[0].form
    return any(word.form == stem for text in shown for word in stems(text))


def is_kept(document, wanted, without=""):
    values = {"kind": (document.kind,), **document.facets}
    return (not wanted.under or wanted.under in document.ancestors) and all(
        set(values[name]) & set(chosen)
        for name, chosen in wanted.facets.items()
        if chosen and name != without
    )


def naive(documents, wanted, question):
    """Return the documents found, whatever the filters, and whether all words are."""
    must = [clause for is_excluded, clause in question if not is_excluded]
    must = list({stems(c)[0].form if c.isalpha() else c: c for c in must}.values())
    no = [clause for is_excluded, clause in question if is_excluded]
    scores = {}
    for document in documents:
        shown = seen_texts(document, wanted)
        if shown is not None and not any(has(shown, clause) for clause in no):
            scores[document.id] = sum(has(shown, clause) for clause in must)
    kept = {d.id for d in documents if is_kept(d, wanted)}
    most = max((scores[n] for n in scores if n in kept), default=0)
    least = len(must) if most == len(must) or most == 0 else most
    return [d for d in documents if scores.get(d.id, -1) >= least], least < len(must)


def typed(question):
    return " ".join(f"-{clause}" if no else clause for no, clause in question)


def filled(documents):
    index = SearchIndex(None, heap=15_000_000)
    index.replace(documents)
    index.commit(1)
    return index


many = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    # Shrinking makes hundreds of indexes: the first failure says enough.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@many
@given(libraries(), st.lists(st.tuples(askers(), questions), min_size=3, max_size=8))
def test_answers_are_those_of_what_the_asker_may_see(documents, asked):
    with filled(documents) as index:
        for asker, question in asked:
            wanted = Wanted(
                typed(question),
                asker.tokens,
                asker.facets,
                asker.under,
                asker.excluded_under,
                asker.excluded,
            )
            answer = index.search(wanted)
            found, is_partial = naive(documents, wanted, question)
            hits = [d for d in found if is_kept(d, wanted)]
            assert answer.total == len(answer.hits) == len(hits)
            assert {hit.id for hit in answer.hits} == {d.id for d in hits}
            assert answer.is_partial == (is_partial and bool(hits))
            check_counts(answer, wanted, found)
            check_passages(answer, wanted, documents, question)


def check_counts(answer, wanted, found):
    for name in ("kind", "year"):
        counted = Counter()
        for document in found:
            if is_kept(document, wanted, without=name):
                values = {"kind": (document.kind,), **document.facets}
                counted.update(values[name])
        assert {value: n for value, n in answer.facets.get(name, ()) if n} == counted


def forms(clause):
    """Return the stems that make a passage better for a clause."""
    if not clause.endswith("*"):
        return {word.form for word in stems(clause)}
    start = exact_words(clause)[0].form
    return {
        word.form
        for known in WORDS
        if exact_words(known)[0].form.startswith(start)
        for word in stems(known)
    }


def check_passages(answer, wanted, documents, question):
    known = {document.id: document for document in documents}
    words = {form for no, clause in question if not no for form in forms(clause)}
    for hit in answer.hits:
        document = known[hit.id]
        shown = seen_texts(document, wanted)
        passage = "".join(text for text, _ in hit.passage)
        assert not passage or passage in shown[1:]
        best = max(
            (len(words & {w.form for w in stems(text)}) for text in shown[1:]),
            default=0,
        )
        assert bool(words & {w.form for w in stems(passage)}) == bool(best)


@many
@given(libraries(), askers(), st.sampled_from(WORDS), st.randoms(use_true_random=False))
def test_suggestions_and_corrections_come_from_what_is_seen(
    documents, asker, word, chance
):
    wanted = Wanted(
        word[:4],
        asker.tokens,
        excluded_under=asker.excluded_under,
        excluded=asker.excluded,
    )
    seen = [t for d in documents if (t := seen_texts(d, wanted)) is not None]
    vocabulary = Counter(
        form
        for shown in seen
        for form in {w.form for text in shown for w in exact_words(text)}
    )
    start = exact_words(word[:4])[0].form
    with filled(documents) as index:
        suggested = index.suggest(wanted)
        words = {exact_words(one.text)[0].form for one in suggested if not one.id}
        assert words == {form for form in vocabulary if form.startswith(start)}
        assert {one.id for one in suggested if one.id} == {
            d.id
            for d in documents
            if seen_texts(d, wanted) is not None
            and any(w.form.startswith(start) for w in exact_words(d.title))
        }
        at = chance.randrange(len(word))
        check_correction(index, wanted, word[:at] + "x" + word[at:], vocabulary)


def check_correction(index, wanted, mistyped, vocabulary):
    form = exact_words(mistyped)[0].form
    asked = Wanted(
        mistyped,
        wanted.tokens,
        excluded_under=wanted.excluded_under,
        excluded=wanted.excluded,
    )
    mended = index.correct(asked)
    near = {
        known: times
        for known, times in vocabulary.items()
        if distance(known, form) == 1
    } or {
        known: times
        for known, times in vocabulary.items()
        if len(form) >= 8 and known[:3] == form[:3] and distance(known, form) == 2
    }
    if not near:
        assert mended is None
        return

    def unlikelihood(known):
        if re.sub(r"(.)\1+", r"\1", known) == re.sub(r"(.)\1+", r"\1", form):
            return 0
        return 1 if known[0] == form[0] else 2

    expected = min(near, key=lambda known: (unlikelihood(known), -near[known], known))
    assert exact_words(mended)[0].form == expected


@many
@given(st.lists(st.text(max_size=80) | st.text("ab\"-* 'L.12«»()[]:?é", max_size=40)))
def test_no_text_raises(typed_texts):
    with filled([SearchDocument(1, "sheet", "toiture", allowed=("a",))]) as index:
        for text in typed_texts:
            wanted = Wanted(text, frozenset("a"))
            index.search(wanted)
            index.suggest(wanted)
            index.correct(wanted)


@many
@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=30))
def test_any_document_is_taken(title, text, reference):
    document = SearchDocument(
        1, "sheet", title, (Passage(text, title),), ("a",), references=(reference,)
    )
    with filled([document]) as index:
        assert index.search(Wanted("", frozenset("a"))).total == 1
        assert index.digests() == {1: digest_of(document)}


@pytest.mark.parametrize("asked", [Wanted(facets={"colour": ("red",)}), Wanted(size=0)])
def test_what_no_page_asks_is_refused(asked):
    with filled([]) as index, pytest.raises(ValueError, match=r"unknown|page"):
        index.search(asked)
