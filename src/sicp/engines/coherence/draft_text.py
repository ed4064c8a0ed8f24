"""The words of an assembled piece, each with its article."""

from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

from sicp.engines.coherence.piece import TextPassage
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.draft import Heading
from sicp.engines.drafting.draft import Section
from sicp.engines.drafting.draft import inlines_text

_COVER = "couverture"


def passages_of(draft: Draft) -> tuple[TextPassage, ...]:
    """Cut an assembled piece in passages, in reading order."""
    return tuple(_passages(draft))


def _passages(draft: Draft) -> Iterator[TextPassage]:
    if draft.cover is not None:
        yield TextPassage(_COVER, inlines_text(draft.cover.title))
        for text in _texts(draft.cover.blocks):
            yield TextPassage(_COVER, text)
    place, heading = draft.title, ""
    for section in draft.walk():
        if section.level:
            place = heading = _heading(section)
            yield TextPassage(place, heading, heading, True, section.anchor)  # noqa: FBT003
        for text in _texts(section.blocks):
            yield TextPassage(place, text, heading, anchor=section.anchor)


def _heading(section: Section) -> str:
    return f"{section.label} {section.title_text}".strip()


def _texts(blocks: Iterable[Any]) -> Iterator[str]:
    for block in blocks:
        match block:
            case ListBlock():
                yield from _items(block)
            case Table():
                yield from _rows(block)
            case Heading():
                yield f"{block.label} {inlines_text(block.inlines)}".strip()
            case _:
                yield inlines_text(block.inlines)


def _items(block: ListBlock) -> Iterator[str]:
    for item in block.items:
        yield inlines_text(item.inlines)
        for child in item.children:
            yield from _items(child)


def _rows(block: Table) -> Iterator[str]:
    for row in (block.header, *block.rows):
        yield "\t".join(inlines_text(cell.inlines) for cell in row.cells)
