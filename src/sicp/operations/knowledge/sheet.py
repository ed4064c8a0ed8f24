"""Writes sheets: drafts, working copies, review, publication, obsolescence.

What people read changes at a publication only. Meanwhile the text is a working copy
under the pen of one person, whom a colleague may relieve, with notice.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.content_types.knowledge import SheetVersion
from sicp.content_types.knowledge import WorkingCopy
from sicp.engines.clean_html import clean
from sicp.events import Happened
from sicp.events import StageChanged
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.user import Actor
from sicp.operations.index import index
from sicp.operations.knowledge.folder import checked_title
from sicp.operations.knowledge.folder import place_new
from sicp.operations.knowledge.folder import require_shelf
from sicp.operations.knowledge.link import cites_of
from sicp.operations.knowledge.mail import tell_asker
from sicp.operations.knowledge.mail import tell_relieved
from sicp.operations.knowledge.mail import tell_returned
from sicp.operations.knowledge.place import readdress
from sicp.operations.knowledge.subscription import tell_subscribers
from sicp.operations.user.right import require
from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.rules.sheet_kind import missing_fields
from sicp.rules.sheet_kind import read_fields
from sicp.workflows.base import initialize
from sicp.workflows.base import move
from sicp.workflows.knowledge import DRAFT
from sicp.workflows.knowledge import OBSOLETE
from sicp.workflows.knowledge import REVIEW
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
        _note_waiting(sheet)
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
    _note_waiting(sheet)
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
    _end_working(sheet)
    _note_waiting(sheet)
    registry.notify(Happened(sheet, "sheet-discarded", actor.login, now))


def submit_sheet(
    sheet: Any, *, actor: Actor, now: datetime, registry: Any, note: str = ""
) -> None:
    """Ask the committee to read the working copy again; ``note`` is a word for it.

    Raises:
        NotAllowedError: the actor does not write here.
        StateError: there is nothing to submit, or something must be filled first.
    """
    require(actor, p.EDIT_KNOWLEDGE, sheet)
    _require_complete(sheet)
    if sheet.working.is_submitted:
        raise StateError(
            _("sheet-submitted", default="Cette fiche est déjà en relecture.")
        )
    sheet.working.submitted_by, sheet.working.submitted_at = actor.login, now
    sheet.working.note = note.strip()
    if sheet.state == DRAFT:
        _move(sheet, "submit", "", actor, now, registry)
    else:
        _note_waiting(sheet)
        registry.notify(Happened(sheet, "sheet-submitted", actor.login, now))


def return_sheet(
    sheet: Any, reason: str, *, actor: Actor, now: datetime, registry: Any
) -> None:
    """Send a text back to who wrote it, with the reason.

    Raises:
        NotAllowedError: the actor does not publish here.
        StateError: it is not being read again.
        InvalidInputError: no reason is given.
    """
    require(actor, p.PUBLISH_KNOWLEDGE, sheet)
    said = _reason(reason)
    if sheet.working is None or not sheet.working.is_submitted:
        raise StateError(
            _("sheet-not-submitted", default="Cette fiche n’est pas en relecture.")
        )
    sheet.working.submitted_at, sheet.working.note = None, said
    tell_returned(sheet, said, actor, registry)
    if sheet.state == REVIEW:
        _move(sheet, "return", said, actor, now, registry)
    else:
        _note_waiting(sheet)
        details = {"reason": said}
        registry.notify(
            Happened(sheet, "sheet-returned", actor.login, now, details=details)
        )


def publish_sheet(  # noqa: PLR0913
    sheet: Any,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
    note: str = "",
    review_on: date | None = None,
) -> SheetVersion:
    """Make the working copy the version that people read, and tell who follows it.

    ``review_on`` is the day it is to be read again; None leaves it as it was.

    Raises:
        NotAllowedError: the actor does not publish here.
        StateError: there is nothing to publish, or something must be filled first.
    """
    require(actor, p.PUBLISH_KNOWLEDGE, sheet)
    _require_complete(sheet)
    working = sheet.working
    version = add_version(sheet, working, working.by, actor.login, now, note)
    _end_working(sheet)
    sheet.review_on = review_on or sheet.review_on
    if sheet.state == DRAFT:
        _move(sheet, "submit", "", actor, now, registry)
    if sheet.state == REVIEW:
        _move(sheet, "publish", note, actor, now, registry)
    elif sheet.state == OBSOLETE:
        _move(sheet, "reinstate", note, actor, now, registry)
    show_latest(sheet, actor, now)
    details = {"version": version.number, "note": version.note}
    registry.notify(
        Happened(sheet, "sheet-published", actor.login, now, details=details)
    )
    tell_subscribers(sheet, version.note, now=now, registry=registry)
    if version.number == 1:
        tell_asker(sheet, registry)
    return version


def retire_sheet(
    sheet: Any, reason: str, *, actor: Actor, now: datetime, registry: Any
) -> None:
    """Declare a sheet obsolete: it stays, under a banner that says why.

    Raises:
        NotAllowedError: the actor does not publish here.
        StateError: it is not published.
        InvalidInputError: no reason is given.
    """
    _change(sheet, "retire", reason, actor, now, registry)


def reinstate_sheet(
    sheet: Any, reason: str, *, actor: Actor, now: datetime, registry: Any
) -> None:
    """Take the banner of an obsolete sheet away.

    Raises:
        NotAllowedError: the actor does not publish here.
        StateError: it is not obsolete.
        InvalidInputError: no reason is given.
    """
    _change(sheet, "reinstate", reason, actor, now, registry)


def entrust_sheet(  # noqa: PLR0913
    sheet: Any,
    owner: str,
    review_on: date | None,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
) -> None:
    """Say who answers for a sheet, and the day it is to be read again.

    Raises:
        NotAllowedError: the actor does not write here.
        InvalidInputError: there is no such account.
    """
    require(actor, p.EDIT_KNOWLEDGE, sheet)
    site = find_objectmap(sheet).root
    if owner and owner not in site["utilisateurs"]:
        raise InvalidInputError(
            _("owner-unknown", default="Ce compte n’existe pas."), "owner"
        )
    sheet.owner, sheet.review_on = owner, review_on
    sheet.touch(actor.login, now)
    index(site, sheet)
    registry.notify(Happened(sheet, "sheet-entrusted", actor.login, now))


def add_version(  # noqa: PLR0913
    sheet: Any, said: Any, author: str, publisher: str, now: datetime, note: str
) -> SheetVersion:
    """Write what ``said`` says as the latest version of a sheet."""
    version = SheetVersion(said.title)
    version.say(said)
    version.number = sheet.current.number + 1 if sheet.current is not None else 1
    version.author, version.published_by = author, publisher
    version.at, version.note = now, note.strip()
    sheet.versions[version.number] = version
    return version


def show_latest(sheet: Any, actor: Actor, now: datetime) -> None:
    """Note in the lists what the latest version says; its address follows its title."""
    if sheet.title != sheet.shown.title:
        sheet.title = sheet.shown.title
        readdress(sheet, sheet.title)
    sheet.touch(actor.login, now)
    index(find_objectmap(sheet).root, sheet)


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


def _note_waiting(sheet: Any) -> None:
    """Note in the lists for whom the working copy waits."""
    index(find_objectmap(sheet).root, sheet)


def _begin(sheet: Any, actor: Actor, now: datetime) -> None:
    sheet.working = WorkingCopy(sheet.title)
    sheet.working.by, sheet.working.since = actor.login, now
    sheet.working.revision = sheet.next_revision


def _end_working(sheet: Any) -> None:
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


def _require_complete(sheet: Any) -> None:
    working = sheet.working
    if working is None:
        raise StateError(
            _("sheet-nothing-new", default="Il n’y a rien de nouveau à publier.")
        )
    kind = SHEET_KINDS[sheet.kind]
    for missing in missing_fields(kind, working.fields):
        raise StateError(
            _(
                "sheet-field-missing",
                default="Remplissez d’abord « ${field} ».",
                mapping={"field": french(missing.title)},
            ),
            missing.name,
        )
    if not working.text and working.file is None:
        raise StateError(
            _("sheet-empty", default="Écrivez d’abord le texte de la fiche."), "text"
        )


def _change(  # noqa: PLR0913
    sheet: Any,
    name: str,
    reason: str,
    actor: Actor,
    now: datetime,
    registry: Any,
) -> None:
    transition = TABLE.transition(name)
    require(actor, transition.permission, sheet)
    if sheet.state != transition.from_state:
        raise StateError(
            _("sheet-state-wrong", default="Cette fiche a changé d’état : relisez-la.")
        )
    sheet.state_reason = _reason(reason)
    _move(sheet, name, sheet.state_reason, actor, now, registry)
    show_latest(sheet, actor, now)


def _move(  # noqa: PLR0913
    sheet: Any,
    name: str,
    reason: str,
    actor: Actor,
    now: datetime,
    registry: Any,
) -> None:
    transition = TABLE.transition(name)
    move(registry, TABLE, sheet, name)
    sheet.touch(actor.login, now)
    index(find_objectmap(sheet).root, sheet)
    registry.notify(
        StageChanged(
            sheet,
            TABLE.name,
            transition.from_state,
            transition.to_state,
            actor.login,
            now,
            reason,
        )
    )


def _reason(reason: str) -> str:
    said = reason.strip()
    if not said:
        raise InvalidInputError(
            _("reason-needed", default="Donnez le motif."), "reason"
        )
    return said


def _held_by(sheet: Any) -> str:
    site = find_objectmap(sheet).root
    user = site["utilisateurs"].get(sheet.working.by)
    return _(
        "sheet-held",
        default="${who} écrit cette fiche ; vous pouvez prendre le relais.",
        mapping={"who": user.title if user is not None else sheet.working.by},
    )
