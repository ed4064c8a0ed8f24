"""The proof of canevas: every answer tried, before any writer meets a fault.

The same check serves the editor of a canevas, the publication of the clausier and the
command line; what was proved once is not proved again as long as nothing changed.
"""

import json
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from typing import Any

from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.findings import Finding
from sicp.engines.drafting.findings import Severity
from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.loader import canevas_from_data
from sicp.engines.drafting.loader import canevas_to_data
from sicp.engines.drafting.loader import clause_to_data
from sicp.engines.drafting.proof import Proof
from sicp.engines.drafting.proof import prove
from sicp.exceptions import InvalidInputError
from sicp.operations.clause.library import library_of
from sicp.operations.document.context import drafting_fields
from sicp.operations.template import Written
from sicp.operations.template import engine_canevas

#: Proofs already made, by what they were made of.
_MADE: dict[str, Proof] = {}
_MOST_MADE = 256


def prove_template(
    site: Any,  # noqa: ANN401
    template: Any,  # noqa: ANN401
    on: date,
    data: Mapping[str, Any] | None = None,
    changed: Iterable[Clause] = (),
) -> Proof:
    """Check a canevas of the site for all answers, with the clauses of the day ``on``.

    Args:
        site: the site.
        template: the canevas, as last published.
        on: a day in France.
        data: the tree to check instead of the published one.
        changed: clauses as they would become, instead of those in force.
    """
    known = Written(template.__parent__)
    library = with_changed(library_of(site, on), changed)
    if data is None:
        try:
            return prove_canevas(engine_canevas(template), library, on)
        except InvalidInputError as error:
            return _unreadable(error.message)
    try:
        return prove_canevas(canevas_from_data(data, known), library, on)
    except LoadError as error:
        return _unreadable(str(error))


def prove_every_template(
    site: Any,  # noqa: ANN401
    on: date,
    changed: Iterable[Clause] = (),
) -> Iterator[tuple[Any, Proof]]:
    """Check every published canevas of the site, in the order of their titles."""
    clauses = tuple(changed)
    for template in sorted(site["canevas"].values(), key=lambda item: item.title):
        if template.versions:
            yield template, prove_template(site, template, on, changed=clauses)


def prove_canevas(canevas: Canevas, library: Library, on: date) -> Proof:
    """Check a canevas, unless the very same was checked before."""
    fields = drafting_fields(on)
    key = _key(canevas, library, on)
    found = _MADE.get(key)
    if found is None:
        if len(_MADE) >= _MOST_MADE:
            _MADE.clear()
        found = _MADE[key] = prove(canevas, library, fields)
    return found


def with_changed(library: Library, changed: Iterable[Clause]) -> Library:
    """Return ``library`` with some clauses as they would become."""
    new = {clause.id: clause for clause in changed}
    kept = (clause for clause in library if clause.id not in new)
    return Library((*kept, *new.values())) if new else library


def _key(canevas: Canevas, library: Library, on: date) -> str:
    """Write all that a proof depends on: the tree, the clauses it calls, the law."""
    names = sorted({use.clause for use, _conditions in canevas.clause_uses()})
    found = (library.clause(name) for name in names)
    told = {
        "canevas": canevas_to_data(canevas),
        "parts": repr(canevas.parts) if canevas.extends else "",
        "clauses": [clause_to_data(clause) for clause in found if clause is not None],
        "ids": sorted(clause.id for clause in library),
        "year": on.isoformat(),
    }
    return json.dumps(told, sort_keys=True, default=str)


def _unreadable(message: str) -> Proof:
    return Proof((Finding(Severity.ERROR, message),), 0, is_exhaustive=True, partial=())
