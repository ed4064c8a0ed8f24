"""Every view × every profile: 200 or 403, as the functions of the profile say.

The views come from the registry itself: a new view without a permission, or one whose
permission nobody thought of, fails here.
"""

from typing import Any

import pytest
import transaction

from sicp import clock
from sicp import permissions as p
from sicp.clock import legal_day
from sicp.operations.knowledge.bin import remove_item
from sicp.operations.user.account import create_user
from sicp.operations.user.assignment import assign
from sicp.operations.user.right import actor_for
from sicp.operations.user.right import may
from sicp.roles import FUNCTION_BY_CODE
from sicp.roles import PROFILES
from tests.conftest import all_powerful
from tests.factories.knowledge import build_base
from tests.factories.knowledge import build_closed
from tests.functional.conftest import log_in

#: Views that open without being logged in; each has its reason.
PUBLIC = {
    "accessibilite",  # a duty of the law
    "connexion",
    "deconnexion",
    "mot-de-passe-oublie",
    "nouveau-mot-de-passe",
}


def views_of(registry: Any) -> list[dict[str, Any]]:
    """Return every view of ours: context, name, permission."""
    found = []
    for item in registry.introspector.get_category("views"):
        view = item["introspectable"]
        derived = view["derived_callable"]
        module = getattr(view["callable"], "__module__", "")
        is_static = "static" in (view["name"] or "")
        if not module.startswith("sicp.") or derived is None or is_static:
            continue
        if isinstance(view["context"], type) and issubclass(view["context"], Exception):
            continue
        permissions = [
            related["value"]
            for related in item["related"]
            if related.category_name == "permissions"
        ]
        found.append(
            {
                "name": view["name"],
                "context": view["context"],
                "permission": permissions[0] if permissions else None,
                "method": view["request_methods"],
            }
        )
    return found


def test_every_view_has_a_permission(served) -> None:
    views = views_of(served.registry)
    assert len(views) > 20
    without = [v for v in views if v["permission"] is None]
    assert without == []


def test_only_the_listed_views_are_public(served) -> None:
    public = {
        v["name"] for v in views_of(served.registry) if v["permission"] == p.PUBLIC
    }
    assert public <= PUBLIC


def test_every_permission_is_given_by_a_function_or_by_being_logged_in(served) -> None:
    given = {q for f in FUNCTION_BY_CODE.values() for q in f.permissions}
    given |= {
        p.PUBLIC,
        p.ENTER,
        p.VIEW_ADMINISTRATION,
        p.VIEW_ORGANISATION,
        p.VIEW_COMPANIES,
    }
    asked = {v["permission"] for v in views_of(served.registry)}
    assert asked <= given


@pytest.mark.parametrize("model", PROFILES, ids=lambda model: model.name)
def test_each_profile_opens_what_its_functions_open(served, site, model) -> None:
    place = place_person(served, site, model.name)
    app = log_in(served, "essai")
    actor = actor_for(site, "essai", clock.now())
    wrong = []
    for view in views_of(served.registry):
        for context in contexts_of(site, view["context"], place):
            is_posted = view["method"] and "GET" not in view["method"]
            if is_posted or view["name"] in PUBLIC:
                continue
            expected = may(actor, view["permission"], context)
            status = app.get(address(context, view["name"]), expect_errors=True).status
            is_open = not status.startswith("403")
            if is_open != expected or status[0] == "5":
                wrong.append((view["name"], context.__class__.__name__, status))
    assert wrong == []


def test_a_posted_view_is_refused_without_its_permission(served, site) -> None:
    place_person(served, site, "beneficiary")
    app = log_in(served, "essai")
    token = app.get("/").forms["logout"]["csrf_token"].value
    actor = actor_for(site, "essai", clock.now())
    tried = 0
    for view in views_of(served.registry):
        if not view["method"] or "GET" in view["method"] or view["name"] in PUBLIC:
            continue
        for context in contexts_of(site, view["context"], None):
            if may(actor, view["permission"], context):
                continue
            app.post(address(context, view["name"]), {"csrf_token": token}, status=403)
            tried += 1
    assert tried > 0


def place_person(served: Any, site: Any, profile: str) -> Any:
    """Open an account with one profile, at the entity of a consultation."""
    consultation = some_consultation(site)
    entity = site.__objectmap__.object_for(consultation.responsible[0])
    by = {"actor": all_powerful(site), "now": clock.now(), "registry": served.registry}
    user = create_user(site, "essai", "Essai", "", entity, **by)
    other = site["utilisateurs"]["redacteur"]
    user.password_hash, user.password_set_at = other.password_hash, clock.now()
    user.is_demonstration = True
    assign(site, user, profile, entity, legal_day(clock.now()), **by)
    made = build_base(site, by)
    build_closed(made, [site["organisation"]["syndicat-du-lac"].__oid__], by)
    remove_item(made["old"], **by)
    transaction.commit()
    return entity


def some_consultation(site: Any) -> Any:
    """Return a consultation of the demonstration that has lots."""
    every = [
        c
        for body in site["consultations"].values()
        for year in body.values()
        for c in year.values()
    ]
    return next((c for c in every if len(c["lots"])), every[0])


def contexts_of(site: Any, wanted: Any, place: Any) -> list[Any]:
    """Return one object of the site to which a view applies."""
    consultation = some_consultation(site)
    candidates = [
        site,
        *site.values(),
        consultation.__parent__.__parent__,
        consultation.__parent__,
        consultation,
        consultation["lots"],
        *list(consultation["lots"].values())[:1],
        consultation["pieces"],
        *list(consultation["pieces"].values())[:1],
        *list(site["organisation"].values())[:2],
        *list(next(iter(site["organisation"].values())).values())[:1],
        *list(site["profils"].values())[:1],
        site["utilisateurs"]["redacteur"],
        *list(site["clausier"].values())[:1],
        *list(site["canevas"].values())[:1],
        site["clausier"]["penalites"]["retard"],
        site["clausier"]["penalites"]["retard"]["penalties-late-fixed"],
        *list(site["propositions"].values())[:2],
        *knowledge_of(site),
    ]
    return [c for c in candidates if is_of(wanted, c)]


def knowledge_of(site: Any) -> list[Any]:
    """Return folders and sheets of the knowledge base, open, closed, thrown away."""
    base = site["connaissances"]
    practice, closed = base["fiches-de-la-region"], base["contentieux-reserve"]
    entries = list(base["corbeille"].values())
    return [
        *(base["corbeille"], *entries),
        *(practice, practice["fiche-a-ecrire"]),
        *(closed, closed["strategie-contentieuse"]),
    ]


def is_of(wanted: Any, candidate: Any) -> bool:
    """Tell whether a view registered for ``wanted`` serves ``candidate``."""
    if isinstance(wanted, type):
        return isinstance(candidate, wanted)
    return bool(wanted.providedBy(candidate))


def address(context: Any, name: str) -> str:
    """Return the path of a view."""
    parts = []
    while context.__parent__ is not None:
        parts.append(context.__name__)
        context = context.__parent__
    path = "/" + "".join(f"{part}/" for part in reversed(parts))
    return path + name
