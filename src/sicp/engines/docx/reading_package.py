"""Open a Word file that comes from outside: bounded, without macro nor entity."""

import posixpath
import zipfile
from io import BytesIO

from lxml import etree

from sicp.engines.docx.elements import Element
from sicp.engines.docx.elements import W

MEGABYTE = 1024 * 1024
#: A CCAP of two hundred pages is under one megabyte; pictures may be heavy.
LARGEST_FILE = 50 * MEGABYTE
LARGEST_PART = 60 * MEGABYTE
MOST_ENTRIES = 5_000
#: Beyond it the content is there to fill the memory; text reaches about fifty.
HIGHEST_RATIO = 300
_SMALL = MEGABYTE
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
#: The « strict » variant of the format differs by the names of its spaces.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MAIN = "wordprocessingml.document.main+xml"
_ENCRYPTED = 0x1


class ReadError(ValueError):
    """A file that cannot be read; the message says why, in French."""


class Package:
    """The XML parts of one Word file, read on demand.

    Raises:
        ReadError: the file is no Word file, is encrypted, holds macros or is too big.
    """

    def __init__(self, data: bytes) -> None:
        _check_bytes(data)
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            message = "ce fichier n’est pas un document Word (.docx) lisible"
            raise ReadError(message) from error
        self._entries = {e.filename: e for e in self._archive.infolist()}
        self._check_entries()
        self._check_types()
        self._main = self._main_name()
        self._parts = self._related_parts()

    @property
    def document(self) -> Element:
        """Return the body of the document.

        Raises:
            ReadError: the document is damaged or empty.
        """
        root = self._parsed(self._main)
        body = root.find(f"{{{W}}}body")
        if body is None:
            message = "ce fichier Word n’a pas de texte"
            raise ReadError(message)
        return body

    def part(self, kind: str) -> Element | None:
        """Return a part that the document calls (« styles », « comments »), if any."""
        name = self._parts.get(kind)
        return self._parsed(name) if name in self._entries else None

    def bytes_of(self, kind: str) -> bytes | None:
        """Return what the document calls (« image ») as it is, None when nothing."""
        name = self._parts.get(kind)
        return self._read(name) if name in self._entries else None

    def called_by(self, kind: str, inner: str) -> bytes | None:
        """Return what a part of the document (« header ») calls itself (« image »)."""
        folder, name = posixpath.split(self._parts.get(kind, ""))
        relations = f"{folder}/_rels/{name}.rels"
        if relations not in self._entries:
            return None
        for relation in self._parsed(relations).iter(f"{_RELATIONS}Relationship"):
            sort = (relation.get("Type") or "").rsplit("/", 1)[-1]
            if sort == inner and relation.get("TargetMode") != "External":
                target = posixpath.join("/", folder, relation.get("Target") or "")
                found = posixpath.normpath(target).lstrip("/")
                return self._read(found) if found in self._entries else None
        return None

    def named_part(self, name: str) -> Element | None:
        """Return a part by its place in the file, None when there is none."""
        return self._parsed(name) if name in self._entries else None

    def _check_entries(self) -> None:
        if len(self._entries) > MOST_ENTRIES:
            message = "ce fichier contient trop d’éléments pour un document Word"
            raise ReadError(message)
        for entry in self._entries.values():
            if entry.flag_bits & _ENCRYPTED:
                message = "ce fichier est protégé par un mot de passe : retirez-le"
                raise ReadError(message)
            compressed = max(entry.compress_size, 1)
            is_dense = entry.file_size / compressed > HIGHEST_RATIO
            if entry.file_size > LARGEST_PART or (
                entry.file_size > _SMALL and is_dense
            ):
                message = "ce fichier est trop volumineux une fois décompressé"
                raise ReadError(message)

    def _check_types(self) -> None:
        types = self._parsed("[Content_Types].xml")
        said = [e.get("ContentType") or "" for e in types]
        has_macro = any("macroEnabled" in t or "vbaProject" in t for t in said)
        names = (n.rsplit("/", 1)[-1].lower() for n in self._entries)
        if has_macro or "vbaproject.bin" in names:
            message = (
                "ce fichier contient des macros : enregistrez-le au format .docx "
                "sans macro"
            )
            raise ReadError(message)
        if not any(t.endswith(_MAIN) for t in said):
            message = "ce fichier n’est pas un document Word (.docx)"
            raise ReadError(message)

    def _main_name(self) -> str:
        types = self._parsed("[Content_Types].xml")
        for override in types.iter(f"{_TYPES}Override"):
            if (override.get("ContentType") or "").endswith(_MAIN):
                return (override.get("PartName") or "").lstrip("/")
        return "word/document.xml"

    def _related_parts(self) -> dict[str, str]:
        folder, name = posixpath.split(self._main)
        relations = f"{folder}/_rels/{name}.rels"
        if relations not in self._entries:
            return {}
        found: dict[str, str] = {}
        for relation in self._parsed(relations).iter(f"{_RELATIONS}Relationship"):
            kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
            if relation.get("TargetMode") != "External":
                target = posixpath.join("/", folder, relation.get("Target") or "")
                found.setdefault(kind, posixpath.normpath(target).lstrip("/"))
        return found

    def _parsed(self, name: str) -> Element:
        data = self._read(name).replace(_STRICT, W.encode())
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            message = "ce fichier Word est abîmé : une de ses parties est illisible"
            raise ReadError(message) from error
        if root.getroottree().docinfo.doctype:
            message = "ce fichier Word contient une déclaration interdite (DOCTYPE)"
            raise ReadError(message)
        return root

    def _read(self, name: str) -> bytes:
        """Read one part; what its header says of its size is not believed.

        Raises:
            ReadError: the part is missing, damaged or too big.
        """
        entry = self._entries.get(name)
        if entry is None:
            message = "ce fichier n’est pas un document Word (.docx)"
            raise ReadError(message)
        try:
            with self._archive.open(entry) as stream:
                data = stream.read(LARGEST_PART + 1)
        except Exception as error:
            # A damaged archive fails in many ways (zlib, struct, offsets…).
            message = "ce fichier Word est abîmé : il ne se décompresse pas"
            raise ReadError(message) from error
        if len(data) > LARGEST_PART:
            message = "ce fichier est trop volumineux une fois décompressé"
            raise ReadError(message)
        return data


def _check_bytes(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        size = LARGEST_FILE // MEGABYTE
        message = f"ce fichier est trop volumineux (plus de {size} Mo)"
        raise ReadError(message)
    if data.startswith(_OLE):
        message = (
            "ce fichier est protégé par un mot de passe ou dans l’ancien format .doc : "
            "enregistrez-le au format .docx, sans mot de passe"
        )
        raise ReadError(message)
