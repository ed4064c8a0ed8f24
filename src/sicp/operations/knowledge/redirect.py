"""Addresses of the base: names that are free, and old addresses that still lead.

What leaves a name behind leaves its number there. An address is followed name by name,
so that it leads to its thing whatever was renamed or moved on the way, and however
often. A name that leads somewhere is not given to anything else.
"""

import re
from collections.abc import Sequence
from typing import Any

from sicp.catalog.words import fold
from sicp.content_types.knowledge import BIN_NAME
from sicp.content_types.knowledge import base_of
from sicp.content_types.knowledge import lineage_of
from sicp.interfaces.knowledge import IShelf

LONGEST_NAME = 80
#: Names that pages have, or may have: nothing stands under them.
RESERVED = frozenset(
    (
        *(BIN_NAME, "ajouter", "abonnements", "aide", "apercu", "branche", "chercher"),
        *("classer", "comparer", "copier", "deplacer", "detruire", "enregistrer"),
        *("exporter", "fichier", "joindre", "lectures"),
        *("historique", "importer", "index", "lecteurs", "liens", "modifier"),
        *("nouveau", "nouvelle", "ordre", "publier", "questions", "recherche"),
        *("rechercher", "renommer", "restaurer", "retirer", "retirer-sans-reponse"),
        *("retirer-synonymes", "sans-reponse", "supprimer", "synonymes"),
        *("synonymes-livres", "versions", "vote"),
    )
)


def name_of_title(title: str) -> str:
    """Return a title as an address: « L’allotissement » becomes l-allotissement."""
    name = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
    return name[:LONGEST_NAME].strip("-") or "sans-titre"


def free_name(folder: Any, title: str, item: Any = None) -> str:
    """Return a name that nothing has in ``folder``, nor had but ``item`` itself."""
    stem = name_of_title(title)
    name, rank = stem, 1
    while name in RESERVED or _is_taken(folder, name, item):
        rank += 1
        name = f"{stem}-{rank}"
    return name


def leave(item: Any) -> str:
    """Take a thing out of its folder, where its old address goes on leading to it.

    Returns:
        the name it had.
    """
    folder, name = item.__parent__, item.__name__
    base_of(folder).redirects[folder.__oid__, name] = item.__oid__
    folder.release(name)
    return str(name)


def settle(item: Any, folder: Any, name: str) -> None:
    """Put a thing in ``folder``, under a name that is free."""
    base_of(folder).redirects.pop((folder.__oid__, name), None)
    folder.hold(name, item)


def resolve(base: Any, names: Sequence[str]) -> Any:
    """Follow an address, old or new; None when it never led anywhere."""
    current = base
    for name in names:
        current = _step(base, current, name)
        if current is None:
            return None
    return current


def moved_address(base: Any, names: Sequence[str]) -> tuple[Any, tuple[str, ...]]:
    """Return what an address that leads nowhere once led to, and what follows it.

    What follows is at most the name of a page. None where the address leads nowhere,
    or to where it says.
    """
    for length in (len(names), len(names) - 1):
        item = resolve(base, names[:length]) if length > 0 else None
        if item is None or item is base:
            continue
        is_same = address_of(item) == "/".join(names[:length])
        return (None, ()) if is_same else (item, tuple(names[length:]))
    return None, ()


def address_of(item: Any) -> str:
    """Return the address of a thing below the base: « marches/allotissement »."""
    names = [place.__name__ for place in lineage_of(item)][:-1]
    return "/".join(reversed(names))


def _step(base: Any, place: Any, name: str) -> Any:
    is_shelf = IShelf.providedBy(place)
    if not is_shelf:
        return None
    try:
        return place[name]
    except KeyError:
        number = base.redirects.get((place.__oid__, name))
        return base.numbers.get(number) if number is not None else None


def _is_taken(folder: Any, name: str, item: Any) -> bool:
    if name in folder:
        return folder[name] is not item
    base = base_of(folder)
    number = base.redirects.get((folder.__oid__, name))
    own = getattr(item, "__oid__", None)
    return number is not None and number != own and number in base.numbers
