"""Brings the knowledge base shipped with the application into a site.

Folders, the articles of the *Code de la commande publique* in their plan, and sheets.
Each thing shipped is known by a name that never changes: loaded again, it is found
wherever people moved it, and what they threw away does not come back.
"""

import gzip
import json
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from html import escape
from importlib import resources
from typing import Any

import yaml

from sicp import permissions as p
from sicp.content_types.knowledge import SheetText
from sicp.content_types.knowledge import is_in_bin
from sicp.engines.clean_html import clean
from sicp.engines.drafting.typography import spaced
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.interfaces.user import Actor
from sicp.operations.clause import read_seed_folder
from sicp.operations.index import index
from sicp.operations.knowledge.folder import place_new
from sicp.operations.knowledge.help import CLAUSE
from sicp.operations.knowledge.help import FIELD
from sicp.operations.knowledge.help import STAGE
from sicp.operations.knowledge.help import help_key
from sicp.operations.knowledge.link import cites_of
from sicp.operations.knowledge.publishing import add_version
from sicp.operations.knowledge.publishing import show_latest
from sicp.operations.knowledge.zone import SERVICE
from sicp.operations.user.right import SYSTEM_LOGIN
from sicp.operations.user.right import require
from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.rules.sheet_kind import read_fields
from sicp.workflows.base import initialize
from sicp.workflows.knowledge import PUBLISHED
from sicp.workflows.knowledge import TABLE

_SEED = resources.files("sicp") / "seed" / "knowledge"
CODE = ("Textes officiels", "Code de la commande publique")
#: Longer places in the plan are cut: the folders tell the whole of it.
_LONGEST_PLAN = 300
ADDED, RENEWED, SAME, KEPT = "added", "renewed", "same", "kept"


@dataclass(frozen=True, slots=True)
class ShippedSheet:
    """One sheet as it is shipped; ``text`` is HTML, links are « sicp:sheet/<id> »."""

    id: str
    kind: str
    folder: tuple[str, ...]
    title: str
    text: str
    fields: Mapping[str, Any]
    rank: float
    name: str = ""
    themes: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    owner: str = ""
    review_on: date | None = None
    note: str = ""


@dataclass(slots=True)
class _Loading:
    """A load under way: the site, who loads, the folders met, what was counted."""

    site: Any
    actor: Actor
    now: datetime
    registry: Any
    folders: dict[tuple[str, ...], Any] = field(default_factory=dict)
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys((ADDED, RENEWED, SAME, KEPT), 0)
    )

    @property
    def base(self) -> Any:
        return self.site[SERVICE]


def load_knowledge(
    site: Any,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
    articles: Iterable[str] | None = None,
) -> dict[str, int]:
    """Bring the shipped base into the site; count sheets added, renewed, same, kept.

    A sheet whose shipped text changed gets a new version, unless somebody of the site
    wrote the latest one: it is *kept*. What was thrown away stays so.

    Args:
        site: the site.
        actor: who loads.
        now: the instant.
        registry: the registry.
        articles: beginnings of the numbers of articles to load, such as « L212 »;
            None loads the whole code.

    Raises:
        NotAllowedError: the actor does not manage the base.
        InvalidInputError: a shipped sheet cannot be read; the message says which.
    """
    require(actor, p.MANAGE_KNOWLEDGE, site[SERVICE])
    loading = _Loading(site, actor, now, registry)
    for rank, told in enumerate(_read_yaml("folders.yaml"), 1):
        _folder(loading, tuple(told["path"]), float(rank), told["summary"])
    begun = tuple(articles) if articles is not None else ("",)
    loaded = [sheet for sheet in shipped_articles() if sheet.name.startswith(begun)]
    loaded += shipped_sheets()
    # Numbers first: a sheet may lead to one that comes after it.
    found = [(shipped, *_found_or_made(loading, shipped)) for shipped in loaded]
    for shipped, sheet, is_new in found:
        loading.counts[_write(loading, shipped, sheet, is_new=is_new)] += 1
    counts = dict(loading.counts)
    registry.notify(
        Happened(loading.base, "knowledge-loaded", actor.login, now, details=counts)
    )
    return counts


def shipped_articles() -> Iterator[ShippedSheet]:
    """Walk the articles of the code, in its order."""
    with (_SEED / "ccp_articles.jsonl.gz").open("rb") as packed:
        lines = gzip.decompress(packed.read()).decode("utf-8").splitlines()
    for rank, line in enumerate(lines, 1):
        row = json.loads(line)
        values = {
            "code": "ccp",
            "number": row["number"],
            "plan": _shortened(" › ".join(row["plan"])),
            "in_force_from": row["in_force_since"],
        }
        yield ShippedSheet(
            f"article-{row['number']}",
            "article",
            (*CODE, *row["plan"]),
            f"Article {row['display']}",
            "".join(f"<p>{escape(line)}</p>" for line in row["text"].splitlines()),
            values,
            float(rank),
            name=row["number"],
            note=f"Source : {row['source']}",
        )


def shipped_sheets() -> Iterator[ShippedSheet]:
    """Walk the sheets written for the application, in the order of their files."""
    for rank, row in enumerate(told_sheets(), 1):
        helps = row.get("helps") or {}
        yield ShippedSheet(
            row["id"],
            row["kind"],
            tuple(row["folder"]),
            row["title"],
            spaced(f"<p><strong>{escape(row['summary'])}</strong></p>{row['text']}"),
            row.get("fields_of_kind") or {},
            float(rank),
            themes=tuple(row.get("themes") or ()),
            helps=tuple(
                help_key(sort, name)
                for plural, sort in _HELPS
                for name in helps.get(plural) or ()
            ),
            owner=row.get("owner", ""),
            review_on=row.get("review_on"),
        )


