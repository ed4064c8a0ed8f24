"""The words of a file are found once it is published and read, by who may read it."""

from io import BytesIO

import transaction

from sicp.cli.background import work_off
from sicp.clock import now
from sicp.operations.knowledge.file import put_file
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.upload import Upload
from tests.conftest import all_powerful
from tests.functional.office.search.conftest import found
from tests.unit.engines.text_extraction import described
from tests.unit.engines.text_extraction import files

#: A word that only the file says.
WORD = "chalcographie"
ASKED = f"/recherche?q={WORD}"


def test_the_words_of_a_file_are_found_once_they_are_read(
    app_writer, app_neighbour, served, site, sheets
) -> None:
    by = {"actor": all_powerful(site), "now": now(), "registry": served.registry}
    for name in ("open", "kept"):
        content = files.docx(f"La {WORD} du {name}.")
        put_file(sheets[name], Upload(BytesIO(content), "guide.docx"), **by)
        publish_sheet(sheets[name], **by)
    transaction.commit()
    assert found(app_writer.get(ASKED)) == []
    assert work_off(served.registry) == {"read": 2}
    assert sorted(found(app_writer.get(ASKED))) == ["Guide ouvert", "Guide réservé"]
    assert found(app_neighbour.get(ASKED)) == ["Guide ouvert"]


def test_a_sheet_is_found_by_what_its_file_says_of_itself(
    app_writer, app_neighbour, served, site, sheets
) -> None:
    by = {"actor": all_powerful(site), "now": now(), "registry": served.registry}
    for name in ("open", "kept"):
        content = described.docx(name, author="Hermine Quatrefages", keywords=WORD)
        put_file(sheets[name], Upload(BytesIO(content), "guide.docx"), **by)
        publish_sheet(sheets[name], **by)
    transaction.commit()
    work_off(served.registry)
    for asked in (ASKED, "/recherche?q=Quatrefages"):
        assert sorted(found(app_writer.get(asked))) == ["Guide ouvert", "Guide réservé"]
        assert found(app_neighbour.get(asked)) == ["Guide ouvert"]
