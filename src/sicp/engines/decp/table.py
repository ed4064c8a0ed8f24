"""The tabular format: one line per holder and per state of a contract."""

import csv
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import groupby
from itertools import pairwise
from typing import Any
from typing import TextIO

from sicp.engines.decp.contract import read_contract
from sicp.engines.decp.publications import one_number_for_several
from sicp.engines.decp.record import DecpRecord
from sicp.engines.decp.record import DecpUnreadable
from sicp.engines.decp.record import Refusal
from sicp.engines.decp.staging import Piece
from sicp.engines.decp.values import Notes
from sicp.engines.decp.values import read_day
from sicp.i18n import _

NEEDED = frozenset({"id", "acheteur_id", "montant", "dateNotification"})
#: What no amendment changes: lines that differ here tell several contracts.
CONSTANT = ("acheteur_id", "codeCPV", "procedure", "offresRecues")
#: Columns that have the name and the meaning of a member of the JSON format.
SAME_NAME = (
    "id",
    "type",
    "nature",
    "objet",
    "codeCPV",
    "procedure",
    "dureeMois",
    "montant",
    "dateNotification",
    "datePublicationDonnees",
    "formePrix",
    "offresRecues",
    "idAccordCadre",
)
LISTED = {
    "techniques": "technique",
    "modalitesExecution": "modaliteExecution",
    "typesPrix": "typePrix",
    "considerationsSociales": "considerationSociale",
    "considerationsEnvironnementales": "considerationEnvironnementale",
}

Line = Mapping[str, str]


def table_lines(text: TextIO) -> Iterator[dict[str, str]]:
    """Give the lines of a table by column name, whichever its separator.

    Raises:
        DecpUnreadable: the first line does not name the columns of the format, or a
            line cannot be cut into cells.
    """
    header = text.readline()
    separator = max(",;\t", key=header.count)
    names = next(csv.reader([header], delimiter=separator), [])
    if not set(names) >= NEEDED:
        raise DecpUnreadable(unknown_format())
    try:
        yield from csv.DictReader(
            text, fieldnames=names, delimiter=separator, restkey="", restval=""
        )
    except csv.Error as error:
        raise DecpUnreadable(unknown_format()) from error


def unknown_format() -> str:
    """Say that the file is none of the formats."""
    message: str = _(
        "decp-file-format",
        default="Le fichier n’a le format d’aucune version des données essentielles.",
    )
    return message


def read_lines(pieces: Sequence[Piece]) -> DecpRecord | Refusal:
    """Read one contract from all the lines that bear its number.

    Lines of one day are its holders, who share an amount and a duration. Later days
    are its amendments. Where lines differ in what no amendment changes, where one day
    has two amounts, or where both holders and amount change at once, the number was
    given to several contracts: none is taken.
    """
    states = states_of(pieces)
    if tells_several(pieces, states):
        return one_number_for_several(pieces)
    content = contract_content(states[0])
    content["modifications"] = [modification(state) for state in states[1:]]
    told = [*pieces[:-1], Piece(pieces[-1].position, pieces[0].uid, "table", content)]
    return read_contract(told, Notes())


def states_of(pieces: Sequence[Piece]) -> tuple[tuple[Line, ...], ...]:
    """Gather the lines by day of notification, the first day first."""
    lines = sorted((piece.content for piece in pieces), key=day_of)
    return tuple(tuple(group) for _day, group in groupby(lines, key=day_of))


def day_of(line: Line) -> str:
    """Return the day of a line; unreadable ones are left for the reading to tell."""
    day = read_day(line.get("dateNotification"))
    return day.isoformat() if day else ""


def tells_several(pieces: Sequence[Piece], states: Sequence[Sequence[Line]]) -> bool:
    """Tell whether the lines of one number are of several contracts."""
    constants = {tuple(p.content.get(name) for name in CONSTANT) for p in pieces}
    one_amount_a_day = all(
        len({(line.get("montant"), line.get("dureeMois")) for line in state}) == 1
        for state in states
    )
    follows = all(is_amendment(before, after) for before, after in pairwise(states))
    return len(constants) > 1 or not one_amount_a_day or not follows


def is_amendment(before: Sequence[Line], after: Sequence[Line]) -> bool:
    """Tell whether a state follows another: it keeps a holder, or the amount."""
    holders = {line.get("titulaire_id") for line in before}
    kept = any(line.get("titulaire_id") in holders for line in after)
    return kept or before[0].get("montant") == after[0].get("montant")


def contract_content(state: Sequence[Line]) -> dict[str, Any]:
    """Write the lines of one day as the JSON format does."""
    line = state[0]
    content: dict[str, Any] = {name: line[name] for name in SAME_NAME if name in line}
    for name, item in LISTED.items():
        if line.get(name):
            content[name] = {item: [part.strip() for part in line[name].split(",")]}
    content["acheteur"] = {"id": line["acheteur_id"], "nom": line.get("acheteur_nom")}
    content["titulaires"] = holder_rows(state)
    content["lieuExecution"] = {
        "code": line.get("lieuExecution_code"),
        "typeCode": line.get("lieuExecution_typeCode"),
        "nom": line.get("lieuExecution_nom"),
    }
    return content


def holder_rows(state: Sequence[Line]) -> list[dict[str, Any]]:
    """Write the holders of one day as the JSON format does."""
    return [
        {
            "id": line.get("titulaire_id"),
            "nom": line.get("titulaire_nom"),
            "typeIdentifiant": line.get("titulaire_typeIdentifiant"),
        }
        for line in state
    ]


def modification(state: Sequence[Line]) -> dict[str, Any]:
    """Write a later day as an amendment of the JSON format."""
    line = state[0]
    return {
        "dateNotificationModification": line.get("dateNotification"),
        "datePublicationDonneesModification": line.get("datePublicationDonnees"),
        "montant": line.get("montant"),
        "dureeMois": line.get("dureeMois"),
        "titulaires": holder_rows(state),
    }
