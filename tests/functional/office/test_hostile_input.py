"""Every form of the site, sent what no person would type: 4xx, a message, no trace."""

import re
from typing import Any
from urllib.parse import urljoin

import pytest
import webob

from tests.functional.conftest import log_in

#: What is sent in each field in turn. The longest value is over any field's limit.
HOSTILE = {
    "control characters": "a\x00b\x07c",
    "a megabyte": "x" * 1_000_000,
    "a lone surrogate": b"\xed\xa0\x80",
    "half a character": b"\xc3",
}
#: Types that refuse words, known by the class of the input.
WORDS = "pas un nombre"

PAGES = {
    "writer": (
        "/consultations/nouvelle",
        "{c}/formulaire/need",
        "{c}/formulaire/procedure",
        "{c}/formulaire/contract",
        "{c}/formulaire/lots",
        "{c}/formulaire/price",
        "{c}/formulaire/award",
        "{c}/formulaire/commitments",
        "{c}/formulaire/calendar",
        "{c}/perimetre",
        "{c}/lots/ajouter",
        "{c}/lots/1/",
        "{c}/pieces/",
        "{c}/dossier",
        "{c}/pieces/rc-open-call/",
        "{c}/pieces/rc-open-call/texte?clause={clause}",
        "{c}/pieces/rc-open-call/questions?groupe=need",
        "{c}/pieces/questions?groupe=propres",
        "{c}/pieces/rc-open-call/relecture",
        "{c}/pieces/rc-open-call/demander-relecture",
        "{c}/pieces/rc-open-call/figer",
        "{c}/pieces/rc-open-call/rapporter",
        "/mon-compte",
        "/enregistrer-recherche?q=nettoyage",
    ),
    "keeper": (
        "/connaissances/nouveau",
        "/connaissances/fiches-pratiques/",
        "/connaissances/fiches-pratiques/renommer",
        "/connaissances/fiches-pratiques/deplacer",
        "/connaissances/fiches-pratiques/copier",
        "/connaissances/fiches-pratiques/supprimer",
        "/connaissances/fiches-pratiques/lecteurs",
        "/connaissances/modeles/ordre",
        "/connaissances/synonymes",
        "/connaissances/synonymes?groupe=nouveau",
        "/connaissances/synonymes?groupe=aoo",
    ),
    "admin": (
        "/organisation/ajouter",
        "{e}/ajouter",
        "{e}/renommer",
        "{e}/deplacer",
        "{e}/fermer",
        "{b}/coordonnees",
        "/utilisateurs/nouveau",
        "/utilisateurs/redacteur/modifier",
        "/utilisateurs/redacteur/affecter",
        "/utilisateurs/redacteur/suppleant",
        "/utilisateurs/redacteur/mot-de-passe",
        "/profils/",
        "/profils/nouveau",
        "/profils/reader/",
        "/mon-mot-de-passe",
        "/mon-suppleant",
        "{b}/style",
    ),
    "editor": (
        "/propositions/nouvelle",
        "/propositions/3/modifier",
        "/propositions/regles",
        "/propositions/2/",
        "/propositions/3/",
        "/clausier/penalites/retard/penalties-late-fixed/retirer",
        "/publications/preparer",
        "/canevas/nouveau",
        "/canevas/letter-award/modifier",
        "/canevas/letter-award/proprietes",
        "/canevas/letter-award/element?cle=letter-address",
        "/canevas/letter-award/ajouter?q=prix",
        "{k}/",
        "{k}/nouvelle-fiche?sorte=official_text",
        "{s}/",
        "{s}/modifier",
        "{s}/relecture",
        "{s}/confier",
        "{s}/obsolete",
        "{s}/versions",
        "/connaissances/mes-abonnements",
    ),
    "anonymous": ("/connexion", "/mot-de-passe-oublie"),
}


def writable_consultation(app: Any, site: Any) -> str:
    """Return the address of a consultation with lots that the writer may edit."""
    for body in site["consultations"].values():
        for year in body.values():
            for c in year.values():
                path = f"/consultations/{body.__name__}/{year.__name__}/{c.reference}"
                form = app.get(f"{path}/formulaire", expect_errors=True)
                if len(c["lots"]) and form.status_int == 200:
                    return path
    raise AssertionError("the demonstration has no such consultation")


