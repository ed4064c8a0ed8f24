"""Several publications of one number: the same contract corrected, or several."""

from collections.abc import Sequence

from sicp.engines.decp.contract import amount_of
from sicp.engines.decp.contract import objects
from sicp.engines.decp.contract import read_contract
from sicp.engines.decp.labels import plain
from sicp.engines.decp.record import DecpRecord
from sicp.engines.decp.record import Refusal
from sicp.engines.decp.record import Remark
from sicp.engines.decp.staging import Piece
from sicp.engines.decp.values import Notes
from sicp.engines.decp.values import read_day
from sicp.engines.decp.values import read_decimal
from sicp.i18n import _


def read_publications(pieces: Sequence[Piece]) -> DecpRecord | Refusal:
    """Read the last publication of a contract, if they all tell the same one.

    Buyers publish again to correct, and some give one number to all the lots of a
    consultation. A correction keeps a holder, and the object or the amount; otherwise
    nobody can say which contract the number names, and none is taken.
    """
    ordered = sorted(pieces, key=publication_rank)
    last = ordered[-1]
    if not all(is_same_contract(piece, last) for piece in ordered):
        return one_number_for_several(pieces)
    notes = Notes()
    if len(pieces) > 1:
        notes.remark("id", published_again(len(pieces)))
    return read_contract(ordered, notes)


def publication_rank(piece: Piece) -> tuple[str, int]:
    """Order publications by their day, then as the file has them."""
    day = read_day(piece.content.get("datePublicationDonnees"))
    return (day.isoformat() if day else "", piece.position)


def is_same_contract(piece: Piece, other: Piece) -> bool:
    """Tell whether two publications of one number are of one contract."""
    shared = holder_numbers(piece) & holder_numbers(other)
    nobody = not holder_numbers(piece) and not holder_numbers(other)
    same_object = told_object(piece) == told_object(other)
    same_amount = told_amount(piece) == told_amount(other)
    return bool(shared or nobody) and (same_object or same_amount)


def holder_numbers(piece: Piece) -> set[str]:
    """Return the numbers of the holders."""
    rows = objects(piece.content, "titulaires", "titulaire")
    rows += objects(piece.content, "concessionnaires", "concessionnaire")
    return {str(row.get("id")) for row in rows}


def told_object(piece: Piece) -> str:
    """Return the object, bare of what a second typing changes."""
    return plain(str(piece.content.get("objet") or ""))


def told_amount(piece: Piece) -> object:
    """Return the amount, as a figure where it is one."""
    value = amount_of(piece.content)[1]
    return read_decimal(value) or value


def published_again(count: int) -> str:
    """Say that the contract is there several times."""
    message: str = _(
        "decp-published-again",
        default="Le contrat est publié ${count} fois dans ce fichier. La dernière "
        "publication est retenue.",
        mapping={"count": str(count)},
    )
    return message


def one_number_for_several(pieces: Sequence[Piece]) -> Refusal:
    """Refuse pieces that give one number to several contracts."""
    message = _(
        "decp-number-shared",
        default="Le même numéro désigne plusieurs contrats. L’identité de chacun est "
        "incertaine.",
    )
    positions = tuple(piece.position for piece in pieces)
    return Refusal(positions, pieces[0].uid, (Remark("id", message),))
