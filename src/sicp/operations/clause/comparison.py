"""Two versions of a clause side by side, as a Word file, and an older one restored."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.content_types.clause import RETIREMENT
from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.docx.revisions import Reviser
from sicp.engines.docx.revisions import clause_pairs
from sicp.engines.docx.revisions import write_comparison
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.text_diff import PropertyDiff
from sicp.engines.drafting.text_diff import compare_clauses
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.clause.condition import condition_fields
from sicp.operations.clause.editing import alternative_groups
from sicp.operations.clause.library import clause_called
from sicp.operations.clause.library import clauses_of
from sicp.operations.clause.library import engine_clause
from sicp.operations.clause.library import read_data
from sicp.operations.clause.proposal import open_proposal
from sicp.operations.clause.proposal import propose_amendment
from sicp.operations.user.right import require

Data = Mapping[str, Any]

#: The groups of the library read last, by its stamp; each process may lose them.
_GROUPS: dict[str, Mapping[str, str]] = {}
#: Whose changes are those that came with the application.
_SYSTEM = "SICP"
_PROPOSED = "Proposition comparée à la clause en vigueur"


def differences(
    site: Any,  # noqa: ANN401
    old: Data | None,
    new: Data | None,
    on: date,
) -> tuple[PropertyDiff, ...]:
    """Return what is not the same in two texts of a clause, named for people.

    None stands for a clause that is not there yet, or is no more.

    Raises:
        InvalidInputError: one of them cannot be read; the message says where.
    """
    before, after = (_named(site, data) for data in (old, new))
    try:
        return compare_clauses(before, after, _known_fields(site, on))
    except MarkupError as error:
        raise InvalidInputError(str(error)) from error


def comparison_file(  # noqa: PLR0913
    clause: Any,  # noqa: ANN401
    first: int,
    second: int,
    *,
    actor: Actor,
    on: date,
    organisation: str = "",
) -> bytes:
    """Return two versions as one Word file, the second as tracked changes.

    The changes bear the name of who wrote the second version, and its instant.

    Raises:
        NotAllowedError: the actor does not read the clausier.
        InvalidInputError: there is no such version, or one cannot be read.
    """
    require(actor, p.VIEW_LIBRARY, clause)
    site = find_objectmap(clause).root
    old, new = version_of(clause, first), version_of(clause, second)
    return _tracked(
        site,
        (old.data, new.data),
        Reviser(_name(site, new.written_by), new.written_at),
        _properties(clause, organisation, _told(first, second), new.written_at),
        on,
    )


def proposal_file(
    proposal: Any,  # noqa: ANN401
    *,
    actor: Actor,
    on: date,
    organisation: str = "",
) -> bytes:
    """Return a proposal as a Word file: tracked changes of the clause in force.

    A new clause is inserted whole, one to be retired is deleted whole. The changes bear
    the name of who proposed them, and the instant of the last act on the proposal.

    Raises:
        NotAllowedError: the actor does not read the proposals.
        InvalidInputError: a text cannot be read.
    """
    require(actor, p.VIEW_PROPOSALS, proposal)
    site = find_objectmap(proposal).root
    found = version_in_force(clause_called(site, proposal.clause_id), on)
    before = found.data if found is not None else None
    after = None if proposal.kind == RETIREMENT else proposal.data
    return _tracked(
        site,
        (before, after),
        Reviser(_name(site, proposal.created_by), proposal.modified_at),
        _properties(proposal, organisation, _PROPOSED, proposal.modified_at),
        on,
    )


def _properties(item: Any, organisation: str, subject: str, at: datetime) -> Properties:  # noqa: ANN401
    return Properties(
        title=item.title,
        reference=item.clause_id,
        subject=subject,
        author=organisation,
        created_at=at,
    )


def _tracked(
    site: Any,  # noqa: ANN401
    texts: tuple[Data | None, Data | None],
    by: Reviser,
    properties: Properties,
    on: date,
) -> bytes:
    old, new = (_named(site, data) for data in texts)
    try:
        pairs = clause_pairs([(old, new)], _known_fields(site, on))
        house = HouseStyle(organisation=properties.author)
        return write_comparison(pairs, by, house, properties)
    except MarkupError as error:
        raise InvalidInputError(str(error)) from error


def restore_version(  # noqa: PLR0913
    clause: Any,  # noqa: ANN401
    number: int,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    reason: str = "",
) -> Any:  # noqa: ANN401
    """Propose that an older version becomes the latest one.

    Raises:
        NotAllowedError: the actor does not keep the library.
        InvalidInputError: there is no such version.
        StateError: a proposal is already open on this clause.
    """
    site = find_objectmap(clause).root
    require(actor, p.EDIT_LIBRARY, site["propositions"])
    version = version_of(clause, number)
    if open_proposal(site, clause.clause_id) is not None:
        raise StateError(
            _(
                "proposal-already-open",
                default="Une proposition est déjà ouverte sur cette clause.",
            )
        )
    return propose_amendment(
        site,
        clause.clause_id,
        actor=actor,
        now=now,
        registry=registry,
        data=version.data,
        reason=reason or f"Retour au texte de la version {number}.",
    )


def version_of(clause: Any, number: int) -> Any:  # noqa: ANN401
    """Return one version of a clause.

    Raises:
        InvalidInputError: there is no such version.
    """
    found = clause.version(number)
    if found is None:
        raise InvalidInputError(
            _("clause-version-unknown", default="Cette version n’existe pas.")
        )
    return found


def version_in_force(clause: Any, on: date) -> Any:  # noqa: ANN401
    """Return the version of a clause in force on the day ``on``.

    It is the latest one when none is; None when the library has no such clause.

    Raises:
        InvalidInputError: a version cannot be read.
    """
    if clause is None or not clause.versions:
        return None
    in_force = (
        version
        for version in reversed(clause.versions)
        if engine_clause(clause, version).is_in_force(on)
    )
    return next(in_force, clause.current)


def place_titles(site: Any, data: Data) -> tuple[str, str]:  # noqa: ANN401
    """Return the titles of the family and of the theme a clause is put in."""
    library = site["clausier"]
    family = library.get(data.get("family", ""))
    theme = family.get(data.get("theme", "")) if family is not None else None
    said = (data.get("family", ""), data.get("theme", ""))
    return tuple(  # type: ignore[return-value]
        getattr(folder, "title", "") or name
        for folder, name in zip((family, theme), said, strict=True)
    )


def _named(site: Any, data: Data | None) -> Clause | None:  # noqa: ANN401
    if data is None:
        return None
    family, theme = place_titles(site, data)
    clause = read_data(data)
    owner = _name(site, clause.owner) if clause.owner else ""
    group = _groups(site).get(clause.group, clause.group) if clause.group else ""
    return replace(clause, family=family, theme=theme, owner=owner, group=group)


def _groups(site: Any) -> Mapping[str, str]:  # noqa: ANN401
    """Return what each group of alternatives is called, made once per library."""
    stamp = str(site["clausier"].stamp)
    if stamp not in _GROUPS:
        _GROUPS.clear()
        _GROUPS[stamp] = dict(alternative_groups(site))
    return _GROUPS[stamp]


def _known_fields(site: Any, on: date) -> FieldSet:  # noqa: ANN401
    """Return every field, and the titles of the clauses that a text refers to."""
    titles = tuple(
        Field(f"ref:{clause.clause_id}", clause.title)
        for clause in clauses_of(site["clausier"])
    )
    return condition_fields(on).extended_with(titles)


def _name(site: Any, login: str) -> str:  # noqa: ANN401
    user = site["utilisateurs"].get(login)
    return user.title if user is not None else _SYSTEM


def _told(first: int, second: int) -> str:
    return f"Version {second} comparée à la version {first}"
