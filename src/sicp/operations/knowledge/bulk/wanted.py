"""Reads what a source tells of one sheet, and checks all of it before it is written."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from typing import BinaryIO

from sicp.catalog.words import fold
from sicp.engines.bulk import Record
from sicp.engines.bulk import Source
from sicp.engines.clean_html import clean
from sicp.engines.text_extraction import kind_of
from sicp.engines.text_extraction import sniff
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.i18n import french
from sicp.operations.knowledge.folder import checked_title
from sicp.operations.knowledge.sheet import checked_text
from sicp.operations.knowledge.sheet import checked_themes
from sicp.operations.upload import UNFIT
from sicp.operations.upload import file_name
from sicp.operations.upload import hashed_copy
from sicp.operations.upload import size_limit
from sicp.rules.sheet_kind import CHOICE
from sicp.rules.sheet_kind import DAY
from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.rules.sheet_kind import SheetField
from sicp.rules.sheet_kind import SheetKind
from sicp.rules.sheet_kind import missing_fields
from sicp.rules.sheet_kind import read_fields
from sicp.workflows.knowledge import DRAFT
from sicp.workflows.knowledge import OBSOLETE
from sicp.workflows.knowledge import PUBLISHED

#: A web page is read as the text of a sheet, not kept as a file.
_LONGEST_PAGE = 8 * 1024 * 1024
_FILE_KIND, _TEXT_KIND = "file", "practice"


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file at hand: ``path`` is where it waits, thrown away afterwards."""

    path: Path
    name: str
    kind: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a sheet is to say, clean and checked.

    ``remark`` tells in French why it stays a draft, empty when it need not.
    """

    kind: str
    title: str
    text: str
    fields: Mapping[str, Any]
    themes: tuple[str, ...]
    file: WantedFile | None
    state: str
    remark: str
    more: Mapping[str, Any]

    @property
    def digest(self) -> str:
        """Return the digest of all it says."""
        sha256 = self.file.sha256 if self.file is not None else ""
        return digest(
            self.kind, self.title, self.text, self.fields, self.themes, sha256
        )

    @property
    def mark(self) -> str:
        """Return what tells that another says the same: its file, or else its text."""
        if self.file is not None:
            return f"file:{self.file.sha256}"
        return text_mark(self.title, self.text)

    def is_said_by(self, sheet: Any) -> bool:
        """Tell whether a sheet still says the same."""
        return any(
            said is not None and self.mark == mark_of(said)
            for said in (sheet.current, sheet.working)
        )


def digest(  # noqa: PLR0913
    kind: str,
    title: str,
    text: str,
    fields: Mapping[str, Any],
    themes: tuple[str, ...],
    sha256: str,
) -> str:
    """Return the digest of all that a sheet says."""
    told = {name: str(value) for name, value in fields.items()}
    whole = [kind, title, text, told, list(themes), sha256]
    data = json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()
    return hashlib.sha256(data).hexdigest()


def text_mark(title: str, text: str) -> str:
    """Return what a sheet without file is known by."""
    told = f"{title}\n{text}".encode()
    return f"text:{hashlib.sha256(told).hexdigest()}"


def mark_of(said: Any) -> str:
    """Return what a text of a sheet is known by."""
    if said.file is not None:
        return f"file:{said.file.sha256}"
    return text_mark(said.title, said.text)


@contextmanager
def wanted_of(
    record: Record, source: Source, registry: Any, *, is_published: bool
) -> Iterator[Wanted]:
    """Read one record; its file waits beside as long as the context lasts.

    Raises:
        InvalidInputError: something is wrong: the field, and why.
        SourceError: its file is damaged in the source.
    """
    title = checked_title(record.title)
    with _file_of(record, source, registry) as (file, page):
        kind = _kind(record, file)
        text = checked_text(record.text or page)
        if not text and file is None:
            raise InvalidInputError(_NOTHING, "text")
        fields = _fields(kind, record.fields)
        state, remark = _state(record, kind, fields, is_published=is_published)
        yield Wanted(
            kind.name,
            title,
            text,
            fields,
            checked_themes(record.themes),
            file,
            state,
            remark,
            record.more,
        )


def entities_at(site: Any, paths: Any) -> tuple[int, ...]:
    """Return the numbers of the entities at these addresses; unknown ones are left."""
    found = []
    for path in paths if isinstance(paths, list) else ():
        entity = site["organisation"]
        for name in filter(None, str(path).split("/")):
            entity = entity.get(name) if entity is not None else None
        if entity is not None:
            found.append(entity.__oid__)
    return tuple(found)


@contextmanager
def _file_of(
    record: Record, source: Source, registry: Any
) -> Iterator[tuple[WantedFile | None, str]]:
    """Give the file of a record, or the text where it is a web page.

    Raises:
        InvalidInputError: it is not there, or not of a kind that is taken.
    """
    if not record.path or (record.text and record.path not in source.files):
        # The path is then only what the thing was called elsewhere.
        yield None, ""
        return
    if record.path not in source.files:
        raise InvalidInputError(_LOST % {"path": record.path}, "path")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        with path.open("w+b") as target:
            with source.opened(record.path) as file:
                size, sha256 = hashed_copy(file, target, size_limit(registry))
            kind = kind_of(target)
            if kind == "html":
                yield None, _page(target, size)
                return
            if not sniff(target):
                raise InvalidInputError(UNFIT, "file")
        yield WantedFile(path, file_name(record.path), kind, size, sha256), ""


def _page(file: BinaryIO, size: int) -> str:
    if size > _LONGEST_PAGE:
        raise InvalidInputError(_LONG_PAGE, "file")
    file.seek(0)
    return clean(file.read().decode("utf-8", "replace"))


def _kind(record: Record, file: WantedFile | None) -> SheetKind:
    if not record.kind:
        return SHEET_KINDS[_FILE_KIND if file is not None else _TEXT_KIND]
    wanted = fold(record.kind)
    for kind in SHEET_KINDS.values():
        if wanted in {kind.name, fold(french(kind.title)), fold(french(kind.plural))}:
            return kind
    raise InvalidInputError(_NO_KIND % {"kind": record.kind}, "kind")


def _fields(kind: SheetKind, told: Mapping[str, Any]) -> dict[str, Any]:
    named = {fold(str(name)): value for name, value in told.items()}
    values = {}
    for item in kind.fields:
        value = named.get(item.name, named.get(fold(french(item.title))))
        values[item.name] = _said(item, value)
    fields, faults = read_fields(kind, values)
    for item in kind.fields:
        if item.name in faults:
            fault = french(faults[item.name])
            told_fault = {"field": french(item.title), "fault": fault}
            raise InvalidInputError(_FAULT % told_fault, item.name)
    return fields


def _said(item: SheetField, value: Any) -> Any:
    """Return a value as it is noted: days and choices as people write them, too."""
    if value is None or isinstance(value, Mapping | list):
        return None
    text = str(value).strip()
    if item.type == DAY and text.count("/") == 2:  # noqa: PLR2004
        day, month, year = text.split("/")
        return f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    if item.type == CHOICE:
        wanted = fold(text)
        for code, title in item.choices:
            if wanted in {fold(code), fold(french(title))}:
                return code
    return text


def _state(
    record: Record, kind: SheetKind, fields: Mapping[str, Any], *, is_published: bool
) -> tuple[str, str]:
    told = str(record.more.get("state", PUBLISHED))
    if not is_published or told not in {PUBLISHED, OBSOLETE}:
        return DRAFT, ""
    for missing in missing_fields(kind, fields):
        return DRAFT, french(_STAYS_DRAFT % {"field": french(missing.title)})
    return told, ""


def review_day(more: Mapping[str, Any]) -> date | None:
    """Return the day on which a sheet is to be read again, None for none."""
    try:
        return date.fromisoformat(str(more.get("review_on", "")))
    except ValueError:
        return None


def take_over_file(file: WantedFile, blob: Any) -> None:
    """Put a file that waits in its place in the database."""
    blob.consumeFile(str(file.path))


_NOTHING = _("import-nothing", default="Il n’y a ni texte ni fichier à prendre.")
_LOST = _(
    "import-file-lost",
    default="Le fichier « ${path} » n’est pas dans ce qui est donné.",
)
_LONG_PAGE = _("import-page-long", default="Cette page web est trop longue.")
_NO_KIND = _("import-kind-unknown", default="La sorte « ${kind} » n’existe pas.")
_FAULT = _("import-field-wrong", default="Champ « ${field} » : ${fault}")
_STAYS_DRAFT = _(
    "import-stays-draft", default="Reste un brouillon : remplissez « ${field} »."
)
