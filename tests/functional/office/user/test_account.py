"""My account: what I hold, my password, who acts for me."""

from datetime import timedelta

import transaction

from sicp import clock
from sicp.clock import legal_day
from sicp.operations.demonstration import PASSWORD
from tests.functional.conftest import Browser

NEW = "Un-col-enneige-en-mai"


def change(app, old, new, status):
    """Fill and send the form of the password."""
    form = app.get("/mon-mot-de-passe").forms["form"]
    form["old"], form["password"] = old, new
    return form.submit("save", status=status)


def replace(app, name, status, days=3):
    """Fill and send the form of the substitute."""
    form = app.get("/mon-suppleant").forms["form"]
    form["substitute"] = name
    form["ends_on"] = f"{legal_day(clock.now()) + timedelta(days=days):%d/%m/%Y}"
    return form.submit("save", status=status)


def test_my_account_tells_what_i_hold(app_writer) -> None:
    page = app_writer.get("/mon-compte")
    assert "Marie Brunet" in page
    assert "Rédacteur administratif" in page
    assert "Camille Rivoire" in page
    assert "Mettre fin</a>" not in page


def test_a_substitute_reads_for_whom_he_acts(served, database) -> None:
    app = Browser(served)
    form = app.get("/connexion").forms["form"]
    form["login"], form["password"] = "suppleante", PASSWORD
    form.submit("enter", status=303)
    assert "à la place de" in app.get("/mon-compte")


def test_a_password_is_changed_and_other_sessions_end(app_writer, served) -> None:
    other = Browser(served)
    form = other.get("/connexion").forms["form"]
    form["login"], form["password"] = "redacteur", PASSWORD
    form.submit("enter", status=303)
    change(app_writer, PASSWORD, NEW, 303)
    assert "Votre mot de passe est changé" in app_writer.get("/mon-compte")
    other.get("/mon-compte", status=303)


def test_the_password_in_use_is_asked_for(app_writer, site) -> None:
    before = site["utilisateurs"]["redacteur"].password_hash
    page = change(app_writer, "pas-le-bon-du-tout", NEW, 422)
    assert "Ce n’est pas votre mot de passe actuel." in page
    page = change(app_writer, PASSWORD, "court", 422)
    assert "au moins 12 caractères" in page.text.replace("\xa0", " ")
    transaction.begin()
    assert site["utilisateurs"]["redacteur"].password_hash == before


def test_guessing_the_password_in_use_is_stopped(app_writer) -> None:
    for _attempt in range(5):
        change(app_writer, "pas-le-bon-du-tout", NEW, 422)
    assert "Trop d’essais" in change(app_writer, PASSWORD, NEW, 429)


def test_a_substitute_is_named_by_name_and_ended(app_manager, site) -> None:
    page = replace(app_manager, "marie brunet", 303).follow()
    assert "Marie Brunet" in page
    form = next(f for f in page.forms.values() if "fin-suppleance" in f.action)
    form.submit(status=303)
    transaction.begin()
    assert site["utilisateurs"]["gestionnaire"].substitutions == ()


def test_the_substitute_belongs_to_the_same_body(app_manager) -> None:
    """The answer is the same whether the account of another body exists or not."""
    message = "Choisissez une autre personne"
    for name in ("redacteur.lac", "Bastien Chappuis", "personne", "gestionnaire", "!!"):
        assert message in replace(app_manager, name, 422)


def test_a_name_borne_by_several_asks_for_the_login(app_manager, site) -> None:
    transaction.begin()
    page = replace(app_manager, "redacteur", 303).follow()
    assert "Marie Brunet" in page
    page = replace(app_manager, "ma", 422)
    assert "Plusieurs personnes répondent à ce nom" in page
    assert "Chappuis" not in page


def test_a_substitution_ends_after_it_begins(app_manager) -> None:
    assert "La fin précède le début." in replace(app_manager, "redacteur", 422, days=-1)


def test_a_visitor_has_no_account(app_anonymous) -> None:
    for page in ("mon-compte", "mon-mot-de-passe", "mon-suppleant"):
        assert "/connexion" in app_anonymous.get(f"/{page}", status=303).location
