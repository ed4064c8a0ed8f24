"""From which versions of the clausier a piece is written.

A piece follows the publication under which it was begun. Of those that come later, a
*forced* change reaches it by itself as long as it may still move, a *proposed* one
waits for its writer, and one marked *never* serves new pieces only. A piece that is
frozen, or whose consultation left the writers' hands, does not move any more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from substanced.util import find_objectmap

from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.clause import Library
from sicp.exceptions import InvalidInputError
from sicp.operations.clause.library import library_of
from sicp.operations.clause.library import library_with
from sicp.operations.clause.release import CLAUSE
from sicp.operations.clause.release import FORCED
from sicp.operations.clause.release import TEMPLATE
from sicp.operations.clause.release import release_in_force
from sicp.operations.clause.release import releases_of
from sicp.operations.template import canevas_of

#: The states of a consultation in which its pieces still follow the clausier.
MOVING_STATES = ("definition", "imported")


@dataclass(frozen=True)
class Basis:
    """The canevas and the clauses of one piece, each in one version.

    ``numbers`` are the versions of clauses, ``templates`` those of canevas; both are
    empty on a site that has published nothing.
    """

    release: str
    canevas: Canevas
    library: Library
    numbers: Mapping[str, int]
    templates: Mapping[str, int]


def new_basis(site: Any, template_id: str, on: date) -> Basis:  # noqa: ANN401
    """Return what a piece begun on the day ``on`` is written from.

    Raises:
        InvalidInputError: there is no such canevas, or something cannot be read.
    """
    release = release_in_force(site, on)
    if release is None:
        canevas = canevas_of(site, template_id)
        return Basis("", canevas, library_of(site, on), {}, {})
    return basis_with(
        site, template_id, release.name, release.clauses, release.templates
    )


def basis_of(draft: Any, on: date) -> Basis:  # noqa: ANN401
    """Return what a piece is written from on the day ``on``.

    Raises:
        InvalidInputError: its canevas is lost, or something cannot be read.
    """
    own = own_basis(draft, on)
    site = find_objectmap(draft).root
    release = site["publications"].get(draft.release)
    if release is None or not may_move(draft):
        return own
    return _followed(site, draft.template_id, own, later_releases(site, release, on))


def own_basis(draft: Any, on: date) -> Basis:  # noqa: ANN401
    """Return what a piece took by itself, without what was forced on it since.

    Raises:
        InvalidInputError: its canevas is lost, or something cannot be read.
    """
    site = find_objectmap(draft).root
    release = site["publications"].get(draft.release)
    if release is None:
        return new_basis(site, draft.template_id, on)
    numbers = {**release.clauses, **draft.pins}
    templates = {**release.templates, **draft.template_pins}
    return basis_with(site, draft.template_id, release.name, numbers, templates)


def may_move(draft: Any) -> bool:  # noqa: ANN401
    """Tell whether a piece still follows the clausier."""
    consultation = draft.__parent__.__parent__
    state = consultation.__workflow_state__["consultation"]
    return draft.frozen_at is None and state in MOVING_STATES


def settle(draft: Any, on: date) -> None:  # noqa: ANN401
    """Write in the piece the forced changes it follows: it is about to stop moving."""
    site = find_objectmap(draft).root
    release = site["publications"].get(draft.release)
    if release is None or not may_move(draft):
        return
    basis = basis_of(draft, on)
    draft.pins = differing(release.clauses, basis.numbers)
    draft.template_pins = differing(release.templates, basis.templates)


def differing(told: Mapping[str, int], taken: Mapping[str, int]) -> dict[str, int]:
    """Return the versions in ``taken`` that are not those in ``told``."""
    return {name: n for name, n in taken.items() if told.get(name) != n}


def basis_with(
    site: Any,  # noqa: ANN401
    template_id: str,
    release: str,
    numbers: Mapping[str, int],
    templates: Mapping[str, int],
) -> Basis:
    """Return the canevas and the clauses of these versions.

    Raises:
        InvalidInputError: the canevas is lost, or something cannot be read.
    """
    canevas = canevas_of(site, template_id, templates)
    library = library_with(site, numbers)
    return Basis(release, canevas, library, numbers, templates)


def called_by(canevas: Canevas) -> tuple[str, ...]:
    """Return the ids of the clauses a canevas calls, each once."""
    return tuple(dict.fromkeys(use.clause for use, _c in canevas.clause_uses()))


def later_releases(site: Any, release: Any, on: date) -> list[Any]:  # noqa: ANN401
    """Return the publications in force on ``on`` that came after ``release``."""
    return [
        item
        for item in releases_of(site)
        if item.rank > release.rank and item.in_force_from <= on
    ]


def _followed(
    site: Any,  # noqa: ANN401
    template_id: str,
    own: Basis,
    later: list[Any],
) -> Basis:
    """Return ``own`` with what later publications force."""
    forced = [(r, c) for r in later for c in r.changes if c.policy == FORCED and c.new]
    if not forced:
        return own
    clauses = {c.id: c.new for _r, c in forced if c.kind == CLAUSE}
    templates = {c.id: c.new for _r, c in forced if c.kind == TEMPLATE}
    numbers = {**own.numbers, **clauses}
    taken = {**own.templates, **templates}
    if templates:
        try:
            canevas = canevas_of(site, template_id, taken)
        except InvalidInputError:
            # An older canevas may not suit the parent that is forced: it stays whole.
            taken = dict(own.templates)
        else:
            last = next(r for r, c in reversed(forced) if c.kind == TEMPLATE)
            come = set(called_by(canevas)) - set(called_by(own.canevas))
            # What a canevas newly calls comes with it.
            numbers.update({k: v for k, v in last.clauses.items() if k in come})
    return basis_with(site, template_id, own.release, numbers, taken)
