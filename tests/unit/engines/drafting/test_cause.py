"""Each section of each document tells why it is there, and each part of why is true."""

import pytest

from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.draft import Section
from sicp.engines.drafting.draft import Truth
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.truth import truth_of
from tests.unit.engines.sample import FORM
from tests.unit.engines.sample import canevas
from tests.unit.engines.sample import clause
from tests.unit.engines.sample import compare as t
from tests.unit.engines.sample import draft_of
from tests.unit.seed.shipped import draft_of as shipped_draft
from tests.unit.seed.shipped import every_set

#: Nodes of the plan that lead to a section; the first is the canevas itself.
PLACED = {"part", "article", "derogations", "use"}


def reasons(draft: Draft) -> list[tuple[str, Section]]:
    """Return the places of a document that nothing explains."""
    untold = [(s.id, s) for s in draft.walk() if not _is_told(s)]
    cover = draft.cover
    is_covered = cover is None or (cover.cause and cover.cause.grounds)
    return untold if is_covered else [("cover", cover), *untold]


def _is_told(section: Section) -> bool:
    cause = section.cause
    if cause is None or cause.grounds[0].kind != "canevas":
        return False
    own = cause.grounds[-1]
    if section.kind == "clause":
        return own.kind == "clause" and own.id == section.trace.clause_id
    return own.kind in PLACED and all(ground.condition for ground in cause.grounds)


@pytest.mark.parametrize("name", sorted(every_set()))
def test_every_place_of_every_shipped_document_is_explained(name) -> None:
    draft = shipped_draft(name)
    assert reasons(draft) == []
    for section in draft.walk():
        # The plan may be chosen against its condition; what it holds may not.
        told = [ground.truth for ground in section.cause.grounds[1:] if ground.truth]
        assert all(truth.holds for truth in told), section.id


@pytest.mark.parametrize("name", sorted(every_set()))
def test_what_a_truth_says_follows_from_its_parts(name) -> None:
    for section in shipped_draft(name).walk():
        cause = section.cause
        for ground in (*cause.grounds, *cause.fragments, *cause.alternatives):
            for truth in _walk(ground.truth):
                held = [part.holds for part in truth.parts]
                if truth.link:
                    assert truth.holds == (all if truth.link == "et" else any)(held)
                else:
                    assert truth.values or not held


def _walk(truth: Truth | None):
    if truth is not None:
        yield truth
        for part in truth.parts:
            yield from _walk(part)


def test_the_grounds_go_from_the_canevas_down_to_the_clause() -> None:
    plan = canevas(
        {
            "id": "p",
            "title": "Prix",
            "condition": t("is_allotted", "is", True),
            "children": [{"clause": "a"}],
        }
    )
    section = draft_of([clause("a", condition=t("lots_count", "gt", 1))], plan)
    article, inner = section.walk()
    assert [g.kind for g in article.cause.grounds] == ["canevas", "part"]
    kinds = [g.kind for g in inner.cause.grounds]
    assert kinds == ["canevas", "part", "use", "clause"]
    assert inner.cause.grounds[-1].truth.holds


def test_each_part_of_a_condition_is_told_with_its_value() -> None:
    condition = {
        "any": [t("is_allotted", "is", True), t("lots_count", "gt", 5)],
    }
    truth = truth_of(condition, Facts({"is_allotted": True}, FORM))
    assert truth.holds
    assert truth.link == "ou"
    assert [part.holds for part in truth.parts] == [True, False]
    assert truth.parts[0].values[0].text == "oui"
    assert truth.parts[1].values[0].text == ""


def test_what_cannot_be_decided_is_told_so() -> None:
    assert truth_of(t("nobody", "is", 1), Facts({}, FieldSet(()))).holds is None


def test_a_fragment_that_is_not_printed_is_told_too() -> None:
    text = "Prix {if lots_count gt 9: par lot }ferme."
    (section,) = draft_of([clause("a", text)]).sections
    (fragment,) = section.cause.fragments
    assert fragment.title == "par lot"
    assert fragment.truth.holds is False


def test_a_choice_tells_each_alternative() -> None:
    one, two = (clause(name, kind="alternative", group="g") for name in ("a", "b"))
    (section,) = draft_of([one, two]).sections
    assert section.kind == "choice"
    assert [ground.id for ground in section.cause.alternatives] == ["a", "b"]
