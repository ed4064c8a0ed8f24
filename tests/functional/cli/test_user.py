"""Accounts are kept from the command line."""

import json

from sicp import clock
from sicp.cli.site import open_site
from sicp.operations.user.account import LocalDirectory

_LYCEES = "region-ile-des-alpes/direction-des-lycees"


def _authenticate(login, password):
    with open_site() as opened:
        directory = LocalDirectory(is_demonstration=True)
        return directory.authenticate(opened.root, login, password)


def test_a_new_account_logs_in_with_the_password_that_is_told(sicp):
    result = sicp("user", "create", "j.martin", "Jeanne Martin", "--entity", _LYCEES)
    assert result.exit_code == 0
    password = result.output.split("Password: ")[1].strip()
    assert _authenticate("j.martin", password) == "j.martin"


def test_a_password_read_on_the_input_is_not_told(sicp):
    words = ("user", "create", "j.martin", "Jeanne Martin", "--password-stdin")
    result = sicp(*words, typed="Trois-mots-au-hasard\n")
    assert "Trois-mots" not in result.output
    assert _authenticate("j.martin", "Trois-mots-au-hasard") == "j.martin"


def test_a_weak_password_is_refused_in_french_and_nothing_is_written(sicp):
    words = ("user", "create", "j.martin", "Jeanne Martin", "--password-stdin")
    result = sicp(*words, typed="court\n")
    assert result.exit_code == 1
    assert "au moins 12 caractères" in result.output
    assert "j.martin" not in sicp("user", "list").output


def test_a_closed_account_logs_in_no_more_until_it_is_open_again(sicp):
    password = sicp("user", "password", "lecteur").output.split("Password: ")[1].strip()
    sicp("user", "close", "lecteur")
    assert _authenticate("lecteur", password) is None
    sicp("user", "open", "lecteur")
    assert _authenticate("lecteur", password) == "lecteur"


def test_an_assignment_is_given_then_ended(sicp):
    given = sicp("user", "assign", "lecteur", "procedure-manager", "--entity", _LYCEES)
    number = given.output.split()[1]
    held = json.loads(sicp("can", "lecteur", "--json").output)
    assert any("GP20" in codes for codes in held["functions"].values())
    assert sicp("user", "unassign", "lecteur", number).exit_code == 0
    held = json.loads(sicp("can", "lecteur", "--json").output)
    assert not any("GP20" in codes for codes in held["functions"].values())


def test_the_rights_of_the_one_who_acts_are_asked(sicp):
    refused = sicp("user", "close", "lecteur", "--as", "redacteur")
    assert refused.exit_code == 1
    assert "profil ne vous permet pas" in refused.output
    unknown = sicp("user", "close", "lecteur", "--as", "personne")
    assert unknown.exit_code == 1
    assert "n’existe pas" in unknown.output


def test_a_referent_does_not_raise_himself(sicp):
    words = ("user", "assign", "referent", "administrator", "--entity", _LYCEES)
    assert sicp(*words, "--as", "referent").exit_code == 1


def test_an_unknown_entity_is_told_with_those_that_exist(sicp):
    result = sicp("user", "create", "x.y", "X Y", "--entity", "region-ile-des-alpes/z")
    assert result.exit_code == 1
    assert "direction-des-lycees" in result.output


def test_the_list_in_json_tells_all_accounts(sicp):
    rows = json.loads(sicp("user", "list", "--json").output)
    assert {row["login"] for row in rows} >= {"admin", "redacteur", "redacteur.lac"}
    assert all(row["is_demonstration"] for row in rows)


def test_dates_of_an_assignment_are_kept(sicp):
    words = ("user", "assign", "lecteur", "editor", "--from", "2030-01-01")
    assert sicp(*words, "--to", "2029-01-01").exit_code == 1
    assert sicp(*words, "--to", "2031-01-01").exit_code == 0
    told = sicp("can", "lecteur").output
    assert "not in force" in told
    assert clock.legal_day(clock.now()).year < 2030
