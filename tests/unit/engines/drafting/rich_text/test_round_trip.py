"""A text goes to the editor and comes back; nothing from outside can break it."""

import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import Plural
from sicp.engines.drafting.blocks import Styled
from sicp.engines.drafting.blocks import Text
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.markup import write
from sicp.engines.drafting.rich_text import RichTextError
from sicp.engines.drafting.rich_text import from_html
from sicp.engines.drafting.rich_text import to_html
from tests.unit.engines.sample import BLOCKS

NAMES = {"object": "Objet du contrat", "ref:price-revision": "Révision des prix"}

#: Pieces that mean something to the reader, in any order, closed or not.
PIECES = st.sampled_from([
    "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<em>", "</em>", "<strong>",
    "</strong>", "<ul>", "<ol>", "<li>", "</li>", "</ul>", "</ol>", "<table>", "<tr>",
    "<td colspan=2>", "<td rowspan=2>", "<th>", "</td>", "</tr>", "</table>", "<br>",
    "<h3>", "</h3>", "<div>", "</div>", "<span>", "</span>", "<script>", "</script>",
    "<!--", "-->", "<style>", "</style>", "&nbsp;", "&amp;", "&#1;", "&#xd800;", " ",
    "\n", "a", "b c", "*", "**", "- ", "1. ", "### ", "|", "{", "}", "}}", "\\", "é",
    "<span class=fragment data-field=object data-operator=filled>",
    "<span class=fragment data-field=lots_count data-operator=gt data-value=1>",
    "<span class=chip data-variable=object>x</span>",
    "<span data-plural=lots data-one='le lot' data-many='les\nlots'></span>",
    "<span data-reference=price data-fallback='a|b'></span>",
    "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>",
    "<span style='mso-list:Ignore'>1.</span>", "<b style='font-weight:normal'>",
    "<span style='font-weight:700;font-style:italic'>", "<table data-rows=lots>",
])  # fmt: skip
SIGNS = st.text(
    st.characters(codec="utf-8")
    | st.sampled_from("<>/&;\"'= {}|*\\-#\n\u2028\x85\xa0"),
    max_size=60,
)
WORDS = st.text(st.sampled_from("ab \n\xa0\u202f\t\u200b\ufeff\u2028*{}"), max_size=12)


def _read_or_refused(html):
    try:
        blocks = from_html(html)
    except RichTextError:
        return ()
    assert parse(write(blocks)) == blocks
    return blocks


@given(BLOCKS)
@settings(deadline=None)
def test_what_the_editor_is_given_comes_back_as_it_was(blocks):
    assert from_html(to_html(blocks, NAMES)) == blocks


@given(st.text(st.sampled_from("ab *#-1.|{}\\\n\xa0\u200b_é<&>\"'"), max_size=60))
@settings(deadline=None)
@example("** a**  b\xa0 c")
@example("**a****b**")
@example("** **")
def test_any_text_the_markup_can_read_comes_back_as_it_was(source):
    try:
        blocks = parse(source)
    except MarkupError:
        return
    if parse(write(blocks)) == blocks:
        assert from_html(to_html(blocks, {})) == blocks


@given(SIGNS | st.lists(PIECES, max_size=25).map("".join))
@settings(deadline=None, max_examples=400)
def test_any_page_is_read_into_a_text_that_parses_or_refused_in_french(html):
    blocks = _read_or_refused(html)
    assert from_html(to_html(blocks, NAMES)) == blocks


@given(st.binary(max_size=80))
@settings(deadline=None)
def test_bytes_that_are_no_page_are_read_or_refused(data):
    _read_or_refused(data.decode("latin-1"))
    _read_or_refused(data.decode("utf-8", "surrogateescape"))


@given(WORDS, WORDS)
@settings(deadline=None)
def test_the_two_forms_of_a_plural_may_hold_any_word(one, many):
    html = to_html((Paragraph((Plural("lots", one, many),)),), {})
    _read_or_refused(html)
    _read_or_refused(f"<h3>{html}</h3><table><tr><td>{html}</td></tr></table>")


@given(WORDS, WORDS, st.sampled_from(["bold", "italic"]))
@settings(deadline=None)
def test_words_are_kept_whatever_the_styles_around_them(before, inside, style):
    blocks = (Paragraph((Text(before), Styled(style, (Text(inside),)))),)
    read = _read_or_refused(to_html(blocks, {}))
    kept = [s for s in before + inside if s in "ab*{}"]
    assert [s for s in _words(read) if s in "ab*{}"] == kept


def _words(blocks):
    return "".join(
        child.text
        for block in blocks
        for inline in block.inlines
        for child in getattr(inline, "inlines", (inline,))
    )


@pytest.mark.parametrize(
    "html",
    [
        "x" * 1_000_001,
        "x" * 100_001,
        f"<span data-plural=lots data-one='{'x' * 100_001}'></span>",
        "<div>" * 150 + "x",
        "<b>" * 5000,
        "<p>a</p>" * 60_000,
        "<ul><li>" * 300 + "x",
    ],
)
def test_a_page_too_long_or_too_deep_is_refused(html):
    with pytest.raises(RichTextError, match=r"trop"):
        from_html(html)
