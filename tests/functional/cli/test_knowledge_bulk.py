"""The base is filled from a folder, an archive, lines; given out, and taken back."""

import json
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sicp.cli.site import open_site
from sicp.operations.health import faults_of
from sicp.operations.knowledge.redirect import resolve
from sicp.operations.user.right import may
from tests.functional.cli.conftest import run_sicp
from tests.unit.engines.text_extraction import files

LINES = (
    {"title": "Allotir", "text": "Voir l’article L. 2113-10.\n\nEt allotir."},
    {
        "title": "Arrêt Béziers",
        "text": "<p>Un <b>principe</b><script>alert(1)</script></p>",
        "kind": "case_law",
        "fields": {"court": "Conseil d’État", "decided_on": "2009-12-28"},
        "themes": ["Contentieux"],
        "folder": "Jurisprudence/Conseil d’État",
    },
    {"title": "Sans rien"},
    {"title": "Mal daté", "text": "x", "kind": "Jurisprudence", "decided_on": "32/1/9"},
    {"text": "Sans titre"},
)


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """A file of lines, two of which cannot be taken."""
    path = tmp_path / "base.jsonl"
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in LINES)
    path.write_text(f"{text}\n[1]\nnot json\n", encoding="utf-8")
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run a command on a site that holds nothing yet."""
    monkeypatch.setenv("SICP_VAR", str(tmp_path / "var"))
    return run_sicp


def run(sicp: Any, *words: Any) -> dict[str, Any]:
    """Import, and return the report."""
    result = sicp("knowledge", "import", *words, "--json")
    assert len(result.stdout.strip().splitlines()) == 1, result.output
    return json.loads(result.stdout)


def last_transaction() -> bytes:
    """Return the number of the last thing written."""
    with open_site() as opened:
        return opened.database.storage.lastTransaction()


def test_lines_are_taken_once_and_a_dry_run_writes_nothing(sicp, lines) -> None:
    before = last_transaction()
    report = run(sicp, lines, "--dry-run")
    assert (report["read"], report["created"], report["refused"]) == (7, 2, 5)
    assert last_transaction() == before
    report = run(sicp, lines, "--as", "documentaliste")
    assert (report["created"], report["refused"]) == (2, 5)
    told = {problem["where"]: problem["reason"] for problem in report["problems"]}
    assert "ni texte ni fichier" in told["ligne 3"]
    assert "Date de la décision" in told["ligne 4"]
    assert "titre" in told["ligne 5"]
    assert "objet JSON" in told["ligne 6"]
    assert "pas du JSON" in told["ligne 7"]
    before = last_transaction()
    assert run(sicp, lines)["unchanged"] == 2
    assert last_transaction() == before
    with open_site() as opened:
        base = opened.root["connaissances"]
        found = resolve(base, ["jurisprudence", "conseil-d-etat", "arret-beziers"])
        assert (found.state, found.kind) == ("published", "case_law")
        assert found.current.text == "<p>Un <strong>principe</strong></p>"
        assert "article:L2113-10" in resolve(base, ["allotir"]).current.cites
        assert faults_of(opened.root, opened.registry) == []


def test_what_is_taken_is_found_by_readers_unless_drafts_are_asked(
    sicp, tmp_path
) -> None:
    for word, options in (("zibeline", ()), ("zircon", ("--draft",))):
        source = tmp_path / f"{word}.jsonl"
        source.write_text(json.dumps({"title": f"Achat de {word}", "text": "Texte."}))
        assert run(sicp, source, *options)["created"] == 1

    def found(word: str) -> list[int]:
        results = [
            sicp("search", word, "--as", login, "--json")
            for login in ("lecteur", "documentaliste")
        ]
        return [json.loads(result.stdout)["total"] for result in results]

    assert found("zibelines") == [1, 1]
    assert found("zircons") == [0, 1]


def test_a_folder_is_taken_with_its_tree_but_no_link_is_followed(
    bare, tmp_path
) -> None:
    sicp = bare
    source = tmp_path / "source"
    (source / "Modèles" / "Lettres").mkdir(parents=True)
    (source / "Modèles" / "Lettres" / "rejet.docx").write_bytes(files.docx("Rejet."))
    (source / "Modèles" / "double.docx").write_bytes(files.docx("Rejet."))
    shutil.copyfile(
        source / "Modèles" / "double.docx",
        source / "Modèles" / "Lettres" / "rejet.docx",
    )
    (source / "secret.txt").symlink_to("/etc/passwd")
    (source / ".DS_Store").write_bytes(b"x")
    report = run(sicp, source, "--under", "")
    assert (report["created"], report["duplicate"], report["refused"]) == (1, 1, 1)
    assert "lien" in report["problems"][0]["reason"]
    assert json.loads(sicp("knowledge", "extract", "--json").stdout) == {"read": 1}
    assert run(sicp, source)["unchanged"] == 1


def test_a_sheet_of_metadata_tells_more(bare, tmp_path) -> None:
    sicp = bare
    source = tmp_path / "source"
    source.mkdir()
    rows = (
        ["Chemin", "Titre", "Sorte", "Thèmes", "Dossier", "Date du document"],
        ["note.txt", "Note du 3 mai", "Fichier", "A;B", "Notes/2026", "03/05/2026"],
    )
    (source / "metadonnees.xlsx").write_bytes(files.xlsx(Feuille=rows))
    (source / "note.txt").write_text("Une note.")
    assert run(sicp, source)["created"] == 1
    with open_site() as opened:
        base = opened.root["connaissances"]
        found = resolve(base, ["notes", "2026", "note-du-3-mai"])
        assert found.current.themes == ("A", "B")
        assert str(found.current.fields["written_on"]) == "2026-05-03"


def test_what_is_given_out_is_taken_back_elsewhere(
    bare, lines, tmp_path, monkeypatch
) -> None:
    sicp = bare
    run(sicp, lines)
    with open_site() as opened:
        allotir = resolve(opened.root["connaissances"], ["allotir"])
        number = allotir.__oid__
    link = {"title": "Renvoi", "text": f'<p><a href="sicp:sheet/{number}">Là</a></p>'}
    more = tmp_path / "more.jsonl"
    more.write_text(json.dumps(link))
    run(sicp, more, "--under", "jurisprudence")
    out = tmp_path / "out"
    assert sicp("knowledge", "export", out).exit_code == 0
    assert sicp("knowledge", "export", out).exit_code == 1
    page = (out / "jurisprudence" / "renvoi.html").read_text()
    assert '<a href="../allotir.html">Là</a>' in page
    monkeypatch.setenv("SICP_VAR", str(tmp_path / "other"))
    count = len((out / "data.jsonl").read_text().splitlines())
    report = run(sicp, out)
    assert (report["created"], report["refused"]) == (count, 0)
    assert run(sicp, out)["unchanged"] == count
    with open_site() as opened:
        base = opened.root["connaissances"]
        there = resolve(base, ["jurisprudence", "renvoi"])
        own = resolve(base, ["allotir"]).__oid__
        assert own != number
        assert f"sicp:sheet/{own}" in there.current.text
        assert there.current.cites == (f"sheet:{own}",)
    again = tmp_path / "again"
    sicp("knowledge", "export", again)
    assert tree(again) == tree(out)


def tree(folder: Path) -> set[str]:
    """Return the files of an export."""
    return {f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file()}


def test_readers_that_are_not_known_open_a_folder_to_nobody(
    sicp, tmp_path, monkeypatch
) -> None:
    told = (
        {"type": "folder", "title": "Réservé", "readers": ["inconnu/service"]},
        {"type": "folder", "title": "Ouvert"},
        {"title": "Secret", "text": "x", "folder": ["Réservé"]},
    )
    source = tmp_path / "source.jsonl"
    source.write_text("\n".join(map(json.dumps, told)))
    assert run(sicp, source)["created"] == 3
    with open_site() as opened:
        base = opened.root["connaissances"]
        reader = opened.actor("lecteur")
        assert not may(reader, "sicp.knowledge.view", resolve(base, ["reserve"]))
        assert may(reader, "sicp.knowledge.view", resolve(base, ["ouvert"]))


def test_who_does_not_manage_the_base_is_refused(sicp, lines, tmp_path) -> None:
    for login in ("lecteur", "editeur"):
        result = sicp("knowledge", "import", lines, "--as", login)
        assert result.exit_code == 1
        out = tmp_path / login
        assert sicp("knowledge", "export", out, "--as", login).exit_code == 1
        assert not out.exists() or not any(out.iterdir())


def test_what_is_no_source_is_refused(bare, tmp_path) -> None:
    sicp = bare
    path = tmp_path / "source.pdf"
    path.write_bytes(b"%PDF-1.4")
    result = sicp("knowledge", "import", path)
    assert result.exit_code == 1
    assert "ni une archive ZIP" in result.output
    with zipfile.ZipFile(path, "w") as package:
        for number in range(3):
            package.writestr(f"../{number}.txt", "x")
    assert sicp("knowledge", "import", path).exit_code == 1
    result = sicp("knowledge", "import", path, "--under", "nulle/part")
    assert "There is no folder" in result.output


def test_reading_that_is_killed_loses_nothing(bare, tmp_path, monkeypatch) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for number in range(12):
        (source / f"note {number}.txt").write_text(f"Note {number}.")
    run(bare, source)
    data = tmp_path / "var" / "Data.fs"
    before = data.stat().st_size
    words = "from sicp.cli import main; main()"
    command = [sys.executable, "-W", "ignore", "-c", words, "knowledge", "extract"]
    with subprocess.Popen(command) as process:
        deadline = time.monotonic() + 60
        # Some is written, some is not yet.
        while data.stat().st_size == before and time.monotonic() < deadline:
            time.sleep(0.02)
        process.kill()
    counts = json.loads(bare("knowledge", "extract", "--json").stdout)
    assert 0 < counts.get("read", 0) < 12
    with open_site() as opened:
        found = [
            item.current.file.text_state
            for item in opened.root["connaissances"].numbers.values()
            if hasattr(item, "versions")
        ]
        assert found == ["read"] * 12
