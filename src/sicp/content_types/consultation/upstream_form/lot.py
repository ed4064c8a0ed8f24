"""The lots (articles L2113-10 and following)."""

from sicp.content_types.consultation.upstream_form.condition import is_
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.i18n import _

LOT_COLUMNS = (
    Field("number", _("lot-number", default="Numéro"), FieldType.INTEGER),
    Field(
        "object", _("lot-object", default="Objet du lot"), required=True, maximum=1000
    ),
    Field(
        "estimated_amount",
        _("lot-estimated-amount", default="Montant estimé (€ HT)"),
        FieldType.AMOUNT,
    ),
    Field(
        "maximum_amount",
        _("lot-maximum-amount", default="Maximum (€ HT)"),
        FieldType.AMOUNT,
    ),
    Field("cpv", _("lot-cpv", default="Code CPV"), FieldType.CPV),
    Field(
        "duration_months", _("lot-duration", default="Durée (mois)"), FieldType.MONTHS
    ),
)

LOTS = (
    Field(
        "is_allotted",
        _("field-is-allotted", default="Prestations alloties"),
        FieldType.BOOLEAN,
        required=True,
        law=("L2113-10",),
    ),
    Field(
        "no_lots_reason",
        _("field-no-lots-reason", default="Motif du non-allotissement"),
        FieldType.LONG_TEXT,
        maximum=5000,
        required=True,
        law=("L2113-11",),
        applies_when=is_("is_allotted", False),
    ),
    Field(
        "lots",
        _("field-lots", default="Lots"),
        FieldType.ROWS,
        required=True,
        columns=LOT_COLUMNS,
        on_card=True,
        applies_when=is_("is_allotted", True),
        law=("L2113-10", "R2113-1"),
        meta={"stored_as": "content"},
    ),
    Field(
        "lots_per_bid_maximum",
        _(
            "field-lots-per-bid-maximum",
            default="Nombre maximal de lots par soumissionnaire",
        ),
        FieldType.INTEGER,
        minimum=1,
        maximum=500,
        applies_when=is_("is_allotted", True),
        law=("R2113-1",),
    ),
    Field(
        "lots_won_maximum",
        _(
            "field-lots-won-maximum",
            default="Nombre maximal de lots attribués à un même titulaire",
        ),
        FieldType.INTEGER,
        minimum=1,
        maximum=500,
        applies_when=is_("is_allotted", True),
        law=("R2113-1",),
    ),
)
