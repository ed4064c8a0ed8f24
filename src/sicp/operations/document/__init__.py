"""Documents: canevas, clauses and answers give pieces, and pieces give files."""

from sicp.operations.document.context import answers_for_drafting
from sicp.operations.document.context import context_answers
from sicp.operations.document.context import drafting_fields
from sicp.operations.document.piece import draft_document
from sicp.operations.document.piece import proposals
from sicp.operations.document.production import file_name
from sicp.operations.document.production import may_make_pdf
from sicp.operations.document.production import produce

__all__ = [
    "answers_for_drafting",
    "context_answers",
    "draft_document",
    "drafting_fields",
    "file_name",
    "may_make_pdf",
    "produce",
    "proposals",
]
