"""What every answer tells browsers so that they protect the person.

Nothing is loaded from elsewhere, no script stands in a page, no other site frames ours,
and a page seen while logged in stays in no shared cache.
"""

from typing import Any

from pyramid.events import NewResponse

_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def protect(event: Any) -> None:  # noqa: ANN401
    """Complete the headers of an answer."""
    headers = event.response.headers
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if event.response.content_type == "text/html":
        headers.setdefault("Cache-Control", "private, no-cache")


def includeme(config: Any) -> None:  # noqa: ANN401
    """Listen to every answer."""
    config.add_subscriber(protect, NewResponse)
