"""The plan of a canevas is changed by its editors, one act at a time."""

import re
from typing import Any

import transaction

from sicp.operations.document import plan
from tests.functional.conftest import confirmed

CHILD = "/canevas/rc-adapted/modifier"
BASE = "/canevas/rc-open-call/modifier"


def words(page: Any) -> str:
    """Return the words of the page."""
    said = re.sub(r"\s+", " ", page.html.select_one("main").get_text(" "))
    return said.replace("\u202f", " ").replace("\xa0", " ")


def press(page: Any, said: str, **more: str) -> Any:
    """Press a button of the plan; ``said`` is what it does and to which node."""
    form = page.forms["plan-remove" if said.startswith("remove") else "plan-form"]
    sent = {
        "csrf_token": form["csrf_token"].value,
        "revision": form["revision"].value,
        "do": said,
        **more,
    }
    return page.test_app.post(page.request.path, sent, expect_errors=True)


def done(page: Any, said: str, **more: str) -> Any:
    """Press a button that is obeyed and return the plan that follows."""
    answer = press(page, said, **more)
    assert answer.status_int == 303, words(answer)
    return answer.follow()


def keys(page: Any, holder: str = "") -> list[str]:
    """Return the keys of the nodes, or of those an article holds."""
    place = page.html.select_one(f"#node-{holder} > ol.plan" if holder else "ol.plan")
    nodes = place.find_all("li", recursive=False) if place else []
    return [node["data-node"] for node in nodes]


def state(page: Any, key: str) -> str:
    """Return what is said of a node beside the canevas extended."""
    found = page.html.select_one(f"#node-{key} > .plan-row .plan-state")
    return found.get_text() if found else ""


def test_a_node_goes_down_then_up_and_all_is_as_before(app_editor: Any) -> None:
    page = app_editor.get(BASE)
    before = keys(page)
    page = done(page, f"down {before[0]}")
    assert keys(page) == [before[1], before[0], *before[2:]]
    assert "place 2 sur" in words(page)
    assert "Modifié, non publié" in words(page)
    page = done(page, f"up {before[0]}")
    assert keys(page) == before
    assert "Modifié, non publié" not in words(page)


def test_a_clause_goes_into_the_next_article_back_and_out(app_editor: Any) -> None:
    page = app_editor.get(BASE)
    first, second = keys(page)[:2]
    clause = keys(page, first)[-1]
    page = done(page, f"next {clause}")
    assert keys(page, second)[0] == clause
    page = done(page, f"previous {clause}")
    assert keys(page, first)[-1] == clause
    page = done(page, f"out {clause}")
    assert keys(page)[1] == clause


def test_a_node_is_placed_where_it_is_dropped(app_editor: Any) -> None:
    page = app_editor.get(BASE)
    first, second = keys(page)[:2]
    clause, target = keys(page, first)[0], keys(page, second)[0]
    page = done(page, f"place {clause}", place="before", target=target)
    assert keys(page, second)[:2] == [clause, target]


def test_an_article_never_goes_into_itself(app_editor: Any) -> None:
    page = app_editor.get(BASE)
    first = keys(page)[0]
    inner = keys(page, first)[0]
    answer = press(page, f"place {first}", place="after", target=inner)
    assert 400 <= answer.status_int < 500
    assert keys(app_editor.get(BASE))[0] == first


def test_what_no_button_posts_is_refused(app_editor: Any) -> None:
    page = app_editor.get(BASE)
    first = keys(page)[0]
    for said in ("", "fly away", "up", "up nobody", f"out {first}", f"restore {first}"):
        assert 400 <= press(page, said).status_int < 500, said
    wrong = {"place": "beside", "target": first}
    assert 400 <= press(page, f"place {first}", **wrong).status_int < 500
    assert "Publié" in words(app_editor.get(BASE))


def test_removed_then_taken_back(app_editor: Any) -> None:
    page = app_editor.get(BASE)
    before = keys(page)
    page = done(page, f"remove {before[0]}")
    assert before[0] not in keys(page)
    assert "est retiré" in words(page)
    undone = next(f for f in page.forms.values() if "undo" in f.text)
    page = undone.submit("do", value="undo").follow()
    assert keys(page) == before


def test_a_canevas_that_extends_another_keeps_only_what_it_changes(
    app_editor: Any, site: Any
) -> None:
    page = app_editor.get(CHILD)
    first, second = keys(page)[:2]
    assert state(page, first) == "du socle"
    page = done(page, f"down {first}")
    assert "déplacé" in {state(page, first), state(page, second)}
    transaction.begin()
    working = site["canevas"]["rc-adapted"].working
    assert "parts" not in working
    moves = [change for change in working["changes"] if "move" in change]
    assert len(moves) == 1
    moved = moves[0]["move"]
    page = done(page, f"restore {moved}")
    assert keys(page)[:2] == [first, second]
    assert state(page, moved) == "du socle"


