"""What surrounds every page: modules, tree, breadcrumb, title, actions, messages.

The application builds one ``Layout`` per request and gives it to the templates under
the name ``layout``. A page completes it::

    request.layout.show("Fournitures de bureau", badge=Badge("Brouillon"))

and its template is written inside ``layout.page`` (see ``templates/layout.pt``)::

    <html metal:use-macro="layout.page" i18n:domain="sicp">
      <div metal:fill-slot="content" tal:omit-tag="">...</div>
    </html>
"""

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import Any

from pyramid.csrf import get_csrf_token
from pyramid.i18n import get_localizer
from pyramid.renderers import get_renderer
from pyramid.renderers import render_to_response

from sicp.views.shared import display

#: The tones a badge, an alert or a message may take; a word always goes with it.
TONES = ("neutral", "info", "progress", "success", "warning", "danger")

_PRODUCT = "SICP"
_TEMPLATES = "sicp.views.shared:templates/"
_BRANCH = "sicp.views.shared:templates/branch.pt"


@dataclass(frozen=True, slots=True)
class Module:
    """One of the modules the person may enter, in the top bar."""

    title: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the home page to here; the last bears no address."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A place of the current module in the tree at the left.

    ``children`` are the branches already known. When ``has_children`` is true and none
    is given, ``children_url`` answers with the branch as the macro ``tree`` renders it,
    and the address ``url`` shows the same content to a browser without scripts.
    """

    title: str
    url: str
    is_current: bool = False
    is_open: bool = False
    has_children: bool = False
    children_url: str = ""
    children: tuple["TreeNode", ...] = ()
    count: int | None = None

    @property
    def is_branch(self) -> bool:
        """Tell whether something lies below this place."""
        return self.has_children or bool(self.children)


@dataclass(frozen=True, slots=True)
class Badge:
    """The state of an object: a colour and, always, a word."""

    title: str
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Action:
    """Something the person may do here, as a link or as a form of one button.

    ``method`` is ``get`` for a link and ``post`` for what changes something; then the
    CSRF token and ``fields`` are posted. ``confirm`` is the question asked before.
    """

    title: str
    url: str
    method: str = "get"
    confirm: str = ""
    is_dangerous: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Account:
    """The person who is logged in, and under which assignments he acts."""

    name: str
    assignments: tuple[str, ...] = ()
    profile_url: str = ""
    logout_url: str = ""


@dataclass(frozen=True, slots=True)
class Flash:
    """A message left by the request before: what was done, or what was not."""

    text: str
    tone: str = "success"


@dataclass(slots=True)
class Layout:
    """Everything a page needs beside its own content.

    The application fills the frame (body, modules, tree, account); the page fills
    ``title``, ``badge`` and the actions. An absent part is not shown.
    """

    request: Any
    body_name: str = ""
    home_url: str = "/"
    modules: Sequence[Module] = ()
    tree: Sequence[TreeNode] = ()
    tree_title: str = ""
    breadcrumb: Sequence[Crumb] = ()
    search_url: str = ""
    search_text: str = ""
    #: Where the search asks for what may complete the typing.
    suggestions_url: str = ""
    #: The number of the place one searches from; empty where there is none.
    search_place: str = ""
    account: Account | None = None
    notifications_url: str = ""
    notifications_count: int = 0
    accessibility_url: str = ""
    version: str = ""
    title: str = ""
    subtitle: str = ""
    module_title: str = ""
    badge: Badge | None = None
    primary_action: Action | None = None
    actions: Sequence[Action] = ()
    page_class: str = ""
    _loaded: dict[str, Any] = field(default_factory=dict, repr=False)

    def show(self, title: str, **parts: Any) -> None:  # noqa: ANN401
        """Say what this page is about; ``parts`` are attributes of the layout."""
        self.title = title
        for name, value in parts.items():
            setattr(self, name, value)

    @property
    def page_title(self) -> str:
        """The title of the browser tab: « Objet · Module · SICP »."""
        module = self.module_title or self._current_module()
        parts = (self.say(self.title), self.say(module), _PRODUCT)
        return " · ".join(dict.fromkeys(part for part in parts if part))

    @property
    def page(self) -> Any:  # noqa: ANN401
        """The macro inside which every page is written."""
        return self._template("layout.pt").macros["main"]

    @property
    def macros(self) -> Any:  # noqa: ANN401
        """The macros of ``macros.pt``: table, badge, pager, steps and their kin."""
        return self._template("macros.pt").macros

    @property
    def editor_macros(self) -> Any:  # noqa: ANN401
        """The macros of ``rich_text.pt``: what a page with a rich text needs."""
        return self._template("rich_text.pt").macros

    @property
    def csrf_token(self) -> str:
        """The token every form that posts must carry."""
        return get_csrf_token(self.request)

    @property
    def flashes(self) -> list[Flash]:
        """The messages left by the request before; reading them takes them away."""
        return list(_flashes(self.request))

    def static_url(self, name: str) -> str:
        """Give the address of one of our own files: ``layout.static_url("css/…")``."""
        return self.request.static_url(f"sicp:static/{name}")

    def deform_url(self, name: str) -> str:
        """Give the address of a file that the package deform brings."""
        return self.request.static_url(f"deform:static/{name}")

    def say(self, message: str) -> str:
        """Translate a message for the person, with the typography of the catalogue."""
        if not hasattr(message, "interpolate"):
            return message
        return get_localizer(self.request).translate(message)

    def relative_day(self, value: date | None, today: date) -> str:
        """Tell how far a day is: « dans 3 jours »."""
        return self.say(display.relative_day(value, today))

    @property
    def display(self) -> Any:  # noqa: ANN401
        """The functions of ``sicp.views.shared.display``, for the templates."""
        return display

    def _current_module(self) -> str:
        return next((item.title for item in self.modules if item.is_current), "")

    def _template(self, name: str) -> Any:
        # A table asks for the macro of a cell hundreds of times.
        if name not in self._loaded:
            renderer = get_renderer(
                _TEMPLATES + name, "sicp.views.shared", self.request.registry
            )
            self._loaded[name] = renderer.implementation()
        return self._loaded[name]


def branch_page(request: Any, nodes: Sequence[TreeNode]) -> Any:  # noqa: ANN401
    """Answer with a branch of the tree, for the script that opens it in place."""
    return render_to_response(_BRANCH, {"nodes": nodes}, request=request)


def flash(request: Any, text: str, tone: str = "success") -> None:  # noqa: ANN401
    """Leave a message for the next page the person sees."""
    request.session.flash(get_localizer(request).translate(text), queue=tone)


def _flashes(request: Any) -> Iterable[Flash]:  # noqa: ANN401
    # The queue without a name is the one Pyramid fills by default.
    for queue in ("", *TONES):
        for text in request.session.pop_flash(queue):
            yield Flash(text=text, tone=queue or "info")
