"""Changes canevas: a tree being edited, which documents take only once published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sicp import permissions as p
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.inheritance import ancestors
from sicp.engines.drafting.inheritance import changes_between
from sicp.engines.drafting.inheritance import resolve_what_holds
from sicp.engines.drafting.load_error import LoadError
from sicp.engines.drafting.loader import canevas_from_data
from sicp.engines.drafting.plan_tree import Tree
from sicp.events import Happened
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.template.node import Act
from sicp.operations.template.template import Written
from sicp.operations.user.right import require
from sicp.operations.user.right import who_saved


class Edited(Written):
    """The canevas of a site as their editors left them, by id."""

    def of(self, template: Any) -> Mapping[str, Any]:  # noqa: ANN401
        """Return the tree being edited, or the published one."""
        edited: Mapping[str, Any] = template.edited
        return edited


@dataclass(frozen=True)
class Plan:
    """The tree being edited; ``parent`` is that of the canevas it extends, or None.

    ``faults`` say in French what of it does not hold any more since its parent changed:
    it is not in the tree, and is gone at the next save.
    """

    tree: Tree
    parent: Tree | None
    faults: tuple[str, ...]


def plan_of(template: Any) -> Plan:  # noqa: ANN401
    """Return the plan of a canevas as its editors see it."""
    data, known = template.edited, Edited(template.__parent__)
    try:
        plain, faults = resolve_what_holds(data, known)
        name = str(data.get("extends") or "")
        if not name:
            return Plan(Tree(plain.get("parts") or ()), None, faults)
        parent, _none = resolve_what_holds(known[name], known)
    except LoadError as error:
        return Plan(Tree(data.get("parts") or ()), None, (str(error),))
    return Plan(Tree(plain["parts"]), Tree(parent["parts"]), faults)


def edited_canevas(template: Any, data: Mapping[str, Any] | None = None) -> Canevas:  # noqa: ANN401
    """Return a canevas as its editors left it, or as ``data`` would make it.

    Raises:
        InvalidInputError: it cannot be read; the message says why.
    """
    return read_edited(template.edited if data is None else data, template.__parent__)


def read_edited(data: Mapping[str, Any], library: Any) -> Canevas:  # noqa: ANN401
    """Read a tree among the canevas as their editors left them.

    Raises:
        InvalidInputError: it cannot be read; the message says why.
    """
    try:
        return canevas_from_data(data, Edited(library))
    except LoadError as error:
        raise InvalidInputError(str(error)) from error


def heirs_of(template: Any) -> tuple[Any, ...]:  # noqa: ANN401
    """Return the canevas that extend this one, directly or not, by title."""
    library = template.__parent__
    known = Edited(library)
    found = (
        item
        for item in library.values()
        if template.template_id in ancestors(item.edited, known)
    )
    return tuple(sorted(found, key=lambda item: item.title))


def edit_plan(  # noqa: PLR0913
    template: Any,  # noqa: ANN401
    act: Act,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Change the plan by one act.

    Of a canevas that extends another one, only what it changes of it is kept.

    Raises:
        NotAllowedError: the actor does not keep the library.
        EditConflictError: somebody saved the canevas since ``revision``.
        InvalidInputError: the act cannot be done; nothing is changed.
    """
    require(actor, p.EDIT_LIBRARY, template)
    check_revision(template, revision)
    plan = plan_of(template)
    act(plan.tree, plan.parent)
    data = with_tree(template.edited, plan)
    _save(template, data, template.working_reason, actor, now, registry)


def with_tree(data: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """Return a canevas with the tree of ``plan``, in the form in which it is kept.

    Raises:
        InvalidInputError: the tree cannot be written; the message says why.
    """
    own = {k: v for k, v in data.items() if k not in {"parts", "changes"}}
    parts = plan.tree.to_data()
    if not parts:
        raise InvalidInputError(
            _(
                "plan-last-node",
                default="Gardez au moins un article ou une clause dans le canevas.",
            )
        )
    if plan.parent is None:
        return {**own, "parts": parts}
    try:
        return {**own, "changes": changes_between(plan.parent.to_data(), parts)}
    except LoadError as error:
        raise InvalidInputError(str(error)) from error


def undo_edit(
    template: Any,  # noqa: ANN401
    *,
    revision: int,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Take back the last save of the tree being edited.

    Raises:
        NotAllowedError: the actor does not keep the library.
        EditConflictError: somebody saved the canevas since ``revision``.
        StateError: there is nothing to take back.
    """
    require(actor, p.EDIT_LIBRARY, template)
    check_revision(template, revision)
    if not template.earlier:
        raise StateError(_("plan-nothing-to-undo", default="Il n’y a rien à annuler."))
    template.undo(actor.login, now)
    _note(template, "template-undone", actor, now, registry)


def discard_edit(
    template: Any,  # noqa: ANN401
    *,
    revision: int,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Come back to the published tree; the tree given up can be taken back.

    Raises:
        NotAllowedError: the actor does not keep the library.
        EditConflictError: somebody saved the canevas since ``revision``.
        StateError: it was never published, or nothing was changed.
    """
    require(actor, p.EDIT_LIBRARY, template)
    check_revision(template, revision)
    if not template.versions or template.working is None:
        raise StateError(
            _(
                "plan-nothing-to-discard",
                default="Aucune modification n’attend d’être publiée.",
            )
        )
    template.edit(template.data, actor.login, now)
    _note(template, "template-discarded", actor, now, registry)


def check_revision(template: Any, revision: int) -> None:  # noqa: ANN401
    """Refuse to write over what somebody else saved.

    Raises:
        EditConflictError: the canevas is not the one the actor opened.
    """
    if revision != template.revision:
        raise EditConflictError(
            _(
                "plan-conflict",
                default="${name} a modifié ce canevas depuis que vous l’avez ouvert.",
                mapping={"name": who_saved(template)},
            )
        )


def keep(  # noqa: PLR0913
    template: Any,  # noqa: ANN401
    data: Mapping[str, Any],
    reason: str,
    *,
    revision: int,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Keep a tree, and why it changes, for the next publication.

    Raises:
        NotAllowedError: the actor does not keep the library.
        EditConflictError: somebody saved the canevas since ``revision``.
        InvalidInputError: it cannot be read; the message says why.
    """
    require(actor, p.EDIT_LIBRARY, template)
    check_revision(template, revision)
    _save(template, data, reason, actor, now, registry)


def edited_at(template: Any, revision: int) -> Mapping[str, Any] | None:  # noqa: ANN401
    """Return the tree as it was at ``revision``; None when that is forgotten."""
    if revision == template.revision:
        return dict(template.edited)
    found = (item for item in template.earlier if item.revision == revision)
    edition = next(found, None)
    if edition is None:
        return None
    return template.data if edition.working is None else edition.working


def _save(  # noqa: PLR0913
    template: Any,  # noqa: ANN401
    data: Mapping[str, Any],
    reason: str,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    read_edited(data, template.__parent__)
    template.edit(data, actor.login, now, reason)
    _note(template, "template-edited", actor, now, registry)


def _note(
    template: Any,  # noqa: ANN401
    action: str,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    details = {"template": str(template.edited.get("title") or template.title)}
    registry.notify(Happened(template, action, actor.login, now, details=details))
