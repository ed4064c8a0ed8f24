"""Says what a person may do on an object, and why."""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pyramid.authorization import ACLAuthorizationPolicy
from pyramid.authorization import Allow

from sicp import permissions as p
from sicp.catalog.indexes import allowed_to
from sicp.i18n import _
from sicp.interfaces.consultation import IConsultation
from sicp.interfaces.organisation import IEntity
from sicp.operations.user.right import holdings_of
from sicp.operations.user.right import principals_of
from sicp.roles import FUNCTION_BY_CODE
from sicp.roles import FUNCTIONS
from sicp.workflows.consultation.consultation import TABLE

_POLICY = ACLAuthorizationPolicy()
_ENTITY_PERMISSIONS = (
    p.CREATE_CONSULTATION,
    p.MANAGE_ORGANISATION,
    p.MANAGE_USERS,
    p.ASSIGN_PROFILES,
    p.SIMULATE,
    p.IMPORT_DATA,
)


@dataclass(frozen=True, slots=True)
class Holding:
    """A function held at an entity; ``through`` is the absent person, if any."""

    function: str
    entity: int
    where: str
    through: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a permission is given here, and the parts of the reason.

    ``functions`` are those that give the permission anywhere; ``ace`` is the line of
    the ACL that decides, empty when no line speaks of it; ``holdings`` are those of
    the person that count for the permission, here or elsewhere; ``reasons`` are
    French sentences.
    """

    permission: str
    functions: tuple[str, ...]
    allowed: bool
    ace: str
    holdings: tuple[Holding, ...]
    reasons: tuple[str, ...]


def explain(site: Any, user: Any, context: Any, on: date) -> list[Verdict]:
    """Say of each permission that counts on ``context`` whether ``user`` has it.

    ``context`` is a consultation, an entity, or a service of the site; ``on`` is a day
    in France.
    """
    principals = principals_of(site, user, on)
    holdings = tuple(holdings_in_words(site, user, on))
    return [
        _verdict(permission, context, principals, holdings, user)
        for permission in permissions_on(context)
    ]


def holdings_in_words(site: Any, user: Any, on: date) -> Iterator[Holding]:
    """Walk the functions ``user`` holds on a day, each with its entity by name."""
    objectmap = site.__objectmap__
    for function, number, login in holdings_of(site, user, on):
        entity = objectmap.object_for(number)
        where = entity.full_title() or entity.title
        yield Holding(function, number, where, login if login != user.login else "")


def visible_counts(site: Any, user: Any, on: date) -> dict[str, int]:
    """Count the consultations whose card, and whose detail, ``user`` may view."""
    principals = principals_of(site, user, on)
    queries = {"cards": "allowed", "details": "allowed_detail"}
    return {
        name: int(site.business_catalog.query(allowed_to(principals, index))[0])
        for name, index in queries.items()
    }


def permissions_on(context: Any) -> tuple[str, ...]:
    """Return the permissions that mean something on an object, in order."""
    if IConsultation.providedBy(context):
        return TABLE.permissions()
    if IEntity.providedBy(context):
        return _ENTITY_PERMISSIONS
    named = {name for ace in _acls_above(context) for name in ace[2]}
    return tuple(sorted(named))


def functions_giving(permission: str) -> tuple[str, ...]:
    """Return the codes of the functions that give ``permission``."""
    return tuple(f.code for f in FUNCTIONS if permission in f.permissions)


def _verdict(
    permission: str,
    context: Any,
    principals: frozenset[str],
    holdings: tuple[Holding, ...],
    user: Any,
) -> Verdict:
    answer = _POLICY.permits(context, principals, permission)
    codes = functions_giving(permission)
    counting = tuple(item for item in holdings if item.function in codes)
    allowed = bool(answer)
    if allowed:
        counting = tuple(item for item in counting if _decides(item, answer.ace))
        reasons = _reasons_of_yes(counting)
    else:
        reasons = _reasons_of_no(user, context, codes, counting)
    return Verdict(permission, codes, allowed, _line(answer.ace), counting, reasons)


def _decides(holding: Holding, ace: Any) -> bool:
    principal = ace[1] if isinstance(ace, tuple) else ""
    return str(principal).partition("@")[0] == holding.function


def _reasons_of_yes(holdings: Iterable[Holding]) -> tuple[str, ...]:
    return tuple(_holding_sentence(item) for item in dict.fromkeys(holdings)) or (
        _("right-everyone", default="Toute personne connectée a ce droit."),
    )


def _holding_sentence(holding: Holding) -> str:
    mapping = {
        "code": holding.function,
        "title": FUNCTION_BY_CODE[holding.function].title.interpolate(),
        "where": holding.where,
        "absent": holding.through,
    }
    if holding.through:
        return _(
            "right-held-for",
            default="${code} « ${title} », tenue pour « ${where} » "
            "au nom de ${absent}.",
            mapping=mapping,
        )
    return _(
        "right-held",
        default="${code} « ${title} », tenue pour « ${where} ».",
        mapping=mapping,
    )


def _reasons_of_no(
    user: Any, context: Any, codes: tuple[str, ...], holdings: tuple[Holding, ...]
) -> tuple[str, ...]:
    if not user.is_active:
        return (_("right-no-account", default="Le compte est fermé."),)
    if not holdings:
        return (
            _(
                "right-no-function",
                default="Aucune affectation en vigueur ne donne ${codes}.",
                mapping={"codes": ", ".join(codes) or "ce droit"},
            ),
        )
    return (_reason_of_place(context, holdings), *map(_holding_sentence, holdings))


def _reason_of_place(context: Any, holdings: tuple[Holding, ...]) -> str:
    if IConsultation.providedBy(context) and not _may_act_in_state(context, holdings):
        return _(
            "right-wrong-state",
            default="La fonction est tenue, mais l’état de la consultation "
            "ne la laisse pas agir.",
        )
    return _(
        "right-elsewhere",
        default="La fonction est tenue ailleurs : le périmètre ne couvre pas ce lieu.",
    )


def _may_act_in_state(context: Any, holdings: tuple[Holding, ...]) -> bool:
    named = {
        str(principal).partition("@")[0]
        for action, principal, _names in context.__acl__
        if action == Allow
    }
    return any(item.function in named for item in holdings)


def _line(ace: Any) -> str:
    if not isinstance(ace, tuple):
        return ""
    action, principal, _names = ace
    return f"{action} {principal}"


def _acls_above(context: Any) -> Iterator[Any]:
    current = context
    while current is not None:
        yield from getattr(current, "__acl__", ())
        current = current.__parent__
