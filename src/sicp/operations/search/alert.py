"""Tells people by mail what their searches newly find, and why they are told.

What a person may see is asked of his rights of the moment, when the mail is written.
What was told once is never told again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from typing import Any

from BTrees.LLBTree import LLTreeSet
from pyramid.traversal import resource_path
from pyramid_mailer.message import Message

from sicp.clock import PARIS
from sicp.clock import legal_day
from sicp.content_types.user import SavedSearch
from sicp.exceptions import InvalidInputError
from sicp.exceptions import NotAllowedError
from sicp.i18n import _
from sicp.i18n import french
from sicp.interfaces.user import Actor
from sicp.operations.knowledge.zone import SERVICE
from sicp.operations.search.address import read_address
from sicp.operations.search.asking import SearchPage
from sicp.operations.search.asking import SearchRow
from sicp.operations.search.asking import SearchWanted
from sicp.operations.search.asking import ask
from sicp.operations.search.asking import walk
from sicp.operations.search.kind import KIND_TITLES
from sicp.operations.search.saved import require_saved
from sicp.operations.search.saved import searches_of
from sicp.operations.user.mail import post
from sicp.operations.user.right import actor_for

#: A search that finds more is no watch: its mails would say nothing.
MOST_WATCHED = 1_000
#: Titles of one search that a mail tells; the others are counted.
_MOST_TOLD = 20
#: The hour of Paris from which the alerts of a day are sent.
_MORNING_HOUR = 7
#: Where a person keeps his searches.
_KEPT_AT = "/mes-recherches"


@dataclass(frozen=True, slots=True)
class _News:
    """What one search newly finds, the latest first."""

    search: SavedSearch
    rows: tuple[SearchRow, ...]


def set_alert(
    site: Any,
    key: str,
    is_alerted: bool,  # noqa: FBT001
    *,
    actor: Actor,
    registry: Any,
) -> None:
    """Be told by mail of what a search newly finds, or no more.

    What it finds now is known: it is not told.

    Raises:
        StateError: the actor keeps no such search any more.
        InvalidInputError: the account has no address of mail, or the search finds too
            much to be watched.
    """
    search = require_saved(site, key, actor)
    if is_alerted == search.is_alerted:
        return
    if is_alerted:
        _require_address(site, actor)
        wanted = read_address(search.asked)
        found = _ask(site, wanted, actor, registry)
        _require_few(found.total)
        known = _rows(site, wanted, actor, registry)
        search.told = LLTreeSet(row.number for row in known)
        # Nothing could be looked for yet: what the first round finds is known too.
        search.is_primed = _knows(found)
    search.is_alerted = is_alerted


def begin_day(site: Any, now: datetime) -> bool:
    """Note that the alerts of the day begin; False when they did, or it is too early.

    Two processes that begin at once meet in the database: one of them gives up.
    """
    base = site[SERVICE]
    today = legal_day(now)
    is_early = now.astimezone(PARIS).hour < _MORNING_HOUR
    if is_early or base.alerted_on == today:
        return False
    base.alerted_on = today
    return True


def watchers(site: Any) -> list[str]:
    """Return the logins of those who asked to be told of something."""
    return [
        login
        for login, user in site["utilisateurs"].items()
        if any(search.is_alerted for _key, search in searches_of(user))
    ]


def tell_news(site: Any, login: str, *, now: datetime, registry: Any) -> int:
    """Tell one person by mail what his searches newly find, as his rights are now.

    Returns:
        how many things he is told of; 0 when there is no mail.
    """
    user = site["utilisateurs"].get(login)
    if user is None or not user.is_active or not user.email:
        return 0
    try:
        actor = actor_for(site, login, now)
    except NotAllowedError:
        return 0
    news = list(_news(site, user, actor, registry))
    if news:
        post(registry, _message(user, news, registry))
    for item in news:
        item.search.told.update(row.number for row in item.rows)
        item.search.alerted_at = now
    return sum(len(item.rows) for item in news)


def _news(site: Any, user: Any, actor: Actor, registry: Any) -> Iterator[_News]:
    for _key, search in searches_of(user):
        if not search.is_alerted:
            continue
        wanted = read_address(search.asked)
        rows = _rows(site, wanted, actor, registry)
        if not search.is_primed:
            search.told.update(row.number for row in rows)
            search.is_primed = bool(rows) or _knows(_ask(site, wanted, actor, registry))
            continue
        fresh = tuple(row for row in rows if row.number not in search.told)
        if fresh:
            yield _News(search, fresh)


def _knows(found: SearchPage) -> bool:
    """Tell whether the index knows the site: what it does not find is not there."""
    return bool(found.total) or not found.is_late


def _ask(site: Any, wanted: SearchWanted, actor: Actor, registry: Any) -> SearchPage:
    """Ask how much has the very words: an alert waits for them, and mends none."""
    counted = replace(wanted, size=1, as_typed=True)
    return ask(site, counted, actor=actor, registry=registry)


def _rows(
    site: Any, wanted: SearchWanted, actor: Actor, registry: Any
) -> list[SearchRow]:
    latest = replace(wanted, order="recent")
    most = MOST_WATCHED
    return list(walk(site, latest, actor=actor, registry=registry, most=most))


def _require_address(site: Any, actor: Actor) -> None:
    if not site["utilisateurs"][actor.login].email:
        raise InvalidInputError(
            _(
                "alert-needs-mail",
                default="Votre compte n’a pas d’adresse de courriel : demandez à votre "
                "administrateur de l’ajouter.",
            ),
            "alert",
        )


def _require_few(total: int) -> None:
    if total > MOST_WATCHED:
        raise InvalidInputError(
            _(
                "alert-too-wide",
                default="Cette recherche trouve plus de ${count} documents : ajoutez "
                "un mot ou un filtre pour être alerté.",
                mapping={"count": MOST_WATCHED},
            ),
            "alert",
        )


def _message(user: Any, news: list[_News], registry: Any) -> Message:
    base_url = registry.site_settings.base_url.rstrip("/")
    told = {
        "name": user.title,
        "news": "\n\n".join(_told(item, base_url) for item in news),
        "link": f"{base_url}{_KEPT_AT}",
    }
    subject = _SUBJECT % {"names": ", ".join(item.search.name for item in news)[:150]}
    return Message(
        subject=french(subject), recipients=[user.email], body=french(_BODY % told)
    )


def _told(news: _News, base_url: str) -> str:
    lines = [
        french(_SEARCH % {"name": news.search.name, "count": len(news.rows)}),
        *(
            f"- {row.title} ({french(KIND_TITLES[row.kind])})\n"
            f"  {base_url}{resource_path(row.item)}"
            for row in news.rows[:_MOST_TOLD]
        ),
    ]
    others = len(news.rows) - _MOST_TOLD
    if others > 0:
        lines.append(french(_OTHERS % {"count": others}))
    return "\n".join(lines)


_SUBJECT = _("mail-alert-subject", default="Nouveaux résultats : ${names}")
_SEARCH = _("mail-alert-search", default="« ${name} » : ${count}")
_OTHERS = _("mail-alert-others", default="- et d’autres : ${count}")
_BODY = _(
    "mail-alert-body",
    default="Bonjour ${name},\n\nDe nouveaux documents répondent à vos recherches "
    "enregistrées.\n\n${news}\n\nPourquoi ce message ? Vous avez demandé à être alerté "
    "des nouveaux résultats de ces recherches. Pour les revoir ou ne plus être "
    "alerté :\n${link}\n",
)
