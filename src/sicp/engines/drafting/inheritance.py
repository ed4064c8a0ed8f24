"""A canevas that extends another one: what it changes, applied or found out.

A child writes ``extends`` and a list of ``changes`` instead of ``parts``: ``remove``,
``insert``, ``move``, ``replace`` and ``change``, applied in order on the tree of its
parent. What the parent gains later, the child gains too; what the parent loses and the
child still changes is a fault, told in French, never passed over.
"""

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.plain_data import Data
from sicp.engines.drafting.plain_data import items
from sicp.engines.drafting.plain_data import within
from sicp.engines.drafting.plan_changes import changes_between
from sicp.engines.drafting.plan_tree import PROPERTIES
from sicp.engines.drafting.plan_tree import Tree
from sicp.engines.drafting.plan_tree import read_node

__all__ = [
    "INHERITED",
    "ancestors",
    "apply_change",
    "changes_between",
    "faults_of",
    "parents_first",
    "resolve",
    "resolve_what_holds",
]

#: What a child takes from its parent when it does not say it itself; never ``applies``.
INHERITED = ("document", "cover", "layout")
_PLACES = ("after", "before", "into")
_OWN_KEYS = ("extends", "changes", "abstract")


def resolve(data: Data, parents: Mapping[str, Data]) -> dict[str, Any]:
    """Return a canevas in the plain form, with ``parts`` and without ``extends``.

    Args:
        data: the canevas, which extends another one or not.
        parents: the canevas it may extend, by id, as they are written.

    Raises:
        LoadError: a parent is missing or extends itself, a change has no target any
            more or cannot be read; every fault is told.
    """
    plain, faults = _resolved(data, parents, ())
    if faults:
        raise LoadError(f"{_named(data)} : {' ; '.join(faults)}")
    return plain


