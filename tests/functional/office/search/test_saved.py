"""Each keeps his own searches, and is told by mail of what they newly find."""

from email import message_from_bytes
from email.policy import default
from time import sleep

import pytest
import transaction

from sicp.clock import now
from sicp.engines.search import SearchIndex
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet
from sicp.operations.search.alert import tell_news
from sicp.operations.search.alert import watchers
from sicp.operations.search.service import SearchService
from tests.conftest import all_powerful
from tests.functional.office.search.conftest import WORD
from tests.functional.office.search.conftest import found

OWN = "/mes-recherches"
SAVE = f"/enregistrer-recherche?q={WORD}"


def keep(app, address=SAVE, name="Ma veille", alert="false"):
    """Keep a search; return the answer."""
    form = app.get(address).forms["form"]
    form["name"] = name
    form["form-alert"] = alert
    return form.submit("save", expect_errors=True)


def names(page):
    """Return the searches of the list."""
    return [row.th.a.get_text() for row in page.html.select("tbody tr")]


def change(app):
    """Return the page of the first search of the list."""
    return app.get(OWN).click("Régler")


def test_a_search_is_kept_and_asked_again(app_writer, app_manager, sheets) -> None:
    page = app_writer.get(f"/recherche?q={WORD}&nature=sheet.practice&tri=recent")
    saving = page.click("Enregistrer cette recherche")
    assert "Nature : " in saving.text.replace("\u00a0", " ")
    form = saving.forms["form"]
    assert form["name"].value == WORD
    form["name"] = "Ma veille"
    page = form.submit("save", status=303).follow()
    assert "La recherche est enregistrée" in page
    again = page.click("Ma veille", index=0)
    assert "nature=sheet.practice" in again.request.query_string
    assert "tri=recent" in again.request.query_string
    assert set(found(again)) == {"Guide ouvert", "Guide réservé"}
    assert names(app_manager.get(OWN)) == []


def test_it_is_renamed_and_removed(app_writer) -> None:
    keep(app_writer)
    form = change(app_writer).forms["form"]
    form["name"] = "Autre nom"
    page = form.submit("save", status=303).follow()
    assert names(page) == ["Autre nom"]
    removal = next(
        f for f in change(app_writer).forms.values() if "retirer" in f.action
    )
    page = removal.submit(status=303).follow()
    assert "Vous ne gardez aucune recherche" in page
    removal.submit(status=409)
    app_writer.get(f"{OWN}?cle=1234", status=303)


def test_a_wrong_name_is_said_at_the_field(app_writer) -> None:
    keep(app_writer)
    answer = keep(app_writer)
    assert answer.status_int == 422
    assert "une recherche de ce nom" in answer
    assert keep(app_writer, "/enregistrer-recherche").status_int == 422
    assert names(app_writer.get(OWN)) == ["Ma veille"]


def test_nobody_touches_the_search_of_another(app_writer, app_manager, site) -> None:
    keep(app_writer)
    transaction.begin()
    key = next(iter(site["utilisateurs"]["redacteur"].searches))
    app_manager.get(f"{OWN}?cle={key}", status=303)
    keep(app_manager)
    form = next(f for f in change(app_manager).forms.values() if "retirer" in f.action)
    form["cle"].force_value(key)
    form.submit(status=409)
    assert names(app_writer.get(OWN)) == ["Ma veille"]


def test_what_it_asks_names_no_hidden_folder(app_neighbour, sheets) -> None:
    number = sheets["kept"].__parent__.__oid__
    keep(app_neighbour, f"{SAVE}&dossier={number}&dans={number}")
    for page in (app_neighbour.get(OWN), change(app_neighbour)):
        assert "Dossier secret" not in page


@pytest.fixture
def mailed(mails, site, served):
    """Give a function that tells the news to those who watch, and reads the mails."""
    folder = mails / "new"

    def tell():
        for path in folder.glob("*"):
            path.unlink()
        transaction.begin()
        told = sum(
            tell_news(site, login, now=now(), registry=served.registry)
            for login in watchers(site)
        )
        transaction.commit()
        read = [
            message_from_bytes(path.read_bytes(), policy=default)
            for path in folder.glob("*")
        ]
        return told, read

    return tell


def publish(site, registry, title, text=WORD, folder=None):
    """Publish one more sheet."""
    transaction.begin()
    by = {"actor": all_powerful(site), "now": now(), "registry": registry}
    place = folder if folder is not None else site["connaissances"]
    sheet = create_sheet(place, "practice", SheetInput(title, text), **by)
    publish_sheet(sheet, **by)
    transaction.commit()
    return sheet


def watch(site, app, login, address=SAVE):
    """Keep a search with its alert."""
    transaction.begin()
    site["utilisateurs"][login].email = f"{login}@example.org"
    transaction.commit()
    return keep(app, address, alert="true")


