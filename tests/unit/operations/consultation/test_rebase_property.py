"""Whatever is published, nothing moves that must not, and nothing written is lost.

Every canevas gives a piece in four states: being written, frozen, of a consultation
declared without follow-up, and of a contract taken over from elsewhere.
"""

from random import Random
from typing import Any

import pytest

from sicp.engines.drafting.draft import inlines_text
from sicp.operations.clause.release import FORCED
from sicp.operations.clause.release import NEVER
from sicp.operations.clause.release import PROPOSED
from sicp.operations.consultation.basis import basis_of
from sicp.operations.consultation.basis import called_by
from sicp.operations.consultation.basis import may_move
from sicp.operations.consultation.basis import own_basis
from sicp.operations.consultation.basis import settle
from sicp.operations.consultation.consultation import change_state
from sicp.operations.consultation.draft import create_draft
from sicp.operations.consultation.draft import may_rewrite
from sicp.operations.consultation.draft import set_local_text
from sicp.operations.consultation.perimeter import stamp
from sicp.operations.consultation.rebase import rebase
from sicp.operations.consultation.rebase import step_of
from sicp.operations.consultation.release import touched_drafts
from sicp.operations.document.context import answers_for_drafting
from sicp.operations.document.piece import piece_of
from sicp.operations.index import compare
from sicp.operations.index import index
from sicp.operations.template import writers_canevas
from sicp.workflows.base import initialize
from sicp.workflows.consultation.consultation import TABLE
from tests.factories.release import adopt
from tests.factories.release import edit_template
from tests.factories.release import publish_keys

POLICIES = (FORCED, PROPOSED, NEVER)
RELEASES = 2
CLAUSES = 25


@pytest.fixture
def moving(site, open_consultation, doing) -> list[Any]:
    """The pieces being written, and those of a contract taken over."""
    written, imported = open_consultation(), open_consultation()
    initialize(doing.registry, TABLE, imported, "imported")
    stamp(imported, doing.registry)
    return [*begin(site, written, doing), *begin(site, imported, doing)]


@pytest.fixture
def still(site, open_consultation, doing) -> list[Any]:
    """The frozen pieces, and those of a consultation declared without follow-up."""
    frozen, abandoned = open_consultation(), open_consultation()
    pieces = [*begin(site, frozen, doing), *begin(site, abandoned, doing)]
    for draft in frozen["pieces"].values():
        on = doing.now.date()
        settle(draft, on)
        draft.frozen_answers = answers_for_drafting(site, frozen, draft.answers, on)
        draft.frozen_at = doing.now
        index(site, draft)
    change_state(abandoned, "abandon", reason="Sans objet", **doing.by)
    return pieces


def begin(site, consultation, doing) -> list[Any]:
    """Begin every piece there is, each with a text of its own where it may."""
    pieces = []
    for canevas in writers_canevas(site):
        draft = create_draft(consultation, canevas.id, **doing.by)
        basis = basis_of(draft, doing.now.date())
        clauses = (basis.library.clause(name) for name in called_by(basis.canevas))
        mine = next((c for c in clauses if c is not None and may_rewrite(c)), None)
        if mine is not None:
            set_local_text(draft, mine.id, f"Texte de {canevas.id}.", **doing.by)
        draft.answers["own_answer"] = canevas.id
        draft.choices["own_choice"] = canevas.id
        pieces.append(draft)
    return pieces


def words(draft, doing) -> str:
    """Return all the words of a piece as it is read."""
    piece = piece_of(draft, doing.now.date())
    return " ".join(f"{inlines_text(s.title)} {s.blocks}" for s in piece.draft.walk())


def written_by_hand(draft) -> tuple[Any, ...]:
    """Return all that only the writer can say."""
    told = (draft.answers, draft.choices, draft.local_texts, draft.local_authors)
    return (*map(dict, told), draft.left_out)


def has_headings(data) -> bool:
    """Tell whether a canevas has a heading of its own to rename."""
    return any("title" in part for part in data.get("parts", ()))


def publish_at_random(site, doing, chance: Random, pieces) -> Any:
    """Publish changes of clauses and of canevas under policies drawn at random."""
    on = doing.now.date()
    called = sorted({c for d in pieces for c in called_by(basis_of(d, on).canevas)})
    keys = [
        adopt(site, doing.by, name, f"Phrase {chance.randrange(10**6)}.")
        for name in chance.sample(called, CLAUSES)
    ]
    plans = [n for n, t in site["canevas"].items() if has_headings(t.data)]
    keys += [
        edit_template(site, doing.by, name, f"Titre {chance.randrange(10**6)}")
        for name in chance.sample(plans, 5)
    ]
    policies = {key: chance.choice(POLICIES) for key in keys}
    return publish_keys(site, doing.by, policies)


def rebase_at_random(draft, doing, chance: Random) -> None:
    """Bring a piece up to date, some changes being left; then nothing is left to do."""
    on = doing.now.date()
    step = step_of(draft, on)
    if step is None:
        return
    left = {item.key: "Motif." for item in step.pending if chance.random() < 0.4}
    applied = rebase(draft, left, release=step.there.release, **doing.by)
    assert {item.key for item in applied} == {p.key for p in step.pending} - {*left}
    assert step_of(draft, on) is None
    after = basis_of(draft, on)
    for item in step.pending:
        if item.kind == "clause" and item.id in called_by(after.canevas):
            expected = item.old if item.key in left else item.new
            assert after.numbers[item.id] == expected


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_moves_that_must_not_and_nothing_written_is_lost(
    site, doing, moving, still, seed
) -> None:
    chance = Random(seed)
    on = doing.now.date()
    assert len(moving) == len(still) >= 2 * 37
    frozen_words = {draft: words(draft, doing) for draft in still}
    by_hand = {draft: written_by_hand(draft) for draft in (*moving, *still)}
    for _round in range(RELEASES):
        release = publish_at_random(site, doing, chance, moving)
        touched = {item.draft for item in touched_drafts(site, release)}
        assert touched.isdisjoint(still)
        forced = {
            c.id: c.new
            for c in release.changes
            if c.policy == FORCED and c.kind == "clause"
        }
        assert forced
        for draft in moving:
            basis = basis_of(draft, on)
            reached = set(called_by(basis.canevas)) & set(forced)
            assert {n: basis.numbers[n] for n in reached} == {
                n: forced[n] for n in reached
            }
            called = set(called_by(own_basis(draft, on).canevas))
            assert draft in touched or called.isdisjoint(forced)
        for draft in still:
            assert not may_move(draft)
            assert step_of(draft, on) is None
            assert forced.items().isdisjoint(basis_of(draft, on).numbers.items())
            assert words(draft, doing) == frozen_words[draft]
        for draft in chance.sample(moving, len(moving) // 2):
            rebase_at_random(draft, doing, chance)
        for draft, told in by_hand.items():
            assert written_by_hand(draft) == told
    assert compare(site) == []
