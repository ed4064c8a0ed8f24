"""The form of the contract: ordinary, tranches, framework; duration, variants."""

from sicp.content_types.consultation.upstream_form.condition import IS_FRAMEWORK
from sicp.content_types.consultation.upstream_form.condition import all_of
from sicp.content_types.consultation.upstream_form.condition import among
from sicp.content_types.consultation.upstream_form.condition import is_
from sicp.engines.drafting.fields import Choice
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.i18n import _

CONTRACT_FORMS = (
    Choice("ordinary", _("form-ordinary", default="Marché ordinaire")),
    Choice("tranches", _("form-tranches", default="Marché à tranches")),
    Choice(
        "framework_orders",
        _("form-framework-orders", default="Accord-cadre à bons de commande"),
    ),
    Choice(
        "framework_subsequent",
        _("form-framework-subsequent", default="Accord-cadre à marchés subséquents"),
    ),
    Choice(
        "framework_mixed",
        _(
            "form-framework-mixed",
            default="Accord-cadre à bons de commande et marchés subséquents",
        ),
    ),
)

CCAGS = (
    Choice("travaux", "CCAG Travaux"),
    Choice("fcs", "CCAG Fournitures courantes et services"),
    Choice("pi", "CCAG Prestations intellectuelles"),
    Choice("moe", "CCAG Maîtrise d’œuvre"),
    Choice("tic", "CCAG Techniques de l’information et de la communication"),
    Choice("mi", "CCAG Marchés industriels"),
    Choice("none", _("ccag-none", default="Aucun CCAG")),
)

CONTRACT = (
    Field(
        "contract_form",
        _("field-contract-form", default="Forme du contrat"),
        FieldType.CHOICE,
        choices=CONTRACT_FORMS,
        required=True,
        on_card=True,
        law=("L2125-1", "R2162-2", "R2113-4"),
    ),
    Field(
        "framework_minimum",
        _("field-framework-minimum", default="Minimum de l’accord-cadre (€ HT)"),
        FieldType.AMOUNT,
        minimum=0,
        applies_when=IS_FRAMEWORK,
        law=("R2162-4",),
    ),
    Field(
        "framework_maximum",
        _("field-framework-maximum", default="Maximum de l’accord-cadre (€ HT)"),
        FieldType.AMOUNT,
        minimum=1,
        required=True,
        applies_when=IS_FRAMEWORK,
        law=("R2162-4",),
        help=_(
            "help-framework-maximum",
            default="Obligatoire, sur toute la durée, reconductions comprises.",
        ),
    ),
    Field(
        "framework_holders",
        _("field-framework-holders", default="Nombre de titulaires"),
        FieldType.CHOICE,
        choices=(
            Choice("single", _("holders-single", default="Un seul titulaire")),
            Choice("multiple", _("holders-multiple", default="Plusieurs titulaires")),
        ),
        required=True,
        applies_when=IS_FRAMEWORK,
        law=("R2162-1",),
    ),
    Field(
        "framework_holders_maximum",
        _("field-framework-holders-maximum", default="Nombre maximal de titulaires"),
        FieldType.INTEGER,
        minimum=2,
        maximum=100,
        applies_when=all_of(IS_FRAMEWORK, is_("framework_holders", "multiple")),
    ),
    Field(
        "framework_duration_reason",
        _(
            "field-framework-duration-reason",
            default="Motif d’une durée supérieure au maximum légal",
        ),
        FieldType.LONG_TEXT,
        maximum=5000,
        applies_when=IS_FRAMEWORK,
        law=("L2125-1",),
    ),
    Field(
        "tranches",
        _("field-tranches", default="Tranches"),
        FieldType.ROWS,
        maximum=30,
        required=True,
        applies_when=is_("contract_form", "tranches"),
        law=("R2113-4", "R2113-6"),
        columns=(
            Field(
                "number",
                _("tranche-number", default="Numéro"),
                FieldType.INTEGER,
                required=True,
                minimum=0,
                maximum=99,
            ),
            Field(
                "kind",
                _("tranche-kind", default="Type"),
                FieldType.CHOICE,
                required=True,
                choices=(
                    Choice("firm", _("tranche-firm", default="Ferme")),
                    Choice("optional", _("tranche-optional", default="Optionnelle")),
                ),
            ),
            Field(
                "object",
                _("tranche-object", default="Objet"),
                required=True,
                maximum=500,
            ),
            Field(
                "deadline_months",
                _("tranche-deadline", default="Délai d’affermissement (mois)"),
                FieldType.MONTHS,
            ),
        ),
    ),
    Field(
        "duration_months",
        _("field-duration", default="Durée (mois)"),
        FieldType.MONTHS,
        required=True,
        on_card=True,
        minimum=1,
        maximum=600,
        law=("L2112-5", "L2125-1"),
        help=_("help-duration", default="Période initiale, sans les reconductions."),
    ),
    Field(
        "start",
        _("field-start", default="Point de départ de la durée"),
        FieldType.CHOICE,
        required=True,
        choices=(
            Choice(
                "notification",
                _("start-notification", default="Notification du contrat"),
            ),
            Choice("order", _("start-order", default="Ordre de service de commencer")),
            Choice("date", _("start-date", default="Date fixée")),
        ),
    ),
    Field(
        "start_on",
        _("field-start-on", default="Date de début"),
        FieldType.DATE,
        required=True,
        applies_when=is_("start", "date"),
    ),
    Field(
        "renewals",
        _("field-renewals", default="Nombre de reconductions"),
        FieldType.INTEGER,
        minimum=0,
        maximum=10,
        on_card=True,
        law=("R2112-4",),
    ),
    Field(
        "renewal_months",
        _("field-renewal-months", default="Durée de chaque reconduction (mois)"),
        FieldType.MONTHS,
        minimum=1,
        maximum=120,
        required=True,
        applies_when={"field": "renewals", "operator": "gt", "value": 0},
    ),
    Field(
        "is_renewal_tacit",
        _("field-is-renewal-tacit", default="Reconduction tacite"),
        FieldType.BOOLEAN,
        law=("R2112-4",),
        applies_when={"field": "renewals", "operator": "gt", "value": 0},
    ),
    Field(
        "ccag",
        _("field-ccag", default="CCAG de référence"),
        FieldType.CHOICE,
        choices=CCAGS,
        required=True,
        law=("R2112-2",),
    ),
    Field(
        "variants",
        _("field-variants", default="Variantes"),
        FieldType.CHOICE,
        choices=(
            Choice("allowed", _("variants-allowed", default="Autorisées")),
            Choice("forbidden", _("variants-forbidden", default="Interdites")),
            Choice("required", _("variants-required", default="Exigées")),
        ),
        required=True,
        law=("L2151-2", "R2151-8"),
        help=_(
            "help-variants",
            default="Le choix est toujours dit : la loi et le "
            "règlement ne donnent pas la même règle par défaut.",
        ),
    ),
    Field(
        "variant_requirements",
        _("field-variant-requirements", default="Exigences minimales des variantes"),
        FieldType.LONG_TEXT,
        maximum=5000,
        required=True,
        law=("R2151-10",),
        applies_when=among("variants", "allowed", "required"),
    ),
    Field(
        "group_form",
        _("field-group-form", default="Groupement après attribution"),
        FieldType.CHOICE,
        choices=(
            Choice("free", _("group-free", default="Aucune forme imposée")),
            Choice("joint_liable", _("group-joint-liable", default="Solidaire")),
            Choice(
                "joint", _("group-joint", default="Conjoint avec mandataire solidaire")
            ),
        ),
        law=("R2142-22", "R2142-24"),
    ),
)
