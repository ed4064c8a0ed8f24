"""« sicp can » says what a person may do, and why, as the ACL decides it."""

import json

from sicp.cli.site import open_site
from sicp.operations.consultation.reference import find_consultation
from sicp.operations.index import walk_consultations
from sicp.operations.user.right import may


def _consultation_of(responsible):
    with open_site() as opened:
        for found in walk_consultations(opened.root):
            entity = opened.root.__objectmap__.object_for(found.responsible[0])
            if entity.title == responsible:
                return found.reference
    raise LookupError(responsible)


def test_each_answer_is_that_of_the_acl(sicp):
    reference = _consultation_of("Service entretien et nettoyage")
    for login in ("redacteur", "gestionnaire", "suppleante", "redacteur.lac"):
        report = json.loads(sicp("can", login, "--on", reference, "--json").output)
        with open_site() as opened:
            actor = opened.actor(login)
            found = find_consultation(opened.root, reference)
            for item in report["permissions"]:
                assert item["allowed"] == may(actor, item["permission"], found)
                assert item["ace"].startswith("Allow" if item["allowed"] else "Deny")
                assert item["reasons"]


def test_the_substitute_is_told_to_act_for_somebody(sicp):
    report = json.loads(sicp("can", "suppleante", "--json").output)
    assert report["acts_for"] == ["redacteur"]
    assert report["sees"]["details"] >= 1
    told = sicp("can", "suppleante").output
    assert "(for redacteur)" in told


def test_the_other_body_sees_nothing_of_the_region(sicp):
    reference = _consultation_of("Service entretien et nettoyage")
    report = json.loads(
        sicp("can", "redacteur.lac", "--on", reference, "--json").output
    )
    assert not any(item["allowed"] for item in report["permissions"])


def test_what_does_not_exist_is_said(sicp):
    assert sicp("can", "personne").exit_code == 1
    assert sicp("can", "admin", "--on", "1999-0001").exit_code == 1


def test_a_closed_account_is_told(sicp):
    sicp("user", "close", "lecteur")
    assert "closed" in sicp("can", "lecteur").output
