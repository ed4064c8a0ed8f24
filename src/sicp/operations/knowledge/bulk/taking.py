"""Takes many texts and files into the base, once: what was taken is known again.

Each thing has an identity in its source (its folder, and its number, path or title) and
digests of what it said and of what was written. Read again, it changes nothing; a newer
one updates what the source changed, but never what a person wrote.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from dataclasses import field
from datetime import datetime
from typing import Any

from BTrees.OOBTree import OOBTree

from sicp import permissions as p
from sicp.catalog.words import fold
from sicp.content_types.knowledge import base_of
from sicp.content_types.knowledge import is_in_bin
from sicp.engines.bulk import Fault
from sicp.engines.bulk import Record
from sicp.engines.bulk import Source
from sicp.engines.bulk import SourceError
from sicp.engines.bulk.record import FOLDER
from sicp.engines.bulk.record import Step
from sicp.events import Happened
from sicp.exceptions import DomainError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.knowledge import ISheet
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.bulk.wanted import Wanted
from sicp.operations.knowledge.bulk.wanted import entities_at
from sicp.operations.knowledge.bulk.wanted import wanted_of
from sicp.operations.knowledge.bulk.writing import Writing
from sicp.operations.knowledge.bulk.writing import digest_of
from sicp.operations.knowledge.bulk.writing import relink_sheet
from sicp.operations.knowledge.bulk.writing import update_sheet
from sicp.operations.knowledge.bulk.writing import write_new_sheet
from sicp.operations.knowledge.folder import create_folder
from sicp.operations.knowledge.folder import require_shelf
from sicp.operations.knowledge.redirect import name_of_title
from sicp.operations.user.right import require

CREATED = "created"
UPDATED = "updated"
UNCHANGED = "unchanged"
DUPLICATE = "duplicate"
KEPT = "kept"
REFUSED = "refused"
#: In the order they are told.
FATES = (CREATED, UPDATED, UNCHANGED, DUPLICATE, KEPT, REFUSED)
#: How many neighbours of the same title are looked at.
_MOST_NAMESAKES = 20
_LINK = "sicp:sheet/"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became, or would become, of one thing; ``reason`` is French.

    ``number`` is that of the sheet or the folder, 0 for none.
    """

    fate: str
    where: str
    title: str = ""
    folder: str = ""
    reason: str = ""
    number: int = 0


@dataclass
class Import:
    """An import under way, below the folder ``under``; nothing is written when dry."""

    site: Any
    under: Any
    source: Source
    actor: Actor
    now: datetime
    registry: Any
    is_published: bool = False
    is_dry: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    folders: dict[tuple[Step, ...], Any] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    met: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    linked: dict[int, str] = field(default_factory=dict)

    @property
    def by(self) -> dict[str, Any]:
        """Return what every operation asks for."""
        return {"actor": self.actor, "now": self.now, "registry": self.registry}

    def memory(self) -> tuple[Any, ...]:
        """Return what is known so far, to go back to."""
        return tuple(copy(item) for item in self._memories())

    def go_back(self, memory: tuple[Any, ...]) -> None:
        """Forget what was done in a transaction that was given up."""
        self.counts, self.seen, self.met, self.numbers, self.linked = memory
        self.folders.clear()

    def _memories(self) -> tuple[Any, ...]:
        return self.counts, self.seen, self.met, self.numbers, self.linked


def begin_import(  # noqa: PLR0913
    under: Any,
    source: Source,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
    is_published: bool = False,
    is_dry: bool = False,
) -> Import:
    """Prepare an import below ``under``.

    Raises:
        NotAllowedError: the actor does not manage the base there.
        StateError: it is no folder.
    """
    require(actor, p.MANAGE_KNOWLEDGE, under)
    require_shelf(under)
    site = base_of(under).__parent__
    return Import(
        site, under, source, actor, now, registry, is_published, is_dry=is_dry
    )


def take(work: Import, records: Iterable[Record | Fault]) -> list[Outcome]:
    """Take a batch of things; the caller commits, or gives up the whole batch.

    What cannot be taken is refused alone: nothing of it is written.
    """
    return [_taken(work, record) for record in records]


