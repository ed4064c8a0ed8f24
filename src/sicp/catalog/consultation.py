"""What the catalogue knows of a consultation."""

from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import Any

from sicp.catalog.words import fold
from sicp.catalog.words import words_of
from sicp.permissions import VIEW_CARD
from sicp.permissions import VIEW_DETAIL


class ConsultationIndexView:
    """Reads a consultation for the indexes; an absent attribute is not indexed."""

    content_type = "Consultation"

    def __init__(self, content: Any, allowed_by: Any) -> None:  # noqa: ANN401
        self._content = content
        self._answers = content.answers
        self.allowed = allowed_by(content, VIEW_CARD)
        self.allowed_detail = allowed_by(content, VIEW_DETAIL)
        self.reference = content.reference
        self.body = content.body_entity
        self.year = int(content.__parent__.__name__)
        self.folder = content.__parent__.__oid__
        self.responsible = list(content.responsible)
        self.beneficiary = list(content.beneficiaries)
        self.created_by = content.created_by
        self.source_uid = content.source_uid
        self.title_sort = fold(content.object)
        self.words = words_of(content.reference, content.object)
        for name in ("nature", "category", "procedure", "cpv"):
            setattr(self, name, self._answers.get(name) or "")

    @property
    def state(self) -> str:
        """Tell the state of the workflow."""
        return self._content.__workflow_state__["consultation"]

    @property
    def amount(self) -> float:
        """Tell the estimated amount; a consultation without one sorts first."""
        value = self._answers.get("estimated_amount")
        return float(value) if isinstance(value, Decimal) else -1.0

    @property
    def launch_on(self) -> str:
        """Tell the day of the notice, empty when unknown."""
        value = self._answers.get("launch_on")
        return value.isoformat() if isinstance(value, date) else ""

    @property
    def bids_due_at(self) -> str:
        """Tell the limit of bids, empty when unknown."""
        value = self._answers.get("bids_due_at")
        return value.isoformat() if isinstance(value, datetime) else ""

    @property
    def created_at(self) -> float:
        """Tell the instant of creation."""
        return self._content.created_at.timestamp()

    @property
    def modified_at(self) -> float:
        """Tell the instant of the last save."""
        return self._content.modified_at.timestamp()

    @property
    def cpv_groups(self) -> list[str]:
        """Tell the code and all the larger ones it stands under."""
        code = self._answers.get("cpv") or ""
        return [code[:size].ljust(8, "0") for size in range(2, len(code) + 1)]


class DraftIndexView:
    """Reads a piece for the indexes; who sees it is told by its consultation.

    ``folder`` is the number of the consultation. It has no ``allowed`` of its own, so
    that no list ever shows it without asking for those of consultations.
    """

    content_type = "Draft"

    def __init__(self, content: Any) -> None:  # noqa: ANN401
        self.folder = content.__parent__.__parent__.__oid__
        self.template = content.template_id
        self.release = content.release
        self.piece_state = "open" if content.frozen_at is None else "frozen"
        self.rewritten = sorted(content.local_texts)
