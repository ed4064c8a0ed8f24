"""Lots: parts of a purchase, each awarded on its own (article L2113-10)."""

from decimal import Decimal

from substanced.content import content
from zope.interface import implementer

from sicp.content_types.base import Container
from sicp.content_types.base import Content
from sicp.interfaces.consultation import ILot
from sicp.interfaces.consultation import ILots

LOT_STATES = ("open", "awarded", "unsuccessful", "abandoned")


@content("Lot")
@implementer(ILot)
class Lot(Content):
    """One lot; amounts are EUR excluding tax, the duration calendar months.

    An absent duration or CPV code means that of the whole consultation.
    """

    state = "open"
    estimated_amount: Decimal | None = None
    maximum_amount: Decimal | None = None
    cpv = ""
    duration_months: int | None = None

    def __init__(self, number: int, title: str) -> None:
        self.number = number
        self.title = title

    def as_row(self) -> dict[str, object]:
        """Return the lot as a row of the upstream form."""
        return {
            "number": self.number,
            "object": self.title,
            "estimated_amount": self.estimated_amount,
            "maximum_amount": self.maximum_amount,
            "cpv": self.cpv,
            "duration_months": self.duration_months,
            "state": self.state,
        }


@content("Lots")
@implementer(ILots)
class Lots(Container):
    """The lots of one consultation, by number."""

    def in_order(self) -> list[Lot]:
        """Return the lots by number."""
        return sorted(self.values(), key=lambda lot: lot.number)
