"""Text of plain text files and of web pages kept as files."""

from collections.abc import Iterator
from typing import Any
from typing import BinaryIO

from lxml import etree

from sicp.engines.text_extraction.outline import placed
from sicp.engines.text_extraction.passage import LONGEST_TEXT
from sicp.engines.text_extraction.passage import ExtractedText
from sicp.engines.text_extraction.passage import Passage
from sicp.engines.text_extraction.passage import gather

_MOST_BYTES = 4 * LONGEST_TEXT
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = ("p", "li", "tr", "div", "pre", "dt", "dd", "blockquote", "title", "section")
_CELLS = ("td", "th")
_SILENT = ("script", "style", "noscript", "template", "svg", "math", "iframe", "object")
#: Signs of nobody (private use): they mark where blocks and headings begin.
_BLOCK, _TITLE = "\ue000", "\ue001"


def extract_txt(file: BinaryIO) -> ExtractedText:
    """Read a text, in UTF-8 or else in the western code of Windows."""
    return gather("txt", _lines(file))


def _lines(file: BinaryIO) -> Iterator[Passage | None]:
    content = file.read(_MOST_BYTES)
    for number, line in enumerate(_decoded(content).splitlines(), 1):
        yield Passage(f"ligne {number}", line.strip())
    if file.read(1):
        yield None


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The last letter may be cut in two.
        if error.start > len(content) - 4:
            return content.decode("utf-8-sig", "ignore")
        return content.decode("cp1252", "replace")


def extract_html(file: BinaryIO) -> ExtractedText:
    """Read the words of a web page; nothing it names is fetched, nothing is run."""
    content = file.read(_MOST_BYTES)
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(content, parser)
    if root is None:
        return ExtractedText("html", ())
    etree.strip_elements(root, *_SILENT, with_tail=False)
    _mark(root)
    blocks = "".join(root.itertext()).split(_BLOCK)
    told = ((text.lstrip(_TITLE), text.startswith(_TITLE)) for text in blocks)
    found: list[Passage | None] = list(placed(told))
    return gather("html", [*found, *([None] if file.read(1) else [])])


def _mark(root: Any) -> None:  # noqa: ANN401
    for node in root.iter(*_HEADINGS, *_BLOCKS, *_CELLS, "br"):
        if node.tag in _CELLS:
            node.tail = "\t" + (node.tail or "").strip()
        elif node.tag == "br":
            node.tail = " " + (node.tail or "")
        else:
            begin = _BLOCK + _TITLE if node.tag in _HEADINGS else _BLOCK
            node.text = begin + (node.text or "")
            node.tail = _BLOCK + (node.tail or "")
