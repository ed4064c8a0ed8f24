"""Economic operators: those who bid, and those who hold contracts."""

from substanced.content import content
from zope.interface import implementer

from sicp.content_types.base import Container
from sicp.content_types.base import Content
from sicp.interfaces.company import ICompanies
from sicp.interfaces.company import ICompany


@content("Company")
@implementer(ICompany)
class Company(Content):
    """One economic operator.

    ``identifier_type`` is one of the kinds of the open data format: SIRET, TVA,
    TAHITI, RIDET, FRWF, IREP, HORS-UE.
    """

    is_identifier_valid = True

    def __init__(self, identifier: str, identifier_type: str, title: str) -> None:
        self.identifier = identifier
        self.identifier_type = identifier_type
        self.title = title


@content("Companies")
@implementer(ICompanies)
class Companies(Container):
    """All companies, by identifier."""
