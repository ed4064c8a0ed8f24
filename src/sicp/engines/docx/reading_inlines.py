"""The words of one paragraph of a Word file, whatever Word wrapped around them."""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from dataclasses import replace

from sicp.engines.docx.body import VALUE_PREFIX
from sicp.engines.docx.elements import Element
from sicp.engines.docx.reading_model import ANONYMOUS
from sicp.engines.docx.reading_model import ReadRun
from sicp.engines.docx.reading_model import ReadRuns
from sicp.engines.docx.reading_model import TrackedChange
from sicp.engines.docx.reading_styles import Styles
from sicp.engines.docx.reading_styles import is_on
from sicp.engines.docx.reading_styles import q
from sicp.engines.docx.reading_styles import val

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_INSERTED = frozenset({q("ins"), q("moveTo")})
_DELETED = frozenset({q("del"), q("moveFrom")})
#: Elements that only wrap others: what they hold is read as if they were not there.
TRANSPARENT = frozenset(
    q(name) for name in ("smartTag", "customXml", "sdtContent", "dir", "bdo")
)
_SIGNS = {"noBreakHyphen": "-", "softHyphen": "", "tab": "\t", "cr": "\n", "ptab": "\t"}
_LOST = {
    "drawing": "une image n’est pas reprise",
    "pict": "une image n’est pas reprise",
    "object": "un objet incorporé n’est pas repris",
    "footnoteReference": "une note de bas de page n’est pas reprise",
    "endnoteReference": "une note de fin n’est pas reprise",
}
_UNLIT = frozenset({"", "none", "auto", "ffffff"})


@dataclass
class _Field:
    """A field being read: its code first, then its result."""

    code: str = ""
    is_result: bool = False

    @property
    def words(self) -> list[str]:
        return self.code.split()

    @property
    def reference(self) -> str:
        words = self.words
        return words[1] if len(words) > 1 and words[0].upper() == "REF" else ""

    @property
    def is_contents(self) -> bool:
        return self.words[:1] == ["TOC"]


@dataclass
class Margin:
    """What is met on the way through a document, beside its words.

    ``open_comments`` are the ids of the comments whose range is open.
    """

    tag: str = ""
    tracked: list[TrackedChange] = dataclass_field(default_factory=list)
    notes: dict[str, None] = dataclass_field(default_factory=dict)
    open_comments: set[str] = dataclass_field(default_factory=set)
    comment_tags: dict[str, str] = dataclass_field(default_factory=dict)
    comment_words: dict[str, str] = dataclass_field(default_factory=dict)


@dataclass(frozen=True)
class _Place:
    """Where a run stands: in which value, under which link."""

    control: str = ""
    control_number: int = 0
    reference: str = ""


