"""The versions of a sheet: listed, read, compared, restored."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.knowledge import ISheet
from sicp.operations.knowledge.version import compare_texts
from sicp.operations.knowledge.version import restore_version
from sicp.operations.knowledge.version import rewrite_version
from sicp.operations.knowledge.version import versions_of
from sicp.operations.user.right import may
from sicp.views.office.forms import number_of
from sicp.views.office.knowledge.offer import TOP
from sicp.views.office.knowledge.offer import offer
from sicp.views.office.knowledge.sheet import shown_text
from sicp.views.office.knowledge.wording import by
from sicp.views.office.knowledge.wording import field_terms
from sicp.views.office.knowledge.wording import typed
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash


@offer(ISheet, rank=70, place=TOP)
def version_actions(sheet: Any, request: Any) -> Any:
    """Offer the history of what is published."""
    if sheet.current is not None:
        url = request.resource_url(sheet, "versions")
        yield Action(_("sheet-versions", default="Versions"), url)


@view_config(
    name="versions",
    context=ISheet,
    permission=p.VIEW_KNOWLEDGE,
    renderer="templates/version/show_all.pt",
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """List the versions of a sheet, the latest first."""
    request.layout.show(_("sheet-versions", default="Versions"), subtitle=context.title)
    lines = [_line(context, request, version) for version in versions_of(context)]
    latest = context.current.number if context.current is not None else 0
    return {
        "lines": lines,
        "choice": _choice(context, request, max(1, latest - 1), latest),
        "sheet_url": request.resource_url(context),
    }


@view_config(
    name="version",
    context=ISheet,
    permission=p.VIEW_KNOWLEDGE,
    renderer="templates/version/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Show one version whole."""
    version = _version(context, request.GET.get("numero"))
    request.layout.show(version.title, subtitle=_told(version, request))
    return {
        "line": _line(context, request, version),
        "terms": field_terms(context.kind, version),
        "text": shown_text(context, version, request),
        "themes": version.themes,
        "note": version.note,
        "file": version.file,
        "file_url": request.resource_url(
            context, "fichier", query={"version": version.number}
        ),
        "versions_url": request.resource_url(context, "versions"),
        "sheet_url": request.resource_url(context),
    }


@view_config(
    name="comparaison",
    context=ISheet,
    permission=p.VIEW_KNOWLEDGE,
    renderer="templates/version/compare.pt",
)
def compare(context: Any, request: Any) -> dict[str, Any]:
    """Show two versions of a sheet side by side."""
    old = _version(context, request.GET.get("de"))
    new = _version(context, request.GET.get("a"))
    request.layout.show(
        _("sheet-comparison", default="Comparaison de deux versions"),
        subtitle=context.title,
    )
    return {
        "before": _told(old, request),
        "after": _told(new, request),
        "comparison": compare_texts(context.kind, old, new),
        "comparison_title": _("sheet-text", default="Texte"),
        "choice": _choice(context, request, old.number, new.number),
        "versions_url": request.resource_url(context, "versions"),
    }


@view_config(
    name="restaurer",
    context=ISheet,
    permission=p.PUBLISH_KNOWLEDGE,
    request_method="POST",
)
def restore(context: Any, request: Any) -> Any:
    """Publish an older version again."""
    number = number_of(typed(request, "version")) or 0
    restore_version(context, number, **by(request))
    flash(
        request,
        _(
            "sheet-version-restored",
            default="La version ${number} est publiée de nouveau.",
            mapping={"number": number},
        ),
    )
    return HTTPSeeOther(request.resource_url(context))


@view_config(
    name="reprendre",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    request_method="POST",
)
def rewrite(context: Any, request: Any) -> Any:
    """Begin a working copy with what an older version says."""
    number = number_of(typed(request, "version")) or 0
    rewrite_version(context, number, **by(request))
    return HTTPSeeOther(request.resource_url(context, "modifier"))


def _version(sheet: Any, said: Any) -> Any:
    number = number_of(said)
    # Numbers of versions fit in 32 bits; no other key is looked for.
    found = None
    if number is not None and 0 < number <= len(sheet.versions):
        found = sheet.versions.get(number)
    if found is None:
        raise HTTPNotFound
    return found


def _line(sheet: Any, request: Any, version: Any) -> dict[str, Any]:
    is_latest = version is sheet.current
    return {
        "number": version.number,
        "title": version.title,
        "at": display.moment(version.at),
        "author": person(request, version.author),
        "publisher": person(request, version.published_by),
        "note": version.note,
        "is_latest": is_latest,
        "url": request.resource_url(sheet, "version", query={"numero": version.number}),
        "actions": [] if is_latest else list(_actions(sheet, request, version)),
    }


def _actions(sheet: Any, request: Any, version: Any) -> Any:
    fields = {"version": str(version.number)}
    if may(request.actor, p.EDIT_KNOWLEDGE, sheet) and sheet.working is None:
        yield Action(
            _("sheet-version-rewrite", default="Reprendre dans une copie de travail"),
            request.resource_url(sheet, "reprendre"),
            method="post",
            fields=fields,
        )
    if may(request.actor, p.PUBLISH_KNOWLEDGE, sheet):
        yield Action(
            _("sheet-version-restore", default="Publier de nouveau"),
            request.resource_url(sheet, "restaurer"),
            method="post",
            fields=fields,
            confirm=request.layout.say(
                _(
                    "sheet-version-restore-confirm",
                    default="Publier de nouveau la version ${number} ?",
                    mapping={"number": version.number},
                )
            ),
        )


def _choice(sheet: Any, request: Any, first: int, second: int) -> dict[str, Any] | None:
    numbers = [version.number for version in versions_of(sheet)]
    if len(numbers) < 2:  # noqa: PLR2004 - one compares two
        return None
    return {
        "url": request.resource_url(sheet, "comparaison"),
        "numbers": numbers,
        "first": first,
        "second": second,
    }


def _told(version: Any, request: Any) -> str:
    return request.layout.say(
        _(
            "sheet-version-told",
            default="Version ${number}, du ${day}, par ${who}",
            mapping={
                "number": version.number,
                "day": display.day(version.at),
                "who": person(request, version.author),
            },
        )
    )
