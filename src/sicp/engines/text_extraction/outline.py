"""Places paragraphs under the headings they follow."""

import re
from collections.abc import Iterable
from collections.abc import Iterator

from sicp.engines.text_extraction.passage import Passage
from sicp.engines.text_extraction.passage import shortened

#: A title typed by hand: « Article 3 – Durée », « 3.2 Délais ».
_TYPED_TITLE = re.compile(
    r"(?:article\s+\d|\d{1,2}(?:\.\d{1,2})*[.)]?\s+\S)", re.IGNORECASE
)
_LONGEST_TITLE = 110


def placed(blocks: Iterable[tuple[str, bool]]) -> Iterator[Passage]:
    """Number paragraphs under each heading; a block is a text and « is a heading »."""
    heading, rank = "", 0
    for text, is_heading in blocks:
        said = squeezed(text)
        if not said:
            continue
        if is_heading or _is_typed_title(said):
            heading, rank = shortened(said), 0
            yield Passage(f"« {heading} »", said, heading, is_heading=True)
            continue
        rank += 1
        under = f"« {heading} », " if heading else ""
        yield Passage(f"{under}paragraphe {rank}", said, heading)


def squeezed(text: str) -> str:
    """Return a text without blanks that say nothing; tabulations part its cells."""
    cells = (" ".join(cell.split()) for cell in text.split("\t"))
    return "\t".join(cells).strip()


def _is_typed_title(text: str) -> bool:
    is_short = len(text) <= _LONGEST_TITLE and "\t" not in text
    ends = text.endswith((".", ";", ",", ":"))
    return is_short and not ends and _TYPED_TITLE.match(text) is not None
