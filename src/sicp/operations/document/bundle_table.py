"""The table of pieces (« bordereau des pièces ») and the sheets put for plans."""

from collections.abc import Iterable
from collections.abc import Sequence

from sicp.content_types.consultation.bundle import BundledFile
from sicp.content_types.consultation.bundle import BundledPiece
from sicp.engines.drafting.blocks import Cell
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import Row
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.draft import Run
from sicp.engines.drafting.draft import Section
from sicp.engines.drafting.typography import spaced

TITLE = "Bordereau des pièces"
_HEADER = ("N°", "Pièce", "Version", "Pages")
_FILES_HEADER = ("N°", "Fichier", "Taille")
_GROUP = 16


def table_draft(pieces: Sequence[BundledPiece]) -> Draft:
    """Return the table of pieces, ready to be written."""
    lines = (
        (str(n), _with_note(piece), piece.version, _pages(piece))
        for n, piece in enumerate(pieces, 1)
    )
    files = [(n, file) for n, piece in enumerate(pieces, 1) for file in piece.files]
    sizes = ((str(n), file.name, size_text(file.size)) for n, file in files)
    return _draft(
        TITLE,
        _section("pieces", TITLE, _table(_HEADER, lines)),
        _section("files", "Fichiers", _table(_FILES_HEADER, sizes)),
        _section("hashes", "Empreintes SHA-256", *_hashes(f for _n, f in files)),
    )


def slip_draft(title: str, reason: str) -> Draft:
    """Return the sheet that stands, in the whole PDF, for a piece that is not there."""
    text = "Cette pièce est jointe dans l’archive ; elle n’est pas reproduite ici."
    return _draft(title, _section("slip", title, _paragraph(text), _paragraph(reason)))


def size_text(size: int) -> str:
    """Say a size to the byte."""
    digits = f"{size:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return f"{digits}\N{NO-BREAK SPACE}octets"


def _with_note(piece: BundledPiece) -> str:
    return f"{piece.title} ({piece.note})" if piece.note else piece.title


def _pages(piece: BundledPiece) -> str:
    return "—" if piece.pages is None else str(piece.pages)


def _hashes(files: Iterable[BundledFile]) -> Iterable[Paragraph]:
    for file in files:
        groups = range(0, len(file.sha256), _GROUP)
        digest = " ".join(file.sha256[start : start + _GROUP] for start in groups)
        yield _paragraph(f"{file.name} : {digest}")


def _draft(title: str, *sections: Section) -> Draft:
    return Draft("", 0, title, title, None, sections, (), (), ())


def _section(name: str, title: str, *blocks: Paragraph | Table) -> Section:
    return Section("article", name, name, 1, "", (Run(title),), tuple(blocks))


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Run(spaced(text)),))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    return Table(_row(header), tuple(_row(row) for row in rows))


def _row(cells: Sequence[str]) -> Row:
    return Row(tuple(Cell((Run(spaced(text)),)) for text in cells))
