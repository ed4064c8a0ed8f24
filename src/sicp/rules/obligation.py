"""Dated duties: what a consultation must say from one day on."""

from datetime import date

from sicp.rules.finding import Finding
from sicp.rules.tables import ReferenceTables


def duty(
    code: str, on: date, tables: ReferenceTables, procedure: str = ""
) -> Finding | None:
    """Return the finding of a duty that is not met, if it was in force on ``on``.

    None when the duty did not exist that day, or does not bind ``procedure``: unlike a
    threshold, a duty that has no row is simply not one yet.
    """
    row = tables.obligations.find(code, on)
    if row is None or (row.procedures and procedure not in row.procedures):
        return None
    name = code.lower().replace("_", "-")
    return Finding(name, row.field, row.message, row.article, row.severity)
