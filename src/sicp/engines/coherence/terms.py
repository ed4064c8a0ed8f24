"""Terms that exclude one another: CCAG, prices, variants, visit, subcontracting."""

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping

from sicp.engines.coherence.piece import ConsultationFacts
from sicp.engines.coherence.piece import Sentence
from sicp.engines.coherence.subject import Expected
from sicp.engines.coherence.subject import Subject
from sicp.engines.coherence.subject import unknown

_CCAG_CODES = ("fcs", "travaux", "pi", "tic", "moe", "mi")
_CCAG_NAMES = {
    "fournitures courantes": "fcs",
    "travaux": "travaux",
    "prestations intellectuelles": "pi",
    "techniques de l'information": "tic",
    "maitrise d'oeuvre": "moe",
    "marches industriels": "mi",
    "marches publics industriels": "mi",
}
_CCAG_TITLES = {
    "fcs": "CCAG Fournitures courantes et services",
    "travaux": "CCAG Travaux",
    "pi": "CCAG Prestations intellectuelles",
    "tic": "CCAG Techniques de l’information et de la communication",
    "moe": "CCAG Maîtrise d’œuvre",
    "mi": "CCAG Marchés industriels",
}
_GENERAL = r"(?:ccag|cahiers? des clauses administratives generales)"
_CCAG = re.compile(
    rf"\bccag(?: ?- ?| |/)(?P<code>{'|'.join(_CCAG_CODES)})\b"
    rf"|\b{_GENERAL}\b(?P<gap>[^.;]{{0,70}}?)\b(?P<name>{'|'.join(_CCAG_NAMES)})"
)
_OLD_CCAG = re.compile(
    rf"\b{_GENERAL}\b[^.;]{{0,160}}?\b(?P<year>2009)\b"
    r"|\barrete du (?:19 janvier|8 septembre|16 septembre) (?P<other>2009)\b"
)
_HISTORY = re.compile(r"abrog|remplac|anterieur|ancien")

_VARIANTS = (
    (
        "forbidden",
        r"variantes? (?:\w+ ){0,3}(?:est|sont|seront) (?:interdite|exclue|proscrite)s?"
        r"|variantes? (?:\w+ ){0,2}(?:n'est|ne sont|ne seront) pas (?:autorisee|admise"
        r"|acceptee)s?|presentation de variantes est interdite|aucune variante n'est"
        r"|variantes? ?: (?:interdites?|non)"
        r"|ne peuvent (?:pas )?(?:presenter|proposer|remettre) (?:de |aucune )variante",
    ),
    (
        "required",
        r"variantes? (?:\w+ ){0,3}(?:est|sont|seront) (?:exigee|imposee|obligatoire)s?"
        r"|presentation (?:de|d'une) variantes? est (?:exigee|obligatoire)",
    ),
    (
        "allowed",
        r"variantes? (?:\w+ ){0,3}(?:est|sont|seront) (?:autorisee|admise|acceptee)s?"
        r"|presentation de variantes est (?:autorisee|admise)"
        r"|(?:candidats|soumissionnaires) peuvent (?:presenter|proposer|remettre)"
        r" (?:des|une ou plusieurs) variantes"
        r"|variantes? ?: (?:autorisees?|oui)",
    ),
)
_VISIT = (
    r"visites? (?:\w+ ){0,2}(?:des? |du |de l'|d')?(?:lieux|sites?|locaux"
    r"|installations)"
)
_VISITS = (
    (
        "optional",
        rf"(?:{_VISIT}|visite)[^.;]{{0,60}}(?:facultative|conseillee|recommandee"
        r"|n'est pas obligatoire)",
    ),
    (
        "none",
        rf"(?:aucune|pas de|sans) {_VISIT}|(?:aucune|pas de) visite (?:prealable )?"
        r"n'est (?:prevue|organisee|exigee)",
    ),
    (
        "mandatory",
        rf"(?:{_VISIT}|visite prealable)[^.;]{{0,60}}\b(?:obligatoire|imperative)"
        r"|visite obligatoire (?:des|du|de)",
    ),
)
_PRICES = (
    (
        "both",
        r"prix mixtes|en partie (?:par|a) (?:des )?prix (?:unitaires|forfaitaires?)",
    ),
    (
        "lump_sum",
        r"(?:prestations|marche|contrat|accord-cadre|travaux)[^.;]{0,60}"
        r"(?:est|sont|sera|seront) (?:regle|remunere|traite|conclu|passe|paye)\w*"
        r"[^.;]{0,70}prix (?:globa\w+ (?:et )?)?forfaitaires?"
        r"|(?:est|sont) (?:un |des )?prix (?:globa\w+ (?:et )?)?forfaitaires?"
        r"|remuneration est (?:globale et )?forfaitaire",
    ),
    (
        "unit",
        r"(?:prestations|marche|contrat|accord-cadre|travaux)[^.;]{0,60}"
        r"(?:est|sont|sera|seront) (?:regle|remunere|traite|conclu|passe|paye)\w*"
        r"[^.;]{0,90}prix unitaires|(?:est|sont) (?:des )?prix unitaires",
    ),
)
_PRICES_ARE = r"\bprix (?:\w+ ){0,3}(?:est|sont|seront) "
_VARIATIONS = (
    ("updatable", rf"{_PRICES_ARE}(?:fermes?(?: et)? )?actualis"),
    (
        "firm",
        rf"{_PRICES_ARE}(?:reputes )?fermes?\b(?!,? (?:et |mais )?actualis)"
        r"|\bprix (?:\w+ ){0,3}(?:n'est|ne sont|ne seront) pas revis",
    ),
    ("revisable", rf"{_PRICES_ARE}revis(?:able|e)"),
)
_SUBCONTRACTING = (
    (
        "forbidden",
        r"sous-traitance (?:\w+ ){0,4}(?:est|sera) (?:interdite|exclue|proscrite)"
        r"|sous-traitance (?:\w+ ){0,4}n'est pas (?:autorisee|admise|permise)"
        r"|(?:titulaire|contractant) ne (?:peut|pourra) (?:pas )?(?:\w+ )?sous-traiter"
        r"|ne (?:peut|pourra) (?:pas )?recourir a la sous-traitance"
        r"|interdit (?:au titulaire )?de sous-traiter",
    ),
    (
        "allowed",
        r"(?:titulaire|contractant) (?:peut|pourra)[^.;]{0,60}\bsous-trait"
        r"|sous-traitance (?:\w+ ){0,3}(?:est|sera) (?:autorisee|admise|permise)",
    ),
)
_PARTLY = re.compile(
    r"totale|totalite|integral|ensemble|second rang|certaines|essentiel|critique|sans "
    r"|avant|qu'apres|que si|sauf|fournitures|toutefois"
)
_HOLDERS = (
    ("single", r"avec un seul titulaire|\bmono-?attributaire|un titulaire unique"),
    (
        "multiple",
        r"avec plusieurs titulaires|\bmulti-?attributaires?"
        r"|avec (?:deux|trois|quatre|cinq|six|\d{1,2}) titulaires",
    ),
)
_CURRENCY = re.compile(
    r"\b(?:offres?|prix|montants?|monnaie|unite monetaire|paiements?)\b[^.;\t]{0,60}"
    r"\b(?:en|est (?:l'|le )|: ?l?'?|sont en) ?"
    r"(?P<unit>euros?|francs? suisses?|dollars?|livres? sterling|francs? cfp|yens?)\b"
)
_TAX = re.compile(
    r"\bprix (?:\w+ ){0,3}(?:est|sont|s'entendent|seront) (?:\w+ ){0,3}"
    r"(?P<tax>hors tax|ht\b|toutes taxes|ttc\b)"
)
_TAX_HEADER = re.compile(r"\bprix\b.*\b(?P<tax>ttc|ht|toutes taxes|hors tax)")


