"""How the pages say what people did."""

from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from sicp.content_types.consultation.upstream_form import STEPS
from sicp.i18n import _
from sicp.operations.user.right import SYSTEM_LOGIN
from sicp.views.shared import display

_ACTIONS = {
    "created": _("journal-created", default="a créé la consultation"),
    "decp-imported": _(
        "journal-decp-imported",
        default="a repris le contrat des données essentielles",
    ),
    "decp-updated": _(
        "journal-decp-updated",
        default="a mis à jour le contrat des données essentielles",
    ),
    "form-saved": _("journal-form-saved", default="a enregistré le formulaire"),
    "entrusted": _("journal-entrusted", default="a changé les entités"),
    "lot-added": _("journal-lot-added", default="a ajouté un lot"),
    "lot-changed": _("journal-lot-changed", default="a changé un lot"),
    "lot-removed": _("journal-lot-removed", default="a retiré un lot"),
    "state-changed": _("journal-state-changed", default="a changé l’état"),
    "draft-created": _("journal-draft-created", default="a commencé une pièce"),
    "draft-saved": _("journal-draft-saved", default="a complété une pièce"),
    "draft-file-received": _(
        "journal-draft-file-received", default="a rapporté un fichier Word"
    ),
    "draft-file-applied": _(
        "journal-draft-file-applied", default="a repris un fichier Word rapporté"
    ),
    "draft-file-dropped": _(
        "journal-draft-file-dropped", default="a écarté un fichier Word rapporté"
    ),
    "bundle-ordered": _(
        "journal-bundle-ordered", default="a changé l’ordre des pièces du dossier"
    ),
    "bundle-prepared": _("journal-bundle-prepared", default="a rassemblé le dossier"),
    "draft-frozen": _("journal-draft-frozen", default="a figé une pièce"),
    "draft-unfrozen": _("journal-draft-unfrozen", default="a rouvert une pièce figée"),
    "draft-commented": _("journal-draft-commented", default="a commenté une pièce"),
    "draft-comment-resolved": _(
        "journal-draft-comment-resolved",
        default="a dit traité un commentaire sur une pièce",
    ),
    "draft-review-asked": _(
        "journal-draft-review-asked", default="a demandé la relecture d’une pièce"
    ),
    "draft-review-answered": _(
        "journal-draft-review-answered", default="a rendu un avis sur une pièce"
    ),
    "attachment-added": _(
        "journal-attachment-added", default="a joint une pièce technique"
    ),
    "attachment-replaced": _(
        "journal-attachment-replaced", default="a remplacé une pièce technique"
    ),
    "attachment-removed": _(
        "journal-attachment-removed", default="a retiré une pièce technique"
    ),
    "document-produced": _(
        "journal-document-produced", default="a produit un document"
    ),
    "entity-created": _("journal-entity-created", default="a créé une entité"),
    "entity-renamed": _("journal-entity-renamed", default="a renommé une entité"),
    "entity-moved": _("journal-entity-moved", default="a déplacé une entité"),
    "entity-reopened": _("journal-entity-reopened", default="a rouvert une entité"),
    "entity-closed": _("journal-entity-closed", default="a fermé une entité"),
    "body-described": _(
        "journal-body-described", default="a changé les coordonnées d’un organisme"
    ),
    "user-created": _("journal-user-created", default="a ouvert un compte"),
    "user-changed": _("journal-user-changed", default="a changé un compte"),
    "password-set": _("journal-password-set", default="a choisi un mot de passe"),
    "assigned": _("journal-assigned", default="a affecté un profil"),
    "assignment-ended": _(
        "journal-assignment-ended", default="a mis fin à une affectation"
    ),
    "substitute-named": _("journal-substitute-named", default="a désigné un suppléant"),
    "substitution-ended": _(
        "journal-substitution-ended", default="a mis fin à une suppléance"
    ),
    "clauses-loaded": _("journal-clauses-loaded", default="a chargé le clausier"),
    "templates-loaded": _("journal-templates-loaded", default="a chargé les canevas"),
    "library-imported": _(
        "journal-library-imported", default="a repris un clausier par fichier"
    ),
    "template-created": _("journal-template-created", default="a commencé un canevas"),
    "template-edited": _("journal-template-edited", default="a modifié un canevas"),
    "template-undone": _(
        "journal-template-undone", default="a annulé une modification d’un canevas"
    ),
    "template-discarded": _(
        "journal-template-discarded",
        default="a abandonné les modifications d’un canevas",
    ),
    "template-deleted": _("journal-template-deleted", default="a supprimé un canevas"),
    "body-style": _("journal-body-style", default="a changé le style des documents"),
    "proposal-opened": _(
        "journal-proposal-opened", default="a ouvert une proposition au comité"
    ),
    "proposal-saved": _("journal-proposal-saved", default="a écrit une proposition"),
    "proposal-voted": _("journal-proposal-voted", default="a voté sur une proposition"),
    "proposal-commented": _(
        "journal-proposal-commented", default="a commenté une proposition"
    ),
    "clause-commented": _("journal-clause-commented", default="a commenté une clause"),
    "comment-resolved": _(
        "journal-comment-resolved", default="a dit un commentaire traité"
    ),
    "comment-reopened": _(
        "journal-comment-reopened", default="a rouvert un commentaire"
    ),
    "committee-rules": _(
        "journal-committee-rules", default="a changé les règles du comité"
    ),
    "release-published": _("journal-release-published", default="a publié le clausier"),
    "draft-rebased": _(
        "journal-draft-rebased", default="a repris une pièce sur le clausier"
    ),
    "folder-created": _(
        "journal-folder-created", default="a créé un dossier de connaissances"
    ),
    "folder-described": _(
        "journal-folder-described", default="a décrit un dossier de connaissances"
    ),
    "folder-readers": _(
        "journal-folder-readers",
        default="a changé les lecteurs d’un dossier de connaissances",
    ),
    "folder-ordered": _(
        "journal-folder-ordered",
        default="a changé l’ordre d’un dossier de connaissances",
    ),
    "knowledge-moved": _(
        "journal-knowledge-moved",
        default="a déplacé un élément de la base de connaissances",
    ),
    "knowledge-renamed": _(
        "journal-knowledge-renamed",
        default="a renommé un élément de la base de connaissances",
    ),
    "knowledge-copied": _(
        "journal-knowledge-copied",
        default="a copié un élément de la base de connaissances",
    ),
    "knowledge-removed": _(
        "journal-knowledge-removed",
        default="a mis à la corbeille un élément de la base de connaissances",
    ),
    "knowledge-restored": _(
        "journal-knowledge-restored", default="a repris un élément de la corbeille"
    ),
    "knowledge-purged": _(
        "journal-knowledge-purged", default="a détruit un élément de la corbeille"
    ),
    "knowledge-commented": _(
        "journal-knowledge-commented", default="a commenté la base de connaissances"
    ),
    "knowledge-comment-resolved": _(
        "journal-knowledge-comment-resolved",
        default="a traité un commentaire de la base de connaissances",
    ),
    "question-answered": _(
        "journal-question-answered", default="a répondu à une question"
    ),
    "sheet-created": _("journal-sheet-created", default="a commencé une fiche"),
    "sheet-begun": _("journal-sheet-begun", default="a commencé à modifier une fiche"),
    "sheet-taken-over": _(
        "journal-sheet-taken-over", default="a pris le relais d’une fiche"
    ),
    "sheet-written": _("journal-sheet-written", default="a écrit une fiche"),
    "sheet-imported": _("journal-sheet-imported", default="a importé une fiche"),
    "sheet-reimported": _(
        "journal-sheet-reimported", default="a mis à jour une fiche par un import"
    ),
    "knowledge-imported": _(
        "journal-knowledge-imported",
        default="a fait un import dans la base de connaissances",
    ),
    "knowledge-exported": _(
        "journal-knowledge-exported", default="a exporté la base de connaissances"
    ),
    "sheet-file-put": _(
        "journal-sheet-file-put", default="a joint un fichier à une fiche"
    ),
    "sheet-file-removed": _(
        "journal-sheet-file-removed", default="a retiré le fichier d’une fiche"
    ),
    "sheet-title-taken": _(
        "journal-sheet-title-taken",
        default="a donné à une fiche le titre de son fichier",
    ),
    "sheet-discarded": _(
        "journal-sheet-discarded", default="a abandonné les modifications d’une fiche"
    ),
    "sheet-submitted": _(
        "journal-sheet-submitted", default="a soumis une fiche à la relecture"
    ),
    "sheet-returned": _(
        "journal-sheet-returned", default="a renvoyé une fiche en rédaction"
    ),
    "sheet-published": _("journal-sheet-published", default="a publié une fiche"),
    "sheet-entrusted": _("journal-sheet-entrusted", default="a confié une fiche"),
    "sheet-helps-chosen": _(
        "journal-sheet-helps-chosen", default="a choisi où une fiche est proposée"
    ),
    "knowledge-loaded": _(
        "journal-knowledge-loaded", default="a chargé la base de connaissances"
    ),
    "sheet-version-restored": _(
        "journal-sheet-version-restored", default="a repris une version d’une fiche"
    ),
    "synonyms-added": _("journal-synonyms-added", default="a ajouté des synonymes"),
    "synonyms-changed": _("journal-synonyms-changed", default="a changé des synonymes"),
    "synonyms-removed": _("journal-synonyms-removed", default="a retiré des synonymes"),
    "synonyms-loaded": _(
        "journal-synonyms-loaded", default="a ajouté les synonymes livrés"
    ),
    "unanswered-dismissed": _(
        "journal-unanswered-dismissed",
        default="a retiré une recherche sans réponse",
    ),
    "profile-created": _("journal-profile-created", default="a créé un profil"),
    "profile-renamed": _("journal-profile-renamed", default="a renommé un profil"),
    "profile-changed": _("journal-profile-changed", default="a changé un profil"),
}
_CHANGES = {
    "added": _("journal-functions-added", default="ajout de"),
    "removed": _("journal-functions-removed", default="retrait de"),
    "applied": _("journal-changes-applied", default="changements appliqués :"),
    "left": _("journal-changes-left", default="changements laissés :"),
}
#: The details that are told as they are, or by the title of what they name.
_TOLD = (
    "number",
    "object",
    "profile",
    "entity",
    "before",
    "after",
    "reason",
    "template",
    "release",
    "files",
    "substitute",
)
_STEP_TITLES = dict(STEPS)

