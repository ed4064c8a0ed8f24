"""The project speaks of itself alone."""

import re
import subprocess

import pytest

from tests.architecture.tree import ROOT

#: What may stand in no file; written so as not to find itself.
FORBIDDEN = {
    "a path of one machine": r"/(work|root|home/\w+)/[\w.]",
    "a temporary path": r"/tmp/[a-z]+\w*/",
    "material that is not the project's": r"\bshared/(spec|design|hooks)\b",
    "the number of an issue": r"\b([Ii]ssue|[Ff]ixes|[Cc]loses|GH)[ -]?#\d+",
    "a thing left to do": r"\b(T[O]DO|FIX[M]E|X[X]X)\b",
    "the host of a registry": r"\b(pypi\.org|pythonhosted\.org|registry\.npmjs)",
}
TEXTS = {".py", ".pt", ".rst", ".cfg", ".toml", ".ini", ".yaml", ".sh", ".js", ".css"}


def _texts():
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in TEXTS and path.is_file():
            yield name, path.read_text(encoding="utf-8")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    pattern = re.compile(FORBIDDEN[what])
    found = [
        f"{name}:{text[: match.start()].count(chr(10)) + 1}: {match.group()}"
        for name, text in _texts()
        for match in pattern.finditer(text)
    ]
    assert found == []
