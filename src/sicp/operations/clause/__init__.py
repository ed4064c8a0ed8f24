"""The clause library: what it holds, who changes it, and how it is published."""

from sicp.operations.clause.library import clause_called
from sicp.operations.clause.library import clauses_of
from sicp.operations.clause.library import engine_clause
from sicp.operations.clause.library import library_of
from sicp.operations.clause.seed import load_clauses
from sicp.operations.clause.seed import read_seed_folder

__all__ = [
    "clause_called",
    "clauses_of",
    "engine_clause",
    "library_of",
    "load_clauses",
    "read_seed_folder",
]
