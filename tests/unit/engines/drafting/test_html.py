"""The live preview: every word escaped, every word led back to its clause."""

import re

from hypothesis import given
from hypothesis import settings
from lxml import html as parser

from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.html import render
from sicp.engines.drafting.html import render_section
from tests.unit.engines.sample import ANSWERS
from tests.unit.engines.sample import FORM
from tests.unit.engines.sample import FULL
from tests.unit.engines.sample import canevas
from tests.unit.engines.sample import clause
from tests.unit.engines.sample import draft_of
from tests.unit.engines.sample import plans


def test_a_value_that_looks_like_a_tag_is_escaped_everywhere():
    nasty = '<script>alert("x")</script>'
    answers = {**FULL, "object": nasty}
    found = [clause("a", "{object} **{object}**", title="{object}")]
    cover = {"title": "{object}", "subtitle": "{object}"}
    page = render(draft_of(found, canevas("a", cover=cover), answers))
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 5


def test_a_clause_carries_its_id_and_its_number():
    page = render(draft_of([clause("a")]))
    assert 'id="a" class="draft-clause" data-clause="a" data-occurrence="1"' in page
    assert '<h2><span class="draft-number">Article 1</span> A</h2>' in page


def test_a_blank_leads_to_its_question():
    page = render(draft_of([clause("a", "{duration_months}")], answers={}))
    assert '<mark class="draft-blank" data-field="duration_months">' in page


def test_each_kind_of_block_has_its_element():
    text = (
        "*{object}*, l’{ref:b}\n\n- a\n  1. b\n\n### S\n\n"
        "| A |\n|---|\n| {lots_count} |\n"
    )
    page = render(draft_of([clause("a", text), clause("b", heading=True)]))
    assert '<em><span class="draft-value" data-field="object">' in page
    assert '<a class="draft-link" href="#b">article\xa02</a>' in page
    assert "<ul><li>a<ol><li>b</li></ol></li></ul>" in page
    assert '<h3 id="a--1"><span class="draft-number">1.1</span> S</h3>' in page
    assert '<th scope="col">A</th>' in page


def test_a_local_text_and_a_choice_are_seen():
    two = [
        clause("x", kind="alternative", group="g"),
        clause("y", kind="alternative", group="g"),
    ]
    page = render(draft_of([clause("a", open=True), *two], local_texts={"a": "Ici."}))
    assert "draft-clause draft-local" in page
    assert 'class="draft-choice"' in page


def test_one_section_is_rendered_alone():
    (section,) = draft_of([clause("a")]).sections
    assert render_section(section, first_heading=3).startswith("<section")
    assert "<h3>" in render_section(section, first_heading=3)


@given(plans(), ANSWERS)
@settings(max_examples=25, deadline=None)
def test_any_draft_is_a_sound_fragment_with_all_its_numbers(plan, answers):
    library, cahier = plan
    draft = assemble(cahier, library, answers, FORM)
    page = parser.fragment_fromstring(render(draft), create_parent=True)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    numbers = page.xpath("//span[@class='draft-number']/text()")
    assert [s.label for s in draft.walk() if s.label] == [
        n for n, i in zip(numbers, _own(page), strict=True) if i
    ]
    targets = {href[1:] for href in page.xpath("//a/@href")}
    assert targets <= set(ids)


def _own(page):
    """Tell which numbers are those of sections, not of sub-headings."""
    spans = page.xpath("//span[@class='draft-number']")
    return [not re.search("--", span.getparent().get("id") or "") for span in spans]
