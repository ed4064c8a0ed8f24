"""A sheet goes to the plain markup and back without losing a sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sicp.engines.clean_html import clean
from sicp.engines.clean_html import plain
from sicp.engines.sheet_markup import KeptPassageError
from sicp.engines.sheet_markup import from_markup
from sicp.engines.sheet_markup import joined
from sicp.engines.sheet_markup import merge_texts
from sicp.engines.sheet_markup import tidy
from sicp.engines.sheet_markup import to_markup

TAGS = (
    "p",
    "h2",
    "h4",
    "strong",
    "em",
    "blockquote",
    "table",
    "thead",
    "tr",
    "td",
    "th",
)
SIGNS = "ab é*\\[]()|#>-1.)\n \xa0•–&<'\""
LINK = '<a href="sicp:sheet/-12">'


def nested(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    many = st.lists(parts, max_size=4).map("".join)
    return st.one_of(
        st.builds(
            "<{0}>{1}</{0}>".format,
            st.sampled_from(TAGS),
            many,
        ),
        st.lists(many, max_size=3).map(
            lambda items: f"<ul>{''.join(f'<li>{i}</li>' for i in items)}</ul>"
        ),
        st.lists(many, max_size=3).map(
            lambda items: f"<ol>{''.join(f'<li>{i}</li>' for i in items)}</ol>"
        ),
        many.map(lambda inner: f"{LINK}{inner}</a>"),
    )


texts = st.text(SIGNS, max_size=12).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
pages = st.recursive(st.one_of(texts, st.just("<br>")), nested, max_leaves=20)


@given(pages)
def test_no_sign_is_lost_from_a_text_to_the_markup_and_back(page: str) -> None:
    html = clean(page)
    kept = tidy(html)
    assert from_markup(to_markup(html), html) == kept
    assert tidy(kept) == kept
    assert clean(kept) == kept


@given(st.text(SIGNS + "\t\r", max_size=200))
def test_whatever_is_typed_is_read_as_a_clean_text(typed: str) -> None:
    html = from_markup(typed, "")
    assert tidy(clean(html)) == tidy(html)


@pytest.mark.parametrize(
    ("html", "markup"),
    [
        ("<h2>Objet</h2><p>Un <strong>mot</strong></p>", "## Objet\n\nUn **mot**"),
        ("<ul><li>a<ol><li>b</li></ol></li></ul>", "- a\n   1. b"),
        ("<blockquote>cité</blockquote>", "> cité"),
        ("<p>un<br>deux</p>", "un\ndeux"),
        (f"<p>{LINK}voir</a></p>", "[voir](fiche -12)"),
        (
            '<table><thead><tr><th scope="col">A</th></tr></thead>'
            "<tbody><tr><td>1</td></tr></tbody></table>",
            "| A |\n| --- |\n| 1 |",
        ),
        ("<p>5 * 3, l’article 2.</p>", "5 \\* 3, l’article 2."),
        ("<p>- tiret</p><p>1. un</p>", "\\- tiret\n\n\\1. un"),
    ],
)
def test_the_markup_is_one_that_people_write(html: str, markup: str) -> None:
    assert to_markup(html) == markup
    assert from_markup(markup, "") == tidy(html)


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("• un\n• deux", "<ul><li>un</li><li>deux</li></ul>"),
        ("1) un\n2) deux", "<ol><li>un</li><li>deux</li></ol>"),
        ("# Titre", "<h2>Titre</h2>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("**sans fin", "<p>**sans fin</p>"),
        (
            "[voir](article L. 2123-1)",
            '<p><a href="sicp:article/L2123-1">voir</a></p>',
        ),
        ("[voir](javascript:x)", "<p>[voir](javascript:x)</p>"),
        ("<b>non</b>", "<p>&lt;b&gt;non&lt;/b&gt;</p>"),
        ("", ""),
    ],
)
def test_what_people_type_otherwise_is_understood(typed: str, html: str) -> None:
    assert from_markup(typed, "") == html


def test_a_block_without_words_in_the_markup_stays_whole() -> None:
    html = '<p>a</p><table><tbody><tr><td colspan="2">b</td></tr></tbody></table>'
    markup = to_markup(html)
    assert markup == "a\n\n[[Passage 2 : tableau gardé tel quel]]"
    assert from_markup(f"{markup}\n\nc", html) == f"{tidy(html)}\n<p>c</p>"
    with pytest.raises(KeptPassageError):
        from_markup("[[Passage 3 : tableau]]", html)
    assert "Passage" in plain(from_markup(to_markup("<p>[[Passage 1]]</p>"), ""))


@pytest.mark.parametrize(
    "html",
    ["<blockquote>" * 5_000 + "a", "<ul><li>" * 5_000 + "a", "<strong>" * 5_000 + "a"],
)
def test_what_is_nested_without_end_is_read(html: str) -> None:
    assert plain(tidy(clean(html))) == "a"
    assert plain(from_markup(to_markup(clean(html)), clean(html))) == "a"


@pytest.mark.parametrize("typed", ["> " * 5_000 + "a", "*" * 100_000, "[" * 100_000])
def test_what_is_typed_without_end_is_read(typed: str) -> None:
    assert from_markup(typed, "")


@pytest.mark.parametrize(
    ("mine", "theirs", "clashes"),
    [
        ("<p>a</p><p>B</p>", "<p>A</p><p>b</p>", 0),
        ("<p>A1</p><p>b</p>", "<p>A2</p><p>b</p>", 1),
        ("<p>a</p><p>b</p><p>c</p>", "<p>A</p><p>b</p>", 0),
    ],
)
def test_two_writings_are_joined_passage_by_passage(mine, theirs, clashes) -> None:
    parts = merge_texts("<p>a</p><p>b</p>", mine, theirs)
    found = [part for part in parts if not isinstance(part, tuple)]
    assert len(found) == clashes
    both = joined(parts, [(*part.mine, *part.theirs) for part in found])
    for side in (mine, theirs):
        changed = set(plain(side).split("\n")) - {"a", "b"}
        assert changed <= set(plain(both).split("\n"))
