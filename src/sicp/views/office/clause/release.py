"""The publications of the clausier: read them, prepare one, see the pieces touched."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import DomainError
from sicp.i18n import _
from sicp.interfaces.clause import IRelease
from sicp.interfaces.clause import IReleases
from sicp.operations.clause.library import clause_called
from sicp.operations.clause.release import CLAUSE
from sicp.operations.clause.release import FORCED
from sicp.operations.clause.release import NEVER
from sicp.operations.clause.release import PROPOSED
from sicp.operations.clause.release import next_name
from sicp.operations.clause.release import releases_of
from sicp.operations.clause.release import waiting_changes
from sicp.operations.consultation.release import DONE
from sicp.operations.consultation.release import IMPOSED
from sicp.operations.consultation.release import WAITING
from sicp.operations.consultation.release import concerned_in_sight
from sicp.operations.consultation.release import count_touched
from sicp.operations.document.publication import difference_of_published
from sicp.operations.document.publication import difference_of_waiting
from sicp.operations.document.publication import prove_publication
from sicp.operations.document.publication import publish_proved
from sicp.operations.user.right import may
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import FrenchDate
from sicp.views.shared.forms import LongTextControl
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import flash

_LONGEST_NOTE = 5000
_NOTE_LINES = 4
_LONGEST_NAME = 40
_NOT_YET = "wait"
_SHOWN_NOTE = 160
_MOST_DIFFERENCES = 60

POLICIES = {
    PROPOSED: _("policy-proposed", default="Proposée aux rédacteurs"),
    FORCED: _("policy-forced", default="Imposée"),
    NEVER: _("policy-never", default="Nouvelles pièces seulement"),
}
_NOT_YET_TITLE = _("policy-wait", default="Pas dans cette publication")
_STATES = {
    WAITING: Badge(_("concerned-waiting", default="À reprendre"), "warning"),
    IMPOSED: Badge(_("concerned-imposed", default="Imposée"), "info"),
    DONE: Badge(_("concerned-done", default="Reprise"), "success"),
}
_COLUMNS = (
    Column("name", _("release-name", default="Publication")),
    Column("day", _("release-day", default="En vigueur le"), is_short=True),
    Column("note", _("release-note", default="Note aux rédacteurs")),
    Column("count", _("release-changes", default="Changements"), is_number=True),
    Column("by", _("release-by", default="Publiée par")),
)
_KINDS = {
    "clause": _("change-clause", default="Clause"),
    "template": _("change-template", default="Canevas"),
}
_FATES = {
    "added": _("change-added", default="Ajout"),
    "removed": _("change-removed", default="Retrait"),
    "changed": _("change-changed", default="Modification"),
}
#: What the comparison of two canevas says of a line.
_LINE_KINDS = {
    "added": _("canevas-line-added", default="Ajouté"),
    "removed": _("canevas-line-removed", default="Retiré"),
    "moved": _("canevas-line-moved", default="Déplacé"),
    "changed": _("canevas-line-changed", default="Changé"),
}


@view_config(
    context=IReleases,
    permission=p.VIEW_LIBRARY,
    renderer="templates/release/show_all.pt",
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """List the publications, latest first."""
    request.layout.show(_("releases", default="Publications"))
    is_publisher = may(request.actor, p.PUBLISH_LIBRARY, context)
    if is_publisher:
        request.layout.primary_action = Action(
            _("release-prepare", default="Préparer une publication"),
            request.resource_url(context, "preparer"),
        )
    rows = [_row(item, request) for item in reversed(releases_of(request.site))]
    empty = EmptyState(
        _("releases-empty", default="Rien n’est encore publié."),
        _(
            "releases-empty-text",
            default="Une publication met en vigueur les propositions adoptées et les "
            "canevas modifiés, et le dit aux rédacteurs.",
        ),
    )
    table = Table(_("releases", default="Publications"), _COLUMNS, rows, empty=empty)
    waiting = len(waiting_changes(request.site)) if is_publisher else 0
    return {"table": table, "waiting": waiting}


@view_config(
    context=IRelease, permission=p.VIEW_LIBRARY, renderer="templates/release/show.pt"
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show what a publication changes, and the pieces it concerns."""
    request.layout.show(
        _("release-title", default="Clausier ${name}", mapping={"name": context.name}),
        badge=_badge(context, request),
    )
    concerned = concerned_in_sight(request.site, context, request.actor)
    read = context.changes[:_MOST_DIFFERENCES]
    return {
        "release": context,
        "day": display.day(context.in_force_from),
        "by": person(request, context.created_by),
        "changes": [_published(change, request) for change in read],
        "others": [_named(change) for change in context.changes[_MOST_DIFFERENCES:]],
        "line_kinds": _LINE_KINDS,
        "pieces": [_piece(item, request) for item in concerned.pieces],
        "has_more": concerned.has_more,
    }


@view_config(
    name="preparer",
    context=IReleases,
    permission=p.PUBLISH_LIBRARY,
    renderer="templates/release/prepare.pt",
)
def prepare(context: Any, request: Any) -> Any:
    """Choose what is published and under which policy; nothing goes without proof."""
    waiting = waiting_changes(request.site)
    form = _form(context, request, waiting)
    policies = {item.key: _default_policy(item) for item in waiting}
    day = request.today
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None:
            policies, day = _chosen(values), values["in_force_from"]
            release = _publish(request, form, values, policies)
            if release is not None:
                return HTTPSeeOther(request.resource_url(release))
    chosen = [item for item in waiting if item.key in policies]
    request.layout.show(_("release-prepare", default="Préparer une publication"))
    counts = count_touched(request.site, waiting)
    return {
        "name": next_name(request.site, request.today),
        "waiting": [_waiting(item, counts, form, request) for item in waiting],
        "findings": prove_publication(request.site, chosen, day, policies),
        "form": form,
        "fields": [form[n].render_template("item") for n in ("in_force_from", "note")],
        "line_kinds": _LINE_KINDS,
        "proposals_url": request.resource_url(request.site["propositions"]),
    }