def test_what_was_removed_from_the_base_can_be_put_back(app_editor: Any) -> None:
    page = app_editor.get(CHILD)
    article = keys(page)[0]
    clause = keys(page, article)[1]
    page = done(page, f"remove {clause}")
    assert page.html.select_one(f".plan-lost #node-{clause}")
    page = done(page, f"restore {clause}")
    assert keys(page, article)[1] == clause


def test_giving_up_the_changes_comes_back_to_what_is_published(app_editor: Any) -> None:
    page = app_editor.get(BASE)
    before = keys(page)
    page = done(done(page, f"remove {before[0]}"), f"remove {before[1]}")
    form = next(f for f in page.forms.values() if "discard" in f.text)
    page = confirmed(form.submit("do", value="discard")).follow()
    assert keys(page) == before
    # Even that is taken back.
    form = next(f for f in page.forms.values() if "undo" in f.text)
    assert keys(form.submit("do", value="undo").follow()) == before[2:]


def test_two_editors_lose_nothing(app_editor: Any, app_other_editor: Any) -> None:
    mine, his = app_editor.get(BASE), app_other_editor.get(BASE)
    first, second = keys(mine)[:2]
    done(his, f"remove {second}")
    answer = press(mine, f"down {first}")
    assert answer.status_int == 409
    said = words(answer)
    assert "Votre action n’a pas été faite" in said
    assert "Descendre —" in said
    assert "Retiré" in said
    assert second not in keys(answer)
    redo = next(f for f in answer.forms.values() if "Le faire sur le plan" in f.text)
    page = redo.submit().follow()
    assert keys(page)[1] == first


def test_an_act_on_what_a_colleague_removed_says_so(
    app_editor: Any, app_other_editor: Any
) -> None:
    mine, his = app_editor.get(BASE), app_other_editor.get(BASE)
    first = keys(mine)[0]
    done(his, f"remove {first}")
    answer = press(mine, f"down {first}")
    assert answer.status_int == 409
    assert "n’est plus dans le plan" in words(answer)


def test_an_error_is_told_at_its_node_and_at_the_top(app_editor: Any) -> None:
    page = app_editor.get(BASE)
    assert "Aucune erreur" in words(page)
    assert "combinaisons de réponses utiles" in words(page)
    clause = keys(page, keys(page)[0])[0]
    edit = app_editor.get(f"/canevas/rc-open-call/element?cle={clause}")
    form = edit.forms["form"]
    form["level"] = "6"
    page = form.submit("save").follow()
    assert "ne peut pas être publié" in words(page)
    node = page.html.select_one(f"#node-{clause} > .plan-row")
    assert "son titre est de niveau 6" in node.get_text()
    top = page.html.select_one(f'.finding-list a[href="#node-{clause}"]')
    assert "son titre est de niveau 6" in top.parent.get_text()


def test_those_that_extend_an_edited_base_are_proved_too(app_editor: Any) -> None:
    page = app_editor.get(BASE)
    page = done(page, "remove irregular-offers")
    said = words(page)
    assert "Des canevas qui le prolongent deviendraient fautifs" in said
    assert "Règlement de la consultation – procédure adaptée" in said
    assert "irregular-offers" in said


def test_what_the_base_lost_is_told_and_repaired_at_the_next_save(
    app_editor: Any,
) -> None:
    done(app_editor.get(BASE), "remove irregular-offers")
    page = app_editor.get(CHILD)
    assert "Ce changement sera laissé de côté" in words(page)
    page = done(page, f"down {keys(page)[0]}")
    assert "Ce changement sera laissé de côté" not in words(page)


def test_only_those_who_keep_the_library_change_a_plan(
    app_writer: Any, app_beneficiary: Any
) -> None:
    for app in (app_writer, app_beneficiary):
        app.get(BASE, status=403)
        app.get("/canevas/rc-open-call/element?cle=x", status=403)
        app.get("/canevas/rc-open-call/ajouter", status=403)
    assert "Plan" not in [
        tab.get_text().strip()
        for tab in app_writer.get("/canevas/rc-open-call/").html.select(".tabs a")
    ]


def test_a_proof_that_takes_long_is_made_apart(app_editor: Any, monkeypatch) -> None:
    monkeypatch.setattr(plan, "_PATIENCE_SECONDS", -1.0)
    app_editor.get(BASE)
    page = app_editor.get(BASE)
    assert "elle se fait à part" in words(page)
    proved = page.click("Vérifier maintenant")
    assert "Aucune erreur" in words(proved)
    plan._SLOW.clear()
