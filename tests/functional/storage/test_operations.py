"""The same work in a FileStorage and in PostgreSQL, read back by another connection."""

from decimal import Decimal
from typing import Any

import transaction

from sicp import clock
from sicp.cli.site import OpenSite
from sicp.operations.consultation.consultation import change_state
from sicp.operations.consultation.consultation import create_consultation
from sicp.operations.consultation.lot import add_lot
from sicp.operations.consultation.lot import remove_lot
from sicp.operations.consultation.perimeter import entrust
from sicp.operations.consultation.reference import find_consultation
from sicp.operations.consultation.upstream_form import answers_of
from sicp.operations.consultation.upstream_form import save_step
from sicp.operations.health import faults_of
from sicp.operations.organisation import create_entity
from sicp.operations.organisation import move_entity
from sicp.operations.user.account import create_user
from sicp.operations.user.assignment import assign
from sicp.operations.user.right import may
from sicp.permissions import VIEW_DETAIL


def _by(opened: OpenSite, login: str | None = None) -> dict[str, Any]:
    return {
        "actor": opened.actor(login),
        "now": clock.now(),
        "registry": opened.registry,
    }


def _people(opened: OpenSite) -> None:
    site, by = opened.root, _by(opened)
    body = create_entity(site["organisation"], "body", "Région", name="region", **by)
    today = clock.legal_day(by["now"])
    for name in ("lycees", "routes"):
        direction = create_entity(body, "direction", name.title(), name=name, **by)
        create_entity(direction, "service", f"Entretien des {name}", **by)
        user = create_user(site, name, name.title(), "", direction, **by)
        for profile in ("administrative-writer", "procedure-manager"):
            assign(site, user, profile, direction, today, **by)


def _write(opened: OpenSite) -> str:
    site, by = opened.root, _by(opened, "lycees")
    service = site["organisation"]["region"]["lycees"]["entretien-des-lycees"]
    found = create_consultation(site, {"object": "Nettoyage"}, [service.__oid__], **by)
    amount = {"estimated_amount": Decimal("1234567.89"), "nature": "services"}
    save_step(found, "need", amount, **by)
    save_step(found, "lots", {"is_allotted": True}, **by)
    for title in ("Vitres", "Sols", "Façades"):
        add_lot(found, {"object": title}, **by)
    remove_lot(found["lots"].in_order()[0], **by)
    return found.reference


def test_what_one_wrote_another_reads(place: Any) -> None:
    with place.opened() as opened:
        _people(opened)
        opened.commit()
    with place.opened() as opened:
        reference = _write(opened)
        opened.commit()
    with place.opened() as opened:
        found = find_consultation(opened.root, reference)
        answers = answers_of(found)
        assert answers["estimated_amount"] == Decimal("1234567.89")
        assert [lot["object"] for lot in answers["lots"]] == ["Sols", "Façades"]
        assert may(opened.actor("lycees"), VIEW_DETAIL, found)
        assert not may(opened.actor("routes"), VIEW_DETAIL, found)
        assert faults_of(opened.root, opened.registry) == []


def test_rights_follow_a_move_and_a_new_responsible(place: Any) -> None:
    with place.opened() as opened:
        _people(opened)
        opened.commit()
        reference = _write(opened)
        opened.commit()
    with place.opened() as opened:
        region = opened.root["organisation"]["region"]
        entity = region["lycees"]["entretien-des-lycees"]
        move_entity(entity, region["routes"], **_by(opened))
        opened.commit()
    with place.opened() as opened:
        found = find_consultation(opened.root, reference)
        assert not may(opened.actor("lycees"), VIEW_DETAIL, found)
        assert may(opened.actor("routes"), VIEW_DETAIL, found)
        lycees = opened.root["organisation"]["region"]["lycees"].__oid__
        entrust(found, [lycees], [], **_by(opened))
        change_state(found, "abandon", reason="Besoin disparu", **_by(opened, "lycees"))
        opened.commit()
    with place.opened() as opened:
        found = find_consultation(opened.root, reference)
        assert may(opened.actor("lycees"), VIEW_DETAIL, found)
        assert not may(opened.actor("routes"), VIEW_DETAIL, found)
        assert faults_of(opened.root, opened.registry) == []


def test_what_is_given_up_leaves_no_trace(place: Any) -> None:
    with place.opened() as opened:
        _people(opened)
        opened.commit()
    with place.opened() as opened:
        reference = _write(opened)
        transaction.abort()
    with place.opened() as opened:
        assert find_consultation(opened.root, reference) is None
        assert faults_of(opened.root, opened.registry) == []
        following = _write(opened)
        assert following != reference
        transaction.abort()
