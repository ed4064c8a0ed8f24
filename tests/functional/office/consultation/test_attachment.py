"""A technical writer joins files; a manager reads them; hostile files stay outside."""

import hashlib
import re
from types import SimpleNamespace

import pytest
import transaction

from tests.functional.conftest import log_in
from tests.functional.office.consultation.test_draft import path_of
from tests.functional.office.consultation.test_draft import token
from tests.unit.engines.text_extraction import files

CCTP = files.docx("# Objet", "Le présent cahier décrit les prestations de nettoyage.")
BPU = files.xlsx(BPU=[["Désignation", "Prix unitaire € HT"], ["Vitrerie", 12]])
EICAR_LIKE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 200


@pytest.fixture
def path(site) -> str:
    """The address of the check of gas installations."""
    return path_of(site, "gaz des laboratoires")


@pytest.fixture
def app_technician(served, database):
    """A *rédactrice technique* of the service that maintains the schools."""
    return log_in(served, "technicien")


def join(app, path, name="cctp.docx", content=CCTP, kind="cctp", title="", status=303):
    """Join a file by the form of the page."""
    page = app.get(path + "annexes/")
    form = page.forms["upload"]
    values = {"csrf_token": form["csrf_token"].value, "kind": kind, "title": title}
    return app.post(
        path + "annexes", values, upload_files=[("file", name, content)], status=status
    )


def consultation_of(site, path):
    """Return the consultation at an address."""
    transaction.begin()
    body, year, reference = path.strip("/").split("/")[1:]
    return site["consultations"][body][year][reference]


def test_a_consultation_without_piece_says_what_the_place_is_for(
    app_technician, path
) -> None:
    page = app_technician.get(path + "annexes/")
    assert "Aucune pièce technique n’est jointe" in page
    app_technician.get(path + "annexes/introuvable", status=404)


def test_a_file_is_joined_listed_and_given_back(app_technician, path, site) -> None:
    page = join(app_technician, path, "CCTP gaz.docx").follow()
    assert "La pièce « CCTP gaz » est jointe" in page.text.replace("\xa0", " ")
    assert "Texte lu" in page
    digest = hashlib.sha256(CCTP).hexdigest()
    assert digest[:12] in page
    answer = app_technician.get(path + "annexes/1/fichier")
    assert answer.body == CCTP
    assert answer.content_length == len(CCTP)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "wordprocessingml" in answer.content_type
    shown = app_technician.get(path + "annexes/1/")
    assert digest in shown
    assert "Lucie Perrin" in shown
    kept = consultation_of(site, path)["annexes"]["1"]
    assert kept.current.sha256 == digest
    assert "a joint une pièce technique" in app_technician.get(path + "historique")


def test_a_replaced_file_keeps_its_earlier_version(app_technician, path) -> None:
    join(app_technician, path)
    other = files.docx("# Objet", "Un autre texte.")
    form = app_technician.get(path + "annexes/1/").forms["upload"]
    values = {"csrf_token": form["csrf_token"].value}
    address = path + "annexes/1/"
    new = [("file", "cctp-v2.docx", other)]
    page = app_technician.post(address, values, upload_files=new, status=303).follow()
    assert len(page.html.select("li.version")) == 2
    assert app_technician.get(address + "fichier").body == other
    assert app_technician.get(address + "fichier?version=1").body == CCTP
    app_technician.get(address + "fichier?version=9", status=404)
    page = app_technician.post(address, values, upload_files=new, status=422)
    assert "identique à la version en vigueur" in page


