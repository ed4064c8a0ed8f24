"""The fields that clauses and canevas may name, with the law of a day."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from sicp.engines.drafting.fields import FieldSet
from sicp.operations.reference_data import procedure_choices


@lru_cache(maxsize=8)
def drafting_fields(on: date) -> FieldSet:
    """Return every field a document may name, with the procedures of the day ``on``."""
    procedures = procedure_choices(on)
    return FieldSet(
        tuple(
            replace(field, choices=procedures)
            if field.meta.get("reference_list") == "procedures"
            else field
            for field in DRAFTING_FIELDS.values()
        )
    )
