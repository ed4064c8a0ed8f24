"""What a canevas is beside its plan; and how a new one begins."""

from collections.abc import Mapping
from datetime import date
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.engines.drafting.layout import Layout
from sicp.engines.drafting.plan_proof import PHASES
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.clause.rich_text import Palette
from sicp.operations.clause.rich_text import palette_of
from sicp.operations.template.editing import check_revision
from sicp.operations.template.editing import heirs_of
from sicp.operations.template.editing import keep
from sicp.operations.template.editing import read_edited
from sicp.operations.template.node import free_name
from sicp.operations.user.right import require

__all__ = [
    "LAYOUTS",
    "PHASES",
    "create_template",
    "delete_template",
    "palette_of_cover",
    "write_properties",
]

LAYOUTS = tuple(layout.value for layout in Layout)

BLANK = "blank"
COPY = "copy"
EXTEND = "extend"

_OWN = ("title", "document", "phase", "layout", "applies", "abstract")


def create_template(  # noqa: PLR0913
    site: Any,  # noqa: ANN401
    *,
    title: str,
    document: str,
    start: str,
    source: str,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """Begin a canevas: blank, as a copy of another, or as one that extends another.

    It waits for its first publication; writers do not see it before.

    Raises:
        NotAllowedError: the actor does not keep the library.
        InvalidInputError: no title or document, or the other canevas is unknown.
    """
    library = site["canevas"]
    require(actor, p.EDIT_LIBRARY, library)
    name = free_name(_needed(title, "title"), library)
    data = _beginning(library, start, source)
    data |= {"id": name, "title": title.strip(), "version": 1}
    data["document"] = document.strip() or data.get("document", "")
    _needed(data["document"], "document")
    read_edited(data, library)
    template = registry.content.create(
        "Template", name, data["title"], data["document"]
    )
    library.add(name, template, registry=registry)
    template.edit(data, actor.login, now)
    # There is nothing before its beginning to go back to.
    template.earlier = ()
    _note(template, "template-created", actor, now, registry)
    return template


def write_properties(  # noqa: PLR0913
    template: Any,  # noqa: ANN401
    values: Mapping[str, Any],
    *,
    revision: int,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Set the title, document, phase, layout, cover and condition of a canevas.

    ``values`` hold ``cover_title`` and ``cover_subtitle`` in markup, and ``reason``:
    why the canevas changes. What a canevas that extends another leaves empty is taken
    from that one.

    Raises:
        NotAllowedError: the actor does not keep the library.
        EditConflictError: somebody saved the canevas since ``revision``.
        InvalidInputError: no title or document, or a value is unreadable.
    """
    _needed(str(values.get("title") or ""), "title")
    if not template.edited.get("extends"):
        _needed(str(values.get("document") or ""), "document")
    data = {k: v for k, v in template.edited.items() if k not in {*_OWN, "cover"}}
    data |= {name: values[name] for name in _OWN if values.get(name)}
    cover = {
        name: values[f"cover_{name}"]
        for name in ("title", "subtitle")
        if values.get(f"cover_{name}")
    }
    if cover:
        data["cover"] = cover
    keep(
        template,
        data,
        str(values.get("reason") or ""),
        revision=revision,
        actor=actor,
        now=now,
        registry=registry,
    )


def palette_of_cover(template: Any, on: date) -> Palette:  # noqa: ANN401
    """Return what may be put in the texts of the cover.

    They refer to the clauses that the canevas calls; to none when it cannot be read.
    """
    try:
        uses = read_edited(template.edited, template.__parent__).clause_uses()
        called = {use.clause for use, _conditions in uses}
    except InvalidInputError:
        called = set()
    return palette_of(find_objectmap(template).root, on, clauses=called)


def delete_template(
    template: Any,  # noqa: ANN401
    *,
    revision: int,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Throw away a canevas that was never published.

    Raises:
        NotAllowedError: the actor does not keep the library.
        EditConflictError: somebody saved the canevas since ``revision``.
        StateError: it was published, or another canevas extends it.
    """
    require(actor, p.EDIT_LIBRARY, template)
    check_revision(template, revision)
    if template.versions or heirs_of(template):
        raise StateError(
            _(
                "template-not-deleted",
                default="Un canevas publié, ou qu’un autre prolonge, ne se supprime "
                "pas.",
            )
        )
    library = template.__parent__
    title = str(template.edited["title"])
    library.remove(template.template_id)
    details = {"template": title}
    registry.notify(
        Happened(library, "template-deleted", actor.login, now, details=details)
    )


def _beginning(library: Any, start: str, source: str) -> dict[str, Any]:  # noqa: ANN401
    if start == BLANK:
        return {"phase": "single", "parts": [_FIRST]}
    other = library.get(source) if source else None
    if other is None or start not in {COPY, EXTEND}:
        raise InvalidInputError(
            _("template-source-needed", default="Choisissez le canevas de départ."),
            "source",
        )
    told = dict(other.edited)
    if start == COPY:
        return {k: v for k, v in told.items() if k != "abstract"}
    # When it is proposed is never taken from another.
    kept = {k: told[k] for k in ("document", "phase") if k in told}
    return {**kept, "extends": other.template_id, "changes": []}


def _needed(text: str, field: str) -> str:
    if not text.strip():
        raise InvalidInputError(
            _("template-field-needed", default="Remplissez ce champ."), field
        )
    return text.strip()


def _note(
    template: Any,  # noqa: ANN401
    action: str,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    details = {"template": template.title}
    registry.notify(Happened(template, action, actor.login, now, details=details))


_FIRST: Mapping[str, Any] = {"id": "article-objet", "title": "Objet", "children": []}
