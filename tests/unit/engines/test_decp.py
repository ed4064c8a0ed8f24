"""Reading of « données essentielles »: what is taken, told, refused."""

import contextlib
import gzip
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.engines.decp import DecpRecord
from sicp.engines.decp import DecpUnreadable
from sicp.engines.decp import Refusal
from sicp.engines.decp import json_stream
from sicp.engines.decp import read_decp
from sicp.i18n import french

V1: dict[str, Any] = {
    "id": "2019I1703000",
    "uid": "130018989000172019I1703000",
    "acheteur": {"id": "13001898900017", "nom": "INOVALYS"},
    "_type": "Marché",
    "nature": "Accord-cadre",
    "objet": "MAINTENANCE  DES INSTALLATIONS\nDE CHAUFFAGE",
    "codeCPV": "50700000-2",
    "procedure": "Appel d’offres ouvert",
    "lieuExecution": {"code": "49", "typeCode": "Code département", "nom": "Angers"},
    "dureeMois": 38,
    "dateNotification": "2018-12-17+01:00",
    "datePublicationDonnees": "2019-03-19+01:00",
    "montant": 153900.5,
    "formePrix": "Révisable",
    "titulaires": [
        {
            "typeIdentifiant": "SIRET",
            "id": "85480074501125",
            "denominationSociale": "AXIMA",
        }
    ],
    "modifications": [],
}
HEADER = (
    "uid,id,type,codeCPV,acheteur_id,acheteur_nom,titulaire_id,titulaire_nom,montant,"
    "dateNotification,procedure,dureeMois,offresRecues"
)
LINE = {
    "uid": "20006774200011L10",
    "id": "L10",
    "type": "Travaux",
    "codeCPV": "45215222",
    "acheteur_id": "20006774200011",
    "acheteur_nom": "CC SERRE-PONCON",
    "titulaire_id": "40072731900040",
    "titulaire_nom": "BOREL BTP",
    "montant": "350617.27",
    "dateNotification": "2024-11-04",
    "procedure": "Procédure adaptée",
    "dureeMois": "4",
    "offresRecues": "3",
}
OTHER_HOLDER = "85480074501125"


def v1(*changes: dict[str, Any]) -> bytes:
    records = [V1 | change for change in changes or ({},)]
    return json.dumps({"marches": records}).encode()


def table(*changes: dict[str, str], separator: str = ",") -> bytes:
    lines = [HEADER.replace(",", separator)]
    lines += [separator.join((LINE | change).values()) for change in changes or ({},)]
    return "\n".join(lines).encode()


def read(content: bytes) -> list[DecpRecord | Refusal]:
    return list(read_decp(io.BytesIO(content)))


def record(content: bytes) -> DecpRecord:
    (found,) = read(content)
    assert isinstance(found, DecpRecord), found
    return found


def refusal(content: bytes) -> Refusal:
    (found,) = read(content)
    assert isinstance(found, Refusal), found
    return found


def told(found: DecpRecord) -> list[tuple[str, str]]:
    return [(item.field, str(item.message)) for item in found.remarks]


