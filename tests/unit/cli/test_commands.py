"""Every command explains itself."""

import pytest
from click.testing import CliRunner

from sicp.cli.commands import commands


def _all(group, words=()):
    for name, command in sorted(group.commands.items()):
        yield (*words, name), command
        if hasattr(command, "commands"):
            yield from _all(command, (*words, name))


_COMMANDS = dict(_all(commands))


@pytest.mark.parametrize("words", _COMMANDS, ids=" ".join)
def test_a_command_has_a_help(words):
    result = CliRunner().invoke(commands, [*words, "--help"])
    assert result.exit_code == 0
    assert _COMMANDS[words].help
    assert "\n\nOptions:" in result.output


@pytest.mark.parametrize(
    "words", [w for w, c in _COMMANDS.items() if not hasattr(c, "commands")]
)
def test_a_command_says_which_site_it_works_on(words):
    result = CliRunner().invoke(commands, [*words, "--help"])
    assert "--config FILE.ini" in result.output


def test_what_is_not_a_command_is_a_wrong_call():
    assert CliRunner().invoke(commands, ["none"]).exit_code == 2
    assert CliRunner().invoke(commands, ["serve", "--port", "port"]).exit_code == 2
