"""A contract as published in the « données essentielles », read and made clean."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Remark:
    """One defect of a published contract: the field it is in, and a French sentence."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class DecpHolder:
    """A holder (« titulaire »): his number, what kind of number it is, his name."""

    id: str
    id_type: str
    name: str

    @property
    def siret(self) -> str | None:
        """Return the SIRET, None for a foreign firm or an unreadable number."""
        return self.id if self.id_type == "SIRET" else None


@dataclass(frozen=True, slots=True)
class DecpModification:
    """One amendment; None where it changes nothing, amounts EUR excluding tax."""

    number: int
    notified_on: date | None
    published_on: date | None
    amount: Decimal | None
    months: int | None
    object: str
    holders: tuple[DecpHolder, ...]


@dataclass(frozen=True, slots=True)
class DecpPlace:
    """Where the contract is performed: a code, what kind of code, a name."""

    code: str
    code_type: str
    name: str


@dataclass(frozen=True, slots=True)
class DecpRecord:
    """A contract, as it was when notified, with its amendments.

    ``uid`` is the buyer's SIRET then ``id``: the national key. ``contract_form`` and
    ``procedure`` are our codes, None when the label is missing or unknown (it is kept
    in ``procedure_label``). ``amount`` is EUR excluding tax, the maximum of a
    framework. ``positions`` are the ranks, from 1, of the records or lines of the file
    it was read from; ``digest`` is their SHA-256, equal when nothing changed since the
    last reading. ``remarks`` are the defects that did not prevent taking it.
    """

    uid: str
    id: str
    buyer_siret: str
    buyer_name: str
    contract_form: str | None
    procedure: str | None
    procedure_label: str
    purchase: str | None
    object: str
    cpv: str | None
    place: DecpPlace | None
    months: int | None
    amount: Decimal
    notified_on: date
    published_on: date | None
    price_form: str | None
    price_variation: str | None
    holders: tuple[DecpHolder, ...]
    bids_received: int | None
    modifications: tuple[DecpModification, ...]
    framework_id: str
    techniques: tuple[str, ...]
    social: tuple[str, ...]
    environmental: tuple[str, ...]
    positions: tuple[int, ...]
    digest: str
    remarks: tuple[Remark, ...]

    @property
    def current_amount(self) -> Decimal:
        """Return the amount after the last amendment that gives one."""
        told = [item.amount for item in self.modifications if item.amount is not None]
        return told[-1] if told else self.amount

    @property
    def current_holders(self) -> tuple[DecpHolder, ...]:
        """Return the holders after the last amendment that names some."""
        groups = [item.holders for item in self.modifications if item.holders]
        return groups[-1] if groups else self.holders


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is not taken: where it stood in the file, whose number it bears, why."""

    positions: tuple[int, ...]
    uid: str | None
    reasons: tuple[Remark, ...]


class DecpUnreadable(Exception):
    """The file as a whole cannot be read; ``message`` says why in French."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