class TestVersionOne:
    def test_a_contract_becomes_a_clean_record(self) -> None:
        found = record(v1())
        assert found.uid == "130018989000172019I1703000"
        assert (found.buyer_siret, found.buyer_name) == ("13001898900017", "INOVALYS")
        assert (found.contract_form, found.procedure) == ("framework", "AOO")
        assert found.object == "MAINTENANCE DES INSTALLATIONS DE CHAUFFAGE"
        assert (found.cpv, found.purchase) == ("50700000", "services")
        assert found.amount == Decimal("153900.5")
        assert found.notified_on == date(2018, 12, 17)
        assert found.published_on == date(2019, 3, 19)
        assert (found.price_form, found.price_variation) == (None, "revisable")
        assert [holder.siret for holder in found.holders] == ["85480074501125"]
        assert found.place is not None
        assert found.place.code == "49"
        assert found.positions == (1,)
        assert found.remarks == ()

    @pytest.mark.parametrize(
        ("label", "code"),
        [
            ("Appel d'offres restreint", "AOR"),
            ("PROCÉDURE ADAPTÉE", "MAPA"),
            ("Procédure concurrentielle avec négociation", "PAN"),
            ("Procédure négociée avec mise en concurrence préalable", "PAN_EA"),
            (
                "Marché négocié sans publicité ni mise en concurrence préalable",
                "SPMC",
            ),
        ],
    )
    def test_labels_of_every_age_become_our_codes(self, label: str, code: str) -> None:
        assert record(v1({"procedure": label})).procedure == code

    def test_an_amendment_is_read_once_and_gives_the_current_state(self) -> None:
        amendment = {
            "objetModification": "Avenant 1",
            "dateNotificationModification": "2019-02-15+01:00",
            "datePublicationDonneesModification": "2019-03-04+01:00",
            "montant": 160000,
            "dureeMois": 40,
            "titulaires": [{"typeIdentifiant": "SIRET", "id": "44064081100012"}],
        }
        found = record(v1({"modifications": [amendment, amendment]}))
        (modification,) = found.modifications
        assert modification.notified_on == date(2019, 2, 15)
        assert modification.months == 40
        assert found.current_amount == 160000
        assert found.current_holders[0].id == "44064081100012"
        assert found.amount == Decimal("153900.5")

    def test_without_amendment_the_current_state_is_the_first(self) -> None:
        found = record(v1())
        assert found.current_amount == found.amount
        assert found.current_holders == found.holders

    def test_a_foreign_holder_has_no_siret(self) -> None:
        foreign = {"typeIdentifiant": "TVA", "id": "DE185100646", "nom": "AGENTUR"}
        found = record(v1({"titulaires": [foreign]}))
        assert found.holders[0].siret is None
        assert (found.holders[0].id_type, found.remarks) == ("TVA", ())


class TestVersionTwo:
    CONTRACT = V1 | {
        "nature": "Marché",
        "techniques": {"technique": ["Accord-cadre"]},
        "modalitesExecution": {
            "modaliteExecution": ["Bons de commande", "Marchés subséquents"]
        },
        "typesPrix": {"typePrix": ["Définitif ferme"]},
        "formePrix": "Unitaire",
        "offresRecues": 4,
        "titulaires": [
            {"titulaire": {"typeIdentifiant": "SIRET", "id": "85480074501125"}}
        ],
        "considerationsSociales": {"considerationSociale": ["Clause sociale"]},
        "modifications": [
            {
                "modification": {
                    "id": 1,
                    "dureeMois": 12,
                    "montant": 175000.25,
                    "dateNotificationModification": "2020-01-02",
                    "titulaires": [
                        {"titulaire": {"typeIdentifiant": "SIRET", "id": "1"}}
                    ],
                }
            }
        ],
    }

    def contract(self, **changes: Any) -> DecpRecord:
        whole = {"marches": {"marche": [self.CONTRACT | changes]}}
        return record(json.dumps(whole).encode())

    def test_the_wrappers_are_taken_off(self) -> None:
        found = self.contract()
        assert found.contract_form == "framework_mixed"
        assert (found.price_form, found.price_variation) == ("unit", "firm")
        assert found.bids_received == 4
        assert found.social == ("Clause sociale",)
        assert found.techniques == ("Accord-cadre",)
        assert found.modifications[0].amount == Decimal("175000.25")
        assert told(found) == [("modifications", "decp-holder-unsure")]

    @pytest.mark.parametrize(
        ("modes", "form"),
        [
            (["Bons de commande"], "framework_orders"),
            (["Marchés subséquents"], "framework_subsequent"),
            (["Tranches"], "tranches"),
            (["Sans objet"], "ordinary"),
        ],
    )
    def test_the_modes_say_the_form(self, modes: list[str], form: str) -> None:
        found = self.contract(
            techniques={"technique": ["Sans objet"]},
            modalitesExecution={"modaliteExecution": modes},
        )
        assert found.contract_form == form

    def test_a_concession_is_a_contract_too(self) -> None:
        concession = {
            "id": "0612202306122024",
            "autoriteConcedante": {"id": "13001898900017"},
            "nature": "Délégation de service public",
            "objet": "Transport scolaire",
            "procedure": "Procédure négociée ouverte",
            "dureeMois": 12,
            "dateSignature": "2024-04-02",
            "valeurGlobale": 10.3,
            "concessionnaires": [
                {"concessionnaire": {"typeIdentifiant": "SIRET", "id": OTHER_HOLDER}}
            ],
        }
        whole = {"marches": {"contrat-concession": [concession]}}
        found = record(json.dumps(whole).encode())
        assert found.contract_form == "public_service_delegation"
        assert found.procedure == "CONC"
        assert found.notified_on == date(2024, 4, 2)
        assert found.amount == Decimal("10.3")
        assert (found.cpv, found.purchase, found.remarks) == (None, None, ())


