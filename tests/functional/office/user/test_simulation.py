"""« What does this person see, what may he do here, and why? », without any leak."""

import transaction

from sicp import clock
from sicp import permissions as p
from sicp.clock import legal_day
from sicp.operations.index import walk_consultations
from sicp.operations.user.reason import answers_on
from sicp.operations.user.reason import consultation_permissions
from sicp.operations.user.right import actor_for
from sicp.operations.user.right import may
from sicp.workflows.consultation.consultation import TABLE


def ask(app, login, reference=""):
    """Open the simulation; return its page."""
    return app.get(f"/utilisateurs/simulation?compte={login}&reference={reference}")


def answers(page):
    """Return the answers of the page by the title of the action."""
    table = next(
        t for t in page.html.select("table") if "peut faire ici" in t.caption.get_text()
    )
    return {
        row.th.find(string=True, recursive=False).strip(): [
            " ".join(cell.get_text(" ", strip=True).split())
            for cell in row.find_all("td")
        ]
        for row in table.select("tbody tr")
    }


def of(site, word, state="definition"):
    """Return a consultation by a word of its object."""
    return next(
        c
        for c in walk_consultations(site)
        if word in c.object and c.__workflow_state__["consultation"] == state
    )


def test_the_words_always_agree_with_the_acl(site) -> None:
    """For every person, consultation and permission of the demonstration."""
    today = legal_day(clock.now())
    count = 0
    for user in site["utilisateurs"].values():
        actor = actor_for(site, user.login, clock.now())
        for consultation in walk_consultations(site):
            for answer in answers_on(site, user, consultation, today):
                is_allowed = may(actor, answer.permission, consultation)
                assert answer.is_allowed == is_allowed
                assert is_allowed == any(r.is_giving for r in answer.reasons)
                assert answer.reasons
                count += 1
    assert count > 1000


def test_every_permission_of_the_table_is_explained() -> None:
    asked = set(TABLE.permissions()) - {p.CREATE_CONSULTATION}
    assert set(consultation_permissions()) == asked


def test_a_writer_s_right_is_explained_by_his_assignment(app_admin, site) -> None:
    consultation = of(site, "denrées")
    page = ask(app_admin, "redacteur", consultation.reference)
    answer, why = answers(page)["Élaborer les documents (CCAP, AE, RC…)"]
    assert answer == "Oui"
    assert "RA02 est tenue par l’affectation" in why
    assert "Direction des lycées" in why
    assert "au-dessus de" in why
    assert "Service restauration et hébergement" in why


def test_a_refusal_says_which_of_three_reasons(app_admin, site) -> None:
    consultation = of(site, "denrées")
    page = ask(app_admin, "redacteur", consultation.reference)
    answer, why = answers(page)["Définir le calendrier initial"]
    assert (answer, why) == (
        "Non",
        "GP02 n’est tenue par aucune affectation en vigueur.",
    )
    answer, why = answers(page)["Ajuster la consultation"]
    assert answer == "Non"
    assert "n’agit pas dans l’état" in why
    page = ask(app_admin, "redacteur.routes", consultation.reference)
    answer, why = answers(page)["Élaborer les documents (CCAP, AE, RC…)"]
    assert answer == "Non"
    assert "ni responsable ni au-dessus" in why


def test_a_substitute_s_right_names_the_absent(app_admin, site) -> None:
    consultation = of(site, "denrées")
    page = ask(app_admin, "suppleante", consultation.reference)
    answer, why = answers(page)["Élaborer les documents (CCAP, AE, RC…)"]
    assert answer == "Oui"
    assert "à la place de Marie Brunet" in why
    assert "À la place de Marie Brunet" in page


def test_a_person_is_found_by_name(app_admin) -> None:
    assert "Marie Brunet" in ask(app_admin, "brunet")
    several = ask(app_admin, "redacteur.")
    assert "Aucune personne" in several or "Plusieurs personnes" in several
    assert "Aucune personne de ce nom" in ask(app_admin, "personne")


def test_a_referent_simulates_his_direction_only(app_referent) -> None:
    assert "Fonctions tenues" in ask(app_referent, "redacteur")
    assert "Aucune personne de ce nom" in ask(app_referent, "valideur")
    assert "Aucune personne de ce nom" in ask(app_referent, "redacteur.lac")


def test_one_learns_of_no_consultation_he_does_not_see(app_referent, site) -> None:
    """What is hidden is answered like what does not exist."""
    referent = actor_for(site, "referent", clock.now())
    hidden = next(
        c for c in walk_consultations(site) if not may(referent, p.VIEW_CARD, c)
    )
    shown = of(site, "denrées")
    page = ask(app_referent, "redacteur", hidden.reference)
    assert "Aucune consultation de cette référence" in page
    assert hidden.object not in page
    unknown = ask(app_referent, "redacteur", "1999-9999")
    assert "Aucune consultation de cette référence" in unknown
    assert shown.object in ask(app_referent, "redacteur", shown.reference)


def test_what_both_see_is_listed_the_rest_is_counted_for_who_keeps_the_body(
    app_admin, app_referent, site
) -> None:
    now = clock.now()
    writer = actor_for(site, "redacteur", now)
    seen = [c for c in walk_consultations(site) if may(writer, p.VIEW_CARD, c)]
    admin = actor_for(site, "admin", now)
    both = [c for c in seen if may(admin, p.VIEW_CARD, c)]
    page = ask(app_admin, "redacteur")
    for consultation in seen:
        assert (consultation.object in page) == (consultation in both)
    assert f"Cette personne en voit {len(seen) - len(both)} de plus" in (
        " ".join(page.html.get_text().split())
    )
    assert "de plus, que vous ne voyez pas" not in ask(app_referent, "redacteur")


def test_a_body_administrator_learns_nothing_of_another(app_lake_admin, site) -> None:
    hidden = of(site, "denrées")
    page = ask(app_lake_admin, "redacteur.lac", hidden.reference)
    assert hidden.object not in page
    assert "Aucune consultation de cette référence" in page
    assert "Aucune personne de ce nom" in ask(app_lake_admin, "redacteur")


def test_an_entity_of_another_body_is_not_named(
    app_region_admin, app_admin, site
) -> None:
    """A person of the Region who also acts for the lake: the lake is not told."""
    lake = site["organisation"]["syndicat-du-lac"]
    form = app_admin.get("/utilisateurs/lecteur/affecter").forms["form"]
    form["profile"], form["entity"] = "reader", str(lake.__oid__)
    form.submit("save", status=303)
    transaction.begin()
    consultation = of(site, "denrées")
    for page in (
        ask(app_region_admin, "lecteur", consultation.reference),
        app_region_admin.get("/utilisateurs/lecteur/"),
    ):
        assert "Syndicat mixte" not in page
        assert "Hors de votre périmètre" in page


def test_who_simulates_nothing_is_refused(app_writer, app_anonymous) -> None:
    app_writer.get("/utilisateurs/simulation", status=403)
    app_anonymous.get("/utilisateurs/simulation", status=303)
