"""Writes sheets: drafts and working copies.

What people read changes at a publication only (``publishing``). Meanwhile the text is a
working copy under the pen of one person, whom a colleague may relieve, with notice.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.content_types.knowledge import WorkingCopy
from sicp.engines.clean_html import clean
from sicp.events import Happened
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.index import index
from sicp.operations.knowledge.folder import checked_title
from sicp.operations.knowledge.folder import place_new
from sicp.operations.knowledge.folder import require_shelf
from sicp.operations.knowledge.link import cites_of
from sicp.operations.knowledge.mail import tell_relieved
from sicp.operations.user.right import require
from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.rules.sheet_kind import read_fields
from sicp.workflows.base import initialize
from sicp.workflows.knowledge import TABLE

LONGEST_TEXT = 1_000_000
MOST_THEMES = 20
LONGEST_THEME = 80


@dataclass(frozen=True)
class SheetInput:
    """What a person wrote: ``text`` is HTML of any origin, ``fields`` are as typed."""

    title: str
    text: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    themes: Iterable[str] = ()
    note: str = ""


def create_sheet(  # noqa: PLR0913
    folder: Any,
    kind: str,
    wanted: SheetInput,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
    owner: str = "",
    name: str = "",
    rank: float | None = None,
) -> Any:
    """Begin a sheet; it is a draft, which those who write here read.

    Raises:
        NotAllowedError: the actor does not write here.
        InvalidInputError: there is no such kind, or something written is wrong.
        StateError: it is no place for sheets.
    """
    require(actor, p.EDIT_KNOWLEDGE, folder)
    require_shelf(folder)
    if kind not in SHEET_KINDS:
        raise InvalidInputError(
            _("sheet-kind-unknown", default="Choisissez la sorte de fiche."), "kind"
        )
    sheet = registry.content.create("Sheet", kind, checked_title(wanted.title))
    sheet.owner = owner or actor.login
    _begin(sheet, actor, now)
    _write(sheet, wanted)
    initialize(registry, TABLE, sheet)
    place_new(folder, sheet, name, rank, actor, now)
    registry.notify(Happened(sheet, "sheet-created", actor.login, now))
    return sheet


def start_editing(
    sheet: Any, *, actor: Actor, now: datetime, registry: Any
) -> WorkingCopy:
    """Return the working copy of the actor, begun from what is published if need be.

    Raises:
        NotAllowedError: the actor does not write here.
        StateError: a colleague holds the pen; the message says who, since when.
    """
    require(actor, p.EDIT_KNOWLEDGE, sheet)
    is_begun = sheet.working is not None
    if not is_begun:
        _begin(sheet, actor, now)
        sheet.working.say(sheet.current)
        sheet.working.base = sheet.current.number
        note_waiting(sheet)
        registry.notify(Happened(sheet, "sheet-begun", actor.login, now))
    if sheet.working.by != actor.login:
        raise StateError(_held_by(sheet))
    working: WorkingCopy = sheet.working
    return working


def open_working(
    sheet: Any, *, actor: Actor, now: datetime, registry: Any
) -> WorkingCopy:
    """Return the working copy of the actor, who is about to change it.

    Raises:
        NotAllowedError: the actor does not write here.
        StateError: a colleague holds the pen, or the text is being read again.
    """
    working = start_editing(sheet, actor=actor, now=now, registry=registry)
    if working.is_submitted:
        raise StateError(
            _(
                "sheet-in-review",
                default="Cette fiche est en relecture : renvoyez-la en rédaction pour "
                "l’écrire.",
            )
        )
    return working


def take_over(sheet: Any, *, actor: Actor, now: datetime, registry: Any) -> WorkingCopy:
    """Take the pen from a colleague, who is told by mail; nothing written is lost.

    Raises:
        NotAllowedError: the actor does not write here.
        StateError: nobody is writing.
    """
    require(actor, p.EDIT_KNOWLEDGE, sheet)
    working: WorkingCopy | None = sheet.working
    if working is None:
        raise StateError(_("sheet-no-working", default="Personne n’écrit cette fiche."))
    before = working.by
    if before == actor.login:
        return working
    working.by, working.since = actor.login, now
    note_waiting(sheet)
    tell_relieved(sheet, before, actor, registry)
    details = {"before": before}
    registry.notify(
        Happened(sheet, "sheet-taken-over", actor.login, now, details=details)
    )
    return working


def write_sheet(  # noqa: PLR0913
    sheet: Any,
    wanted: SheetInput,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
    revision: int | None = None,
) -> None:
    """Save the working copy; ``revision`` is that on which it was written.

    Raises:
        NotAllowedError: the actor does not write here.
        StateError: a colleague holds the pen, or the text is being read again.
        InvalidInputError: something written is wrong; the field says what.
        EditConflictError: it was saved since ``revision``: both are to be compared.
    """
    working = open_working(sheet, actor=actor, now=now, registry=registry)
    if revision is not None and revision != working.revision:
        raise EditConflictError(
            _(
                "sheet-conflict",
                default="Cette fiche a été enregistrée depuis que vous l’avez "
                "ouverte : comparez les deux textes.",
            )
        )
    _write(sheet, wanted)
    working.saved_at = now
    working.revision += 1
    if sheet.current is None:
        sheet.touch(actor.login, now)
        index(find_objectmap(sheet).root, sheet)
    registry.notify(Happened(sheet, "sheet-written", actor.login, now))


def discard_working(sheet: Any, *, actor: Actor, now: datetime, registry: Any) -> None:
    """Give the working copy of a published sheet up.

    Raises:
        NotAllowedError: the actor does not write here.
        StateError: a colleague holds the pen, or the sheet is a draft, that only the
            bin takes.
    """
    start_editing(sheet, actor=actor, now=now, registry=registry)
    if sheet.current is None:
        raise StateError(
            _("sheet-draft-bin", default="Un brouillon se met à la corbeille.")
        )
    end_working(sheet)
    note_waiting(sheet)
    registry.notify(Happened(sheet, "sheet-discarded", actor.login, now))


def checked_text(text: str) -> str:
    """Return HTML of any origin, cleaned.

    Raises:
        InvalidInputError: it is too long.
    """
    cleaned = clean(text)
    if len(cleaned) > LONGEST_TEXT:
        raise InvalidInputError(
            _("sheet-text-too-long", default="Ce texte est trop long."), "text"
        )
    return cleaned


def checked_themes(themes: Iterable[str]) -> tuple[str, ...]:
    """Return themes, each once, without needless blanks.

    Raises:
        InvalidInputError: there are too many.
    """
    said = (" ".join(theme.split())[:LONGEST_THEME] for theme in themes)
    kept = tuple(dict.fromkeys(theme for theme in said if theme))
    if len(kept) > MOST_THEMES:
        raise InvalidInputError(
            _("sheet-too-many-themes", default="Vingt thèmes au plus."), "themes"
        )
    return kept


def note_waiting(sheet: Any) -> None:
    """Note in the lists for whom the working copy waits."""
    index(find_objectmap(sheet).root, sheet)


def _begin(sheet: Any, actor: Actor, now: datetime) -> None:
    sheet.working = WorkingCopy(sheet.title)
    sheet.working.by, sheet.working.since = actor.login, now
    sheet.working.revision = sheet.next_revision


def end_working(sheet: Any) -> None:
    """Close the working copy; a page that was opened on it cannot be saved any more."""
    # A page opened on this working copy is never taken for one on the next.
    sheet.next_revision = sheet.working.revision + 1
    sheet.working = None


def _write(sheet: Any, wanted: SheetInput) -> None:
    kind = SHEET_KINDS[sheet.kind]
    fields, faults = read_fields(kind, wanted.fields)
    for name, fault in faults.items():
        raise InvalidInputError(fault, name)
    working = sheet.working
    working.title = checked_title(wanted.title)
    working.text = checked_text(wanted.text)
    working.fields = fields
    working.themes = checked_themes(wanted.themes)
    own = f"article:{fields.get('number')}" if sheet.kind == "article" else ""
    working.cites = tuple(name for name in cites_of(working.text) if name != own)
    working.note = wanted.note.strip()
    if sheet.current is None:
        sheet.title = working.title


def _held_by(sheet: Any) -> str:
    site = find_objectmap(sheet).root
    user = site["utilisateurs"].get(sheet.working.by)
    return _(
        "sheet-held",
        default="${who} écrit cette fiche ; vous pouvez prendre le relais.",
        mapping={"who": user.title if user is not None else sheet.working.by},
    )
