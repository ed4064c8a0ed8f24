"""Whether the procedure chosen in the form may be, and what it then asks."""

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from typing import Any

from sicp.i18n import _
from sicp.i18n import french
from sicp.rules.finding import Finding
from sicp.rules.finding import warning
from sicp.rules.procedure import Need
from sicp.rules.procedure import Proposal
from sicp.rules.procedure import propose_procedure
from sicp.rules.procedure_table import Procedure
from sicp.rules.tables import ReferenceTables
from sicp.rules.wording import french_number


def check_procedure(
    need: Need, answers: Mapping[str, Any], on: date, tables: ReferenceTables
) -> Iterator[Finding]:
    """Check the choice, its reason and the number of candidates (CCP L2120-1).

    Raises:
        NoValueInForce: a threshold of that day is not known.
    """
    proposed = propose_procedure(need, on, tables)
    chosen = tables.procedures.find(answers["procedure"], on)
    if chosen is None or not proposed.allows(chosen.code):
        yield not_allowed(proposed)
        return
    if not str(answers.get("procedure_reason") or "").strip():
        yield from check_reason(chosen, proposed)
    yield from check_candidates(chosen, answers.get("candidates_minimum"), need)


def not_allowed(proposed: Proposal) -> Finding:
    """Say that the law does not open the procedure chosen, and why."""
    message = _(
        "procedure-not-allowed",
        default="Cette procédure n’est pas possible. ${explanation}",
        mapping={"explanation": french(proposed.explanation)},
    )
    article = "L2124-1" if proposed.level == "formal" else "L2120-1"
    return Finding("procedure-not-allowed", "procedure", message, article)


def check_reason(chosen: Procedure, proposed: Proposal) -> Iterator[Finding]:
    """Ask why, when the procedure is not the one proposed.

    It blocks where the law lists the cases of the procedure (CCP R2122-1 s., R2124-3).
    """
    if chosen.requires_case:
        message = _(
            "procedure-case-missing",
            default="Cette procédure n’est ouverte que dans les cas prévus par le "
            "code. Indiquez lequel et pourquoi il est rempli.",
        )
        yield Finding(
            "procedure-case-missing", "procedure_reason", message, chosen.articles[0]
        )
    elif chosen.code != proposed.procedure:
        message = _(
            "procedure-not-proposed",
            default="La procédure choisie n’est pas celle proposée. Dites pourquoi.",
        )
        yield warning(
            "procedure-not-proposed", "procedure_reason", message, chosen.articles[0]
        )


def check_candidates(
    chosen: Procedure, asked: int | None, need: Need
) -> Iterator[Finding]:
    """Refuse fewer candidates than the minimum (CCP R2142-17).

    The minimum binds contracting authorities, not entités adjudicatrices.
    """
    minimum = chosen.candidates_minimum
    if asked is None or minimum is None or need.buyer_kind == "entity":
        return
    if asked < minimum:
        message = _(
            "candidates-too-few",
            default="Le nombre minimal de candidats est de ${minimum} au moins.",
            mapping={"minimum": french_number(minimum)},
        )
        article = chosen.candidates_article or ""
        yield Finding("candidates-too-few", "candidates_minimum", message, article)
