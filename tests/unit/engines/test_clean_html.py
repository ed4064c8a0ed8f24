"""Rich text keeps its subset, loses everything else, and links by number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sicp.engines.clean_html import Section
from sicp.engines.clean_html import clean
from sicp.engines.clean_html import internal_links
from sicp.engines.clean_html import paragraphs
from sicp.engines.clean_html import rewrite
from sicp.engines.clean_html import sections


def shown(html: str, address: str = "/x") -> str:
    return rewrite(html, lambda _sort, _name: address, lambda text: iter([(text, "")]))


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Titre</h2><p>Un <strong>mot</strong> <em>dit</em></p>",
        "<ul><li>un</li><li>deux</li></ul><blockquote>cité</blockquote>",
        '<table><tbody><tr><td colspan="2">1</td></tr></tbody></table>',
        '<p><a href="sicp:sheet/-12">fiche</a> <a href="https://a.fr/">a</a></p>',
    ],
)
def test_the_subset_stays_as_it_is(html) -> None:
    assert clean(html) == html
    assert shown(html, "sicp:sheet/-12").count("<") <= html.count("<")


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>a</p>",
        '<a href="javascript:alert(1)">a</a>',
        '<a href="data:text/html,x">a</a>',
        "<img src=x onerror=alert(1)>",
        "<svg><script>1</script></svg>",
        "<style>*{display:none}</style>",
        '<p style="position:fixed">a</p>',
        "<iframe src=x></iframe><form><input></form>",
        "<!-- a -->",
    ],
)
def test_what_acts_or_draws_is_taken_away(html) -> None:
    text = clean(html).lower()
    for banned in ("script", "click", "error", "data:", "style", "<i", "<form", "<!--"):
        assert banned not in text


def test_other_tags_become_those_of_the_subset() -> None:
    assert clean("<h1>A</h1><b>b</b><i>i</i>") == (
        "<h2>A</h2><strong>b</strong><em>i</em>"
    )


def test_a_text_is_read_line_by_line_and_cut_at_its_headings() -> None:
    html = clean(
        "<p>Avant</p><h2>Un</h2><p>a<br>b</p><ul><li>c</ul>"
        "<table><tr><td>1<td>2</table><h3>Deux</h3>"
    )
    assert paragraphs(html) == ("Avant", "Un", "a", "b", "c", "1 | 2", "Deux")
    assert sections(html) == (
        Section("", "Avant"),
        Section("Un", "a\nb\nc\n1 | 2"),
        Section("Deux", ""),
    )


def test_links_inside_are_listed_once() -> None:
    link = '<a href="sicp:clause/penalties">c</a>'
    html = f'<p>{link}{link}<a href="https://a.fr">d</a></p>'
    assert internal_links(html) == (("clause", "penalties"),)


def test_a_link_that_leads_nowhere_leaves_its_words() -> None:
    html = '<p>Voir <a href="sicp:sheet/12">la fiche</a>.</p>'
    assert shown(html, "") == "<p>Voir la fiche.</p>"
    assert shown(html, "/b") == '<p>Voir <a href="/b">la fiche</a>.</p>'


def test_words_in_a_link_are_not_linked_again() -> None:
    html = '<p>mot <a href="https://a.fr/">mot</a></p>'
    out = rewrite(html, lambda *_: "", lambda text: iter([(text, "/x")]))
    assert out == '<p><a href="/x">mot </a><a href="https://a.fr/">mot</a></p>'


@given(st.text(max_size=300))
def test_any_text_is_cleaned_once_and_for_all_and_can_be_shown(text) -> None:
    once = clean(text)
    assert clean(once) == once
    out = shown(once)
    assert "<script" not in out.lower()
    assert clean(out) == out


@given(
    st.lists(st.sampled_from(["<p>", "</p>", "<a href='x\"y>z'>", "</a>", "<", ">"]))
)
def test_broken_tags_never_leave_the_subset(parts) -> None:
    once = clean("mot".join(parts))
    assert clean(shown(once)) == once
