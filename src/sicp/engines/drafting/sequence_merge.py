"""Two changes of one sequence: what can be joined, and what must be chosen.

Two changes that touch different items are both kept; two changes of one item clash.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic
from typing import TypeVar

from sicp.engines.drafting.sequence_diff import opcodes

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Clash(Generic[Item]):
    """Items both sides changed, each its way; any of the three may be empty."""

    base: tuple[Item, ...]
    mine: tuple[Item, ...]
    theirs: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class _Change(Generic[Item]):
    """Items ``start`` to ``end`` of the base (excluded) replaced by others."""

    start: int
    end: int
    items: tuple[Item, ...]
    is_mine: bool

    @property
    def is_insertion(self) -> bool:
        return self.start == self.end

    @property
    def is_one_for_one(self) -> bool:
        return self.end - self.start == len(self.items) == 1


Part = tuple[Item, ...] | Clash[Item]


def merge_sequences(
    base: tuple[Item, ...], mine: tuple[Item, ...], theirs: tuple[Item, ...]
) -> tuple[Part[Item], ...]:
    """Merge two sequences of hashable items that come from one, in order."""
    changes = [
        *_changes(base, mine, is_mine=True),
        *_changes(base, theirs, is_mine=False),
    ]
    parts: list[Part[Item]] = []
    position = 0
    for group in _groups(changes):
        start, end = _extent(group)
        _add(parts, base[position:start])
        _add(parts, _settled(base[start:end], start, group))
        position = end
    _add(parts, base[position:])
    return tuple(parts)


def _changes(
    base: tuple[Item, ...], other: tuple[Item, ...], *, is_mine: bool
) -> Iterator[_Change[Item]]:
    for tag, i1, i2, j1, j2 in opcodes(base, other):
        if tag == "equal":
            continue
        if i2 - i1 == j2 - j1:
            # As many items as before: each was rewritten in its place.
            for offset in range(i2 - i1):
                at = i1 + offset
                new = (other[j1 + offset],)
                yield _Change(at, at + 1, new, is_mine)
        else:
            yield _Change(i1, i2, other[j1:j2], is_mine)


def _groups(changes: list[_Change[Item]]) -> list[list[_Change[Item]]]:
    """Put together changes that cannot be made without one another."""
    groups: list[list[_Change[Item]]] = []
    for change in sorted(changes, key=lambda c: (c.start, c.end)):
        first = next(
            (i for i, group in enumerate(groups) if _clashes_with(change, group)),
            len(groups),
        )
        joined = [item for group in groups[first:] for item in group]
        groups[first:] = [[*joined, change]]
    return groups


def _clashes_with(change: _Change[Item], group: list[_Change[Item]]) -> bool:
    return any(_clash(before, change) for before in group)


def _clash(before: _Change[Item], change: _Change[Item]) -> bool:
    """Tell whether two changes of two writers meet; ``before`` begins first."""
    if before.is_mine == change.is_mine:
        return False
    if change.start < before.end or before.start == change.start == change.end:
        return True
    if change.start > before.end:
        return False
    pair = (before, change)
    if any(item.is_insertion for item in pair):
        # One added beside one rewritten stays beside it; beside one removed, who
        # knows whether it still has a sense.
        return not all(item.is_insertion or item.is_one_for_one for item in pair)
    return not all(item.is_one_for_one or not item.items for item in pair)


def _extent(group: list[_Change[Item]]) -> tuple[int, int]:
    return min(c.start for c in group), max(c.end for c in group)


def _settled(
    base: tuple[Item, ...], start: int, group: list[_Change[Item]]
) -> Part[Item]:
    mine = _applied(base, start, [c for c in group if c.is_mine])
    theirs = _applied(base, start, [c for c in group if not c.is_mine])
    if mine in {theirs, base}:
        return theirs
    return mine if theirs == base else Clash(base, mine, theirs)


def _applied(
    base: tuple[Item, ...], start: int, changes: list[_Change[Item]]
) -> tuple[Item, ...]:
    found: list[Item] = []
    position = 0
    for change in changes:
        found.extend(base[position : change.start - start])
        found.extend(change.items)
        position = change.end - start
    return (*found, *base[position:])


def _add(parts: list[Part[Item]], part: Part[Item]) -> None:
    """Add a part; neighbours that are settled are one part."""
    before = parts[-1] if parts else None
    if isinstance(part, Clash):
        parts.append(part)
    elif isinstance(before, tuple):
        parts[-1] = (*before, *part)
    elif part:
        parts.append(part)
