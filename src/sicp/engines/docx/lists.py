"""Numbering definitions: one for all headings, and instances of lists that restart."""

from itertools import count

from sicp.engines.docx.elements import Element
from sicp.engines.docx.elements import root
from sicp.engines.docx.elements import twips
from sicp.engines.docx.elements import w
from sicp.engines.docx.styles import HEADING_NUMBERING
from sicp.engines.docx.styles import LABEL_TAB_MM
from sicp.engines.docx.styles import heading_style
from sicp.engines.drafting.layout import Layout
from sicp.engines.drafting.numbering import level_texts

BULLETS = 2
_FIRST_ORDERED = 3
_LEVELS = 9
#: Room for « 1. », where « Article 1 » wants more.
_SHORT_TAB_MM = 9
#: Where the text of an item begins, and how far before it its sign stands: « 10. »
#: wants more room than a dash.
_BULLET_MM = (6, 5)
_ORDERED_MM = (8, 7)
_BULLET_SIGNS = ("–", "•", "◦")
_ORDERED = (("decimal", "%{}."), ("lowerLetter", "%{})"), ("lowerRoman", "%{}."))
_HEADINGS, _BULLETED, _NUMBERED = 0, 1, 2
#: A list may go this deep; what is deeper stays at the last level.
DEEPEST_LIST = _LEVELS - 1


class Lists:
    """The instances of lists of one document, given out as the body is written."""

    def __init__(self) -> None:
        self._levels: list[int] = []

    def ordered(self, level: int) -> int:
        """Return the id of a new numbered list that begins at 1 at ``level``."""
        self._levels.append(level)
        return _FIRST_ORDERED + len(self._levels) - 1

    def part(self, layout: Layout = Layout.DOCUMENT) -> Element:
        """Make ``numbering.xml``, with every instance given out so far."""
        first_tab = LABEL_TAB_MM[0] if layout is Layout.DOCUMENT else _SHORT_TAB_MM
        tabs = (first_tab, *LABEL_TAB_MM[1:])
        texts = level_texts(layout)
        return root(
            "numbering",
            _abstract(_HEADINGS, list(map(_heading_level, count(), texts, tabs))),
            _abstract(_BULLETED, [_bullet_level(i) for i in range(_LEVELS)]),
            _abstract(_NUMBERED, [_ordered_level(i) for i in range(_LEVELS)]),
            _instance(HEADING_NUMBERING, _HEADINGS),
            _instance(BULLETS, _BULLETED),
            *(
                _instance(_FIRST_ORDERED + index, _NUMBERED, level)
                for index, level in enumerate(self._levels)
            ),
        )


def _abstract(number: int, levels: list[Element]) -> Element:
    nsid = w("nsid", val=f"51C9000{number + 1}")
    kind = w("multiLevelType", val="multilevel")
    return w("abstractNum", nsid, kind, *levels, abstractNumId=number)


def _instance(number: int, abstract: int, level: int | None = None) -> Element:
    instance = w("num", w("abstractNumId", val=abstract), numId=number)
    if level is not None:
        override = w("lvlOverride", w("startOverride", val=1), ilvl=level)
        instance.append(override)
    return instance


def _heading_level(index: int, text: str, tab_mm: float) -> Element:
    tab = twips(tab_mm)
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="decimal"),
        w("pStyle", val=heading_style(index + 1)),
        w("suff", val="tab"),
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        w(
            "pPr",
            w("tabs", w("tab", val="num", pos=tab)),
            w("ind", left=tab, hanging=tab),
        ),
        ilvl=index,
    )


def _bullet_level(index: int) -> Element:
    sign = _BULLET_SIGNS[min(index, len(_BULLET_SIGNS) - 1)]
    return _list_level(index, "bullet", sign, _BULLET_MM)


def _ordered_level(index: int) -> Element:
    kind, text = _ORDERED[index % len(_ORDERED)]
    return _list_level(index, kind, text.format(index + 1), _ORDERED_MM)


def _list_level(
    index: int, kind: str, text: str, millimetres: tuple[int, int]
) -> Element:
    step, room = millimetres
    left = twips(step * (index + 1))
    indent = w("ind", left=left, hanging=twips(room))
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=kind),
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        w("pPr", w("tabs", w("tab", val="num", pos=left)), indent),
        ilvl=index,
    )
