"""Read a file of « données essentielles » of any version, contract by contract."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from typing import TextIO

from sicp.engines.decp.contract import buyer_of
from sicp.engines.decp.json_stream import JsonWalker
from sicp.engines.decp.publications import read_publications
from sicp.engines.decp.record import DecpRecord
from sicp.engines.decp.record import DecpUnreadable
from sicp.engines.decp.record import Refusal
from sicp.engines.decp.source import Opened
from sicp.engines.decp.source import Source
from sicp.engines.decp.source import opened
from sicp.engines.decp.staging import Piece
from sicp.engines.decp.staging import Staging
from sicp.engines.decp.table import read_lines
from sicp.engines.decp.table import table_lines
from sicp.engines.decp.table import unknown_format

#: Names of the arrays that hold contracts, in every version.
ARRAYS = frozenset({"", "marches", "marche", "contrat-concession", "contrats"})
STEP = 500
Progress = Callable[[int], None]


def read_decp(
    source: Source, progress: Progress | None = None
) -> Iterator[DecpRecord | Refusal]:
    """Read ``source``, a path or a binary stream, compressed or not.

    Contracts come in the order the file first names them, each once; ``progress`` is
    told how many records or lines were read, every few hundred. Nothing is given
    before the whole file has been read, so that a damaged one gives nothing.

    Raises:
        DecpUnreadable: the file is damaged, or of no known format.
    """
    with closing(Staging()) as staging:
        with opened(source) as file:
            staging.add(reported(pieces_of(file), progress))
        for pieces in staging.contracts():
            is_table = pieces[0].kind == "table"
            yield read_lines(pieces) if is_table else read_publications(pieces)


def reported(pieces: Iterator[Piece], progress: Progress | None) -> Iterator[Piece]:
    """Tell ``progress`` how far the reading is, and at the end how much there was."""
    count = 0
    while step := list(islice(pieces, STEP)):
        count += len(step)
        if progress is not None:
            progress(count)
        yield from step


def pieces_of(file: Opened) -> Iterator[Piece]:
    """Give the records or the lines of a file, whichever its format."""
    is_json = file.first in {b"{", b"["}
    return json_pieces(file.text) if is_json else table_pieces(file.text)


def json_pieces(text: TextIO) -> Iterator[Piece]:
    """Give the contracts of a JSON file.

    Raises:
        DecpUnreadable: it holds no array of contracts.
    """
    position = 0
    for name, content in JsonWalker(text).elements():
        if name in ARRAYS:
            position += 1
            yield Piece(position, json_uid(content, position), "json", content)
    if not position:
        raise DecpUnreadable(unknown_format())


def json_uid(content: dict[str, object], position: int) -> str:
    """Return the key of a contract; one without identity stands alone."""
    return key(buyer_of(content).get("id"), content.get("id"), position)


def table_pieces(text: TextIO) -> Iterator[Piece]:
    """Give the lines of a table, the first under its header being 1."""
    for position, line in enumerate(table_lines(text), 1):
        uid = key(line.get("acheteur_id"), line.get("id"), position)
        yield Piece(position, uid, "table", line)


def key(siret: object, number: object, position: int) -> str:
    """Return what the pieces of one contract share, and those of no other."""
    buyer, own = ("".join(str(part or "").split()) for part in (siret, number))
    return f"{buyer}{own}" if buyer and own else f"#{position}"
