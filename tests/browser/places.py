"""Every page of the application: what it is called, who sees it, how one gets there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sicp.content_types.consultation.upstream_form import STEPS
from tests.browser import pieces
from tests.browser.served import Served
from tests.unit.engines.text_extraction import files

OK, UNKNOWN, FORBIDDEN, NOT_FOUND, CONFLICT, REFUSED = 200, 401, 403, 404, 409, 422
_LIBRARIAN = "documentaliste"
_JOIN = "/connaissances/fiches-pratiques/preparer/choisir-la-procedure/joindre"
LYCEES = "/organisation/region-ile-des-alpes/direction-des-lycees"


@dataclass(frozen=True)
class Place:
    """A page. ``path`` may name a consultation; ``then`` is what is done once there."""

    name: str
    login: str
    path: str
    status: int = OK
    then: Callable[[Any], Any] | None = None

    def open(self, page: Any, served: Served) -> int:
        """Go there and return the status of the answer."""
        answer = page.goto(self.path.format(served=served))
        if self.then is not None:
            answer = self.then(page)
        return answer.status


def _submit(page: Any, button: str) -> Any:
    with page.expect_navigation() as navigation:
        page.get_by_role("button", name=button, exact=True).click()
    return navigation.value


def _save_search(page: Any) -> Any:
    page.get_by_label("Nom de la recherche").fill("Mes retards")
    return _submit(page, "Enregistrer")


def _open_saved_search(page: Any) -> Any:
    page.get_by_label("Nom de la recherche").fill("Mes seuls retards")
    _submit(page, "Enregistrer")
    with page.expect_navigation() as navigation:
        page.get_by_role("link", name="Régler « Mes seuls retards »").click()
    return navigation.value


def _refuse(page: Any) -> Any:
    page.get_by_label("Chiffre d’affaires annuel minimal exigé").fill("beaucoup")
    page.get_by_label("Validité des offres").fill("0")
    page.get_by_role("textbox", name="Poids").first.fill("abc")
    return _submit(page, "Enregistrer")


def _conflict(page: Any) -> Any:
    # Somebody else saves the same step in another window of the same session.
    other = page.context.new_page()
    other.goto(page.url)
    for window, text in ((other, "Annecy"), (page, "Chambéry")):
        window.get_by_label("Lieu principal d’exécution").fill(text)
    _submit(other, "Enregistrer")
    other.close()
    return _submit(page, "Enregistrer")


def _clash(page: Any) -> Any:
    # Two windows change the title and the end of one clause, each its way.
    other = page.context.new_page()
    other.goto(page.url)
    for window, text in ((other, "Prix qui changent"), (page, "Prix révisés")):
        window.get_by_label("Titre", exact=True).fill(text)
        window.get_by_role("textbox", name="Texte", exact=True).locator(
            "p"
        ).last.click()
        window.keyboard.press("Control+End")
        window.keyboard.type(f" {text}.")
    _submit(other, "Enregistrer la proposition")
    other.close()
    return _submit(page, "Enregistrer la proposition")


def _rewrite_meanwhile(page: Any) -> Any:
    # Two windows rewrite one clause: the second keeps its words beside the first's.
    other = page.context.new_page()
    other.goto(page.url)
    for window, text in ((other, "Sous huit jours."), (page, "Sous neuf jours.")):
        words = window.get_by_role("textbox", name="Texte de la clause")
        words.locator("p").last.click()
        window.keyboard.press("Control+End")
        window.keyboard.type(f" {text}")
    _submit(other, "Enregistrer le texte")
    answer = _submit(page, "Enregistrer le texte")
    other.goto(page.url)
    _submit(other, "Revenir au texte du clausier")
    other.close()
    return answer


def _answer_meanwhile(page: Any) -> Any:
    other = page.context.new_page()
    other.goto(page.url)
    for window, text in ((other, "Maison bleue"), (page, "Maison verte")):
        window.get_by_label("Facilitateur de la clause sociale").fill(text)
    _submit(other, "Enregistrer les réponses")
    other.close()
    return _submit(page, "Enregistrer les réponses")


def _write_cover_meanwhile(page: Any) -> Any:
    other = page.context.new_page()
    other.goto(page.url)
    for window, text in ((other, "Couverture bleue"), (page, "Couverture verte")):
        window.get_by_role("textbox", name="Titre de la couverture").click()
        window.keyboard.press("Control+A")
        window.keyboard.type(text)
    _submit(other, "Enregistrer")
    other.close()
    return _submit(page, "Enregistrer")


def _ask_confirmation(page: Any) -> Any:
    answer = page.reload()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Retirer ce lot").click()
    page.get_by_role("dialog").wait_for()
    return answer


def _refuse_login(page: Any) -> Any:
    page.get_by_label("Identifiant").fill("personne")
    page.get_by_label("Mot de passe").fill("inexact")
    return _submit(page, "Se connecter")


def _refuse_file(page: Any) -> Any:
    # The browser itself asks for a file: the server must, too.
    page.evaluate("document.getElementById('upload').noValidate = true")
    return _submit(page, "Joindre la pièce")


def _refuse_comment(page: Any) -> Any:
    page.get_by_label("Mots visés").fill("jamais écrit")
    page.locator("#comment-text").fill("Mon avis.")
    return _submit(page, "Commenter")


def _refuse_model(page: Any) -> Any:
    return _submit(page, "Lire le modèle")


def _refuse_folder(page: Any) -> Any:
    page.evaluate("document.getElementById('form-title').required = false")
    return _submit(page, "Créer le dossier")


def _tick_and_move(page: Any) -> Any:
    for box in page.locator("input[name=rows]").all():
        box.check()
    return _submit(page, "Déplacer")


def _open_entry(page: Any) -> Any:
    with page.expect_navigation() as navigation:
        page.get_by_role("link", name="Ancienne fiche").click()
    return navigation.value


def _read_model(page: Any) -> Any:
    data = files.docx(
        "# Article 1 – Livraisons",
        "Le bilan est remis le [date à compléter].",
        "# Article 2 – Pénalités",
        "Le titulaire encourt, pour chaque jour de retard dans l’exécution des "
        "prestations, une pénalité forfaitaire de 100 €.",
    )
    sent = {"name": "modele.docx", "mimeType": pieces.WORD, "buffer": data}
    page.get_by_label("Modèle Word").set_input_files(sent)
    return _submit(page, "Lire le modèle")


def _bring_back(page: Any) -> Any:
    # The file just downloaded, in which nothing was changed.
    data = page.request.get(page.url.replace("rapporter", "docx")).body()
    sent = {"name": "reglement.docx", "mimeType": pieces.WORD, "buffer": data}
    page.get_by_label("Fichier Word (.docx)").set_input_files(sent)
    return _submit(page, "Comparer avec la pièce")


def _say_nothing(page: Any) -> Any:
    return _submit(page, "Envoyer")


def _refuse_sheet(page: Any) -> Any:
    page.get_by_label("Titre", exact=True).fill("")
    return _submit(page, "Enregistrer")


def _meet_on_sheet(page: Any) -> Any:
    # Two windows change the title and the end of one sheet, each its way.
    other = page.context.new_page()
    other.goto(page.url)
    for window, text in (
        (other, "Estimer chaque lot"),
        (page, "Estimer tous les lots"),
    ):
        window.get_by_label("Titre", exact=True).fill(text)
        words = window.get_by_role("textbox", name="Texte", exact=True)
        words.locator("p").last.click()
        window.keyboard.press("Control+End")
        window.keyboard.type(f" {text}.")
    _submit(other, "Enregistrer")
    other.close()
    return _submit(page, "Enregistrer")


_CLAUSE = "/clausier/penalites/retard/penalties-late-fixed/"
#: A clause of two versions.
_CHANGED = "/clausier/execution/duree-et-delais/execution-times/"
_WRITER = "redacteur"
_BASE = "/connaissances/fiches-de-la-region/"
_ARTICLE = (
    "/connaissances/textes-de-la-region/code-de-l-essai/section-1-principe/"
    "article-l2999-10/"
)
_ADMIN = "admin"
_EDITOR = "editeur"
_KEEPER = "documentaliste"
_SHELF = "/connaissances/fiches-pratiques/preparer"
_COMPLETE = "{served.complete}"
_STEPS = [
    Place(f"step {name}", _WRITER, f"{_COMPLETE}/formulaire/{name}")
    for name, _title in STEPS
]


def _send_archive(page: Any) -> Any:
    page.locator("#file").set_input_files(
        {"name": "archive.zip", "mimeType": "application/zip", "buffer": _archive()}
    )
    return _submit(page, "Examiner l’archive")


def _look_at_archive(page: Any) -> Any:
    _send_archive(page)
    # The page follows by itself what is done beside it.
    page.get_by_text("À confirmer").wait_for()
    return page.reload()


def _archive() -> bytes:
    scan = files.pdf_of_images()
    parts = {
        "Modèles/note.txt": "Une note.",
        "Modèles/scan.pdf": scan,
        "Modèles/copie.pdf": scan,
        "programme.exe": b"MZ\x90\x00",
    }
    return files.zipped_parts(parts)


def _join_no_file(page: Any) -> Any:
    return _submit(page, "Joindre")


def _send_nothing(page: Any) -> Any:
    return _submit(page, "Examiner l’archive")


def _ask_export(page: Any) -> Any:
    _submit(page, "Préparer l’export")
    page.get_by_role("link", name="Télécharger l’export").wait_for()
    return page.reload()


PLACES = [
    Place("login", "", "/connexion"),
    Place("login refused", "", "/connexion", UNKNOWN, _refuse_login),
    Place("forgotten password", "", "/mot-de-passe-oublie"),
    Place("accessibility", "", "/accessibilite"),
    Place("home", _WRITER, "/"),
    Place("home with nothing to do", _ADMIN, "/"),
    Place("procedures", _WRITER, "/consultations/"),
    Place("nothing found", _WRITER, "/consultations/?texte=introuvable"),
    Place("body folder", _WRITER, "/consultations/region-ile-des-alpes/"),
    Place("year folder", _WRITER, "{served.complete}/.."),
    Place("new consultation", _WRITER, "/consultations/nouvelle"),
    Place("short card", _WRITER, _COMPLETE + "/"),
    Place("detail", _WRITER, _COMPLETE + "/detail"),
    Place("unfinished detail", _WRITER, "{served.unfinished}/detail"),
    *_STEPS,
    Place("unfinished step", _WRITER, "{served.unfinished}/formulaire/lots"),
    Place("refused step", _WRITER, _COMPLETE + "/formulaire/award", REFUSED, _refuse),
    Place("merge", _WRITER, "{served.unfinished}/formulaire/need", CONFLICT, _conflict),
    Place("perimeter", _WRITER, _COMPLETE + "/perimetre"),
    Place("lots", _WRITER, _COMPLETE + "/lots/"),
    Place("no lots", _WRITER, "{served.unfinished}/lots/"),
    Place("new lot", _WRITER, _COMPLETE + "/lots/ajouter"),
    Place("lot", _WRITER, _COMPLETE + "/lots/1/"),
    Place("question", _WRITER, _COMPLETE + "/lots/1/", OK, _ask_confirmation),
    Place("history", _WRITER, _COMPLETE + "/historique"),
    Place("abandon", "gestionnaire", _COMPLETE + "/sans-suite"),
    Place("pieces", _WRITER, _COMPLETE + "/pieces/"),
    Place("no pieces", _WRITER, "{served.unfinished}/pieces/"),
    Place("attachments", _WRITER, _COMPLETE + "/annexes/"),
    Place("no attachments", _WRITER, "{served.unfinished}/annexes/"),
    Place(
        "refused attachment", _WRITER, _COMPLETE + "/annexes/", REFUSED, _refuse_file
    ),
    Place("attachment", _WRITER, _COMPLETE + "/annexes/1/"),
    Place("bundle", _WRITER, _COMPLETE + "/dossier"),
    Place("bundle made", _WRITER, _COMPLETE + "/dossier", OK, pieces.prepare_bundle),
    Place("empty bundle", _WRITER, "{served.unfinished}/dossier"),
    Place("files brought back", _WRITER, "{served.rules}rapporter"),
    Place("file compared", _WRITER, "{served.rules}rapporter", OK, _bring_back),
    Place(
        "changes brought back",
        _WRITER,
        "{served.concerned}rapporter",
        OK,
        pieces.bring_changes_back,
    ),
    Place("coherence", _WRITER, _COMPLETE + "/coherence"),
    Place("nothing incoherent", _WRITER, "{served.unfinished}/coherence"),
    Place("draft", _WRITER, "{served.rules}"),
    Place("rewriting", _WRITER, "{served.rules}texte?clause=consultation-files"),
    Place(
        "rewriting met",
        _WRITER,
        "{served.concerned}texte?clause=execution-times",
        CONFLICT,
        _rewrite_meanwhile,
    ),
    Place("explanation", _WRITER, "{served.rules}pourquoi?passage=consultation-files"),
    Place("questions", _WRITER, "{served.rules}questions"),
    Place("all questions", _WRITER, _COMPLETE + "/pieces/questions?groupe=propres"),
    Place(
        "question met",
        _WRITER,
        "{served.concerned}questions?groupe=propres",
        CONFLICT,
        _answer_meanwhile,
    ),
    Place("review", _WRITER, "{served.rules}relecture"),
    Place(
        "review with comments",
        "gestionnaire",
        "{served.rules}relecture?passage=consultation-files",
        OK,
        pieces.comment_and_answer,
    ),
    Place("review asked", _WRITER, "{served.rules}demander-relecture"),
    Place("freezing", _WRITER, "{served.rules}figer"),
    Place("frozen", _WRITER, _COMPLETE + "/pieces/", OK, pieces.freeze_commitment),
    Place("draft read only", "lecteur", "{served.rules}"),
    Place("draft concerned", _WRITER, "{served.concerned}"),
    Place("rebase", _WRITER, "{served.concerned}reprise"),
    Place("nothing to rebase", _WRITER, "{served.rules}reprise"),
    Place("clausier", _EDITOR, "/clausier/"),
    Place("clause discussed", _EDITOR, _CLAUSE, OK, pieces.discuss_clause),
    Place("clause comment refused", _WRITER, _CLAUSE, REFUSED, _refuse_comment),
    Place("clause folder", _EDITOR, "/clausier/prix/variation-des-prix/"),
    Place("clause", _EDITOR, "/clausier/prix/variation-des-prix/price-revisable/"),
    Place("proposal written", _EDITOR, "{served.proposal}/modifier"),
    Place("clause usages", _EDITOR, "/clausier/usages"),
    Place("model", _EDITOR, "/clausier/importer"),
    Place("model refused", _EDITOR, "/clausier/importer", REFUSED, _refuse_model),
    Place("model cut", _EDITOR, "/clausier/importer", OK, _read_model),
    Place("versions compared", _EDITOR, _CHANGED + "comparaison"),
    Place("one version alone", _EDITOR, _CLAUSE + "comparaison"),
    Place("clause family", _EDITOR, "/clausier/penalites/"),
    Place("clauses found", _EDITOR, "/clausier/?q=penalites"),
    Place("no clause found", _EDITOR, "/clausier/?q=introuvable"),
    Place("clause retired", _EDITOR, _CLAUSE + "retirer"),
    Place("proposals", "comite.juridique", "/propositions/"),
    Place("no proposals", "comite.juridique", "/propositions/?etat=closes"),
    Place("new proposal", _EDITOR, "/propositions/nouvelle"),
    Place("proposal examined", "comite.achats", "/propositions/2/"),
    Place("proposal in draft", _EDITOR, "/propositions/3/"),
    Place("proposal adopted", _EDITOR, "/propositions/1/"),
    Place("comment refused", _EDITOR, "/propositions/3/", REFUSED, _refuse_comment),
    Place("proposal checked", _EDITOR, "/propositions/3/verification"),
    Place("committee rules", _EDITOR, "/propositions/regles"),
    Place("committee rules to read", "comite.achats", "/propositions/regles"),
    Place("releases", _EDITOR, "/publications/"),
    Place("release", _WRITER, "{served.release}/"),
    Place("release prepared", _EDITOR, "/publications/preparer"),
    Place("proposal clash", _EDITOR, "{served.proposal}/modifier", CONFLICT, _clash),
    Place("canevas list", _EDITOR, "/canevas/"),
    Place("canevas found", _EDITOR, "/canevas/?nature=works&piece=CCAP&sort=-clauses"),
    Place("no canevas found", _EDITOR, "/canevas/?texte=introuvable"),
    Place("canevas", _EDITOR, "/canevas/rc-open-call/"),
    Place("new canevas", _EDITOR, "/canevas/nouveau"),
    Place("plan", _EDITOR, "/canevas/rc-adapted/modifier"),
    Place("plan node", _EDITOR, "/canevas/rc-adapted/element?cle=irregular-offers"),
    Place("plan adding", _EDITOR, "/canevas/rc-adapted/ajouter?q=prix"),
    Place("canevas properties", _EDITOR, "/canevas/rc-adapted/proprietes"),
    Place(
        "covers met",
        _EDITOR,
        "/canevas/rc-adapted/proprietes",
        CONFLICT,
        _write_cover_meanwhile,
    ),
    Place(
        "canevas differences",
        _EDITOR,
        "/canevas/rc-open-call/differences?de=rc-open-call:1&vers=rc-adapted:0",
    ),
    Place("canevas trial", _EDITOR, "/canevas/rc-open-call/essayer"),
    Place("sheet written on", _EDITOR, "{served.sheet}/"),
    Place("sheet spoken of", _WRITER, "{served.sheet}/"),
    Place("sheet commented", _WRITER, "{served.sheet}/commenter"),
    Place("comment empty", _WRITER, "{served.sheet}/commenter", REFUSED, _say_nothing),
    Place("new sheet", _EDITOR, f"{_SHELF}/nouvelle-fiche"),
    Place("sheet begun", _EDITOR, f"{_SHELF}/nouvelle-fiche?sorte=official_text"),
    Place("sheet editing", _EDITOR, "{served.sheet}/modifier"),
    Place("sheet held", _KEEPER, "{served.sheet}/modifier"),
    Place("sheet refused", _EDITOR, "{served.sheet}/modifier", REFUSED, _refuse_sheet),
    Place("sheets met", _EDITOR, "{served.sheet}/modifier", CONFLICT, _meet_on_sheet),
    Place("sheet reviewed", _KEEPER, "{served.sheet}/relecture"),
    Place("sheet obsolete", _EDITOR, "{served.sheet}/obsolete"),
    Place("sheet entrusted", _EDITOR, "{served.sheet}/confier"),
    Place("sheet versions", _EDITOR, "{served.sheet}/versions"),
    Place("sheet version", _WRITER, "{served.sheet}/version?numero=1"),
    Place("sheets compared", _WRITER, "{served.sheet}/comparaison?de=1&a=2"),
    Place("sheets waiting", _EDITOR, "/connaissances/a-relire"),
    Place("nothing waits", "lecteur", "/connaissances/a-relire"),
    Place("subscriptions", _WRITER, "/connaissances/mes-abonnements"),
    Place("no subscription", _ADMIN, "/connaissances/mes-abonnements"),
    Place("links found", _EDITOR, "/connaissances/liens-possibles?q=lot"),
    Place("document style", _ADMIN, "/organisation/region-ile-des-alpes/style"),
    Place("organisation", _ADMIN, "/organisation/"),
    Place("body", _ADMIN, "/organisation/region-ile-des-alpes/"),
    Place("body details", _ADMIN, "/organisation/region-ile-des-alpes/coordonnees"),
    Place("entity", _ADMIN, LYCEES + "/"),
    Place("new entity", _ADMIN, LYCEES + "/ajouter"),
    Place("entity renamed", _ADMIN, LYCEES + "/renommer"),
    Place("entity moved", _ADMIN, LYCEES + "/deplacer"),
    Place("entity closed", _ADMIN, LYCEES + "/fermer"),
    Place("users", _ADMIN, "/utilisateurs/"),
    Place("user", _ADMIN, "/utilisateurs/redacteur/"),
    Place("new user", _ADMIN, "/utilisateurs/nouveau"),
    Place("user changed", _ADMIN, "/utilisateurs/redacteur/modifier"),
    Place("user password", _ADMIN, "/utilisateurs/redacteur/mot-de-passe"),
    Place("assignment", _ADMIN, "/utilisateurs/redacteur/affecter"),
    Place("substitute", _ADMIN, "/utilisateurs/redacteur/suppleant"),
    Place("profiles", _ADMIN, "/profils/"),
    Place("profile", _ADMIN, "/profils/administrative-writer/"),
    Place("new profile", _ADMIN, "/profils/nouveau"),
    Place("simulator", _ADMIN, "/utilisateurs/simulation?compte=redacteur"),
    Place("journal", _ADMIN, "/journal/"),
    Place("company, nowhere named", _WRITER, "/entreprises/73282932000074/"),
    Place("company", _WRITER, "/entreprises/sans-type-nom-nettoyage-des-locaux/"),
    Place("search", _WRITER, "/recherche"),
    Place("results", _WRITER, "/recherche?q=retard"),
    Place("results filtered", _WRITER, "/recherche?q=retard&nature=clause&page=2"),
    Place("results partial", _WRITER, "/recherche?q=retard+zygomatique"),
    Place("no result", _WRITER, "/recherche?q=nettoyagee"),
    Place("search without words", _WRITER, "/recherche?q=de+la"),
    Place("save a search", _WRITER, "/enregistrer-recherche?q=retard&nature=clause"),
    Place("searches, none", _WRITER, "/mes-recherches"),
    Place("searches", _ADMIN, "/enregistrer-recherche?q=retard", then=_save_search),
    Place(
        "a search kept",
        _ADMIN,
        "/enregistrer-recherche?q=retard",
        then=_open_saved_search,
    ),
    Place("synonyms", _KEEPER, "/connaissances/synonymes"),
    Place("synonyms, one group", _KEEPER, "/connaissances/synonymes?groupe=aoo"),
    Place(
        "synonyms refused",
        _KEEPER,
        "/connaissances/synonymes?groupe=nouveau",
        REFUSED,
        lambda page: _submit(page, "Enregistrer"),
    ),
    Place("vain searches", _KEEPER, "/connaissances/sans-reponse"),
    Place("account", _WRITER, "/mon-compte"),
    Place("own password", _WRITER, "/mon-mot-de-passe"),
    Place("own substitute", _WRITER, "/mon-suppleant"),
    Place("forbidden", _WRITER, "/organisation/", FORBIDDEN),
    Place("not found", _WRITER, "/nulle-part", NOT_FOUND),
    Place("sheet file", _LIBRARIAN, _JOIN),
    Place("sheet file of another title", _EDITOR, "{served.sheet}/joindre"),
    Place("sheet file refused", _LIBRARIAN, _JOIN, REFUSED, _join_no_file),
    Place("import", _LIBRARIAN, "/connaissances/importer"),
    Place(
        "import refused",
        _LIBRARIAN,
        "/connaissances/importer",
        REFUSED,
        _send_nothing,
    ),
    Place("import sent", _LIBRARIAN, "/connaissances/importer", OK, _send_archive),
    Place(
        "import looked at", _LIBRARIAN, "/connaissances/importer", OK, _look_at_archive
    ),
    Place("export", _LIBRARIAN, "/connaissances/exporter", OK, _ask_export),
    Place("readings", _LIBRARIAN, "/connaissances/lectures"),
    Place("knowledge", "lecteur", "/connaissances/"),
    Place("knowledge of a keeper", _LIBRARIAN, "/connaissances/"),
    Place("knowledge by kind", "lecteur", "/connaissances/?sorte=article"),
    Place("no knowledge found", "lecteur", "/connaissances/?texte=introuvable"),
    Place("knowledge folder", "lecteur", _BASE),
    Place("knowledge folder kept", _LIBRARIAN, _BASE + "?dessous=1&sort=-titre"),
    Place("empty knowledge folder", _LIBRARIAN, _BASE + "a-venir/"),
    Place("sheet", "lecteur", _BASE + "allotir-a-la-region/"),
    Place("sheet being written", _LIBRARIAN, _BASE + "allotir-a-la-region/"),
    Place("draft of a sheet", _LIBRARIAN, _BASE + "fiche-a-ecrire/"),
    Place("words of a file", _LIBRARIAN, _BASE + "fiche-a-ecrire/apercu?copie=1"),
    Place("article", _EDITOR, _ARTICLE),
    Place("what cites an article", _EDITOR, _ARTICLE + "liens"),
    Place(
        "shipped sheet",
        "lecteur",
        "/connaissances/fiches-pratiques/passer/calculer-les-delais-de-reception/",
    ),
    Place("help of a sheet", _LIBRARIAN, _BASE + "allotir-a-la-region/aide"),
    Place("new folder", _LIBRARIAN, _BASE + "nouveau"),
    Place("new folder refused", _LIBRARIAN, _BASE + "nouveau", REFUSED, _refuse_folder),
    Place("folder described", _LIBRARIAN, _BASE + "renommer"),
    Place("folder readers", _LIBRARIAN, _BASE + "lecteurs"),
    Place("order of a folder", _LIBRARIAN, _BASE + "ordre"),
    Place("sheet moved", _LIBRARIAN, _BASE + "allotir-a-la-region/deplacer"),
    Place("sheet copied", _LIBRARIAN, _BASE + "allotir-a-la-region/copier"),
    Place("sheet thrown away", _LIBRARIAN, _BASE + "allotir-a-la-region/supprimer"),
    Place("folder thrown away", _LIBRARIAN, _BASE + "supprimer"),
    Place("sheets moved together", _LIBRARIAN, _BASE, OK, _tick_and_move),
    Place("bin", _LIBRARIAN, "/connaissances/corbeille/"),
    Place("empty bin", _EDITOR, "/connaissances/corbeille/"),
    Place("bin entry", _LIBRARIAN, "/connaissances/corbeille/", OK, _open_entry),
    Place("kept from a reader", "lecteur", "/connaissances/corbeille/", FORBIDDEN),
]
