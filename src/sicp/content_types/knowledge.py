"""The knowledge base: folders, sheets in all their versions, the bin.

Every object of the base has two addresses: its place in the folders, which changes, and
its number (``connaissances/~123``), which never does. The object map knows only the
second one: to move a folder of ten thousand sheets writes the folder, and nothing else.

Who reads is told by *zones*. The base is one, and so is each folder kept for some
entities. A sheet bears no right of its own: it is read by those who read its zone, and
as long as it never was published by those who write in its zone.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from BTrees.IOBTree import IOBTree
from BTrees.LOBTree import LOBTree
from BTrees.OOBTree import OOBTree
from persistent import Persistent
from pyramid.authorization import Allow
from pyramid.authorization import Deny
from substanced.content import content
from substanced.util import find_objectmap
from ZODB.blob import Blob
from zope.interface import implementer

from sicp import permissions as p
from sicp.content_types.base import Container
from sicp.content_types.base import Content
from sicp.interfaces.knowledge import IBinEntry
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.interfaces.knowledge import IKnowledgeBin
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.knowledge import ISheet
from sicp.roles import EVERYONE
from sicp.roles import FUNCTION_BY_CODE
from sicp.roles import principal_anywhere
from sicp.roles import principal_below
from sicp.roles import principal_member
from sicp.roles import principal_user
from sicp.roles import zone_token

#: How an address by number begins.
NUMBER_SIGN = "~"
BIN_NAME = "corbeille"
#: States in which a sheet is read by those who write only.
HIDDEN_STATES = ("draft", "review")

_WRITING = (p.EDIT_KNOWLEDGE, p.PUBLISH_KNOWLEDGE, p.MANAGE_KNOWLEDGE)
_ALL = (p.VIEW_KNOWLEDGE, *_WRITING)
#: How an ACL ends that leaves nothing of the base to those above it.
CLOSED = (Deny, EVERYONE, _ALL)
_MANAGER = "KN03"
_WRITERS = ("KN01", "KN02")


class Shelf(Container):
    """What holds folders and sheets; it keeps the object map as the module tells."""

    def add(self, name: str, other: Any, **_kw: Any) -> str:
        """Put ``other`` here under ``name``; what is new gets its number.

        Raises:
            ValueError: it stands somewhere else.
        """
        if other.__parent__ is not None:
            message = f"{name} is already somewhere"
            raise ValueError(message)
        base = base_of(self)
        if base is not None and getattr(other, "__oid__", None) not in base.numbers:
            base.register(other)
        self.hold(self.check_name(name), other)
        return name

    def hold(self, name: str, other: Any) -> None:
        """Put here what has its number already."""
        self.data[name] = other
        self._num_objects.change(1)
        other.__parent__ = self
        other.__name__ = name

    def release(self, name: str) -> Any:
        """Take out of here, to put it elsewhere; the number stays."""
        other = self.data.pop(name)
        self._num_objects.change(-1)
        other.__parent__ = None
        other.__name__ = None
        return other


class Zoned:
    """What stands in a zone."""

    __parent__: Any

    def zone(self) -> Any:
        """Return the nearest holder of readers, itself included; a bin entry if any."""
        nearest = None
        for place in lineage_of(self):
            if IBinEntry.providedBy(place):
                return place
            if nearest is None and _is_zone(place):
                nearest = place
        return nearest

    def token(self) -> str:
        """Return the word by which lists and search know who reads this.

        What is in the bin has one that nobody holds: no list shows it.
        """
        zone = self.zone()
        if IBinEntry.providedBy(zone):
            return f"bin:{zone.__oid__}"
        return zone_token(zone.__oid__, is_hidden=getattr(self, "is_hidden", False))


@content("KnowledgeFolder")
@implementer(IKnowledgeFolder)
class KnowledgeFolder(Shelf, Zoned):
    """A folder.

    ``readers`` are the numbers of the entities whose agents, and those of the entities
    below, read it; None when it is read as the folder above. ``rank`` orders it among
    its neighbours.
    """

    summary = ""
    rank = 0.0
    readers: tuple[int, ...] | None = None

    def __init__(self, title: str = "", **kw: Any) -> None:
        super().__init__(title, **kw)
        self.comments = OOBTree()

    @property
    def __acl__(self) -> tuple[Any, ...]:
        """Say who reads and writes here, where the folder is kept for some."""
        if self.readers is None or is_in_bin(self):
            raise AttributeError("__acl__")
        return restricted_acl(self.readers)


class SheetFile(Persistent):
    """A file of a sheet, as it came.

    ``file_name`` is what its sender called it: shown, never used as a path. ``kind`` is
    told by the content. ``size`` is in bytes, ``sha256`` in hexadecimal. ``text_state``
    is ``pending`` until it was read, then a state of
    ``sicp.engines.text_extraction.state``; ``text_reason`` says in French what went
    wrong. ``metadata`` is what the file says of itself, by the names of
    ``sicp.engines.text_extraction.metadata``; it says nothing of files read before.
    """

    text: Blob | None = None
    text_state = "pending"
    text_reason = ""
    metadata: Mapping[str, Any] = MappingProxyType({})

    def __init__(self, file: Blob, file_name: str, kind: str) -> None:
        self.file = file
        self.file_name = file_name
        self.kind = kind
        self.size = 0
        self.sha256 = ""

    def note_text(self, state: str, text: Blob | None, reason: str) -> None:
        """Note how its reading ended."""
        self.text_state, self.text, self.text_reason = state, text, reason

    def note_metadata(self, told: Mapping[str, Any]) -> None:
        """Note what it says of itself."""
        self.metadata = dict(told)


class SheetText(Persistent):
    """What a sheet says: title, clean HTML, fields of its kind, themes, file.

    ``cites`` tells what it leads to: « sheet:123 », « clause:penalties »,
    « article:L2123-1 ». ``note`` says why it was written. Times are aware UTC.
    """

    text = ""
    themes: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    file: SheetFile | None = None
    note = ""

    def __init__(self, title: str) -> None:
        self.title = title
        self.fields: Mapping[str, Any] = {}

    def say(self, other: "SheetText") -> None:
        """Say what ``other`` says."""
        self.title = other.title
        self.text = other.text
        self.fields = dict(other.fields)
        self.themes = other.themes
        self.cites = other.cites
        self.file = other.file


class SheetVersion(SheetText):
    """One published version, never changed once written.

    ``is_shipped`` tells those that came with the application.
    """

    number = 0
    author = ""
    published_by = ""
    is_shipped = False
    at: datetime | None = None


class WorkingCopy(SheetText):
    """The text under the pen of one person.

    ``base`` is the number of the version it was begun from, 0 for a new sheet.
    ``revision`` grows at each save. ``submitted_at`` is set while it is read again.
    """

    base = 0
    revision = 0
    by = ""
    since: datetime | None = None
    saved_at: datetime | None = None
    submitted_by = ""
    submitted_at: datetime | None = None

    @property
    def is_submitted(self) -> bool:
        """Tell whether it waits for the committee."""
        return self.submitted_at is not None


@content("Sheet")
@implementer(ISheet)
class Sheet(Content, Zoned):
    """A sheet, small itself: its texts are records of their own.

    ``owner`` is the login of who answers for it, ``review_on`` the day, in France, it
    is to be read again, ``reminded_on`` the review of which he was told.
    ``question`` is what it was begun to answer, ``asked_by`` the login of who asked.
    ``next_revision`` is the first revision of the next working copy.
    ``rank`` orders it in its folder. ``state_reason`` says why it is obsolete.
    ``helps`` names what it is shown beside: « field:estimated_amount »,
    « stage:definition », « clause:penalties »; ``helps_by`` is the login of who chose
    them last, empty as long as they are those of the application.
    """

    helps: tuple[str, ...] = ()
    helps_by = ""
    rank = 0.0
    owner = ""
    review_on: date | None = None
    reminded_on: date | None = None
    working: WorkingCopy | None = None
    state_reason = ""
    question = ""
    asked_by = ""
    next_revision = 0

    def __init__(self, kind: str, title: str) -> None:
        self.kind = kind
        self.title = title
        self.versions = IOBTree()
        self.comments = OOBTree()
        self.votes = OOBTree()

    @property
    def state(self) -> str:
        """Tell the state of the workflow."""
        return str(self.__workflow_state__["sheet"])

    @property
    def is_hidden(self) -> bool:
        """Tell whether only those who write read it."""
        return self.state in HIDDEN_STATES

    @property
    def current(self) -> SheetVersion | None:
        """Return the version that people read; None before the first publication."""
        return self.versions[self.versions.maxKey()] if self.versions else None

    @property
    def shown(self) -> Any:
        """Return what the sheet says: its last version, else its draft."""
        return self.current or self.working

    @property
    def __acl__(self) -> tuple[Any, ...]:
        """Say who reads a sheet that never was published."""
        if self.__parent__ is None or not self.is_hidden or is_in_bin(self):
            raise AttributeError("__acl__")
        return hidden_acl(self.zone().__acl__)


@content("KnowledgeBin")
@implementer(IKnowledgeBin)
class KnowledgeBin(Shelf):
    """What was thrown away, entry by entry; kept by those who manage the base."""

    @property
    def __acl__(self) -> tuple[Any, ...]:
        """Say who opens the bin: those who write find in it what they threw away."""
        seen = (p.VIEW_KNOWLEDGE,)
        return (
            (Allow, principal_anywhere(_MANAGER), _ALL),
            *((Allow, principal_anywhere(code), seen) for code in _WRITERS),
            CLOSED,
        )


@content("BinEntry")
@implementer(IBinEntry)
class BinEntry(Shelf):
    """One thing thrown away, with all it holds.

    ``origin`` is the number of the folder it stood in, ``origin_name`` its address
    there. Whoever threw it away still sees it.
    """

    origin = 0
    origin_name = ""
    origin_title = ""
    reason = ""
    removed_by = ""
    removed_at: datetime | None = None

    @property
    def item(self) -> Any:
        """Return what was thrown away."""
        return next(iter(self.values()))

    @property
    def __acl__(self) -> tuple[Any, ...]:
        """Say who sees it: whoever threw it away, and those who manage the base."""
        return (
            (Allow, principal_user(self.removed_by), (p.VIEW_KNOWLEDGE,)),
            (Allow, principal_anywhere(_MANAGER), _ALL),
            CLOSED,
        )


class UnansweredSearch(Persistent):
    """Words that people looked for in vain: how often, when last; never who.

    ``is_partial``: the last one was shown what had some of the words. Counts that are
    made at the same moment are added up.
    """

    count = 0
    is_partial = False
    last_at: datetime | None = None

    def __init__(self, text: str) -> None:
        self.text = text

    def note(self, at: datetime, *, is_partial: bool) -> None:
        """Count one more."""
        self.count += 1
        self.last_at = at
        self.is_partial = is_partial

    def _p_resolveConflict(  # noqa: N802 - the name that ZODB asks for
        self, old: dict[str, Any], saved: dict[str, Any], new: dict[str, Any]
    ) -> dict[str, Any]:
        """Add up what two people did at the same moment."""
        latest = max((saved, new), key=lambda state: state["last_at"])
        count = saved["count"] + new["count"] - old.get("count", 0)
        return {**latest, "count": count}


@content("KnowledgeBase")
@implementer(IKnowledgeBase)
class KnowledgeBase(Shelf, Zoned):
    """The base: the folders of the top, and what all share.

    ``numbers`` gives every object by its number, ``redirects`` the number of what once
    stood at an address (number of the folder, name), ``zones`` the numbers of the
    folders kept for some, ``synonyms`` the groups of words of the trade by their key,
    ``subscriptions`` the logins that follow a folder or a theme, ``shipped`` the
    numbers of what came with the application, by its name there, for ever;
    ``unanswered`` is what was looked for in vain, by its folded words. ``imports``
    tells the sheets that imports wrote and ``digests`` those that say the same; both
    are None as long as nobody needed them. ``alerted_on`` is the last day, in France,
    on which people were told what their searches newly find.
    """

    alerted_on: date | None = None
    imports: OOBTree | None = None
    digests: OOBTree | None = None

    def __init__(self, title: str = "") -> None:
        super().__init__(title)
        self.numbers = LOBTree()
        self.redirects = OOBTree()
        self.zones = LOBTree()
        self.synonyms = OOBTree()
        self.subscriptions = OOBTree()
        self.shipped = OOBTree()
        self.unanswered = OOBTree()
        self.hold(BIN_NAME, KnowledgeBin("Corbeille"))

    def __getitem__(self, name: str) -> Any:
        """Return what stands here, or what has a number (« ~123 »)."""
        if not name.startswith(NUMBER_SIGN):
            return super().__getitem__(name)
        try:
            return self.numbers[int(name.removeprefix(NUMBER_SIGN))]
        except (ValueError, OverflowError, TypeError) as error:
            raise KeyError(name) from error

    def register(self, other: Any) -> None:
        """Give a new object its number."""
        objectmap = find_objectmap(self)
        number = objectmap.new_objectid()
        other.__oid__ = number
        objectmap.add(other, self._path(number))
        self.numbers[number] = other

    def forget(self, number: int) -> None:
        """Take the number of an object that is destroyed away."""
        find_objectmap(self).remove(self._path(number))
        del self.numbers[number]
        self.zones.pop(number, None)

    def _path(self, number: int) -> tuple[str, str, str]:
        return ("", self.__name__, f"{NUMBER_SIGN}{number}")


def lineage_of(item: Any) -> Iterator[Any]:
    """Walk from an object up to the base, both included."""
    current = item
    while current is not None:
        yield current
        if IKnowledgeBase.providedBy(current):
            return
        current = current.__parent__


def base_of(item: Any) -> Any:
    """Return the base an object stands in, None when it stands nowhere."""
    found = (place for place in lineage_of(item) if IKnowledgeBase.providedBy(place))
    return next(found, None)


def is_in_bin(item: Any) -> bool:
    """Tell whether an object was thrown away."""
    return any(IBinEntry.providedBy(place) for place in lineage_of(item))


@lru_cache(maxsize=10_000)
def restricted_acl(readers: tuple[int, ...]) -> tuple[Any, ...]:
    """Say who reads and writes in a folder kept for the entities ``readers``.

    Those who write anywhere else must be members themselves; those who manage the base
    see all of it.
    """
    grants: list[Any] = []
    for entity in readers:
        grants.append((Allow, principal_member(entity), (p.VIEW_KNOWLEDGE,)))
        grants += [
            (Allow, principal_below(code, entity), FUNCTION_BY_CODE[code].permissions)
            for code in _WRITERS
        ]
    grants.append((Allow, principal_anywhere(_MANAGER), _ALL))
    return (*grants, CLOSED)


def hidden_acl(zone_acl: tuple[Any, ...]) -> tuple[Any, ...]:
    """Say who reads what was not published: those who write in its zone."""
    writers = dict.fromkeys(
        who
        for action, who, permissions in zone_acl
        if action == Allow and not set(_WRITING).isdisjoint(permissions)
    )
    seen = (p.VIEW_KNOWLEDGE,)
    return (*((Allow, who, seen) for who in writers), (Deny, EVERYONE, seen))


def _is_zone(place: Any) -> bool:
    return IKnowledgeBase.providedBy(place) or (
        IKnowledgeFolder.providedBy(place) and place.readers is not None
    )
