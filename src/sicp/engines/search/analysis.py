"""French words: accents folded first, then stemmed; elisions and stop words fall.

In this order an accentless word finds its accented form each time; in the other one it
does for three in four, and « pénalité » becomes « pénal ».
"""

from functools import cache
from typing import NamedTuple

import tantivy

from sicp.engines.search.document import clean

#: Part of the names of the analysers, hence of the schema: an index that was analysed
#: otherwise is not opened. To be raised with any change of what a text becomes.
VERSION = 1
STEMMED = f"french_stems_{VERSION}"
EXACT = f"folded_words_{VERSION}"
#: Words that say nothing of what is looked for, without accents.
STOP_WORDS = frozenset(
    [
        "a",
        "ai",
        "au",
        "aux",
        "avec",
        "c",
        "ce",
        "ceci",
        "cela",
        "celle",
        "celles",
        "celui",
        "ces",
        "cet",
        "cette",
        "ceux",
        "chez",
        "comme",
        "d",
        "dans",
        "de",
        "des",
        "desquelles",
        "desquels",
        "donc",
        "dont",
        "du",
        "duquel",
        "elle",
        "elles",
        "en",
        "es",
        "est",
        "et",
        "etait",
        "etaient",
        "etant",
        "etre",
        "eu",
        "eux",
        "furent",
        "fut",
        "il",
        "ils",
        "j",
        "jusqu",
        "l",
        "la",
        "laquelle",
        "le",
        "lequel",
        "les",
        "lesquelles",
        "lesquels",
        "leur",
        "leurs",
        "lorsqu",
        "lorsque",
        "lui",
        "m",
        "ma",
        "mais",
        "me",
        "meme",
        "memes",
        "mes",
        "mon",
        "n",
        "ne",
        "ni",
        "nos",
        "notre",
        "nous",
        "on",
        "ont",
        "or",
        "ou",
        "par",
        "pas",
        "plus",
        "pour",
        "puisqu",
        "puisque",
        "qu",
        "quand",
        "que",
        "quel",
        "quelle",
        "quelles",
        "quels",
        "qui",
        "quoi",
        "quoiqu",
        "s",
        "sa",
        "sans",
        "se",
        "sera",
        "seront",
        "ses",
        "si",
        "soient",
        "soit",
        "son",
        "sont",
        "sur",
        "t",
        "ta",
        "te",
        "tes",
        "ton",
        "tu",
        "un",
        "une",
        "vos",
        "votre",
        "vous",
        "y",
    ]
)


class Word(NamedTuple):
    """A word of a text: its folded or stemmed form, its rank, and where it stands."""

    form: str
    rank: int
    start: int
    end: int


@cache
def stemmed() -> tantivy.TextAnalyzer:
    """Return the analyser by which words are found."""
    return (
        _folded()
        .filter(tantivy.Filter.custom_stopword(sorted(STOP_WORDS)))
        .filter(tantivy.Filter.stemmer("french"))
        .build()
    )


@cache
def exact() -> tantivy.TextAnalyzer:
    """Return the analyser of phrases, prefixes, suggestions and corrections."""
    return _folded().build()


def register(index: tantivy.Index) -> None:
    """Tell an index the analysers that its schema names."""
    index.register_tokenizer(STEMMED, stemmed())
    index.register_tokenizer(EXACT, exact())


def exact_words(text: str) -> list[Word]:
    """Cut a text into its words, accents folded, stop words kept."""
    return _words(exact(), text)


def stems(text: str) -> list[Word]:
    """Cut a text into the stems by which it is found, stop words left out."""
    return _words(stemmed(), text)


def stem_of(word: str) -> str:
    """Return the stem of one word, or nothing for a stop word."""
    found = stemmed().analyze(clean(word))
    return found[0] if found else ""


def _words(analyser: tantivy.TextAnalyzer, text: str) -> list[Word]:
    return [
        Word(token.text, token.position, token.char_offset_from, token.char_offset_to)
        for token in analyser.pre_tokenize(text).tokens
    ]


def _folded() -> tantivy.TextAnalyzerBuilder:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )
