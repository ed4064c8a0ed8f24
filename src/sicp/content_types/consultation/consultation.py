"""A consultation, and the folders it lives in: module, body, year."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from persistent.mapping import PersistentMapping
from substanced.content import content
from zope.interface import implementer

from sicp.content_types.base import Container
from sicp.interfaces.consultation import IConsultation
from sicp.interfaces.consultation import IConsultationFolder
from sicp.interfaces.consultation import IConsultations


@content("Consultations")
@implementer(IConsultations)
class Consultations(Container):
    """The module « Procédures »."""


@content("ConsultationBody")
@implementer(IConsultationFolder)
class ConsultationBody(Container):
    """The consultations of one public body, by year."""

    entity = 0


@content("ConsultationYear")
@implementer(IConsultationFolder)
class ConsultationYear(Container):
    """The consultations of one body opened in one year."""


@content("Consultation")
@implementer(IConsultation)
class Consultation(Container):
    """One purchase, from the definition of the need to the end of the contract.

    ``responsible`` and ``beneficiaries`` are numbers of entities: the responsible ones
    and those above intervene, the beneficiaries and those below see the short card.
    ``answers`` holds the upstream form by name of field; a field never answered is
    absent. ``award`` holds what open data tells of a contract already awarded;
    ``source_answers`` are the answers it gave, to know those a person wrote since.
    """

    reference = ""
    body_entity = 0
    responsible: tuple[int, ...] = ()
    beneficiaries: tuple[int, ...] = ()
    award: Mapping[str, Any] | None = None
    source_uid = ""
    source_digest = ""
    source_answers: Mapping[str, Any] = MappingProxyType({})

    def __init__(self, reference: str) -> None:
        super().__init__()
        self.reference = reference
        self.answers = PersistentMapping()

    @property
    def object(self) -> str:
        """Say in a sentence what is bought."""
        return self.answers.get("object", "")
