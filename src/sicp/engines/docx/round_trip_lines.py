"""Compare what is read with what was written, line by line.

A line is a paragraph, a heading, an item or a cell. Two lines are the same when they
print the same words in the same style, whatever their values and their references say:
those are compared apart.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cached_property
from itertools import groupby

from sicp.engines.docx.reading_model import ANONYMOUS
from sicp.engines.docx.reading_model import Piece
from sicp.engines.docx.reading_model import ReadRun
from sicp.engines.docx.reading_model import ReadRuns
from sicp.engines.docx.reading_model import runs_text
from sicp.engines.docx.reading_values import same_words
from sicp.engines.drafting.blocks import Block
from sicp.engines.drafting.blocks import ListBlock
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import SubHeading
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.blocks import inlines_of

_VALUE, _REFERENCE = "\x00", "\x01"
#: « de » before a vowel: the value may have changed its first letter.
_ELISION = re.compile(rf"\b(d|qu|lorsqu|puisqu|jusqu)'(?={_VALUE})", re.IGNORECASE)
#: Below this likeness two lines have nothing to do with one another.
_LIKE = 0.4


@dataclass(frozen=True)
class Line:
    """One line: what it is, and its runs."""

    kind: str
    runs: ReadRuns

    @property
    def text(self) -> str:
        """Return the words."""
        return runs_text(self.runs)

    @cached_property
    def skeleton(self) -> tuple[str, str]:
        """Return what must be the same: kind, words and style, without values."""
        return self.kind, _styled(self.runs, has_values=False)

    @cached_property
    def printed(self) -> tuple[str, str]:
        """Return kind, words and style as printed, values included."""
        return self.kind, _styled(self.runs, has_values=True)

    @cached_property
    def values(self) -> list["Value"]:
        """Return the values, in reading order."""
        return [_value(list(runs)) for key, runs in _grouped(self.runs) if key[0]]


@dataclass(frozen=True, slots=True)
class Value:
    """The words of one control: its tag, and whether they are a blank."""

    tag: str
    text: str
    is_blank: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A line read and the line written it comes from, if any; by their ranks."""

    read: int
    written: int | None
    is_same: bool


def lines_of(pieces: tuple[Piece, ...]) -> list[Line]:
    """Return the lines of pieces, in the order of ``inlines_of``."""
    return [line for piece in pieces for line in block_lines(piece.block)]


def block_lines(block: Block) -> Iterator[Line]:
    """Yield the lines of one block."""
    for kind, runs in zip(_kinds(block), inlines_of(block), strict=True):
        yield Line(kind, runs)


def folded(pieces: tuple[Piece, ...], long_tags: frozenset[str]) -> tuple[Piece, ...]:
    """Make one paragraph of the blocks that print one long value."""
    found: list[Piece] = []
    for tag, group in groupby(pieces, key=lambda p: _only_tag(p.block, long_tags)):
        own = tuple(group)
        if not tag:
            found.extend(own)
            continue
        text = "\n".join(_typed(piece.block) for piece in own)
        run = replace(next(inlines_of(own[0].block))[0], text=text)
        found.append(replace(own[0], block=Paragraph((run,))))
    return tuple(found)


def paired(read: list[Line], written: list[Line]) -> list[Pair]:
    """Match every line read with the line written it comes from."""
    keys = [line.skeleton for line in written]
    known = set(keys)
    by_print = {line.printed: line.skeleton for line in written}
    own = [
        line.skeleton
        if line.skeleton in known
        else by_print.get(line.printed, line.skeleton)
        for line in read
    ]
    pairs: list[Pair] = []
    matcher = SequenceMatcher(None, keys, own, autojunk=False)
    for name, start, end, first, last in matcher.get_opcodes():
        if name == "equal":
            ranks = range(end - start)
            pairs.extend(_equal(first + i, start + i, read, written) for i in ranks)
        else:
            candidates = list(range(start, end))
            ranks = range(first, last)
            pairs.extend(_likest(rank, read, written, candidates) for rank in ranks)
    return pairs


def is_same(pairs: list[Pair], written: list[Line]) -> bool:
    """Tell whether no line was added, removed or changed."""
    return len(pairs) == len(written) and all(pair.is_same for pair in pairs)


def _equal(own: int, other: int, read: list[Line], written: list[Line]) -> Pair:
    """Pair two lines of the same words; their values must be of the same fields."""
    tags = zip(read[own].values, written[other].values, strict=False)
    agree = all(a.tag in {b.tag, ANONYMOUS} for a, b in tags)
    return Pair(own, other, is_same=agree)


def _likest(
    rank: int, read: list[Line], written: list[Line], candidates: list[int]
) -> Pair:
    """Pair a changed line with the likest one; those before it are then passed."""
    words = same_words(read[rank].text).split()
    scores = {
        other: SequenceMatcher(
            None, same_words(written[other].text).split(), words, autojunk=False
        ).ratio()
        for other in candidates
        if written[other].kind[:1] == read[rank].kind[:1]
    }
    best = max(scores, key=lambda other: (scores[other], -other), default=None)
    if best is None or scores[best] < _LIKE:
        return Pair(rank, None, is_same=False)
    del candidates[: candidates.index(best) + 1]
    return Pair(rank, best, is_same=False)


def _kinds(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield "p"
        case SubHeading():
            yield "h"
        case ListBlock():
            yield from _item_kinds(block, 0)
        case Table():
            for row in (block.header, *block.rows):
                yield "|"
                yield from "+" * (len(row.cells) - 1)


def _item_kinds(block: ListBlock, depth: int) -> Iterator[str]:
    for item in block.items:
        yield f"{'#' if block.is_ordered else '-'}{depth}"
        for child in item.children:
            yield from _item_kinds(child, depth + 1)


def _grouped(runs: ReadRuns) -> Iterator[tuple[tuple[int, str], Iterator[ReadRun]]]:
    """Group runs by control, then by reference."""
    return groupby(runs, key=lambda run: (run.control_number, run.reference))


def _value(runs: list[ReadRun]) -> Value:
    text = "".join(run.text for run in runs)
    return Value(runs[0].control, text, all(run.is_highlighted for run in runs))


def _styled(runs: ReadRuns, *, has_values: bool) -> str:
    """Return words with marks where the style changes; spaces have no style."""
    found: list[str] = []
    look = (False, False)
    for key, group in _grouped(runs):
        own = list(group)
        if not has_values and key != (0, ""):
            found.append(_VALUE if key[0] else f"{_REFERENCE}{key[1]}{_REFERENCE}")
            continue
        for run in own:
            for word in re.split(r"([\s\u00a0\u202f]+)", run.text):
                if word.strip() and look != (run.is_bold, run.is_italic):
                    look = (run.is_bold, run.is_italic)
                    found.append(f"\x02{int(look[0])}{int(look[1])}")
                found.append(word)
    words = same_words("".join(found))
    return _ELISION.sub(lambda m: f"{m[1]}e ", words)


def _only_tag(block: Block, long_tags: frozenset[str]) -> str:
    """Return the tag of the long value that a block prints alone."""
    tags = {run.control for runs in inlines_of(block) for run in runs if run.text}
    tag = next(iter(tags)) if len(tags) == 1 else ""
    is_long = tag in long_tags and isinstance(block, Paragraph | ListBlock)
    return tag if is_long and all(inlines_of(block)) else ""


def _typed(block: Block) -> str:
    mark = "- " if isinstance(block, ListBlock) else ""
    return "\n".join(f"{mark}{runs_text(runs)}" for runs in inlines_of(block))
