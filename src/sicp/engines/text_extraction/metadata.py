"""What a file says of itself: title, author, dates, pages.

It is a hint for the person, nothing more: what is broken, hostile, or was put there by
the software itself is left out, and nothing of it stops a reading.
"""

import re
import unicodedata
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from io import BytesIO
from typing import BinaryIO

import pypdfium2
from lxml import etree

from sicp.clock import PARIS
from sicp.engines.text_extraction.package import opened
from sicp.engines.text_extraction.package import parsed
from sicp.engines.text_extraction.sniffing import kind_of

LONGEST_WORDS = 300
_MOST_PAGES = 100_000
_MOST_DIGITS = 6
#: In bytes; what office software writes takes a few thousand.
_LARGEST_PART = 256 * 1024
#: Offices wrote no file of a kind that is read before that year.
_FIRST_YEAR = 1985
#: Clocks of other machines are a little ahead, or in another time zone.
_AHEAD = timedelta(days=1)

#: Names of software, of accounts nobody chose, of what a form calls its own field.
_NOBODY = frozenset(
    {
        "acer",
        "admin",
        "administrateur",
        "administrator",
        "anonyme",
        "anonymous",
        "apache poi",
        "asus",
        "auteur",
        "author",
        "default",
        "dell",
        "hewlett-packard company",
        "hp",
        "inconnu",
        "lenovo",
        "libreoffice",
        "microsoft",
        "microsoft office",
        "microsoft office user",
        "openpyxl",
        "owner",
        "pc",
        "propriétaire",
        "python-docx",
        "python-pptx",
        "root",
        # The presentation that a library begins all others from bears it.
        "steve canny",
        "test",
        "unknown",
        "user",
        "utilisateur",
        "utilisateur de microsoft office",
        "utilisateur microsoft office",
        "utilisateur windows",
        "utente windows",
        "windows user",
        "xlsxwriter",
    }
)
#: Titles that software gives by itself; printers to PDF write its own name first.
_NO_TITLE = re.compile(
    r"(?:word document|powerpoint presentation|présentation powerpoint|"
    r"untitled(?: document)?|(?:document )?sans (?:titre|nom)|no title|titre|title|"
    r"(?:document|classeur|présentation|presentation|book|feuille|slide|diapositive)"
    r"(?: de microsoft \w+)?)\s*\d*(?:\.\w{3,4})?",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"Microsoft (?:Office )?(?:Word|Excel|PowerPoint) - ")
_EXTENSION = re.compile(r"\.(?:docx?|odt|rtf|xlsx?|ods|pptx?|odp|pdf)$", re.IGNORECASE)
#: The instants of the documents that libraries begin all others from.
_MODELS = frozenset(
    {
        datetime(2013, 12, 23, 23, 15, tzinfo=UTC),
        datetime(2013, 1, 27, 9, 14, 16, tzinfo=UTC),
        datetime(2013, 1, 27, 9, 15, 58, tzinfo=UTC),
    }
)
_PDF_DATE = re.compile(
    r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?"
    r"(?:(Z)|([+-])(\d\d)'?(\d\d)?)?[\d']*"
)

