"""The upstream form (« formulaire amont »): every question asked about a consultation.

One table serves the screens, the drafting of documents, the register of law and the
statistics. A field is asked once, in one step, when its condition holds; ``required``
says what a launch needs; ``on_card`` says what the short card shows to beneficiaries.
Amounts are EUR excluding tax, durations calendar months unless the title says days.
"""

from typing import Any

from sicp.engines.drafting.fields import Choice
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import FieldType
from sicp.i18n import _

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


def is_(field: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    """Write the condition « the field is this value »."""
    return {"field": field, "operator": "is", "value": value}


def among(field: str, *values: str) -> dict[str, Any]:
    """Write the condition « the field is one of these values »."""
    return {"field": field, "operator": "in", "value": list(values)}


def all_of(*rows: dict[str, Any]) -> dict[str, Any]:
    """Write the condition « all of these hold »."""
    return {"all": list(rows)}


IS_FRAMEWORK = among(
    "contract_form", "framework_orders", "framework_subsequent", "framework_mixed"
)

NATURES = (
    Choice("works", _("nature-works", default="Travaux")),
    Choice("supplies", _("nature-supplies", default="Fournitures")),
    Choice("services", _("nature-services", default="Services")),
)

#: What is bought, finer than the nature: it decides the canevas and the CCAG proposed.
CATEGORIES = (
    Choice(
        "common_services", _("category-common-services", default="Services courants")
    ),
    Choice("supplies", _("category-supplies", default="Fournitures courantes")),
    Choice(
        "intellectual_services",
        _("category-intellectual-services", default="Prestations intellectuelles"),
    ),
    Choice(
        "building_design",
        _("category-building-design", default="Maîtrise d’œuvre de bâtiment"),
    ),
    Choice(
        "building_works", _("category-building-works", default="Travaux de bâtiment")
    ),
    Choice(
        "infrastructure_design",
        _(
            "category-infrastructure-design",
            default="Maîtrise d’œuvre d’infrastructures",
        ),
    ),
    Choice(
        "infrastructure_works",
        _("category-infrastructure-works", default="Travaux d’infrastructures"),
    ),
    Choice(
        "technical_control",
        _("category-technical-control", default="Contrôle technique"),
    ),
    Choice(
        "fire_safety",
        _(
            "category-fire-safety",
            default="Coordination des systèmes de sécurité incendie (SSI)",
        ),
    ),
    Choice(
        "health_safety",
        _(
            "category-health-safety",
            default="Coordination sécurité et protection de la santé (SPS)",
        ),
    ),
    Choice(
        "ict",
        _("category-ict", default="Techniques de l’information et de la communication"),
    ),
    Choice("industrial", _("category-industrial", default="Marchés industriels")),
    Choice(
        "social_services",
        _(
            "category-social-services",
            default="Services sociaux et autres services spécifiques",
        ),
    ),
)

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

_NEED = (
    Field(
        "object",
        _("field-object", default="Objet du contrat"),
        maximum=1000,
        help=_(
            "help-object",
            default="Une phrase précise, telle qu’elle paraîtra "
            "dans l’avis et en tête de chaque pièce.",
        ),
        law=("L2111-1",),
        required=True,
        on_card=True,
    ),
    Field(
        "description",
        _("field-description", default="Description du besoin"),
        FieldType.LONG_TEXT,
        maximum=20000,
        law=("L2111-1", "L2111-2"),
    ),
    Field(
        "nature",
        _("field-nature", default="Nature des prestations"),
        FieldType.CHOICE,
        choices=NATURES,
        required=True,
        on_card=True,
        law=("L1111-2", "L1111-3", "L1111-4"),
    ),
    Field(
        "category",
        _("field-category", default="Catégorie d’achat"),
        FieldType.CHOICE,
        choices=CATEGORIES,
        required=True,
        on_card=True,
        help=_("help-category", default="Elle décide des canevas et du CCAG proposés."),
    ),
    Field(
        "cpv",
        _("field-cpv", default="Code CPV principal"),
        FieldType.CPV,
        required=True,
        on_card=True,
        law=(),
        help=_("help-cpv", default="Cherchez par mot ou par numéro."),
    ),
    Field(
        "cpv_additional",
        _("field-cpv-additional", default="Codes CPV complémentaires"),
        FieldType.ROWS,
        maximum=20,
        columns=(
            Field(
                "cpv", _("column-cpv", default="Code CPV"), FieldType.CPV, required=True
            ),
        ),
    ),
    Field(
        "place",
        _("field-place", default="Lieu principal d’exécution"),
        required=True,
        on_card=True,
        maximum=300,
        help=_("help-place", default="Par exemple « Lycées du département de l’Ain »."),
    ),
    Field(
        "place_code",
        _("field-place-code", default="Code du lieu"),
        maximum=12,
        help=_(
            "help-place-code",
            default="Code du département, de la région ou de la commune.",
        ),
    ),
    Field(
        "place_code_type",
        _("field-place-code-type", default="Nature du code du lieu"),
        FieldType.CHOICE,
        choices=tuple(
            Choice(v, v)
            for v in (
                "Code postal",
                "Code commune",
                "Code arrondissement",
                "Code canton",
                "Code département",
                "Code région",
                "Code pays",
            )
        ),
    ),
    Field(
        "estimated_amount",
        _("field-estimated-amount", default="Montant estimé du besoin (€ HT)"),
        FieldType.AMOUNT,
        required=True,
        minimum=0,
        help=_(
            "help-estimated-amount",
            default="Tous lots, options, tranches et "
            "reconductions compris ; pour un accord-cadre, le maximum.",
        ),
        law=("R2121-1", "R2121-4", "R2121-8"),
    ),
)

_PROCEDURE = (
    Field(
        "procedure",
        _("field-procedure", default="Procédure"),
        FieldType.CHOICE,
        required=True,
        on_card=True,
        law=("L2120-1",),
        help=_("help-procedure", default="Proposée d’après la nature et le montant."),
        meta={"reference_list": "procedures"},
    ),
    Field(
        "procedure_reason",
        _("field-procedure-reason", default="Motif du choix de la procédure"),
        FieldType.LONG_TEXT,
        maximum=5000,
        help=_(
            "help-procedure-reason",
            default="À remplir si la procédure choisie n’est pas celle proposée.",
        ),
    ),
    Field(
        "is_restricted",
        _("field-is-restricted", default="Sélection préalable des candidatures"),
        FieldType.BOOLEAN,
        applies_when=among("procedure", "MAPA", "MAPA_SOCIAL"),
    ),
    Field(
        "candidates_minimum",
        _("field-candidates-minimum", default="Nombre minimal de candidats admis"),
        FieldType.INTEGER,
        minimum=1,
        maximum=100,
        law=("R2142-17",),
        applies_when={
            "any": [
                among("procedure", "AOR", "PAN", "PAN_EA", "DC", "PI"),
                is_("is_restricted", True),
            ]
        },
    ),
    Field(
        "negotiation",
        _("field-negotiation", default="Négociation"),
        FieldType.CHOICE,
        choices=(
            Choice("none", _("negotiation-none", default="Sans négociation")),
            Choice(
                "possible",
                _(
                    "negotiation-possible",
                    default="Possible, l’attribution sur les offres initiales "
                    "étant réservée",
                ),
            ),
            Choice("planned", _("negotiation-planned", default="Prévue")),
        ),
        law=("R2123-5",),
        applies_when=among("procedure", "MAPA", "MAPA_SOCIAL", "PAN", "PAN_EA"),
    ),
    Field(
        "is_urgent",
        _("field-is-urgent", default="Urgence dûment justifiée"),
        FieldType.BOOLEAN,
        law=("R2161-3",),
        applies_when=among("procedure", "AOO", "AOR", "PAN"),
    ),
    Field(
        "urgency_reason",
        _("field-urgency-reason", default="Justification de l’urgence"),
        FieldType.LONG_TEXT,
        maximum=5000,
        required=True,
        applies_when=is_("is_urgent", True),
    ),
)

_CONTRACT = (
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

_LOTS = (
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

_PRICE = (
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

_AWARD = (
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

_COMMITMENTS = (
    Field(
        "environmental_clause",
        _(
            "field-environmental-clause",
            default="Conditions d’exécution environnementales",
        ),
        FieldType.LONG_TEXT,
        maximum=10000,
        required=True,
        law=("L2112-2",),
        help=_(
            "help-environmental-clause",
            default="Obligatoires pour toute "
            "consultation lancée depuis le 22 août 2026.",
        ),
    ),
    Field(
        "has_social_clause",
        _(
            "field-has-social-clause",
            default="Conditions d’exécution sociales ou relatives à l’emploi",
        ),
        FieldType.BOOLEAN,
        required=True,
        law=("L2112-2-1",),
    ),
    Field(
        "social_hours",
        _("field-social-hours", default="Heures d’insertion à réaliser"),
        FieldType.INTEGER,
        minimum=0,
        maximum=1000000,
        applies_when=is_("has_social_clause", True),
    ),
    Field(
        "social_clause",
        _("field-social-clause", default="Description de la condition sociale"),
        FieldType.LONG_TEXT,
        maximum=10000,
        required=True,
        applies_when=is_("has_social_clause", True),
    ),
    Field(
        "no_social_reason",
        _("field-no-social-reason", default="Motif d’absence de condition sociale"),
        FieldType.LONG_TEXT,
        maximum=5000,
        law=("L2112-2-1",),
        help=_("help-no-social-reason", default="Exigé à partir du seuil européen."),
        applies_when=is_("has_social_clause", False),
    ),
    Field(
        "reserved",
        _("field-reserved", default="Marché réservé"),
        FieldType.CHOICE,
        law=("L2113-12", "L2113-13", "L2113-15"),
        choices=(
            Choice("no", _("reserved-no", default="Non réservé")),
            Choice(
                "disability",
                _(
                    "reserved-disability",
                    default="Entreprises adaptées et établissements de travail",
                ),
            ),
            Choice(
                "integration",
                _("reserved-integration", default="Structures d’insertion"),
            ),
        ),
    ),
    Field(
        "has_personal_data",
        _(
            "field-has-personal-data",
            default="Traitement de données à caractère personnel",
        ),
        FieldType.BOOLEAN,
        required=True,
    ),
    Field(
        "personal_data",
        _("field-personal-data", default="Traitements confiés au titulaire"),
        FieldType.LONG_TEXT,
        maximum=10000,
        required=True,
        applies_when=is_("has_personal_data", True),
    ),
)

_CALENDAR = (
    Field(
        "launch_on",
        _("field-launch-on", default="Envoi de l’avis prévu le"),
        FieldType.DATE,
        required=True,
        on_card=True,
        law=("R2131-19",),
        help=_(
            "help-launch-on",
            default="Les règles de droit sont celles en vigueur ce jour-là.",
        ),
    ),
    Field(
        "bids_due_at",
        _("field-bids-due-at", default="Date et heure limites de réception des offres"),
        FieldType.DATETIME,
        required=True,
        on_card=True,
        law=("R2151-1", "R2161-2", "R2161-3"),
    ),
    Field(
        "questions_due_on",
        _("field-questions-due-on", default="Date limite des questions des candidats"),
        FieldType.DATE,
        law=("R2132-6",),
    ),
    Field(
        "notification_on",
        _("field-notification-on", default="Notification souhaitée le"),
        FieldType.DATE,
        on_card=True,
    ),
    Field(
        "contact_name",
        _("field-contact-name", default="Contact administratif"),
        required=True,
        on_card=True,
        maximum=200,
    ),
    Field(
        "contact_email",
        _("field-contact-email", default="Courriel du contact"),
        required=True,
        on_card=True,
        maximum=200,
        meta={"format": "email"},
    ),
    Field(
        "contact_phone",
        _("field-contact-phone", default="Téléphone du contact"),
        maximum=40,
        on_card=True,
    ),
    Field(
        "technical_contact",
        _("field-technical-contact", default="Contact technique"),
        maximum=300,
    ),
)

UPSTREAM_FIELDS: tuple[Field, ...] = tuple(
    Field(
        **{name: getattr(item, name) for name in Field.__slots__ if name != "step"},
        step=step,
    )
    for step, items in (
        ("need", _NEED),
        ("procedure", _PROCEDURE),
        ("contract", _CONTRACT),
        ("lots", _LOTS),
        ("price", _PRICE),
        ("award", _AWARD),
        ("commitments", _COMMITMENTS),
        ("calendar", _CALENDAR),
    )
    for item in items
)

#: Told by the consultation itself or by its public body, never asked in the form.
CONTEXT_FIELDS: tuple[Field, ...] = (
    Field("reference", _("context-reference", default="Référence")),
    Field("buyer_name", _("context-buyer-name", default="Nom de l’acheteur")),
    Field(
        "buyer_legal_form",
        _("context-buyer-legal-form", default="Forme juridique de l’acheteur"),
    ),
    Field("buyer_siret", _("context-buyer-siret", default="SIRET de l’acheteur")),
    Field("buyer_address", _("context-buyer-address", default="Adresse de l’acheteur")),
    Field("buyer_email", _("context-buyer-email", default="Courriel de l’acheteur")),
    Field("buyer_phone", _("context-buyer-phone", default="Téléphone de l’acheteur")),
    Field(
        "buyer_signatory",
        _("context-buyer-signatory", default="Signataire de l’acheteur"),
    ),
    Field(
        "buyer_accountant",
        _("context-buyer-accountant", default="Comptable assignataire"),
    ),
    Field("buyer_court", _("context-buyer-court", default="Tribunal compétent")),
    Field(
        "buyer_profile_url",
        _("context-buyer-profile", default="Adresse du profil d’acheteur"),
    ),
    Field(
        "responsible_name",
        _("context-responsible", default="Direction ou service responsable"),
    ),
    Field(
        "lots_count",
        _("context-lots-count", default="Nombre de lots"),
        FieldType.INTEGER,
    ),
    Field(
        "total_duration_months",
        _("context-total-duration", default="Durée totale, reconductions comprises"),
        FieldType.MONTHS,
    ),
    Field(
        "is_formal",
        _("context-is-formal", default="Procédure formalisée"),
        FieldType.BOOLEAN,
    ),
    Field(
        "minimum_bid_days",
        _(
            "context-minimum-bid-days",
            default="Délai minimal de réception des offres (jours)",
        ),
        FieldType.DAYS,
    ),
)

UPSTREAM_FORM = FieldSet(UPSTREAM_FIELDS)
DRAFTING_FIELDS = FieldSet((*UPSTREAM_FIELDS, *CONTEXT_FIELDS))


def fields_of_step(step: str) -> tuple[Field, ...]:
    """Return the fields asked in ``step``, in the order of the form."""
    return tuple(item for item in UPSTREAM_FIELDS if item.step == step)


def card_fields() -> tuple[Field, ...]:
    """Return what the short card shows to beneficiaries; nothing else is theirs."""
    return tuple(item for item in UPSTREAM_FIELDS if item.on_card)
