"""The parts that many pages show: tables, steps, stages, tabs, empty places.

Each is plain data that a macro of ``templates/macros.pt`` renders::

    <metal:table use-macro="layout.macros['table']" tal:define="table lots_table"/>
"""

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from sicp.i18n import _
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge

#: The pages named on each side of the current one.
_NEAR_PAGES = 2
_ASCENDING = "ascending"
_DESCENDING = "descending"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``sort_url`` reverses the order when it is the one in use.

    ``sorted`` is ``ascending``, ``descending`` or empty.
    """

    name: str
    title: str
    sort_url: str = ""
    sorted: str = ""
    is_number: bool = False
    #: A date or a state, better read on one line than narrow.
    is_short: bool = False

    @property
    def css_class(self) -> str:
        """How the column is set."""
        return " ".join(
            name
            for name, holds in (
                ("is-number", self.is_number),
                ("is-short", self.is_short),
            )
            if holds
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row: a text, perhaps a link, perhaps a badge, perhaps a note."""

    text: str = ""
    url: str = ""
    badge: Badge | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One object of a table; ``id`` is what batch actions post."""

    cells: Sequence[Cell]
    id: str = ""
    name: str = ""
    #: What a batch action answered for this row.
    result: Badge | None = None


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of results stands in all of them; counting starts at 1."""

    page: int
    size: int
    total: int
    urls: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, request: Any, page: int, size: int, total: int) -> "Pager":  # noqa: ANN401
        """Make a pager whose addresses keep every other choice of the address."""
        last = max(1, -(-total // size))
        near = range(page - _NEAR_PAGES, page + _NEAR_PAGES + 1)
        pages = {1, last, *(number for number in near if 1 <= number <= last)}
        urls = {number: url_with(request, page=number) for number in sorted(pages)}
        return cls(page, size, total, urls)

    @property
    def first_shown(self) -> int:
        """The rank of the first row shown; 0 when there is none."""
        return min(self.total, (self.page - 1) * self.size + 1)

    @property
    def last_shown(self) -> int:
        """The rank of the last row shown."""
        return min(self.total, self.page * self.size)

    @property
    def is_needed(self) -> bool:
        """Tell whether there is more than one page."""
        return self.total > self.size

    @property
    def previous_url(self) -> str:
        """The page before, or nothing."""
        return self.urls.get(self.page - 1, "")

    @property
    def next_url(self) -> str:
        """The page after, or nothing."""
        return self.urls.get(self.page + 1, "")

    @property
    def links(self) -> list["PageLink"]:
        """The pages to name, with a gap where some are left out."""
        links: list[PageLink] = []
        before = 0
        for number, url in self.urls.items():
            is_current = number == self.page
            has_gap = number > before + 1
            links.append(PageLink(number, url, is_current, has_gap))
            before = number
        return links


@dataclass(frozen=True, slots=True)
class PageLink:
    """The number of a page; ``has_gap`` when pages are left out before it."""

    number: int
    url: str
    is_current: bool
    has_gap: bool


@dataclass(frozen=True, slots=True)
class EmptyState:
    """What a place is for, and the first thing to do there."""

    title: str
    text: str = ""
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A list of objects. ``caption`` names it; ``empty`` is shown without any row.

    ``hidden_columns`` and ``columns`` make the chooser of columns, which is shown when
    ``choose_url`` is given; batch actions are posted to ``batch_url`` with the ids of
    the rows ticked under the name ``rows`` and the name of the action under ``action``.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row] = ()
    empty: EmptyState | None = None
    pager: Pager | None = None
    hidden_columns: Sequence[Column] = ()
    choose_url: str = ""
    kept_choices: Sequence[tuple[str, str]] = ()
    batch_url: str = ""
    batch_actions: Sequence[tuple[str, str]] = ()

    @property
    def has_batch(self) -> bool:
        """Tell whether rows can be ticked."""
        return bool(self.batch_url and self.batch_actions)

    @property
    def has_results(self) -> bool:
        """Tell whether a batch action answered for some row."""
        return any(row.result for row in self.rows)

    @property
    def lines(self) -> list[tuple[Row, Cell, list[tuple[Column, Cell]]]]:
        """Each row with its first cell, which names it, and the others."""
        return [
            (row, row.cells[0], list(zip(self.columns[1:], row.cells[1:], strict=True)))
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a long form: ``complete``, ``incomplete`` or ``error``."""

    title: str
    url: str
    state: str = "incomplete"
    is_current: bool = False

    @property
    def word(self) -> str:
        """The state in words."""
        return _STEP_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a procedure: ``done``, ``current`` or ``coming``."""

    title: str
    state: str = "coming"
    note: str = ""
    url: str = ""

    @property
    def word(self) -> str:
        """The state in words."""
        return _STAGE_WORDS[self.state]


@dataclass(frozen=True, slots=True)
class Tab:
    """A page beside this one, about the same object."""

    title: str
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A name and its value, on a card."""

    title: str
    text: str = ""
    url: str = ""
    badge: Badge | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A summary on the home page: a count, or a list of things to do."""

    title: str
    terms: Sequence[Term] = ()
    count: int | None = None
    url: str = ""
    link_title: str = ""
    empty: str = ""


def url_with(request: Any, **choices: Any) -> str:  # noqa: ANN401
    """Give the address of this page with some choices changed; None takes one away."""
    kept = [(name, value) for name, value in request.GET.items() if name not in choices]
    added = [(name, str(value)) for name, value in choices.items() if value is not None]
    query = urlencode([*kept, *added])
    return f"{request.path_url}?{query}" if query else request.path_url


def sortable(request: Any, columns: Iterable[Column]) -> list[Column]:  # noqa: ANN401
    """Give each column the address that sorts by it, from ``?sort=name`` or ``-name``.

    Sorting anew begins at the first page.
    """
    asked = request.GET.get("sort", "")
    return [_sortable(request, column, asked) for column in columns]


def _sortable(request: Any, column: Column, asked: str) -> Column:  # noqa: ANN401
    order = {column.name: _ASCENDING, f"-{column.name}": _DESCENDING}.get(asked, "")
    target = f"-{column.name}" if order == _ASCENDING else column.name
    url = url_with(request, sort=target, page=None)
    return replace(column, sort_url=url, sorted=order)


_STEP_WORDS = {
    "complete": _("step-complete", default="complet"),
    "incomplete": _("step-incomplete", default="à compléter"),
    "error": _("step-error", default="à corriger"),
}
_STAGE_WORDS = {
    "done": _("stage-done", default="terminée"),
    "current": _("stage-current", default="en cours"),
    "coming": _("stage-coming", default="à venir"),
}
