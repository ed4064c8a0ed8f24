"""Functions (« habilitations »): the smallest right a profile gives.

The 16 functions of the *rédacteur administratif* (RA) and the 21 of the *gestionnaire
de procédure* (GP) are the founding ones; the others serve the profiles listed under
them. A function names the permissions it gives; *where* it gives them is told by the
assignment that carries it (a profile, for a user, at an entity).
"""

from dataclasses import dataclass

from sicp import permissions as p
from sicp.i18n import _

EVERYONE = "system.Everyone"
AUTHENTICATED = "system.Authenticated"


@dataclass(frozen=True, slots=True)
class Function:
    """One right: its code, its French title, the permissions it gives.

    ``module`` is the entry of the menu it opens. ``is_administrative`` functions are
    only handed on by someone who holds them: nobody raises himself.
    """

    code: str
    title: str
    permissions: tuple[str, ...]
    module: str = "consultation"
    is_administrative: bool = False


def _f(code: str, title: str, *permissions: str) -> Function:
    return Function(code, title, permissions)


FUNCTIONS: tuple[Function, ...] = (
    _f(
        "RA01",
        _("function-ra01", default="Créer une consultation"),
        p.CREATE_CONSULTATION,
        p.EDIT_FORM,
    ),
    _f(
        "RA02",
        _("function-ra02", default="Élaborer les documents (CCAP, AE, RC…)"),
        p.DRAFT_DOCUMENTS,
    ),
    _f(
        "RA03",
        _("function-ra03", default="Consolider les pièces administratives"),
        p.BUNDLE_ADMINISTRATIVE,
    ),
    _f(
        "RA04",
        _("function-ra04", default="Consolider les pièces techniques"),
        p.BUNDLE_TECHNICAL,
    ),
    _f(
        "RA05",
        _("function-ra05", default="Choisir les supports de publicité"),
        p.CHOOSE_SUPPORTS,
    ),
    _f(
        "RA06",
        _("function-ra06", default="Préparer l’avis d’appel à la concurrence"),
        p.PREPARE_NOTICE,
    ),
    _f("RA07", _("function-ra07", default="Ajuster la consultation"), p.ADJUST),
    _f(
        "RA08",
        _("function-ra08", default="Choisir les supports de l’avis rectificatif"),
        p.CHOOSE_CORRECTION_SUPPORTS,
    ),
    _f(
        "RA09",
        _("function-ra09", default="Préparer l’avis rectificatif"),
        p.PREPARE_CORRECTION,
    ),
    _f(
        "RA10",
        _("function-ra10", default="Suivre les envois de publicité"),
        p.FOLLOW_PUBLICITY,
    ),
    _f(
        "RA11",
        _("function-ra11", default="Suivre et saisir les échanges"),
        p.RECORD_EXCHANGES,
    ),
    _f("RA12", _("function-ra12", default="Gérer les courriers"), p.SEND_LETTERS),
    _f(
        "RA13",
        _("function-ra13", default="Gérer les documents pré-remplis"),
        p.PREFILLED_DOCUMENTS,
    ),
    _f(
        "RA14",
        _("function-ra14", default="Accéder à la vision détaillée des consultations"),
        p.VIEW_DETAIL,
        p.VIEW_CARD,
    ),
    _f(
        "RA15",
        _("function-ra15", default="Faire suite à une consultation"),
        p.FOLLOW_UP,
    ),
    _f("RA16", _("function-ra16", default="Dupliquer une consultation"), p.DUPLICATE),
    _f(
        "GP01",
        _("function-gp01", default="Accéder à la vision détaillée des consultations"),
        p.VIEW_DETAIL,
        p.VIEW_CARD,
    ),
    _f(
        "GP02",
        _("function-gp02", default="Définir le calendrier initial"),
        p.PLAN_CALENDAR,
    ),
    _f(
        "GP03",
        _("function-gp03", default="Actualiser le calendrier réel"),
        p.UPDATE_CALENDAR,
    ),
    _f(
        "GP04",
        _(
            "function-gp04",
            default="Saisir les éléments des candidatures ; "
            "ouvrir et déchiffrer les plis",
        ),
        p.OPEN_APPLICATIONS,
    ),
    _f(
        "GP05",
        _("function-gp05", default="Gérer les compléments de candidatures"),
        p.ASK_COMPLEMENTS,
    ),
    _f(
        "GP06",
        _("function-gp06", default="Recommander des candidatures"),
        p.RECOMMEND_APPLICATIONS,
    ),
    _f(
        "GP07",
        _("function-gp07", default="Gérer les candidatures écartées"),
        p.REJECT_APPLICATIONS,
    ),
    _f(
        "GP08",
        _(
            "function-gp08",
            default="Valider la recommandation (instances transversales)",
        ),
        p.VALIDATE_RECOMMENDATION,
    ),
    _f(
        "GP09",
        _(
            "function-gp09",
            default="Saisir les éléments des offres ; ouvrir et déchiffrer les plis",
        ),
        p.OPEN_BIDS,
    ),
    _f("GP10", _("function-gp10", default="Classer des offres"), p.RANK_BIDS),
    _f(
        "GP11",
        _("function-gp11", default="Gérer les courriers de la procédure"),
        p.SEND_LETTERS,
    ),
    _f(
        "GP12",
        _(
            "function-gp12",
            default="Gérer les documents pré-remplis (rapport d’analyse des offres…)",
        ),
        p.PREFILLED_DOCUMENTS,
    ),
    _f(
        "GP13",
        _("function-gp13", default="Suivre et saisir les échanges de la procédure"),
        p.RECORD_EXCHANGES,
    ),
    _f(
        "GP14",
        _("function-gp14", default="Pré-inscrire des consultations à une instance"),
        p.REGISTER_FOR_COMMISSION,
    ),
    _f(
        "GP15",
        _("function-gp15", default="Saisir les éléments après attribution"),
        p.RECORD_AWARD,
    ),
    _f(
        "GP16",
        _("function-gp16", default="Choisir les supports de l’avis d’attribution"),
        p.CHOOSE_AWARD_SUPPORTS,
    ),
    _f(
        "GP17",
        _("function-gp17", default="Préparer l’avis d’attribution"),
        p.PREPARE_AWARD_NOTICE,
    ),
    _f(
        "GP18",
        _("function-gp18", default="Gérer les délibérations de direction"),
        p.MANAGE_DELIBERATIONS,
    ),
    _f("GP19", _("function-gp19", default="Dissocier un lot"), p.SPLIT_LOT),
    _f(
        "GP20",
        _("function-gp20", default="Déclarer sans suite ou infructueux"),
        p.ABANDON,
    ),
    _f("GP21", _("function-gp21", default="Déclarer clos"), p.CLOSE),
    _f(
        "CS01",
        _("function-cs01", default="Consulter les dossiers, en lecture seule"),
        p.VIEW_DETAIL,
        p.VIEW_CARD,
    ),
    _f(
        "FS01",
        _(
            "function-fs01",
            default="Consulter les fiches synthétiques "
            "des consultations dont on est bénéficiaire",
        ),
        p.VIEW_CARD,
    ),
    Function(
        "ED01",
        _("function-ed01", default="Tenir le clausier et les canevas"),
        (p.EDIT_LIBRARY,),
        "template",
    ),
    Function(
        "ED02",
        _("function-ed02", default="Consulter le clausier et les canevas"),
        (p.VIEW_LIBRARY,),
        "template",
    ),
    Function(
        "ED03",
        _("function-ed03", default="Suivre et commenter les propositions du comité"),
        (p.VIEW_PROPOSALS,),
        "template",
    ),
    Function(
        "ED04",
        _("function-ed04", default="Voter au comité éditorial"),
        (p.VIEW_PROPOSALS, p.VOTE_PROPOSALS),
        "template",
    ),
    Function(
        "ED05",
        _("function-ed05", default="Publier le clausier"),
        (p.PUBLISH_LIBRARY,),
        "template",
    ),
    Function(
        "KN01",
        _("function-kn01", default="Rédiger dans la base de connaissances"),
        (p.VIEW_KNOWLEDGE, p.EDIT_KNOWLEDGE),
        "knowledge",
    ),
    Function(
        "KN02",
        _("function-kn02", default="Publier dans la base de connaissances"),
        (p.VIEW_KNOWLEDGE, p.PUBLISH_KNOWLEDGE),
        "knowledge",
    ),
    Function(
        "KN03",
        _(
            "function-kn03",
            default="Gérer la base de connaissances "
            "(droits, corbeille, synonymes, imports)",
        ),
        (
            p.VIEW_KNOWLEDGE,
            p.EDIT_KNOWLEDGE,
            p.PUBLISH_KNOWLEDGE,
            p.MANAGE_KNOWLEDGE,
        ),
        "knowledge",
    ),
    Function(
        "AD01",
        _("function-ad01", default="Tenir les comptes des utilisateurs"),
        (p.VIEW_USERS, p.MANAGE_USERS),
        "administration",
        is_administrative=True,
    ),
    Function(
        "AD02",
        _("function-ad02", default="Affecter les profils"),
        (p.VIEW_USERS, p.ASSIGN_PROFILES, p.VIEW_PROFILES),
        "administration",
        is_administrative=True,
    ),
    Function(
        "AD03",
        _("function-ad03", default="Composer les profils"),
        (p.VIEW_PROFILES, p.MANAGE_PROFILES),
        "administration",
        is_administrative=True,
    ),
    Function(
        "AD04",
        _("function-ad04", default="Tenir l’organisation"),
        (p.MANAGE_ORGANISATION,),
        "administration",
        is_administrative=True,
    ),
    Function(
        "AD05",
        _("function-ad05", default="Simuler les droits d’un utilisateur"),
        (p.SIMULATE, p.VIEW_USERS),
        "administration",
        is_administrative=True,
    ),
    Function(
        "AD06",
        _("function-ad06", default="Lire le journal"),
        (p.VIEW_JOURNAL,),
        "administration",
        is_administrative=True,
    ),
    Function(
        "AD07",
        _("function-ad07", default="Importer des données"),
        (p.IMPORT_DATA,),
        "administration",
        is_administrative=True,
    ),
)

