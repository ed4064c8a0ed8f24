"""The text of a clause as HTML for an editor, and back.

``to_html(blocks, names, fields)`` writes plain tags and chips; ``from_html(html)``
reads what an editor sends or what is pasted from Word, and trusts nothing of it.
"""

from sicp.engines.drafting.rich_text.error import RichTextError
from sicp.engines.drafting.rich_text.reading import from_html
from sicp.engines.drafting.rich_text.writing import to_html

__all__ = ["RichTextError", "from_html", "to_html"]
