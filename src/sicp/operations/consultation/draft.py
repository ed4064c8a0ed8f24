"""Writes the pieces of a consultation: answers, alternatives, local texts."""

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.clock import legal_day
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import ClauseKind
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.values import UnreadableValueError
from sicp.engines.drafting.values import coerce
from sicp.events import Happened
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.consultation.basis import Basis
from sicp.operations.consultation.basis import basis_of
from sicp.operations.consultation.basis import new_basis
from sicp.operations.consultation.local_text import check_names
from sicp.operations.consultation.local_text import checked_text
from sicp.operations.index import index
from sicp.operations.user.right import require
from sicp.operations.user.right import who_saved


def create_draft(
    consultation: Any,  # noqa: ANN401
    template_id: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """Begin the piece of one canevas; one already begun is returned as it is.

    Raises:
        NotAllowedError: the actor may not draft here.
        InvalidInputError: there is no such canevas.
    """
    require(actor, p.DRAFT_DOCUMENTS, consultation)
    pieces = consultation["pieces"]
    begun = pieces.get(template_id)
    if begun is not None:
        return begun
    site = find_objectmap(consultation).root
    basis = new_basis(site, template_id, legal_day(now))
    canevas = basis.canevas
    if canevas.is_abstract:
        raise InvalidInputError(
            _(
                "draft-of-abstract",
                default="Ce canevas sert de socle à d’autres : il ne donne pas de "
                "pièce.",
            )
        )
    draft = registry.content.create("Draft", canevas.id, canevas.title)
    draft.release = basis.release
    draft.touch(actor.login, now)
    pieces.add(canevas.id, draft, registry=registry)
    index(site, draft)
    _note(draft, "draft-created", actor, now, registry)
    return draft


def save_answers(  # noqa: PLR0913
    draft: Any,  # noqa: ANN401
    values: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    revision: int | None = None,
) -> dict[str, tuple[Any, Any]]:
    """Write answers to the variables of clauses; return what changed, old and new.

    None takes an answer away. Somebody else's answers to other questions are kept.

    Raises:
        NotAllowedError: the actor may not draft here.
        StateError: the piece is frozen.
        InvalidInputError: a name is no question of this piece, or a value is unfit.
        EditConflictError: somebody answered the same question since ``revision``.
    """
    require_open(draft, actor)
    variables = own_fields(draft, legal_day(now))
    changes = _changes(draft, values, variables)
    if not changes:
        return {}
    _check_revision(draft, (f"answer:{name}" for name in changes), revision)
    for name, (_old, new) in changes.items():
        if new is None:
            draft.answers.pop(name, None)
        else:
            draft.answers[name] = new
    draft.note_parts(tuple(f"answer:{name}" for name in changes), actor.login, now)
    _note(draft, "draft-saved", actor, now, registry, fields=sorted(changes))
    return changes


def choose_alternative(  # noqa: PLR0913
    draft: Any,  # noqa: ANN401
    group: str,
    clause_id: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    revision: int | None = None,
) -> None:
    """Keep one clause of a group of alternatives.

    Raises:
        NotAllowedError: the actor may not draft here.
        StateError: the piece is frozen.
        InvalidInputError: the clause is not one of this group in this piece.
        EditConflictError: somebody chose in this group since ``revision``.
    """
    require_open(draft, actor)
    clause = _clause(draft, clause_id, legal_day(now))
    if not group or clause.group != group:
        raise InvalidInputError(
            _(
                "alternative-unknown",
                default="Cette clause n’est pas une des alternatives proposées.",
            ),
            "clause",
        )
    if draft.choices.get(group) == clause_id:
        return
    _check_revision(draft, (f"choice:{group}",), revision)
    draft.choices[group] = clause_id
    part = f"choice:{group}"
    draft.note_parts((part,), actor.login, now)
    _note(draft, "draft-saved", actor, now, registry, clause=clause_id, part=part)


def set_local_text(  # noqa: PLR0913
    draft: Any,  # noqa: ANN401
    clause_id: str,
    text: str | None,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    revision: int | None = None,
) -> None:
    """Put the writer's own text in an open clause; None goes back to the library's.

    Raises:
        NotAllowedError: the actor may not draft here.
        StateError: the piece is frozen.
        InvalidInputError: the clause is fixed, or the text cannot be read.
        EditConflictError: somebody wrote this text since ``revision``.
    """
    require_open(draft, actor)
    clause = _clause(draft, clause_id, legal_day(now))
    if not may_rewrite(clause):
        raise InvalidInputError(
            _(
                "clause-fixed",
                default="La clause « ${title} » est fixe : son texte ne se réécrit "
                "pas.",
                mapping={"title": clause.title},
            ),
            "text",
        )
    new = checked_text(clause, text)
    if new is not None:
        library = basis_of(draft, legal_day(now)).library
        check_names(new, own_fields(draft, legal_day(now)), library)
    if new == draft.local_texts.get(clause_id):
        return
    _check_revision(draft, (f"text:{clause_id}",), revision)
    others = {k: v for k, v in draft.local_authors.items() if k != clause_id}
    if new is None:
        del draft.local_texts[clause_id]
        draft.local_authors = others
    else:
        draft.local_texts[clause_id] = new
        draft.local_authors = {**others, clause_id: actor.login}
    index(find_objectmap(draft).root, draft)
    part = f"text:{clause_id}"
    draft.note_parts((part,), actor.login, now)
    _note(draft, "draft-saved", actor, now, registry, clause=clause_id, part=part)


def leave_out(  # noqa: PLR0913
    draft: Any,  # noqa: ANN401
    clause_id: str,
    *,
    is_left_out: bool,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Take an optional clause out of the piece, or put it back.

    Raises:
        NotAllowedError: the actor may not draft here.
        StateError: the piece is frozen.
        InvalidInputError: the clause is not optional.
    """
    require_open(draft, actor)
    clause = _clause(draft, clause_id, legal_day(now))
    if clause.kind is not ClauseKind.OPTIONAL:
        raise InvalidInputError(
            _(
                "clause-not-optional",
                default="La clause « ${title} » n’est pas facultative : elle ne se "
                "retire pas.",
                mapping={"title": clause.title},
            ),
            "clause",
        )
    if is_left_out == (clause_id in draft.left_out):
        return
    others = draft.left_out - {clause_id}
    draft.left_out = others | {clause_id} if is_left_out else others
    part = f"left:{clause_id}"
    draft.note_parts((part,), actor.login, now)
    _note(draft, "draft-saved", actor, now, registry, clause=clause_id, part=part)


def may_rewrite(clause: Clause) -> bool:
    """Tell whether the writer may put his own text in a clause."""
    return clause.is_open or clause.kind is ClauseKind.FREE


def clause_of(draft: Any, clause_id: str, now: datetime) -> Clause:  # noqa: ANN401
    """Return a clause that the canevas of a piece calls.

    Raises:
        InvalidInputError: the canevas does not call it, or it does not exist.
    """
    return _clause(draft, clause_id, legal_day(now))


def own_fields(draft: Any, on: date) -> dict[str, Field]:  # noqa: ANN401
    """Return the questions that the clauses of a piece may ask, kept or not, by name.

    Raises:
        InvalidInputError: the canevas of the piece is lost, or cannot be read.
    """
    basis = basis_of(draft, on)
    clauses = (basis.library.clause(name, on) for name in _called(basis))
    return {
        field.name: field
        for clause in clauses
        if clause is not None
        for field in clause.variables
    }


def require_open(draft: Any, actor: Actor) -> None:  # noqa: ANN401
    """Stop here unless the actor may write this piece, and it still changes.

    Raises:
        NotAllowedError: the actor may not draft here.
        StateError: the piece is frozen.
    """
    require(actor, p.DRAFT_DOCUMENTS, draft.__parent__.__parent__)
    if draft.frozen_at is not None:
        raise StateError(
            _("draft-frozen", default="Cette pièce est figée : elle ne change plus.")
        )


def _called(basis: Basis) -> tuple[str, ...]:
    return tuple(use.clause for use, _conditions in basis.canevas.clause_uses())


def _clause(draft: Any, clause_id: str, on: date) -> Clause:  # noqa: ANN401
    basis = basis_of(draft, on)
    clause = basis.library.clause(clause_id, on)
    if clause is None or clause_id not in _called(basis):
        raise InvalidInputError(
            _("clause-unknown", default="Cette clause n’est pas dans ce canevas."),
            "clause",
        )
    return clause


def _changes(
    draft: Any,  # noqa: ANN401
    values: Mapping[str, Any],
    variables: Mapping[str, Field],
) -> dict[str, tuple[Any, Any]]:
    changes = {}
    for name, value in values.items():
        field = variables.get(name)
        if field is None:
            raise InvalidInputError(
                _(
                    "field-unknown",
                    default="Le champ « ${name} » n’existe pas.",
                    mapping={"name": name},
                ),
                name,
            )
        old, new = draft.answers.get(name), _read(field, value)
        if old is None and new == _read(field, field.meta.get("default")):
            # What the clause says by itself is not an answer of the writer.
            continue
        if old != new:
            changes[name] = (old, new)
    return changes


def _read(field: Field, value: Any) -> Any:  # noqa: ANN401
    try:
        read = coerce(field, value)
    except UnreadableValueError as error:
        message = _(
            "answer-unreadable", default="${why}", mapping={"why": f"{error}".strip()}
        )
        raise InvalidInputError(message, field.name) from error
    known = {choice.value for choice in field.choices}
    chosen = read if isinstance(read, tuple) else (read,)
    if known and read is not None and not known.issuperset(chosen):
        raise InvalidInputError(
            _("answer-not-offered", default="Cette réponse n’est pas proposée."),
            field.name,
        )
    return read


def _check_revision(draft: Any, parts: Iterable[str], revision: int | None) -> None:  # noqa: ANN401
    if revision is None:
        return
    if any(draft.was_written_since(part, revision) for part in parts):
        raise EditConflictError(
            _(
                "draft-conflict",
                default="${who} a enregistré cette partie de la pièce pendant que "
                "vous l’écriviez.",
                mapping={"who": who_saved(draft)},
            )
        )


def _note(
    draft: Any,  # noqa: ANN401
    action: str,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
    **details: Any,  # noqa: ANN401
) -> None:
    told = {"template": draft.title, "piece": draft.template_id, **details}
    registry.notify(Happened(draft, action, actor.login, now, details=told))
