"""Words of the trade that mean the same, kept by those who manage the base.

« AOO » finds « appel d’offres ouvert » and the reverse, for everybody, at once: they
widen questions and nothing of what is found is written again.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

import yaml

from sicp import permissions as p
from sicp.catalog.words import fold
from sicp.catalog.words import words_of
from sicp.events import Happened
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.redirect import name_of_title
from sicp.operations.knowledge.zone import SERVICE
from sicp.operations.user.right import require

LONGEST_EXPRESSION = 80
MOST_EXPRESSIONS = 12
MOST_GROUPS = 1_000
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class SynonymGroup:
    """Expressions that mean the same; ``key`` names the group and never changes."""

    key: str
    expressions: tuple[str, ...]

    @property
    def title(self) -> str:
        """Tell the group in one line."""
        return " = ".join(self.expressions)


def synonym_groups(site: Any) -> list[SynonymGroup]:
    """Return the groups of the site, in the order of their first expression."""
    groups = (SynonymGroup(k, tuple(v)) for k, v in site[SERVICE].synonyms.items())
    return sorted(groups, key=lambda group: fold(group.expressions[0]))


def add_synonyms(
    site: Any, typed: Sequence[str], *, actor: Actor, now: datetime, registry: Any
) -> SynonymGroup:
    """Say that expressions mean the same.

    Raises:
        NotAllowedError: the actor does not manage the base.
        InvalidInputError: fewer than two expressions, one too long, or one that stands
            in another group.
        StateError: there are as many groups as there may be.
    """
    base = site[SERVICE]
    require(actor, p.MANAGE_KNOWLEDGE, base)
    expressions = _checked(base, typed)
    if len(base.synonyms) >= MOST_GROUPS:
        raise StateError(
            _(
                "synonyms-full",
                default="Il y a déjà ${count} groupes : retirez-en un.",
                mapping={"count": MOST_GROUPS},
            )
        )
    key = _free_key(base, expressions[0])
    base.synonyms[key] = expressions
    told = _told((), expressions)
    registry.notify(Happened(base, "synonyms-added", actor.login, now, details=told))
    return SynonymGroup(key, expressions)


def change_synonyms(  # noqa: PLR0913
    site: Any,
    key: str,
    typed: Sequence[str],
    before: Sequence[str],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
) -> None:
    """Write a group anew; ``before`` is what the person had before him.

    Raises:
        NotAllowedError: the actor does not manage the base.
        InvalidInputError: fewer than two expressions, one too long, or one that stands
            in another group.
        EditConflictError: somebody changed the group meanwhile.
        StateError: somebody removed it.
    """
    base = site[SERVICE]
    require(actor, p.MANAGE_KNOWLEDGE, base)
    known = require_group(site, key).expressions
    if tuple(before) != known:
        raise EditConflictError(
            _(
                "synonyms-changed-meanwhile",
                default="Ce groupe vient d’être changé par quelqu’un d’autre. Il dit "
                "maintenant : ${known}",
                mapping={"known": " = ".join(known)},
            )
        )
    expressions = _checked(base, typed, key)
    if expressions != known:
        base.synonyms[key] = expressions
        told = _told(known, expressions)
        registry.notify(
            Happened(base, "synonyms-changed", actor.login, now, details=told)
        )


def remove_synonyms(
    site: Any, key: str, *, actor: Actor, now: datetime, registry: Any
) -> None:
    """Say no more that the expressions of a group mean the same.

    Raises:
        NotAllowedError: the actor does not manage the base.
        StateError: somebody removed it.
    """
    base = site[SERVICE]
    require(actor, p.MANAGE_KNOWLEDGE, base)
    known = require_group(site, key).expressions
    del base.synonyms[key]
    told = _told(known, ())
    registry.notify(Happened(base, "synonyms-removed", actor.login, now, details=told))


def require_group(site: Any, key: str) -> SynonymGroup:
    """Return a group by its key.

    Raises:
        StateError: there is none.
    """
    found = site[SERVICE].synonyms.get(key)
    if found is None:
        raise StateError(
            _("synonyms-gone", default="Ce groupe de synonymes n’existe plus.")
        )
    return SynonymGroup(key, tuple(found))


def missing_groups(site: Any) -> list[SynonymGroup]:
    """Return the shipped groups none of whose expressions is known to the site."""
    known = _expressions_of(site[SERVICE])
    return [
        SynonymGroup(name_of_title(group[0]), group)
        for group in shipped_groups()
        if known.isdisjoint(map(fold, group))
    ]


def load_synonyms(site: Any, *, actor: Actor, now: datetime, registry: Any) -> int:
    """Bring in the shipped groups that the site lacks; count them.

    Raises:
        NotAllowedError: the actor does not manage the base.
    """
    base = site[SERVICE]
    require(actor, p.MANAGE_KNOWLEDGE, base)
    missing = missing_groups(site)
    give_synonyms(base, missing)
    if missing:
        told = _told((), [group.expressions[0] for group in missing])
        registry.notify(
            Happened(base, "synonyms-loaded", actor.login, now, details=told)
        )
    return len(missing)


def give_synonyms(base: Any, groups: Iterable[SynonymGroup]) -> None:
    """Write groups in a base, that a new site may be born with."""
    for group in groups:
        base.synonyms[_free_key(base, group.expressions[0])] = group.expressions


@cache
def shipped_groups() -> tuple[tuple[str, ...], ...]:
    """Read the groups shipped with the application."""
    path = resources.files("sicp") / "seed" / "knowledge" / "synonyms.yaml"
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(tuple(group) for group in read["groups"])


def _checked(base: Any, typed: Sequence[str], own: str = "") -> tuple[str, ...]:
    said = (" ".join(text.split()) for text in typed)
    distinct = {fold(text): text for text in said if text}
    if not _FEWEST <= len(distinct) <= MOST_EXPRESSIONS:
        raise InvalidInputError(
            _(
                "synonyms-count",
                default="Écrivez de 2 à ${count} expressions, une par ligne.",
                mapping={"count": MOST_EXPRESSIONS},
            ),
            "expressions",
        )
    elsewhere = _expressions_of(base, own)
    for folded, text in distinct.items():
        _check_one(text, is_taken=folded in elsewhere)
    return tuple(distinct.values())


def _check_one(text: str, *, is_taken: bool) -> None:
    if len(text) > LONGEST_EXPRESSION or not words_of(text):
        raise InvalidInputError(
            _(
                "synonym-wrong",
                default="« ${text} » n’est pas une expression de ${count} signes au "
                "plus.",
                mapping={
                    "text": text[:LONGEST_EXPRESSION],
                    "count": LONGEST_EXPRESSION,
                },
            ),
            "expressions",
        )
    if is_taken:
        raise InvalidInputError(
            _(
                "synonym-taken",
                default="« ${text} » est déjà dans un autre groupe.",
                mapping={"text": text},
            ),
            "expressions",
        )


def _expressions_of(base: Any, without: str = "") -> set[str]:
    return {
        fold(text)
        for key, group in base.synonyms.items()
        if key != without
        for text in group
    }


def _free_key(base: Any, expression: str) -> str:
    stem = name_of_title(expression)
    key, rank = stem, 1
    while key in base.synonyms:
        rank += 1
        key = f"{stem}-{rank}"
    return key


def _told(before: Sequence[str], after: Sequence[str]) -> dict[str, str]:
    return {"before": " = ".join(before), "after": " = ".join(after)}
