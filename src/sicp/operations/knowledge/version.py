"""The versions of a sheet: read, compared, restored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from typing import Any

from sicp import permissions as p
from sicp.engines.clean_html import paragraphs
from sicp.engines.drafting.sequence_diff import opcodes
from sicp.engines.drafting.text_diff import DiffRow
from sicp.engines.drafting.text_diff import DiffRun
from sicp.engines.drafting.text_diff import compare_words
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.publishing import add_version
from sicp.operations.knowledge.publishing import show_latest
from sicp.operations.knowledge.sheet import start_editing
from sicp.operations.knowledge.subscription import tell_subscribers
from sicp.operations.user.right import require
from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.rules.sheet_kind import SheetField


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field, or the title, that is not the same; texts as they are shown."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class SheetComparison:
    """Two texts of one sheet side by side."""

    fields: tuple[FieldChange, ...]
    rows: tuple[DiffRow, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether nothing changed."""
        is_text_same = all(row.status == "unchanged" for row in self.rows)
        return not self.fields and is_text_same


def versions_of(sheet: Any) -> list[Any]:
    """Return the versions of a sheet, the latest first."""
    return list(reversed(list(sheet.versions.values())))


def version_called(sheet: Any, number: int) -> Any:
    """Return the version of that number.

    Raises:
        InvalidInputError: there is none.
    """
    version = sheet.versions.get(number)
    if version is None:
        raise InvalidInputError(
            _("sheet-version-unknown", default="Cette version n’existe pas."),
            "version",
        )
    return version


def compare_texts(kind: str, old: Any, new: Any) -> SheetComparison:
    """Compare two versions of a sheet, or a version and the working copy."""
    fields = [FieldChange(_TITLE, old.title, new.title)]
    fields += [
        FieldChange(
            field.title,
            said_field(field, old.fields.get(field.name)),
            said_field(field, new.fields.get(field.name)),
        )
        for field in SHEET_KINDS[kind].fields
    ]
    fields.append(FieldChange(_THEMES, ", ".join(old.themes), ", ".join(new.themes)))
    names = [_file_name(side) for side in (old, new)]
    fields.append(FieldChange(_FILE, *names))
    changed = tuple(change for change in fields if change.old != change.new)
    return SheetComparison(changed, tuple(_rows(old.text, new.text)))


def restore_version(
    sheet: Any, number: int, *, actor: Actor, now: datetime, registry: Any
) -> Any:
    """Publish an older version again, as the latest one; a working copy stays.

    Raises:
        NotAllowedError: the actor does not publish here.
        InvalidInputError: there is no such version, or it is the latest one.
    """
    require(actor, p.PUBLISH_KNOWLEDGE, sheet)
    old = version_called(sheet, number)
    if old is sheet.current:
        raise InvalidInputError(
            _("sheet-version-latest", default="Cette version est déjà la dernière."),
            "version",
        )
    note = french(_RESTORED % {"number": number})
    version = add_version(sheet, old, old.author, actor.login, now, note)
    show_latest(sheet, actor, now)
    details = {"version": version.number, "from": number}
    registry.notify(
        Happened(sheet, "sheet-version-restored", actor.login, now, details=details)
    )
    tell_subscribers(sheet, version.note, now=now, registry=registry)
    return version


def rewrite_version(
    sheet: Any, number: int, *, actor: Actor, now: datetime, registry: Any
) -> None:
    """Begin a working copy that says what an older version says.

    Raises:
        NotAllowedError: the actor does not write here.
        InvalidInputError: there is no such version.
        StateError: a working copy is begun already: it is not overwritten.
    """
    require(actor, p.EDIT_KNOWLEDGE, sheet)
    old = version_called(sheet, number)
    if sheet.working is not None:
        raise StateError(
            _(
                "sheet-working-exists",
                default="Une copie de travail est en cours : publiez-la ou "
                "abandonnez-la d’abord.",
            )
        )
    start_editing(sheet, actor=actor, now=now, registry=registry).say(old)


def said_field(field: SheetField, value: Any) -> str:
    """Return the value of a field as it is shown; empty for none."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    # Not made a plain string: a message would lose its French.
    said: str = dict(field.choices).get(value, value)
    return said


def _rows(old: str, new: str) -> Iterator[DiffRow]:
    before, after = paragraphs(old), paragraphs(new)
    for tag, i1, i2, j1, j2 in opcodes(before, after):
        paired = min(i2 - i1, j2 - j1)
        for rank in range(paired):
            yield _row(before[i1 + rank], after[j1 + rank], is_same=tag == "equal")
        for line in before[i1 + paired : i2]:
            yield DiffRow("removed", "paragraph", (DiffRun("deleted", line),), ())
        for line in after[j1 + paired : j2]:
            yield DiffRow("added", "paragraph", (), (DiffRun("inserted", line),))


def _row(old: str, new: str, *, is_same: bool) -> DiffRow:
    if is_same:
        same = (DiffRun("same", old),)
        return DiffRow("unchanged", "paragraph", same, same)
    return DiffRow("changed", "paragraph", *compare_words(old, new))


def _file_name(side: Any) -> str:
    return side.file.file_name if side.file is not None else ""


_TITLE = _("sheet-title", default="Titre")
_THEMES = _("sheet-themes", default="Thèmes")
_FILE = _("sheet-file", default="Fichier")
_RESTORED = _("sheet-restored-note", default="Reprise de la version ${number}")
