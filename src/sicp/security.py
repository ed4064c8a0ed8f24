"""Who is this? Sessions in signed cookies, principals from today's assignments.

The same class serves Pyramid 1.10 (two policies) and Pyramid 2 (one): the site may move
to the newer one by changing a pin.
"""

import hmac
from datetime import datetime
from typing import Any

from pyramid.authorization import ACLAuthorizationPolicy
from pyramid.session import SignedCookieSessionFactory
from pyramid_zodbconn import get_connection
from webob.cookies import JSONSerializer

from sicp import clock
from sicp.clock import legal_day
from sicp.exceptions import NotAllowedError
from sicp.interfaces.user import Actor
from sicp.interfaces.user import IDirectory
from sicp.operations.site import site_of
from sicp.operations.user.account import LocalDirectory
from sicp.operations.user.right import actor_for
from sicp.roles import EVERYONE
from sicp.settings import SiteSettings

NOBODY = Actor("", "", frozenset({EVERYONE}))


class SessionPolicy:
    """Recognises a person by the login in his session."""

    def authenticated_userid(self, request: Any) -> str | None:  # noqa: ANN401
        """Return the login of the person, None when nobody is logged in."""
        return request.actor.login or None

    unauthenticated_userid = authenticated_userid

    def effective_principals(self, request: Any) -> list[str]:  # noqa: ANN401
        """Return the principals held today."""
        return sorted(request.actor.principals)

    def identity(self, request: Any) -> Actor | None:  # noqa: ANN401
        """Return who acts, None when nobody is logged in."""
        return request.actor if request.actor.login else None

    def permits(self, request: Any, context: Any, permission: str) -> Any:  # noqa: ANN401
        """Ask the ACL of ``context``."""
        return ACLAuthorizationPolicy().permits(
            context, request.actor.principals, permission
        )

    def remember(self, request: Any, userid: str, **_kw: Any) -> list[Any]:  # noqa: ANN401
        """Begin a session for ``userid``; the one before is given up whole."""
        request.session.invalidate()
        user = request.site["utilisateurs"][userid]
        request.session["login"] = userid
        request.session["stamp"] = _stamp(user)
        request.session.new_csrf_token()
        return []

    def forget(self, request: Any, **_kw: Any) -> list[Any]:  # noqa: ANN401
        """End the session."""
        request.session.invalidate()
        return []


def site(request: Any) -> Any:  # noqa: ANN401
    """Return the site of a request."""
    return site_of(get_connection(request), request.registry, clock.now())


def actor(request: Any) -> Actor:  # noqa: ANN401
    """Return who acts in a request: a person with an open session, or nobody."""
    login = request.session.get("login")
    if not login:
        return NOBODY
    user = request.site["utilisateurs"].get(login)
    if user is None or not _is_same_stamp(request.session.get("stamp"), user):
        return NOBODY
    if user.is_demonstration and not request.registry.site_settings.is_demonstration:
        return NOBODY
    try:
        return actor_for(request.site, login, clock.now())
    except NotAllowedError:
        return NOBODY


def root_factory(request: Any) -> Any:  # noqa: ANN401
    """Begin traversal at the site."""
    return request.site


def today(_request: Any) -> Any:  # noqa: ANN401
    """Return the day it is in France."""
    return legal_day(clock.now())


def now(_request: Any) -> datetime:  # noqa: ANN401
    """Return the instant of the request."""
    return clock.now()


def _stamp(user: Any) -> str:  # noqa: ANN401
    # A change of password ends the sessions opened before it.
    return user.password_set_at.isoformat() if user.password_set_at else ""


def _is_same_stamp(stamp: object, user: Any) -> bool:  # noqa: ANN401
    return hmac.compare_digest(str(stamp or ""), _stamp(user))


def includeme(config: Any) -> None:  # noqa: ANN401
    """Set sessions, policies and the properties of requests."""
    settings = SiteSettings.from_mapping(config.registry.settings)
    config.registry.site_settings = settings
    config.registry.registerUtility(
        LocalDirectory(settings.is_demonstration), IDirectory
    )
    config.set_session_factory(
        SignedCookieSessionFactory(
            settings.session_secret,
            cookie_name="sicp",
            timeout=settings.session_minutes * 60,
            reissue_time=60,
            httponly=True,
            secure=settings.has_secure_cookies,
            samesite="Lax",
            serializer=JSONSerializer(),
        )
    )
    policy = SessionPolicy()
    if hasattr(config, "set_security_policy"):
        config.set_security_policy(policy)
    else:
        config.set_authentication_policy(policy)
        config.set_authorization_policy(ACLAuthorizationPolicy())
    config.set_root_factory(root_factory)
    for name, factory in (
        ("site", site),
        ("actor", actor),
        ("today", today),
        ("now", now),
    ):
        config.add_request_method(factory, name, reify=True)
