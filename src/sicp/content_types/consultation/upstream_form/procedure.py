"""How the contract is passed."""

from sicp.content_types.consultation.upstream_form.condition import among
from sicp.content_types.consultation.upstream_form.condition import is_
from sicp.engines.drafting.fields import Choice
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.i18n import _

PROCEDURE = (
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