FUNCTION_BY_CODE = {item.code: item for item in FUNCTIONS}


def principal_at(function: str, entity: int) -> str:
    """Name who holds ``function`` through an assignment at the very ``entity``."""
    return f"{function}@{entity}"


def principal_below(function: str, entity: int) -> str:
    """Name who holds ``function`` at ``entity`` or at any entity below it."""
    return f"{function}@<{entity}"


def principal_anywhere(function: str) -> str:
    """Name who holds ``function`` somewhere, whatever the entity."""
    return f"{function}@*"


def principal_member(entity: int) -> str:
    """Name whoever is assigned at ``entity`` or at any entity below it."""
    return f"member@<{entity}"


def zone_token(number: int, *, is_hidden: bool) -> str:
    """Name those who read a zone of the knowledge base, or who write in it.

    The catalogue and the search note it in the place of principals: a change of the
    readers of a zone then rewrites nothing of what it holds.
    """
    return f"zone:{number}:draft" if is_hidden else f"zone:{number}"


def principal_user(login: str) -> str:
    """Name one person."""
    return f"user:{login}"


@dataclass(frozen=True, slots=True)
class ProfileModel:
    """A profile as shipped: a name and its set of functions."""

    name: str
    title: str
    functions: tuple[str, ...]


_RA = tuple(f.code for f in FUNCTIONS if f.code.startswith("RA"))
_GP = tuple(f.code for f in FUNCTIONS if f.code.startswith("GP"))

