"""The life of a consultation, and who may do what at each moment of it.

The five stages of the founding design are definition, publicity, consultation, opening
and award. This table holds the states that the application really serves today: a
consultation being defined; a contract taken over from open data or another system,
which may still be completed and documented; one declared without follow-up (article
R2185-1); and one that is closed.
"""

from typing import Any

from sicp.i18n import _
from sicp.permissions import ABANDON
from sicp.permissions import CLOSE
from sicp.workflows.base import BENEFICIARY
from sicp.workflows.base import NOBODY
from sicp.workflows.base import RESPONSIBLE
from sicp.workflows.base import State
from sicp.workflows.base import Transition
from sicp.workflows.base import WorkflowTable
from sicp.workflows.base import build_workflow

R = RESPONSIBLE
B = BENEFICIARY
N = NOBODY

TABLE = WorkflowTable(
    name="consultation",
    content_type="Consultation",
    states=(
        State("definition", _("state-definition", default="Définition")),
        State("imported", _("state-imported", default="Repris")),
        State("abandoned", _("state-abandoned", default="Sans suite")),
        State("closed", _("state-closed", default="Clos")),
    ),
    transitions=(
        Transition(
            "abandon",
            _("transition-abandon", default="Déclarer sans suite"),
            "definition",
            "abandoned",
            ABANDON,
            needs_reason=True,
        ),
        Transition(
            "close-imported",
            _("transition-close", default="Déclarer clos"),
            "imported",
            "closed",
            CLOSE,
        ),
        Transition(
            "close",
            _("transition-close", default="Déclarer clos"),
            "abandoned",
            "closed",
            CLOSE,
        ),
    ),
    functions={
        #        definition, imported, abandoned, closed
        "RA01": (R, R, N, N),
        "RA02": (R, R, N, N),
        "RA03": (R, R, N, N),
        "RA04": (R, R, N, N),
        "RA05": (R, N, N, N),
        "RA06": (R, N, N, N),
        "RA07": (N, N, N, N),
        "RA08": (N, N, N, N),
        "RA09": (N, N, N, N),
        "RA10": (N, N, N, N),
        "RA11": (R, R, R, N),
        "RA12": (R, R, R, N),
        "RA13": (R, R, R, N),
        "RA14": (R, R, R, R),
        "RA15": (R, R, R, R),
        "RA16": (R, R, R, R),
        "GP01": (R, R, R, R),
        "GP02": (R, N, N, N),
        "GP03": (R, N, N, N),
        "GP04": (N, N, N, N),
        "GP05": (N, N, N, N),
        "GP06": (N, N, N, N),
        "GP07": (N, N, N, N),
        "GP08": (N, N, N, N),
        "GP09": (N, N, N, N),
        "GP10": (N, N, N, N),
        "GP11": (R, R, R, N),
        "GP12": (R, R, R, N),
        "GP13": (R, R, R, N),
        "GP14": (N, N, N, N),
        "GP15": (N, N, N, N),
        "GP16": (N, N, N, N),
        "GP17": (N, N, N, N),
        "GP18": (N, N, N, N),
        "GP19": (N, N, N, N),
        "GP20": (R, N, N, N),
        "GP21": (N, R, R, N),
        "CS01": (R, R, R, R),
        "FS01": (B, B, B, B),
    },
)


def includeme(config: Any) -> None:  # noqa: ANN401
    """Register the workflow on its content type."""
    config.add_workflow(build_workflow(TABLE), (TABLE.content_type,))
