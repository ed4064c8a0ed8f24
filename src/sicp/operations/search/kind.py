"""The kinds of things that are found, and who may be shown each."""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.content_types.knowledge import is_in_bin
from sicp.i18n import _
from sicp.interfaces.clause import IClause
from sicp.interfaces.clause import IProposal
from sicp.interfaces.clause import IRelease
from sicp.interfaces.company import ICompany
from sicp.interfaces.consultation import IAttachment
from sicp.interfaces.consultation import IConsultation
from sicp.interfaces.consultation import IDraft
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.knowledge import ISheet
from sicp.interfaces.organisation import IEntity
from sicp.interfaces.organisation import IOrganisation
from sicp.interfaces.template import ITemplate
from sicp.interfaces.user import Actor
from sicp.interfaces.user import IUser
from sicp.operations.user.perimeter import sees_account
from sicp.operations.user.perimeter import sees_entity
from sicp.operations.user.right import may
from sicp.rules.sheet_kind import SHEET_KINDS

#: Before the kind of a sheet, in the facet « Nature ».
SHEET_PREFIX = "sheet."

KIND_TITLES: Mapping[str, str] = {
    **{f"{SHEET_PREFIX}{kind.name}": kind.title for kind in SHEET_KINDS.values()},
    "folder": _("kind-folder", default="Dossier"),
    "clause": _("kind-clause", default="Clause"),
    "template": _("kind-template", default="Canevas"),
    "proposal": _("kind-proposal", default="Proposition du comité"),
    "release": _("kind-release", default="Publication du clausier"),
    "consultation": _("kind-consultation", default="Consultation"),
    "piece": _("kind-piece", default="Pièce rédigée"),
    "attachment": _("kind-attachment", default="Pièce technique"),
    "company": _("kind-company", default="Entreprise"),
    "entity": _("kind-entity", default="Entité"),
    "user": _("kind-user", default="Compte"),
}


@dataclass(frozen=True, slots=True)
class _Rule:
    interface: Any
    kind: Callable[[Any], str]
    may_see: Callable[[Actor, Any], bool]


def _having(permission: str) -> Callable[[Actor, Any], bool]:
    return lambda actor, item: may(actor, permission, item)


def _sees_knowledge(actor: Actor, item: Any) -> bool:
    return may(actor, p.VIEW_KNOWLEDGE, item) and not is_in_bin(item)


def _sees_user(actor: Actor, item: Any) -> bool:
    site = find_objectmap(item).root
    return may(actor, p.VIEW_USERS, item) and sees_account(site, actor, item)


def _sees_entity(actor: Actor, item: Any) -> bool:
    return may(actor, p.VIEW_ADMINISTRATION, item) and sees_entity(actor, item)


def _named(name: str) -> Callable[[Any], str]:
    return lambda _item: name


_RULES = (
    _Rule(ISheet, lambda item: f"{SHEET_PREFIX}{item.kind}", _sees_knowledge),
    _Rule(IKnowledgeFolder, _named("folder"), _sees_knowledge),
    _Rule(IClause, _named("clause"), _having(p.VIEW_LIBRARY)),
    _Rule(ITemplate, _named("template"), _having(p.VIEW_LIBRARY)),
    _Rule(IProposal, _named("proposal"), _having(p.VIEW_PROPOSALS)),
    _Rule(IRelease, _named("release"), _having(p.VIEW_LIBRARY)),
    _Rule(IConsultation, _named("consultation"), _having(p.VIEW_CARD)),
    _Rule(IDraft, _named("piece"), _having(p.VIEW_DETAIL)),
    _Rule(IAttachment, _named("attachment"), _having(p.VIEW_DETAIL)),
    _Rule(ICompany, _named("company"), _having(p.VIEW_COMPANIES)),
    _Rule(IEntity, _named("entity"), _sees_entity),
    _Rule(IUser, _named("user"), _sees_user),
)


def kind_of(item: Any) -> str:
    """Return the kind of a thing that may be found; empty when it is none."""
    if IOrganisation.providedBy(item):
        return ""
    rule = _rule_of(item)
    return rule.kind(item) if rule is not None else ""


def may_find(actor: Actor, item: Any) -> bool:
    """Tell whether a thing may be shown to ``actor``, as its ACL has it now."""
    rule = _rule_of(item)
    return rule is not None and rule.may_see(actor, item)


def thing_numbered(site: Any, number: int) -> Any:
    """Return the thing of that number, None when there is none.

    A page asks tens of them: the names are followed without the ways of a traversal.
    """
    path = find_objectmap(site).path_for(number)
    if not path:
        return None
    found = site
    try:
        for name in path[1:]:
            found = found[name]
    except KeyError:
        return None
    return found


def _rule_of(item: Any) -> _Rule | None:
    return next((rule for rule in _RULES if rule.interface.providedBy(item)), None)
