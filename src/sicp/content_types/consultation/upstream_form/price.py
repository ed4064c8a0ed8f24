"""Prices, their variation, advance, payment, penalties."""

from sicp.content_types.consultation.upstream_form.condition import is_
from sicp.engines.drafting.fields import Choice
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.i18n import _

PRICE = (
    Field(
        "price_form",
        _("field-price-form", default="Forme des prix"),
        FieldType.CHOICE,
        required=True,
        law=("R2112-6",),
        choices=(
            Choice("unit", _("price-unit", default="Prix unitaires")),
            Choice("lump_sum", _("price-lump-sum", default="Prix forfaitaires")),
            Choice("mixed", _("price-mixed", default="Prix mixtes")),
        ),
    ),
    Field(
        "price_variation",
        _("field-price-variation", default="Variation des prix"),
        FieldType.CHOICE,
        required=True,
        law=("R2112-9", "R2112-10", "R2112-13"),
        choices=(
            Choice("firm", _("variation-firm", default="Prix fermes")),
            Choice(
                "updatable",
                _("variation-updatable", default="Prix fermes actualisables"),
            ),
            Choice("revisable", _("variation-revisable", default="Prix révisables")),
        ),
    ),
    Field(
        "price_base_on",
        _("field-price-base", default="Mois d’établissement des prix (mois zéro)"),
        FieldType.DATE,
        help=_(
            "help-price-base",
            default="Par défaut, le mois de la date limite des offres.",
        ),
    ),
    Field(
        "price_index",
        _("field-price-index", default="Indice de révision"),
        maximum=300,
        required=True,
        applies_when=is_("price_variation", "revisable"),
        law=("R2112-13", "R2112-14"),
    ),
    Field(
        "price_fixed_share",
        _("field-price-fixed-share", default="Part fixe de la formule (%)"),
        FieldType.PERCENT,
        minimum=0,
        maximum=100,
        required=True,
        applies_when=is_("price_variation", "revisable"),
    ),
    Field(
        "advance",
        _("field-advance", default="Avance"),
        FieldType.CHOICE,
        required=True,
        law=("R2191-3", "R2191-5", "R2191-7"),
        choices=(
            Choice("legal", _("advance-legal", default="Selon la réglementation")),
            Choice("granted", _("advance-granted", default="Accordée à un taux fixé")),
            Choice("none", _("advance-none", default="Sans avance")),
        ),
    ),
    Field(
        "advance_rate",
        _("field-advance-rate", default="Taux de l’avance (%)"),
        FieldType.PERCENT,
        minimum=5,
        maximum=30,
        required=True,
        applies_when=is_("advance", "granted"),
        law=("R2191-7",),
    ),
    Field(
        "retention_rate",
        _("field-retention-rate", default="Retenue de garantie (%)"),
        FieldType.PERCENT,
        minimum=0,
        maximum=5,
        law=("R2191-33",),
    ),
    Field(
        "payment_days",
        _("field-payment-days", default="Délai de paiement (jours)"),
        FieldType.DAYS,
        minimum=1,
        maximum=30,
        required=True,
        law=("R2192-10",),
    ),
    Field(
        "funding",
        _("field-funding", default="Origine du financement"),
        maximum=500,
        help=_("help-funding", default="Budget propre, subvention…"),
    ),
    Field(
        "has_penalties",
        _("field-has-penalties", default="Pénalités de retard fixées au contrat"),
        FieldType.BOOLEAN,
    ),
    Field(
        "penalty_amount",
        _("field-penalty-amount", default="Pénalité par jour de retard (€)"),
        FieldType.AMOUNT,
        minimum=0,
        required=True,
        applies_when=is_("has_penalties", True),
    ),
)