#: The profiles of a new site; an administrator composes them further.
PROFILES: tuple[ProfileModel, ...] = (
    ProfileModel(
        "administrative-writer",
        _("profile-administrative-writer", default="Rédacteur administratif"),
        (*_RA, "FS01", "ED02"),
    ),
    ProfileModel(
        "procedure-manager",
        _("profile-procedure-manager", default="Gestionnaire de procédure"),
        (*_GP, "FS01", "ED02"),
    ),
    ProfileModel(
        "technical-writer",
        _("profile-technical-writer", default="Rédacteur technique"),
        ("RA04", "RA14", "FS01"),
    ),
    ProfileModel(
        "cross-validator",
        _("profile-cross-validator", default="Valideur transversal"),
        ("GP01", "GP08", "FS01"),
    ),
    ProfileModel(
        "reader", _("profile-reader", default="Consultation seule"), ("CS01", "FS01")
    ),
    ProfileModel(
        "beneficiary", _("profile-beneficiary", default="Bénéficiaire"), ("FS01",)
    ),
    ProfileModel(
        "editor",
        _("profile-editor", default="Administrateur fonctionnel du clausier"),
        ("ED01", "ED02", "ED03", "ED04", "ED05", "FS01", "KN01", "KN02"),
    ),
    ProfileModel(
        "editorial-member",
        _("profile-editorial-member", default="Membre du comité éditorial"),
        ("ED01", "ED02", "ED03", "ED04", "FS01", "KN01", "KN02"),
    ),
    ProfileModel(
        "direction-referent",
        _("profile-direction-referent", default="Référent de direction"),
        ("AD02", "AD05", "CS01", "FS01", "ED02"),
    ),
    ProfileModel(
        "administrator",
        _("profile-administrator", default="Administrateur"),
        ("AD01", "AD02", "AD03", "AD04", "AD05", "AD06", "AD07", "FS01", "ED02"),
    ),
    ProfileModel(
        "commission-secretary",
        _("profile-commission-secretary", default="Secrétariat d’instance"),
        ("CS01", "FS01"),
    ),
    ProfileModel(
        "commission-member",
        _("profile-commission-member", default="Membre d’instance"),
        ("FS01",),
    ),
    ProfileModel(
        "knowledge-manager",
        _("profile-knowledge-manager", default="Gestionnaire documentaire"),
        ("FS01", "ED02", "KN01", "KN02", "KN03"),
    ),
    ProfileModel(
        "statistician",
        _("profile-statistician", default="Statisticien"),
        ("CS01", "FS01"),
    ),
    ProfileModel(
        "trainer", _("profile-trainer", default="Formateur"), (*_RA, "FS01", "ED02")
    ),
)
