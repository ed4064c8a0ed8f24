"""The rich text of a sheet as a tree, and as a plain markup anyone can type.

``##`` begins a heading, ``-`` or ``1.`` an item, ``>`` a quotation, ``|`` a row of a
table; ``**bold**``, ``*italic*``, ``[words](address)``; an empty line parts paragraphs.
"""

from sicp.engines.sheet_markup.merging import joined
from sicp.engines.sheet_markup.merging import merge_texts
from sicp.engines.sheet_markup.reading import KeptPassageError
from sicp.engines.sheet_markup.reading import from_markup
from sicp.engines.sheet_markup.tree import blocks_of
from sicp.engines.sheet_markup.tree import html_of
from sicp.engines.sheet_markup.tree import tidy
from sicp.engines.sheet_markup.writing import to_markup

__all__ = [
    "KeptPassageError",
    "blocks_of",
    "from_markup",
    "html_of",
    "joined",
    "merge_texts",
    "tidy",
    "to_markup",
]
