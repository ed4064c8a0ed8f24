"""A piece is brought to the latest publication: one screen, before and after."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import DomainError
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.consultation import IDraft
from sicp.operations.consultation.rebase import rebase
from sicp.operations.consultation.rebase import step_of
from sicp.operations.document.rebasing import read_step
from sicp.operations.user.right import may
from sicp.views.office.consultation.consultation import tabs
from sicp.views.office.consultation.wording import state_badge
from sicp.views.shared import display
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import HiddenControl
from sicp.views.shared.forms import LongTextControl
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import revision_node
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import flash

_CONFLICT = 409
_LONGEST_REASON = 2000
_LONGEST_NAME = 40
_REASON_LINES = 2
_APPLY, _LEAVE = "apply", "leave"
_OPTIONS = (
    Option(_APPLY, _("rebase-apply", default="Appliquer")),
    Option(_LEAVE, _("rebase-leave", default="Laisser")),
)


@view_config(
    name="reprise",
    context=IDraft,
    permission=p.VIEW_DETAIL,
    request_method="GET",
    renderer="templates/rebase/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show each change of the clausier as this very piece would take it."""
    reading = read_step(context, request.today)
    return _page(context, request, reading, _form(context, request, reading))


@view_config(
    name="reprise",
    context=IDraft,
    permission=p.DRAFT_DOCUMENTS,
    request_method="POST",
    renderer="templates/rebase/show.pt",
)
def apply(context: Any, request: Any) -> Any:
    """Take the changes chosen, leave the others with their reasons."""
    reading = read_step(context, request.today)
    form = _form(context, request, reading)
    if _is_outdated(request, form):
        return _page(context, request, reading, form)
    values = validate(form, request.POST)
    if values is not None and _is_done(context, request, form, values):
        return HTTPSeeOther(request.resource_url(context))
    return _page(context, request, reading, form)


def notice_of(context: Any, request: Any) -> dict[str, Any] | None:
    """Tell what the latest publication changes in a piece; None when nothing."""
    try:
        step = step_of(context, request.today)
    except InvalidInputError:
        return None
    if step is None or not (step.pending or step.imposed):
        return None
    return {
        "title": context.title,
        "release": step.there.release,
        "pending": len(step.pending),
        "imposed": [item.title for item in step.imposed],
        "url": request.resource_url(context, "reprise"),
    }


def _is_outdated(request: Any, form: Form) -> bool:
    """Refuse what was read of another publication than the one in force now."""
    if request.POST.get("release") == form["release"].cstruct:
        return False
    form.refuse(
        _(
            "rebase-newer",
            default="Une autre version du clausier est entrée en vigueur : "
            "relisez les changements.",
        )
    )
    request.response.status_int = _CONFLICT
    return True


def _is_done(context: Any, request: Any, form: Form, values: dict[str, Any]) -> bool:
    left = {
        name.removeprefix("choice-"): values.get(f"reason-{name[7:]}") or ""
        for name, value in values.items()
        if name.startswith("choice-") and value == _LEAVE
    }
    try:
        applied = rebase(
            context,
            left,
            release=values["release"],
            revision=values["revision"],
            actor=request.actor,
            now=request.now,
            registry=request.registry,
        )
    except DomainError as error:
        form.refuse(error.message, f"reason-{error.field}" if error.field else "")
        if isinstance(error, EditConflictError):
            request.response.status_int = _CONFLICT
            form["revision"].cstruct = str(context.revision)
        return False
    flash(
        request,
        _(
            "rebase-done",
            default="La pièce suit le clausier ${release}. Changements appliqués : "
            "${applied} ; laissés : ${left}.",
            mapping={
                "release": values["release"],
                "applied": len(applied),
                "left": len(left),
            },
        ),
    )
    return True


def _form(context: Any, request: Any, reading: Any) -> Form:
    schema = colander.SchemaNode(colander.Mapping())
    for item in reading.pending if reading is not None else ():
        schema.add(_choice_node(item.change))
        schema.add(_reason_node(item.change))
    schema.add(
        colander.SchemaNode(
            Text(_LONGEST_NAME),
            name="release",
            widget=HiddenControl(),
            missing="",
        )
    )
    schema.add(revision_node())
    release = reading.release if reading is not None else context.release
    return Form(
        schema,
        request,
        appstruct={"release": release, "revision": context.revision},
        action=request.resource_url(context, "reprise"),
        marks_optional=False,
        buttons=[Button("save", _("rebase-save", default="Mettre la pièce à jour"))],
    )


def _choice_node(change: Any) -> Any:
    return colander.SchemaNode(
        Text(_LONGEST_NAME),
        name=f"choice-{change.key}",
        title=_(
            "rebase-choice",
            default="Que faire de « ${title} » ?",
            mapping={"title": change.title},
        ),
        widget=ChoiceControl(options=_OPTIONS),
        default=_APPLY,
    )


def _reason_node(change: Any) -> Any:
    return colander.SchemaNode(
        Text(_LONGEST_REASON, has_lines=True),
        name=f"reason-{change.key}",
        title=_("rebase-reason", default="Motif, si vous laissez ce changement"),
        widget=LongTextControl(lines=_REASON_LINES),
        missing="",
    )


def _page(context: Any, request: Any, reading: Any, form: Form) -> dict[str, Any]:
    consultation = context.__parent__.__parent__
    request.layout.show(
        _(
            "rebase-title",
            default="Reprise de « ${title} »",
            mapping={"title": context.title},
        ),
        subtitle=f"{consultation.reference} — {consultation.object}",
        badge=state_badge(consultation),
    )
    pending = reading.pending if reading is not None else ()
    return {
        "tabs": tabs(consultation, request, "pieces"),
        "reading": reading,
        "releases": _releases(request, reading),
        "form": form,
        "fields": {
            item.change.key: [
                form[f"{name}-{item.change.key}"].render_template("item")
                for name in ("choice", "reason")
            ]
            for item in pending
        },
        "hidden": [form[n].render_template("item") for n in ("release", "revision")],
        "is_writer": may(request.actor, p.DRAFT_DOCUMENTS, context),
        "piece_url": request.resource_url(context),
    }


def _releases(request: Any, reading: Any) -> list[dict[str, str]]:
    """Tell the publications these changes come from, latest first."""
    if reading is None:
        return []
    items = (*reading.pending, *reading.imposed)
    names = {reading.release, *(item.change.release for item in items)}
    found = [request.site["publications"][name] for name in names]
    return [
        {
            "name": release.name,
            "note": release.note,
            "day": display.day(release.in_force_from),
            "url": request.resource_url(release)
            if may(request.actor, p.VIEW_LIBRARY, release)
            else "",
        }
        for release in sorted(found, key=lambda item: item.rank, reverse=True)
    ]