def test_what_is_new_is_told_once_and_why(
    served, app_writer, sheets, site, mailed
) -> None:
    assert watch(site, app_writer, "redacteur").status_int == 303
    assert "active" in app_writer.get(OWN)
    assert mailed() == (0, [])
    publish(site, served.registry, "Guide neuf", f"<p>La {WORD}.</p>")
    publish(site, served.registry, "Guide étranger", "<p>La gravure.</p>")
    told, (mail,) = mailed()
    assert told == 1
    assert mail["To"] == "redacteur@example.org"
    assert "Ma veille" in mail["Subject"]
    body = mail.get_content()
    assert "Guide neuf" in body
    assert "/connaissances/guide-neuf" in body
    assert "Pourquoi ce message" in body
    assert OWN in body
    assert "Guide ouvert" not in body
    assert "étranger" not in body
    assert mailed() == (0, [])


def test_rights_are_those_of_the_moment_of_the_mail(
    served, app_neighbour, app_writer, sheets, site, mailed
) -> None:
    watch(site, app_neighbour, "voisin")
    watch(site, app_writer, "redacteur")
    publish(
        site,
        served.registry,
        "Guide interne",
        f"<p>La {WORD}.</p>",
        sheets["kept"].__parent__,
    )
    told, (mail,) = mailed()
    assert told == 1
    assert mail["To"] == "redacteur@example.org"
    # Whoever lost his rights meanwhile is told of nothing.
    publish(
        site,
        served.registry,
        "Guide second",
        f"<p>La {WORD}.</p>",
        sheets["kept"].__parent__,
    )
    user = site["utilisateurs"]["redacteur"]
    user.assignments = ()
    transaction.commit()
    assert mailed() == (0, [])
    publish(site, served.registry, "Guide tiers", f"<p>La {WORD}.</p>")
    user.is_active = False
    transaction.commit()
    told, (mail,) = mailed()
    assert mail["To"] == "voisin@example.org"


def test_an_alert_that_is_stopped_tells_nothing(
    served, app_writer, sheets, site, mailed
) -> None:
    watch(site, app_writer, "redacteur")
    form = change(app_writer).forms["form"]
    form["form-alert"] = "false"
    form.submit("save", status=303)
    publish(site, served.registry, "Guide neuf", f"<p>La {WORD}.</p>")
    assert mailed() == (0, [])
    # Asked again, it does not tell what was published meanwhile.
    form = change(app_writer).forms["form"]
    form["form-alert"] = "true"
    form.submit("save", status=303)
    assert mailed() == (0, [])


def test_an_alert_waits_for_the_very_words(
    served, app_writer, sheets, site, mailed
) -> None:
    watch(site, app_writer, "redacteur", SAVE.replace(WORD, f"{WORD}x"))
    (search,) = site["utilisateurs"]["redacteur"].searches.values()
    assert list(search.told) == []
    publish(site, served.registry, "Guide voisin", f"<p>La {WORD}.</p>")
    assert mailed() == (0, [])
    publish(site, served.registry, "Guide neuf", f"<p>La {WORD}x.</p>")
    assert mailed()[0] == 1


def test_what_could_not_be_looked_for_at_first_is_no_news(
    served, app_writer, sheets, site, mailed, tmp_path
) -> None:
    """Another process has the index, and has not made it yet."""
    other = SearchIndex(tmp_path / "late")
    before = served.registry.search_service
    served.registry.search_service = SearchService(str(tmp_path / "late"))
    try:
        assert watch(site, app_writer, "redacteur").status_int == 303
        assert mailed() == (0, [])
        other.close()
        (search,) = site["utilisateurs"]["redacteur"].searches.values()
        for _round in range(40):
            assert mailed() == (0, [])
            if search.is_primed:
                break
            sleep(0.25)
        publish(site, served.registry, "Guide neuf", f"<p>La {WORD}.</p>")
        assert mailed()[0] == 1
    finally:
        served.registry.search_service.close()
        served.registry.search_service = before


def test_an_alert_needs_an_address_and_a_narrow_search(
    app_writer, site, monkeypatch
) -> None:
    transaction.begin()
    site["utilisateurs"]["redacteur"].email = ""
    transaction.commit()
    answer = keep(app_writer, alert="true")
    assert answer.status_int == 422
    assert "adresse de courriel" in answer
    assert names(app_writer.get(OWN)) == []
    monkeypatch.setattr("sicp.operations.search.alert.MOST_WATCHED", 3)
    answer = watch(site, app_writer, "redacteur", "/enregistrer-recherche?q=marche")
    assert answer.status_int == 422
    assert "trouve plus de" in answer
    assert names(app_writer.get(OWN)) == []
