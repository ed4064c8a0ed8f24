"""What the styles and the numbering of a Word file mean, whoever wrote them.

Word and LibreOffice give styles other ids (« Titre1 », « TextBody ») but keep the
English names of the built-in ones: only names are looked at.
"""

import re
from dataclasses import dataclass

from sicp.engines.docx.elements import Element
from sicp.engines.docx.elements import W

_HEADING = re.compile(r"(?:heading|titre) (\d)(?: sans numéro)?\Z")
_OFF = frozenset({"0", "false", "off", "none"})
_DEEPEST_STYLE = 20
_HIGHEST_LEVEL = 9
_NUMBERLESS = frozenset({"bullet", "none"})


def q(name: str) -> str:
    """Return the name of a Word element with its space."""
    return f"{{{W}}}{name}"


def val(element: Element | None) -> str:
    """Return the value of a property, empty when it is not there."""
    return "" if element is None else element.get(q("val")) or ""


def is_on(element: Element | None) -> bool:
    """Tell whether a property that is on or off is on."""
    return element is not None and val(element).lower() not in _OFF


@dataclass(frozen=True, slots=True)
class ListMark:
    """The place of a paragraph in a list: which list, how deep, numbered or not."""

    number: str
    level: int
    is_ordered: bool


class Styles:
    """The styles and lists of one file."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        every = () if styles is None else styles.iter(q("style"))
        self._styles = {e.get(q("styleId")) or "": e for e in every}
        self._formats = _formats(numbering)

    def name(self, style_id: str) -> str:
        """Return the name of a style, in lower case."""
        element = self._styles.get(style_id)
        found = "" if element is None else val(element.find(q("name")))
        return (found or style_id).lower()

    def heading_level(self, properties: Element | None) -> int:
        """Return the level of a heading, from 1; 0 for any other paragraph."""
        if properties is None:
            return 0
        direct = val(properties.find(q("outlineLvl")))
        if direct.isdigit():
            return _level(int(direct) + 1)
        for style_id in self._chain(val(properties.find(q("pStyle")))):
            found = _HEADING.match(self.name(style_id))
            if found:
                return _level(int(found[1]))
            outline = val(self._styles[style_id].find(f"{q('pPr')}/{q('outlineLvl')}"))
            if outline.isdigit():
                return _level(int(outline) + 1)
        return 0

    def list_mark(self, properties: Element | None) -> ListMark | None:
        """Return the place of a paragraph in a list, None when it is in none."""
        if properties is None:
            return None
        number, level = _numbered(properties)
        for style_id in self._chain(val(properties.find(q("pStyle")))):
            if number:
                break
            found = self._styles[style_id].find(q("pPr"))
            number, own = _numbered(found) if found is not None else ("", "")
            level = level or own
        if not number or number == "0":
            return None
        depth = int(level) if level.isdigit() else 0
        kind = self._formats.get((number, depth), "bullet")
        return ListMark(number, depth, kind not in _NUMBERLESS)

    def is_bold(self, properties: Element | None) -> bool:
        """Tell whether a run is bold, by itself or by its character style."""
        return self._has(properties, "b")

    def is_italic(self, properties: Element | None) -> bool:
        """Tell whether a run is in italic, by itself or by its character style."""
        return self._has(properties, "i")

    def _has(self, properties: Element | None, name: str) -> bool:
        if properties is None:
            return False
        direct = properties.find(q(name))
        if direct is not None:
            return is_on(direct)
        for style_id in self._chain(val(properties.find(q("rStyle")))):
            found = self._styles[style_id].find(f"{q('rPr')}/{q(name)}")
            if found is not None:
                return is_on(found)
        return False

    def _chain(self, style_id: str) -> list[str]:
        """Return a style and those it rests on; a circle ends somewhere."""
        found: list[str] = []
        while style_id in self._styles and len(found) < _DEEPEST_STYLE:
            found.append(style_id)
            style_id = val(self._styles[style_id].find(q("basedOn")))
        return found


def _level(level: int) -> int:
    """Return the level of a heading; the tenth outline level means body text."""
    return level if level <= _HIGHEST_LEVEL else 0


def _numbered(properties: Element) -> tuple[str, str]:
    found = properties.find(q("numPr"))
    if found is None:
        return "", ""
    return val(found.find(q("numId"))), val(found.find(q("ilvl")))


def _formats(numbering: Element | None) -> dict[tuple[str, int], str]:
    """Return the format of every level of every list (bullet, decimal…)."""
    if numbering is None:
        return {}
    abstract = {
        e.get(q("abstractNumId")): _levels(e) for e in numbering.iter(q("abstractNum"))
    }
    found: dict[tuple[str, int], str] = {}
    for instance in numbering.iter(q("num")):
        number = instance.get(q("numId")) or ""
        called = abstract.get(val(instance.find(q("abstractNumId"))), {})
        overrides = {
            level: kind
            for override in instance.iter(q("lvlOverride"))
            for level, kind in _levels(override).items()
        }
        for level, kind in {**called, **overrides}.items():
            found[number, level] = kind
    return found


def _levels(element: Element) -> dict[int, str]:
    levels = ((e.get(q("ilvl")) or "0", e) for e in element.iter(q("lvl")))
    return {int(i): val(e.find(q("numFmt"))) for i, e in levels if i.isdigit()}