def pass_over(work: Import, records: Iterable[Record | Fault]) -> None:
    """Remember what an import that was interrupted took already."""
    for record in records:
        if isinstance(record, Record) and record.type != FOLDER:
            identity = _identity(work, record)
            known = _imports(work).get(identity)
            if known is not None:
                _remember(work, record, known[0], identity)


def relink(work: Import, size: int) -> Iterator[None]:
    """Have links lead to the sheets as they are numbered here, ``size`` at a time."""
    base = base_of(work.under)
    for rank, (number, identity) in enumerate(list(work.linked.items()), 1):
        sheet = base.numbers.get(number)
        if sheet is not None and relink_sheet(sheet, work.numbers):
            _number, source, _written = base.imports[identity]
            base.imports[identity] = (number, source, digest_of(sheet))
        if rank % size == 0:
            yield
    yield


def note_import(work: Import, name: str) -> None:
    """Note in the journal what an import did; nothing where it changed nothing."""
    if work.counts[CREATED] or work.counts[UPDATED]:
        details = {**work.counts, "file": name}
        work.registry.notify(
            Happened(
                work.under,
                "knowledge-imported",
                work.actor.login,
                work.now,
                details=details,
            )
        )


def _taken(work: Import, record: Record | Fault) -> Outcome:
    try:
        if isinstance(record, Fault):
            outcome = Outcome(REFUSED, record.where, reason=record.reason)
        elif record.type == FOLDER:
            outcome = _take_folder(work, record)
        else:
            with wanted_of(
                record, work.source, work.registry, is_published=work.is_published
            ) as wanted:
                outcome = _take_sheet(work, record, wanted)
    except DomainError as error:
        outcome = _told(record, REFUSED, french(error.message))
    except SourceError as error:
        outcome = _told(record, REFUSED, str(error))
    work.counts[outcome.fate] += 1
    return outcome


def _take_folder(work: Import, record: Record) -> Outcome:
    name = str(record.more.get("name", ""))
    way = (*record.way, (record.title, name))
    if not record.title:
        raise InvalidInputError(_("title-needed", default="Donnez un titre."), "title")
    if _known_folder(work, way) is not None:
        return _told(record, UNCHANGED)
    if work.is_dry:
        work.folders[way] = None
        return _told(record, CREATED)
    parent = _folder(work, record.way)
    readers = record.more.get("readers")
    folder = create_folder(
        parent,
        record.title,
        summary=str(record.more.get("summary", "")),
        rank=_rank(record),
        name=name,
        # Readers that are not known here open the folder to nobody: never to all.
        readers=None if readers is None else entities_at(work.site, readers),
        **work.by,
    )
    work.folders[way] = folder
    return _told(record, CREATED, number=folder.__oid__)


def _take_sheet(work: Import, record: Record, wanted: Wanted) -> Outcome:
    identity = _identity(work, record)
    known = _imports(work).get(identity)
    base = base_of(work.under)
    sheet = _living(base, known[0]) if known is not None else None
    if sheet is not None:
        outcome = _again(work, record, wanted, sheet, known)
    else:
        outcome = _first_time(work, record, wanted)
    if outcome.number:
        _remember(work, record, outcome.number, identity)
    if outcome.fate in {CREATED, UPDATED} and not work.is_dry:
        written = digest_of(base.numbers[outcome.number])
        _book(base)[identity] = (outcome.number, wanted.digest, written)
    return outcome


def _again(
    work: Import, record: Record, wanted: Wanted, sheet: Any, known: tuple[Any, ...]
) -> Outcome:
    number, source, written = known
    if source == wanted.digest:
        return _told(record, UNCHANGED, number=number)
    is_being_written = sheet.current is not None and sheet.working is not None
    if is_being_written or digest_of(sheet) != written:
        return _told(record, KEPT, french(_WRITTEN_SINCE), number)
    if not work.is_dry:
        update_sheet(sheet, wanted, _writing(work, record))
    return _told(record, UPDATED, number=number)


def _first_time(work: Import, record: Record, wanted: Wanted) -> Outcome:
    folder = _known_folder(work, record.way)
    stem = str(record.more.get("name", "")) or wanted.title
    for namesake in _namesakes(folder, stem, wanted.title):
        if digest_of(namesake) == wanted.digest:
            return _told(record, UNCHANGED, number=namesake.__oid__)
    twin = _twin(work, wanted)
    if twin:
        reason = french(_SAME % {"title": twin})
        return _told(record, DUPLICATE, reason)
    work.met[wanted.mark] = wanted.title
    if work.is_dry:
        return _told(record, CREATED, wanted.remark)
    sheet = write_new_sheet(_folder(work, record.way), wanted, _writing(work, record))
    return _told(record, CREATED, wanted.remark, sheet.__oid__)