def test_pieces_are_put_in_order_and_taken_away(app_technician, path, site) -> None:
    join(app_technician, path, "a.docx", title="Premier")
    join(app_technician, path, "b.xlsx", BPU, "bpu", title="Second")
    titles = [q.title for q in consultation_of(site, path)["annexes"].in_order()]
    assert titles == ["Premier", "Second"]
    values = {"csrf_token": token(app_technician.get(path + "annexes/2/"))}
    move = {**values, "step": "up"}
    app_technician.post(path + "annexes/2/deplacer", move, status=303)
    titles = [q.title for q in consultation_of(site, path)["annexes"].in_order()]
    assert titles == ["Second", "Premier"]
    app_technician.post(path + "annexes/1/retirer", values, status=303)
    titles = [q.title for q in consultation_of(site, path)["annexes"].in_order()]
    assert titles == ["Second"]
    app_technician.get(path + "annexes/1/", status=404)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("vide.pdf", b"", "Ce fichier est vide"),
        ("setup.exe", EICAR_LIKE, "pas accepté"),
        ("cctp.pdf", EICAR_LIKE, "pas accepté"),
        ("page.html", b"<html><script>alert(1)</script></html>", "pas accepté"),
        ("cctp.docx", b"PK\x03\x04 broken", "pas accepté"),
        (
            "macro.docx",
            files.zipped_parts({"word/document.xml": "", "word/vbaProject.bin": "x"}),
            "pas accepté",
        ),
    ],
)
def test_a_hostile_file_is_refused_in_french_and_nothing_is_written(
    app_technician, path, site, name, content, message
) -> None:
    page = join(app_technician, path, name, content, status=422)
    assert message in page
    assert page.html.select_one("#upload-file")["aria-invalid"] == "true"
    assert consultation_of(site, path).get("annexes") is None


def test_a_bomb_is_kept_but_its_text_is_not_read(app_technician, path) -> None:
    bomb = files.zipped_parts({"word/document.xml": b" " * 30_000_000})
    join(app_technician, path, "gros.docx", bomb)
    page = app_technician.get(path + "annexes/1/")
    assert "Texte illisible" in page
    assert "trop volumineux une fois ouvert" in page


def test_a_file_with_a_wrong_end_of_name_is_what_it_is(app_technician, path) -> None:
    join(app_technician, path, "../../etc/plan<b>.exe", CCTP)
    page = app_technician.get(path + "annexes/")
    assert "plan<b>.exe" not in page.text
    answer = app_technician.get(path + "annexes/1/fichier")
    assert "plan_b_.exe.docx" in answer.headers["Content-Disposition"]
    assert ".." not in answer.headers["Content-Disposition"]


def test_a_locked_pdf_is_kept_and_says_so(app_technician, path, tmp_path) -> None:
    join(app_technician, path, "secret.pdf", files.locked_pdf(tmp_path))
    page = app_technician.get(path + "annexes/1/")
    assert "protégé par un mot de passe" in page
    report = app_technician.get(path + "coherence")
    assert "protégé par un mot de passe" in report


def test_a_file_beyond_the_limit_is_refused(
    app_technician, path, served, monkeypatch
) -> None:
    small = SimpleNamespace(
        **{
            name: getattr(served.registry.site_settings, name)
            for name in served.registry.site_settings.__slots__
        }
    )
    small.attachment_megabytes = 1
    monkeypatch.setattr(served.registry, "site_settings", small)
    for size in (1024 * 1024 + 10, 3 * 1024 * 1024):
        page = join(app_technician, path, content=b"a" * size, status=422)
        assert re.search(r"trop volumineux.*1.Mo au plus", page.text)


def test_what_is_no_file_or_no_kind_is_refused(app_technician, path) -> None:
    values = {"csrf_token": token(app_technician.get(path + "annexes/"))}
    page = app_technician.post(path + "annexes", {**values, "kind": "x"}, status=422)
    assert "Choisissez le type" in page
    for sent in ({}, {"file": "du texte"}):
        posted = {**values, "kind": "cctp", **sent}
        page = app_technician.post(path + "annexes", posted, status=422)
        assert "Choisissez un fichier" in page


def test_a_manager_reads_and_joins_nothing(
    app_technician, served, database, path
) -> None:
    join(app_technician, path)
    manager = log_in(served, "gestionnaire.central")
    page = manager.get(path + "annexes/")
    assert "upload" not in page.forms
    assert manager.get(path + "annexes/1/fichier").body == CCTP
    values = {"csrf_token": token(manager.get(path + "annexes/1/"))}
    for name in ("annexes", "annexes/1/", "annexes/1/retirer", "annexes/1/deplacer"):
        manager.post(path + name, values, status=403)


def test_another_body_and_a_stranger_see_nothing(
    app_technician, served, app_anonymous, path
) -> None:
    join(app_technician, path)
    stranger = log_in(served, "redacteur.lac")
    for name in ("annexes/", "annexes/1/", "annexes/1/fichier", "coherence"):
        stranger.get(path + name, status=403)
        assert app_anonymous.get(path + name).status_int in {303, 302}


def test_a_form_without_its_token_is_refused(app_technician, path) -> None:
    app_technician.post(path + "annexes", {"kind": "cctp"}, status=400)
