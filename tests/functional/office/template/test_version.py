"""What differs between two canevas is told side by side."""

from typing import Any

from tests.functional.office.template.test_editing import BASE
from tests.functional.office.template.test_editing import done
from tests.functional.office.template.test_editing import keys
from tests.functional.office.template.test_editing import words

PLACE = "/canevas/rc-open-call/differences"


def test_nothing_differs_before_anything_is_changed(app_editor: Any) -> None:
    assert "Aucune différence" in words(app_editor.get(PLACE))


def test_what_was_changed_since_the_publication(app_editor: Any) -> None:
    page = app_editor.get(BASE)
    first, second = keys(page)[:2]
    done(done(page, f"down {first}"), f"remove {keys(page, second)[0]}")
    table = app_editor.get(PLACE).html.select_one("table.difference")
    kinds = {badge.get_text() for badge in table.select(".badge-state")}
    assert {"Retiré", "Déplacé"} == kinds


def test_two_canevas_are_compared(app_editor: Any) -> None:
    asked = {"de": "rc-open-call:1", "vers": "rc-adapted:0"}
    said = words(app_editor.get(PLACE, asked))
    assert "Ajouté" in said
    assert "Retiré" in said
    every = words(app_editor.get(PLACE, {**asked, "tout": "oui"}))
    assert len(every) > len(said)


def test_what_is_not_there_is_not_found(app_editor: Any) -> None:
    for said in ("", "nobody:1", "rc-open-call:x", "rc-open-call"):
        app_editor.get(PLACE, {"de": said}, status=404)
    page = app_editor.get(PLACE, {"de": "rc-open-call:99"})
    assert page.html.select_one(".alert-box")
