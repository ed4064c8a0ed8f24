"""Reference data: the dated law, the procedures one may choose, the CPV."""

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sicp.engines.cpv import CpvCode
from sicp.engines.cpv import nomenclature
from sicp.engines.drafting.fields import Choice
from sicp.engines.reference_data import read_reference_rows
from sicp.rules.dated import NoValueInForce
from sicp.rules.procedure import NATURES
from sicp.rules.procedure import Need
from sicp.rules.procedure import Proposal
from sicp.rules.procedure import propose_procedure
from sicp.rules.tables import ReferenceTables
from sicp.rules.tables import build_tables


@cache
def tables() -> ReferenceTables:
    """Return the dated tables of the law, as shipped."""
    return build_tables(read_reference_rows())


def procedure_choices(on: date) -> tuple[Choice, ...]:
    """Return the procedures a writer may choose for a notice sent on ``on``."""
    return tuple(
        Choice(item.code, item.title) for item in tables().procedures.choosable(on)
    )


def procedure_title(code: str, on: date) -> str:
    """Return what a procedure is called, or the code itself when it is unknown."""
    return next((c.title for c in procedure_choices(on) if c.value == code), code)


def proposal_for(
    answers: Mapping[str, Any], on: date, buyer_kind: str = "local"
) -> Proposal | None:
    """Propose the procedure of a need; None until its nature and amount are known."""
    nature, amount = answers.get("nature"), answers.get("estimated_amount")
    if nature not in NATURES or not isinstance(amount, Decimal) or amount < 0:
        return None
    need = Need(nature, answers.get("category") or "", amount, buyer_kind)
    try:
        return propose_procedure(need, on, tables())
    except NoValueInForce:
        return None


def search_cpv(text: str, limit: int = 20) -> Iterable[CpvCode]:
    """Find CPV entries by words or by the beginning of the code."""
    return nomenclature().search(text, limit)


def cpv_label(code: str) -> str:
    """Return the French label of a CPV code; empty when it is not one."""
    entry = nomenclature().get(code) if code else None
    return entry.label if entry else ""
