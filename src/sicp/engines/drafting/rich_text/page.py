"""The page an editor or a paste gives, made safe: bounded, without what is not text."""

from typing import Any

import lxml.html
from lxml import etree

from sicp.engines.drafting.rich_text.error import RichTextError
from sicp.engines.drafting.rich_text.spaces import legal

#: lxml has no types of its own; an element is what ``etree`` gives.
Element = Any

#: A clause has some thousand signs; a paste from Word has ten times more in styles.
LONGEST = 1_000_000
#: The words alone, without tags nor looks.
MOST_SIGNS = 100_000
DEEPEST = 100
MOST_ELEMENTS = 50_000

#: What holds no words of the text, with all that is inside.
DROPPED = frozenset({
    "script", "style", "head", "title", "meta", "link", "base", "noscript", "template",
    "img", "picture", "svg", "math", "video", "audio", "canvas", "iframe", "object",
    "embed", "map", "select", "textarea", "input", "button", "datalist", "colgroup",
    "col", "del", "xml", "o:shapetype", "v:shapetype", "v:shape", "v:imagedata",
})  # fmt: skip


def body_of(html: str) -> Element:
    """Return the body of a page or of a part of one.

    Raises:
        RichTextError: the page is too long or too deep, or is no page.
    """
    if len(html) > LONGEST:
        reason = (
            f"le texte est trop long ({LONGEST} signes au plus, mise en forme incluse)"
        )
        raise RichTextError(reason)
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    source = f"<div>{legal(html)}</div>".encode()
    try:
        body = lxml.html.document_fromstring(source, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        reason = "le texte n’est pas lisible"
        raise RichTextError(reason) from error
    _check_bounds(body)
    return body


def style_of(element: Element) -> dict[str, str]:
    """Return the CSS properties of an element's own style, in lower case."""
    found: dict[str, str] = {}
    for part in (element.get("style") or "").split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.strip().lower()
    return found


def is_dropped(element: Element) -> bool:
    """Tell whether an element holds no words of the text."""
    if not isinstance(element.tag, str) or element.tag.lower() in DROPPED:
        return True
    style = style_of(element)
    return style.get("display") == "none" or style.get("mso-hide") == "all"


def _check_bounds(body: Element) -> None:
    depth = signs = 0
    walk = etree.iterwalk(body, events=("start", "end"))
    for count, (event, element) in enumerate(walk, start=1):
        depth += 1 if event == "start" else -1
        signs += _signs(element) if event == "start" else 0
        if depth > DEEPEST:
            reason = "le texte est fait de trop d’éléments l’un dans l’autre"
            raise RichTextError(reason)
        if count > 2 * MOST_ELEMENTS:
            reason = "le texte est fait de trop d’éléments"
            raise RichTextError(reason)
        if signs > MOST_SIGNS:
            reason = f"le texte est trop long ({MOST_SIGNS} signes au plus)"
            raise RichTextError(reason)


def _signs(element: Element) -> int:
    """Count what an element brings to the text: words, and what its chip says."""
    words = "" if element.tag in DROPPED else element.text or ""
    told = (v for name, v in element.attrib.items() if name.startswith("data-"))
    return len(words) + len(element.tail or "") + sum(map(len, told))
