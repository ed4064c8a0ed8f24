"""The demonstration site: invented bodies, people and consultations, all told in YAML.

It shows every profile, a substitute, a second public body that sees nothing of the
first, the clause library with its committee, and consultations at every degree of
completion.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.operations.demonstration.clause import build_proposals
from sicp.operations.demonstration.consultation import build_consultations
from sicp.operations.demonstration.organisation import build_organisation
from sicp.operations.demonstration.seed import Making
from sicp.operations.demonstration.user import PASSWORD
from sicp.operations.demonstration.user import Account
from sicp.operations.demonstration.user import accounts
from sicp.operations.demonstration.user import build_people
from sicp.operations.knowledge.seed import load_knowledge
from sicp.operations.template import load_library
from sicp.operations.user.right import system_actor

__all__ = ["PASSWORD", "Account", "accounts", "build", "is_built"]

_FIRST = "admin"


def is_built(site: Any) -> bool:  # noqa: ANN401
    """Tell whether the demonstration was made in this site."""
    user = site["utilisateurs"].get(_FIRST)
    return user is not None and user.is_demonstration


def build(
    site: Any,  # noqa: ANN401
    registry: Any,  # noqa: ANN401
    now: datetime,
    articles: Iterable[str] | None = None,
) -> None:
    """Make the demonstration in an empty site; the caller commits.

    The site itself must be committed before: references are reserved in transactions
    of their own. ``articles`` are beginnings of the numbers of the articles of the
    code to load, such as « L212 »; None loads all of them.

    Raises:
        StateError: the site has an organisation or accounts of its own.
    """
    top = site["organisation"]
    if len(top) or len(site["utilisateurs"]):
        raise StateError(
            _(
                "demonstration-not-empty",
                default="Ce site n’est pas vide : la démonstration "
                "ne s’y installe pas.",
            )
        )
    making = Making(site, registry, system_actor(site), now, {"top": top})
    build_organisation(making)
    build_people(making)
    load_library(site, **making.by)
    load_knowledge(site, **making.by, articles=articles)
    build_proposals(making)
    build_consultations(making)