class TestRefused:
    @pytest.mark.parametrize(
        ("change", "field", "message"),
        [
            (
                {"acheteur": {"nom": "X"}},
                "acheteur",
                "L’acheteur n’est pas identifié par un SIRET de 14 chiffres.",
            ),
            (
                {"acheteur": None},
                "acheteur",
                "L’acheteur n’est pas identifié par un SIRET de 14 chiffres.",
            ),
            ({"id": ""}, "id", "Le contrat n’a pas de numéro."),
            ({"montant": None}, "montant", "La valeur manque."),
            ({"montant": "beaucoup"}, "montant", "« beaucoup » ne peut être lu."),
            ({"montant": -1}, "montant", "Le montant est négatif."),
            (
                {"dateNotification": "hier"},
                "dateNotification",
                "« hier » ne peut être lu.",
            ),
            (
                {"dateNotification": "2024-02-30"},
                "dateNotification",
                "« 2024-02-30 » ne peut être lu.",
            ),
        ],
    )
    def test_a_contract_nobody_could_identify_is_refused_with_its_reason(
        self, change: dict, field: str, message: str
    ) -> None:
        (reason,) = refusal(v1(change)).reasons
        assert (reason.field, french(reason.message)) == (field, message)

    def test_all_reasons_are_told_at_once_with_the_place_in_the_file(self) -> None:
        first, second = read(
            v1({}, {"id": "A2", "montant": "", "dateNotification": ""})
        )
        assert isinstance(first, DecpRecord)
        assert isinstance(second, Refusal)
        assert second.positions == (2,)
        assert second.uid == "13001898900017A2"
        assert [item.field for item in second.reasons] == [
            "dateNotification",
            "montant",
        ]

    def test_contracts_without_identity_are_refused_one_by_one(self) -> None:
        assert len(read(v1({"id": None}, {"id": None}))) == 2


