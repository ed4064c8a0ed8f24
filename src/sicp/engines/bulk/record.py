"""What a source gives: records of things to take, faults of what it does not give."""

import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from html import escape
from typing import Any

#: What the columns of a table and the keys of a line are called, folded.
_NAMES = {
    "id": "id",
    "identifiant": "id",
    "type": "type",
    "path": "path",
    "chemin": "path",
    "fichier": "path",
    "file": "path",
    "title": "title",
    "titre": "title",
    "intitule": "title",
    "kind": "kind",
    "sorte": "kind",
    "nature de fiche": "kind",
    "themes": "themes",
    "theme": "themes",
    "folder": "folder",
    "dossier": "folder",
    "text": "text",
    "texte": "text",
    "format": "format",
    "fields": "fields",
    "metadata": "metadata",
    "state": "state",
    "etat": "state",
    "summary": "summary",
    "resume": "summary",
    "rank": "rank",
    "rang": "rank",
    "owner": "owner",
    "responsable": "owner",
    "review_on": "review_on",
    "readers": "readers",
    "reason": "reason",
    "name": "name",
    "folder_names": "folder_names",
}
_MARKUP = re.compile(
    r"</?(?:p|h[1-6]|ul|ol|li|table|div|br|strong|em|b|i|a|blockquote)[\s/>]",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[;\n]")
_BLANK_LINES = re.compile(r"\n\s*\n")
_MOST_LEVELS = 20
#: A folder by its title and its address.
Step = tuple[str, str]
FOLDER = "folder"
SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Fault:
    """What a source does not give: where it stands, and why, in French."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """One thing to take.

    ``type`` is ``sheet`` or ``folder``. ``where`` tells a person where it stands in the
    source; ``path`` names its file there, empty for none. ``text`` is HTML. ``folder``
    are the titles of the folders that hold it. ``fields`` are the fields of its kind,
    by name or by title; ``more`` is all else that is told of it.
    """

    where: str
    title: str
    type: str = SHEET
    id: str = ""
    path: str = ""
    kind: str = ""
    text: str = ""
    folder: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def way(self) -> tuple[Step, ...]:
        """Return the folders that hold it, each by its title and its address.

        The address is empty where it is not told: the title alone tells the folder.
        """
        told = self.more.get("folder_names")
        names = told if isinstance(told, list) else []
        if len(names) != len(self.folder):
            return tuple((title, "") for title in self.folder)
        return tuple(zip(self.folder, map(str, names), strict=True))


def record_of(told: Mapping[str, Any], where: str) -> Record | Fault:
    """Read what a line of JSON or a row of a table tells."""
    named: dict[str, Any] = {}
    other: dict[str, Any] = {}
    for name, value in _flat(told):
        known = _NAMES.get(folded(name))
        target, key = (named, known) if known else (other, folded(name))
        if value not in (None, "", [], {}):
            target[key] = value
    fields = named.get("fields", {})
    if not isinstance(fields, Mapping):
        return Fault(where, _FIELDS)
    folder = _folder(named.get("folder", ""))
    if folder is None:
        return Fault(where, _TOO_DEEP)
    is_folder = named.get("type") == FOLDER
    return Record(
        where,
        _words(named.get("title", "")),
        FOLDER if is_folder else SHEET,
        _words(named.get("id", "")),
        str(named.get("path", "")).strip(),
        _words(named.get("kind", "")),
        html_of(str(named.get("text", "")), str(named.get("format", ""))),
        folder,
        _themes(named.get("themes", ())),
        {**other, **{str(name): value for name, value in fields.items()}},
        named,
    )


def html_of(text: str, told: str = "") -> str:
    """Return a text as HTML; what bears no markup is words and paragraphs."""
    if told == "html" or (told != "plain" and _MARKUP.search(text)):
        return text
    blocks = (" ".join(block.split()) for block in _BLANK_LINES.split(text))
    return "".join(f"<p>{escape(block, quote=False)}</p>" for block in blocks if block)


def folded(text: str) -> str:
    """Return a name without accents, capitals or blanks around."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(plain.lower().split())


def _flat(told: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    inner = told.get("metadata")
    if isinstance(inner, Mapping):
        yield from ((str(name), value) for name, value in inner.items())
    yield from (
        (str(name), value)
        for name, value in told.items()
        if name != "metadata" and value not in (None, "")
    )


def _words(value: Any) -> str:  # noqa: ANN401
    return " ".join(str(value).split()) if isinstance(value, str | int) else ""


def _folder(value: Any) -> tuple[str, ...] | None:  # noqa: ANN401
    parts = value if isinstance(value, list) else str(value).split("/")
    titles = tuple(title for title in map(_words, parts) if title)
    return titles if len(titles) <= _MOST_LEVELS else None


def _themes(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    parts = value if isinstance(value, list) else _PARTS.split(str(value or ""))
    return tuple(theme for theme in map(_words, parts) if theme)


_FIELDS = "Les champs (« fields ») ne sont pas donnés nom par nom."
_TOO_DEEP = "Ce dossier est trop profond : vingt niveaux au plus."
