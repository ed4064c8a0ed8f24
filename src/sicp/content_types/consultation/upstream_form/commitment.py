"""Environmental and social commitments, personal data."""

from sicp.content_types.consultation.upstream_form.condition import is_
from sicp.engines.drafting.fields import Choice
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.i18n import _

COMMITMENTS = (
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
