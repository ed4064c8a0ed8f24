"""Log in, be refused, be locked out, recover a password."""

import email
import re
from email import policy

import transaction

from sicp.operations.demonstration import PASSWORD

NEW = "Un-sentier-sous-la-neige"


def login_form(app):
    """Return the form of the login page."""
    return app.get("/connexion").forms["form"]


def try_login(app, login, password, status):
    """Fill and send the form."""
    form = login_form(app)
    form["login"], form["password"] = login, password
    return form.submit("enter", status=status)


def test_a_person_logs_in_and_out(app_anonymous) -> None:
    try_login(app_anonymous, "redacteur", PASSWORD, 303)
    home = app_anonymous.get("/")
    assert "Marie Brunet" in home
    logout = next(f for f in home.forms.values() if "deconnexion" in f.action)
    logout.submit(status=303)
    app_anonymous.get("/", status=303)


def test_a_wrong_password_is_refused_without_saying_which_is_wrong(
    app_anonymous,
) -> None:
    known = try_login(app_anonymous, "redacteur", "faux", 401)
    unknown = try_login(app_anonymous, "personne", "faux", 401)
    message = "L’identifiant ou le mot de passe ne convient pas"
    assert message in known
    assert message in unknown


def test_after_five_failures_even_the_right_password_waits(app_anonymous) -> None:
    for _attempt in range(5):
        try_login(app_anonymous, "gestionnaire", "faux", 401)
    page = try_login(app_anonymous, "gestionnaire", PASSWORD, 429)
    assert "attendez 15 minutes" in page
    try_login(app_anonymous, "redacteur", PASSWORD, 303)


def test_a_session_never_leads_to_another_site(app_anonymous) -> None:
    for wanted in ("//evil.example", "https://evil.example", "/\\evil.example"):
        form = app_anonymous.get("/connexion", {"suite": wanted}).forms["form"]
        form["login"], form["password"] = "redacteur", PASSWORD
        answer = form.submit("enter", status=303)
        assert answer.location in ("http://localhost/", "http://localhost")
        app_anonymous.reset()


def test_the_session_goes_where_the_person_was_going(app_anonymous) -> None:
    page = app_anonymous.get("/consultations/?texte=eau", status=303).follow()
    form = page.forms["form"]
    form["login"], form["password"] = "redacteur", PASSWORD
    answer = form.submit("enter", status=303)
    assert answer.location.endswith("/consultations/?texte=eau")


def test_cookies_are_kept_from_scripts(app_anonymous) -> None:
    answer = try_login(app_anonymous, "redacteur", PASSWORD, 303)
    cookies = [v for k, v in answer.headerlist if k.lower() == "set-cookie"]
    assert cookies
    for cookie in cookies:
        assert "httponly" in cookie.lower()
        assert "samesite=lax" in cookie.lower()


def waiting_mails(mails):
    """Read the mails of the queue and empty it."""
    found = []
    for path in sorted((mails / "new").glob("*")) if mails.exists() else []:
        found.append(email.message_from_bytes(path.read_bytes(), policy=policy.default))
        path.unlink()
    return found


def ask_link(app, mails, login):
    """Ask for a mailed link; return the mails."""
    waiting_mails(mails)
    form = app.get("/mot-de-passe-oublie").forms["form"]
    form["login"] = login
    page = form.submit("send", status=303).follow()
    assert "Si ce compte existe" in page
    return waiting_mails(mails)


def test_a_mailed_link_sets_a_new_password_once(app_anonymous, mails) -> None:
    (mail,) = ask_link(app_anonymous, mails, "redacteur")
    assert mail["To"]
    link = re.search(r"http://localhost(/\S+)", mail.get_content()).group(1)
    form = app_anonymous.get(link).forms["form"]
    form["password"] = "court"
    page = form.submit("save", status=422)
    assert "au moins 12 caractères" in page
    form = app_anonymous.get(link).forms["form"]
    form["password"] = NEW
    form.submit("save", status=303)
    app_anonymous.get(link, status=403)
    try_login(app_anonymous, "redacteur", PASSWORD, 401)
    try_login(app_anonymous, "redacteur", NEW, 303)


def test_an_unknown_account_gets_the_same_answer_and_no_mail(
    app_anonymous, mails
) -> None:
    assert ask_link(app_anonymous, mails, "personne") == []


def test_a_new_password_ends_the_other_sessions(
    app_writer, app_anonymous, mails
) -> None:
    app_writer.get("/", status=200)
    (mail,) = ask_link(app_anonymous, mails, "redacteur")
    link = re.search(r"http://localhost(/\S+)", mail.get_content()).group(1)
    form = app_anonymous.get(link).forms["form"]
    form["password"] = NEW
    form.submit("save", status=303)
    app_writer.get("/", status=303)


def test_a_closed_account_is_out_at_once(app_writer, site) -> None:
    app_writer.get("/", status=200)
    site["utilisateurs"]["redacteur"].is_active = False
    transaction.commit()
    app_writer.get("/", status=303)


def test_every_answer_tells_browsers_to_protect_the_person(app_writer) -> None:
    headers = app_writer.get("/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
