"""Gather the messages of the sources into the catalogue, and set their typography.

    .venv/bin/python scripts/i18n.py extract    write sicp.pot and fr/…/sicp.po again
    .venv/bin/python scripts/i18n.py compile    make the .mo that the application reads
    .venv/bin/python scripts/i18n.py check      fail when the catalogue is out of date

A message has an English id and a French text, both written where it is used:
``_("lot-added", default="Le lot est ajouté.")`` in Python,
``<h1 i18n:translate="lot-list">Lots</h1>`` in a template. The catalogue repeats the
French text with no-break spaces and true apostrophes: templates cannot hold them,
because Chameleon collapses every white space of a message. A translation that a person
changed by hand is kept when its comment (``#.``) says ``kept``.
"""

import argparse
import sys
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

import polib
from i18n_sources import Found
from i18n_sources import find_in_python
from i18n_sources import find_in_template
from typography import typeset

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "sicp"
LOCALE = SOURCES / "locale"
POT = LOCALE / "sicp.pot"
PO = LOCALE / "fr" / "LC_MESSAGES" / "sicp.po"
MO = PO.with_suffix(".mo")
KEPT = "kept"
HEADER = {
    "Project-Id-Version": "sicp",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
FRENCH = {"Language": "fr", "Plural-Forms": "nplurals=2; plural=n > 1;"}


@dataclass
class Message:
    """One id, its French text, and the files that use it."""

    text: str = ""
    places: set[str] = field(default_factory=set)


def gather() -> tuple[dict[str, Message], list[str]]:
    """Read every source: the messages by id, and the faults that were found."""
    messages: dict[str, Message] = {}
    faults = []
    for path in sorted(SOURCES.rglob("*.py")) + sorted(SOURCES.rglob("*.pt")):
        place = path.relative_to(ROOT).as_posix()
        find = find_in_template if path.suffix == ".pt" else find_in_python
        for found in find(path.read_text(encoding="utf-8")):
            where = f"{place}:{found.line}"
            fault = found.fault or add(messages, found, place)
            if fault:
                faults.append(f"{where}: {fault}")
    without = [name for name, message in messages.items() if not message.text]
    faults += [f"{name}: no French text anywhere" for name in without]
    return messages, faults


def add(messages: dict[str, Message], found: Found, place: str) -> str:
    """Note one use of a message; return what is wrong with it, if anything.

    A use without a text is right when the text is written elsewhere.
    """
    message = messages.setdefault(found.name, Message())
    message.places.add(place)
    if found.text and message.text and found.text != message.text:
        return (
            f"'{found.name}' has two French texts: "
            f"« {message.text} » and « {found.text} »"
        )
    message.text = message.text or found.text
    return ""


def make_catalogue(
    messages: dict[str, Message], header: dict[str, str]
) -> polib.POFile:
    """Make a catalogue whose entries are sorted by id, without translation."""
    catalogue = polib.POFile(wrapwidth=79)
    catalogue.metadata = dict(header)
    for name, message in sorted(messages.items()):
        entry = polib.POEntry(
            msgid=name,
            comment=f"Default: {message.text}",
            # No line numbers: a moved line is not a change of the catalogue.
            occurrences=[(place, "") for place in sorted(message.places)],
        )
        catalogue.append(entry)
    return catalogue


def make_french(messages: dict[str, Message]) -> polib.POFile:
    """Make the French catalogue, with what was kept from the present one."""
    kept = kept_translations()
    catalogue = make_catalogue(messages, HEADER | FRENCH)
    for entry in catalogue:
        entry.msgstr = typeset(messages[entry.msgid].text)
        if entry.msgid in kept:
            entry.comment += f"\n{KEPT}"
            entry.msgstr = kept[entry.msgid]
    return catalogue


def kept_translations() -> dict[str, str]:
    """Read the translations that a person changed by hand and marked as kept."""
    if not PO.is_file():
        return {}
    return {
        entry.msgid: entry.msgstr
        for entry in polib.pofile(str(PO))
        if KEPT in entry.comment.splitlines()
    }


def render(messages: dict[str, Message]) -> dict[Path, str]:
    """Write both catalogues, as text."""
    return {
        POT: f"{make_catalogue(messages, HEADER)}",
        PO: f"{make_french(messages)}",
    }


def extract() -> int:
    """Write the catalogues, unless a source is wrong."""
    messages, faults = gather()
    if faults:
        return tell(faults)
    for path, text in render(messages).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(f"i18n: {len(messages)} messages")
    return compile_french()


def compile_french() -> int:
    """Make the compiled catalogue, unless it is newer than its source."""
    if not PO.is_file():
        return 0
    if not MO.is_file() or MO.stat().st_mtime < PO.stat().st_mtime:
        polib.pofile(str(PO)).save_as_mofile(str(MO))
    return 0


def check() -> int:
    """Fail when a source is wrong or the catalogues do not say what the sources say."""
    messages, faults = gather()
    if not faults:
        faults = [
            f"{path.relative_to(ROOT)} is out of date: run make i18n"
            for path, text in render(messages).items()
            if not path.is_file() or path.read_text(encoding="utf-8") != text
        ]
    return tell(faults) if faults else compile_french()


def tell(faults: list[str]) -> int:
    """Print the faults and return the exit code of a failure."""
    print("\n".join(faults), file=sys.stderr)
    return 1


def main(arguments: list[str]) -> int:
    """Run the command that was asked."""
    commands = {"extract": extract, "compile": compile_french, "check": check}
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=commands)
    return commands[parser.parse_args(arguments).command]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
