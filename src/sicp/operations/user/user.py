"""Lists and finds accounts: always asked of the catalogue, always within the rights."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from repoze.catalog.query import Eq
from substanced.util import find_objectmap

from sicp.catalog.indexes import FAMILY
from sicp.catalog.indexes import AnyOf
from sicp.catalog.indexes import everything
from sicp.catalog.user import ACTIVE
from sicp.catalog.user import CLOSED
from sicp.catalog.words import fold
from sicp.catalog.words import words_of
from sicp.interfaces.user import Actor
from sicp.operations.user.perimeter import home_of
from sicp.operations.user.perimeter import homes_in_sight

PAGE_SIZE = 50
#: What the list may be sorted by: name in the address, index.
SORTS = {"nom": "title_sort", "identifiant": "reference", "modification": "modified_at"}
#: What the list may be filtered by: name in the address, state.
STATES = {"ouvert": ACTIVE, "ferme": CLOSED}
_ALPHABET_END = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks of the list; ``page`` counts from 1.

    ``home`` keeps the accounts of that entity and of all below it.
    """

    text: str = ""
    home: Any = None
    state: str = ""
    sort: str = "nom"
    is_descending: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list."""

    users: tuple[Any, ...]
    total: int
    page: int


def list_users(site: Any, actor: Actor, wanted: Wanted) -> Listing:
    """Return one page of the accounts the actor sees, and their number."""
    found = _found(site, actor, wanted)
    total = len(found)
    page = min(max(1, wanted.page), max(1, -(-total // PAGE_SIZE)))
    end = page * PAGE_SIZE
    sort = site.business_catalog[SORTS.get(wanted.sort, "title_sort")]
    ordered = list(sort.sort(found, reverse=wanted.is_descending, limit=end))
    return Listing(_objects(site, ordered[end - PAGE_SIZE : end]), total, page)


def people_at(site: Any, entity: Any, on: date) -> list[tuple[Any, Any]]:
    """Return who is assigned to the very ``entity`` now or later, by name.

    Each comes with his assignment; closed accounts are left out.
    """
    query = everything(Eq("content_type", "User"), AnyOf("assigned", [entity.__oid__]))
    _count, numbers = site.business_catalog.query(query)
    pairs = [
        (user, item)
        for user in _objects(site, numbers)
        if user.is_active
        for item in user.assignments
        if item.entity == entity.__oid__
        and (item.ends_on is None or item.ends_on >= on)
    ]
    return sorted(pairs, key=lambda pair: fold(pair[0].title))


def colleagues_named(site: Any, user: Any, text: str) -> list[Any]:
    """Return the people of the same body whom a login or a name designates.

    A login alone designates one person; closed accounts and the person himself are
    left out.
    """
    body = home_of(site, user).body()
    exact = site["utilisateurs"].get(text.strip().lower())
    if exact is not None:
        candidates: Iterable[Any] = [exact]
    else:
        number = body.__oid__ if body is not None else 0
        queries = [Eq("content_type", "User"), Eq("body", number), Eq("state", ACTIVE)]
        found = everything(*queries)._apply(site.business_catalog, None)  # noqa: SLF001
        # A text without any word designates nobody, not everybody.
        named = _with_words(site, found, text) if words_of(text) else ()
        candidates = _objects(site, named)
    return [
        person
        for person in candidates
        if person is not user
        and person.is_active
        and home_of(site, person).body() is body
    ]


def people_named(site: Any, text: str) -> list[Any]:
    """Return the people with an open account whom a login or a name designates."""
    exact = site["utilisateurs"].get(text.strip().lower())
    if exact is not None:
        return [exact] if exact.is_active else []
    if not words_of(text):
        return []
    query = everything(Eq("content_type", "User"), Eq("state", ACTIVE))
    found = query._apply(site.business_catalog, None)  # noqa: SLF001
    return list(_objects(site, _with_words(site, found, text)))


def _found(site: Any, actor: Actor, wanted: Wanted) -> Any:
    homes = homes_in_sight(site, actor)
    if wanted.home is not None:
        below = {wanted.home.__oid__, *(e.__oid__ for e in wanted.home.descendants())}
        homes = list(below if homes is None else below.intersection(homes))
    queries: list[Any] = [Eq("content_type", "User")]
    if homes is not None:
        queries.append(AnyOf("home", homes))
    if wanted.state in STATES:
        queries.append(Eq("state", STATES[wanted.state]))
    found = everything(*queries)._apply(site.business_catalog, None)  # noqa: SLF001
    return _with_words(site, found, wanted.text)


def _with_words(site: Any, numbers: Any, text: str) -> Any:
    """Keep what has, for each word typed, a word that begins so."""
    by_word = site.business_catalog["words"]._fwd_index  # noqa: SLF001
    for word in words_of(text):
        named = FAMILY.IF.multiunion(
            list(by_word.values(min=word, max=word + _ALPHABET_END))
        )
        numbers = FAMILY.IF.intersection(numbers, named)
    return numbers


def _objects(site: Any, numbers: Iterable[int]) -> tuple[Any, ...]:
    objectmap = find_objectmap(site)
    return tuple(objectmap.object_for(number) for number in numbers)
