"""Gives the base out: a static site that needs no server, and what reads it back.

What the actor may not read is not there: neither pages, nor titles, nor links.
"""

import json
import re
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from importlib.resources import files
from typing import Any
from typing import BinaryIO
from typing import Protocol

from pyramid.traversal import resource_path
from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.clock import legal_day
from sicp.content_types.knowledge import lineage_of
from sicp.engines.clean_html import plain
from sicp.engines.clean_html import rewrite
from sicp.engines.static_site import SEARCH_PAGE
from sicp.engines.static_site import Entry
from sicp.engines.static_site import Page
from sicp.engines.static_site import SearchEntry
from sicp.engines.static_site import index_script
from sicp.engines.static_site import index_script_end
from sicp.engines.static_site import index_script_start
from sicp.engines.static_site import page_html
from sicp.engines.static_site import relative
from sicp.engines.static_site import search_body
from sicp.events import Happened
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.knowledge import ISheet
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.link import Links
from sicp.operations.knowledge.redirect import address_of
from sicp.operations.knowledge.version import said_field
from sicp.operations.upload import kind_title
from sicp.operations.user.right import may
from sicp.operations.user.right import require
from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.workflows.knowledge import OBSOLETE
from sicp.workflows.knowledge import PUBLISHED

LINES = "data.jsonl"
_ASSETS = (("style.css", "_site/style.css"), ("search.js", "_site/recherche.js"))
_INDEX = "_site/index.js"
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_SHOWN = (PUBLISHED, OBSOLETE)
_MOST_NAME = 120


class Target(Protocol):
    """Where an export is written."""

    def put(self, path: str, content: bytes | BinaryIO) -> None:
        """Write one file."""

    def add(self, path: str, text: str) -> None:
        """Write more of a text, which is put in its place at the end."""


@dataclass
class Export:
    """An export under way, for one reader."""

    base: Any
    site: Any
    actor: Actor
    now: datetime
    paths: dict[int, str] = field(default_factory=dict)
    items: list[int] = field(default_factory=list)
    files: set[str] = field(default_factory=set)

    @property
    def foot(self) -> str:
        """Return what stands below each page."""
        day = f"{legal_day(self.now):%d/%m/%Y}"
        return french(_FOOT % {"day": day})


def begin_export(base: Any, *, actor: Actor, now: datetime) -> Export:
    """Prepare an export: walk all that the actor may read.

    Raises:
        NotAllowedError: the actor does not manage the base.
    """
    require(actor, p.MANAGE_KNOWLEDGE, base)
    return export_for(base, actor, now)


def export_for(base: Any, actor: Actor, now: datetime) -> Export:
    """Gather what a reader may read of the base."""
    work = Export(base, find_objectmap(base).root, actor, now)
    for item in _walk(base, actor):
        work.items.append(item.__oid__)
        if _is_folder(item):
            work.paths[item.__oid__] = f"{address_of(item)}/index.html"
        elif item.state in _SHOWN:
            work.paths[item.__oid__] = f"{address_of(item)}.html"
    return work


def write_export(work: Export, target: Target) -> Iterator[int]:
    """Write the site; yield how many things of ``work.items`` are done, now and then.

    Where what is read meanwhile changes, each page says what its thing said then.
    """
    finder = Links(work.site, work.actor, where=_where(work))
    for name, path in _ASSETS:
        asset = files("sicp.engines.static_site").joinpath(name)
        target.put(path, asset.read_bytes())
    target.add(_INDEX, index_script_start())
    _write_folder(work, target, work.base)
    search = Page(
        SEARCH_PAGE,
        "Rechercher",
        _way(work, work.base),
        body=search_body(),
        scripts=(_INDEX, "_site/recherche.js"),
    )
    target.put(SEARCH_PAGE, page_html(search, work.base.title, work.foot))
    for rank, number in enumerate(work.items, 1):
        item = work.base.numbers.get(number)
        if item is not None and may(work.actor, p.VIEW_KNOWLEDGE, item):
            _write(work, target, item, finder)
        if rank % 100 == 0:
            yield rank
    target.add(_INDEX, index_script_end())
    yield len(work.items)


def note_export(work: Export, registry: Any) -> None:
    """Note in the journal that the base was given out, and to whom."""
    details = {"count": len(work.items)}
    actor = work.actor.login
    registry.notify(
        Happened(work.base, "knowledge-exported", actor, work.now, details=details)
    )


def _walk(place: Any, actor: Actor) -> Iterator[Any]:
    """Walk what a reader may read below a place, folders before what they hold."""
    for child in _children(place, actor):
        yield child
        if _is_folder(child):
            yield from _walk(child, actor)


def _children(place: Any, actor: Actor) -> list[Any]:
    found = [
        child
        for child in place.values()
        if _is_folder(child) or ISheet.providedBy(child)
        if may(actor, p.VIEW_KNOWLEDGE, child)
    ]
    return sorted(found, key=lambda child: (child.rank, child.__name__))


def _is_folder(item: Any) -> bool:
    return bool(IKnowledgeFolder.providedBy(item))


def _where(work: Export) -> Callable[[Any], str]:
    def where(item: Any) -> str:
        return work.paths.get(getattr(item, "__oid__", 0), "")

    return where


def _write(work: Export, target: Target, item: Any, finder: Links) -> None:
    if _is_folder(item):
        _write_folder(work, target, item)
        target.add(LINES, _line(_told_folder(item)))
        return
    file = item.shown.file
    path = _put_file(work, target, file) if file is not None else ""
    target.add(LINES, _line(_told_sheet(item, path)))
    if item.__oid__ in work.paths:
        _write_sheet(work, target, item, path, finder)