class TestTolerated:
    @pytest.mark.parametrize(
        ("change", "remark"),
        [
            ({"objet": " "}, ("objet", "decp-value-missing")),
            ({"codeCPV": "99999999"}, ("codeCPV", "decp-cpv-unknown")),
            ({"codeCPV": None}, ("codeCPV", "decp-value-missing")),
            ({"procedure": "Troc"}, ("procedure", "decp-label-unknown")),
            ({"procedure": ""}, ("procedure", "decp-value-missing")),
            ({"nature": "Don"}, ("nature", "decp-label-unknown")),
            ({"dureeMois": 0}, ("dureeMois", "decp-value-unreadable")),
            ({"dureeMois": 1.5}, ("dureeMois", "decp-value-unreadable")),
            ({"dureeMois": None}, ("dureeMois", "decp-value-missing")),
            ({"montant": 0}, ("montant", "decp-amount-zero")),
            ({"montant": 999999999}, ("montant", "decp-amount-improbable")),
            ({"montant": 10**9}, ("montant", "decp-amount-improbable")),
            ({"titulaires": []}, ("titulaires", "decp-value-missing")),
            ({"titulaires": [{"id": ""}]}, ("titulaires", "decp-value-missing")),
            ({"titulaires": [{"id": "12"}]}, ("titulaires", "decp-holder-unsure")),
            (
                {"titulaires": [{"id": "85480074501126"}]},
                ("titulaires", "decp-siret-key"),
            ),
            ({"acheteur": {"id": "13001898900018"}}, ("acheteur", "decp-siret-key")),
            ({"id": "12345678901234567"}, ("id", "decp-id-too-long")),
            (
                {"dateNotification": "1918-12-17"},
                ("dateNotification", "decp-day-improbable"),
            ),
            (
                {"datePublicationDonnees": "2018-01-01"},
                ("datePublicationDonnees", "decp-published-before"),
            ),
            (
                {"datePublicationDonnees": "demain"},
                ("datePublicationDonnees", "decp-value-unreadable"),
            ),
        ],
    )
    def test_a_defect_one_can_live_with_is_a_remark(
        self, change: dict, remark: tuple[str, str]
    ) -> None:
        assert told(record(v1(change))) == [remark]

    def test_an_unknown_label_is_kept_as_published(self) -> None:
        found = record(v1({"procedure": "Troc"}))
        assert (found.procedure, found.procedure_label) == (None, "Troc")

    @pytest.mark.parametrize(
        ("broken", "right"),
        [
            ("COMMUNAUTÃ\x89 DE COMMUNES", "COMMUNAUTÉ DE COMMUNES"),
            ("l\u00e2\x80\x99\u00c3\u00a9cole", "l’école"),
            ("main d\u00c5\x93uvre".replace("d", "d'"), "main d'œuvre"),
        ],
    )
    def test_text_encoded_twice_is_repaired_and_told(
        self, broken: str, right: str
    ) -> None:
        found = record(v1({"objet": broken}))
        assert found.object == right
        assert told(found) == [("objet", "decp-text-repaired")]

    @pytest.mark.parametrize(
        "text", ["« CAFÉ»", "25 °C", "ÎLE-DE-FRANCE", "à 10 € l’unité"]
    )
    def test_right_french_is_left_alone(self, text: str) -> None:
        found = record(v1({"objet": text}))
        assert found.object == text
        assert found.remarks == ()

    def test_what_cannot_be_decoded_again_is_kept(self) -> None:
        assert record(v1({"objet": "à\x80\x80 b"})).object == "à b"

    def test_the_same_defect_is_told_once(self) -> None:
        wrong = {"id": "85480074501126"}
        twice = record(v1({"titulaires": [wrong, wrong | {"nom": "AXIMA"}]}))
        assert told(twice) == [("titulaires", "decp-siret-key")]

    def test_control_characters_become_spaces(self) -> None:
        assert record(v1({"objet": "a\x00b\tc\x99d"})).object == "a b c d"

    @pytest.mark.parametrize(
        ("written", "day"),
        [
            ("2018-12-17", date(2018, 12, 17)),
            ("2018-12-17Z", date(2018, 12, 17)),
            ("2018-12-17+01:00", date(2018, 12, 17)),
            ("17/12/2018", date(2018, 12, 17)),
            ("2018-12-17T10:00:00", date(2018, 12, 17)),
            # 23:30 in Greenwich is already the 17th in Paris.
            ("2018-12-16T23:30:00+00:00", date(2018, 12, 17)),
        ],
    )
    def test_days_are_read_however_they_are_written(
        self, written: str, day: date
    ) -> None:
        assert record(v1({"dateNotification": written})).notified_on == day

    @pytest.mark.parametrize("written", ["153 900,50", "153900.50", 153900.5])
    def test_amounts_are_read_however_they_are_written(self, written: Any) -> None:
        assert record(v1({"montant": written})).amount == Decimal("153900.5")


class TestPublishedAgain:
    def test_the_last_publication_is_kept(self) -> None:
        corrected = {"montant": 160000, "datePublicationDonnees": "2019-04-01"}
        found = record(v1(corrected, {}))
        assert found.amount == 160000
        assert found.positions == (2, 1)
        assert told(found) == [("id", "decp-published-again")]

    def test_on_the_same_day_the_last_in_the_file_is_kept(self) -> None:
        found = record(v1({"objet": "Ancien objet"}, {"objet": "Nouvel objet"}))
        assert found.object == "Nouvel objet"

    def test_one_number_for_several_lots_takes_none(self) -> None:
        lot = {
            "objet": "Lot 2",
            "montant": 5,
            "titulaires": [{"id": "44064081100012"}],
        }
        found = refusal(v1({}, lot))
        assert found.positions == (1, 2)
        assert found.uid == "130018989000172019I1703000"
        assert "plusieurs contrats" in french(found.reasons[0].message)

    def test_two_lots_of_one_holder_are_still_two(self) -> None:
        assert refusal(v1({}, {"objet": "Lot 2", "montant": 5})).positions == (1, 2)

    def test_contracts_without_holders_are_compared_by_object(self) -> None:
        empty = {"titulaires": []}
        assert isinstance(read(v1(empty, empty))[0], DecpRecord)

    def test_the_digest_tells_a_change_and_nothing_else(self) -> None:
        shuffled = dict(reversed(V1.items()))
        same = json.dumps({"marches": [shuffled]}).encode()
        assert record(v1()).digest == record(same).digest
        assert record(v1()).digest != record(v1({"dureeMois": 39})).digest