def _of(table: Iterable[tuple[str, str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((value, re.compile(pattern)) for value, pattern in table)


_READ = {
    name: _of(table)
    for name, table in (
        ("variant", _VARIANTS),
        ("visite", _VISITS),
        ("prix", _PRICES),
        (" prix", _VARIATIONS),
        ("sous-trait", _SUBCONTRACTING),
        ("attributaire|titulaire", _HOLDERS),
    )
}


def _first(key: str, words: str) -> Iterator[str]:
    """Read the first term of a table that the sentence tells: they exclude others."""
    if any(word.strip() in words for word in key.split("|")):
        for value, pattern in _READ[key]:
            if pattern.search(words):
                yield value
                return


def _read_ccag(sentence: Sentence) -> Iterator[str]:
    words = sentence.words
    if ("ccag" not in words and "generales" not in words) or _HISTORY.search(words):
        return
    for match in _CCAG.finditer(words):
        if match["code"]:
            yield match["code"]
        elif _names_ccag(match["gap"]):
            yield _CCAG_NAMES[match["name"]]


def _names_ccag(gap: str) -> bool:
    # « le CCAG applicable aux travaux » speaks of the contracts of other people.
    if re.search(r"\bccag\b|\bccap\b", gap):
        return False
    return "marche" in gap or gap.strip() in {"", "de", "des"}


def _read_old_ccag(sentence: Sentence) -> Iterator[str]:
    if "2009" in sentence.words and not _HISTORY.search(sentence.words):
        for _match in _OLD_CCAG.finditer(sentence.words):
            yield "2009"


def _read_variants(sentence: Sentence) -> Iterator[str]:
    yield from _first("variant", _row_words(sentence))


def _row_words(sentence: Sentence) -> str:
    return " : ".join(sentence.cells) if sentence.is_row else sentence.words


def _read_visit(sentence: Sentence) -> Iterator[str]:
    words = sentence.words
    if not re.search(r"medical|controle|maintenance|entretien|reception", words):
        yield from _first("visite", words)


_PRICED = re.compile(r"\bprix\b|remuneration")


def _read_price(sentence: Sentence) -> Iterator[str]:
    told = {
        value
        for value, pattern in _READ["prix"]
        if _PRICED.search(sentence.words) and pattern.search(sentence.words)
    }
    # A sentence that tells both, tells of both parts of a mixed contract.
    if len(told) == 1 and not re.search(
        r"avenant|supplementaire|nouveaux?\b|partie", sentence.words
    ):
        yield told.pop()


def _read_variation(sentence: Sentence) -> Iterator[str]:
    if not re.search(r"\bsi\b|lorsque|periode|premiere annee|pendant", sentence.words):
        yield from _first(" prix", sentence.words)


def _read_subcontracting(sentence: Sentence) -> Iterator[str]:
    for value in _first("sous-trait", sentence.words):
        if value == "allowed" or not _PARTLY.search(sentence.words):
            yield value


def _read_holders(sentence: Sentence) -> Iterator[str]:
    yield from _first("attributaire|titulaire", sentence.words)


def _read_currency(sentence: Sentence) -> Iterator[str]:
    for match in _CURRENCY.finditer(sentence.words):
        yield match["unit"].rstrip("s")


def _read_tax(sentence: Sentence) -> Iterator[str]:
    if sentence.is_row:
        told = {m["tax"][:3] for c in sentence.cells if (m := _TAX_HEADER.search(c))}
        names = {"TTC" if tax in {"ttc", "tou"} else "HT" for tax in told}
        if len(names) == 1:
            yield names.pop()
        return
    for match in _TAX.finditer(sentence.words):
        yield "TTC" if match["tax"].startswith(("ttc", "toutes")) else "HT"


def _suits_ccag(expected: str, told: str) -> bool:
    # Who designs or controls works speaks of the contracts of those who build.
    return told == expected or (told == "travaux" and expected in {"moe", "pi"})


def _suits_price(expected: str, told: str) -> bool:
    # Mixed prices are told one part at a time.
    return expected in {"mixed", told}


class _Choice:
    """The answer to a question with choices."""

    def __init__(self, field: str) -> None:
        self._field = field

    def __call__(self, facts: ConsultationFacts) -> Expected | None:
        """Return the choice, None when nobody chose."""
        value = facts.value(self._field)
        if value is None:
            return None
        return Expected(value, self._field, facts.choice_title(self._field))


class _Words:
    """How to say each of some values."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words

    def __call__(self, value: str) -> str:
        """Say the value."""
        return self._words.get(value, value)


def _ccag_expected(facts: ConsultationFacts) -> Expected | None:
    value = facts.value("ccag")
    if value in {None, "none"}:
        return None
    return Expected(value, "ccag", facts.choice_title("ccag"))


def _ccag_of_2021(facts: ConsultationFacts) -> Expected | None:
    said = facts.choice_title("ccag") or "CCAG"
    return Expected("2021", "ccag", f"{said} (arrêté du 30 mars 2021)")


def _price_expected(facts: ConsultationFacts) -> Expected | None:
    value = facts.value("price_form")
    if value is None:
        return None
    return Expected(value, "price_form", facts.choice_title("price_form"))


SUBJECTS = (
    Subject(
        "ccag",
        "CCAG",
        _read_ccag,
        _ccag_expected,
        _Words(_CCAG_TITLES),
        _suits_ccag,
    ),
    Subject(
        "ccag-version",
        "Version du CCAG",
        _read_old_ccag,
        _ccag_of_2021,
        _Words({"2009": "CCAG de 2009"}),
    ),
    Subject(
        "price-form",
        "Forme des prix",
        _read_price,
        _price_expected,
        _Words(
            {
                "unit": "prix unitaires",
                "lump_sum": "prix forfaitaires",
                "both": "prix mixtes",
            }
        ),
        _suits_price,
    ),
    Subject(
        "price-variation",
        "Variation des prix",
        _read_variation,
        _Choice("price_variation"),
        _Words(
            {
                "firm": "prix fermes",
                "updatable": "prix actualisables",
                "revisable": "prix révisables",
            }
        ),
    ),
    Subject(
        "variants",
        "Variantes",
        _read_variants,
        _Choice("variants"),
        _Words(
            {
                "allowed": "variantes autorisées",
                "forbidden": "variantes interdites",
                "required": "variantes exigées",
            }
        ),
    ),
    Subject(
        "site-visit",
        "Visite des lieux",
        _read_visit,
        _Choice("site_visit"),
        _Words(
            {
                "none": "sans visite",
                "optional": "visite facultative",
                "mandatory": "visite obligatoire",
            }
        ),
    ),
    Subject(
        "subcontracting",
        "Sous-traitance",
        _read_subcontracting,
        unknown,
        _Words(
            {
                "allowed": "sous-traitance possible",
                "forbidden": "sous-traitance interdite",
            }
        ),
    ),
    Subject(
        "holders",
        "Nombre de titulaires",
        _read_holders,
        _Choice("framework_holders"),
        _Words({"single": "un seul titulaire", "multiple": "plusieurs titulaires"}),
    ),
    Subject("currency", "Monnaie", _read_currency, unknown),
    Subject("tax", "Prix hors taxe ou toutes taxes comprises", _read_tax, unknown),
)