def _write_folder(work: Export, target: Target, folder: Any) -> None:
    path = "index.html" if folder is work.base else work.paths[folder.__oid__]
    children = _children(folder, work.actor)
    page = Page(
        path,
        folder.title,
        _way(work, folder.__parent__) if folder is not work.base else (),
        body=_paragraph(getattr(folder, "summary", "")),
        folders=[
            Entry(child.title, work.paths[child.__oid__], child.summary)
            for child in children
            if _is_folder(child) and child.__oid__ in work.paths
        ],
        sheets=[
            Entry(
                child.current.title,
                work.paths[child.__oid__],
                french(SHEET_KINDS[child.kind].title),
            )
            for child in children
            if not _is_folder(child) and child.__oid__ in work.paths
        ],
    )
    target.put(path, page_html(page, work.base.title, work.foot))


def _write_sheet(
    work: Export, target: Target, sheet: Any, file_path: str, finder: Links
) -> None:
    said, path = sheet.current, work.paths[sheet.__oid__]
    kind = SHEET_KINDS[sheet.kind]
    finder.own = said.fields.get("number", "") if sheet.kind == "article" else ""
    page = Page(
        path,
        said.title,
        _way(work, sheet.__parent__),
        french(kind.title),
        _warning(sheet),
        _facts(kind, said),
        rewrite(said.text, *_links(finder, path)),
        _file_entry(said.file, file_path),
        themes=said.themes,
    )
    target.put(path, page_html(page, work.base.title, work.foot))
    folder = " / ".join(_titles(sheet.__parent__))
    text = f"{' '.join(said.themes)} {plain(said.text)}"
    found = SearchEntry(said.title, path, french(kind.title), folder, text)
    target.add(_INDEX, index_script(found))


def _links(finder: Links, path: str) -> tuple[Any, Any]:
    def address(sort: str, name: str) -> str:
        found = finder.address(sort, name)
        return relative(path, found) if found else ""

    def pieces(text: str) -> Iterator[tuple[str, str]]:
        for words, found in finder.pieces(text):
            yield words, relative(path, found) if found else ""

    return address, pieces


def _way(work: Export, place: Any) -> list[Entry]:
    steps = []
    while place is not work.base:
        steps.append(Entry(place.title, work.paths[place.__oid__]))
        place = place.__parent__
    return [Entry(french(_HOME), "index.html"), *reversed(steps)]


def _facts(kind: Any, said: Any) -> list[tuple[str, str]]:
    told = [
        (french(item.title), french(said_field(item, said.fields.get(item.name))))
        for item in kind.fields
    ]
    told.append((french(_PUBLISHED_ON), f"{legal_day(said.at):%d/%m/%Y}"))
    return [(title, text) for title, text in told if text]


def _warning(sheet: Any) -> str:
    return (
        f"{french(_OBSOLETE)} {sheet.state_reason}".strip()
        if sheet.state == OBSOLETE
        else ""
    )


def _file_entry(file: Any, path: str) -> Entry | None:
    if file is None:
        return None
    return Entry(file.file_name, path, french(kind_title(file)))


def _put_file(work: Export, target: Target, file: Any) -> str:
    name = _UNFIT.sub("_", file.file_name)[-_MOST_NAME:].strip(" .~$") or "document"
    path = f"_fichiers/{file.sha256[:16]}/{name}"
    if path not in work.files:
        work.files.add(path)
        with file.file.open("r") as source:
            target.put(path, source)
    return path


def _told_folder(folder: Any) -> dict[str, Any]:
    objectmap = find_objectmap(folder)
    readers = folder.readers
    if readers is not None:
        found = (objectmap.object_for(number) for number in readers)
        paths = [resource_path(entity) for entity in found if entity is not None]
        readers = [path.partition("/organisation/")[2] for path in paths]
    return {
        "type": "folder",
        "name": folder.__name__,
        "title": folder.title,
        "folder": _titles(folder.__parent__),
        "folder_names": _names(folder.__parent__),
        "summary": folder.summary,
        "rank": folder.rank,
        "readers": readers,
    }


def _told_sheet(sheet: Any, path: str) -> dict[str, Any]:
    said = sheet.shown
    return {
        "type": "sheet",
        "id": str(sheet.__oid__),
        "name": sheet.__name__,
        "title": said.title,
        "kind": sheet.kind,
        "folder": _titles(sheet.__parent__),
        "folder_names": _names(sheet.__parent__),
        "themes": list(said.themes),
        "fields": dict(said.fields),
        "format": "html",
        "text": said.text,
        "path": path,
        "state": sheet.state,
        "reason": sheet.state_reason,
        "rank": sheet.rank,
        "owner": sheet.owner,
        "review_on": sheet.review_on,
    }


def _line(told: dict[str, Any]) -> str:
    text = json.dumps(told, ensure_ascii=False, default=_plain)
    return f"{text}\n"


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(repr(value))


def _titles(place: Any) -> list[str]:
    return [folder.title for folder in _folders(place)]


def _names(place: Any) -> list[str]:
    return [folder.__name__ for folder in _folders(place)]


def _folders(place: Any) -> list[Any]:
    """Return a folder and those above it, the highest first, without the base."""
    return list(lineage_of(place))[-2::-1]


def _paragraph(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<p>{escaped}</p>" if text else ""


_HOME = _("export-home", default="Accueil")
_FOOT = _("export-foot", default="Base de connaissances, telle qu’au ${day}.")
_PUBLISHED_ON = _("export-published-on", default="Publiée le")
_OBSOLETE = _("export-obsolete", default="Cette fiche est obsolète.")