def _writing(work: Import, record: Record) -> Writing:
    rank = _rank(record)
    if rank is None:
        # Things of one instant keep the order of their source.
        rank = work.now.timestamp() + sum(work.counts.values()) / 1000
    return Writing(work.site, work.actor, work.now, work.registry, rank)


def _twin(work: Import, wanted: Wanted) -> str:
    """Return the title of a sheet that says the same; empty for none."""
    if wanted.mark in work.met:
        return work.met[wanted.mark]
    base = base_of(work.under)
    sheet = _living(base, (base.digests or {}).get(wanted.mark, 0))
    return str(sheet.title) if sheet is not None and wanted.is_said_by(sheet) else ""


def _living(base: Any, number: int) -> Any:
    sheet = base.numbers.get(number)
    if not ISheet.providedBy(sheet) or is_in_bin(sheet):
        return None
    return sheet


def _namesakes(folder: Any, stem: str, title: str) -> Iterator[Any]:
    """Walk the sheets of a folder that bear a title, the first ones."""
    if folder is None:
        return
    stem = name_of_title(stem)
    for rank in range(1, _MOST_NAMESAKES):
        found = folder.get(stem if rank == 1 else f"{stem}-{rank}")
        if found is None:
            return
        if _is_named(ISheet, found, title):
            yield found


def _known_folder(work: Import, way: tuple[Step, ...]) -> Any:
    """Return the folder at the end of a way, None when there is none yet."""
    if not way:
        return work.under
    if way not in work.folders:
        parent = _known_folder(work, way[:-1])
        work.folders[way] = _child(parent, *way[-1]) if parent is not None else None
    return work.folders[way]


def _child(parent: Any, title: str, name: str) -> Any:
    found = parent.get(name or name_of_title(title))
    if _is_named(IKnowledgeFolder, found, title):
        return found
    if name:
        # Folders of one title are told apart by their addresses.
        return None
    same = (c for c in parent.values() if _is_named(IKnowledgeFolder, c, title))
    return next(same, None)


def _is_named(kind: Any, item: Any, title: str) -> bool:
    return bool(kind.providedBy(item) and fold(item.title) == fold(title))


def _folder(work: Import, way: tuple[Step, ...]) -> Any:
    """Return the folder at the end of a way, made if need be."""
    found = _known_folder(work, way)
    if found is None:
        parent = _folder(work, way[:-1])
        title, name = way[-1]
        found = create_folder(parent, title, name=name, **work.by)
        work.folders[way] = found
    return found


def _identity(work: Import, record: Record) -> str:
    own = record.id or record.path or record.title
    way = "/".join(f"{title}:{name}" for title, name in record.way)
    told = "\n".join((str(work.under.__oid__), way, own))
    work.seen[told] += 1
    return hashlib.sha256(f"{told}\n{work.seen[told]}".encode()).hexdigest()


def _remember(work: Import, record: Record, number: int, identity: str) -> None:
    if record.id:
        work.numbers[record.id] = number
    if _LINK in record.text:
        work.linked[number] = identity


def _imports(work: Import) -> Any:
    found = base_of(work.under).imports
    return found if found is not None else {}


def _book(base: Any) -> Any:
    if base.imports is None:
        base.imports = OOBTree()
    return base.imports


def _rank(record: Record) -> float | None:
    try:
        return float(record.more["rank"])
    except (KeyError, TypeError, ValueError):
        return None


def _told(
    record: Record | Fault, fate: str, reason: str = "", number: int = 0
) -> Outcome:
    if isinstance(record, Fault):
        return Outcome(fate, record.where, reason=reason)
    folder = " / ".join(record.folder)
    return Outcome(fate, record.where, record.title, folder, reason, number)


_SAME = _("import-same", default="Identique à « ${title} ».")
_WRITTEN_SINCE = _(
    "import-written-since",
    default="Quelqu’un a modifié cette fiche depuis l’import : elle reste telle "
    "quelle.",
)
