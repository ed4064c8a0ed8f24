"""What is bought: object, nature, category, codes, place, amount."""

from sicp.engines.drafting.fields import Choice
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.i18n import _

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

#: The natures that a contract of each category may have.
NATURES_OF_CATEGORY = {
    "common_services": ("services",),
    "supplies": ("supplies",),
    "intellectual_services": ("services",),
    "building_design": ("services",),
    "building_works": ("works",),
    "infrastructure_design": ("services",),
    "infrastructure_works": ("works",),
    "technical_control": ("services",),
    "fire_safety": ("services",),
    "health_safety": ("services",),
    "ict": ("supplies", "services"),
    "industrial": ("supplies", "services"),
    "social_services": ("services",),
}

NEED = (
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
