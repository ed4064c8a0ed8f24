"""The kinds of sheets of the knowledge base, each with its own fields, as data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sicp.i18n import _
from sicp.rules.legal_reference import normalize_article

TEXT = "text"
DAY = "day"
CHOICE = "choice"
ADDRESS = "address"
LONGEST_VALUE = 300


@dataclass(frozen=True, slots=True)
class SheetField:
    """One field of a kind: its name, its title, what it takes.

    ``pattern`` is what the value must look like, ``hint`` says it in French with an
    example. ``is_date_of_sheet`` marks the day by which sheets of the kind are sorted,
    ``is_reference`` the value by which they are known.
    """

    name: str
    title: str
    type: str = TEXT
    is_required: bool = False
    hint: str = ""
    pattern: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    is_date_of_sheet: bool = False
    is_reference: bool = False


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One kind of sheets; ``takes_file`` when a file is its substance."""

    name: str
    title: str
    plural: str
    fields: tuple[SheetField, ...]
    takes_file: bool = False


_SOURCE = SheetField(
    "source",
    _("sheet-field-source", default="Adresse de la source"),
    ADDRESS,
    hint=_("sheet-hint-source", default="Commence par https://"),
    pattern=r"https?://[^\s<>\"]+",
)
_IN_FORCE_FROM = SheetField(
    "in_force_from",
    _("sheet-field-in-force-from", default="En vigueur depuis le"),
    DAY,
    is_date_of_sheet=True,
)
_IN_FORCE_UNTIL = SheetField(
    "in_force_until", _("sheet-field-in-force-until", default="Jusqu’au"), DAY
)

SHEET_KINDS: Mapping[str, SheetKind] = {
    kind.name: kind
    for kind in (
        SheetKind(
            "practice",
            _("sheet-kind-practice", default="Fiche pratique"),
            _("sheet-kind-practices", default="Fiches pratiques"),
            (
                SheetField("theme", _("sheet-field-theme", default="Domaine")),
                SheetField(
                    "audience", _("sheet-field-audience", default="Public concerné")
                ),
            ),
        ),
        SheetKind(
            "official_text",
            _("sheet-kind-official-text", default="Texte officiel"),
            _("sheet-kind-official-texts", default="Textes officiels"),
            (
                SheetField(
                    "nature",
                    _("sheet-field-nature", default="Nature"),
                    CHOICE,
                    is_required=True,
                    choices=(
                        ("law", _("sheet-nature-law", default="Loi")),
                        (
                            "ordinance",
                            _("sheet-nature-ordinance", default="Ordonnance"),
                        ),
                        ("decree", _("sheet-nature-decree", default="Décret")),
                        ("order", _("sheet-nature-order", default="Arrêté")),
                        ("circular", _("sheet-nature-circular", default="Circulaire")),
                        ("directive", _("sheet-nature-directive", default="Directive")),
                        (
                            "regulation",
                            _("sheet-nature-regulation", default="Règlement européen"),
                        ),
                        (
                            "internal",
                            _("sheet-nature-internal", default="Règlement interne"),
                        ),
                        ("other", _("sheet-nature-other", default="Autre")),
                    ),
                ),
                SheetField(
                    "number",
                    _("sheet-field-number", default="Numéro"),
                    hint=_("sheet-hint-number", default="Par exemple : 2018-1075"),
                    is_reference=True,
                ),
                SheetField(
                    "nor",
                    _("sheet-field-nor", default="NOR"),
                    hint=_(
                        "sheet-hint-nor",
                        default="Quatre lettres, sept chiffres, une lettre : "
                        "ECOM1818593D",
                    ),
                    pattern=r"[A-Z]{3}[A-Z0-9]\d{7}[A-Z]",
                ),
                SheetField(
                    "signed_on",
                    _("sheet-field-signed-on", default="Signé le"),
                    DAY,
                    is_date_of_sheet=True,
                ),
                SheetField(
                    "published_on",
                    _("sheet-field-published-on", default="Publié le"),
                    DAY,
                ),
                SheetField(
                    "in_force_from",
                    _("sheet-field-in-force-from", default="En vigueur depuis le"),
                    DAY,
                ),
                _IN_FORCE_UNTIL,
                _SOURCE,
            ),
        ),
        SheetKind(
            "article",
            _("sheet-kind-article", default="Article"),
            _("sheet-kind-articles", default="Articles"),
            (
                SheetField(
                    "code",
                    _("sheet-field-code", default="Code"),
                    CHOICE,
                    is_required=True,
                    choices=(
                        (
                            "ccp",
                            _("sheet-code-ccp", default="Code de la commande publique"),
                        ),
                        ("other", _("sheet-code-other", default="Autre texte")),
                    ),
                ),
                SheetField(
                    "number",
                    _("sheet-field-article", default="Numéro de l’article"),
                    is_required=True,
                    hint=_("sheet-hint-article", default="Par exemple : L. 2123-1"),
                    is_reference=True,
                ),
                SheetField("plan", _("sheet-field-plan", default="Place dans le plan")),
                _IN_FORCE_FROM,
                _IN_FORCE_UNTIL,
                _SOURCE,
            ),
        ),
        SheetKind(
            "case_law",
            _("sheet-kind-case-law", default="Jurisprudence"),
            _("sheet-kind-case-laws", default="Jurisprudence"),
            (
                SheetField(
                    "court",
                    _("sheet-field-court", default="Juridiction"),
                    is_required=True,
                ),
                SheetField(
                    "decided_on",
                    _("sheet-field-decided-on", default="Date de la décision"),
                    DAY,
                    is_required=True,
                    is_date_of_sheet=True,
                ),
                SheetField(
                    "number",
                    _("sheet-field-case-number", default="Numéro de l’affaire"),
                    is_reference=True,
                ),
                SheetField(
                    "ecli",
                    _("sheet-field-ecli", default="ECLI"),
                    hint=_(
                        "sheet-hint-ecli",
                        default="Par exemple : ECLI:FR:CECHR:2020:436532.20200304",
                    ),
                    pattern=r"ECLI:[A-Z]{2}:[A-Z][A-Z0-9]{0,6}:\d{4}:[A-Z0-9.]{1,25}",
                ),
                SheetField("solution", _("sheet-field-solution", default="Solution")),
                _SOURCE,
            ),
        ),
        SheetKind(
            "model",
            _("sheet-kind-model", default="Modèle"),
            _("sheet-kind-models", default="Modèles"),
            (
                SheetField("use", _("sheet-field-use", default="Usage")),
                SheetField(
                    "edition", _("sheet-field-edition", default="Édition du modèle")
                ),
            ),
            takes_file=True,
        ),
        SheetKind(
            "form",
            _("sheet-kind-form", default="Formulaire"),
            _("sheet-kind-forms", default="Formulaires"),
            (
                SheetField(
                    "number",
                    _("sheet-field-form-number", default="Numéro du formulaire"),
                    hint=_("sheet-hint-form", default="Par exemple : DC1"),
                    is_required=True,
                    is_reference=True,
                ),
                SheetField("edition", _("sheet-field-form-edition", default="Version")),
                _IN_FORCE_FROM,
                _SOURCE,
            ),
            takes_file=True,
        ),
        SheetKind(
            "file",
            _("sheet-kind-file", default="Fichier"),
            _("sheet-kind-files", default="Fichiers"),
            (
                SheetField("author", _("sheet-field-author", default="Auteur")),
                SheetField(
                    "written_on",
                    _("sheet-field-written-on", default="Date du document"),
                    DAY,
                    is_date_of_sheet=True,
                ),
            ),
            takes_file=True,
        ),
    )
}


