"""One page: what it says, inside what all pages share."""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from html import escape
from urllib.parse import quote

NBSP = "\N{NO-BREAK SPACE}"
STYLE = "_site/style.css"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list, or a step of the way: a title, a path in the site, a note."""

    title: str
    path: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page. ``path`` is its place in the site; ``body`` is HTML, all else is plain.

    ``facts`` are pairs of a title and a text or an address; ``file`` is what there is
    to download; ``warning`` stands above all.
    """

    path: str
    title: str
    way: Sequence[Entry] = ()
    kind: str = ""
    warning: str = ""
    facts: Sequence[tuple[str, str]] = ()
    body: str = ""
    file: Entry | None = None
    folders: Sequence[Entry] = ()
    sheets: Sequence[Entry] = ()
    themes: Sequence[str] = ()
    scripts: Sequence[str] = field(default_factory=tuple)


def page_html(page: Page, site_title: str, foot: str) -> bytes:
    """Write a page, whose every address is relative to its own place."""
    title = escape(page.title)
    parts = [
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8"/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
        f"<title>{_tab(page, site_title)}</title>",
        f'<link rel="stylesheet" href="{relative(page.path, STYLE)}"/>',
        "</head>\n<body>",
        '<a class="skip" href="#contenu">Aller au contenu</a>',
        _head(page, site_title),
        f'<main id="contenu">\n<h1>{title}</h1>',
        *_main(page),
        f"</main>\n<footer><p>{escape(foot)}</p></footer>",
        *(f'<script src="{relative(page.path, s)}"></script>' for s in page.scripts),
        "</body>\n</html>\n",
    ]
    return "\n".join(part for part in parts if part).encode()


def relative(here: str, there: str) -> str:
    """Return the address of one page as another writes it."""
    start = posixpath.dirname(here) or "."
    return escape(quote(posixpath.relpath(there, start), safe="/"))


def _tab(page: Page, site_title: str) -> str:
    titles = dict.fromkeys((page.title, site_title))
    return escape(" · ".join(titles))


def _head(page: Page, site_title: str) -> str:
    home = relative(page.path, "index.html")
    search = relative(page.path, "recherche.html")
    here = "".join(
        f'<li><a href="{relative(page.path, step.path)}">{escape(step.title)}</a></li>'
        for step in page.way
    )
    way = (
        f'<nav aria-label="Fil d’Ariane"><ol class="way">{here}'
        f'<li aria-current="page">{escape(page.title)}</li></ol></nav>'
        if page.way
        else ""
    )
    return (
        f'<header><p class="site"><a href="{home}">{escape(site_title)}</a></p>'
        f'<p class="find"><a href="{search}">Rechercher</a></p></header>{way}'
    )


def _main(page: Page) -> list[str]:
    parts = []
    if page.kind:
        parts.append(f'<p class="kind">{escape(page.kind)}</p>')
    if page.warning:
        parts.append(f'<p class="warning">{escape(page.warning)}</p>')
    if page.facts:
        rows = "".join(
            f"<dt>{escape(name)}</dt><dd>{_fact(said)}</dd>"
            for name, said in page.facts
        )
        parts.append(f"<dl>{rows}</dl>")
    if page.file is not None:
        parts.append(f'<p class="file">{_line(page, page.file)}</p>')
    if page.body:
        parts.append(f'<div class="text">{page.body}</div>')
    if page.themes:
        parts.append(f"<p>Thèmes{NBSP}: {escape(', '.join(page.themes))}</p>")
    parts += _list(page, "Dossiers", page.folders)
    parts += _list(page, "Fiches", page.sheets)
    return parts


def _fact(said: str) -> str:
    words = escape(said)
    is_address = said.startswith(("https://", "http://"))
    return f'<a href="{words}">{words}</a>' if is_address else words


def _list(page: Page, title: str, entries: Sequence[Entry]) -> list[str]:
    if not entries:
        return []
    lines = "".join(f"<li>{_line(page, entry)}</li>\n" for entry in entries)
    return [f"<h2>{title}</h2>\n<ul>\n{lines}</ul>"]


def _line(page: Page, entry: Entry) -> str:
    note = f' <span class="note">{escape(entry.note)}</span>' if entry.note else ""
    return (
        f'<a href="{relative(page.path, entry.path)}">{escape(entry.title)}</a>{note}'
    )