def resolve_what_holds(
    data: Data, parents: Mapping[str, Data]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the plain form as far as it can be made, and in French what was left out.

    It is what an editor shows of a canevas whose parent changed: what does not hold any
    more is told, and is gone once the plan is saved.

    Raises:
        LoadError: a parent is missing, extends itself or has faults of its own.
    """
    return _resolved(data, parents, ())


def faults_of(data: Data, parents: Mapping[str, Data]) -> tuple[str, ...]:
    """Return in French why ``data`` cannot be resolved; none when it can."""
    try:
        return _resolved(data, parents, ())[1]
    except LoadError as error:
        return (str(error),)


def ancestors(data: Data, parents: Mapping[str, Data]) -> Iterator[str]:
    """Yield the ids of the canevas that ``data`` extends, from near to far."""
    seen: set[str] = set()
    name = _parent(data)
    while name and name not in seen:
        seen.add(name)
        yield name
        name = _parent(parents.get(name) or {})


def parents_first(canevas: Mapping[str, Data]) -> Iterator[str]:
    """Yield the ids of ``canevas``, each one after all those it extends."""
    done: dict[str, None] = {}
    for name, data in canevas.items():
        for wanted in (*reversed([*ancestors(data, canevas)]), name):
            if wanted in canevas and wanted not in done:
                done[wanted] = None
                yield wanted


def _resolved(
    data: Data, parents: Mapping[str, Data], below: tuple[str, ...]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    name = _parent(data)
    if not name:
        _check_plain(data)
        return {k: v for k, v in data.items() if k not in _OWN_KEYS}, ()
    chain = (*below, str(data.get("id") or ""))
    parent, faults = _resolved(_known(name, data, parents, chain), parents, chain)
    if faults:
        message = f"{_named(parents[name])}, qu’il prolonge : {' ; '.join(faults)}"
        raise LoadError(f"{_named(data)} : {message}")
    return _child(data, parent)


def _known(
    name: str, data: Data, parents: Mapping[str, Data], chain: tuple[str, ...]
) -> Data:
    if name in chain:
        said = " → ".join((*chain[chain.index(name) :], name))
        message = (
            f"{_named(data)} : il finit par se prolonger lui-même ({said}) ; "
            "choisissez-lui un autre canevas à prolonger"
        )
        raise LoadError(message)
    found = parents.get(name)
    if found is None:
        message = (
            f"{_named(data)} : il prolonge le canevas « {name} », qui n’existe pas ou "
            "plus ; choisissez-en un autre"
        )
        raise LoadError(message)
    return found


def _check_plain(data: Data) -> None:
    if data.get("changes"):
        message = (
            f"{_named(data)} : il porte des changements (« changes ») sans dire quel "
            "canevas il prolonge (« extends »)"
        )
        raise LoadError(message)


def _child(data: Data, parent: Data) -> tuple[dict[str, Any], tuple[str, ...]]:
    if data.get("parts"):
        message = (
            f"{_named(data)} : un canevas qui en prolonge un autre écrit ses "
            "changements (« changes »), pas son plan (« parts »)"
        )
        raise LoadError(message)
    changes = within(_named(data), lambda: items(data, "changes"))
    tree = Tree(deepcopy(items(parent, "parts")))
    faults = tuple(_apply_all(tree, changes, _named(parent)))
    taken = {k: parent[k] for k in INHERITED if parent.get(k) and not data.get(k)}
    own = {k: v for k, v in data.items() if k not in _OWN_KEYS}
    return {**own, **taken, "parts": tree.to_data()}, faults


def _apply_all(tree: Tree, changes: Any, parent: str) -> Iterator[str]:  # noqa: ANN401
    for rank, change in enumerate(changes, start=1):
        try:
            apply_change(tree, change)
        except LoadError as error:
            yield f"changement n° {rank} sur le {parent} : {error}"
    yield from (
        f"« {key} » figure deux fois dans le plan ; retirez l’un des deux ou donnez à "
        "l’article un autre identifiant"
        for key in tree.doubles()
    )


def apply_change(tree: Tree, change: Any) -> None:  # noqa: ANN401
    """Apply one change on ``tree``, wholly or not at all.

    Raises:
        LoadError: it cannot be read, or what it is about is not in the tree.
    """
    if not isinstance(change, Mapping):
        message = f"« {change} » n’est pas un changement"
        raise LoadError(message)
    kinds = [kind for kind in _CHANGES if kind in change]
    if len(kinds) != 1:
        message = (
            "un changement porte une seule clé parmi « remove », « insert », « move », "
            "« replace » et « change »"
        )
        raise LoadError(message)
    _CHANGES[kinds[0]](tree, change)


def _remove(tree: Tree, change: Data) -> None:
    _check_keys(change, {"remove"})
    key = _target(tree, change["remove"], "retire")
    tree.take(key)


def _insert(tree: Tree, change: Data) -> None:
    _check_keys(change, {"insert", *_PLACES})
    place, key = _place(tree, change)
    tree.put(read_node(deepcopy(change["insert"])), place, key)


def _move(tree: Tree, change: Data) -> None:
    _check_keys(change, {"move", *_PLACES})
    moved = _target(tree, change["move"], "déplace")
    place, key = _place(tree, change)
    node = tree.node(moved)
    if node is not None and any(inner.key == key for inner in node.walk() if key):
        message = f"« {moved} » ne peut pas se placer par rapport à lui-même"
        raise LoadError(message)
    tree.put(tree.take(moved), place, key)


def _replace(tree: Tree, change: Data) -> None:
    _check_keys(change, {"replace", "with"})
    key = _target(tree, change["replace"], "remplace")
    tree.exchange(key, read_node(deepcopy(change.get("with"))))


def _change(tree: Tree, change: Data) -> None:
    _check_keys(change, {"change", "set"})
    node = tree.node(_target(tree, change["change"], "modifie"))
    wanted = change.get("set")
    if not isinstance(wanted, Mapping) or not wanted:
        message = f"« {change['change']} » : « set » dit ce qui change"
        raise LoadError(message)
    strange = [name for name in wanted if name not in PROPERTIES]
    if strange:
        message = (
            f"« {change['change']} » : « {strange[0]} » ne se modifie pas ainsi ; "
            f"seuls le peuvent {', '.join(f'« {name} »' for name in PROPERTIES)}"
        )
        raise LoadError(message)
    if node is None:
        return
    for name, value in wanted.items():
        node.properties.pop(name, None)
        if value is not None and not (name == "numbered" and value is True):
            node.properties[name] = deepcopy(value)


_CHANGES: Mapping[str, Callable[[Tree, Data], None]] = {
    "remove": _remove,
    "insert": _insert,
    "move": _move,
    "replace": _replace,
    "change": _change,
}


def _target(tree: Tree, key: Any, verb: str) -> str:  # noqa: ANN401
    if not key or tree.node(str(key)) is None:
        message = (
            f"il {verb} « {key or ''} », qui n’y figure pas ou plus ; supprimez ce "
            "changement ou désignez un article ou une clause du plan"
        )
        raise LoadError(message)
    return str(key)


def _place(tree: Tree, change: Data) -> tuple[str, str]:
    places = [place for place in _PLACES if place in change]
    if len(places) != 1:
        message = "dites une seule place parmi « after », « before » et « into »"
        raise LoadError(message)
    place, key = places[0], str(change[places[0]] or "")
    if place == "into" and not key:
        return place, ""
    node = tree.node(key)
    if node is None:
        message = (
            f"il se place par rapport à « {key} », qui n’y figure pas ou plus ; "
            "désignez un article ou une clause du plan"
        )
        raise LoadError(message)
    if place == "into" and node.kind != "heading":
        message = f"« {key} » est une clause : elle ne contient rien"
        raise LoadError(message)
    return place, key


def _check_keys(change: Data, known: set[str]) -> None:
    strange = sorted(str(name) for name in change if name not in known)
    if strange:
        message = f"clé inconnue « {strange[0]} »"
        raise LoadError(message)


def _parent(data: Data) -> str:
    return str(data.get("extends") or "")


def _named(data: Data) -> str:
    return f"canevas « {data.get('title') or data.get('id') or '?'} »"
