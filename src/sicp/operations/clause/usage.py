"""How much each clause serves, and is rewritten: asked of the catalogue alone.

Counts are of the whole site; titles, links and names are told only of the pieces of
consultations that the reader may open in full.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from substanced.util import find_objectmap

from sicp.interfaces.user import Actor

#: So many rewriting pieces are named; beyond, the count says enough.
MOST_NAMED = 20
_WHOLE = 100

#: The canevas that call each clause, by its id.
Calls = Mapping[str, Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Usage:
    """What became of a clause in the pieces written.

    ``templates`` counts the canevas that call it, ``pieces`` the pieces begun from
    these, ``rewritten`` those where a writer put his own text in its place.
    """

    clause_id: str
    templates: int
    pieces: int
    rewritten: int

    @property
    def percent(self) -> float:
        """Return the share of pieces in which it was rewritten, from 0 to 100."""
        return self.rewritten * _WHOLE / self.pieces if self.pieces else 0.0


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A piece in which a clause was rewritten, by the login of its writer."""

    draft: Any
    author: str


def usage_of(site: Any, clause_id: str, calls: Calls) -> Usage:  # noqa: ANN401
    """Tell how much one clause serves."""
    return _usage(site, clause_id, calls, _pieces_by_template(site))


def usages(
    site: Any,  # noqa: ANN401
    clause_ids: Iterable[str],
    calls: Calls,
) -> list[Usage]:
    """Tell how much each clause serves, in the order given."""
    pieces = _pieces_by_template(site)
    return [_usage(site, name, calls, pieces) for name in clause_ids]


def rewritings_in_sight(
    site: Any,  # noqa: ANN401
    clause_id: str,
    actor: Actor,
) -> list[Rewriting]:
    """Return pieces where a clause was rewritten, among those the actor may open.

    At most ``MOST_NAMED`` of them are woken.
    """
    catalog = site.business_catalog
    folders = catalog["folder"]._rev_index  # noqa: SLF001
    allowed = catalog["allowed_detail"]._rev_index  # noqa: SLF001
    seen = (
        number
        for number in _rewriting(catalog, clause_id)
        if not actor.principals.isdisjoint(allowed.get(folders.get(number), ()))
    )
    objectmap = find_objectmap(site)
    drafts = (objectmap.object_for(number) for number in islice(seen, MOST_NAMED))
    return [
        Rewriting(draft, draft.local_authors.get(clause_id, ""))
        for draft in drafts
        if draft is not None
    ]


def _usage(
    site: Any,  # noqa: ANN401
    clause_id: str,
    calls: Calls,
    pieces: Mapping[str, int],
) -> Usage:
    names = [template.template_id for template in calls.get(clause_id, ())]
    rewritten = len(_rewriting(site.business_catalog, clause_id))
    begun = sum(pieces.get(name, 0) for name in names)
    # A piece of an older canevas may have rewritten what its canevas calls no more.
    return Usage(clause_id, len(names), max(begun, rewritten), rewritten)


def _rewriting(catalog: Any, clause_id: str) -> Any:  # noqa: ANN401
    # Only pieces are rewritten: the index is enough.
    return catalog["rewritten"]._fwd_index.get(clause_id, ())  # noqa: SLF001


def _pieces_by_template(site: Any) -> dict[str, int]:  # noqa: ANN401
    # Only pieces have a canevas: the index counts them without waking one.
    index = site.business_catalog["template"]._fwd_index  # noqa: SLF001
    return {name: len(index.get(name, ())) for name in site["canevas"]}