class Inlines:
    """Reads paragraphs one after the other: a field may run through many of them."""

    def __init__(self, styles: Styles, margin: Margin) -> None:
        self.bookmarks: list[str] = []
        self.control_titles: list[str] = []
        self._styles = styles
        self._margin = margin
        self._fields: list[_Field] = []
        self._controls = 0

    def read(self, paragraph: Element) -> ReadRuns:
        """Return the runs of a paragraph."""
        return joined(self._children(paragraph, _Place()))

    def _children(self, parent: Element, place: _Place) -> Iterator[ReadRun]:
        for element in parent:
            yield from self._element(element, place)

    def _element(self, element: Element, place: _Place) -> Iterator[ReadRun]:
        tag = element.tag
        if tag == q("r"):
            yield from self._run(element, place)
        elif tag == q("hyperlink"):
            anchor = element.get(q("anchor")) or ""
            yield from self._children(element, replace(place, reference=anchor))
        elif tag == q("sdt"):
            yield from self._control(element, place)
        elif tag == q("fldSimple"):
            opened = _Field(element.get(q("instr")) or "", is_result=True)
            self._fields.append(opened)
            yield from self._children(element, place)
            self._fields.pop()
        elif tag in _DELETED:
            self._follow(element, is_insertion=False)
        elif tag in _INSERTED:
            self._follow(element, is_insertion=True)
            yield from self._children(element, place)
        elif tag in TRANSPARENT:
            yield from self._children(element, place)
        else:
            self.mark(element)

    def mark(self, element: Element) -> None:
        """Note a bookmark, or the bounds of a comment."""
        number = element.get(q("id")) or ""
        if element.tag == q("bookmarkStart"):
            self.bookmarks.append(element.get(q("name")) or "")
        elif element.tag == q("commentRangeStart"):
            self._margin.open_comments.add(number)
            self._margin.comment_tags.setdefault(number, self._margin.tag)
        elif element.tag == q("commentRangeEnd"):
            self._margin.open_comments.discard(number)

    def _control(self, element: Element, place: _Place) -> Iterator[ReadRun]:
        properties, content = element.find(q("sdtPr")), element.find(q("sdtContent"))
        if content is None:
            return
        tag, title = ("" if properties is None else val(properties.find(q(name)))
                      for name in ("tag", "alias"))  # fmt: skip
        if tag.startswith(VALUE_PREFIX):
            self._controls += 1
            place = replace(place, control=tag, control_number=self._controls)
        elif not tag and title:
            self.control_titles.append(title)
        elif not tag and not place.control:
            self._controls += 1
            place = replace(place, control=ANONYMOUS, control_number=self._controls)
        runs = list(self._children(content, place))
        if place.control == tag and tag and not runs:
            # A value that was emptied is told; one that was removed is not there.
            runs = [ReadRun("", False, False, tag, place.control_number)]  # noqa: FBT003
        yield from runs

    def _run(self, element: Element, place: _Place) -> Iterator[ReadRun]:
        properties = element.find(q("rPr"))
        if properties is not None and is_on(properties.find(q("vanish"))):
            self._margin.notes["un texte masqué n’est pas repris"] = None
            return
        text = "".join(self._pieces(element))
        is_hidden = any(not f.is_result or f.is_contents for f in self._fields)
        if not text or is_hidden:
            return
        for number in self._margin.open_comments:
            said = self._margin.comment_words.get(number, "")
            self._margin.comment_words[number] = said + text
        named = (f.reference for f in reversed(self._fields) if f.reference)
        yield ReadRun(
            text,
            self._styles.is_bold(properties),
            self._styles.is_italic(properties),
            place.control,
            place.control_number,
            next(named, place.reference),
            _is_highlighted(properties),
        )

    def _pieces(self, run: Element) -> Iterator[str]:
        for child in run:
            if not isinstance(child.tag, str):
                continue
            name = child.tag.rpartition("}")[2]
            if child.tag == f"{_COMPATIBILITY}AlternateContent":
                self._margin.notes[_LOST["drawing"]] = None
            elif name == "t":
                yield child.text or ""
            elif name == "br":
                yield "" if (child.get(q("type")) or "") in {"page", "column"} else "\n"
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "fldChar":
                self._field_mark(child.get(q("fldCharType")) or "")
            elif name == "instrText" and self._fields:
                self._fields[-1].code += child.text or ""
            elif name == "commentReference":
                number = child.get(q("id")) or ""
                self._margin.comment_tags.setdefault(number, self._margin.tag)
            elif name in _LOST:
                self._margin.notes[_LOST[name]] = None

    def _field_mark(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].is_result = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _follow(self, element: Element, *, is_insertion: bool) -> None:
        name = "t" if is_insertion else "delText"
        text = "".join(e.text or "" for e in element.iter(q(name)))
        text = text or "".join(e.text or "" for e in element.iter(q("t")))
        author = element.get(q("author")) or ""
        change = TrackedChange(author, is_insertion, text, self._margin.tag)
        self._margin.tracked.append(change)


def joined(runs: Iterable[ReadRun]) -> ReadRuns:
    """Join neighbours of the same look: Word cuts words wherever it likes."""
    found: list[ReadRun] = []
    for run in runs:
        before = found[-1] if found else None
        if before is not None and replace(before, text="") == replace(run, text=""):
            found[-1] = replace(before, text=before.text + run.text)
        else:
            found.append(run)
    return tuple(found)


def _is_highlighted(properties: Element | None) -> bool:
    if properties is None:
        return False
    shade = properties.find(q("shd"))
    fill = "" if shade is None else (shade.get(q("fill")) or "").lower()
    return val(properties.find(q("highlight"))) not in _UNLIT or fill == "ffff00"
