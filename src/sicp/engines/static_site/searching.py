"""The search of a static site: one page, one script, one list of what there is.

The list is a script, not data: a page opened from a folder may not read files.
"""

import json
import re
import unicodedata
from dataclasses import dataclass

from sicp.engines.static_site.page import NBSP

SEARCH_PAGE = "recherche.html"
_MOST_WORDS = 400
_WORD = re.compile(r"[0-9a-z]+(?:-[0-9]+)*")
_SHORTEST = 2
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What is found: its title, path, kind and folder, and the words it holds."""

    title: str
    path: str
    kind: str
    folder: str
    text: str


def search_body() -> str:
    """Return the search page, to be put in the frame of all pages."""
    return f"""<form id="recherche" role="search">
<label for="mots">Mots cherchés</label>
<input id="mots" name="q" type="search" autocomplete="off"/>
<button type="submit">Rechercher</button>
</form>
<noscript><p class="warning">La recherche demande JavaScript. Sans lui, parcourez les
dossiers depuis l’accueil.</p></noscript>
<p id="compte" role="status"></p>
<ol id="resultats" data-none="Aucune fiche ne contient tous ces mots."
 data-one="1 fiche" data-many="fiches"
 data-first="Les 100 premières sont affichées{NBSP}: précisez votre recherche."></ol>"""


def index_script_start() -> str:
    """Return the beginning of the list."""
    return "window.SICP_INDEX = [\n"


def index_script(entry: SearchEntry) -> str:
    """Return one line of the list."""
    words = sorted(set(_words(f"{entry.folder} {entry.text}")))[:_MOST_WORDS]
    told = [
        entry.title,
        entry.path,
        entry.kind,
        entry.folder,
        " ".join(_words(entry.title)),
        " ".join(words),
    ]
    line = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    # Two signs that end a line of a script, though not of JSON.
    return line.replace("\u2028", " ").replace("\u2029", " ") + ",\n"


def index_script_end() -> str:
    """Return the end of the list."""
    return "];\n"


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    folded = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return [word for word in _WORD.findall(folded) if len(word) >= _SHORTEST]
