"""The search of a served site follows what its pages save."""

import transaction

from sicp import clock
from sicp.operations.search import SearchWanted
from sicp.operations.search import ask
from sicp.operations.user.right import actor_for


def _total(site, served, text):
    transaction.begin()
    actor = actor_for(site, "redacteur", clock.now())
    wanted = SearchWanted(text)
    return ask(site, wanted, actor=actor, registry=served.registry).total


def test_what_a_page_saves_is_found_at_once(app_writer, site, served, searched):
    assert _total(site, served, "zygomatique") == 0
    form = app_writer.get("/consultations/nouvelle").forms["form"]
    form["object"] = "Achat zygomatique"
    form.fields["checkbox"][0].checked = True
    form.submit("create", status=303)
    assert _total(site, served, "zygomatique") == 1
