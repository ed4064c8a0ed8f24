"""What an editor does to one node of a plan: each act changes a tree, or refuses."""

import re
from collections.abc import Callable
from collections.abc import Container
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sicp.catalog.words import fold
from sicp.engines.drafting.inheritance import apply_change
from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.loader import LONGEST_ID
from sicp.engines.drafting.plan_moves import WAYS
from sicp.engines.drafting.plan_moves import fits
from sicp.engines.drafting.plan_moves import restore
from sicp.engines.drafting.plan_moves import step
from sicp.engines.drafting.plan_tree import DEROGATIONS
from sicp.engines.drafting.plan_tree import Tree
from sicp.engines.drafting.plan_tree import TreeNode
from sicp.exceptions import InvalidInputError
from sicp.i18n import _

PLACES = ("before", "after", "into")
LONGEST_TITLE = 300
#: What plain letters write otherwise.

#: Changes the tree of a canevas; the second tree is that of the canevas it extends.
Act = Callable[[Tree, Tree | None], None]


@dataclass(frozen=True)
class Move:
    """One step: up, down, into the article before or after, out of its article."""

    key: str
    way: str

    def __call__(self, tree: Tree, _parent: Tree | None) -> None:
        """Move the node.

        Raises:
            InvalidInputError: it is gone, or cannot move that way.
        """
        _node(tree, self.key)
        place = step(tree, self.key, self.way) if self.way in WAYS else None
        if place is None:
            raise InvalidInputError(_NO_WAY)
        _apply(tree, {"move": self.key, place[0]: place[1]})


@dataclass(frozen=True)
class Place:
    """Any move: before or after another node, or into an article."""

    key: str
    place: str
    target: str

    def __call__(self, tree: Tree, _parent: Tree | None) -> None:
        """Move the node.

        Raises:
            InvalidInputError: it or the place is gone, or it would be too deep.
        """
        node = _node(tree, self.key)
        if any(inner.key == self.target for inner in node.walk()):
            raise InvalidInputError(_NO_WAY)
        _check_place(tree, self.place, self.target)
        if not fits(tree, self.key, (self.place, self.target)):
            raise InvalidInputError(_TOO_DEEP)
        _apply(tree, {"move": self.key, self.place: self.target})


@dataclass(frozen=True)
class AddClause:
    """Call a clause of the clausier at a place."""

    clause_id: str
    place: str
    target: str

    def __call__(self, tree: Tree, _parent: Tree | None) -> None:
        """Add the call.

        Raises:
            InvalidInputError: it is called already, or the place is gone.
        """
        if tree.node(self.clause_id) is not None:
            raise InvalidInputError(
                _(
                    "plan-clause-twice",
                    default="Ce canevas appelle déjà cette clause : déplacez-la.",
                )
            )
        _check_place(tree, self.place, self.target)
        _apply(tree, {"insert": {"clause": self.clause_id}, self.place: self.target})


@dataclass(frozen=True)
class AddHeading:
    """Open a part or an article at a place; its id is made from its title."""

    title: str
    place: str
    target: str

    def __call__(self, tree: Tree, parent: Tree | None) -> None:
        """Add the heading.

        Raises:
            InvalidInputError: no title, or the place is gone.
        """
        title = _title(self.title)
        _check_place(tree, self.place, self.target)
        key = free_key(title, tree, parent)
        node = {"article": key, "title": title, "children": []}
        _apply(tree, {"insert": node, self.place: self.target})
        if not fits(tree, key, ("into", tree.holder(key).key)):
            raise InvalidInputError(_TOO_DEEP)


@dataclass(frozen=True)
class AddDerogations:
    """Place the list that names every derogation to the CCAG (R2112-3)."""

    place: str
    target: str

    def __call__(self, tree: Tree, _parent: Tree | None) -> None:
        """Add the list.

        Raises:
            InvalidInputError: there is one, or the place is gone.
        """
        if tree.node(DEROGATIONS) is not None:
            raise InvalidInputError(
                _(
                    "plan-derogations-twice",
                    default="Ce canevas a déjà la liste des dérogations : déplacez-la.",
                )
            )
        _check_place(tree, self.place, self.target)
        node = {DEROGATIONS: True, "title": "Dérogations au CCAG"}
        _apply(tree, {"insert": node, self.place: self.target})


@dataclass(frozen=True)
class Change:
    """Set what is said of a node: title, condition, level, numbered."""

    key: str
    properties: Mapping[str, Any]

    def __call__(self, tree: Tree, _parent: Tree | None) -> None:
        """Set the properties; None takes one away.

        Raises:
            InvalidInputError: the node is gone, or its title too long.
        """
        node = _node(tree, self.key)
        told = dict(self.properties)
        if told.get("title"):
            told["title"] = _title(str(told["title"]))
        if node.kind == DEROGATIONS and not told.get("title"):
            raise InvalidInputError(_TITLE_NEEDED, "title")
        _apply(tree, {"change": self.key, "set": told})


@dataclass(frozen=True)
class Remove:
    """Take a node out of the plan, with all it holds."""

    key: str

    def __call__(self, tree: Tree, _parent: Tree | None) -> None:
        """Remove the node.

        Raises:
            InvalidInputError: it is gone already.
        """
        _node(tree, self.key)
        tree.take(self.key)


@dataclass(frozen=True)
class Restore:
    """Make a node again what it is in the canevas extended."""

    key: str

    def __call__(self, tree: Tree, parent: Tree | None) -> None:
        """Restore the node.

        Raises:
            InvalidInputError: the canevas extended has no such node.
        """
        if parent is None or parent.node(self.key) is None:
            raise InvalidInputError(_GONE)
        restore(tree, parent, self.key)


def free_key(title: str, *trees: Tree | None) -> str:
    """Make of a title an id that no node of ``trees`` bears."""
    used = {node.key for tree in trees if tree is not None for node in tree.walk()}
    return free_name(f"article-{title}", used)


def free_name(title: str, used: Container[str]) -> str:
    """Make of a title an id in plain letters that is not in ``used``."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
    stem = words[: LONGEST_ID - 4].strip("-") or "canevas"
    name, rank = stem, 1
    while name in used:
        rank += 1
        name = f"{stem}-{rank}"
    return name


def _node(tree: Tree, key: str) -> TreeNode:
    found = tree.node(key)
    if found is None:
        raise InvalidInputError(_GONE)
    return found


def _check_place(tree: Tree, place: str, target: str) -> None:
    if place not in PLACES or (not target and place != "into"):
        raise InvalidInputError(_NO_WAY)
    if target and _node(tree, target).kind != "heading" and place == "into":
        raise InvalidInputError(_NO_WAY)


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title:
        raise InvalidInputError(_TITLE_NEEDED, "title")
    if len(title) > LONGEST_TITLE:
        raise InvalidInputError(
            _(
                "plan-title-long",
                default="Raccourcissez le titre à ${count} caractères au plus.",
                mapping={"count": LONGEST_TITLE},
            ),
            "title",
        )
    return title


def _apply(tree: Tree, change: Mapping[str, Any]) -> None:
    try:
        apply_change(tree, change)
    except LoadError as error:
        raise InvalidInputError(str(error)) from error


_GONE = _(
    "plan-node-gone",
    default="Cet élément n’est plus dans le canevas : relisez le plan.",
)
_NO_WAY = _(
    "plan-no-way", default="Cet élément ne peut pas aller là : relisez le plan."
)
_TOO_DEEP = _(
    "plan-too-deep",
    default="Il serait trop profond : les titres ont six niveaux au plus.",
)
_TITLE_NEEDED = _("plan-title-needed", default="Donnez un titre.")
