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
#: The editor of rich texts sizes its toolbar by attributes: they may be styled on its
#: pages, and nothing else may be. Texts themselves keep no style (see rich_text.js).
EDITOR_POLICY = f"{_POLICY}; style-src 'self'; style-src-attr 'unsafe-inline'"
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


def allow_editor(response: Any) -> None:  # noqa: ANN401
    """Let the editor of rich texts stand in the page of ``response``."""
    response.headers["Content-Security-Policy"] = EDITOR_POLICY


def includeme(config: Any) -> None:  # noqa: ANN401
    """Listen to every answer."""
    config.add_subscriber(protect, NewResponse)
