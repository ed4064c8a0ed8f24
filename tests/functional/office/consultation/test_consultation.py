"""A writer opens a consultation and fills it; a manager and a beneficiary look on."""

import transaction

from sicp.operations.index import compare
from tests.functional.conftest import confirmed


def newest(site):
    """Return the latest consultation of the site."""
    transaction.begin()
    return max(
        (
            c
            for body in site["consultations"].values()
            for year in body.values()
            for c in year.values()
        ),
        key=lambda c: c.reference,
    )


def create(app, site, title="Nettoyage des locaux"):
    """Open a consultation for the first entity offered; return its address."""
    form = app.get("/consultations/nouvelle").forms["form"]
    form["object"] = title
    entity = form.fields["checkbox"][0]
    entity.checked = True
    answer = form.submit("create", status=303)
    return answer.location.split("/formulaire")[0].replace("http://localhost", "")


def test_a_writer_creates_a_consultation(app_writer, site) -> None:
    path = create(app_writer, site)
    made = newest(site)
    assert path.endswith(made.reference)
    page = app_writer.get(path + "/detail")
    assert "Nettoyage des locaux" in page
    assert made.reference in page


def test_what_is_missing_is_said_at_the_field_and_nothing_is_written(
    app_writer, site
) -> None:
    before = len(site["consultations"].values())
    form = app_writer.get("/consultations/nouvelle").forms["form"]
    form["estimated_amount"] = "12 000,50"
    page = form.submit("create", status=422)
    assert "Désignez au moins une direction" in page
    typed = page.forms["form"]["estimated_amount"].value
    assert "".join(typed.split()) == "12000,50"
    transaction.begin()
    assert len(site["consultations"].values()) == before


def test_each_step_saves_itself_and_leads_to_the_next(app_writer, site) -> None:
    path = create(app_writer, site)
    page = app_writer.get(path + "/formulaire/need")
    form = page.forms["form"]
    form["form-nature"] = "services"
    form["category"] = "common_services"
    form.set("cpv", "90910000", index=0)
    form["estimated_amount"] = "500 000,00"
    page = form.submit("next", status=303).follow()
    assert page.request.path.endswith("/formulaire/procedure")
    assert "Appel d’offres ouvert" in page
    assert newest(site).answers["cpv"] == "90910000"


def test_an_error_keeps_everything_typed(app_writer, site) -> None:
    path = create(app_writer, site)
    form = app_writer.get(path + "/formulaire/need").forms["form"]
    form["estimated_amount"] = "beaucoup"
    form["place"] = "Chambéry"
    page = form.submit("next", status=422)
    assert page.forms["form"]["place"].value == "Chambéry"
    assert page.forms["form"]["estimated_amount"].value == "beaucoup"
    assert "estimated_amount" not in newest(site).answers


def test_two_writers_on_one_step_are_shown_both_texts(
    app_writer, app_admin, site
) -> None:
    path = create(app_writer, site)
    first = app_writer.get(path + "/formulaire/need").forms["form"]
    second = app_writer.get(path + "/formulaire/need").forms["form"]
    first["place"] = "Annecy"
    first.submit("stay", status=303)
    second["place"] = "Chambéry"
    page = second.submit("stay", status=409)
    assert "Annecy" in page
    assert page.forms["form"]["place"].value == "Chambéry"
    assert newest(site).answers["place"] == "Annecy"


def test_lots_are_added_changed_and_removed(app_writer, site) -> None:
    path = create(app_writer, site)
    for title in ("Vitrerie", "Sols"):
        form = app_writer.get(path + "/lots/ajouter").forms["form"]
        form["object"] = title
        form["estimated_amount"] = "1 000"
        form.submit("save", status=303)
    form = app_writer.get(path + "/lots/2/").forms["form"]
    form["object"] = "Sols et murs"
    form.submit("save", status=303)
    page = app_writer.get(path + "/lots/1/")
    forms = page.forms.values()
    removing = next(form for form in forms if form.action.endswith("/retirer"))
    confirmed(removing.submit(), status=303)
    lots = newest(site)["lots"].in_order()
    assert [(lot.number, lot.title) for lot in lots] == [(1, "Sols et murs")]


def test_a_beneficiary_sees_the_short_card_only(
    app_writer, app_beneficiary, site
) -> None:
    shared = next(
        c
        for body in site["consultations"].values()
        for year in body.values()
        for c in year.values()
        if c.beneficiaries
        and "Fiche"
        in app_beneficiary.get(
            f"/consultations/{body.__name__}/{year.__name__}/{c.reference}/",
            expect_errors=True,
        ).text
    )
    year = shared.__parent__
    path = (
        f"/consultations/{year.__parent__.__name__}/{year.__name__}/{shared.reference}"
    )
    for page in ("/detail", "/formulaire", "/lots/", "/pieces/", "/historique"):
        app_beneficiary.get(path + page, status=403)


def test_without_suite_asks_a_reason(app_writer, app_manager, app_admin, site) -> None:
    path = create(app_writer, site)
    app_writer.get(path + "/sans-suite", status=403)


def test_nobody_is_sent_to_the_login_page_and_back(app_anonymous) -> None:
    answer = app_anonymous.get("/consultations/?texte=eau", status=303)
    assert "suite=" in answer.location


def test_lists_stay_true_after_lots_change(app_writer, site) -> None:
    path = create(app_writer, site)
    form = app_writer.get(path + "/lots/ajouter").forms["form"]
    form["object"] = "Vitrerie"
    form.submit("save", status=303)
    transaction.begin()
    assert compare(site) == []