#: The texts told under each name.
_Told = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself; empty, None or 0 for what it does not.

    Words are plain, on one line and short. Instants are aware UTC. ``pages`` are the
    slides of a presentation.
    """

    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: str = ""
    created_at: datetime | None = None
    modified_at: datetime | None = None
    pages: int = 0


def metadata_of(file: BinaryIO | bytes, now: datetime, kind: str = "") -> Metadata:
    """Return what a file says of itself; nothing is raised, whatever the file."""
    source = BytesIO(file) if isinstance(file, bytes) else file
    try:
        read = _READERS.get(kind or kind_of(source))
        source.seek(0)
        return _sound(read(source), now) if read is not None else Metadata()
    # The libraries raise whatever a broken file makes them stumble on.
    except Exception:  # noqa: BLE001
        return Metadata()


def _of_microsoft(source: BinaryIO) -> _Told:
    """Read the two parts where Microsoft keeps it."""
    return _of_parts(source, "docProps/core.xml", "docProps/app.xml")


def _of_open_document(source: BinaryIO) -> _Told:
    return _of_parts(source, "meta.xml")


def _of_parts(source: BinaryIO, *names: str) -> _Told:
    """Read each part by itself: one that is broken hides nothing of the other."""
    told: dict[str, list[str]] = {}
    with opened(source) as package:
        for name in names:
            info = package.NameToInfo.get(name)
            if info is None or info.file_size > _LARGEST_PART:
                continue
            try:
                root = parsed(package, name)
            # Entities, noise: there is nothing to be read in this one.
            except Exception:  # noqa: BLE001, S112
                continue
            _gather(root, told)
    return told


def _gather(root: etree._Element, told: dict[str, list[str]]) -> None:
    for node in root.iter(etree.Element):
        name = etree.QName(node).localname
        told.setdefault(name, []).append(node.text or "")
        for attribute, value in node.attrib.items():
            if etree.QName(attribute).localname == "page-count":
                told.setdefault("page-count", []).append(value)


def _of_pdf(source: BinaryIO) -> _Told:
    document = pypdfium2.PdfDocument(source)
    try:
        names = ("Title", "Author", "Subject", "Keywords", "CreationDate", "ModDate")
        told = {name: [document.get_metadata_value(name)] for name in names}
        return {**told, "Pages": [str(len(document))]}
    finally:
        document.close()


_READERS: Mapping[str, Callable[[BinaryIO], _Told]] = {
    **dict.fromkeys(("docx", "xlsx", "pptx"), _of_microsoft),
    **dict.fromkeys(("odt", "ods", "odp"), _of_open_document),
    "pdf": _of_pdf,
}


def _sound(told: _Told, now: datetime) -> Metadata:
    """Keep what makes sense; each format has its own names, which never meet."""
    words = {name: [_clean(text) for text in texts] for name, texts in told.items()}
    return Metadata(
        title=_title(_first(words, "title", "Title")),
        author=_author(_first(words, "initial-creator", "creator", "Author")),
        subject=_first(words, "subject", "Subject"),
        keywords=_clean(
            ", ".join(filter(None, _all(words, "keywords", "keyword", "Keywords")))
        ),
        created_at=_instant(_first(words, *_CREATED), now),
        modified_at=_instant(_first(words, *_MODIFIED), now),
        pages=_count(_first(words, "Slides", "page-count", "Pages")),
    )


_CREATED = ("created", "creation-date", "CreationDate")
_MODIFIED = ("modified", "date", "ModDate")


def _all(words: _Told, *names: str) -> Iterable[str]:
    return (text for name in names for text in words.get(name, ()))


def _first(words: _Told, *names: str) -> str:
    return next(filter(None, _all(words, *names)), "")


def _clean(text: str) -> str:
    """Write words on one line, without signs that show nothing or turn the line."""
    # What is far beyond the length kept is not even looked at.
    said = "".join(
        " " if sign.isspace() or unicodedata.category(sign) in {"Cc", "Zl"} else sign
        for sign in text[: 4 * LONGEST_WORDS]
        if not _is_hidden(sign)
    )
    return " ".join(said.split())[:LONGEST_WORDS].rstrip()


def _is_hidden(sign: str) -> bool:
    """Tell formats, surrogates, private and unknown signs."""
    return unicodedata.category(sign) in {"Cf", "Cs", "Co", "Cn"}


def _title(said: str) -> str:
    if _PRINTED.match(said):
        said = _EXTENSION.sub("", _PRINTED.sub("", said, count=1))
    is_word = any(map(str.isalnum, said))
    return said if is_word and not _NO_TITLE.fullmatch(said) else ""


def _author(said: str) -> str:
    is_word = any(map(str.isalpha, said))
    return said if is_word and said.casefold() not in _NOBODY else ""


def _count(said: str) -> int:
    is_number = said.isdecimal() and said.isascii() and len(said) <= _MOST_DIGITS
    return int(said) if is_number and int(said) <= _MOST_PAGES else 0


def _instant(said: str, now: datetime) -> datetime | None:
    """Return an instant that makes sense; without a zone, it is the time of Paris."""
    try:
        found = _pdf_instant(said) or datetime.fromisoformat(said)
        if not _FIRST_YEAR <= found.year <= now.year + 1:
            return None
        aware = found if found.tzinfo is not None else found.replace(tzinfo=PARIS)
        instant = aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return instant if instant <= now + _AHEAD and instant not in _MODELS else None


def _pdf_instant(said: str) -> datetime | None:
    """Read a date as PDF writes it: D:20260131120000+01'00'."""
    found = _PDF_DATE.fullmatch(said)
    if found is None:
        return None
    *numbers, zulu, sign, hours, minutes = found.groups(default="")
    parts = [int(number or 0) for number in numbers]
    instant = datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001
    if zulu:
        return instant.replace(tzinfo=UTC)
    if not sign:
        return instant
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return instant.replace(tzinfo=timezone(offset if sign == "+" else -offset))