#: How the writer may treat a clause, in words.
CLAUSE_KINDS = {
    "compulsory": _("clause-kind-compulsory", default="obligatoire"),
    "optional": _("clause-kind-optional", default="facultative"),
    "alternative": _("clause-kind-alternative", default="alternative"),
    "free": _("clause-kind-free", default="zone libre"),
}


def journal_lines(
    request: Any,  # noqa: ANN401
    entries: Iterable[Mapping[str, Any]],
) -> list[dict[str, str]]:
    """Say entries of a journal in French: when, who, what."""
    say = request.layout.say
    return [
        {
            "at": display.moment(entry["at"]),
            "who": _who(request, entry),
            "what": say(_ACTIONS.get(entry["action"], entry["action"])),
            "object": entry.get("title", ""),
            "details": _details(request, entry.get("details", {})),
        }
        for entry in entries
    ]


def person(request: Any, login: str) -> str:  # noqa: ANN401
    """Return the name of a person, whose account may be gone, inside a sentence."""
    user = request.site["utilisateurs"].get(login)
    if user is not None:
        return str(user.title)
    if login in {"", SYSTEM_LOGIN}:
        return str(request.layout.say(_("the-system", default="le système")))
    return login


def _who(request: Any, entry: Mapping[str, Any]) -> str:  # noqa: ANN401
    user = request.site["utilisateurs"].get(entry["actor"])
    name = (
        user.title
        if user is not None
        else request.layout.say(_("journal-system", default="Le système"))
    )
    if entry.get("on_behalf_of"):
        return request.layout.say(
            _(
                "journal-for",
                default="${name}, pour ${absent}",
                mapping={"name": name, "absent": _absent(request, entry)},
            )
        )
    return name


def action_titles() -> Mapping[str, str]:
    """Return what people do, in words, by the name the journals give it."""
    return _ACTIONS


def _details(request: Any, details: Mapping[str, Any]) -> str:
    say = request.layout.say
    parts = []
    if "step" in details:
        parts.append(say(_STEP_TITLES.get(details["step"], details["step"])))
    parts += [
        _named(request, name, str(details[name])) for name in _TOLD if details.get(name)
    ]
    parts += [
        f"{say(title)} {', '.join(details[name])}"
        for name, title in _CHANGES.items()
        if isinstance(details.get(name), list) and details[name]
    ]
    return " — ".join(parts)


def _named(request: Any, name: str, value: str) -> str:
    """Say the title of what a journal names: a profile, a person."""
    services = {"profile": "profils", "substitute": "utilisateurs"}
    if name not in services:
        return value
    found = request.site[services[name]].get(value)
    return found.title if found is not None else value


def _absent(request: Any, entry: Mapping[str, Any]) -> str:
    logins = entry["on_behalf_of"].split(", ")
    return ", ".join(_named(request, "substitute", login) for login in logins)
