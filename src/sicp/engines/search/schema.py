"""The fields of the index, and how a document fills them.

An object is one *entry* for whoever sees its card, another for whoever sees its detail
when it hides something; an asker meets one of the two. Everything that is found,
counted or suggested comes from entries. Passages stand apart, never found by
themselves: they show where in the object the words are.
"""

import json
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

import tantivy

from sicp.engines.search.analysis import EXACT
from sicp.engines.search.analysis import STEMMED
from sicp.engines.search.analysis import exact_words
from sicp.engines.search.document import FACETS
from sicp.engines.search.document import Passage
from sicp.engines.search.document import SearchDocument
from sicp.engines.search.document import all_facets
from sicp.engines.search.document import clean
from sicp.engines.search.document import digest_of
from sicp.engines.search.document import pieces_of
from sicp.engines.search.document import readers_of
from sicp.engines.search.document import standing_of
from sicp.engines.search.reference import tokens_in
from sicp.engines.search.reference import tokens_of_identifier

#: Values of the field ``tier``.
CHECKPOINT, CARD, DETAIL, PASSAGE = range(4)
_INTEGERS = frozenset(
    (
        "object",
        "tier",
        "ancestors",
        "sources",
        "shown_in",
        "shown_in_detail",
        "digest",
        "standing",
        "readers",
        "modified_at",
    )
)
#: Signs of a title that count for its order.
_TITLE_KEY_LENGTH = 80


def build_schema() -> tantivy.Schema:
    """Declare the fields; their names and analysers tell an old index from ours."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("object", indexed=True, fast=True)
    builder.add_integer_field("tier", indexed=True, fast=True)
    builder.add_integer_field("ancestors", indexed=True)
    builder.add_integer_field("sources", indexed=True)
    builder.add_integer_field("shown_in", indexed=True)
    builder.add_integer_field("shown_in_detail", indexed=True)
    builder.add_integer_field("digest", fast=True)
    builder.add_integer_field("standing", fast=True)
    builder.add_integer_field("readers", fast=True)
    builder.add_integer_field("modified_at", fast=True)
    builder.add_bytes_field("shown", stored=True)
    builder.add_text_field("text", tokenizer_name=STEMMED)
    builder.add_text_field("exact", tokenizer_name=EXACT)
    builder.add_text_field("title", tokenizer_name=STEMMED)
    builder.add_text_field("title_exact", tokenizer_name=EXACT)
    builder.add_text_field("passage", tokenizer_name=STEMMED, index_option="freq")
    for name in ("refs", "own_refs", "allowed", "superseded"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("title_key", *map(facet_field, FACETS)):
        builder.add_text_field(
            name, tokenizer_name="raw", index_option="basic", fast=True
        )
    return builder.build()


def facet_field(name: str) -> str:
    """Return the field of a facet."""
    return f"facet_{name}"


def passages_field(tier: int) -> str:
    """Return the field in which the passages of one tier name their object.

    Two fields, for numbers of objects take all of the 64 bits that a field has.
    """
    return "shown_in_detail" if tier == DETAIL else "shown_in"


def checkpoint_of(number: int, note: object) -> tantivy.Document:
    """Make the document that tells up to where the index follows its source."""
    return _filled(tier=[CHECKPOINT], shown=[_told([number, note])])


def parts_of(document: SearchDocument) -> Iterator[tantivy.Document]:
    """Make the entries and the passages of a document."""
    shown = [piece for part in document.passages for piece in pieces_of(part)]
    hidden = [piece for part in document.hidden_passages for piece in pieces_of(part)]
    card, detail = document.allowed, document.allowed_detail
    if hidden:
        yield _entry(document, CARD, shown, allowed=card, superseded=detail)
        yield _entry(document, DETAIL, (*shown, *hidden), allowed=detail)
    else:
        yield _entry(document, CARD, shown, allowed=dict.fromkeys((*card, *detail)))
    yield from (_passage(document, piece, CARD) for piece in shown)
    yield from (_passage(document, piece, DETAIL) for piece in hidden)


def told_by(document: tantivy.Document) -> Any:
    """Read back what a document of the index shows."""
    return json.loads(bytes(document.get_first("shown") or b"null"))


def _entry(
    document: SearchDocument,
    tier: int,
    passages: Iterable[Passage],
    **rights: Iterable[str],
) -> tantivy.Document:
    title = clean(document.title)
    own = [clean(identifier) for identifier in document.references]
    texts = [title, *own]
    for part in passages:
        texts += [part.heading, part.text] if part.heading else [part.text]
    facets = all_facets(document)
    return _filled(
        object=[document.id],
        tier=[tier],
        ancestors=document.ancestors,
        sources=document.sources if tier == CARD else (),
        digest=[digest_of(document)],
        standing=[standing_of(document)],
        readers=[readers_of(document)],
        modified_at=[document.modified_at],
        shown=[_told(title)],
        text=[*texts, *document.also],
        exact=[*texts, *document.also],
        title=[title],
        title_exact=[title],
        refs=_references((title, *texts[1 + len(own) :]), own),
        own_refs=_references((), own),
        title_key=[_title_key(title)],
        **{facet_field(name): list(map(clean, facets[name])) for name in facets},
        **rights,
    )


def _passage(document: SearchDocument, passage: Passage, tier: int) -> tantivy.Document:
    texts = [passage.heading, passage.text] if passage.heading else [passage.text]
    return _filled(
        object=[document.id],
        tier=[PASSAGE],
        ancestors=document.ancestors,
        **{passages_field(tier): [document.id]},
        shown=[_told([passage.text, passage.heading, passage.place])],
        passage=texts,
        refs=_references(texts, ()),
    )


def _references(texts: Iterable[str], identifiers: Iterable[str]) -> list[str]:
    found = [token for text in texts for token in tokens_in(text)]
    for identifier in identifiers:
        found += tokens_of_identifier(identifier)
    return list(dict.fromkeys(found))


def _title_key(title: str) -> str:
    return " ".join(word.form for word in exact_words(title[:_TITLE_KEY_LENGTH]))


def _told(what: object) -> bytes:
    return json.dumps(what, ensure_ascii=False).encode()


def _filled(**fields: Iterable[Any]) -> tantivy.Document:
    document = tantivy.Document()
    for name, values in fields.items():
        add = document.add_text
        if name in _INTEGERS:
            add = document.add_integer  # type: ignore[assignment]
        elif name == "shown":
            add = document.add_bytes  # type: ignore[assignment]
        for value in values:
            add(name, value)
    return document
