"""Profiles and their functions: the matrix, one profile, the exports."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPBadRequest
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.user import IProfile
from sicp.interfaces.user import IProfiles
from sicp.operations.user.profile import OTHERS
from sicp.operations.user.profile import create_profile
from sicp.operations.user.profile import group_of
from sicp.operations.user.profile import matrix
from sicp.operations.user.profile import matrix_csv
from sicp.operations.user.profile import matrix_xlsx
from sicp.operations.user.profile import rename_profile
from sicp.operations.user.profile import save_matrix
from sicp.operations.user.profile import set_functions
from sicp.operations.user.right import may
from sicp.roles import FUNCTIONS
from sicp.views.office.forms import attempt
from sicp.views.shared import display
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import ChoicesControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Several
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash

GROUPS = (
    ("RA", _("group-ra", default="Rédaction administrative")),
    ("GP", _("group-gp", default="Gestion de la procédure")),
    (OTHERS, _("group-other", default="Autres fonctions")),
)
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_TITLE = 100


@view_config(
    context=IProfiles,
    permission=p.VIEW_PROFILES,
    renderer="templates/profile/show_all.pt",
)
def show_all(context: Any, request: Any) -> dict[str, Any]:
    """Show which profile holds which function."""
    request.layout.show(_("profiles-title", default="Profils et fonctions"))
    request.layout.actions = [
        Action(title, request.resource_url(context, name))
        for name, title in (
            ("profils.csv", _("export-csv", default="Exporter en CSV")),
            ("profils.xlsx", _("export-xlsx", default="Exporter pour Excel")),
        )
    ]
    keeps = may(request.actor, p.MANAGE_PROFILES, context)
    if keeps:
        request.layout.primary_action = Action(
            _("profile-new", default="Nouveau profil"),
            request.resource_url(context, "nouveau"),
        )
    profiles, rows = matrix(request.site)
    return {
        "is_editable": keeps,
        "save_url": request.resource_url(context, "enregistrer"),
        "profiles": [_head(request, profile) for profile in profiles],
        "groups": [
            {"title": title, "rows": _rows(rows, profiles, name)}
            for name, title in GROUPS
        ],
        "span": len(profiles) + 1,
    }


@view_config(
    name="enregistrer",
    context=IProfiles,
    permission=p.MANAGE_PROFILES,
    request_method="POST",
)
def save(context: Any, request: Any) -> Any:
    """Write the boxes of the matrix."""
    chosen, revisions = _posted_matrix(context, request)
    changed = save_matrix(
        request.site,
        chosen,
        revisions,
        actor=request.actor,
        now=request.now,
        registry=request.registry,
    )
    flash(
        request,
        _(
            "profiles-saved",
            default="Profils changés : ${count}. Chacun en tient compte à sa prochaine "
            "page.",
            mapping={"count": display.number(changed)},
        ),
    )
    return HTTPSeeOther(request.resource_url(context))


@view_config(
    name="nouveau",
    context=IProfiles,
    permission=p.MANAGE_PROFILES,
    renderer="templates/profile/edit.pt",
)
def new(context: Any, request: Any) -> Any:
    """Add a profile, perhaps with the functions of another."""
    request.layout.show(_("profile-new", default="Nouveau profil"))
    form = _form(request, [_title_node(), _model_node(context)])
    if request.method == "POST":
        values = validate(form, request.POST)
        profile = values and attempt(
            request,
            form,
            create_profile,
            request.site,
            values["title"],
            tuple(context[values["model"]].functions) if values["model"] else (),
        )
        if profile:
            flash(request, _("profile-created", default="Le profil est créé."))
            return HTTPSeeOther(request.resource_url(profile))
    return {"form": form.render(), "note": ""}


@view_config(
    context=IProfile,
    permission=p.MANAGE_PROFILES,
    renderer="templates/profile/edit.pt",
)
def edit(context: Any, request: Any) -> Any:
    """Name a profile and choose its functions."""
    request.layout.show(context.title)
    known = {"title": context.title}
    for name, _title in GROUPS:
        known[name] = tuple(c for c in context.functions if group_of(c) == name)
    form = _form(request, [_title_node(), *_group_nodes()], known)
    if request.method == "POST":
        values = validate(form, request.POST)
        if values and _saved(context, request, form, values):
            flash(request, _("profile-saved", default="Le profil est enregistré."))
            return HTTPSeeOther(request.resource_url(context.__parent__))
    return {"form": form.render(), "note": _EDIT_NOTE}


@view_config(name="profils.csv", context=IProfiles, permission=p.VIEW_PROFILES)
def download_csv(_context: Any, request: Any) -> Response:
    """Give the matrix as CSV."""
    return _file(matrix_csv(request.site), "text/csv", "profils.csv")


@view_config(name="profils.xlsx", context=IProfiles, permission=p.VIEW_PROFILES)
def download_xlsx(_context: Any, request: Any) -> Response:
    """Give the matrix as a workbook."""
    return _file(matrix_xlsx(request.site), _SHEET, "profils.xlsx")


def _file(content: bytes, content_type: str, name: str) -> Response:
    response = Response(body=content, content_type=content_type)
    response.charset = "utf-8" if content_type == "text/csv" else None
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _head(request: Any, profile: Any) -> dict[str, Any]:
    keeps = may(request.actor, p.MANAGE_PROFILES, profile)
    return {
        "name": profile.__name__,
        "title": profile.title,
        "url": request.resource_url(profile) if keeps else "",
        "revision": profile.revision,
    }


def _rows(rows: Any, profiles: Any, group: str) -> list[dict[str, Any]]:
    return [
        {
            "code": function.code,
            "title": function.title,
            "cells": [
                {
                    "value": f"{profile.__name__}:{function.code}",
                    "is_held": is_held,
                    "profile": profile.title,
                }
                for profile, is_held in zip(profiles, held, strict=True)
            ],
        }
        for function, held in rows
        if group_of(function.code) == group
    ]


def _posted_matrix(context: Any, request: Any) -> tuple[dict[str, set[str]], Any]:
    posted = request.POST.getall("profile")
    if not posted or any(name not in context for name in posted):
        raise HTTPBadRequest
    chosen: dict[str, set[str]] = {name: set() for name in posted}
    for value in request.POST.getall("held"):
        name, _colon, code = value.partition(":")
        if name not in chosen:
            raise HTTPBadRequest
        chosen[name].add(code)
    return chosen, {name: _posted_revision(request, name) for name in posted}


def _posted_revision(request: Any, name: str) -> int:
    text = request.POST.get(f"revision-{name}", "")
    is_number = text.isascii() and text.isdigit() and len(text) <= len("999999999")
    if not is_number:
        raise HTTPBadRequest
    return int(text)


def _saved(context: Any, request: Any, form: Form, values: Any) -> bool:
    codes = [code for name, _title in GROUPS for code in values[name]]
    # What is not allowed is refused before anything is written.
    changed = attempt(request, form, set_functions, context, codes)
    renamed = changed and attempt(
        request, form, rename_profile, context, values["title"]
    )
    return bool(renamed)


def _form(request: Any, nodes: list[Any], known: Any = None) -> Form:
    return Form(
        colander.SchemaNode(colander.Mapping(), *nodes),
        request,
        appstruct=known,
        buttons=[Button("save", _("save", default="Enregistrer"))],
    )


def _title_node() -> Any:
    return colander.SchemaNode(
        Text(_LONGEST_TITLE),
        name="title",
        title=_("profile-name", default="Nom du profil"),
    )


def _model_node(profiles: Any) -> Any:
    ordered = sorted(profiles.values(), key=lambda q: q.title)
    options = tuple(Option(q.__name__, q.title) for q in ordered)
    return colander.SchemaNode(
        Text(),
        name="model",
        title=_("profile-model", default="Reprendre les fonctions de"),
        widget=ChoiceControl(options=options, is_compact=True),
        missing="",
    )


def _group_nodes() -> list[Any]:
    return [
        colander.SchemaNode(
            Several(),
            name=name,
            title=title,
            widget=ChoicesControl(
                options=tuple(
                    Option(f.code, _coded(f))
                    for f in FUNCTIONS
                    if group_of(f.code) == name
                )
            ),
            missing=(),
        )
        for name, title in GROUPS
    ]


def _coded(function: Any) -> str:
    return _(
        "function-coded",
        default="${code} — ${title}",
        mapping={"code": function.code, "title": function.title.interpolate()},
    )


_EDIT_NOTE = _(
    "profile-edit-note",
    default="Un changement vaut pour toutes les personnes qui tiennent ce profil, dès "
    "leur prochaine page.",
)