class TestTable:
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_a_line_becomes_a_record(self, separator: str) -> None:
        found = record(table(separator=separator))
        assert found.uid == "20006774200011L10"
        assert (found.procedure, found.purchase) == ("MAPA", "works")
        assert (found.months, found.bids_received) == (4, 3)
        assert found.amount == Decimal("350617.27")
        assert found.holders[0].name == "BOREL BTP"
        # The short table has neither nature nor object: that is no defect.
        assert (found.contract_form, found.object, found.remarks) == (None, "", ())

    def test_the_kind_of_purchase_comes_from_the_cpv_when_not_told(self) -> None:
        assert record(table({"type": ""})).purchase == "works"
        supplies = record(table({"type": "", "codeCPV": "39160000"}))
        assert supplies.purchase == "supplies"

    def test_scattered_lines_of_one_day_are_the_holders(self) -> None:
        other = {"titulaire_id": OTHER_HOLDER, "titulaire_nom": "AXIMA"}
        elsewhere = {"uid": "x", "id": "L11"}
        first, second = read(table({}, elsewhere, other))
        assert isinstance(first, DecpRecord)
        assert isinstance(second, DecpRecord)
        assert [holder.name for holder in first.holders] == ["BOREL BTP", "AXIMA"]
        assert (first.positions, second.positions) == ((1, 3), (2,))

    def test_a_later_day_is_an_amendment(self) -> None:
        later = {"dateNotification": "2024-12-20", "montant": "400000"}
        found = record(table(later, {}))
        assert found.notified_on == date(2024, 11, 4)
        assert found.amount == Decimal("350617.27")
        assert found.current_amount == 400000
        assert found.modifications[0].notified_on == date(2024, 12, 20)

    def test_a_new_holder_at_the_same_amount_is_an_amendment(self) -> None:
        # R2194-6: the contract goes on with another firm.
        ceded = {"dateNotification": "2024-12-20", "titulaire_id": OTHER_HOLDER}
        assert record(table({}, ceded)).current_holders[0].id == OTHER_HOLDER

    @pytest.mark.parametrize(
        "other",
        [
            {"offresRecues": "7"},
            {"codeCPV": "45210000"},
            {"montant": "5", "titulaire_id": OTHER_HOLDER},
            {
                "montant": "5",
                "titulaire_id": OTHER_HOLDER,
                "dateNotification": "2024-12-20",
            },
        ],
    )
    def test_one_number_for_several_contracts_takes_none(self, other: dict) -> None:
        assert refusal(table({}, other)).positions == (1, 2)

    def test_an_unreadable_line_is_refused_alone(self) -> None:
        first, second = read(table({"montant": "?"}, {"id": "L11"}))
        assert isinstance(first, Refusal)
        assert isinstance(second, DecpRecord)

    def test_the_full_table_gives_its_lists_and_its_place(self) -> None:
        header = HEADER + ",nature,objet,techniques,lieuExecution_code,typesPrix"
        line = ",".join(LINE.values())
        cells = ',Marché,École,"Accord-cadre, Concours",05,Définitif ferme'
        found = record(f"{header}\n{line}{cells}\n".encode())
        assert found.contract_form == "framework"
        assert found.techniques == ("Accord-cadre", "Concours")
        assert found.object == "École"
        assert found.price_variation == "firm"
        assert found.place is not None
        assert found.place.code == "05"


