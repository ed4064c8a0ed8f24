"""Each public body sees to the look of its own documents, and of no other's."""

from io import BytesIO
from typing import Any

import pytest
import transaction
from docx import Document
from docx.shared import Pt

from sicp.operations.template.style import style_of
from tests.functional.conftest import log_in
from tests.functional.office.conftest import person
from tests.functional.office.template.test_editing import words
from tests.unit.engines.docx.test_style_reading import png

REGION = "/organisation/region-ile-des-alpes/style"
LAKE = "/organisation/syndicat-du-lac/style"


@pytest.fixture
def app_keeper(served: Any, site: Any) -> Any:
    """An administrator of the Region alone."""
    place = site["organisation"]["region-ile-des-alpes"]
    person(site, served.registry, "chef.style", "administrator", place)
    return log_in(served, "chef.style")


def upload(app: Any, kind: str, data: bytes, **options: Any) -> Any:
    """Send a file to read."""
    page = app.get(REGION)
    form = next(f for f in page.forms.values() if f'value="{kind}"' in f.text)
    sent = {"csrf_token": form["csrf_token"].value, "upload": kind}
    files = [("file", "fichier.bin", data)]
    return app.post(REGION, sent, upload_files=files, **options)


def region(site: Any) -> Any:
    """Return the Region as the database now holds it."""
    transaction.begin()
    return site["organisation"]["region-ile-des-alpes"]


def test_a_style_chosen_is_that_of_the_documents(app_keeper: Any, site: Any) -> None:
    form = app_keeper.get(REGION).forms["form"]
    form["font"] = "Georgia"
    form["size"] = "11,5"
    form["heading_colour"] = "#7a1f1f"
    form["footer"] = "Région – commande publique"
    page = form.submit("save").follow()
    assert "Le style est enregistré" in words(page)
    style = style_of(region(site))
    assert (style.font, style.size) == ("Georgia", 11.5)
    assert style.heading_colour == "7A1F1F"
    sample = app_keeper.get("/organisation/region-ile-des-alpes/style-exemple.docx")
    assert "Georgia" in Document(BytesIO(sample.body)).styles.element.xml


def test_what_is_out_of_bounds_is_told_at_the_field(app_keeper: Any, site: Any) -> None:
    form = app_keeper.get(REGION).forms["form"]
    form["size"] = "40"
    form["heading_colour"] = "rouge"
    form["font"] = "<script>"
    answer = form.submit("save", status=422)
    assert answer.forms["form"]["size"].value == "40"
    assert style_of(region(site)).size == 10


def test_a_model_is_read_proposed_then_saved(app_keeper: Any, site: Any) -> None:
    model = Document()
    model.styles["Normal"].font.name = "Calibri"
    model.styles["Normal"].font.size = Pt(12)
    model.sections[0].footer.paragraphs[0].text = "Ville de Montclar"
    model.add_picture(BytesIO(png()))
    stream = BytesIO()
    model.save(stream)
    page = upload(app_keeper, "model", stream.getvalue())
    assert "rien n’est encore enregistré" in words(page)
    assert style_of(region(site)).font == "Arial"
    form = page.forms["form"]
    assert form["footer"].value == "Ville de Montclar"
    form.submit("save", status=303)
    style = style_of(region(site))
    assert (style.font, style.size, style.logo) == ("Calibri", 12, png())


def test_a_logo_is_sniffed_bounded_kept_and_taken_away(
    app_keeper: Any, site: Any
) -> None:
    for data in (b"", b"<svg/>", b"\x89PNG\r\n\x1a\n", png() + b"x" * 200_000):
        upload(app_keeper, "logo", data, status=422)
    upload(app_keeper, "logo", png()).forms["form"].submit("save", status=303)
    assert style_of(region(site)).logo == png()
    page = app_keeper.get(REGION)
    assert "Un logo est enregistré" in words(page)
    # Saving something else leaves it.
    page.forms["form"].submit("save", status=303)
    assert style_of(region(site)).logo == png()
    form = app_keeper.get(REGION).forms["form"]
    form["form-without_logo"] = "true"
    form.submit("save", status=303)
    assert not style_of(region(site)).logo


def test_what_is_no_word_file_is_refused_in_french(app_keeper: Any) -> None:
    answer = upload(app_keeper, "model", b"not a file", status=422)
    assert "n’est pas un document Word" in words(answer)


def test_a_picture_forged_in_the_form_is_refused(app_keeper: Any, site: Any) -> None:
    form = app_keeper.get(REGION).forms["form"]
    form["logo"] = "bm90IGEgcGljdHVyZQ=="
    answer = form.submit("save", status=422)
    assert "PNG ou JPEG" in words(answer)
    assert not style_of(region(site)).logo


def test_a_body_never_changes_the_look_of_another(
    app_keeper: Any, app_editor: Any, app_writer: Any, site: Any
) -> None:
    app_keeper.get(LAKE, expect_errors=True, status="4*")
    token = app_keeper.get(REGION).forms["form"]["csrf_token"].value
    app_keeper.post(LAKE, {"csrf_token": token, "upload": "logo"}, status="4*")
    app_editor.get(REGION, status="4*")
    app_writer.get(REGION, status="4*")
    transaction.begin()
    assert site["organisation"]["syndicat-du-lac"].document_style is None


def test_what_is_about_a_logo_is_asked_only_where_there_is_one(
    app_keeper: Any, site: Any
) -> None:
    about = {"logo_title", "logo_height", "form-without_logo"}
    bare = app_keeper.get(REGION)
    assert about & set(bare.forms["form"].fields) == set()
    assert "Hauteur du logo" not in words(bare)
    bare.forms["form"].submit("save").follow()

    proposed = upload(app_keeper, "logo", png())
    form = proposed.forms["form"]
    assert about <= set(form.fields)
    form["logo_title"] = "Région Île-des-Alpes"
    form["logo_height"] = "beaucoup"
    refused = form.submit("save", status=422).forms["form"]
    assert refused["logo_title"].value == "Région Île-des-Alpes"
    refused["logo_height"] = "20"
    saved = refused.submit("save").follow()
    assert style_of(region(site)).logo_height == 20
    assert about <= set(saved.forms["form"].fields)

    form = saved.forms["form"]
    form["form-without_logo"] = "true"
    without = form.submit("save").follow()
    assert style_of(region(site)).logo is None
    assert about & set(without.forms["form"].fields) == set()
