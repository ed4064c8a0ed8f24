"""Accounts out of sight do not exist: the guard of every page of an account."""

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPNotFound

from sicp.i18n import _
from sicp.operations.user.perimeter import home_of
from sicp.operations.user.perimeter import sees_account
from sicp.operations.user.perimeter import sees_entity
from sicp.views.shared.layout import Badge

HIDDEN_PLACE = _("place-elsewhere", default="Hors de votre périmètre")


def within_perimeter(view: Callable[..., Any]) -> Callable[..., Any]:
    """Answer that there is nothing here to who does not see the account."""

    def guarded(context: Any, request: Any) -> Any:
        if not sees_account(request.site, request.actor, context):
            raise HTTPNotFound
        return view(context, request)

    return guarded


def show_task(context: Any, request: Any, title: str) -> None:
    """Give a page that changes an account the title of what it does."""
    request.layout.show(title, subtitle=f"{context.title} ({context.login})")


def show_account(context: Any, request: Any) -> None:
    """Give the page of an account its title and its state."""
    badge = (
        Badge(_("account-open-badge", default="Compte ouvert"), "success")
        if context.is_active
        else Badge(_("account-closed-badge", default="Compte fermé"), "warning")
    )
    home = home_of(request.site, context)
    subtitle = f"{context.login} — {place_title(request, home)}"
    request.layout.show(context.title, subtitle=subtitle, badge=badge)


def place_title(request: Any, entity: Any) -> str:
    """Name an entity, unless it belongs to a body the person sees nothing of."""
    if entity is None:
        return request.layout.say(_("entity-gone", default="Entité supprimée"))
    if not sees_entity(request.actor, entity):
        return request.layout.say(HIDDEN_PLACE)
    top = _("place-top", default="Tout en haut, au-dessus des organismes")
    return entity.full_title() or request.layout.say(top)
