"""What is wrong in a clause by itself, said in French, before any canevas calls it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.clause_proof import check_clause
from sicp.engines.drafting.clause_proof import check_targets
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.findings import Finding
from sicp.engines.drafting.findings import Report
from sicp.engines.drafting.text_proof import references
from sicp.engines.drafting.variable_proof import check_names
from sicp.operations.clause.field import drafting_fields
from sicp.operations.clause.library import library_of
from sicp.operations.clause.library import read_data


def findings_of_clause(
    site: Any,  # noqa: ANN401
    data: Mapping[str, Any],
    on: date,
) -> tuple[Finding, ...]:
    """Check a clause as it is written: condition, text, questions, references, dates.

    Whether it can appear, and whether the clauses it refers to are beside it, depends
    on the canevas that call it: ``operations.document.submission`` says it.

    Raises:
        InvalidInputError: the clause cannot be read at all.
    """
    clause = read_data(data)
    return check_alone(clause, library_of(site, on), drafting_fields(on))


def check_alone(
    clause: Clause, library: Library, fields: FieldSet
) -> tuple[Finding, ...]:
    """Check ``clause`` as if what it refers to stood beside it."""
    report = Report()
    check_clause(clause, fields, report)
    check_names([clause], fields, report)
    known = Library((*(c for c in library if c.id != clause.id), clause))
    names = dict.fromkeys(item.clause_id for item in references(clause))
    targets = (known.clause(name) for name in names if name != clause.id)
    others = [target for target in targets if target is not None]
    check_targets([clause, *others], known, None, has_articles=True, report=report)
    own = (f for f in report.findings if f.clause_id in {clause.id, ""})
    return tuple(dict.fromkeys(own))
