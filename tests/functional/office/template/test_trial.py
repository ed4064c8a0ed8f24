"""A canevas is tried before anybody drafts with it."""

import re
from typing import Any

import transaction

from sicp import clock
from sicp.clock import legal_day
from sicp.operations.user.assignment import assign
from tests.conftest import all_powerful
from tests.functional.office.template.test_editing import BASE
from tests.functional.office.template.test_editing import done
from tests.functional.office.template.test_editing import keys
from tests.functional.office.template.test_editing import words

PLACE = "/canevas/rc-open-call/essayer"


def test_invented_answers_give_a_document_and_a_word_file(app_editor: Any) -> None:
    page = app_editor.get(PLACE)
    assert "Document obtenu" in words(page)
    assert page.html.select_one(".document-page section")
    answer = page.click("Télécharger en Word")
    assert answer.body.startswith(b"PK")
    assert "essai-rc-open-call.docx" in answer.headers["Content-Disposition"]


def test_the_tree_being_edited_is_the_one_tried(app_editor: Any) -> None:
    page = app_editor.get(BASE)
    first = keys(page)[0]
    title = page.html.select_one(f"#node-{first} .plan-title").get_text()
    assert title in words(app_editor.get(PLACE))
    done(page, f"remove {first}")
    shown = app_editor.get(PLACE).html.select_one(".document-page").get_text()
    assert title not in shown


def test_only_consultations_the_person_may_read_are_offered(
    app_editor: Any, served: Any, site: Any
) -> None:
    some = next(
        c
        for body in site["consultations"].values()
        for year in body.values()
        for c in year.values()
    )
    place = f"{PLACE}?consultation={some.__oid__}"
    app_editor.get(place, status=404)
    app_editor.get(place.replace("essayer", "essai.docx"), status=404)
    app_editor.get(f"{PLACE}?consultation=abc", status=404)
    app_editor.get(f"{PLACE}?consultation={site['canevas'].__oid__}", status=404)
    now = clock.now()
    by = {"actor": all_powerful(site), "now": now, "registry": served.registry}
    editor, top = site["utilisateurs"]["editeur"], site["organisation"]
    assign(site, editor, "reader", top, legal_day(now), **by)
    transaction.commit()
    page = app_editor.get(place)
    assert re.sub(r"\s+", " ", some.object) in words(page)
    assert app_editor.get(place.replace("essayer", "essai.docx")).body[:2] == b"PK"
