"""The article and the agreement of a field's title, to speak of it in a sentence.

Titles are written for labels (« Durée (mois) »). In a sentence they need an article
and adjectives that agree. The gender is guessed from the head noun; a field may also
say it in ``meta["gender"]`` (``m`` or ``f``).
"""

import re
from dataclasses import dataclass

from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import french

_FEMININE_ENDINGS = (
    "tion", "sion", "ture", "dure", "ence", "ance", "té", "ité", "rie", "gorie",
    "née", "rée", "vée", "ette", "esse", "ise", "che", "onne", "mme", "xe",
)  # fmt: skip
_FEMININE = frozenset({
    "forme", "nature", "catégorie", "durée", "date", "heure", "part", "avance",
    "variante", "tranche", "clause", "retenue", "pénalité", "visite", "référence",
    "adresse", "origine", "description", "procédure", "variation", "direction",
    "personne", "condition", "capacité", "exigence", "prestation", "période", "offre",
    "liste", "formule", "justification", "urgence", "validité", "négociation",
})  # fmt: skip
_MASCULINE = frozenset({
    "groupement", "titulaire", "marché", "comptable", "signataire", "programme",
    "côté", "été", "comité", "traité", "arrêté",
})  # fmt: skip
_VOWELS = "aeiouyàâäéèêëîïôöùûüœæ"
_UNIT = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """A title ready for a sentence: « la durée », with its number and gender."""

    text: str
    is_plural: bool
    is_feminine: bool

    @property
    def ending(self) -> str:
        """Return what an adjective or participle takes: « », « e », « s », « es »."""
        return ("e" if self.is_feminine else "") + ("s" if self.is_plural else "")


def noun_phrase(field: Field) -> NounPhrase:
    """Return the title of ``field`` with its article, without its unit."""
    title = _UNIT.sub("", french(field.title))
    head = re.split(r"[\s’']", title, maxsplit=1)[0].lower()
    is_plural = head.endswith(("s", "x")) and head not in {"prix", "délais", "taux"}
    singular = head[:-1] if is_plural else head
    feminine = _is_feminine(field, singular)
    text = _article(title, is_plural=is_plural, is_feminine=feminine)
    return NounPhrase(text, is_plural, feminine)


def lower_initial(text: str) -> str:
    """Lower the first letter, except in an acronym (« CCAG Travaux », « TVA »)."""
    first = re.split(r"[\s’'-]", text, maxsplit=1)[0]
    if len(first) > 1 and first.upper() == first:
        return text
    return text[:1].lower() + text[1:]


def _is_feminine(field: Field, singular: str) -> bool:
    said = field.meta.get("gender")
    if said:
        return bool(said == "f")
    if singular in _MASCULINE:
        return False
    return singular in _FEMININE or singular.endswith(_FEMININE_ENDINGS)


def _article(title: str, *, is_plural: bool, is_feminine: bool) -> str:
    name = lower_initial(title)
    if is_plural:
        return f"les {name}"
    if name[:1].lower() in _VOWELS and not name[:1].isupper():
        return f"l’{name}"
    return f"la {name}" if is_feminine else f"le {name}"
