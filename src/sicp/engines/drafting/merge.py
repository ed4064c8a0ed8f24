"""Two writers changed one clause at once: what can be joined, and what must be chosen.

The three texts are the one both began from (``base``), ``mine`` and ``theirs``. Two
changes that touch different blocks are both kept; two changes of one block are a
conflict, with its three texts. No word is ever chosen in the place of a writer.
"""

from collections.abc import Hashable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sicp.engines.drafting.blocks import Block
from sicp.engines.drafting.blocks import Blocks
from sicp.engines.drafting.inline_markup import MarkupError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.markup import write
from sicp.engines.drafting.sequence_merge import Clash
from sicp.engines.drafting.sequence_merge import merge_sequences

Data = Mapping[str, Any]

#: Properties that are sets of things: what either writer adds or removes is so.
_SETS = frozenset({"legal_basis", "derogates"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Blocks both writers changed, each his way; any of the three may be empty."""

    base: Blocks
    mine: Blocks
    theirs: Blocks

    @property
    def texts(self) -> tuple[str, str, str]:
        """Return the three texts in markup: base, mine, theirs."""
        return write(self.base), write(self.mine), write(self.theirs)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged text in reading order: blocks that are settled, and conflicts."""

    parts: tuple[Blocks | Conflict, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Return what a writer must still choose, in reading order."""
        return tuple(part for part in self.parts if isinstance(part, Conflict))

    @property
    def is_clean(self) -> bool:
        """Tell whether nothing is left to choose."""
        return not self.conflicts

    def text(self, choices: Sequence[str] = ()) -> str:
        """Return the merged text in markup.

        Args:
            choices: the text kept for each conflict, in reading order; it may be one
                of the three or another one.

        Raises:
            MarkupError: a chosen text cannot be read.
            ValueError: there are not as many choices as conflicts.
        """
        if len(choices) != len(self.conflicts):
            message = f"{len(self.conflicts)} choices are wanted, not {len(choices)}"
            raise ValueError(message)
        chosen = iter(choices)
        blocks: list[Block] = []
        for part in self.parts:
            blocks.extend(parse(next(chosen)) if isinstance(part, Conflict) else part)
        return write(tuple(blocks))


@dataclass(frozen=True, slots=True)
class KeyConflict:
    """A property both writers changed, each his way; None where it is not set.

    ``merge`` is the merged text when the property is the text itself.
    """

    base: Any
    mine: Any
    theirs: Any
    merge: Merge | None = None


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Merge two texts that come from one, block by block.

    Raises:
        MarkupError: one of the three texts cannot be read.
    """
    parts = merge_sequences(parse(base), parse(mine), parse(theirs))
    return Merge(
        tuple(
            Conflict(part.base, part.mine, part.theirs)
            if isinstance(part, Clash)
            else part
            for part in parts
        )
    )


def merge_clauses(
    base: Data, mine: Data, theirs: Data
) -> tuple[dict[str, Any], dict[str, KeyConflict]]:
    """Merge the data of two versions of a clause that come from one.

    Args:
        base: the clause both began from, as ``loader.clause_to_data`` writes it.
        mine: the clause of the one who saves last; its values stand for conflicts.
        theirs: the clause saved meanwhile.

    Returns:
        The merged data, and conflicts by key; that of one variable of the clause has
        the key « variables.NAME ».
    """
    merged: dict[str, Any] = {}
    conflicts: dict[str, KeyConflict] = {}
    for key in dict.fromkeys((*base, *mine, *theirs)):
        three = (base.get(key), mine.get(key), theirs.get(key))
        if key == "variables":
            value, found = _merged_variables(*three)
        else:
            value, found = _merged_value(key, *three)
        conflicts.update(found)
        if value is not None:
            merged[key] = value
    return merged, conflicts


def _merged_value(
    key: str, base: Any, mine: Any, theirs: Any
) -> tuple[Any, dict[str, KeyConflict]]:
    if mine in (theirs, base):
        return theirs, {}
    if theirs == base:
        return mine, {}
    if key == "text":
        return _merged_text(base or "", mine or "", theirs or "")
    if key in _SETS:
        return _merged_set(base or (), mine or (), theirs or ()), {}
    return mine, {key: KeyConflict(base, mine, theirs)}


def _merged_text(
    base: str, mine: str, theirs: str
) -> tuple[str, dict[str, KeyConflict]]:
    try:
        found = merge(base, mine, theirs)
    except MarkupError:
        return mine, {"text": KeyConflict(base, mine, theirs)}
    if found.is_clean:
        return found.text(), {}
    return mine, {"text": KeyConflict(base, mine, theirs, found)}


def _merged_set(
    base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]
) -> list[Any]:
    kept = [item for item in mine if item in theirs or item not in base]
    added = [item for item in theirs if item not in base and item not in mine]
    return [*kept, *added]


def _merged_variables(
    base: Any, mine: Any, theirs: Any
) -> tuple[list[Any] | None, dict[str, KeyConflict]]:
    """Merge variables one by one; they are told apart by their names."""
    if mine in (theirs, base):
        return theirs, {}
    if theirs == base:
        return mine, {}
    found: list[Any] = []
    conflicts: dict[str, KeyConflict] = {}
    sides = [_by_name(side) for side in (base, mine, theirs)]
    for name in dict.fromkeys((*sides[1], *sides[2])):
        three = [side.get(name) for side in sides]
        value, clash = _merged_value(f"variables.{name}", *three)
        conflicts.update(clash)
        # The one who keeps a variable the other removed finds it again.
        kept = value if value is not None or not clash else three[2]
        found.extend([] if kept is None else [kept])
    return found or None, conflicts


def _by_name(variables: Sequence[Data] | None) -> dict[Hashable, Data]:
    return {item.get("name"): item for item in variables or ()}
