"""A short document that shows the look a body chose, whatever it holds."""

from datetime import datetime
from typing import Any

from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.canevas import ClauseUse
from sicp.engines.drafting.canevas import Cover
from sicp.engines.drafting.canevas import Part
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.fields import FieldSet
from sicp.operations.document.production import write_file

_TITLE = "Exemple de document"
_TEXT = """
Ce paragraphe montre le **texte courant**, sa police, sa taille et sa couleur. Il est
assez long pour que l’on voie comment les lignes se suivent et s’alignent à la marge.

- un premier élément de liste ;
- un second élément.

| Lot | Montant estimé |
|---|---|
| Lot n° 1 | 120 000,00 € HT |
| Lot n° 2 | 96 000,00 € HT |
"""
_CLAUSES = (
    Clause("sample-object", "Objet", _TEXT),
    Clause("sample-duration", "Durée", "Le contrat dure douze mois."),
    Clause("sample-price", "Prix", _TEXT),
    Clause("sample-payment", "Paiement", "Le délai de paiement est de trente jours."),
)


def sample_draft() -> Draft:
    """Assemble the sample: a cover, articles, a list, a table."""
    uses = tuple(ClauseUse(clause.id) for clause in _CLAUSES)
    parts = (
        Part("sample-first", "Le contrat", uses[:2]),
        Part("sample-second", "Les conditions financières", uses[2:]),
    )
    cover = Cover(_TITLE, "**Prestations de nettoyage des locaux**")
    canevas = Canevas("sample", _TITLE, "", parts=parts, cover=cover)
    return assemble(canevas, Library(_CLAUSES), {}, FieldSet(()))


def write_style_sample(style: Any, now: datetime, extension: str) -> bytes:  # noqa: ANN401
    """Return the sample as a file in the look ``style``.

    Raises:
        InvalidInputError: no such kind of file.
        UnavailableError: LibreOffice, which makes the PDF, is missing or failed.
    """
    look: HouseStyle = style
    properties = Properties(
        title=_TITLE,
        reference="2027-0000",
        author=look.organisation,
        created_at=now,
    )
    return write_file(sample_draft(), look, properties, extension)
