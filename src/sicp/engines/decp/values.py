"""Read the single values of published data, noting every defect met on the way."""

import re
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from decimal import Decimal
from decimal import InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from stdnum.fr import siret

from sicp.engines.cpv import nomenclature
from sicp.engines.decp.record import DecpHolder
from sicp.engines.decp.record import Remark
from sicp.i18n import _

PARIS = ZoneInfo("Europe/Paris")
ISO_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:?\d\d)?")
FRENCH_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})")
SIRET_SHAPE = re.compile(r"\d{14}")
#: UTF-8 read as Latin-1 by the publisher: « Ã© » for « é », « â\x80\x99 » for « ’ ».
TWICE_ENCODED = re.compile(r"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
#: Nines only: the box was filled, no amount was told.
FILLER = re.compile(r"9{5,}(\.9+|\.0+)?")
FRENCH_SIGNS = frozenset("œŒŸ€…") | {chr(c) for c in range(0x2010, 0x203B)}
FIRST_ACCENTED, LAST_ACCENTED = "\xa0", "\xff"
#: Before the first publications; a day before is a typing error.
FIRST_LIKELY_YEAR = 2000
IMPROBABLE_AMOUNT = Decimal(1_000_000_000)
LARGEST_COUNT = 1_000_000_000


class Notes:
    """Defects of one contract: remarks that are tolerable, reasons that are not."""

    def __init__(self) -> None:
        self.remarks: list[Remark] = []
        self.reasons: list[Remark] = []

    def remark(self, field: str, message: str) -> None:
        """Note a tolerable defect, once."""
        found = Remark(field, message)
        if found not in self.remarks:
            self.remarks.append(found)

    def refuse(self, field: str, message: str) -> None:
        """Note a defect that forbids taking the contract."""
        self.reasons.append(Remark(field, message))


def read_text(notes: Notes, field: str, value: object) -> str:
    """Return one clean line; text encoded twice is repaired, and said so."""
    if value is None:
        return ""
    text = str(value)
    repaired = TWICE_ENCODED.sub(decoded_again, text)
    if repaired != text:
        notes.remark(
            field,
            _(
                "decp-text-repaired",
                default="Des caractères étaient mal encodés. Ils ont été rétablis.",
            ),
        )
    if not repaired.isprintable():
        repaired = "".join(c if c.isprintable() else " " for c in repaired)
    return " ".join(repaired.split())


def decoded_again(match: re.Match[str]) -> str:
    """Decode a sequence once more, if that gives a sign of French; else keep it."""
    try:
        sign = match[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return match[0]
    is_french = FIRST_ACCENTED <= sign <= LAST_ACCENTED or sign in FRENCH_SIGNS
    return sign if is_french else match[0]


def read_day(value: object) -> date | None:
    """Read « 2018-12-17 », « 2018-12-17+01:00 », an instant or « 17/12/2018 ».

    The zone of a day alone does not move it; an instant is taken to Paris. None when
    it cannot be read.
    """
    text = str(value or "").strip()
    try:
        if match := ISO_DAY.fullmatch(text):
            return date.fromisoformat(match[1])
        if match := FRENCH_DAY.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant.astimezone(PARIS).date() if instant.tzinfo else instant.date()


def read_notified_on(notes: Notes, field: str, value: object) -> date | None:
    """Read the day a contract was notified: without it, it is not taken."""
    day = read_day(value)
    if day is None:
        notes.refuse(field, unreadable(value))
    elif day.year < FIRST_LIKELY_YEAR:
        notes.remark(field, _("decp-day-improbable", default="La date est improbable."))
    return day


def read_other_day(notes: Notes, field: str, value: object) -> date | None:
    """Read a day one can do without; an unreadable one is only told."""
    day = read_day(value)
    if day is None and value not in (None, ""):
        notes.remark(field, unreadable(value))
    return day


def unreadable(value: object) -> str:
    """Say that a value is missing, or cannot be read."""
    message: str = _("decp-value-missing", default="La valeur manque.")
    if value not in (None, ""):
        message = _(
            "decp-value-unreadable",
            default="« ${value} » ne peut être lu.",
            mapping={"value": str(value)[:40]},
        )
    return message


def read_decimal(value: object) -> Decimal | None:
    """Read a figure written « 1 234,5 », « 1234.5 » or as a number; None otherwise."""
    text = re.sub(r"\s", "", str(value)).replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def read_amount(notes: Notes, field: str, value: object) -> Decimal | None:
    """Read an amount in EUR; unreadable or negative, the contract is not taken."""
    amount = read_decimal(value)
    if amount is None:
        notes.refuse(field, unreadable(value))
        return None
    if amount < 0:
        notes.refuse(
            field, _("decp-amount-negative", default="Le montant est négatif.")
        )
        return None
    check_amount(notes, field, amount)
    return amount


def check_amount(notes: Notes, field: str, amount: Decimal) -> None:
    """Tell an amount of nothing, and one that only fills the box (999 999 999)."""
    if amount == 0:
        notes.remark(field, _("decp-amount-zero", default="Le montant est nul."))
    elif amount >= IMPROBABLE_AMOUNT or FILLER.fullmatch(str(amount)):
        notes.remark(
            field, _("decp-amount-improbable", default="Le montant est improbable.")
        )


def read_count(notes: Notes, field: str, value: object) -> int | None:
    """Read a number of months or of bids; one that makes no sense is told."""
    if value in (None, ""):
        return None
    number = read_decimal(value)
    whole = number is not None and number == number.to_integral_value()
    if number is None or not whole or not 1 <= number <= LARGEST_COUNT:
        notes.remark(field, unreadable(value))
        return None
    return int(number)


def read_cpv(notes: Notes, field: str, value: object) -> str | None:
    """Read a CPV code, without its check digit; an unknown one is told, not kept."""
    text = str(value or "").strip()
    entry = nomenclature().get(text)
    if entry is not None:
        return entry.code
    message = _(
        "decp-cpv-unknown",
        default="Le code CPV « ${code} » est inconnu.",
        mapping={"code": text[:40]},
    )
    notes.remark(field, message if text else unreadable(value))
    return None


def read_buyer(notes: Notes, field: str, value: object) -> str:
    """Read the buyer's SIRET: without fourteen figures, his identity is unsure."""
    number = re.sub(r"\s", "", str(value or ""))
    if not SIRET_SHAPE.fullmatch(number):
        notes.refuse(
            field,
            _(
                "decp-buyer-unsure",
                default="L’acheteur n’est pas identifié par un SIRET de 14 chiffres.",
            ),
        )
    elif not siret.is_valid(number):
        notes.remark(field, wrong_key(number))
    return number


def wrong_key(number: str) -> str:
    """Say that the key of a SIRET is wrong."""
    message: str = _(
        "decp-siret-key",
        default="La clé du SIRET ${siret} est fausse.",
        mapping={"siret": number[:40]},
    )
    return message


def read_holder(notes: Notes, field: str, row: Mapping[str, Any]) -> DecpHolder | None:
    """Read one holder; a SIRET with a wrong key is kept and told."""
    number = re.sub(r"\s", "", str(row.get("id") or ""))
    name = read_text(notes, field, row.get("denominationSociale") or row.get("nom"))
    if not number and not name:
        return None
    id_type = str(row.get("typeIdentifiant") or "SIRET").strip()
    if id_type == "SIRET" and not SIRET_SHAPE.fullmatch(number):
        notes.remark(
            field,
            _(
                "decp-holder-unsure",
                default="Le numéro « ${number} » du titulaire n’est pas un SIRET.",
                mapping={"number": number[:40]},
            ),
        )
        id_type = ""
    elif id_type == "SIRET" and not siret.is_valid(number):
        notes.remark(field, wrong_key(number))
    return DecpHolder(number, id_type, name)


def read_holders(
    notes: Notes, field: str, rows: Iterable[Mapping[str, Any]]
) -> tuple[DecpHolder, ...]:
    """Read the holders, each once, in the order they are published."""
    found = (read_holder(notes, field, row) for row in rows)
    return tuple(dict.fromkeys(holder for holder in found if holder is not None))
