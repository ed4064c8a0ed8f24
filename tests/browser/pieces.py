"""What is done to a piece before its page is looked at: frozen, bundled, discussed."""

from typing import Any

from tests.functional.office.consultation.test_round_trip import edited
from tests.unit.engines.docx.word_edits import Edited

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: LibreOffice makes each PDF; a whole file is many of them, on a busy machine.
_PATIENCE = 300_000


def submit(page: Any, button: Any) -> Any:
    """Press a button and return the answer that comes, however late."""
    with page.expect_navigation(timeout=_PATIENCE) as navigation:
        button.click(timeout=_PATIENCE)
    return navigation.value


def freeze_commitment(page: Any) -> Any:
    """Begin the commitment of a consultation and freeze it."""
    starts = page.locator("form", has=page.locator('input[value="ae-services"]'))
    submit(page, starts.get_by_role("button"))
    page.get_by_role("link", name="Figer la pièce").click()
    name = "Figer la pièce et produire ses fichiers"
    return submit(page, page.get_by_role("button", name=name))


def prepare_bundle(page: Any) -> Any:
    """Put all the pieces together."""
    return submit(page, page.get_by_role("button", name="Rassembler le dossier"))


def comment_and_answer(page: Any) -> Any:
    """Say two things of a piece, answer one and settle the other."""
    address = page.url
    for text in ("Ce délai est-il compté en jours ouvrés ?", "Citez l’article."):
        page.locator("textarea[name=text]").fill(text)
        submit(page, page.get_by_role("button", name="Commenter", exact=True))
        page.goto(address)
    page.get_by_role("link", name="Répondre").first.click()
    page.locator("textarea[name=text]").fill("Oui, en jours ouvrés.")
    submit(page, page.get_by_role("button", name="Commenter", exact=True))
    submit(page, page.get_by_role("button", name="Traité").last)
    return page.reload()


def bring_changes_back(page: Any) -> Any:
    """Bring back the Word file of a piece with a text and a value changed."""
    word = Edited(page.request.get(page.url.replace("rapporter", "docx")).body())
    sent = {"name": "cahier relu.docx", "mimeType": WORD, "buffer": edited(word)}
    page.get_by_label("Fichier Word (.docx)").set_input_files(sent)
    return submit(page, page.get_by_role("button", name="Comparer avec la pièce"))


def discuss_clause(page: Any) -> Any:
    """Comment a passage of a clause, answer it, and say something of its title."""
    page.get_by_label("Mots visés").fill("pénalité forfaitaire")
    page.locator("#comment-text").fill("Pourquoi ce mot ?")
    button = page.get_by_role("button", name="Commenter", exact=True)
    submit(page, button)
    page.get_by_label("Le commentaire porte sur").select_option("property:title")
    page.locator("#comment-text").fill("Un titre plus court ?")
    submit(page, button)
    thread = page.locator(".passage-threads .thread").first
    thread.get_by_text("Répondre").first.click()
    thread.locator("textarea").fill("Il vient du CCAG.")
    submit(page, thread.get_by_role("button", name="Répondre"))
    submit(page, page.get_by_role("button", name="Traité").first)
    return page.reload()
