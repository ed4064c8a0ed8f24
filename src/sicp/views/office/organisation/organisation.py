"""What a public body tells of itself: its number, its addresses, who signs for it."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.organisation import IBody
from sicp.operations.organisation import describe_body
from sicp.rules.siret import siret_problem
from sicp.views.office.forms import attempt
from sicp.views.shared import display
from sicp.views.shared.components import Term
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import LongTextControl
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import TextControl
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import flash

BUYER_KINDS = (
    Option(
        "local", _("buyer-kind-local", default="Collectivité ou établissement local")
    ),
    Option("central", _("buyer-kind-central", default="Autorité publique centrale")),
    Option("entity", _("buyer-kind-entity", default="Entité adjudicatrice (réseaux)")),
)
_LONG = 1000
_LINE = 200
_BUYER_KIND_TITLES = {option.value: option.title for option in BUYER_KINDS}


@view_config(
    name="coordonnees",
    context=IBody,
    permission=p.MANAGE_ORGANISATION,
    renderer="templates/organisation/describe.pt",
)
def describe(context: Any, request: Any) -> Any:
    """Change what the body tells of itself in its documents."""
    request.layout.show(
        _("body-settings-title", default="Coordonnées de l’organisme"),
        subtitle=context.title,
    )
    form = Form(
        colander.SchemaNode(colander.Mapping(), *_nodes()),
        request,
        appstruct={name: value or None for name, value in context.settings.items()},
        buttons=[Button("save", _("save", default="Enregistrer"))],
    )
    if request.method == "POST":
        values = validate(form, request.POST)
        if values and attempt(
            request,
            form,
            describe_body,
            context,
            {name: value or "" for name, value in values.items()},
        ):
            flash(
                request,
                _("body-described", default="Les coordonnées sont enregistrées."),
            )
            return HTTPSeeOther(request.resource_url(context))
    return {"form": form.render()}


def setting_terms(body: Any) -> list[Term]:
    """Say what a body tells of itself."""
    return [
        Term(title, _shown(name, body.settings[name]))
        for name, title, *_rest in _SETTINGS
        if body.settings.get(name)
    ]


def _shown(name: str, value: str) -> str:
    if name == "siret":
        return display.siret(value)
    if name == "buyer_kind":
        return _BUYER_KIND_TITLES.get(value, value)
    return value


def _checked_siret(node: Any, value: str) -> None:
    problem = siret_problem(value)
    if problem:
        raise colander.Invalid(node, problem)


def _checked_url(node: Any, value: str) -> None:
    if not value.startswith(("https://", "http://")) or " " in value:
        raise colander.Invalid(
            node,
            _(
                "error-url",
                default="Écrivez une adresse complète, par exemple "
                "https://www.exemple.fr.",
            ),
        )


def _text(maximum: int = _LINE, *, has_lines: bool = False) -> dict[str, Any]:
    widget = LongTextControl(lines=2) if has_lines else None
    return {"typ": Text(maximum, has_lines=has_lines), "widget": widget}


_SETTINGS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "siret",
        _("body-siret", default="SIRET"),
        {
            "typ": Text(40),
            "validator": _checked_siret,
            "widget": TextControl(size="medium"),
        },
    ),
    ("legal_form", _("body-legal-form", default="Forme juridique"), _text()),
    (
        "buyer_kind",
        _("body-buyer-kind", default="Sorte d’acheteur"),
        {
            "typ": Text(),
            "widget": ChoiceControl(options=BUYER_KINDS),
            "description": _(
                "help-buyer-kind",
                default="Les seuils de procédure formalisée en dépendent.",
            ),
            "law": ("L2124-1",),
        },
    ),
    (
        "address",
        _("body-address", default="Adresse"),
        _text(_LONG, has_lines=True),
    ),
    (
        "email",
        _("body-email", default="Adresse électronique"),
        {
            "typ": Text(_LINE),
            "validator": colander.Email(),
            "widget": TextControl(input_type="email", autocomplete="off"),
        },
    ),
    ("phone", _("body-phone", default="Téléphone"), _text(40)),
    (
        "profile_url",
        _("body-profile-url", default="Adresse du profil d’acheteur"),
        {"typ": Text(500), "validator": _checked_url, "widget": TextControl()},
    ),
    ("signatory", _("body-signatory", default="Signataire des contrats"), _text()),
    ("accountant", _("body-accountant", default="Comptable assignataire"), _text()),
    (
        "court",
        _("body-court", default="Tribunal compétent"),
        _text(_LONG, has_lines=True),
    ),
)


def _nodes() -> list[Any]:
    return [_node(name, title, dict(parts)) for name, title, parts in _SETTINGS]


def _node(name: str, title: str, parts: dict[str, Any]) -> Any:
    typ = parts.pop("typ")
    return colander.SchemaNode(typ, name=name, title=title, missing=None, **parts)
