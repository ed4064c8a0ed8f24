"""Which spaces of a page are meant, and which are those of its source or its editor."""

import re

#: Signs no file may hold, and the invisible ones editors leave around a chip.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u200b\ufeff]"
)
_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_UNTIDY = re.compile(f"[ \t\x1f\xa0{_LINE_ENDS}]{{2,}}|[\t\x1f{_LINE_ENDS}]")
_LITERAL = re.compile("[ \xa0\n]{2,}|[\u200b\ufeff]+")


def legal(text: str) -> str:
    """Drop the signs that no page and no document may hold."""
    return _ILLEGAL.sub("", text)


def tidy(text: str) -> str:
    """Make one space of a run of spaces, as a browser does; a wrap stays a wrap.

    A lone no-break space is a choice of the writer; beside another space it is what an
    editor puts to show two of them.
    """
    return _UNTIDY.sub(_one_space, _DROPPED.sub("", text))


def exact(text: str) -> str:
    """Keep every space, but make each end of line one that the markup can write."""
    wrapped = "\n".join(re.split(f"[{_LINE_ENDS}]", legal(text)))
    if "\n" in wrapped:
        lines = (line.strip() for line in wrapped.split("\n")[1:-1])
        first, last = wrapped.split("\n")[0], wrapped.split("\n")[-1]
        inner = "".join(f"{line}\n" for line in lines if line)
        wrapped = f"{first.rstrip()}\n{inner}{last.lstrip()}"
    return re.sub("[\t\x1f]", " ", wrapped)


def on_one_line(text: str) -> str:
    """Make a space of each wrap: a title and a cell have none."""
    lines = re.split(f"[{_LINE_ENDS}]", text)
    if len(lines) == 1:
        return text
    inner = [line.strip() for line in lines[1:-1]]
    kept = [lines[0].rstrip(), *(line for line in inner if line), lines[-1].lstrip()]
    return " ".join(kept)


def literal_pieces(text: str) -> list[tuple[str, bool]]:
    """Cut a text into pieces; True marks spaces that ``tidy`` would not leave alone."""
    pieces: list[tuple[str, bool]] = []
    start = 0
    for found in _LITERAL.finditer(text):
        pieces.extend([(text[start : found.start()], False), (found.group(), True)])
        start = found.end()
    pieces.append((text[start:], False))
    return [piece for piece in pieces if piece[0]]


def _one_space(found: re.Match[str]) -> str:
    return "\n" if "\n" in found.group() or "\r" in found.group() else " "
