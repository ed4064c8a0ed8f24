"""Composes profiles: which functions go together under which name."""

import csv
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from io import StringIO
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.catalog.words import words_of
from sicp.clock import legal_day
from sicp.content_types.user import Profile
from sicp.engines.xlsx import write_table
from sicp.events import Happened
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.user import Actor
from sicp.operations.user.right import require
from sicp.roles import FUNCTION_BY_CODE
from sicp.roles import principal_at

#: The group of the functions that are neither of the two founding profiles.
OTHERS = "other"
_COMPOSING = "AD03"


def create_profile(  # noqa: PLR0913
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
        NotAllowedError: the actor does not compose profiles, or does not hold at the
            top an administrative function of this one.
        InvalidInputError: the title is empty or taken, or a function is unknown.
    """
    profiles = site["profils"]
    require(actor, p.MANAGE_PROFILES, profiles)
    clean = _free_title(profiles, title)
    chosen = _known(functions)
    _check_not_raising(site, chosen, actor)
    name = "-".join(words_of(clean))[:60] or "profile"
    while name in profiles:
        name += "-2"
    profile = Profile(clean, chosen)
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
        NotAllowedError: the actor does not compose profiles, or adds or takes away an
            administrative function that he does not hold at the top.
        InvalidInputError: a function is unknown, or nobody acting as the actor could
            compose profiles any more.
    """
    require(actor, p.MANAGE_PROFILES, profile)
    new = _known(functions)
    old = set(profile.functions)
    if new == old:
        return
    site = find_objectmap(profile).root
    _check_not_raising(site, new ^ old, actor)
    _check_not_locked_out(site, profile, old - new, actor, now)
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


def rename_profile(
    profile: Any,
    title: str,
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
) -> None:
    """Give a profile another title; who holds it keeps it.

    Raises:
        NotAllowedError: the actor does not compose profiles.
        InvalidInputError: the title is empty or taken.
    """
    require(actor, p.MANAGE_PROFILES, profile)
    if " ".join(title.split()) == profile.title:
        return
    before = profile.title
    others = profile.__parent__
    profile.title = _free_title(others, title, profile)
    profile.touch(actor.login, now)
    registry.notify(
        Happened(
            profile, "profile-renamed", actor.login, now, details={"before": before}
        )
    )


def save_matrix(  # noqa: PLR0913
    site: Any,
    chosen: Mapping[str, Iterable[str]],
    revisions: Mapping[str, int],
    *,
    actor: Actor,
    now: datetime,
    registry: Any,
) -> int:
    """Replace the functions of several profiles; return how many changed.

    ``revisions`` says on which revision of each profile the page was opened.

    Raises:
        NotAllowedError: see ``set_functions``.
        InvalidInputError: see ``set_functions``.
        EditConflictError: somebody else changed one of these profiles since.
    """
    changed = 0
    for name, functions in chosen.items():
        profile = site["profils"][name]
        new = set(functions)
        if new == set(profile.functions):
            continue
        if revisions.get(name) != profile.revision:
            raise EditConflictError(
                _(
                    "profile-changed-meanwhile",
                    default="Le profil « ${title} » a été changé depuis l’ouverture "
                    "de la page. Rien n’a été enregistré.",
                    mapping={"title": profile.title},
                )
            )
        set_functions(profile, new, actor=actor, now=now, registry=registry)
        changed += 1
    return changed


def group_of(code: str) -> str:
    """Return the group a function is read in: RA, GP, or the others."""
    return code[:2] if code[:2] in {"RA", "GP"} else OTHERS


def matrix(site: Any) -> tuple[list[Any], list[tuple[Any, list[bool]]]]:  # noqa: ANN401
    """Return the profiles, and for each function whether each profile holds it."""
    profiles = sorted(site["profils"].values(), key=lambda q: q.title)
    rows = [
        (function, [code in q.functions for q in profiles])
        for code, function in FUNCTION_BY_CODE.items()
    ]
    return profiles, rows


def matrix_rows(site: Any) -> list[list[str]]:
    """Return the matrix as a table of texts, its titles in the first row."""
    profiles, rows = matrix(site)
    titles = (
        _("column-code", default="Code"),
        _("column-function", default="Fonction"),
    )
    head = [*(french(title) for title in titles), *(q.title for q in profiles)]
    body = [
        [item.code, french(item.title), *("X" if is_held else "" for is_held in held)]
        for item, held in rows
    ]
    return [head, *body]


def matrix_csv(site: Any) -> bytes:
    """Write the matrix as CSV for a French spreadsheet: semicolons, UTF-8 with BOM."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for row in matrix_rows(site):
        writer.writerow([_harmless(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def matrix_xlsx(site: Any) -> bytes:
    """Write the matrix as a workbook, its heads kept in sight."""
    title = french(_("profiles", default="Profils"))
    return write_table(title, matrix_rows(site), frozen_columns=2)


def _harmless(cell: str) -> str:
    # A spreadsheet would run a text that begins like a formula.
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _free_title(profiles: Any, title: str, own: Any = None) -> str:
    clean = " ".join(title.split())
    taken = {q.title.lower() for q in profiles.values() if q is not own}
    if not clean or clean.lower() in taken:
        raise InvalidInputError(
            _(
                "profile-title-wrong",
                default="Donnez au profil un nom que nul autre ne porte.",
            ),
            "title",
        )
    return clean


def _check_not_raising(site: Any, codes: Iterable[str], actor: Actor) -> None:
    top = site["organisation"].__oid__
    missing = sorted(
        code
        for code in codes
        if FUNCTION_BY_CODE[code].is_administrative
        and principal_at(code, top) not in actor.principals
    )
    if missing:
        raise NotAllowedError(
            _(
                "profile-function-too-high",
                default="Vous ne tenez pas vous-même, tout en haut : ${codes}.",
                mapping={"codes": ", ".join(missing)},
            ),
            "functions",
        )


def _check_not_locked_out(
    site: Any, profile: Any, removed: Iterable[str], actor: Actor, now: datetime
) -> None:
    user = site["utilisateurs"].get(actor.login)
    if _COMPOSING not in removed or user is None:
        return
    top = site["organisation"].__oid__
    others = (
        site["profils"].get(item.profile)
        for item in user.assignments_on(legal_day(now))
        if item.entity == top and item.profile != profile.__name__
    )
    if not any(q is not None and _COMPOSING in q.functions for q in others):
        raise InvalidInputError(
            _(
                "profile-locked-out",
                default="Vous ne pourriez plus composer les profils : gardez « AD03 » "
                "dans un profil que vous tenez tout en haut.",
            ),
            "functions",
        )


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
