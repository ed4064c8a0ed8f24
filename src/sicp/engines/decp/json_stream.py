"""Walk through the objects of a JSON file without holding it in memory."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from typing import TextIO

from sicp.engines.decp.record import DecpUnreadable
from sicp.i18n import _

CHUNK = 1 << 18
#: One contract is some kilobytes; beyond this the file is not what it claims.
LARGEST_OBJECT = 1 << 24
SPACES = " \t\r\n"
PUNCTUATION = "{}[]:,"


class JsonWalker:
    """Reads a JSON text piece by piece; every object inside an array is one element.

    ``{"marches": [...]}``, ``{"marches": {"marche": [...]}}`` and ``[...]`` are all
    walked the same way: names of members lead to arrays, arrays hold the elements.
    """

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._buffer = ""
        self._at = 0
        self._decoder = json.JSONDecoder(parse_float=Decimal)

    def elements(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give each object with the name of the array that holds it, "" at the root.

        Raises:
            DecpUnreadable: the text is no JSON, or stops before its end.
        """
        try:
            yield from self._value("")
        except RecursionError as error:
            raise DecpUnreadable(incomplete_json()) from error
        if self._peek():
            raise DecpUnreadable(incomplete_json())

    def _value(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        mark = self._peek()
        if mark == "{":
            yield from self._members()
        elif mark == "[":
            yield from self._items(name)
        else:
            self._decode()

    def _members(self) -> Iterator[tuple[str, dict[str, Any]]]:
        self._take("{")
        while self._peek() != "}":
            name = self._decode()
            self._take(":")
            yield from self._value(str(name))
            if self._peek() != "}":
                self._take(",")
        self._take("}")

    def _items(self, name: str) -> Iterator[tuple[str, dict[str, Any]]]:
        self._take("[")
        while self._peek() != "]":
            item = self._decode()
            if isinstance(item, dict):
                yield name, item
            if self._peek() != "]":
                self._take(",")
        self._take("]")

    def _take(self, mark: str) -> None:
        """Pass over a sign.

        Raises:
            DecpUnreadable: another one stands there.
        """
        if self._peek() != mark:
            raise DecpUnreadable(incomplete_json())
        self._at += 1

    def _peek(self) -> str:
        """Return the next sign that is no space, "" at the end of the text."""
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at] in SPACES:
                self._at += 1
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._read():
                return ""

    def _decode(self) -> Any:
        """Read one whole value, with as much text as it needs.

        Raises:
            DecpUnreadable: there is no value there, or not all of it.
        """
        if self._peek() in {"", *PUNCTUATION} - {"{", "["}:
            raise DecpUnreadable(incomplete_json())
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except RecursionError as error:
                raise DecpUnreadable(incomplete_json()) from error
            except json.JSONDecodeError as error:
                if self._is_hopeless() or not self._read():
                    raise DecpUnreadable(incomplete_json()) from error
                continue
            # A number cut by the end of the piece would read as a shorter one.
            if end < len(self._buffer) or not self._read():
                self._at = end
                return value

    def _is_hopeless(self) -> bool:
        return len(self._buffer) - self._at > LARGEST_OBJECT

    def _read(self) -> bool:
        """Add a piece of text to what is left; False at the end of the file."""
        piece = self._text.read(CHUNK)
        if piece:
            self._buffer = self._buffer[self._at :] + piece
            self._at = 0
        return bool(piece)


def incomplete_json() -> str:
    """Say that the text is no JSON, or not all of it."""
    message: str = _(
        "decp-file-json",
        default="Le fichier n’est pas un JSON complet et correct.",
    )
    return message
