"""What the consultation and its public body tell of themselves."""

from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.i18n import _

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
        "is_small",
        _("context-is-small", default="Procédure adaptée sans avis national"),
        FieldType.BOOLEAN,
        law=("R2131-12",),
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
