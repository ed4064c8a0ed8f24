"""Offers the right sheet at the right place: beside a field, at a stage, by a clause.

What a sheet helps with is noted on the sheet itself, by those who write it, as words
such as « field:estimated_amount ». One question to the catalogue finds the sheets of a
whole page, among what its reader may see.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from repoze.catalog.query import Any as AnyOf
from repoze.catalog.query import Eq
from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.catalog.indexes import allowed_to
from sicp.catalog.indexes import everything
from sicp.catalog.indexes import known_of
from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.content_types.knowledge import is_in_bin
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.clause.library import clauses_of
from sicp.operations.index import index
from sicp.operations.knowledge.zone import SERVICE
from sicp.operations.knowledge.zone import zone_tokens
from sicp.operations.user.right import require
from sicp.workflows.knowledge import PUBLISHED

FIELD, STAGE, CLAUSE = "field", "stage", "clause"
#: The stages of a consultation, in their order.
STAGES: Mapping[str, str] = {
    "definition": _("stage-definition", default="Définition"),
    "publicity": _("stage-publicity", default="Publicité"),
    "consultation": _("stage-consultation", default="Consultation"),
    "opening": _("stage-opening", default="Dépouillement"),
    "award": _("stage-award", default="Attribution"),
}
#: More would be a list to read, not a help; a stage has more to be told than a field.
MOST_SHOWN = {FIELD: 3, STAGE: 12, CLAUSE: 3}


@dataclass(frozen=True, slots=True)
class Helps:
    """What a sheet is offered beside, by name."""

    fields: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()

    def keys(self) -> tuple[str, ...]:
        """Return the words by which the catalogue knows it, each once."""
        named = (
            *(help_key(FIELD, name) for name in self.fields),
            *(help_key(STAGE, name) for name in self.stages),
            *(help_key(CLAUSE, name) for name in self.clauses),
        )
        return tuple(dict.fromkeys(named))


def help_key(sort: str, name: str) -> str:
    """Return the word that says « beside this »: « field:estimated_amount »."""
    return f"{sort}:{name}"


def helps_of(sheet: Any) -> Helps:
    """Return what a sheet is offered beside."""
    named: dict[str, list[str]] = {FIELD: [], STAGE: [], CLAUSE: []}
    for key in sheet.helps:
        sort, _colon, name = key.partition(":")
        named[sort].append(name)
    return Helps(*(tuple(named[sort]) for sort in (FIELD, STAGE, CLAUSE)))


def helping(
    site: Any, actor: Actor, sort: str, names: Iterable[str]
) -> dict[str, tuple[Any, ...]]:
    """Return the published sheets that help with each of ``names``, asked at once.

    They come in their order in the base, ``MOST_SHOWN`` at most for a name; a name
    without any is left out.
    """
    keys = {help_key(sort, name): name for name in names}
    if not keys:
        return {}
    catalog, base = site.business_catalog, site[SERVICE]
    _count, numbers = catalog.query(
        everything(
            AnyOf("helps", list(keys)),
            Eq("state", PUBLISHED),
            allowed_to(zone_tokens(site, actor)),
        ),
        sort_index="rank",
    )
    found: dict[str, list[Any]] = {}
    for number in numbers:
        for key in keys.keys() & set(known_of(catalog, "helps", number) or ()):
            found.setdefault(keys[key], []).append(number)
    shown = ((name, held[: MOST_SHOWN[sort]]) for name, held in found.items())
    return {
        name: tuple(base.numbers[number] for number in held) for name, held in shown
    }


def choose_helps(
    sheet: Any, wanted: Helps, *, actor: Actor, now: datetime, registry: Any
) -> None:
    """Say what a sheet is offered beside.

    Raises:
        NotAllowedError: the actor does not write here.
        InvalidInputError: there is no such field, stage or clause; the message names
            the first one.
        StateError: the sheet was thrown away.
    """
    require(actor, p.EDIT_KNOWLEDGE, sheet)
    if is_in_bin(sheet):
        raise StateError(
            _("sheet-in-bin", default="Cette fiche est dans la corbeille.")
        )
    site = find_objectmap(sheet).root
    known = {clause.clause_id for clause in clauses_of(site["clausier"])}
    _check(wanted.fields, UPSTREAM_FORM, "fields")
    _check(wanted.stages, STAGES, "stages")
    # A clause that left the library since may stay named: nothing shows it.
    _check(wanted.clauses, known | set(helps_of(sheet).clauses), "clauses")
    sheet.helps, sheet.helps_by = wanted.keys(), actor.login
    sheet.touch(actor.login, now)
    index(site, sheet)
    details = {"count": len(sheet.helps)}
    registry.notify(
        Happened(sheet, "sheet-helps-chosen", actor.login, now, details=details)
    )


def _check(names: Iterable[str], known: Iterable[str], field: str) -> None:
    for name in names:
        if name not in known:
            raise InvalidInputError(
                _(
                    "helps-unknown",
                    default="« ${name} » n’existe pas.",
                    mapping={"name": name},
                ),
                field,
            )
