"""The tree of a canevas as plain data that can be looked up, changed, written back.

Every node has a key: the id of an article or a part, the clause of a use, and
``derogations`` for the list of them. Keys tell the nodes apart in one canevas: a change
says by its key which node it is about.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from sicp.engines.drafting.load_error import LoadError

Data = Mapping[str, Any]

DEROGATIONS = "derogations"
_HEADING_NAMES = ("article", "part", "id")
#: What a change may set, and what a node may hold beside its key and its children.
PROPERTIES = ("title", "condition", "level", "numbered")


@dataclass
class TreeNode:
    """One node on its way to become another canevas; ``kind`` is that of its key."""

    key: str
    kind: str
    properties: dict[str, Any]
    children: list["TreeNode"] = dataclass_field(default_factory=list)

    def walk(self) -> Iterator["TreeNode"]:
        """Yield the node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Tree:
    """The nodes of a canevas under a root that has no key of its own.

    Raises:
        LoadError: a node cannot be read.
    """

    def __init__(self, parts: Iterable[Any] = ()) -> None:
        self.root = TreeNode("", "heading", {}, [_read(item) for item in parts])

    def walk(self) -> Iterator[TreeNode]:
        """Yield every node in reading order, the root left out."""
        for child in self.root.children:
            yield from child.walk()

    def node(self, key: str) -> TreeNode | None:
        """Return the node of that key, None when there is none."""
        return next((node for node in self.walk() if key and node.key == key), None)

    def holder(self, key: str) -> TreeNode:
        """Return the node, or the root, that holds the node ``key``.

        Raises:
            KeyError: no node has that key.
        """
        for holder in self.root.walk():
            if any(child.key == key for child in holder.children):
                return holder
        raise KeyError(key)

    def take(self, key: str) -> TreeNode:
        """Take a node, and what it holds, out of the tree."""
        holder = self.holder(key)
        index = _index(holder, key)
        return holder.children.pop(index)

    def put(self, node: TreeNode, place: str, key: str) -> None:
        """Put a node ``after`` or ``before`` that of ``key``, or last ``into`` it."""
        if place == "into":
            holder = self.node(key) or self.root
            holder.children.append(node)
            return
        holder = self.holder(key)
        index = _index(holder, key) + (place == "after")
        holder.children.insert(index, node)

    def exchange(self, key: str, node: TreeNode) -> None:
        """Put ``node`` where that of ``key`` is."""
        holder = self.holder(key)
        holder.children[_index(holder, key)] = node

    def doubles(self) -> tuple[str, ...]:
        """Return the keys that several nodes bear."""
        seen: set[str] = set()
        found: dict[str, None] = {}
        for node in self.walk():
            if node.key in seen:
                found[node.key] = None
            if node.key:
                seen.add(node.key)
        return tuple(found)

    def to_data(self) -> list[dict[str, Any]]:
        """Write the tree as the parts of a canevas."""
        return [node_to_data(node, depth=0) for node in self.root.children]


def read_node(data: Any) -> TreeNode:  # noqa: ANN401
    """Read one node and what it holds.

    Raises:
        LoadError: it is no set of keys and values.
    """
    return _read(data)


def node_to_data(node: TreeNode, *, depth: int = 1) -> dict[str, Any]:
    """Write one node; a heading of the first level (depth 0) is a part."""
    if node.kind == "clause":
        return {"clause": node.key, **node.properties}
    if node.kind == DEROGATIONS:
        return {DEROGATIONS: True, **node.properties}
    name = "article" if depth else "id"
    children = [node_to_data(child, depth=depth + 1) for child in node.children]
    return {name: node.key, **node.properties, "children": children}


def _read(data: Any) -> TreeNode:  # noqa: ANN401
    if not isinstance(data, Mapping):
        message = f"« {data} » n’est ni un article, ni l’appel d’une clause"
        raise LoadError(message)
    for kind in ("clause", DEROGATIONS):
        if kind in data:
            key = str(data["clause"]) if kind == "clause" else DEROGATIONS
            return TreeNode(key, kind, _properties(data, {kind}))
    key = next((str(data[n]) for n in _HEADING_NAMES if data.get(n)), "")
    children = data.get("children") or []
    if not isinstance(children, list | tuple):
        message = f"article « {key} » : « children » attend une liste"
        raise LoadError(message)
    held = [_read(child) for child in children]
    names = {*_HEADING_NAMES, "children"}
    return TreeNode(key, "heading", _properties(data, names), held)


def _properties(data: Data, without: set[str]) -> dict[str, Any]:
    """Return what is said of a node; what says nothing is left out."""
    return {
        name: value
        for name, value in data.items()
        if name not in without and not _says_nothing(name, value)
    }


def _says_nothing(name: str, value: Any) -> bool:  # noqa: ANN401
    if name == "numbered":
        return value is None or value is True
    return value in (None, "", 0, {})


def _index(holder: TreeNode, key: str) -> int:
    return next(i for i, child in enumerate(holder.children) if child.key == key)
