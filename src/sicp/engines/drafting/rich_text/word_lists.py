"""The lists of Word: paragraphs that bear a level and a mark, best effort."""

import re
from dataclasses import dataclass
from dataclasses import replace

from sicp.engines.drafting.blocks import Inlines
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import ListItem
from sicp.engines.drafting.blocks import Text
from sicp.engines.drafting.rich_text.canonical import merged_lists
from sicp.engines.drafting.rich_text.page import Element
from sicp.engines.drafting.rich_text.page import style_of

_CLASS = "MsoListParagraph"
_LEVEL = re.compile(r"\blevel([1-9])\b")
_NUMBER = re.compile(r"\s*\(?(?:[0-9]{1,3}|[a-z]|[ivxlc]{1,6})[.)]", re.IGNORECASE)
#: The mark itself, when Word did not set it apart.
_MARK = re.compile(
    r"\s*(?:[·•▪◦§–—-]|o(?=\s\s)|\(?(?:[0-9]{1,3}|[a-zA-Z]|[ivxlc]{1,6})[.)])\s+"
)


@dataclass(frozen=True, slots=True)
class WordItem:
    """One paragraph of a list of Word, at a level from 1."""

    level: int
    is_ordered: bool
    is_marked: bool
    inlines: Inlines = ()

    def with_inlines(self, inlines: Inlines) -> "WordItem":
        """Return the item with its words, without the mark written among them."""
        first = inlines[0] if inlines else None
        mark = _MARK.match(first.text) if isinstance(first, Text) else None
        if self.is_marked or mark is None or not isinstance(first, Text):
            return replace(self, inlines=inlines)
        rest = first.text[mark.end() :]
        kept = (Text(rest), *inlines[1:]) if rest else inlines[1:]
        is_ordered = _NUMBER.match(mark.group()) is not None
        return replace(self, is_ordered=is_ordered, inlines=kept)


def word_item(element: Element) -> WordItem | None:
    """Return the item a paragraph of Word begins, without words; None for none."""
    said = style_of(element).get("mso-list", "")
    level = _LEVEL.search(said)
    if said == "none" or (
        level is None and not (element.get("class") or "").startswith(_CLASS)
    ):
        return None
    mark = next((e for e in element.iter() if is_marker(e)), None)
    words = "" if mark is None else "".join(mark.itertext())
    is_ordered = _NUMBER.match(words) is not None
    return WordItem(int(level[1]) if level else 1, is_ordered, mark is not None)


def is_marker(element: Element) -> bool:
    """Tell whether an element is the mark Word writes before an item."""
    return style_of(element).get("mso-list") == "ignore"


def nested(items: list[WordItem]) -> tuple[ListBlock, ...]:
    """Make lists of neighbouring items, each under the one before it that is higher."""
    groups: list[list[WordItem]] = []
    for item in items:
        if groups and item.level > groups[0][0].level:
            groups[-1].append(item)
        else:
            groups.append([item])
    return merged_lists(
        ListBlock(head.is_ordered, (ListItem(head.inlines, nested(rest)),))
        for head, *rest in groups
    )
