"""What to write in a canevas that extends another one, so that it gives an edited plan.

The editor of canevas shows the whole plan and lets people move things about; what is
kept is only how it departs from the plan of the parent.
"""

from bisect import bisect_left
from collections.abc import Iterable
from collections.abc import Sequence
from typing import Any

from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.plan_tree import PROPERTIES
from sicp.engines.drafting.plan_tree import Tree
from sicp.engines.drafting.plan_tree import TreeNode
from sicp.engines.drafting.plan_tree import node_to_data
from sicp.engines.drafting.plan_tree import read_node

Change = dict[str, Any]


def changes_between(parent: Iterable[Any], edited: Iterable[Any]) -> list[Change]:
    """Return changes that, applied on the parts ``parent``, give the parts ``edited``.

    Both are parts in plain form, where every node has a key of its own. Nodes are known
    again by their key: an article whose id changed is another one.

    Raises:
        LoadError: an article has no id, or two nodes have the same key.
    """
    wanted = Tree(edited)
    search = _Search(Tree(parent), wanted)
    for tree in (search.tree, wanted):
        _check_keys(tree)
    search.run()
    return search.changes


def normal_parts(parts: Iterable[Any]) -> list[dict[str, Any]]:
    """Return parts as a resolved canevas has them: nothing that says nothing.

    Raises:
        LoadError: a node cannot be read.
    """
    return Tree(parts).to_data()


def _check_keys(tree: Tree) -> None:
    for node in tree.walk():
        if not node.key:
            title = node.properties.get("title") or "sans titre"
            message = f"article « {title} » : donnez-lui un identifiant"
            raise LoadError(message)
    for key in tree.doubles():
        message = f"« {key} » figure deux fois dans le plan ; retirez l’un des deux"
        raise LoadError(message)


class _Search:
    """Turns ``tree`` into ``wanted`` step by step, and notes each step."""

    def __init__(self, tree: Tree, wanted: Tree) -> None:
        self.tree = tree
        self.changes: list[Change] = []
        self._wanted = wanted
        self._keys = {node.key for node in wanted.walk()}

    def run(self) -> None:
        self._remove_lost(self.tree.root, is_last=False)
        self._settle(self._wanted.root)
        self._remove_lost(self.tree.root, is_last=True)

    def _remove_lost(self, holder: TreeNode, *, is_last: bool) -> None:
        """Remove what is not wanted; first of all, only what holds nothing wanted."""
        for node in tuple(holder.children):
            held = {inner.key for inner in node.walk()}
            if node.key not in self._keys and (is_last or not held & self._keys):
                self.changes.append({"remove": node.key})
                self.tree.take(node.key)
            else:
                self._remove_lost(node, is_last=is_last)

    def _settle(self, wanted: TreeNode) -> None:
        """Give the node of that key the children wanted, from first to last.

        What holds it is settled already: nothing can be asked to go into itself.
        """
        staying = self._staying(wanted)
        before = ""
        for child in wanted.children:
            if child.key not in staying:
                after = next((k for k in staying if not before), "")
                self._place(child, wanted.key, before, after)
            self._reshape(child)
            self._settle(child)
            before = child.key

    def _staying(self, wanted: TreeNode) -> dict[str, None]:
        """Return the most children that are in the right order without any move."""
        holder = self.tree.node(wanted.key) or self.tree.root
        order = {child.key: index for index, child in enumerate(wanted.children)}
        here = [child.key for child in holder.children if child.key in order]
        kept = longest_rising([order[key] for key in here])
        return {here[index]: None for index in kept}

    def _place(self, child: TreeNode, holder: str, before: str, after: str) -> None:
        """Move or insert ``child`` after its elder, or before what stays first."""
        where = {"into": holder}
        if before:
            where = {"after": before}
        elif after:
            where = {"before": after}
        ((place, key),) = where.items()
        if self.tree.node(child.key) is not None:
            self.changes.append({"move": child.key, **where})
            self.tree.put(self.tree.take(child.key), place, key)
            return
        inserted = node_to_data(self._new(child))
        self.changes.append({"insert": inserted, **where})
        self.tree.put(read_node(inserted), place, key)

    def _reshape(self, wanted: TreeNode) -> None:
        """Give the node of that key its kind and its properties."""
        node = self.tree.node(wanted.key)
        if node is None or (node.kind, node.properties) == (
            wanted.kind,
            wanted.properties,
        ):
            return
        if node.kind != wanted.kind or not _is_settable(node, wanted):
            told = node_to_data(self._new(wanted, replaced=node))
            self.changes.append({"replace": wanted.key, "with": told})
            self.tree.exchange(wanted.key, read_node(told))
            return
        told = _difference(node.properties, wanted.properties)
        self.changes.append({"change": wanted.key, "set": told})
        node.properties = dict(wanted.properties)

    def _new(self, wanted: TreeNode, replaced: TreeNode | None = None) -> TreeNode:
        """Return a node with what it holds that is not in the tree elsewhere."""
        gone = {node.key for node in replaced.walk()} if replaced else set()
        children = [
            self._new(child, replaced)
            for child in wanted.children
            if child.key in gone or self.tree.node(child.key) is None
        ]
        return TreeNode(wanted.key, wanted.kind, wanted.properties, children)


def _is_settable(node: TreeNode, wanted: TreeNode) -> bool:
    told = _difference(node.properties, wanted.properties)
    return all(name in PROPERTIES for name in told)


def _difference(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    names = [*new, *(name for name in old if name not in new)]
    return {n: new.get(n) for n in names if old.get(n) != new.get(n)}


def longest_rising(values: Sequence[int]) -> list[int]:
    """Return the places of the longest rising run of values, gaps allowed."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        length = bisect_left(ends, value)
        before.append(places[length - 1] if length else -1)
        ends[length:] = [value, *ends[length + 1 :]]
        places[length:] = [index, *places[length + 1 :]]
    found: list[int] = []
    index = places[-1] if places else -1
    while index >= 0:
        found.append(index)
        index = before[index]
    return found[::-1]