def told_sheets() -> Iterator[Mapping[str, Any]]:
    """Walk the sheets as their files tell them, what they share filled in."""
    for file in read_seed_folder("knowledge/sheets"):
        yield from ({**file["defaults"], **row} for row in file["sheets"])


def _found_or_made(loading: _Loading, shipped: ShippedSheet) -> tuple[Any, bool]:
    """Return a sheet, None once people destroyed it, and whether it is new."""
    base = loading.base
    number = base.shipped.get(shipped.id)
    if number is not None:
        return base.numbers.get(number), False
    sheet = loading.registry.content.create("Sheet", shipped.kind, shipped.title)
    initialize(loading.registry, TABLE, sheet, PUBLISHED)
    base.register(sheet)
    base.shipped[shipped.id] = sheet.__oid__
    return sheet, True


def _write(
    loading: _Loading, shipped: ShippedSheet, sheet: Any, *, is_new: bool
) -> str:
    """Write what is shipped where it must be; return what was done."""
    if not is_new and (sheet is None or is_in_bin(sheet)):
        return KEPT
    said = _said(loading, shipped)
    if not is_new:
        return _renew(loading, shipped, sheet, said)
    said.cites = _cites(shipped, said)
    sheet.owner = _owner(loading, shipped)
    sheet.review_on, sheet.helps = shipped.review_on, shipped.helps
    _add_version(loading, shipped, sheet, said)
    folder = _folder(loading, shipped.folder, shipped.rank)
    place_new(folder, sheet, shipped.name, shipped.rank, loading.actor, loading.now)
    return ADDED


def _renew(
    loading: _Loading, shipped: ShippedSheet, sheet: Any, said: SheetText
) -> str:
    is_kept = not sheet.current.is_shipped
    is_text_new = _differs(sheet.current, said)
    is_help_new = not sheet.helps_by and sheet.helps != shipped.helps
    if is_help_new:
        sheet.helps = shipped.helps
    if is_kept and is_text_new:
        return KEPT
    if is_text_new:
        said.cites = _cites(shipped, said)
        _add_version(loading, shipped, sheet, said)
        show_latest(sheet, loading.actor, loading.now)
    elif is_help_new:
        index(loading.site, sheet)
    return RENEWED if is_text_new or is_help_new else SAME


def _add_version(
    loading: _Loading, shipped: ShippedSheet, sheet: Any, said: SheetText
) -> None:
    version = add_version(
        sheet, said, SYSTEM_LOGIN, loading.actor.login, loading.now, shipped.note
    )
    version.is_shipped = True


def _said(loading: _Loading, shipped: ShippedSheet) -> SheetText:
    fields, faults = read_fields(SHEET_KINDS[shipped.kind], shipped.fields)
    if faults:
        raise InvalidInputError(f"{shipped.id}: {faults}", "seed")
    said = SheetText(shipped.title)
    said.text = clean(_numbered(loading, shipped.text))
    said.fields, said.themes = fields, shipped.themes
    return said


def _numbered(loading: _Loading, text: str) -> str:
    """Return a text whose links to shipped sheets lead to their numbers.

    Raises:
        InvalidInputError: it leads to a sheet that is not shipped.
    """
    first, *others = text.split("sicp:sheet/")
    parts = [first]
    for other in others:
        name, quote, rest = other.partition('"')
        number = loading.base.shipped.get(name)
        if number is None:
            raise InvalidInputError(f"There is no sheet {name}", "seed")
        parts.append(f"sicp:sheet/{number}{quote}{rest}")
    return "".join(parts)


def _cites(shipped: ShippedSheet, said: SheetText) -> tuple[str, ...]:
    own = f"article:{shipped.name}"
    return tuple(name for name in cites_of(said.text) if name != own)


def _differs(current: Any, said: SheetText) -> bool:
    return (current.title, current.text, current.themes, dict(current.fields)) != (
        said.title,
        said.text,
        said.themes,
        dict(said.fields),
    )


def _owner(loading: _Loading, shipped: ShippedSheet) -> str:
    """Return who answers for a sheet: whom it names, else who loads it, else nobody."""
    logins = loading.site["utilisateurs"]
    wanted = (shipped.owner, loading.actor.login)
    return next((login for login in wanted if login in logins), "")


def _folder(
    loading: _Loading, path: tuple[str, ...], rank: float, summary: str = ""
) -> Any:
    """Return the folder of a path, made with those above it if need be."""
    if not path:
        return loading.base
    if path not in loading.folders:
        loading.folders[path] = _found_or_made_folder(loading, path, rank, summary)
    return loading.folders[path]


def _found_or_made_folder(
    loading: _Loading, path: tuple[str, ...], rank: float, summary: str
) -> Any:
    base, name = loading.base, _name_of_folder(path)
    number = base.shipped.get(name)
    found = base.numbers.get(number) if number is not None else None
    if found is not None and not is_in_bin(found):
        return found
    parent = _folder(loading, path[:-1], rank)
    folder = loading.registry.content.create("KnowledgeFolder", path[-1])
    folder.summary = summary
    place_new(parent, folder, "", rank, loading.actor, loading.now)
    base.shipped[name] = folder.__oid__
    return folder


def _name_of_folder(path: Sequence[str]) -> str:
    return "folder " + " / ".join(path)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_PLAN else f"{text[: _LONGEST_PLAN - 1]}…"


def _read_yaml(name: str) -> Any:
    return yaml.safe_load((_SEED / name).read_text(encoding="utf-8"))


_HELPS = (("fields", FIELD), ("stages", STAGE), ("clauses", CLAUSE))