def _publish(request: Any, form: Form, values: Any, policies: Any) -> Any:
    """Publish, unless the person only wants the proof or something is refused."""
    if "check" in request.POST:
        return None
    try:
        release = publish_proved(
            request.site,
            policies,
            note=values["note"] or "",
            in_force_from=values["in_force_from"],
            link=lambda draft: request.resource_url(draft, "reprise"),
            actor=request.actor,
            now=request.now,
            registry=request.registry,
        )
    except DomainError as error:
        form.refuse(error.message, error.field)
        return None
    flash(
        request,
        _(
            "release-done",
            default="Le clausier ${name} est publié. Les rédacteurs concernés sont "
            "prévenus.",
            mapping={"name": release.name},
        ),
    )
    return release


def _form(context: Any, request: Any, waiting: Any) -> Form:
    schema = colander.SchemaNode(colander.Mapping())
    for item in waiting:
        schema.add(_policy_node(item))
    schema.add(
        colander.SchemaNode(
            FrenchDate(),
            name="in_force_from",
            title=_("release-day", default="En vigueur le"),
            default=request.today,
        )
    )
    schema.add(
        colander.SchemaNode(
            Text(_LONGEST_NOTE, has_lines=True),
            name="note",
            title=_("release-note", default="Note aux rédacteurs"),
            description=_(
                "release-note-help",
                default="Ce qui change et pourquoi, en quelques mots : la note est "
                "envoyée aux rédacteurs des pièces concernées.",
            ),
            widget=LongTextControl(lines=_NOTE_LINES),
            missing="",
        )
    )
    buttons = [
        Button("publish", _("release-publish", default="Publier")),
        Button("check", _("release-check", default="Vérifier sans publier")),
    ]
    url = request.resource_url(context, "preparer")
    return Form(schema, request, action=url, marks_optional=False, buttons=buttons)


def _policy_node(item: Any) -> Any:
    policies = POLICIES if item.new else {NEVER: POLICIES[NEVER]}
    options = [Option(name, title) for name, title in policies.items()]
    return colander.SchemaNode(
        Text(_LONGEST_NAME),
        name=item.key,
        title=_(
            "release-policy",
            default="Pour les pièces en cours, « ${title} » est",
            mapping={"title": item.title},
        ),
        widget=ChoiceControl(options=(*options, Option(_NOT_YET, _NOT_YET_TITLE))),
        default=_default_policy(item),
    )


def _default_policy(item: Any) -> str:
    return PROPOSED if item.new else NEVER


def _chosen(values: dict[str, Any]) -> dict[str, str]:
    others = {"in_force_from", "note"}
    return {
        name: value
        for name, value in values.items()
        if name not in others and value != _NOT_YET
    }


def _waiting(item: Any, counts: Any, form: Form, request: Any) -> dict[str, Any]:
    return {
        **_named(item),
        "reason": item.reason,
        "count": counts[item.key],
        "is_new": not item.old,
        "difference": difference_of_waiting(request.site, item, request.today),
        "url": request.resource_url(item.source),
        "field": form[item.key].render_template("item"),
    }


def _published(change: Any, request: Any) -> dict[str, Any]:
    return {
        **_named(change),
        "reason": change.reason,
        "policy": POLICIES[change.policy],
        "url": _url(change, request),
        "difference": difference_of_published(request.site, change, request.today)
        if change.old
        else None,
    }


def _url(change: Any, request: Any) -> str:
    place = (
        clause_called(request.site, change.id)
        if change.kind == CLAUSE
        else request.site["canevas"].get(change.id)
    )
    return request.resource_url(place) if place is not None else ""


def _named(change: Any) -> dict[str, Any]:
    fate = "changed"
    if not change.old:
        fate = "added"
    elif not change.new:
        fate = "removed"
    return {
        "title": change.title,
        "kind": _KINDS[change.kind],
        "fate": _FATES[fate],
    }


def _piece(item: Any, request: Any) -> dict[str, Any]:
    consultation = item.draft.__parent__.__parent__
    return {
        "title": item.draft.title,
        "url": request.resource_url(item.draft),
        "consultation": f"{consultation.reference} — {consultation.object}",
        "badge": _STATES[item.state],
        "changes": [change.title for change in item.changes],
        "rebase_url": ""
        if item.state == DONE
        else request.resource_url(item.draft, "reprise"),
    }


def _row(release: Any, request: Any) -> Row:
    note = release.note
    short = note if len(note) <= _SHOWN_NOTE else f"{note[:_SHOWN_NOTE].rstrip()}…"
    return Row(
        (
            Cell(
                release.name,
                request.resource_url(release),
                badge=_badge(release, request),
            ),
            Cell(display.day(release.in_force_from)),
            Cell(short),
            Cell(display.number(len(release.changes))),
            Cell(person(request, release.created_by)),
        ),
        name=release.name,
    )


def _badge(release: Any, request: Any) -> Badge | None:
    if release.in_force_from > request.today:
        return Badge(_("release-to-come", default="À venir"), "progress")
    return None
