"""The life of a sheet of the knowledge base, and who moves it.

A new sheet is a draft, read by those who write. The committee reads it again, then
publishes it for all. A published sheet is amended on a working copy: what people read
changes at the next publication only. An obsolete sheet stays, under a banner.

The ACL of a sheet is not stamped from this table: who reads and writes is told by the
zone the sheet stands in (``sicp.content_types.knowledge``), so that the readers of a
folder change without a write to its sheets.
"""

from typing import Any

from sicp.i18n import _
from sicp.permissions import EDIT_KNOWLEDGE
from sicp.permissions import PUBLISH_KNOWLEDGE
from sicp.workflows.base import ANYWHERE
from sicp.workflows.base import State
from sicp.workflows.base import Transition
from sicp.workflows.base import WorkflowTable
from sicp.workflows.base import build_workflow

A = ANYWHERE

DRAFT = "draft"
REVIEW = "review"
PUBLISHED = "published"
OBSOLETE = "obsolete"

TABLE = WorkflowTable(
    name="sheet",
    content_type="Sheet",
    states=(
        State(DRAFT, _("sheet-draft", default="En rédaction")),
        State(REVIEW, _("sheet-review", default="En relecture")),
        State(PUBLISHED, _("sheet-published", default="Publiée")),
        State(OBSOLETE, _("sheet-obsolete", default="Obsolète")),
    ),
    transitions=(
        Transition(
            "submit",
            _("sheet-submit", default="Soumettre à la relecture"),
            DRAFT,
            REVIEW,
            EDIT_KNOWLEDGE,
        ),
        Transition(
            "return",
            _("sheet-return", default="Renvoyer en rédaction"),
            REVIEW,
            DRAFT,
            PUBLISH_KNOWLEDGE,
            needs_reason=True,
        ),
        Transition(
            "publish",
            _("sheet-publish", default="Publier"),
            REVIEW,
            PUBLISHED,
            PUBLISH_KNOWLEDGE,
        ),
        Transition(
            "retire",
            _("sheet-retire", default="Déclarer obsolète"),
            PUBLISHED,
            OBSOLETE,
            PUBLISH_KNOWLEDGE,
            needs_reason=True,
        ),
        Transition(
            "reinstate",
            _("sheet-reinstate", default="Remettre en vigueur"),
            OBSOLETE,
            PUBLISHED,
            PUBLISH_KNOWLEDGE,
            needs_reason=True,
        ),
    ),
    functions={
        #        draft, review, published, obsolete
        "KN01": (A, A, A, A),
        "KN02": (A, A, A, A),
        "KN03": (A, A, A, A),
    },
)


def includeme(config: Any) -> None:
    """Register the workflow on its content type."""
    config.add_workflow(build_workflow(TABLE), (TABLE.content_type,))
