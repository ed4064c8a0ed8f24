"""Nothing is published that has not been proved, and the writer reads what changes."""

import pytest

from sicp.engines.drafting.plan_tree import Tree
from sicp.exceptions import NotAllowedError
from sicp.exceptions import StateError
from sicp.interfaces.user import Actor
from sicp.operations.clause.proposal import propose_amendment
from sicp.operations.clause.release import FORCED
from sicp.operations.clause.release import NEVER
from sicp.operations.clause.release import PROPOSED
from sicp.operations.clause.release import waiting_changes
from sicp.operations.consultation.draft import create_draft
from sicp.operations.consultation.draft import set_local_text
from sicp.operations.consultation.rebase import rebase
from sicp.operations.document.plan import prove_plan
from sicp.operations.document.publication import difference_of_published
from sicp.operations.document.publication import difference_of_waiting
from sicp.operations.document.publication import prove_publication
from sicp.operations.document.publication import publish_proved
from sicp.operations.document.rebasing import read_step
from tests.factories.release import adopt
from tests.factories.release import carry
from tests.factories.release import edit_template
from tests.factories.release import publish
from tests.factories.release import publish_keys
from tests.factories.release import retire
from tests.factories.release import rewritten

OPEN = "execution-times"
FIXED = "price-contents"
CCAP = "ccap-common-services"


def link(draft) -> str:
    """Return an address."""
    return f"https://sicp.example/{draft.template_id}"


def said(rows) -> tuple[str, str]:
    """Return the words of both sides."""
    return tuple(
        " ".join(run.text for row in rows for run in getattr(row, side))
        for side in ("old", "new")
    )


@pytest.fixture
def draft(consultation, doing):
    """A CCAP just begun."""
    return create_draft(consultation, CCAP, **doing.by)


def test_a_clause_that_names_what_does_not_exist_stops_the_publication(
    site, library, doing
) -> None:
    data = rewritten(site, FIXED, "Voir {ref:no-such-clause}.")
    key = carry(
        propose_amendment(site, FIXED, data=data, reason="Renvoi.", **doing.by),
        doing.by,
    )
    found = prove_publication(site, waiting_changes(site), doing.now.date())
    assert any("no-such-clause" in text for item in found for text in item.errors)
    terms = {"note": "n", "in_force_from": doing.now.date(), "link": link}
    with pytest.raises(StateError, match="release-proof-failed"):
        publish_proved(site, {key: PROPOSED}, **terms, **doing.by)
    assert len(site["publications"]) == 1


def test_a_retired_clause_that_a_canevas_still_calls_stops_the_publication(
    site, library, doing
) -> None:
    retire(site, doing.by, FIXED)
    found = prove_publication(site, waiting_changes(site), doing.now.date())
    assert any(item.errors for item in found)


def test_what_is_sound_is_published(site, library, doing) -> None:
    key = adopt(site, doing.by, OPEN, "Une phrase sûre.")
    assert prove_publication(site, waiting_changes(site), doing.now.date()) == ()
    terms = {"note": "n", "in_force_from": doing.now.date(), "link": link}
    stranger = {**doing.by, "actor": Actor("x", "", frozenset({"system.Everyone"}))}
    with pytest.raises(NotAllowedError):
        publish_proved(site, {key: PROPOSED}, **terms, **stranger)
    release = publish_proved(site, {key: PROPOSED}, **terms, **doing.by)
    (change,) = release.changes
    found = difference_of_published(site, change, doing.now.date())
    assert [item.name for item in found.properties] == ["text"]
    assert "sûre" in said(found.properties[0].rows)[1]


def test_a_parent_is_not_imposed_without_its_changed_heirs(
    site, library, doing
) -> None:
    parent = edit_template(site, doing.by, "ccap-design", "Premier titre")
    child = site["canevas"]["ccap-building-design"]
    child.edit({**child.data, "title": "Autre titre"}, "x", doing.now, "Titre")
    policies = {parent: FORCED, "template-ccap-building-design": PROPOSED}
    found = prove_publication(site, waiting_changes(site), doing.now.date(), policies)
    assert any("imposez-le aussi" in text for item in found for text in item.errors)


def test_a_parent_that_breaks_its_heirs_is_told_and_not_published(
    site, library, doing
) -> None:
    parent = site["canevas"]["ccap-design"]
    held = Tree(parent.data["parts"])
    held.take("design-team")
    parent.edit({**parent.data, "parts": held.to_data()}, "x", doing.now, "Plus court.")
    heir = site["canevas"]["ccap-building-design"]
    on = doing.now.date()
    told = dict(prove_plan(parent, on).heirs)
    assert any("« design-team »" in finding.message for finding in told[heir])
    found = {
        f.title: f.errors for f in prove_publication(site, waiting_changes(site), on)
    }
    assert any("« design-team »" in text for text in found[heir.title])
    terms = {"note": "n", "in_force_from": on, "link": link}
    with pytest.raises(StateError, match="release-proof-failed"):
        publish_proved(site, {"template-ccap-design": PROPOSED}, **terms, **doing.by)
    assert parent.working is not None


def test_what_waits_is_compared_with_what_is_published(site, library, doing) -> None:
    adopt(site, doing.by, OPEN, "Une phrase de plus.")
    edit_template(site, doing.by, CCAP, "Titre premier")
    clause, canevas = (
        difference_of_waiting(site, item, doing.now.date())
        for item in waiting_changes(site)
    )
    assert "plus" in said(clause.properties[0].rows)[1]
    assert any(line.kind != "same" for line in canevas.canevas.lines)


def test_the_writer_reads_the_lines_of_his_own_piece(site, draft, doing) -> None:
    publish(site, doing.by, OPEN, "Avec {object}.")
    reading = read_step(draft, doing.now.date())
    (change,) = reading.pending
    old, new = said(change.rows)
    assert draft.__parent__.__parent__.object in new
    assert "Avec" not in old
    rebase(draft, {}, release=reading.release, **doing.by)
    assert read_step(draft, doing.now.date()) is None


def test_he_reads_what_was_imposed(site, draft, doing) -> None:
    publish(site, doing.by, FIXED, "C’est imposé.", FORCED)
    (change,) = read_step(draft, doing.now.date()).imposed
    assert "imposé" in said(change.rows)[1]


def test_where_his_text_stands_the_texts_of_the_library_are_compared(
    site, draft, doing
) -> None:
    set_local_text(draft, OPEN, "Mon texte.", **doing.by)
    publish(site, doing.by, OPEN, "Du clausier.")
    (change,) = read_step(draft, doing.now.date()).pending
    assert change.change.is_rewritten
    assert "clausier" in said(change.rows)[1]
    assert "Mon texte" not in said(change.rows)[0]


def test_a_plan_is_compared_by_its_headings(site, draft, doing) -> None:
    key = edit_template(site, doing.by, CCAP, "Dispositions premières")
    publish_keys(site, doing.by, {key: PROPOSED})
    (change,) = read_step(draft, doing.now.date()).pending
    assert "premières" in said(change.rows)[1]


def test_what_the_piece_does_not_hold_is_told(site, draft, doing) -> None:
    draft.left_out = frozenset({"waste-management"})
    publish(site, doing.by, "waste-management")
    (change,) = read_step(draft, doing.now.date()).pending
    assert change.is_absent
    assert change.rows == ()


def test_new_pieces_only_are_not_concerned(site, draft, doing) -> None:
    publish(site, doing.by, OPEN, policy=NEVER)
    reading = read_step(draft, doing.now.date())
    assert reading.pending == reading.imposed == ()
