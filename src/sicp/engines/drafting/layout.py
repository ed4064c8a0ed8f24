"""The three looks of a document, which its canevas chooses."""

from enum import StrEnum


class Layout(StrEnum):
    """How a document is laid out.

    A document has a cover, contents and numbered articles. A letter has a letterhead,
    and its first clause is the block of the address; its titles bear no number. A form
    (minutes, report, declaration) has a letterhead and a title on its first page, and
    its titles are numbered « 1. », « 1.1 »: it has no article.
    """

    DOCUMENT = "document"
    LETTER = "letter"
    FORM = "form"