def read_field(field: SheetField, value: Any) -> tuple[Any, str]:  # noqa: ANN401
    """Return a value as it is noted, and what is wrong with it in French.

    A day comes as a ``date`` or as ISO text. None is noted where nothing was said;
    that something must be is asked at publication (``missing_fields``).
    """
    if isinstance(value, date) and field.type == DAY:
        return value, ""
    text = " ".join(str(value or "").split())
    if not text:
        return None, ""
    if len(text) > LONGEST_VALUE:
        return None, _TOO_LONG
    if field.type == DAY:
        return _read_day(text)
    if field.type == CHOICE:
        is_known = text in dict(field.choices)
        return (text, "") if is_known else (None, _UNKNOWN)
    if field.pattern and not re.fullmatch(field.pattern, text):
        return None, field.hint
    return text, ""


def read_fields(
    kind: SheetKind, values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values of a sheet as they are noted, and the faults by field."""
    noted, faults = {}, {}
    for field in kind.fields:
        value, fault = read_field(field, values.get(field.name))
        if fault:
            faults[field.name] = fault
        elif value is not None:
            noted[field.name] = value
    if noted.get("code") == "ccp" and "number" in noted:
        number = normalize_article(noted["number"]) or _annex(noted["number"])
        if number:
            noted["number"] = number
        else:
            faults["number"] = _NO_ARTICLE
    return noted, faults


def missing_fields(
    kind: SheetKind, values: Mapping[str, Any]
) -> tuple[SheetField, ...]:
    """Return the fields without which a sheet is not published."""
    return tuple(f for f in kind.fields if f.is_required and not values.get(f.name))


def reference_of(kind: str, values: Mapping[str, Any]) -> str:
    """Return the value by which a sheet is known; empty when it has none."""
    found = (f.name for f in SHEET_KINDS[kind].fields if f.is_reference)
    return str(values.get(next(found, ""), "") or "")


def date_of(kind: str, values: Mapping[str, Any]) -> date | None:
    """Return the day the text of a sheet bears, None when it bears none."""
    found = (f.name for f in SHEET_KINDS[kind].fields if f.is_date_of_sheet)
    return values.get(next(found, ""))


def _annex(number: str) -> str:
    """Return the number of an annex of the code: « annexe 1 »."""
    return number if re.match(r"(?i)annexe\b|préambule", number) else ""


def _read_day(text: str) -> tuple[date | None, str]:
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return None, _NO_DAY


_UNKNOWN = _("sheet-choice-unknown", default="Choisissez dans la liste.")
_NO_DAY = _("sheet-day-wrong", default="Cette date n’existe pas.")
_NO_ARTICLE = _(
    "sheet-article-wrong", default="Donnez un numéro d’article, comme L. 2123-1."
)
_TOO_LONG = _("sheet-value-too-long", default="300 caractères au plus.")
