"""The pieces of a Word model: questions made of blanks, all proposed or none."""

from dataclasses import replace
from typing import Any

import pytest

from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.interfaces.user import Actor
from sicp.operations.clause.library import clause_called
from sicp.operations.clause.model import ModelPiece
from sicp.operations.clause.model import amended_data
from sicp.operations.clause.model import near_clauses
from sicp.operations.clause.model import new_data
from sicp.operations.clause.model import propose_pieces
from sicp.operations.clause.model import read_model
from sicp.operations.clause.proposal import propose_retirement
from tests.unit.engines.text_extraction import files

ON = "penalties-other"
NEW = ModelPiece(
    "Délai de réponse",
    "Réponse sous {to_fill_1} jours, puis {to_fill_2|long}, soit {to_fill_1}.",
    ("nombre de jours",),
    fate="create",
    place="penalites/retard",
)


def test_blanks_become_questions_named_after_the_title() -> None:
    data = new_data(NEW)
    assert data["text"] == (
        "Réponse sous {delai_de_reponse_1} jours, puis {delai_de_reponse_2|long}, "
        "soit {delai_de_reponse_1}."
    )
    titles = [item["title"] for item in data["variables"]]
    assert titles == ["nombre de jours", "À compléter"]
    assert (data["family"], data["theme"]) == ("penalites", "retard")


def test_an_amendment_keeps_all_but_the_text(site: Any, library: Any) -> None:
    before = clause_called(site, ON).current.data
    after = amended_data(site, replace(NEW, fate="amend", target=ON))
    assert after["title"] == before["title"]
    assert len(after["variables"]) == len(before["variables"]) + 2


def test_a_text_of_the_library_is_found_near_itself(
    site: Any, library: Any, doing: Any
) -> None:
    text = clause_called(site, ON).current.data["text"]
    nearest = near_clauses(site, text, doing.now.date())
    assert nearest[0].clause.clause_id == ON
    assert nearest[0].percent == 100
    assert near_clauses(site, "Zorglub et cucurbitacées.", doing.now.date()) == []


def test_all_is_proposed_or_nothing(site: Any, library: Any, doing: Any) -> None:
    wrong = replace(NEW, place="")
    with pytest.raises(InvalidInputError) as refused:
        propose_pieces(site, [NEW, wrong], **doing.by)
    assert refused.value.field == "piece-2"
    assert len(site["propositions"]) == 0
    made = propose_pieces(site, [replace(NEW, fate="ignore"), NEW], **doing.by)
    assert [item.clause_id for item in made] == ["delai-de-reponse"]


@pytest.mark.parametrize(
    "piece",
    [
        replace(NEW, title="…"),
        replace(NEW, text="{if: rien"),
        replace(NEW, fate="amend", target="nowhere"),
        replace(NEW, fate="amend"),
    ],
    ids=["no title", "unreadable", "no such clause", "no clause"],
)
def test_a_piece_that_cannot_be_proposed_is_told(
    site: Any, library: Any, doing: Any, piece: ModelPiece
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        propose_pieces(site, [piece], **doing.by)
    assert refused.value.field == "piece-1"


def test_one_clause_is_amended_once(site: Any, library: Any, doing: Any) -> None:
    piece = replace(NEW, fate="amend", target=ON)
    with pytest.raises(InvalidInputError) as refused:
        propose_pieces(site, [piece, piece], **doing.by)
    assert refused.value.field == "piece-2"
    propose_retirement(site, ON, **doing.by, reason="Doublon.")
    with pytest.raises(InvalidInputError):
        propose_pieces(site, [piece], **doing.by)


def test_nothing_is_read_nor_proposed_without_the_right(
    site: Any, library: Any, doing: Any
) -> None:
    nobody = Actor("nobody", "", frozenset())
    with pytest.raises(NotAllowedError):
        read_model(site, files.docx("# Titre", "Texte."), actor=nobody)
    with pytest.raises(NotAllowedError):
        propose_pieces(site, [NEW], **{**doing.by, "actor": nobody})
