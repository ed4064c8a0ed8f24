"""Labels of all the formats, read as our codes."""

import unicodedata
from collections.abc import Collection
from functools import cache
from functools import lru_cache

from sicp.engines.decp.values import Notes
from sicp.engines.reference_data import read_yaml
from sicp.i18n import _


@lru_cache(maxsize=4096)
def plain(label: str) -> str:
    """Return ``label`` bare of accents, case and forms of the apostrophe."""
    bare = unicodedata.normalize("NFKD", label.replace("’", "'").lower())
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(letters.split())


@cache
def readings() -> dict[str, dict[str, str]]:
    """Return, for each kind of label, our code by plain label."""
    return {
        kind: {plain(label): code for label, code in labels.items()}
        for kind, labels in read_yaml("decp_readings").items()
        if isinstance(labels, dict)
    }


def read_label(notes: Notes, field: str, kind: str, label: str) -> str | None:
    """Return our code for ``label``; an unknown or missing one is told."""
    code = readings()[kind].get(plain(label))
    if code is None:
        message = _(
            "decp-label-unknown",
            default="« ${label} » n’est pas une valeur connue.",
            mapping={"label": label[:80]},
        )
        missing = _("decp-value-missing", default="La valeur manque.")
        notes.remark(field, message if label else missing)
    return code


@cache
def purchase_by_division() -> dict[int, str]:
    """Return what is bought — works, supplies, services — by CPV division."""
    return {
        division: purchase
        for first, last, purchase in read_yaml("decp_readings")["cpv_purchase"]
        for division in range(first, last + 1)
    }


def purchase_of(cpv: str | None) -> str | None:
    """Tell from its CPV whether a contract is works, supplies or services."""
    return purchase_by_division().get(int(cpv[:2])) if cpv else None


def contract_form(
    nature: str | None, techniques: Collection[str], modes: Collection[str]
) -> str | None:
    """Return the form of a contract, as the upstream form names them.

    Since 2024 a framework is an ordinary « Marché » with a technique, and the modes
    of performance say how it is ordered from; before, its nature said so.
    """
    if nature != "ordinary":
        return nature
    orders, subsequent = "bons de commande" in modes, "marches subsequents" in modes
    if "accord-cadre" in techniques or orders or subsequent:
        return framework_form(orders=orders, subsequent=subsequent)
    return "tranches" if "tranches" in modes else nature


def framework_form(*, orders: bool, subsequent: bool) -> str:
    """Name a framework by how it is ordered from, when that is known."""
    if orders and subsequent:
        return "framework_mixed"
    if orders:
        return "framework_orders"
    return "framework_subsequent" if subsequent else "framework"
