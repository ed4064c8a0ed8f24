"""Sources are not trusted; an export holds what its reader may read, and no more."""

import io
import json
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from sicp.engines.bulk import Fault
from sicp.engines.bulk import SourceError
from sicp.engines.bulk import open_source
from sicp.engines.bulk.record import html_of
from sicp.engines.bulk.record import record_of
from sicp.operations.knowledge.bin import remove_item
from sicp.operations.knowledge.bulk.export import export_for
from sicp.operations.knowledge.bulk.export import write_export
from sicp.operations.knowledge.bulk.target import FolderTarget
from sicp.operations.knowledge.file import put_file
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.publishing import retire_sheet
from sicp.operations.upload import Upload
from tests.conftest import NOW


def packed(path: Path, *names: str, **attributes: int) -> Path:
    """Make an archive of empty texts."""
    with zipfile.ZipFile(path, "w") as package:
        for name in names:
            info = zipfile.ZipInfo(name)
            info.external_attr = attributes.get("mode", 0) << 16
            package.writestr(info, "x")
    return path


def read(path: Path) -> list:
    """Return what a source gives, and does not."""
    with open_source(path) as source:
        return list(source.records())


def whole_of(path: Path, name: str) -> bytes:
    """Read a file of an archive as it comes."""
    with open_source(path) as source, source.opened(name) as file:
        return b"".join(iter(lambda: file.read(1024), b""))


@pytest.mark.parametrize(
    "name",
    ["../a.txt", "/a.txt", "a/../../b.txt", "C:/a.txt", "a//b.txt", "..\\a.txt"],
)
def test_a_name_that_leads_out_is_a_fault(tmp_path, name) -> None:
    (found,) = read(packed(tmp_path / "a.zip", name))
    assert isinstance(found, Fault)
    assert "hors de l’archive" in found.reason


def test_a_link_is_a_fault(tmp_path) -> None:
    mode = stat.S_IFLNK | 0o777
    (found,) = read(packed(tmp_path / "a.zip", "a.txt", mode=mode))
    assert "lien" in found.reason


def test_names_of_windows_are_read_in_french(tmp_path) -> None:
    path = packed(tmp_path / "a.zip", "Xt/Xlu.txt")
    data = path.read_bytes().replace(b"Xt/Xlu.txt", b"\x90t/\x82lu.txt")
    path.write_bytes(data)
    (found,) = read(path)
    assert (found.title, found.folder) == ("élu", ("Ét",))


def test_what_systems_leave_is_left(tmp_path) -> None:
    names = ("__MACOSX/a.txt", "d/.DS_Store", "Thumbs.db", "~$a.docx", "d/b.txt")
    (found,) = read(packed(tmp_path / "a.zip", *names))
    assert found.path == "d/b.txt"


def test_a_size_that_lies_is_told_when_it_is_read(tmp_path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.txt", "x" * 100_000)
    data = bytearray(path.read_bytes())
    struct.pack_into("<L", data, data.rfind(b"PK\x01\x02") + 24, 10)
    path.write_bytes(data)
    with pytest.raises(SourceError):
        whole_of(path, "a.txt")


def test_too_many_files_are_refused_before_they_are_listed(tmp_path) -> None:
    path = tmp_path / "a.zip"
    names = (f"{'long/' * 40}{n}.txt" for n in range(70_000))
    with zipfile.ZipFile(path, "w") as package:
        for name in names:
            package.writestr(name, b"")
    with pytest.raises(SourceError, match="trop de fichiers"):
        read(path)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Un mot.", "<p>Un mot.</p>"),
        ("a < b & c\n\nd", "<p>a &lt; b &amp; c</p><p>d</p>"),
        ("<p>Un</p>", "<p>Un</p>"),
        ("", ""),
    ],
)
def test_words_become_paragraphs(text, html) -> None:
    assert html_of(text) == html


def test_a_row_is_read_whatever_its_capitals_and_accents() -> None:
    told = {"TITRE": "A", "Thèmes": "x; y", "Dossier": "D / E", "Édition": "2026"}
    record = record_of(told, "ligne 2")
    assert (record.title, record.themes, record.folder) == ("A", ("x", "y"), ("D", "E"))
    assert record.fields == {"edition": "2026"}


def test_an_export_holds_what_its_reader_may_read_and_no_more(
    world, region, tmp_path
) -> None:
    kept = world.folder("Réservé", readers=[region["other"].__oid__])
    secret = world.sheet("Secret", "<p>Stratégie.</p>", kept)
    put_file(
        world.draft("Brouillon"), Upload(io.BytesIO(b"Un texte."), "a.txt"), **world.by
    )
    link = f'<p><a href="sicp:sheet/{secret.__oid__}">Là</a>.</p>'
    world.sheet("Public", link)
    old = world.sheet("Ancienne")
    retire_sheet(old, "Remplacée.", **world.by)
    gone = world.sheet("Jetée")
    remove_item(gone, **world.by)
    with_file = world.draft("Modèle", "", kind="model")
    put_file(with_file, Upload(io.BytesIO(b"Mod\xc3\xa8le."), "a:b ?.txt"), **world.by)
    publish_sheet(with_file, **world.by)
    reader = world.person("lecteur", "reader", region["body"])["actor"]
    work = export_for(world.base, reader, NOW)
    with FolderTarget(tmp_path) as target:
        list(write_export(work, target))
    told = {f.relative_to(tmp_path).as_posix(): f for f in tmp_path.rglob("*.*")}
    pages = {name for name in told if name.endswith(".html")}
    assert pages == {
        "index.html",
        "recherche.html",
        "public.html",
        "ancienne.html",
        "modele.html",
    }
    assert next(n for n in told if n.startswith("_fichiers/")).endswith("/a_b _.txt")
    whole = "".join(f.read_text() for f in told.values())
    for word in ("Secret", "Stratégie", "Réservé", "Brouillon", "Jetée"):
        assert word not in whole
    assert "<p>Là.</p>" in told["public.html"].read_text()
    assert "obsolète. Remplacée." in told["ancienne.html"].read_text()
    lines = told["data.jsonl"].read_text().splitlines()
    assert {json.loads(line)["title"] for line in lines} == {
        "Public",
        "Ancienne",
        "Modèle",
    }
