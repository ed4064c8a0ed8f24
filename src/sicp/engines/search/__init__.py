"""Full text in French: what may be found, by whom, and finding it.

The index knows no content type: a ``SearchDocument`` says what is found, and with which
tokens; a ``Wanted`` says what is asked, and which tokens the asker bears. Titles,
passages, totals, facets, suggestions and corrections come from what he may see, and
from nothing else. Everything in it is derived from the database and may be thrown away.
"""

from sicp.engines.search.asking import Answer
from sicp.engines.search.asking import Hit
from sicp.engines.search.asking import Order
from sicp.engines.search.asking import Parts
from sicp.engines.search.asking import Suggestion
from sicp.engines.search.asking import Wanted
from sicp.engines.search.document import FACETS
from sicp.engines.search.document import Passage
from sicp.engines.search.document import SearchDocument
from sicp.engines.search.document import digest_of
from sicp.engines.search.document import readers_of
from sicp.engines.search.document import standing_of
from sicp.engines.search.index import SearchIndex
from sicp.engines.search.store import IndexAbsent
from sicp.engines.search.store import IndexDamaged
from sicp.engines.search.store import NotTheWriter
from sicp.engines.search.synonym import Synonyms

__all__ = [
    "FACETS",
    "Answer",
    "Hit",
    "IndexAbsent",
    "IndexDamaged",
    "NotTheWriter",
    "Order",
    "Parts",
    "Passage",
    "SearchDocument",
    "SearchIndex",
    "Suggestion",
    "Synonyms",
    "Wanted",
    "digest_of",
    "readers_of",
    "standing_of",
]