def written_sheet(editor: Any) -> tuple[str, str]:
    """Return a folder of knowledge, and a sheet of it under the pen of the editor."""
    folder = "/connaissances/fiches-pratiques/preparer"
    row = editor.get(f"{folder}/").html.select_one("tbody tr th a")
    sheet = row["href"].partition("localhost")[2].rstrip("/")
    page = editor.get(f"{sheet}/")
    for form in page.forms.values():
        if form.action.endswith(("/commencer", "/suivre")):
            form.submit(status=303)
    asked = editor.get(f"{folder}/").forms["say"]
    asked["text"] = "Et ensuite ?"
    asked.submit(status=303)
    return folder, sheet


def forms_of(page: Any) -> list[Any]:
    """Return the forms of a page that post something, logging out set aside."""
    return [
        form
        for key, form in page.forms.items()
        if isinstance(key, int)
        and form.method == "POST"
        and "deconnexion" not in form.action
    ]


def button_forms_of(page: Any) -> list[Any]:
    """Return the forms of one button of a page, logging out set aside."""
    return [
        form
        for key, form in page.forms.items()
        if isinstance(key, int)
        and form.method.upper() == "POST"
        and not form.id
        and "deconnexion" not in form.action
    ]


def pairs_of(form: Any) -> list[tuple[str, Any]]:
    """Return what a browser would send, without files."""
    return [
        (name, value)
        for name, value in form.submit_fields()
        if "__row__" not in (value or "") and name
    ]


def answers(app: Any, page: str, form: Any, pairs: list[tuple[str, Any]]) -> Any:
    """Send ``pairs`` to the address of a form, that of its page when it names none."""
    return app.post(urljoin(page, form.action), pairs, expect_errors=True)


def names_typed(pairs: list[tuple[str, Any]]) -> list[int]:
    """Return the ranks of what a person types."""
    carried = re.compile(r"csrf_token|__.*__|revision|_question|_button|_confirmed")
    return [
        rank for rank, (name, _value) in enumerate(pairs) if not carried.fullmatch(name)
    ]


@pytest.fixture
def asked(served, app_writer, app_anonymous, app_admin, site, database):
    """Yield every form: who asks, at which address."""
    path = writable_consultation(app_writer, site)
    start = next(
        form
        for form in app_writer.get(f"{path}/pieces/").forms.values()
        if ("template", "rc-open-call") in form.submit_fields()
    )
    start.submit(status=303)
    piece = app_writer.get(f"{path}/pieces/rc-open-call/").text
    open_clause = re.search(r"texte\?clause=([a-z0-9-]+)", piece).group(1)
    body = site["organisation"]["region-ile-des-alpes"]
    entity = next(iter(body.values()))
    places = {
        "c": path,
        "clause": open_clause,
        "b": f"/organisation/{body.__name__}",
        "e": f"/organisation/{body.__name__}/{entity.__name__}",
    }
    apps = {
        "writer": app_writer,
        "admin": app_admin,
        "editor": log_in(served, "editeur"),
        "keeper": log_in(served, "documentaliste"),
        "anonymous": app_anonymous,
    }
    places["k"], places["s"] = written_sheet(apps["editor"])
    return [
        (apps[who], page.format(**places))
        for who, pages in PAGES.items()
        for page in pages
    ]


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_values_are_refused_and_write_nothing(asked, database, kind) -> None:
    wrong = []
    for app, page in asked:
        for form in forms_of(app.get(page)):
            pairs = pairs_of(form)
            for rank in names_typed(pairs):
                sent = list(pairs)
                sent[rank] = (pairs[rank][0], HOSTILE[kind])
                before = database.lastTransaction()
                answer = answers(app, page, form, sent)
                is_kept = page == "/connexion" or before == database.lastTransaction()
                if not 400 <= answer.status_int < 500 or not is_kept:
                    wrong.append((page, pairs[rank][0], answer.status_int, is_kept))
    assert wrong == []


@pytest.mark.parametrize("number", ["--5", "9" * 5000, "²", "-", "0x10", "1e9"])
def test_numbers_no_page_sends_are_no_entity(app_writer, database, number) -> None:
    form = app_writer.get("/consultations/nouvelle").forms["form"]
    form["object"] = "Nettoyage"
    form.fields["checkbox"][0].checked = True
    chosen = form.fields["checkbox"][0].value
    pairs = [(n, number if v == chosen else v) for n, v in form.submit_fields()]
    before = database.lastTransaction()
    answer = answers(app_writer, "/consultations/nouvelle", form, pairs)
    assert answer.status_int == 422
    assert "Choisissez une des réponses proposées" in answer
    assert before == database.lastTransaction()


