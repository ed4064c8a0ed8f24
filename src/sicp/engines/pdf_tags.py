"""What makes a PDF readable aloud, kept when many are joined: tags and language.

Joining pages leaves the tree of tags of each file behind. Here the trees become the
branches of one, each under a section of its own that tells the language of its piece.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from pypdf import PdfReader
from pypdf import PdfWriter
from pypdf.generic import ArrayObject
from pypdf.generic import BooleanObject
from pypdf.generic import DictionaryObject
from pypdf.generic import IndirectObject
from pypdf.generic import NameObject
from pypdf.generic import NumberObject
from pypdf.generic import TextStringObject

_ROOT = "/StructTreeRoot"
#: How far a role may lead to another before it comes to a standard one.
_MOST_ROLES = 20


class Tags:
    """The tags of a whole, gathered piece by piece in the order of its pages."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._sections = ArrayObject()
        self._numbers: list[Any] = []
        self._classes = DictionaryObject()
        self._names: dict[str, Any] = {}
        self._languages: list[str] = []
        self._are_complete = True
        self._root = DictionaryObject({NameObject("/Type"): NameObject(_ROOT)})
        self._root_place = writer._add_object(self._root)  # noqa: SLF001 - its way
        self._document = _element("/Document", self._root_place)
        self._place = writer._add_object(self._document)  # noqa: SLF001 - its way

    def take(self, reader: PdfReader, title: str, pages: Sequence[Any]) -> None:
        """Take the tags of one piece; ``pages`` are its pages in the whole."""
        root = reader.root_object
        language = root.get("/Lang")
        if language:
            self._languages.append(str(language))
        held = root.get(_ROOT)
        if held is None:
            self.leave_out(pages)
            return
        tree = held.get_object().clone(self._writer)
        found = dict(_numbered(tree.get("/ParentTree")))
        self._take_tree(tree, title, str(language or ""))
        shift = len(self._numbers)
        _shift(zip(pages, reader.pages, strict=True), shift)
        top = max(found, default=-1) + 1
        self._numbers += [found.get(number) for number in range(top)]

    def leave_out(self, pages: Sequence[Any]) -> None:
        """Note that these pages of the whole have no tags that can be read."""
        self._are_complete = False
        for page in pages:
            page.pop("/StructParents", None)
            for link in _listed(page.get("/Annots")):
                link.get_object().pop("/StructParent", None)

    def write(self) -> None:
        """Put the tree in the whole; without any tag, only its language."""
        root = self._writer.root_object
        if self._languages:
            root[NameObject("/Lang")] = TextStringObject(self._languages[0])
        if not self._sections:
            return
        self._document[NameObject("/K")] = self._sections
        self._root[NameObject("/K")] = ArrayObject([self._place])
        self._root[NameObject("/ParentTree")] = _numbers(self._numbers)
        self._root[NameObject("/ParentTreeNextKey")] = NumberObject(len(self._numbers))
        if self._classes:
            self._root[NameObject("/ClassMap")] = self._classes
        if self._names:
            self._root[NameObject("/IDTree")] = _names(self._names)
        root[NameObject(_ROOT)] = self._root_place
        # A piece without tags would be silent in a file said to have them all.
        marks = {NameObject("/Marked"): BooleanObject(self._are_complete)}
        root[NameObject("/MarkInfo")] = DictionaryObject(marks)

    def _take_tree(self, tree: Any, title: str, language: str) -> None:  # noqa: ANN401
        section = _element("/Sect", self._place)
        section[NameObject("/T")] = TextStringObject(title)
        if language:
            section[NameObject("/Lang")] = TextStringObject(language)
        place = self._writer._add_object(section)  # noqa: SLF001 - its way
        kids = _listed(tree.get("/K"))
        section[NameObject("/K")] = ArrayObject(kids)
        roles = _resolved(tree.get("/RoleMap"))
        for element in _elements(kids):
            role = roles.get(element["/S"], element["/S"])
            # What was the document is a part of the whole one.
            role = "/Part" if role == "/Document" else role
            element[NameObject("/S")] = NameObject(role)
            if "/ID" in element:
                name = str(element["/ID"])
                self._names.setdefault(name, element.indirect_reference)
        for kid in kids:
            kid.get_object()[NameObject("/P")] = place
        for name, told in _resolved(tree.get("/ClassMap")).items():
            self._classes.setdefault(NameObject(name), told)
        self._sections.append(place)


def _element(role: str, above: IndirectObject) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject(role),
            NameObject("/P"): above,
        }
    )


def _shift(pages: Iterable[tuple[Any, Any]], shift: int) -> None:
    """Renumber what leads from a page, or from its links, to their tags.

    Each page of the whole comes with its own page of the piece, which alone still tells
    its number.
    """
    for page, own in pages:
        if "/StructParents" in own:
            number = NumberObject(int(own["/StructParents"]) + shift)
            page[NameObject("/StructParents")] = number
        for link in _listed(page.get("/Annots")):
            item = link.get_object()
            if "/StructParent" in item:
                number = NumberObject(int(item["/StructParent"]) + shift)
                item[NameObject("/StructParent")] = number


def _elements(kids: list[Any]) -> Iterator[Any]:
    """Walk the elements of a tree, each once."""
    waiting, seen = list(kids), set()
    while waiting:
        element = waiting.pop().get_object()
        if not isinstance(element, DictionaryObject) or id(element) in seen:
            continue
        seen.add(id(element))
        if "/S" in element:
            yield element
            waiting += _listed(element.get("/K"))


def _listed(held: Any) -> list[Any]:  # noqa: ANN401
    """Return what a key holds, as a list: PDF writes one alone without its list."""
    if held is None:
        return []
    inside = held.get_object()
    return list(inside) if isinstance(inside, ArrayObject) else [held]


def _numbered(held: Any, depth: int = 0) -> Iterator[tuple[int, Any]]:  # noqa: ANN401
    """Yield the entries of a tree of numbers."""
    if held is None or depth > _MOST_ROLES:
        return
    node = held.get_object()
    entries = _listed(node.get("/Nums"))
    for number, value in zip(entries[::2], entries[1::2], strict=False):
        yield int(number), value
    for kid in _listed(node.get("/Kids")):
        yield from _numbered(kid, depth + 1)


def _resolved(held: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return each name with what it leads to in the end."""
    told = dict(held.get_object()) if held is not None else {}
    found = {}
    for name in told:
        end = told[name]
        for _turn in range(_MOST_ROLES):
            if end not in told or end == told[end]:
                break
            end = told[end]
        found[name] = end
    return found


def _numbers(values: list[Any]) -> DictionaryObject:
    entries = ArrayObject()
    for number, value in enumerate(values):
        if value is not None:
            entries += [NumberObject(number), value]
    return DictionaryObject({NameObject("/Nums"): entries})


def _names(values: dict[str, Any]) -> DictionaryObject:
    entries = ArrayObject()
    for name in sorted(values):
        entries += [TextStringObject(name), values[name]]
    return DictionaryObject({NameObject("/Names"): entries})
