"""What the tool of messages finds in the sources, and what it refuses."""

import sys

import pytest

from tests.architecture.tree import ROOT

sys.path.insert(0, str(ROOT / "scripts"))

from i18n_sources import find_in_python
from i18n_sources import find_in_template

PAGE = '<html i18n:domain="sicp">{}</html>'


def _in_page(body):
    return list(find_in_template(PAGE.format(body)))


def test_a_call_gives_its_id_its_text_and_its_line():
    [use] = find_in_python('\n_("lot-added", default="Le lot " "est ajouté.")')
    assert (use.name, use.text, use.line, use.fault) == (
        "lot-added",
        "Le lot est ajouté.",
        2,
        "",
    )


@pytest.mark.parametrize(
    "call",
    ['_(name, default="Lot")', '_("lot")', '_("lot", default="")', '_("Lot", "x")'],
)
def test_a_call_that_the_catalogue_cannot_hold_is_a_fault(call):
    [use] = find_in_python(call)
    assert use.fault


def test_the_text_of_an_element_is_read_with_its_placeholders():
    [use] = _in_page(
        '<p i18n:translate="lot-of">Lot  de\n <b i18n:name="title">${x}</b>'
        " <i>là</i></p>"
    )
    assert (use.text, use.fault) == ("Lot de ${title} <i>là</i>", "")


def test_a_message_inside_a_message_is_found_too():
    uses = _in_page(
        '<p i18n:translate="a">Voir <a i18n:name="link" i18n:translate="b">là</a></p>'
    )
    assert [(use.name, use.text) for use in uses] == [
        ("a", "Voir ${link}"),
        ("b", "là"),
    ]


def test_attributes_are_read_also_on_an_element_without_end():
    uses = _in_page(
        '<input title="T" placeholder="P" i18n:attributes="title a; placeholder b">'
    )
    assert [(use.name, use.text) for use in uses] == [("a", "T"), ("b", "P")]


def test_a_message_that_python_made_needs_no_id():
    assert _in_page('<p i18n:translate="" tal:content="message"></p>') == []


@pytest.mark.parametrize(
    "body",
    [
        '<p i18n:translate="">Texte</p>',
        '<p i18n:translate="a">Reste ${count}</p>',
        '<p i18n:translate="a">Reste <b tal:content="count">1</b></p>',
        '<p title="${x} lots" i18n:attributes="title a">x</p>',
        '<p i18n:domain="other" i18n:translate="a">Texte</p>',
        '<p i18n:attributes="title">x</p>',
        "<p>${_('a')}</p>",
    ],
)
def test_what_chameleon_would_not_translate_is_a_fault(body):
    assert any(use.fault for use in _in_page(body))
