"""Asks again before what cannot be undone, whether scripts run or not.

A form with a question carries it. A script asks it in the page, and tells that the
answer was yes; without scripts, or before they are there, the server asks in a page
that sends the same form again.
"""

from collections.abc import Callable
from typing import Any

from pyramid.renderers import render_to_response

from sicp.i18n import _

#: Fields of a form: its question, what its button says, and that it was answered.
QUESTION, BUTTON, CONFIRMED = "_question", "_button", "_confirmed"
_TEMPLATE = "sicp.views.shared:templates/confirm.pt"
_View = Callable[[Any, Any], Any]


def includeme(config: Any) -> None:
    """Look at every form that is sent, once rights and token are known to be good."""
    config.add_view_deriver(asked_first, name="confirming")


def asked_first(view: _View, _info: Any) -> _View:
    """Do what a form asks once its question is answered, and ask it otherwise."""

    def asking(context: Any, request: Any) -> Any:
        is_first = request.method == "POST" and _is_to_ask(request)
        return _ask(context, request) if is_first else view(context, request)

    return asking


def _is_to_ask(request: Any) -> bool:
    # The page of an error is no form, and what was sent may be unreadable.
    if getattr(request, "exception", None) is not None:
        return False
    sent = request.POST
    return bool(sent.get(QUESTION)) and not sent.get(CONFIRMED)


def _ask(context: Any, request: Any) -> Any:
    sent = request.POST
    request.layout.show(_("confirm-title", default="Confirmation"))
    values = {
        "question": sent[QUESTION],
        "button": sent.get(BUTTON, ""),
        "url": request.url,
        "kept": [
            (name, value)
            for name, value in sent.items()
            if isinstance(value, str) and name not in (QUESTION, BUTTON, CONFIRMED)
        ],
        "back_url": request.resource_url(context),
    }
    return render_to_response(_TEMPLATE, values, request=request)
