"""An archive is looked at, told, confirmed, taken in; the base is given out."""

import io
import json
import zipfile
from typing import Any

import pytest
import transaction
from pyramid.traversal import resource_path
from webtest import Upload

from sicp.cli import background
from sicp.cli.background import work_off
from sicp.operations.knowledge.bulk import job as jobs
from sicp.operations.knowledge.file import put_file
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import write_sheet
from sicp.operations.upload import Upload as Sent
from tests.unit.engines.text_extraction import files

IMPORT = "/connaissances/importer"
EXPORT = "/connaissances/exporter"
MODEL = files.docx("Un modèle de règlement.")
TABLE = """chemin;titre;sorte;thèmes;dossier;usage;texte
Modèles/rc.docx;Règlement type;Modèle;Modèles;;Appel d’offres;
perdu.pdf;Perdu;Fichier;;;;
;Fiche de la feuille;Fiche pratique;Seuils;Pratique/Seuils;;Un texte sans fichier.
"""


def archive(**more: Any) -> bytes:
    """Make an archive of a table and of some files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("metadonnees.csv", TABLE)
        package.writestr("Modèles/rc.docx", MODEL)
        package.writestr("Modèles/note_de_service.txt", "Une note.")
        package.writestr("Modèles/copie.docx", MODEL)
        package.writestr("programme.exe", b"MZ\x90\x00")
        package.writestr("../evasion.txt", "Dehors.")
        package.writestr("bombe.txt", b" " * 3_000_000)
        package.writestr("page.html", "<html><body><p>Une page</p><script>x</script>")
        link = zipfile.ZipInfo("lien.txt")
        link.external_attr = 0o120777 << 16
        package.writestr(link, "/etc/passwd")
        for name, content in more.items():
            package.writestr(name, content)
    return target.getvalue()


def send(app: Any, content: bytes, place: str = IMPORT, **kw: Any) -> Any:
    """Send an archive to be looked at."""
    form = app.get(place).forms["import-form"]
    form["file"] = Upload("archive.zip", content)
    for name, value in kw.items():
        form[name] = value
    return form.submit("send", status=303).follow()


def sheets(site: Any) -> dict[str, Any]:
    """Return the sheets by title."""
    transaction.begin()
    numbers = site["connaissances"].numbers.values()
    return {item.title: item for item in numbers if hasattr(item, "versions")}


def line(page: Any, where: str) -> str:
    """Return the row of a report that tells of a place of the archive."""
    rows = [tr.get_text(" ", strip=True) for tr in page.html.select("tbody tr")]
    return next(row for row in rows if where in row)


@pytest.fixture
def work(served: Any) -> Any:
    """Do what waits."""
    return lambda: work_off(served.registry)


def test_an_archive_is_looked_at_before_anything_is_written(
    app_keeper, site, work
) -> None:
    before = set(sheets(site))
    page = send(app_keeper, archive(), publish=True)
    assert "En cours d’examen" in page.text
    assert "Vous pouvez quitter cette page" in page.text
    work()
    assert set(sheets(site)) == before
    page = app_keeper.get(page.request.url)
    assert "À confirmer" in page.text
    for where, said in (
        ("perdu.pdf", "n’est pas dans ce qui est donné"),
        ("programme.exe", "n’est pas accepté"),
        ("../evasion.txt", "hors de l’archive"),
        ("bombe.txt", "démesurément"),
        ("lien.txt", "lien vers un autre fichier"),
        ("copie", "Identique à « Règlement type »"),
    ):
        assert said in line(page, where).replace("\xa0", " "), where
    whole = app_keeper.get(f"{page.request.url}?tout=1")
    assert "À créer" in line(whole, "Modèles/rc.docx")
    done = page.forms["import-decide"].submit("confirm", status=303).follow()
    assert "En cours" in done.text
    work()
    found = sheets(site)
    assert set(found) - before == {
        "Règlement type",
        "Fiche de la feuille",
        "note de service",
        "page",
    }
    model = found["Règlement type"]
    assert (model.kind, model.state, model.current.themes) == (
        "model",
        "published",
        ("Modèles",),
    )
    assert model.current.fields == {"use": "Appel d’offres"}
    assert (model.current.file.file_name, model.current.file.text_state) == (
        "rc.docx",
        "read",
    )
    assert resource_path(model) == "/connaissances/modeles/reglement-type"
    sheet = found["Fiche de la feuille"]
    assert resource_path(sheet.__parent__) == "/connaissances/pratique/seuils"
    assert found["page"].current.text == "<p>Une page</p>"
    page = app_keeper.get(page.request.url)
    assert "Terminé" in page.text
    assert "Créée" in app_keeper.get(f"{page.request.url}?tout=1").text


def test_a_second_import_changes_nothing(app_keeper, site, work, database) -> None:
    for _turn in range(2):
        page = send(app_keeper, archive())
        work()
        page = app_keeper.get(page.request.url)
        if _turn:
            assert "import-decide" in page.forms
            assert 'value="confirm"' not in page.text
        else:
            page.forms["import-decide"].submit("confirm")
            work()
    assert sheets(site)["Règlement type"].state == "draft"


def test_a_newer_archive_updates_but_never_what_a_person_wrote(
    app_keeper, site, work, by
) -> None:
    def lines(text: str, title: str = "Ma fiche") -> bytes:
        told = {"id": "1", "title": title, "text": text, "folder": "Pratique"}
        return json.dumps(told).encode()

    def run(content: bytes) -> Any:
        page = send(app_keeper, content, publish=True)
        work()
        page = app_keeper.get(page.request.url)
        if "confirm" in page.text:
            page.forms["import-decide"].submit("confirm")
            work()
        return app_keeper.get(page.request.url)

    run(lines("Un premier texte."))
    run(lines("Un second texte.", "Ma fiche revue"))
    sheet = sheets(site)["Ma fiche revue"]
    assert [v.text for v in sheet.versions.values()] == [
        "<p>Un premier texte.</p>",
        "<p>Un second texte.</p>",
    ]
    write_sheet(sheet, SheetInput("Ma fiche revue", "<p>À la main.</p>"), **by)
    publish_sheet(sheet, **by)
    transaction.commit()
    page = run(lines("Un troisième texte."))
    assert "Quelqu’un a modifié cette fiche" in page.text
    assert sheets(site)["Ma fiche revue"].current.text == "<p>À la main.</p>"


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4", b"PK\x03\x04broken", MODEL, b"{\n[1, 2"]
)
def test_what_is_no_archive_ends_in_clear_words(app_keeper, work, content) -> None:
    form = app_keeper.get(IMPORT).forms["import-form"]
    form["file"] = Upload("archive.zip", content)
    answer = form.submit("send", status="*")
    if not content:
        assert answer.status_int == 422
        assert "Ce fichier est vide." in answer.html.select_one("#file-error").text
        return
    work()
    page = app_keeper.get(answer.location)
    assert "Échec" in page.text or "n’est pas du JSON" in page.text


def test_no_file_is_told_at_the_field(app_keeper) -> None:
    page = app_keeper.get(IMPORT).forms["import-form"].submit("send", status=422)
    assert "Choisissez un fichier." in page.html.select_one("#file-error").text


def test_an_import_is_given_up(app_keeper, site, work) -> None:
    before = set(sheets(site))
    page = send(app_keeper, archive())
    page = page.forms["import-decide"].submit("give_up", status=303).follow()
    assert "Abandonné" in page.text
    assert work() == {}
    assert set(sheets(site)) == before


def test_an_interrupted_import_goes_on_where_it_was(
    app_keeper, site, work, served, monkeypatch
) -> None:
    monkeypatch.setattr(jobs, "BATCH", 3)
    told = [{"title": f"Essai {n}", "text": f"Texte {n}."} for n in range(10)]
    page = send(app_keeper, "\n".join(map(json.dumps, told)).encode())
    work()
    app_keeper.get(page.request.url).forms["import-decide"].submit("confirm")
    steps = []

    def broken(*args: Any) -> None:
        steps.append(args)
        if len(steps) == 3:
            raise KeyboardInterrupt
        real(*args)

    real = background._step
    monkeypatch.setattr(background, "_step", broken)
    with pytest.raises(KeyboardInterrupt):
        work()
    taken = [title for title in sheets(site) if title.startswith("Essai ")]
    assert len(taken) == 3
    assert work() == {}, "another worker may be at it"
    transaction.begin()
    (job,) = site.background.jobs.values()
    job.held_until = None
    transaction.commit()
    work()
    page = app_keeper.get(page.request.url)
    assert "Terminé" in page.text
    taken = [title for title in sheets(site) if title.startswith("Essai ")]
    assert sorted(taken) == sorted(item["title"] for item in told)


def test_who_does_not_manage_the_base_imports_and_exports_nothing(
    app_editor, app_reader
) -> None:
    for app in (app_editor, app_reader):
        for path in (IMPORT, EXPORT, "/connaissances/lectures"):
            app.get(path, status=403)
            app.post(path, {}, status="4*")
        said = app.get("/connaissances/").text
        assert "importer" not in said
        assert "exporter" not in said


def test_what_one_asked_for_is_not_shown_to_others(
    app_keeper, app_admin, served, site, work
) -> None:
    page = send(app_keeper, archive())
    key = page.request.url.rpartition("/")[2]
    app_keeper.get(f"{IMPORT}/nothing", status=404)
    app_admin.get(f"{IMPORT}/{key}", status="4*")
    app_keeper.get(f"{EXPORT}/{key}", status=404)


def test_the_base_is_given_out_and_taken_back(
    app_keeper, site, work, made, by, served
) -> None:
    put_file(made["L2999-10"], Sent(io.BytesIO(MODEL), "a b.docx"), **by)
    publish_sheet(made["L2999-10"], **by)
    transaction.commit()
    page = app_keeper.get(EXPORT).forms["export-form"].submit("export", status=303)
    assert "L’export est demandé." in page.follow().text
    work()
    page = app_keeper.get(EXPORT)
    got = page.click("Télécharger")
    assert got.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(got.body)) as package:
        names = set(package.namelist())
        lines = package.read("data.jsonl").decode().splitlines()
    assert {"index.html", "recherche.html", "_site/index.js"} <= names
    assert len(lines) == len(site["connaissances"].numbers)
    page = send(app_keeper, got.body, publish=True)
    work()
    page = app_keeper.get(page.request.url)
    facts = page.html.select_one(".sheet-facts").get_text(" ", strip=True)
    assert facts == f"Sans changement {len(lines)}"
