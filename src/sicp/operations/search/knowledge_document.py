"""Folders and sheets of the knowledge base, as they are found.

Their right is the token of their zone, as in the catalogue: readers of a folder change
without a write to what it holds.
"""

from collections.abc import Iterator
from typing import Any

from sicp.content_types.knowledge import lineage_of
from sicp.engines.clean_html import sections
from sicp.engines.search import Passage
from sicp.engines.search import SearchDocument
from sicp.i18n import french
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.operations.reading import metadata_of
from sicp.operations.search.kind import SHEET_PREFIX
from sicp.operations.search.passage import numbers_above
from sicp.operations.search.passage import passages_of
from sicp.operations.search.passage import passages_of_file
from sicp.operations.search.passage import seconds_of
from sicp.operations.search.passage import sources_of
from sicp.rules.sheet_kind import CHOICE
from sicp.rules.sheet_kind import DAY
from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.rules.sheet_kind import SheetField
from sicp.rules.sheet_kind import date_of
from sicp.rules.sheet_kind import reference_of

_THEMES = "Thèmes"
_OF_FILE = "Propriétés du fichier"


def folder_document(folder: Any) -> SearchDocument:
    """Return a folder as it is found."""
    return SearchDocument(
        id=folder.__oid__,
        kind="folder",
        title=folder.title,
        passages=tuple(passages_of("", [folder.summary])),
        allowed=(folder.token(),),
        ancestors=numbers_above(folder),
        facets={"folder": _folders_above(folder)},
        modified_at=seconds_of(folder.modified_at),
        sources=sources_of(folder),
    )


def sheet_document(sheet: Any) -> SearchDocument:
    """Return a sheet as it is found: what people read of it, or its draft."""
    said = sheet.shown
    dated_on = date_of(sheet.kind, said.fields)
    reference = reference_of(sheet.kind, said.fields)
    return SearchDocument(
        id=sheet.__oid__,
        kind=f"{SHEET_PREFIX}{sheet.kind}",
        title=sheet.title,
        passages=tuple(_passages(sheet, said)),
        allowed=(sheet.token(),),
        ancestors=numbers_above(sheet),
        references=tuple(filter(None, (reference, *_other_references(sheet, said)))),
        facets={
            "folder": _folders_above(sheet),
            "state": (f"sheet.{sheet.state}",),
            "year": (str(dated_on.year),) if dated_on else (),
        },
        modified_at=seconds_of(sheet.modified_at),
        sources=sources_of(sheet, said, said.file, sheet.__workflow_state__),
    )


def _passages(sheet: Any, said: Any) -> Iterator[Passage]:
    for section in sections(said.text):
        yield Passage(section.text or section.heading, section.heading)
    fields = SHEET_KINDS[sheet.kind].fields
    lines = (_line(field, said.fields.get(field.name)) for field in fields)
    yield from passages_of("", lines)
    yield from passages_of(_THEMES, [", ".join(said.themes)])
    if said.file is not None:
        yield from passages_of("", [said.file.file_name])
        told = metadata_of(said.file)
        said_there = (told.title, told.author, told.subject, told.keywords)
        yield from passages_of(_OF_FILE, said_there)
        yield from passages_of_file(said.file)


def _line(field: SheetField, value: Any) -> str:
    if not value:
        return ""
    if field.type == CHOICE:
        value = french(dict(field.choices).get(value, value))
    elif field.type == DAY:
        value = value.strftime("%d/%m/%Y")
    return f"{french(field.title)} : {value}"


def _other_references(sheet: Any, said: Any) -> tuple[str, ...]:
    names = {field.name for field in SHEET_KINDS[sheet.kind].fields}
    return tuple(
        said.fields.get(name) or "" for name in ("nor", "ecli") if name in names
    )


def _folders_above(item: Any) -> tuple[str, ...]:
    """Return the folders of a thing: it counts in each of them."""
    above = filter(IKnowledgeFolder.providedBy, lineage_of(item))
    return tuple(str(place.__oid__) for place in above if place is not item)
