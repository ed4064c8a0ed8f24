"""The upstream form (« formulaire amont »): every question asked about a consultation.

One table serves the screens, the drafting of documents, the register of law and the
statistics. A field is asked once, in one step, when its condition holds; ``required``
says what a launch needs; ``on_card`` says what the short card shows to beneficiaries.
Amounts are EUR excluding tax, durations calendar months unless the title says days.
"""

from sicp.content_types.consultation.upstream_form.award import AWARD
from sicp.content_types.consultation.upstream_form.award import CRITERION_KINDS
from sicp.content_types.consultation.upstream_form.calendar import CALENDAR
from sicp.content_types.consultation.upstream_form.commitment import COMMITMENTS
from sicp.content_types.consultation.upstream_form.condition import IS_FRAMEWORK
from sicp.content_types.consultation.upstream_form.condition import all_of
from sicp.content_types.consultation.upstream_form.condition import among
from sicp.content_types.consultation.upstream_form.condition import is_
from sicp.content_types.consultation.upstream_form.context import CONTEXT_FIELDS
from sicp.content_types.consultation.upstream_form.contract import CCAGS
from sicp.content_types.consultation.upstream_form.contract import CONTRACT
from sicp.content_types.consultation.upstream_form.contract import CONTRACT_FORMS
from sicp.content_types.consultation.upstream_form.lot import LOT_COLUMNS
from sicp.content_types.consultation.upstream_form.lot import LOTS
from sicp.content_types.consultation.upstream_form.need import CATEGORIES
from sicp.content_types.consultation.upstream_form.need import NATURES
from sicp.content_types.consultation.upstream_form.need import NEED
from sicp.content_types.consultation.upstream_form.price import PRICE
from sicp.content_types.consultation.upstream_form.procedure import PROCEDURE
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.i18n import _

__all__ = [
    "AWARD",
    "CALENDAR",
    "CATEGORIES",
    "CCAGS",
    "COMMITMENTS",
    "CONTEXT_FIELDS",
    "CONTRACT",
    "CONTRACT_FORMS",
    "CRITERION_KINDS",
    "DRAFTING_FIELDS",
    "IS_FRAMEWORK",
    "LOTS",
    "LOT_COLUMNS",
    "NATURES",
    "NEED",
    "PRICE",
    "PROCEDURE",
    "STEPS",
    "UPSTREAM_FIELDS",
    "UPSTREAM_FORM",
    "all_of",
    "among",
    "card_fields",
    "fields_of_step",
    "is_",
]

STEPS = (
    ("need", _("step-need", default="Besoin")),
    ("procedure", _("step-procedure", default="Procédure")),
    ("contract", _("step-contract", default="Forme du contrat")),
    ("lots", _("step-lots", default="Lots")),
    ("price", _("step-price", default="Prix et paiement")),
    ("award", _("step-award", default="Candidatures et offres")),
    ("commitments", _("step-commitments", default="Engagements durables")),
    ("calendar", _("step-calendar", default="Dates et contacts")),
)

UPSTREAM_FIELDS: tuple[Field, ...] = tuple(
    Field(
        **{name: getattr(item, name) for name in Field.__slots__ if name != "step"},
        step=step,
    )
    for step, items in (
        ("need", NEED),
        ("procedure", PROCEDURE),
        ("contract", CONTRACT),
        ("lots", LOTS),
        ("price", PRICE),
        ("award", AWARD),
        ("commitments", COMMITMENTS),
        ("calendar", CALENDAR),
    )
    for item in items
)

UPSTREAM_FORM = FieldSet(UPSTREAM_FIELDS)
DRAFTING_FIELDS = FieldSet((*UPSTREAM_FIELDS, *CONTEXT_FIELDS))


def fields_of_step(step: str) -> tuple[Field, ...]:
    """Return the fields asked in ``step``, in the order of the form."""
    return tuple(item for item in UPSTREAM_FIELDS if item.step == step)


def card_fields() -> tuple[Field, ...]:
    """Return what the short card shows to beneficiaries; nothing else is theirs."""
    return tuple(item for item in UPSTREAM_FIELDS if item.on_card)
