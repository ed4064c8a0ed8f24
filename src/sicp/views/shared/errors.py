"""Pages for what could not be done: they say what happened and what to do next.

The answer keeps its status, so that machines and browsers understand it too. Nothing
of the fault itself (addresses of code, values) is ever shown.
"""

from dataclasses import dataclass
from typing import Any

from pyramid.exceptions import BadCSRFToken
from pyramid.exceptions import URLDecodeError
from pyramid.httpexceptions import HTTPBadRequest
from pyramid.httpexceptions import HTTPConflict
from pyramid.httpexceptions import HTTPRequestEntityTooLarge
from pyramid.renderers import render_to_response
from transaction.interfaces import TransientError

from sicp.exceptions import DomainError
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.exceptions import StateError
from sicp.exceptions import UnavailableError
from sicp.i18n import _

_TEMPLATE = "sicp.views.shared:templates/error.pt"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a person reads when his request was refused with ``status``."""

    status: int
    title: str
    text: str
    advice: tuple[str, ...]


_GO_BACK = _(
    "advice-go-back",
    default="Revenez à la page précédente avec le bouton « Retour » du navigateur.",
)
_GO_HOME = _("advice-go-home", default="Repartez de l’accueil.")
_SEARCH = _(
    "advice-search", default="Cherchez l’objet par son intitulé ou sa référence."
)
_ASK = _(
    "advice-ask-administrator",
    default="Si vous pensez que cet accès vous est dû, demandez-le à l’administrateur "
    "de votre organisme.",
)

EXPLANATIONS = {
    400: Explanation(
        400,
        _("error-400-title", default="La demande n’a pas pu être lue"),
        _(
            "error-400-text",
            default="Ce que le navigateur a envoyé est incomplet ou altéré. Rien n’a "
            "été enregistré.",
        ),
        (
            _GO_BACK,
            _(
                "advice-reload",
                default="Rechargez la page du formulaire, puis recommencez : elle a pu "
                "rester ouverte trop longtemps.",
            ),
        ),
    ),
    403: Explanation(
        403,
        _("error-403-title", default="Cette page ne vous est pas ouverte"),
        _(
            "error-403-text",
            default="Vos affectations actuelles ne donnent pas ce droit ici.",
        ),
        (_ASK, _GO_HOME),
    ),
    404: Explanation(
        404,
        _("error-404-title", default="Cette page n’existe pas"),
        _(
            "error-404-text",
            default="L’adresse est inexacte, ou l’objet a été déplacé ou supprimé.",
        ),
        (
            _(
                "advice-check-address",
                default="Vérifiez l’adresse si vous l’avez tapée.",
            ),
            _SEARCH,
            _GO_HOME,
        ),
    ),
    409: Explanation(
        409,
        _("error-409-title", default="La situation a changé entre-temps"),
        _(
            "error-409-text",
            default="Une autre personne a modifié cet objet, ou il a changé d’état, "
            "depuis que vous avez ouvert la page. Rien n’a été enregistré.",
        ),
        (
            _(
                "advice-reopen",
                default="Revenez à la page, copiez ce que vous aviez écrit, "
                "rechargez-la puis reprenez sur la version à jour.",
            ),
            _GO_BACK,
        ),
    ),
    413: Explanation(
        413,
        _("error-413-title", default="L’envoi est trop volumineux"),
        _(
            "error-413-text",
            default="Le fichier ou le texte envoyé dépasse la taille admise. Rien n’a "
            "été enregistré.",
        ),
        (
            _(
                "advice-smaller",
                default="Réduisez la taille du fichier, ou découpez-le en plusieurs.",
            ),
            _GO_BACK,
        ),
    ),
    503: Explanation(
        503,
        _("error-503-title", default="Ce service ne répond pas pour le moment"),
        _(
            "error-503-text",
            default="Une partie de l’installation est absente ou arrêtée. Le reste de "
            "l’application fonctionne.",
        ),
        (
            _(
                "advice-later",
                default="Réessayez dans quelques minutes ; si cela dure, prévenez "
                "l’administrateur.",
            ),
            _GO_BACK,
        ),
    ),
}

#: The status a refusal of the domain is answered with, the most precise kind first.
_STATUSES: tuple[tuple[type[DomainError], int], ...] = (
    (NotAllowedError, 403),
    (InvalidInputError, 400),
    (EditConflictError, 409),
    (StateError, 409),
    (UnavailableError, 503),
    (DomainError, 409),
)


def error_page(request: Any, status: int, text: str = "") -> Any:
    """Answer with the page that explains ``status``; ``text`` replaces its sentence."""
    explanation = EXPLANATIONS.get(status, EXPLANATIONS[400])
    layout = request.layout
    layout.show(explanation.title, actions=(), primary_action=None, badge=None)
    values = {"explanation": explanation, "text": text or explanation.text}
    response = render_to_response(_TEMPLATE, values, request=request)
    response.status_int = status
    response.headers["Cache-Control"] = "no-store"
    return response


def refused(error: DomainError, request: Any) -> Any:
    """Explain a refusal of the domain in its own words."""
    status = next(status for kind, status in _STATUSES if isinstance(error, kind))
    return error_page(request, status, error.message)


def unreadable(_error: Exception, request: Any) -> Any:
    """Explain that the request could not be read: token, encoding, form."""
    return error_page(request, 400)


def forbidden(_error: Exception, request: Any) -> Any:
    """Explain that the person has no such right here."""
    return error_page(request, 403)


def not_found(_error: Exception, request: Any) -> Any:
    """Explain that nothing is at this address."""
    return error_page(request, 404)


def conflict(_error: Exception, request: Any) -> Any:
    """Explain that somebody else changed the object meanwhile."""
    return error_page(request, 409)


def too_large(_error: Exception, request: Any) -> Any:
    """Explain that what was sent is too large."""
    return error_page(request, 413)


def includeme(config: Any) -> None:
    """Answer every refusal with its page.

    What a person without the right is answered is for each audience to say: the agents'
    pages send him to the login page first.
    """
    for kind, view in (
        (HTTPBadRequest, unreadable),
        (BadCSRFToken, unreadable),
        (URLDecodeError, unreadable),
        (UnicodeError, unreadable),
        (HTTPConflict, conflict),
        (TransientError, conflict),
        (HTTPRequestEntityTooLarge, too_large),
        (DomainError, refused),
    ):
        config.add_exception_view(view, context=kind)
    config.add_notfound_view(not_found)
