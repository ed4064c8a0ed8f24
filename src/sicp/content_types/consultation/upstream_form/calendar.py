"""Dates and contacts."""

from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.i18n import _

CALENDAR = (
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
