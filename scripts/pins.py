"""Write requirements/*.txt from versions.cfg, or tell where they differ.

``versions.cfg`` is the only place where a version is written. ``pyproject.toml`` says
which packages are wanted, by name; this command follows what they need, takes the
version of each from ``versions.cfg`` and writes one list per use, so that an
installation resolves nothing by itself.

    .venv/bin/python scripts/pins.py            write the lists
    .venv/bin/python scripts/pins.py --check    fail when a pin is out of date
    .venv/bin/python scripts/pins.py --adopt    first pin what is installed
"""

import argparse
import configparser
import sys
import sysconfig
import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ROOT / "versions.cfg"
LISTS = ROOT / "requirements"
HEADER = (
    "# Written by scripts/pins.py from versions.cfg and pyproject.toml: do not edit.\n"
)

#: The installed packages that are the project itself, hence without a pin.
OURS = {"sicp"}


def read_versions(section: str = "versions") -> dict[str, str]:
    """Read the pins of one section of versions.cfg, by the name written there."""
    parser = configparser.ConfigParser(delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(VERSIONS, encoding="utf-8")
    return dict(parser[section])


def read_wanted() -> dict[str, list[str]]:
    """Read the names wanted for each use: the application, then each group."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {"app": project["project"]["dependencies"], **project["dependency-groups"]}


def closure(names: Iterable[str]) -> set[str]:
    """Follow what ``names`` need, as the installed packages declare it.

    Raises:
        PackageNotFoundError: a needed package is not installed.
    """
    waiting = [Requirement(name) for name in names]
    seen: set[tuple[str, str]] = set()
    while waiting:
        wanted = waiting.pop()
        for extra in ("", *wanted.extras):
            key = (canonicalize_name(wanted.name), extra)
            if key not in seen:
                seen.add(key)
                waiting.extend(needs(wanted.name, extra))
    return {name for name, _extra in seen}


def needs(name: str, extra: str) -> list[Requirement]:
    """List what the installed package ``name`` needs here for ``extra``."""
    declared = map(Requirement, metadata.requires(name) or ())
    return [
        need
        for need in declared
        if need.marker is None or need.marker.evaluate({"extra": extra})
    ]


def pinned_lists() -> dict[str, str]:
    """Make the text of each list of requirements, by file name.

    Raises:
        KeyError: a needed package has no pin.
    """
    pins = pins_by_name()
    wanted = {use: closure(names) for use, names in read_wanted().items()}
    lists = {f"{use}.txt": as_text(names, pins) for use, names in wanted.items()}
    for section, overrides in lanes().items():
        lane = pins | overrides
        lists[f"{section}.txt"] = as_text(wanted["app"] | wanted["test"], lane)
    return lists


def pins_by_name() -> dict[str, str]:
    """Read the pins as lines ``Name==version``, by canonical name."""
    return as_lines(read_versions())


def lanes() -> dict[str, dict[str, str]]:
    """Read what the second lane of the test suite pins otherwise."""
    return {"pyramid2": as_lines(read_versions("versions-pyramid2"))}


def as_lines(versions: dict[str, str]) -> dict[str, str]:
    """Write each pin as pip reads it."""
    return {canonicalize_name(n): f"{n}=={v}\n" for n, v in versions.items()}


def as_text(names: set[str], pins: dict[str, str]) -> str:
    """Write one list, sorted so that a change shows as one line."""
    return HEADER + "".join(pins[name] for name in sorted(names - OURS))


def installed() -> dict[str, tuple[str, str]]:
    """Read name and version of each installed package, by canonical name."""
    found = {}
    # Not sys.path: setuptools adds there the packages that it brings along.
    for item in metadata.distributions(path=[sysconfig.get_path("purelib")]):
        found[canonicalize_name(item.name)] = (item.name, item.version)
    return {name: pair for name, pair in found.items() if name not in OURS}


def faults() -> list[str]:
    """Tell each difference between versions.cfg, the lists and what is installed."""
    pins = pins_by_name()
    told = [
        f"{name}=={version} is installed without this pin in versions.cfg"
        for key, (name, version) in installed().items()
        if pins.get(key, "").strip().partition("==")[2] != version
    ]
    if told:
        return told
    lists = pinned_lists()
    told += [
        f"requirements/{name} is out of date: run scripts/pins.py"
        for name, text in lists.items()
        if not same(LISTS / name, text)
    ]
    unused = set(pins.values()) - {x + "\n" for t in lists.values() for x in t.split()}
    return told + [
        f"versions.cfg pins {x.strip()}, which nothing needs" for x in unused
    ]


def same(path: Path, text: str) -> bool:
    """Say whether the file holds exactly this text."""
    return path.is_file() and path.read_text(encoding="utf-8") == text


def adopt() -> None:
    """Pin in versions.cfg each installed package that has no pin yet."""
    known = pins_by_name()
    fresh = [
        f"{name} = {version}\n"
        for key, (name, version) in sorted(installed().items())
        if key not in known
    ]
    with VERSIONS.open("a", encoding="utf-8") as file:
        file.writelines(fresh)


def main(arguments: list[str]) -> int:
    """Write or check the lists, as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing")
    parser.add_argument("--adopt", action="store_true", help="pin what is installed")
    asked = parser.parse_args(arguments)
    if asked.check:
        told = faults()
        print("\n".join(told) or "pins: every package has its pin")
        return bool(told)
    if asked.adopt:
        adopt()
    LISTS.mkdir(exist_ok=True)
    for name, text in pinned_lists().items():
        (LISTS / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
