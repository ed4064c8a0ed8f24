"""How one node of a plan may move: one step at a time, without a mouse.

A step is told by its way; where it leads is the place an ``inheritance`` change knows:
``before`` or ``after`` a node, or ``into`` an article.
"""

from collections.abc import Iterable

from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.numbering import DEEPEST
from sicp.engines.drafting.plan_tree import Tree
from sicp.engines.drafting.plan_tree import TreeNode
from sicp.engines.drafting.plan_tree import node_to_data
from sicp.engines.drafting.plan_tree import read_node

UP = "up"
DOWN = "down"
PREVIOUS = "previous"
NEXT = "next"
OUT = "out"
WAYS = (UP, DOWN, PREVIOUS, NEXT, OUT)

Place = tuple[str, str]


def ways_of(tree: Tree, key: str) -> tuple[str, ...]:
    """Return the ways in which the node ``key`` may move from where it is."""
    return tuple(way for way in WAYS if step(tree, key, way) is not None)


def step(tree: Tree, key: str, way: str) -> Place | None:
    """Return where a step leads the node ``key``; None when there is no such step.

    ``previous`` leads to the end of the nearest article before, ``next`` to the
    beginning of the nearest one after, ``out`` to after the article that holds it.

    Raises:
        KeyError: no node has that key.
    """
    holder = tree.holder(key)
    rank = next(i for i, node in enumerate(holder.children) if node.key == key)
    found = _step(tree, holder, rank, way)
    return found if found and fits(tree, key, found) else None


def fits(tree: Tree, key: str, place: Place) -> bool:
    """Tell whether what the node ``key`` holds stays within the levels of headings."""
    where, target = place
    holder = (tree.node(target) or tree.root) if where == "into" else None
    holder = holder or tree.holder(target)
    node = tree.node(key)
    return node is None or _level(tree, holder) + _height(node) <= DEEPEST


def restore(tree: Tree, parent: Tree, key: str) -> None:
    """Make the node ``key`` again what it is in ``parent``, at its place there.

    Articles it holds in ``parent`` come back with it unless they are elsewhere. When
    what held it is gone, it goes last.

    Raises:
        LoadError: ``parent`` has no such node.
    """
    wanted = parent.node(key)
    if wanted is None:
        message = f"« {key} » n’est pas dans le canevas prolongé"
        raise LoadError(message)
    holder_key = parent.holder(key).key
    elders = _elders(parent, key)
    node = _again(tree, wanted)
    holder = tree.root
    if holder_key and (found := tree.node(holder_key)) is not None:
        holder = found
    children = holder.children
    known = {child.key: rank for rank, child in enumerate(children)}
    rank = next((known[elder] + 1 for elder in elders if elder in known), 0)
    if not holder_key or holder is not tree.root:
        children.insert(rank, node)
    else:
        children.append(node)


def _again(tree: Tree, wanted: TreeNode) -> TreeNode:
    """Return the node as ``wanted``, taken from the tree with what it holds there."""
    here = tree.node(wanted.key)
    if here is not None:
        tree.take(wanted.key)
        children = here.children if wanted.kind == "heading" else []
        return TreeNode(wanted.key, wanted.kind, dict(wanted.properties), children)
    copy = read_node(node_to_data(wanted))
    _leave_out(copy, {node.key for node in tree.walk()})
    return copy


def _leave_out(node: TreeNode, keys: set[str]) -> None:
    node.children = [child for child in node.children if child.key not in keys]
    for child in node.children:
        _leave_out(child, keys)


def _elders(tree: Tree, key: str) -> list[str]:
    """Return the keys of those before the node in its holder, the nearest first."""
    keys = [child.key for child in tree.holder(key).children]
    return keys[: keys.index(key)][::-1]


def _step(tree: Tree, holder: TreeNode, rank: int, way: str) -> Place | None:
    before = holder.children[:rank][::-1]
    after = holder.children[rank + 1 :]
    if way == UP:
        return ("before", before[0].key) if before else None
    if way == DOWN:
        return ("after", after[0].key) if after else None
    if holder is not tree.root:
        if way == OUT:
            return "after", holder.key
        around = tree.holder(holder.key).children
        place = next(i for i, node in enumerate(around) if node is holder)
        before = [*before, *around[:place][::-1]]
        after = [*after, *around[place + 1 :]]
    if way == PREVIOUS:
        found = _heading(before)
        return ("into", found.key) if found else None
    if way == NEXT and (found := _heading(after)):
        first = found.children[0] if found.children else None
        return ("before", first.key) if first else ("into", found.key)
    return None


def _heading(nodes: Iterable[TreeNode]) -> TreeNode | None:
    return next((node for node in nodes if node.kind == "heading"), None)


def _level(tree: Tree, node: TreeNode) -> int:
    level = 0
    while node is not tree.root:
        node = tree.holder(node.key)
        level += 1
    return level


def _height(node: TreeNode) -> int:
    return 1 + max((_height(child) for child in node.children), default=0)
