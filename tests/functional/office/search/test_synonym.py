"""Those who manage the base keep the words of the trade; nobody else does."""

import transaction

from tests.functional.conftest import confirmed

ALL = "/connaissances/synonymes"
NEW = f"{ALL}?groupe=nouveau"


def titles(page):
    """Return the groups of the page."""
    return [
        " = ".join(t.get_text() for t in row.select("th, .synonym"))
        for row in page.html.select("tbody tr")
    ]


def write(app, address, text):
    """Write a group and save it; return the answer."""
    form = app.get(address).forms["form"]
    form["expressions"] = text
    return form.submit("save", expect_errors=True)


def test_a_group_is_added_changed_and_removed(app_keeper, site) -> None:
    page = app_keeper.get(ALL)
    assert "AOO = appel d’offres ouvert" in titles(page)
    page = write(app_keeper, NEW, "CMUE\ncentre mobile d’urgence").follow()
    assert "Les synonymes sont enregistrés" in page
    assert "CMUE = centre mobile d’urgence" in titles(page)
    page = write(app_keeper, f"{ALL}?groupe=cmue", "CMUE\ncentre d’urgence").follow()
    assert "CMUE = centre d’urgence" in titles(page)
    form = next(
        f
        for f in app_keeper.get(f"{ALL}?groupe=cmue").forms.values()
        if "retirer" in f.action
    )
    page = confirmed(form.submit(), status=303).follow()
    assert "CMUE" not in page.html.table.get_text()
    transaction.begin()
    told = [entry["action"] for entry in site["journal"].newest(3)]
    assert told == ["synonyms-removed", "synonyms-changed", "synonyms-added"]
    app_keeper.get(f"{ALL}?groupe=cmue", status=303)
    confirmed(form.submit(), status=409)


def test_what_is_no_group_is_said_at_the_field(app_keeper, site) -> None:
    for text, said in (
        ("seul", "de 2 à 12 expressions"),
        ("AOO\nautre", "« AOO » est déjà dans un autre groupe"),
        ("a" * 81 + "\nb", "n’est pas une expression"),
        ("", "expressions"),
    ):
        answer = write(app_keeper, NEW, text)
        assert answer.status_int == 422
        assert said in answer.text.replace("\u00a0", " ")
    assert len(site["connaissances"].synonyms) == len(titles(app_keeper.get(ALL)))


def test_two_who_change_the_same_group_are_told(app_keeper) -> None:
    first = app_keeper.get(f"{ALL}?groupe=aoo").forms["form"]
    write(app_keeper, f"{ALL}?groupe=aoo", "AOO\nappel ouvert")
    first["expressions"] = "AOO\nà nous"
    answer = first.submit("save", expect_errors=True)
    assert answer.status_int == 422
    assert "vient d’être changé" in answer
    assert "AOO = appel ouvert" in answer


def test_shipped_groups_are_brought_back(app_keeper, site) -> None:
    base = site["connaissances"]
    del base.synonyms["aoo"]
    transaction.commit()
    page = app_keeper.get(ALL)
    form = next(f for f in page.forms.values() if "livres" in f.action)
    page = form.submit(status=303).follow()
    assert "AOO = appel d’offres ouvert" in titles(page)
    assert not [f for f in page.forms.values() if "livres" in f.action]


def test_nobody_else_enters(app_writer, app_beneficiary, app_anonymous) -> None:
    for address in (ALL, NEW):
        app_writer.get(address, status=403)
        app_beneficiary.get(address, status=403)
        app_anonymous.get(address, status=303)
