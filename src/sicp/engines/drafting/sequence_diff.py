"""What it takes to make one sequence of another, in a time that is always bounded."""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TypeVar

#: Beyond so many pairs of equal items, only what stands at the two ends is matched.
MOST_EQUAL_PAIRS = 250_000

Item = TypeVar("Item")

#: A tag of difflib, and the bounds of what it is about in the old and in the new one.
Opcode = tuple[str, int, int, int, int]


def opcodes(old: Sequence[Item], new: Sequence[Item]) -> list[Opcode]:
    """Return the steps from ``old`` to ``new``, whose items are hashable.

    What both share at their ends is matched first. A middle that repeats itself too
    much to be matched in good time is replaced as a whole.
    """
    start = _shared(old, new)
    rest = min(len(old), len(new)) - start
    end = min(_shared(old[::-1], new[::-1]), rest)
    i2, j2 = len(old) - end, len(new) - end
    steps = [
        ("equal", 0, start, 0, start),
        *(
            (tag, a + start, b + start, c + start, d + start)
            for tag, a, b, c, d in _middle(old[start:i2], new[start:j2])
        ),
        ("equal", i2, len(old), j2, len(new)),
    ]
    return [step for step in steps if step[1] < step[2] or step[3] < step[4]]


def _shared(old: Sequence[Item], new: Sequence[Item]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(old), len(new)))


def _middle(old: Sequence[Item], new: Sequence[Item]) -> Sequence[Opcode]:
    counted = Counter(old), Counter(new)
    pairs = sum(times * counted[1][item] for item, times in counted[0].items())
    if pairs > MOST_EQUAL_PAIRS:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
