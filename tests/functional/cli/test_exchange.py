"""Published contracts are taken into the site, once, and kept up to date."""

import gzip
import json
import os
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sicp.cli.site import open_site
from sicp.operations.health import faults_of
from sicp.operations.index import walk_consultations

REGION = "99900100100018"
LAC = "99900200900010"
NEWCOMER = "21690123100011"
_DATA = Path(os.environ.get("SICP_REAL_DATA", "../shared/data"))

CONTRACT = {
    "id": "2024NETT01",
    "acheteur": {"id": REGION},
    "nature": "Marché",
    "objet": "Nettoyage des vitres du siège",
    "codeCPV": "90911300-9",
    "procedure": "Procédure adaptée",
    "lieuExecution": {"code": "00100", "typeCode": "Code postal"},
    "dureeMois": 24,
    "dateNotification": "2024-05-14",
    "datePublicationDonnees": "2024-06-01",
    "montant": 84000.5,
    "formePrix": "Forfaitaire",
    "offresRecues": 3,
    "titulaires": [
        {
            "titulaire": {
                "id": "35600000000048",
                "typeIdentifiant": "SIRET",
                "denominationSociale": "La Poste",
            }
        }
    ],
}


def contract(**changes):
    """Return a contract of the Region, changed."""
    return {**deepcopy(CONTRACT), **changes}


@pytest.fixture
def publish(tmp_path):
    """Write contracts in a file, as they are published."""

    def write(*contracts, name="decp.json"):
        path = tmp_path / name
        text = json.dumps({"marches": {"marche": list(contracts)}})
        path.write_text(text, encoding="utf-8")
        return path

    return write


def _import(sicp, *words, login="admin"):
    result = sicp("import", "decp", *words, "--as", login, "--json")
    lines = result.stdout.strip().splitlines()
    assert len(lines) == 1, result.output
    return json.loads(lines[0])


def _taken(uid=f"{REGION}2024NETT01"):
    with open_site() as opened:
        found = [c for c in walk_consultations(opened.root) if c.source_uid == uid]
        assert len(found) == 1
        return {
            "answers": dict(found[0].answers),
            "award": dict(found[0].award),
            "year": found[0].__parent__.__name__,
            "state": found[0].__workflow_state__["consultation"],
            "reference": found[0].reference,
            "holders": [
                opened.root.__objectmap__.object_for(h["company"]).title
                for h in found[0].award["holders"]
            ],
        }


def test_a_contract_becomes_an_imported_consultation_of_its_buyer(sicp, publish):
    report = _import(sicp, publish(CONTRACT))
    assert report == {
        "read": 1,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "refused": [],
    }
    taken = _taken()
    assert (taken["state"], taken["year"]) == ("imported", "2024")
    assert taken["reference"] == "2024-0001"
    assert taken["answers"]["object"] == "Nettoyage des vitres du siège"
    assert taken["answers"]["cpv"] == "90911300"
    assert taken["answers"]["procedure"] == "MAPA"
    assert taken["answers"]["nature"] == "services"
    assert taken["answers"]["duration_months"] == 24
    assert taken["answers"]["place_code_type"] == "Code postal"
    assert taken["award"]["amount"] == Decimal("84000.5")
    assert taken["award"]["notified_on"] == date(2024, 5, 14)
    assert taken["award"]["bids_received"] == 3
    assert taken["holders"] == ["La Poste"]


def test_read_again_it_changes_nothing(sicp, publish, home):
    path = publish(CONTRACT, contract(id="2024NETT02"))
    _import(sicp, path)
    reference = _taken()["reference"]
    report = _import(sicp, path)
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 0, 2)
    assert _taken()["reference"] == reference


def test_a_new_publication_changes_only_what_nobody_wrote(sicp, publish):
    _import(sicp, publish(CONTRACT))
    with open_site() as opened:
        found = next(c for c in walk_consultations(opened.root) if c.source_uid)
        found.answers["object"] = "Objet corrigé par la rédactrice"
        opened.commit()
    newer = contract(objet="Nettoyage des vitres", dureeMois=36, montant=99000)
    report = _import(sicp, publish(newer))
    assert (report["created"], report["updated"]) == (0, 1)
    taken = _taken()
    assert taken["answers"]["object"] == "Objet corrigé par la rédactrice"
    assert taken["answers"]["duration_months"] == 36
    assert taken["award"]["amount"] == Decimal(99000)
    with open_site() as opened:
        assert faults_of(opened.root, opened.registry) == []


