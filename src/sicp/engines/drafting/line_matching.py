"""Which line of the new text each line of the old one became, and by which words."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from sicp.engines.drafting.lines import Line
from sicp.engines.drafting.lines import Lines
from sicp.engines.drafting.lines import Words
from sicp.engines.drafting.sequence_diff import Opcode
from sicp.engines.drafting.sequence_diff import opcodes

#: Below this likeness (1 is the same words) a line is another line, not a change.
LEAST_LIKENESS = 0.35
#: Beyond so many pairs of lines in one place, those removed and added are not paired.
MOST_LINE_PAIRS = 40_000

Pair = tuple[Line | None, Line | None]
UnitPair = tuple[Lines | None, Lines | None]


class Piece(NamedTuple):
    """Neighbouring words of one fate: same, deleted or inserted."""

    kind: str
    words: Words


def matched(old: Lines, new: Lines) -> Iterator[Pair]:
    """Yield pairs of lines in reading order; None stands for no such line.

    A table pairs with one table: its rows are never among those of another.
    """
    for before, after in _aligned(_units(old), _units(new)):
        if before is None or after is None:
            yield from ((line, None) for line in before or ())
            yield from ((None, line) for line in after or ())
            continue
        yield before[0], after[0]
        rows = _aligned([(row,) for row in before[1:]], [(row,) for row in after[1:]])
        for one, other in rows:
            yield one[0] if one else None, other[0] if other else None


def changed_words(old: Words, new: Words) -> tuple[Piece, ...]:
    """Return the words of both texts in one order, each with its fate.

    Words deleted come before those inserted in their place. A space alone between two
    changes is part of them: a reader sees one change, not three.
    """
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in _without_lone_spaces(old, opcodes(old, new)):
        if tag == "equal":
            pieces.append(Piece("same", old[i1:i2]))
            continue
        pieces.extend([Piece("deleted", old[i1:i2]), Piece("inserted", new[j1:j2])])
    return tuple(piece for piece in pieces if piece.words)


def _without_lone_spaces(old: Words, steps: list[Opcode]) -> list[Opcode]:
    found: list[Opcode] = []
    last = len(steps) - 1
    for index, step in enumerate(steps):
        tag, i1, i2, _, j2 = step
        is_lone = index < last and all(word.text.isspace() for word in old[i1:i2])
        before = found[-1] if found else ("equal", 0, 0, 0, 0)
        if before[0] != "equal" and (tag != "equal" or is_lone):
            found[-1] = ("replace", before[1], i2, before[3], j2)
        else:
            found.append(step)
    return found


def _units(lines: Lines) -> list[Lines]:
    """Put the rows of each table together; any other line is alone."""
    units: list[Lines] = []
    for line in lines:
        if line.kind == "row" and units:
            units[-1] = (*units[-1], line)
        else:
            units.append((line,))
    return units


def _aligned(old: Sequence[Lines], new: Sequence[Lines]) -> Iterator[UnitPair]:
    for tag, i1, i2, j1, j2 in opcodes(old, new):
        if tag == "equal":
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
        else:
            yield from _likeliest(old[i1:i2], new[j1:j2])


def _likeliest(old: Sequence[Lines], new: Sequence[Lines]) -> Iterator[UnitPair]:
    """Pair units so that the sum of likenesses is the greatest, order being kept."""
    if not old or not new or len(old) * len(new) > MOST_LINE_PAIRS:
        yield from ((unit, None) for unit in old)
        yield from ((None, unit) for unit in new)
        return
    ends = [(-1, -1), *_paired(old, new), (len(old), len(new))]
    for (i, j), (next_i, next_j) in pairwise(ends):
        if i >= 0:
            yield old[i], new[j]
        yield from ((unit, None) for unit in old[i + 1 : next_i])
        yield from ((None, unit) for unit in new[j + 1 : next_j])


def _paired(old: Sequence[Lines], new: Sequence[Lines]) -> list[tuple[int, int]]:
    likeness = [[_likeness(a, b) for b in new] for a in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        alone = max(best[i + 1][j], best[i][j + 1])
        if likeness[i][j] and best[i][j] > alone:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(old: Lines, new: Lines) -> float:
    """Return the share of words two units have in common, 0 when they never pair."""
    if (old[0].kind, len(old[0].cells)) != (new[0].kind, len(new[0].cells)):
        return 0.0
    before, after = _said(old), _said(new)
    total = before.total() + after.total()
    share = 2 * (before & after).total() / total if total else 1.0
    if old[0].kind == "header" and old[0] == new[0]:
        # Two tables under one header are one table, whatever their rows.
        return max(share, LEAST_LIKENESS)
    return share if share >= LEAST_LIKENESS else 0.0


def _said(lines: Lines) -> Counter[str]:
    words = (word.text for line in lines for word in line.words)
    return Counter(word.casefold() for word in words if not word.isspace())
