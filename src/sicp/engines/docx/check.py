"""Walk a Word file and tell what would break in the hands of its reader."""

import zipfile
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from sicp.engines.docx.body import VALUE_PREFIX
from sicp.engines.docx.elements import Element
from sicp.engines.docx.elements import W

_STYLED = ("pStyle", "rStyle", "tblStyle")
_TARGETED = ("REF", "PAGEREF")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of structure: a stable ``code`` and what bears it."""

    code: str
    subject: str = ""


def check_docx(data: bytes) -> tuple[Fault, ...]:
    """Return the faults of a Word file, none when it is sound.

    Codes: ``not-a-docx``, ``bookmark-unbalanced``, ``bookmark-duplicate``,
    ``reference-unresolved``, ``reference-without-result``, ``field-unbalanced``,
    ``numbering-undefined``, ``control-without-id``, ``control-without-tag``,
    ``control-duplicate``, ``control-empty``, ``style-undefined``,
    ``table-without-header``, ``table-merged``, ``blank-left``.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as source:
            parts = {
                name: _parsed(source.read(f"word/{name}.xml"))
                for name in ("document", "styles", "numbering")
            }
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        return (Fault("not-a-docx", str(error)),)
    document = parts["document"]
    return (
        *_bookmark_faults(document),
        *_field_faults(document),
        *_numbering_faults(parts),
        *_control_faults(document),
        *_style_faults(parts),
        *_table_faults(document),
        *(Fault("blank-left", text) for text in blanks(document)),
    )


def blanks(document: Element) -> Iterator[str]:
    """Yield the words of every blank still to be filled."""
    for run in document.iter(_q("r")):
        style = run.find(f"{_q('rPr')}/{_q('rStyle')}")
        if style is not None and _val(style) == "Blank":
            yield _words(run)


def _parsed(data: bytes) -> Element:
    # No entity and no network: the file may come from anyone.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(data, parser)


def _bookmark_faults(document: Element) -> Iterator[Fault]:
    starts = [e.get(_q("id")) for e in document.iter(_q("bookmarkStart"))]
    ends = [e.get(_q("id")) for e in document.iter(_q("bookmarkEnd"))]
    for name in sorted(set(starts) ^ set(ends)):
        yield Fault("bookmark-unbalanced", name)
    yield from _duplicates("bookmark-duplicate", starts)
    yield from _duplicates("bookmark-duplicate", ends)
    yield from _duplicates("bookmark-duplicate", _bookmark_names(document))


def _bookmark_names(document: Element) -> list[str]:
    return [e.get(_q("name")) for e in document.iter(_q("bookmarkStart"))]


def _field_faults(document: Element) -> Iterator[Fault]:
    known = set(_bookmark_names(document))
    marks = Counter(e.get(_q("fldCharType")) for e in document.iter(_q("fldChar")))
    if marks["begin"] != marks["end"] or marks["begin"] != marks["separate"]:
        yield Fault("field-unbalanced", str(dict(marks)))
    for code in document.iter(_q("instrText")):
        words = (code.text or "").split()
        if words and words[0] in _TARGETED and words[1] not in known:
            yield Fault("reference-unresolved", words[1])
        if words and words[0] == "REF" and not _result(code):
            yield Fault("reference-without-result", words[1])
    for link in document.iter(_q("hyperlink")):
        anchor = link.get(_q("anchor"))
        if anchor and anchor not in known:
            yield Fault("reference-unresolved", anchor)


def _result(code: Element) -> str:
    """Return the words between the separator of a field and its end."""
    said = ""
    for run in code.getparent().itersiblings():
        mark = run.find(_q("fldChar"))
        if mark is not None and mark.get(_q("fldCharType")) == "end":
            break
        said += _words(run)
    return said


def _numbering_faults(parts: dict[str, Element]) -> Iterator[Fault]:
    numbering = parts["numbering"]
    abstract = {e.get(_q("abstractNumId")) for e in numbering.iter(_q("abstractNum"))}
    known = {"0"}
    for instance in numbering.iter(_q("num")):
        known.add(instance.get(_q("numId")))
        called = _val(instance.find(_q("abstractNumId")))
        if called not in abstract:
            yield Fault("numbering-undefined", f"abstract {called}")
    for part in ("document", "styles"):
        used = {_val(e) for e in parts[part].iter(_q("numId"))}
        for number in sorted(used - known):
            yield Fault("numbering-undefined", number)


def _control_faults(document: Element) -> Iterator[Fault]:
    ids: list[str] = []
    tags: list[str] = []
    for control in document.iter(_q("sdt")):
        properties = control.find(_q("sdtPr"))
        tag, number = (_child(properties, name) for name in ("tag", "id"))
        if not number:
            yield Fault("control-without-id", tag)
        if not tag:
            yield Fault("control-without-tag", number)
        content = control.find(_q("sdtContent"))
        if content is None or not len(content):
            yield Fault("control-empty", tag)
        ids.append(number)
        if not tag.startswith(VALUE_PREFIX):
            # A value is said as often as the text needs; a clause is there once.
            tags.append(tag)
    yield from _duplicates("control-duplicate", filter(None, ids))
    yield from _duplicates("control-duplicate", filter(None, tags))


def _child(properties: Element, name: str) -> str:
    found = None if properties is None else properties.find(_q(name))
    return "" if found is None else _val(found)


def _style_faults(parts: dict[str, Element]) -> Iterator[Fault]:
    known = {e.get(_q("styleId")) for e in parts["styles"].iter(_q("style"))}
    used = {_val(e) for name in _STYLED for e in parts["document"].iter(_q(name))}
    linked = ("basedOn", "next", "link")
    used |= {_val(e) for name in linked for e in parts["styles"].iter(_q(name))}
    for name in sorted(used - known):
        yield Fault("style-undefined", name)


def _table_faults(document: Element) -> Iterator[Fault]:
    for table in document.iter(_q("tbl")):
        caption = _child(table.find(_q("tblPr")), "tblCaption")
        if next(table.iter(_q("tblHeader")), None) is None:
            yield Fault("table-without-header", caption)
        for name in ("gridSpan", "vMerge", "hMerge"):
            if next(table.iter(_q(name)), None) is not None:
                yield Fault("table-merged", caption)


def _duplicates(code: str, values: Iterable[str]) -> Iterator[Fault]:
    for value, times in Counter(values).items():
        if times > 1:
            yield Fault(code, value)


def _words(element: Element) -> str:
    return "".join(text.text or "" for text in element.iter(_q("t")))


def _q(name: str) -> str:
    return f"{{{W}}}{name}"


def _val(element: Element) -> str:
    return element.get(_q("val")) or ""
