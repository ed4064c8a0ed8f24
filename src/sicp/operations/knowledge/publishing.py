"""The stages of a sheet: its review, its publication, its obsolescence, its owner.

A sheet is written by some and published by others: the working copy is put to those who
publish, who send it back or make it what people read.
"""

from datetime import date
from datetime import datetime
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.content_types.knowledge import SheetVersion
from sicp.events import Happened
from sicp.events import StageChanged
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.user import Actor
from sicp.operations.index import index
from sicp.operations.knowledge.mail import tell_asker
from sicp.operations.knowledge.mail import tell_returned
from sicp.operations.knowledge.place import readdress
from sicp.operations.knowledge.sheet import end_working
from sicp.operations.knowledge.sheet import note_waiting
from sicp.operations.knowledge.subscription import tell_subscribers
from sicp.operations.user.right import require
from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.rules.sheet_kind import missing_fields
from sicp.workflows.base import move
from sicp.workflows.knowledge import DRAFT
from sicp.workflows.knowledge import OBSOLETE
from sicp.workflows.knowledge import REVIEW
from sicp.workflows.knowledge import TABLE


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
        note_waiting(sheet)
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
        note_waiting(sheet)
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
    end_working(sheet)
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
