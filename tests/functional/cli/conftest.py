"""The command of administrators, run as they run it, on an embedded site.

demonstration_folder (session: the demonstration, made once by the command)
   └── home (a copy of it for this test, which the commands find by $SICP_VAR)
          └── sicp (runs a command there)
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from click.testing import Result

from sicp.cli.commands import commands

Run = Callable[..., Result]


def run_sicp(*words: Any, typed: str | None = None) -> Result:
    """Run a command; what goes wrong in our code is not hidden."""
    result = CliRunner().invoke(commands, [str(word) for word in words], input=typed)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="session")
def demonstration_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration site."""
    folder = tmp_path_factory.mktemp("demonstration") / "var"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SICP_VAR", str(folder))
        result = run_sicp("demo", "--no-serve")
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def home(
    demonstration_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A demonstration site of this test alone."""
    folder = tmp_path / "var"
    shutil.copytree(demonstration_folder, folder)
    monkeypatch.setenv("SICP_VAR", str(folder))
    return folder


@pytest.fixture
def sicp(home: Path) -> Run:
    """Run a command on the site of this test."""
    assert home.is_dir()
    return run_sicp
