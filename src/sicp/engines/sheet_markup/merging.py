"""Two writings of one sheet: the passages each changed, and those both did."""

from collections.abc import Iterable
from collections.abc import Sequence

from sicp.engines.drafting.sequence_merge import Clash
from sicp.engines.drafting.sequence_merge import merge_sequences
from sicp.engines.sheet_markup.tree import Node
from sicp.engines.sheet_markup.tree import blocks_of
from sicp.engines.sheet_markup.tree import html_of

#: Passages that are settled, or that are to be chosen.
Parts = tuple[tuple[Node, ...] | Clash[Node], ...]


def merge_texts(base: str, mine: str, theirs: str) -> Parts:
    """Merge two clean texts that come from one, block by block, in reading order."""
    return merge_sequences(blocks_of(base), blocks_of(mine), blocks_of(theirs))


def joined(parts: Parts, chosen: Sequence[Iterable[Node]]) -> str:
    """Return a merged text, with what was chosen for each clash in its order."""
    left = iter(chosen)
    blocks: list[Node] = []
    for part in parts:
        blocks.extend(next(left) if isinstance(part, Clash) else part)
    return html_of(blocks)
