"""Every refusal a form may give, as a French sentence that says what to do.

Colander and Deform speak English and describe the fault; a person needs to know what
to write instead. Their messages are recognised by their text and said anew here.
"""

from collections.abc import Callable
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sicp.i18n import _
from sicp.views.shared import display
from sicp.views.shared.forms import parsing
from sicp.views.shared.forms import types

REQUIRED = _("error-required", default="Remplissez ce champ.")
REQUIRED_CHOICE = _("error-required-choice", default="Choisissez une réponse.")
REQUIRED_DAY = _("error-required-day", default="Indiquez la date.")
REQUIRED_ROWS = _("error-required-rows", default="Ajoutez au moins une ligne.")
INVALID = _("error-invalid", default="Cette valeur ne convient pas : corrigez-la.")

BROKEN_FORM = _(
    "error-broken-form",
    default="Le formulaire reçu est incomplet ou altéré : rien n’a été enregistré. "
    "Vérifiez les réponses puis envoyez-le de nouveau.",
)

_NO_MATCH = _(
    "error-no-match", default="Les deux saisies diffèrent : tapez-les de nouveau."
)

_FRENCH: dict[str, str] = {
    "Required": REQUIRED,
    "Invalid value": INVALID,
    "String does not match expected pattern": _(
        "error-pattern",
        default="La forme de cette réponse ne convient pas : vérifiez-la.",
    ),
    "Invalid email address": _(
        "error-email",
        default="Écrivez une adresse électronique, par exemple prenom.nom@exemple.fr.",
    ),
    "Must be a URL": _(
        "error-url",
        default="Écrivez une adresse complète, par exemple https://www.exemple.fr.",
    ),
    "Must be a file:// URI scheme": INVALID,
    "Invalid UUID string": INVALID,
    "Not a data URL": INVALID,
    "Invalid MIME type": INVALID,
    "Invalid Base64 encoded data": INVALID,
    "${val} is less than minimum value ${min}": _(
        "error-below-minimum", default="Écrivez une valeur d’au moins ${min}."
    ),
    "${val} is greater than maximum value ${max}": _(
        "error-above-maximum", default="Écrivez une valeur d’au plus ${max}."
    ),
    "Shorter than minimum length ${min}": _(
        "error-too-short", default="Écrivez au moins ${min} caractères."
    ),
    "Longer than maximum length ${max}": _(
        "error-too-long-plain",
        default="Raccourcissez ce texte à ${max} caractères au plus.",
    ),
    '"${val}" is not one of ${choices}': types.NOT_A_CHOICE,
    '"${val}" must not be one of ${choices}': _(
        "error-value-taken",
        default="Cette valeur n’est pas admise : écrivez-en une autre.",
    ),
    "One or more of the choices you made was not acceptable": types.NOT_A_CHOICE,
    '"${val}" is not a valid credit card number': INVALID,
    '"${val}" is not a number': parsing.NOT_A_NUMBER,
    '"${val}" is not a mapping type: ${err}': types.UNREADABLE,
    'Unrecognized keys in mapping: "${val}"': BROKEN_FORM,
    '"${val}" is not iterable': types.UNREADABLE,
    "${cstruct} is not iterable": types.UNREADABLE,
    '"${val}" has an incorrect number of elements (expected ${exp}, was ${was})': (
        types.UNREADABLE
    ),
    "${val} is not a string: ${err}": types.UNREADABLE,
    "${val} cannot be serialized: ${err}": types.UNREADABLE,
    '"${val}" is not a valid "${cls}"': types.NOT_A_CHOICE,
    "${val} is not a string": types.UNREADABLE,
    '"${val}" is neither in (${false_choices}) nor in (${true_choices})': (
        types.NOT_A_CHOICE
    ),
    "Invalid date": parsing.NOT_A_DAY,
    "Invalid time": parsing.NOT_A_TIME,
    "The specified timezone is invalid": parsing.NOT_A_DAY,
    "Pstruct is not a string": types.UNREADABLE,
    "Pstruct is not a dict": types.UNREADABLE,
    "Pstruct is not a list": types.UNREADABLE,
    "Incomplete date": parsing.NOT_A_DAY,
    "Fields did not match": _NO_MATCH,
    "Value did not match confirm": _NO_MATCH,
    "Password did not match confirm": _NO_MATCH,
    '"${val}" is not a string': types.UNREADABLE,
    "Incomplete time": parsing.NOT_A_TIME,
}


def french_message(message: Any) -> str:
    """Say a refusal of Colander or Deform in French; ours are returned as they are."""
    known = _FRENCH.get(str.__str__(message) if isinstance(message, str) else "")
    if known is not None:
        return _with_values(known, getattr(message, "mapping", None) or {})
    # Plain French sentences of our own validators pass; English of a library does not.
    return message if _is_ours(message) else INVALID


def _is_ours(message: Any) -> bool:
    is_text = isinstance(message, str)
    return is_text and getattr(message, "domain", None) in {None, "sicp"}


def _with_values(known: Any, mapping: Mapping[str, Any]) -> str:
    shown = {name: _shown(value) for name, value in mapping.items()}
    return known % shown if shown and "${" in known.default else known


def _shown(value: Any) -> str:
    for kind, show in _DISPLAYS.items():
        if isinstance(value, kind):
            return show(value)
    return str(value)


_DISPLAYS: dict[type, Callable[[Any], str]] = {
    bool: str,
    int: display.number,
    Decimal: display.number,
    date: display.day,
}
