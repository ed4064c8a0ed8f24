"""Find the clauses of a draft in a file, and what was put between them.

LibreOffice drops the tags of controls, a person may remove one: a clause is then found
by the hidden bookmark of its heading, by the title of its control or by its first line.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from difflib import SequenceMatcher

from sicp.engines.docx.reading_model import Piece
from sicp.engines.docx.reading_model import ReadDocument
from sicp.engines.docx.reading_model import ReadSection
from sicp.engines.docx.round_trip_lines import block_lines

_REFERENCE_MARK = "_Ref"


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive pieces: a clause (``tag``), or text between clauses.

    ``is_found`` tells a clause whose control was lost; ``copy_of`` is the tag of the
    clause a second control copies.
    """

    tag: str
    pieces: tuple[Piece, ...]
    is_found: bool = False
    copy_of: str = ""


@dataclass(frozen=True, slots=True)
class Loose:
    """A piece between clauses, and its place."""

    piece: Piece
    after: str
    before: str
    under: str
    copy_of: str = ""


def parts(
    document: ReadDocument, expected: ReadDocument, titles: Mapping[str, str]
) -> tuple[tuple[Piece, ...], list[Part]]:
    """Return the cover and the parts of a file.

    ``titles`` gives the title of each control by tag.
    """
    every = _tagged(document.sections, {s.tag for s in expected.sections})
    here = {part.tag for part in every}
    missing = [s for s in expected.sections if s.tag and s.tag not in here]
    if not missing:
        return document.front, every
    cutter = _Cutter(missing, expected, titles)
    # Without controls nothing tells the cover from a clause without heading.
    every.insert(0, Part("", document.front))
    first, *others = [own for part in every for own in cutter.cut(part)]
    if first.tag:
        return (), [first, *others]
    return first.pieces, others


def loose(every: list[Part]) -> list[Loose]:
    """Return what stands between clauses, each piece with its place."""
    found: list[Loose] = []
    after, under = "", ""
    for index, part in enumerate(every):
        if part.tag:
            after = part.tag
            continue
        before = next((p.tag for p in every[index + 1 :] if p.tag), "")
        for piece in part.pieces:
            found.append(Loose(piece, after, before, under, part.copy_of))
            if piece.level:
                under = next(block_lines(piece.block)).text
    return found


def matched(
    read: list[Loose], written: list[Loose]
) -> Iterator[tuple[Loose | None, Loose | None]]:
    """Pair pieces between clauses; None stands for what is only on one side."""
    headings = {mark for item in written for mark in reference_marks(item.piece)}
    keys = [_key(item.piece, headings) for item in written]
    known = set(keys)
    by_print = {_printed(i.piece): key for i, key in zip(written, keys, strict=True)}
    own = []
    for item in read:
        key = _key(item.piece, headings)
        own.append(key if key in known else by_print.get(_printed(item.piece), key))
    matcher = SequenceMatcher(None, keys, own, autojunk=False)
    for name, start, end, first, last in matcher.get_opcodes():
        if name == "equal":
            yield from zip(read[first:last], written[start:end], strict=True)
            continue
        yield from ((None, item) for item in written[start:end])
        yield from ((item, None) for item in read[first:last])


def moved(found: list[str], expected: list[str]) -> set[str]:
    """Return the tags that changed place, as few as possible."""
    rank = {tag: index for index, tag in enumerate(expected)}
    order = [tag for tag in found if tag in rank]
    ends: list[int] = []
    links: list[tuple[str, str]] = []
    last_tags: list[str] = []
    for tag in order:
        place = bisect_left(ends, rank[tag])
        links.append((tag, last_tags[place - 1] if place else ""))
        ends[place : place + 1] = [rank[tag]]
        last_tags[place : place + 1] = [tag]
    before = dict(links)
    kept: set[str] = set()
    tag = last_tags[-1] if last_tags else ""
    while tag:
        kept.add(tag)
        tag = before[tag]
    return set(order) - kept


def reference_marks(piece: Piece) -> list[str]:
    """Return the bookmarks of headings that a piece bears."""
    return [mark for mark in piece.bookmarks if mark.startswith(_REFERENCE_MARK)]


def _tagged(sections: tuple[ReadSection, ...], known: set[str]) -> list[Part]:
    """Return sections as parts; an unknown tag or a second one is mere text."""
    seen: Counter[str] = Counter()
    found = []
    for section in sections:
        seen[section.tag] += 1
        is_copy = bool(section.tag) and seen[section.tag] > 1
        if section.tag in known and not is_copy:
            found.append(Part(section.tag, section.pieces))
        else:
            found.append(Part("", section.pieces, copy_of=section.tag))
    return found


class _Cutter:
    """Cuts loose text where a clause whose control was lost begins."""

    def __init__(
        self,
        missing: list[ReadSection],
        expected: ReadDocument,
        titles: Mapping[str, str],
    ) -> None:
        self._left = {section.tag: section for section in missing}
        self._marks = {
            mark: section.tag
            for section in missing
            for mark in reference_marks(section.pieces[0])
        }
        self._bounds = {
            mark
            for section in expected.sections
            if not section.tag
            for piece in section.pieces
            for mark in reference_marks(piece)
        }
        between, inside = (
            {_printed(p) for s in expected.sections if bool(s.tag) is own
             for p in s.pieces}
            for own in (False, True)
        )  # fmt: skip
        self._bound_lines = between - inside
        alone = Counter(titles.values())
        self._titles = {
            title: tag for tag, title in titles.items() if alone[title] == 1
        }
        lines = [(_printed(section.pieces[0]), section.tag) for section in missing]
        common = Counter(line for line, _ in lines)
        self._lines = {line: tag for line, tag in lines if common[line] == 1}

    def cut(self, part: Part) -> Iterator[Part]:
        """Yield the parts of one part."""
        if part.tag or part.copy_of:
            yield part
            return
        current, level = Part("", ()), 0
        for piece in part.pieces:
            tag = self._beginning(piece)
            if tag or self._ends(piece, current, level):
                if current.pieces:
                    yield current
                current, level = Part(tag, (), is_found=bool(tag)), piece.level
            current = replace(current, pieces=(*current.pieces, piece))
        yield current

    def _beginning(self, piece: Piece) -> str:
        """Return the tag of the clause that begins with a piece, if one does."""
        marks = reference_marks(piece)
        if any(mark in self._bounds for mark in marks):
            # An article may bear the same title as its first clause.
            return ""
        named = [self._marks.get(mark) for mark in marks]
        named += [self._titles.get(title) for title in piece.control_titles]
        named.append(self._lines.get(_printed(piece)))
        tag = next((tag for tag in named if tag in self._left), None)
        if tag is None:
            return ""
        del self._left[tag]
        return tag

    def _ends(self, piece: Piece, current: Part, level: int) -> bool:
        """Tell whether a piece is out of the clause before it."""
        if not current.tag:
            return False
        if any(mark in self._bounds for mark in reference_marks(piece)):
            return True
        if _printed(piece) in self._bound_lines:
            return True
        return bool(level) and 0 < piece.level <= level


def _key(piece: Piece, headings: set[str]) -> object:
    mark = next((m for m in reference_marks(piece) if m in headings), "")
    return mark or tuple(line.skeleton for line in block_lines(piece.block))


def _printed(piece: Piece) -> object:
    return tuple(line.printed for line in block_lines(piece.block))