class TestFile:
    def test_a_path_a_stream_and_a_compressed_one_are_read_alike(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "decp.json.gz"
        path.write_bytes(gzip.compress(v1()))
        assert list(read_decp(path)) == list(read_decp(str(path))) == read(v1())
        assert read(gzip.compress(table())) == read(table())

    def test_a_stream_that_was_lent_stays_open(self) -> None:
        for content in (v1(), gzip.compress(v1()), b"nothing"):
            stream = io.BytesIO(content)
            with contextlib.suppress(DecpUnreadable):
                list(read_decp(stream))
            assert not stream.closed

    def test_a_byte_order_mark_and_spaces_are_skipped(self) -> None:
        assert read(b"\xef\xbb\xbf\r\n " + v1()) == read(v1())
        assert read(b"\xef\xbb\xbf" + table()) == read(table())

    def test_what_stands_beside_the_contracts_is_passed_over(self) -> None:
        beside = {"version": 2.5, "note": {"a": "b"}, "marches": ["?", V1], "end": None}
        assert record(json.dumps(beside).encode()).id == V1["id"]

    def test_a_bare_array_is_read_too(self) -> None:
        assert read(json.dumps([V1]).encode()) == read(v1())

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "Le fichier n’a le format d’aucune version"),
            (b"bonjour", "Le fichier n’a le format d’aucune version"),
            (b"a;b;c\n1;2;3", "Le fichier n’a le format d’aucune version"),
            (b'{"marches": []}', "Le fichier n’a le format d’aucune version"),
            (b'{"autres": [{"id": 1}]}', "Le fichier n’a le format d’aucune version"),
            (v1()[:-9], "Le fichier n’est pas un JSON complet"),
            (v1() + b"}", "Le fichier n’est pas un JSON complet"),
            (b'{"marches": [nope]}', "Le fichier n’est pas un JSON complet"),
            (b'{"marches" [1]}', "Le fichier n’est pas un JSON complet"),
            (b'{"marches": }', "Le fichier n’est pas un JSON complet"),
            (b'{"a":' * 5000, "Le fichier n’est pas un JSON complet"),
            (b"[" * 200000, "Le fichier n’est pas un JSON complet"),
            (gzip.compress(v1())[:-30], "Le fichier compressé est tronqué"),
            (b"\x1f\x8bdamaged file", "Le fichier compressé est tronqué"),
            (v1().decode().encode("utf-16"), "Le fichier n’est pas encodé en UTF-8"),
            (
                table({"acheteur_nom": "É"}).decode().encode("cp1252"),
                "Le fichier n’est pas encodé en UTF-8",
            ),
            (
                table({"acheteur_nom": '"' + "x" * 200000}),
                "Le fichier n’a le format d’aucune version",
            ),
        ],
    )
    def test_a_bad_file_is_told_in_french_and_gives_nothing(
        self, content: bytes, message: str
    ) -> None:
        given_back = []
        with pytest.raises(DecpUnreadable) as caught:
            given_back.extend(read_decp(io.BytesIO(content)))
        assert french(caught.value.message).startswith(message)
        assert given_back == []

    def test_a_file_of_many_pieces_is_read_whole(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(json_stream, "CHUNK", 7)
        changes = [{"id": f"L{rank}", "montant": 1000 + rank} for rank in range(50)]
        found = read(v1(*changes))
        assert [item.amount for item in found] == [1000 + r for r in range(50)]

    def test_an_object_beyond_all_measure_is_given_up(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(json_stream, "CHUNK", 100)
        monkeypatch.setattr(json_stream, "LARGEST_OBJECT", 1000)
        with pytest.raises(DecpUnreadable):
            read(v1({"objet": "x" * 5000}))

    def test_progress_counts_the_records(self) -> None:
        seen: list[int] = []
        changes = [{"id": f"L{rank}"} for rank in range(1201)]
        list(read_decp(io.BytesIO(v1(*changes)), seen.append))
        assert seen == [500, 1000, 1201]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "titulaire", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(V1)), ANYTHING, max_size=5))
def test_whatever_a_publisher_writes_is_taken_or_refused(changes: dict) -> None:
    (found,) = read(v1(changes))
    defects = found.reasons if isinstance(found, Refusal) else found.remarks
    for defect in defects:
        assert "${" not in french(defect.message)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_file_is_read_or_told_unreadable(content: bytes) -> None:
    with contextlib.suppress(DecpUnreadable):
        for found in read(content):
            assert found.positions
