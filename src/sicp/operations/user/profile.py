"""Composes profiles: which functions go together under which name."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sicp import permissions as p
from sicp.catalog.words import words_of
from sicp.content_types.user import Profile
from sicp.events import Happened
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.user.right import require
from sicp.roles import FUNCTION_BY_CODE


def create_profile(
    site: Any,  # noqa: ANN401
    title: str,
    functions: Iterable[str],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """Add a profile.

    Raises:
        NotAllowedError: the actor does not compose profiles.
        InvalidInputError: the title is empty or taken, or a function is unknown.
    """
    profiles = site["profils"]
    require(actor, p.MANAGE_PROFILES, profiles)
    clean = " ".join(title.split())
    if not clean or any(q.title.lower() == clean.lower() for q in profiles.values()):
        raise InvalidInputError(
            _(
                "profile-title-wrong",
                default="Donnez au profil un nom que nul autre ne porte.",
            ),
            "title",
        )
    name = "-".join(words_of(clean))[:60]
    while name in profiles:
        name += "-2"
    profile = Profile(clean, _known(functions))
    profile.touch(actor.login, now)
    profiles.add(name, profile, registry=registry)
    registry.notify(Happened(profile, "profile-created", actor.login, now))
    return profile


def set_functions(
    profile: Any,  # noqa: ANN401
    functions: Iterable[str],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,  # noqa: ANN401
) -> None:
    """Replace the functions of a profile; it counts at everyone's next request.

    Raises:
        NotAllowedError: the actor does not compose profiles.
        InvalidInputError: a function is unknown.
    """
    require(actor, p.MANAGE_PROFILES, profile)
    new = _known(functions)
    old = set(profile.functions)
    if new == old:
        return
    profile.set_functions(new)
    profile.touch(actor.login, now)
    registry.notify(
        Happened(
            profile,
            "profile-changed",
            actor.login,
            now,
            details={"added": sorted(new - old), "removed": sorted(old - new)},
        )
    )


def matrix(site: Any) -> tuple[list[Any], list[tuple[Any, list[bool]]]]:  # noqa: ANN401
    """Return the profiles, and for each function whether each profile holds it."""
    profiles = sorted(site["profils"].values(), key=lambda q: q.title)
    rows = [
        (function, [code in q.functions for q in profiles])
        for code, function in FUNCTION_BY_CODE.items()
    ]
    return profiles, rows


def _known(functions: Iterable[str]) -> set[str]:
    chosen = set(functions)
    unknown = chosen - set(FUNCTION_BY_CODE)
    if unknown:
        raise InvalidInputError(
            _(
                "function-unknown",
                default="Fonction inconnue : ${codes}.",
                mapping={"codes": ", ".join(sorted(unknown))},
            ),
            "functions",
        )
    return chosen
