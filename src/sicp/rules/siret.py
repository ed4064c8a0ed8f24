"""SIRET numbers: fourteen figures and two keys, with the exception of La Poste."""

import re

from stdnum.exceptions import InvalidFormat
from stdnum.exceptions import InvalidLength
from stdnum.exceptions import ValidationError
from stdnum.fr import siret

from sicp.i18n import _

SEPARATORS = re.compile(r"[\s.\-]+")
SIREN_LENGTH = 9


def normalize_siret(written: str) -> str:
    """Return ``written`` without spaces, dots and hyphens; nothing else is changed."""
    return SEPARATORS.sub("", written)


def siret_problem(written: str) -> str | None:
    """Say in French what is wrong with a SIRET, or None when it is right.

    La Poste's establishments do not follow the key of the others (INSEE): the sum of
    their figures is a multiple of five.
    """
    number = normalize_siret(written)
    try:
        siret.validate(number)
    except ValidationError as error:
        return explanation(error, number)
    return None


def explanation(error: ValidationError, number: str) -> str:
    """Say in French what the check of ``number`` found."""
    message: str = _("siret-missing", default="Indiquez le numéro SIRET.")
    if not number:
        return message
    if isinstance(error, InvalidLength):
        message = _(
            "siret-length",
            default="Un SIRET compte 14 chiffres. Celui-ci en a ${count}.",
            mapping={"count": str(len(number))},
        )
    elif isinstance(error, InvalidFormat):
        message = _(
            "siret-not-figures", default="Un SIRET ne contient que des chiffres."
        )
    else:
        message = _(
            "siret-key",
            default="La clé de ce SIRET est fausse. Vérifiez chaque chiffre.",
        )
    return message


def is_valid_siret(written: str) -> bool:
    """Tell whether ``written`` is a SIRET with right keys."""
    return siret_problem(written) is None


def siren_of(written: str) -> str:
    """Return the nine figures of the legal unit the establishment belongs to."""
    return normalize_siret(written)[:SIREN_LENGTH]
