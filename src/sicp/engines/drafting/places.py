"""Where a clause names a field or one of its variables, told to the person."""

from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from sicp.engines.drafting.blocks import Conditional
from sicp.engines.drafting.blocks import Plural
from sicp.engines.drafting.blocks import Styled
from sicp.engines.drafting.blocks import Text
from sicp.engines.drafting.blocks import Variable
from sicp.engines.drafting.blocks import inlines_of
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.inline_markup import MarkupError
from sicp.engines.drafting.operators import fields_named

_LONGEST_QUOTE = 50


def places_of(clause: Clause, name: str) -> Iterator[str]:
    """Yield each place of ``clause`` that names ``name``, in French.

    A text that cannot be read tells nothing: its own fault is told elsewhere.
    """
    with suppress(MarkupError):
        yield from _text_places(clause, name)
    if name in fields_named(clause.condition):
        yield "dans la condition de la clause"
    for variable in clause.variables:
        if name in fields_named(variable.applies_when):
            yield f"dans la condition de la question « {french(variable.title)} »"


def _text_places(clause: Clause, name: str) -> Iterator[str]:
    if name in _names(clause.heading):
        yield "dans le titre"
    for rank, block in enumerate(clause.blocks, start=1):
        runs = tuple(inlines_of(block))
        if any(name in _names(run) for run in runs):
            quote = _quoted(" ".join(_words(run) for run in runs))
            yield f"dans le texte, au paragraphe {rank} (« {quote} »)"


def _names(inlines: Iterable[Any]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Variable() | Plural():
                yield inline.name
            case Conditional():
                yield inline.field
                yield from _names(inline.inlines)
            case Styled():
                yield from _names(inline.inlines)


def _words(inlines: Iterable[Any]) -> str:
    said = []
    for inline in inlines:
        match inline:
            case Text():
                said.append(inline.text)
            case Conditional() | Styled():
                said.append(_words(inline.inlines))
            case _:
                said.append("…")
    return "".join(said)


def _quoted(text: str) -> str:
    if len(text) <= _LONGEST_QUOTE:
        return text
    return text[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + "…"