def test_what_is_refused_is_told_with_its_rank_and_why(sicp, publish):
    report = _import(
        sicp,
        publish(
            CONTRACT,
            contract(id="A", acheteur={"id": "123"}),
            contract(id="B", montant="beaucoup"),
            contract(id="C", dateNotification="jamais"),
        ),
    )
    assert (report["read"], report["created"]) == (4, 1)
    assert [item["record"] for item in report["refused"]] == [2, 3, 4]
    assert all(item["reasons"] for item in report["refused"])
    text = sicp("import", "decp", publish(contract(id="")), "--as", "admin")
    assert "record 1" in text.output
    assert text.exit_code == 1


def test_a_damaged_file_is_refused_whole(sicp, tmp_path):
    path = tmp_path / "decp.json.gz"
    path.write_bytes(gzip.compress(b'{"marches": []}' * 50)[:-20])
    result = sicp("import", "decp", path, "--as", "admin")
    assert result.exit_code == 1
    assert "Error: " in result.output


def test_an_unknown_buyer_becomes_a_body_for_the_administrator_of_the_top(
    sicp, publish
):
    path = publish(contract(acheteur={"id": NEWCOMER, "nom": "Commune de Valbois"}))
    assert _import(sicp, path)["created"] == 1
    with open_site() as opened:
        body = opened.root["organisation"][NEWCOMER]
        assert body.title == "Commune de Valbois"
        assert body.settings["siret"] == NEWCOMER
        assert faults_of(opened.root, opened.registry) == []


def test_a_buyer_with_a_wrong_key_is_taken_with_a_remark(sicp, publish):
    report = _import(sicp, publish(contract(acheteur={"id": "21690123100012"})))
    assert report["created"] == 1
    assert _taken("216901231000122024NETT01")["award"]["remarks"]


@pytest.fixture
def importer(sicp):
    """An administrator of the Region alone."""
    words = ("lecteur", "administrator", "--entity", "region-ile-des-alpes")
    assert sicp("user", "assign", *words).exit_code == 0
    return "lecteur"


def test_the_importer_of_a_body_takes_its_contracts_and_no_others(
    sicp, publish, importer
):
    path = publish(
        CONTRACT,
        contract(id="2", acheteur={"id": LAC}),
        contract(id="3", acheteur={"id": NEWCOMER}),
    )
    report = _import(sicp, path, login=importer)
    assert report["created"] == 1
    assert [item["record"] for item in report["refused"]] == [2, 3]
    with open_site() as opened:
        assert NEWCOMER not in opened.root["organisation"]


def test_all_contracts_of_a_file_may_be_put_in_one_body(sicp, publish, importer):
    path = publish(CONTRACT, contract(id="3", acheteur={"id": NEWCOMER}))
    words = (path, "--body", "Région Île-des-Alpes")
    assert _import(sicp, *words, login=importer)["created"] == 2
    assert _taken(f"{NEWCOMER}3")["award"]["buyer"]["siret"] == NEWCOMER


def test_an_entity_may_answer_for_all_of_them(sicp, publish):
    entity = "region-ile-des-alpes/direction-des-lycees"
    assert _import(sicp, publish(CONTRACT), "--entity", entity)["created"] == 1
    seen = json.loads(sicp("can", "redacteur", "--json").output)["sees"]["details"]
    _import(sicp, publish(contract(id="4")), "--entity", entity)
    after = json.loads(sicp("can", "redacteur", "--json").output)["sees"]["details"]
    assert after == seen + 1


@pytest.mark.parametrize("login", ["redacteur", "lecteur", "personne"])
def test_who_does_not_import_is_refused(sicp, publish, login):
    result = sicp("import", "decp", publish(CONTRACT), "--as", login)
    assert result.exit_code == 1


def test_an_import_is_done_in_somebody_s_name(sicp, publish):
    assert sicp("import", "decp", publish(CONTRACT)).exit_code == 2
    with open_site() as opened:
        before = len(opened.root["journal"])
    _import(sicp, publish(CONTRACT))
    with open_site() as opened:
        entries = opened.root["journal"].newest(3)
        assert len(opened.root["journal"]) > before
        assert any(
            (e["action"], e["actor"]) == ("decp-imported", "admin") for e in entries
        )


def test_companies_are_known_once(sicp, publish):
    _import(sicp, publish(CONTRACT, contract(id="5")))
    with open_site() as opened:
        assert len(opened.root["entreprises"]) == 1


def test_real_contracts_are_taken_and_taken_again(sicp):
    path = _DATA / "decp" / "decp_v1_e-marchespublics_2019.json.gz"
    if not path.is_file():
        pytest.skip(f"real contracts are not there: {path} (see SICP_REAL_DATA)")
    first = _import(sicp, path)
    assert first["created"] > 400
    assert first["read"] == first["created"] + len(first["refused"])
    again = _import(sicp, path)
    assert (again["created"], again["updated"]) == (0, 0)
    assert again["unchanged"] == first["created"]
    assert again["refused"] == first["refused"]
    assert sicp("check").exit_code == 0
