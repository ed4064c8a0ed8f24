"""Whether a condition holds, told part by part, with the values that decide it."""

from sicp.engines.drafting.condition_french import to_french
from sicp.engines.drafting.draft import Truth
from sicp.engines.drafting.draft import UsedValue
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.formats import format_value
from sicp.engines.drafting.operators import Condition
from sicp.engines.drafting.operators import ConditionError
from sicp.engines.drafting.operators import fields_named
from sicp.engines.drafting.typography import spaced

#: How the parts of a condition are joined, by its key.
_LINKS = {"all": "et", "any": "ou"}


def truth_of(condition: Condition, facts: Facts) -> Truth:
    """Tell whether ``condition`` holds, and whether each of its parts does.

    ``holds`` is None where it cannot be decided.
    """
    key = next((key for key in _LINKS if key in condition), "")
    parts = tuple(truth_of(part, facts) for part in condition[key]) if key else ()
    return Truth(
        text=spaced(to_french(condition, facts.fields)),
        holds=_holds(condition, facts),
        link=_LINKS.get(key, ""),
        parts=parts,
        values=() if parts else used_values(fields_named(condition), facts),
    )


def used_values(names: tuple[str, ...], facts: Facts) -> tuple[UsedValue, ...]:
    """Return what the fields of these names hold; those nobody knows are left."""
    found = ((name, facts.field(name)) for name in names)
    return tuple(used_value(name, field, facts) for name, field in found if field)


def used_value(name: str, field: Field, facts: Facts) -> UsedValue:
    """Return what a field holds, written as documents write it; empty when nothing."""
    value = facts.value(name)
    said = "" if value is None else spaced(format_value(field, value))
    return UsedValue(name, french(field.title), said)


def _holds(condition: Condition, facts: Facts) -> bool | None:
    try:
        return facts.holds(condition)
    except ConditionError:
        return None
