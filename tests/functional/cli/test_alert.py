"""« sicp alert » mails what kept searches newly find, once; so does the server."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
import transaction

from sicp import clock
from sicp.cli import alert
from sicp.cli.alert import alert_if_due
from sicp.cli.alert import alerting
from sicp.cli.site import open_site
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.sheet import create_sheet
from sicp.operations.search.alert import set_alert
from sicp.operations.search.saved import save_search

WORD = "xylographie"
MORNING = datetime(2026, 12, 2, 6, 30, tzinfo=UTC)


@pytest.fixture
def watched(home):
    """A search with its alert, and a sheet that it has not found yet."""
    with open_site() as opened:
        site, now = opened.root, clock.now()
        site["utilisateurs"]["lecteur"].email = "lecteur@example.org"
        actor = opened.actor("lecteur")
        kept = save_search(site, "Veille", (("q", WORD),), actor=actor, now=now)
        set_alert(site, kept.key, True, actor=actor, registry=opened.registry)
        opened.commit()
        by = {"actor": opened.actor(None), "now": now, "registry": opened.registry}
        wanted = SheetInput("Guide neuf", f"<p>La {WORD}.</p>")
        sheet = create_sheet(site["connaissances"], "practice", wanted, **by)
        publish_sheet(sheet, **by)
        opened.commit()
    return home


def mails(home):
    """Return the mails that wait."""
    return [path.read_text() for path in (home / "mail" / "new").glob("*")]


def test_the_command_tells_once(watched, sicp):
    assert sicp("alert").output == "1 mail(s).\n"
    (mail,) = mails(watched)
    assert "lecteur@example.org" in mail
    assert sicp("alert").output == "0 mail(s).\n"
    assert len(mails(watched)) == 1


def test_the_server_tells_in_the_morning_of_each_day(watched):
    with open_site() as opened:
        registry = opened.registry
        transaction.abort()
        assert alert_if_due(registry, MORNING - timedelta(hours=1)) == 0
        assert mails(watched) == []
        assert alert_if_due(registry, MORNING) == 1
        assert alert_if_due(registry, MORNING + timedelta(hours=3)) == 0
        assert alert_if_due(registry, MORNING + timedelta(days=1)) == 0
        assert len(mails(watched)) == 1


def test_what_goes_wrong_stops_no_later_round(watched, monkeypatch, caplog):
    rounds = []

    def fail(_registry, _now):
        rounds.append(1)
        raise OSError("no disk")

    monkeypatch.setattr(alert, "alert_if_due", fail)
    with open_site() as opened, alerting(opened.registry, pause=0.01):
        for _wait in range(500):
            if len(rounds) > 1:
                break
            alert.Event().wait(0.01)
    assert len(rounds) > 1
    assert "alerts could not be sent" in caplog.text
