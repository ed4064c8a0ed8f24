"""What is asked of candidates, and how bids are judged."""

from sicp.content_types.consultation.upstream_form.condition import among
from sicp.engines.drafting.fields import Choice
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.i18n import _

CRITERION_KINDS = (
    Choice("price", _("criterion-price", default="Prix")),
    Choice("cost", _("criterion-cost", default="Coût du cycle de vie")),
    Choice("technical", _("criterion-technical", default="Valeur technique")),
    Choice(
        "environmental",
        _("criterion-environmental", default="Performance environnementale"),
    ),
    Choice("social", _("criterion-social", default="Performance sociale")),
    Choice("delay", _("criterion-delay", default="Délai")),
    Choice("other", _("criterion-other", default="Autre")),
)

AWARD = (
    Field(
        "criteria",
        _("field-criteria", default="Critères d’attribution"),
        FieldType.ROWS,
        required=True,
        maximum=20,
        law=("L2152-7", "R2152-7", "R2152-12"),
        help=_(
            "help-criteria",
            default="La somme des poids fait 100 ; depuis le "
            "21 août 2026, un critère au moins est environnemental.",
        ),
        columns=(
            Field(
                "title",
                _("criterion-title", default="Intitulé"),
                required=True,
                maximum=300,
            ),
            Field(
                "kind",
                _("criterion-kind", default="Type"),
                FieldType.CHOICE,
                choices=CRITERION_KINDS,
                required=True,
            ),
            Field(
                "weight",
                _("criterion-weight", default="Poids (%)"),
                FieldType.PERCENT,
                required=True,
                minimum=1,
                maximum=100,
            ),
        ),
    ),
    Field(
        "turnover_minimum",
        _(
            "field-turnover-minimum",
            default="Chiffre d’affaires annuel minimal exigé (€ HT)",
        ),
        FieldType.AMOUNT,
        minimum=0,
        law=("R2142-6", "R2142-7"),
    ),
    Field(
        "turnover_reason",
        _(
            "field-turnover-reason",
            default="Motif d’une exigence supérieure au maximum légal",
        ),
        FieldType.LONG_TEXT,
        maximum=5000,
        applies_when={"field": "turnover_minimum", "operator": "filled"},
        law=("R2142-7",),
    ),
    Field(
        "capacities",
        _("field-capacities", default="Capacités exigées des candidats"),
        FieldType.LONG_TEXT,
        maximum=10000,
        law=("L2142-1", "R2142-1"),
    ),
    Field(
        "offer_validity_days",
        _("field-offer-validity", default="Validité des offres (jours)"),
        FieldType.DAYS,
        minimum=1,
        maximum=730,
        required=True,
    ),
    Field(
        "site_visit",
        _("field-site-visit", default="Visite des lieux"),
        FieldType.CHOICE,
        choices=(
            Choice("none", _("visit-none", default="Sans visite")),
            Choice("optional", _("visit-optional", default="Facultative")),
            Choice("mandatory", _("visit-mandatory", default="Obligatoire")),
        ),
    ),
    Field(
        "site_visit_details",
        _("field-site-visit-details", default="Conditions de la visite"),
        FieldType.LONG_TEXT,
        maximum=5000,
        required=True,
        applies_when=among("site_visit", "optional", "mandatory"),
    ),
)
