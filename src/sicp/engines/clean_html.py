"""The rich text of sheets: a small subset of HTML, cleaned of everything else.

Links inside the application are noted by number or id (« sicp:sheet/123 »,
« sicp:clause/penalties », « sicp:article/L2123-1 »), so that a move breaks none.
"""

import re
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import count

import nh3

HEADINGS = ("h2", "h3", "h4")
TAGS = frozenset(
    (
        *HEADINGS,
        *("p", "br", "ul", "ol", "li", "strong", "em", "blockquote", "a"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    )
)
_ATTRIBUTES = {
    "a": {"href"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_SCHEMES = {"http", "https", "mailto", "sicp"}
#: Editors write these for those.
_SYNONYMS = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4", "div": "p"}
#: How a link inside the application is noted: sort and number or id.
INTERNAL = re.compile(r"sicp:(sheet|clause|article)/([\w.-]{1,80})")
_HEADING = re.compile(r"<(h[234])>(.*?)</\1>", re.DOTALL)
_ANCHOR = "partie-"
_ENDS_LINE = frozenset(
    (*HEADINGS, "p", "br", "li", "blockquote", "caption", "tr", "table")
)
_CELLS = frozenset(("td", "th"))
_VOID = frozenset(("br",))

#: A piece of text to print: what it says, and the address it leads to, empty for none.
Piece = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of a table of contents; ``level`` is 2, 3 or 4."""

    level: int
    text: str
    id: str


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, in plain text; the first may have none."""

    heading: str
    text: str


def clean(html: str) -> str:
    """Return ``html`` without anything that is not of the subset."""
    known = re.sub(r"<(/?)(\w+)", _renamed, html)
    cleaned: str = nh3.clean(
        known,
        tags=set(TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        clean_content_tags={"script", "style", "title", "template"},
        link_rel=None,
    )
    return cleaned.strip()


def plain(html: str) -> str:
    """Return the words of a clean text, a line for each paragraph, item or row."""
    return "\n".join(paragraphs(html))


def paragraphs(html: str) -> tuple[str, ...]:
    """Return the lines of a clean text, in reading order; cells are parted by « | »."""
    return tuple(line for _tag, line in _lines(html))


def sections(html: str) -> tuple[Section, ...]:
    """Return a clean text cut at its headings."""
    found: list[Section] = []
    heading = ""
    lines: list[str] = []
    for tag, line in _lines(html):
        if tag in HEADINGS:
            if heading or lines:
                found.append(Section(heading, "\n".join(lines)))
            heading, lines = line, []
        else:
            lines.append(line)
    if heading or lines:
        found.append(Section(heading, "\n".join(lines)))
    return tuple(found)


def with_anchors(html: str) -> str:
    """Return a clean text whose headings can be led to."""
    ranks = count(1)
    return _HEADING.sub(
        lambda found: (
            f'<{found[1]} id="{_ANCHOR}{next(ranks)}">{found[2]}</{found[1]}>'
        ),
        html,
    )


def outline(html: str) -> tuple[Heading, ...]:
    """Return the headings of a clean text, by the anchors of ``with_anchors``."""
    found = (
        Heading(int(heading[1][1]), plain(heading[2]), f"{_ANCHOR}{rank}")
        for rank, heading in enumerate(_HEADING.finditer(html), 1)
    )
    return tuple(heading for heading in found if heading.text)


def internal_links(html: str) -> tuple[tuple[str, str], ...]:
    """Return what a text links to in the application: (« sheet », « 123 »)."""
    reader = _Reader()
    reader.read(html)
    found = (INTERNAL.fullmatch(href) for href in reader.addresses)
    return tuple(dict.fromkeys((m[1], m[2]) for m in found if m))


def rewrite(
    html: str,
    address: Callable[[str, str], str],
    pieces: Callable[[str], Iterator[Piece]],
) -> str:
    """Return a clean text as it is shown.

    Args:
        html: the text as it is kept.
        address: gives the address of a thing of the application by sort and id; empty
            when it leads nowhere for the reader, who then reads the words alone.
        pieces: cuts words that stand outside links into what leads somewhere and what
            does not.
    """
    writer = _Writer(address, pieces)
    writer.feed(html)
    writer.close()
    return "".join(writer.out)


def _renamed(found: re.Match[str]) -> str:
    tag = found[2].lower()
    return f"<{found[1]}{_SYNONYMS.get(tag, tag)}"


def _lines(html: str) -> Iterator[tuple[str, str]]:
    reader = _Reader()
    reader.read(html)
    for tag, text in reader.lines:
        line = " ".join(text.split()).strip("| ")
        if line:
            yield tag, line


class _Reader(HTMLParser):
    """Reads the words and the links of a clean text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[str, str]] = []
        self.addresses: list[str] = []
        self._words: list[str] = []
        self._tag = "p"

    def read(self, html: str) -> None:
        self.feed(html)
        self.close()
        self._end_line("p")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ENDS_LINE:
            self._end_line(tag)
        if tag in _CELLS:
            self._words.append(" | ")
        if tag == "a":
            self.addresses.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _ENDS_LINE:
            self._end_line("p")

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def _end_line(self, following: str) -> None:
        if self._words:
            self.lines.append((self._tag, "".join(self._words)))
            self._words = []
        self._tag = following


class _Writer(HTMLParser):
    """Writes a clean text again, with links that lead somewhere."""

    def __init__(
        self,
        address: Callable[[str, str], str],
        pieces: Callable[[str], Iterator[Piece]],
    ) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self._address = address
        self._pieces = pieces
        self._links: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._open_link(dict(attrs).get("href") or "")
            return
        told = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
        self.out.append(f"<{tag}{told}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            if self._links and self._links.pop():
                self.out.append("</a>")
        elif tag not in _VOID:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._links:
            self.out.append(_escaped(data))
            return
        for text, href in self._pieces(data):
            words = _escaped(text)
            self.out.append(f'<a href="{escape(href)}">{words}</a>' if href else words)

    def _open_link(self, href: str) -> None:
        found = INTERNAL.fullmatch(href)
        target = self._address(found[1], found[2]) if found else href
        is_kept = bool(target) and not target.startswith("sicp:")
        self._links.append(is_kept)
        if is_kept:
            self.out.append(f'<a href="{escape(target)}">')


def _escaped(words: str) -> str:
    # As the cleaner writes them: a text shown is a text kept.
    return escape(words, quote=False).replace("\xa0", "&nbsp;")