def test_unknown_fields_are_refused(asked, database) -> None:
    wrong = []
    for app, page in asked:
        for form in forms_of(app.get(page)):
            before = database.lastTransaction()
            answer = answers(app, page, form, [*pairs_of(form), ("is_admin", "true")])
            if answer.status_int != 422 or before != database.lastTransaction():
                wrong.append((page, answer.status_int))
    assert wrong == []


def test_a_broken_structure_is_refused(asked, database) -> None:
    wrong = []
    for app, page in asked:
        for form in forms_of(app.get(page)):
            token = form["csrf_token"].value
            for extra in (
                [("__start__", "x:sequence")],
                [("__end__", "x:mapping")],
                [("__start__", "cpv:mapping"), ("a", "b"), ("__end__", "cpv:mapping")],
                [
                    ("__start__", "object:sequence"),
                    ("a", "b"),
                    ("__end__", "object:sequence"),
                ],
                [("__start__", "x:unheard")],
            ):
                answer = answers(app, page, form, [("csrf_token", token), *extra])
                if not 400 <= answer.status_int < 500:
                    wrong.append((page, extra, answer.status_int))
    assert wrong == []


@pytest.mark.parametrize("kind", HOSTILE)
def test_buttons_refuse_hostile_values(asked, database, kind) -> None:
    wrong = []
    tried = 0
    for app, page in asked:
        for form in button_forms_of(app.get(page)):
            # What it would ask first is answered: the act itself is to refuse.
            pairs = [*pairs_of(form), ("_confirmed", "yes")]
            for rank in names_typed(pairs):
                sent = list(pairs)
                sent[rank] = (pairs[rank][0], HOSTILE[kind])
                before = database.lastTransaction()
                answer = answers(app, page, form, sent)
                is_kept = before == database.lastTransaction()
                tried += 1
                if not 400 <= answer.status_int < 500 or not is_kept:
                    wrong.append((page, pairs[rank][0], answer.status_int, is_kept))
    assert tried > 5
    assert wrong == []


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_question_does_nothing(asked, database, kind) -> None:
    tried = 0
    for app, page in asked:
        for form in button_forms_of(app.get(page)):
            pairs = [(n, v) for n, v in pairs_of(form) if not n.startswith("_")]
            sent = [*pairs, ("_question", HOSTILE[kind]), ("_button", HOSTILE[kind])]
            before = database.lastTransaction()
            assert answers(app, page, form, sent).status_int < 500
            assert before == database.lastTransaction()
            tried += 1
    assert tried > 5


def test_a_button_without_its_token_does_nothing(asked, database) -> None:
    for app, page in asked:
        for form in button_forms_of(app.get(page)):
            pairs = [(n, v) for n, v in pairs_of(form) if n != "csrf_token"]
            before = database.lastTransaction()
            answer = answers(app, page, form, pairs)
            assert answer.status_int == 400, (page, form.action, answer.status)
            assert before == database.lastTransaction()


@pytest.mark.parametrize("token", [None, "", "wrong", "é", "\ud800"])
def test_without_its_token_a_form_writes_nothing(asked, database, token) -> None:
    for app, page in asked:
        for form in forms_of(app.get(page)):
            pairs = [(n, v) for n, v in pairs_of(form) if n != "csrf_token"]
            if token is not None:
                pairs.append(("csrf_token", token.encode("utf-8", "surrogatepass")))
            before = database.lastTransaction()
            answer = answers(app, page, form, pairs)
            assert answer.status_int == 400, (page, form.action, answer.status)
            assert "n’a pas pu être lue" in answer
            assert before == database.lastTransaction()


@pytest.mark.parametrize(
    "address",
    [
        "/consultations/?page=abc",
        "/consultations/?page=-1",
        "/consultations/?page=99999999999999",
        "/consultations/?page=%00",
        "/consultations/?sort=nothing",
        "/consultations/?texte=%FF",
        "/consultations/?etat=<script>",
        "/consultations/..%2f",
        "/consultations/%00",
        "/consultations/?texte=" + "a" * 5000,
    ],
)
def test_hostile_addresses_never_break_a_page(app_writer, address) -> None:
    answer = app_writer.get(address, expect_errors=True)
    assert answer.status_int < 500


def test_an_address_that_is_no_text_is_refused(served, database) -> None:
    told = []
    environ = webob.Request.blank("/").environ
    # A browser without scripts cannot send this; an attacker does.
    environ["PATH_INFO"] = "/\xff"
    body = served(environ, lambda status, _headers: told.append(status))
    assert told[0].startswith("400")
    assert "n’a pas pu être lue" in b"".join(body).decode()
