"""The live preview: a draft as an HTML fragment, every word escaped.

Each section carries ``data-clause`` and an ``id`` (its anchor), each value the name of
the field it comes from, so that the page may lead from a word to its question.
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import Row
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.draft import Blank
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.draft import DraftCover
from sicp.engines.drafting.draft import Heading
from sicp.engines.drafting.draft import Inline
from sicp.engines.drafting.draft import Inlines
from sicp.engines.drafting.draft import Link
from sicp.engines.drafting.draft import Run
from sicp.engines.drafting.draft import Section

DEEPEST_HEADING = 6


def render(draft: Draft, *, first_heading: int = 2) -> str:
    """Return the document as HTML; level 1 is ``<h2>`` unless told otherwise."""
    return _Page(first_heading).document(draft)


def render_section(section: Section, *, first_heading: int = 2) -> str:
    """Return one section and what it holds, to refresh a part of the page."""
    return _Page(first_heading).section(section)


class _Page:
    """One rendering; it only knows where the headings of the page begin."""

    def __init__(self, first_heading: int) -> None:
        self._first_heading = first_heading

    def document(self, draft: Draft) -> str:
        cover = self._cover(draft.cover) if draft.cover else ""
        return cover + "".join(self.section(section) for section in draft.sections)

    def section(self, section: Section) -> str:
        heading = self._heading(section.level, section.label, section.title)
        content = self._blocks(section.blocks)
        children = "".join(self.section(child) for child in section.children)
        return (
            f'<section id="{escape(section.anchor)}" class="{_classes(section)}"'
            f"{_clause_data(section)}>{heading}{content}{children}</section>"
        )

    def _cover(self, cover: DraftCover) -> str:
        title = _inlines(cover.title)
        return (
            f'<header class="draft-cover"><p class="draft-cover-title">{title}</p>'
            f"{self._blocks(cover.blocks)}</header>"
        )

    def _heading(
        self, level: int, label: str, inlines: Inlines, anchor: str = ""
    ) -> str:
        if not level:
            return ""
        rank = min(level + self._first_heading - 1, DEEPEST_HEADING)
        said = f'<span class="draft-number">{escape(label)}</span> ' if label else ""
        name = f' id="{escape(anchor)}"' if anchor else ""
        return f"<h{rank}{name}>{said}{_inlines(inlines)}</h{rank}>"

    def _blocks(self, blocks: Iterable[Any]) -> str:
        return "".join(self._block(block) for block in blocks)

    def _block(self, block: Any) -> str:  # noqa: ANN401
        match block:
            case Paragraph():
                return f"<p>{_inlines(block.inlines)}</p>"
            case ListBlock():
                return _list(block)
            case Table():
                return _table(block)
            case Heading():
                return self._heading(
                    block.level, block.label, block.inlines, block.anchor
                )
        message = f"no rendering for {block!r}"
        raise TypeError(message)


def _classes(section: Section) -> str:
    local = " draft-local" if section.trace and section.trace.is_local else ""
    return f"draft-{section.kind}{local}"


def _clause_data(section: Section) -> str:
    if section.trace is None:
        return ""
    clause, occurrence = section.trace.clause_id, section.trace.occurrence
    return f' data-clause="{escape(clause)}" data-occurrence="{occurrence}"'


def _list(block: ListBlock) -> str:
    tag = "ol" if block.is_ordered else "ul"
    items = "".join(
        f"<li>{_inlines(item.inlines)}{''.join(map(_list, item.children))}</li>"
        for item in block.items
    )
    return f"<{tag}>{items}</{tag}>"


def _table(block: Table) -> str:
    head = _row(block.header, '<th scope="col">', "</th>")
    body = "".join(_row(row, "<td>", "</td>") for row in block.rows)
    return (
        '<div class="draft-table" tabindex="0"><table>'
        f"<thead>{head}</thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: Row, opening: str, closing: str) -> str:
    cells = "".join(f"{opening}{_inlines(c.inlines)}{closing}" for c in row.cells)
    return f"<tr>{cells}</tr>"


def _inlines(inlines: Inlines) -> str:
    return "".join(_inline(inline) for inline in inlines)


def _inline(inline: Inline) -> str:
    said = escape(inline.text).replace("\n", "<br>")
    match inline:
        case Blank():
            name = escape(inline.name)
            said = f'<mark class="draft-blank" data-field="{name}">{said}</mark>'
        case Link():
            said = f'<a class="draft-link" href="#{escape(inline.anchor)}">{said}</a>'
        case Run(source=source) if source:
            name = escape(source)
            said = f'<span class="draft-value" data-field="{name}">{said}</span>'
    if inline.is_italic:
        said = f"<em>{said}</em>"
    return f"<strong>{said}</strong>" if inline.is_bold else said
