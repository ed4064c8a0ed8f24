"""The list of canevas: what each one is, and those that answer what is looked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import Any

from sicp.catalog.words import fold
from sicp.content_types.consultation.upstream_form.need import NATURES
from sicp.content_types.consultation.upstream_form.need import NATURES_OF_CATEGORY
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.conditions import ConditionError
from sicp.engines.drafting.conditions import may_hold
from sicp.exceptions import InvalidInputError
from sicp.operations.clause.condition import say_condition
from sicp.operations.document.context import drafting_fields
from sicp.operations.template.editing import edited_canevas
from sicp.operations.template.editing import heirs_of


@dataclass(frozen=True)
class CanevasEntry:
    """One line of the list of canevas, as their editors left them.

    ``parent`` is the title of the canevas extended; ``natures`` those of the contracts
    to which it may be proposed, empty when it never is; ``fault`` says why the canevas
    cannot be read, empty when it can.
    """

    template: Any
    title: str
    document: str
    parent: str
    applies: str = ""
    clauses: int = 0
    is_abstract: bool = False
    phase: str = ""
    natures: tuple[str, ...] = ()
    fault: str = ""


@dataclass(frozen=True)
class Wanted:
    """What is looked for among the canevas; each is empty when it does not count."""

    words: str = ""
    document: str = ""
    phase: str = ""
    nature: str = ""


def list_canevas(site: Any, on: date) -> list[CanevasEntry]:  # noqa: ANN401
    """Return every canevas, in the order of documents and titles."""
    read = [_entry(template, on) for template in site["canevas"].values()]
    found = [_with_heirs(entry, read) for entry in read]
    return sorted(found, key=lambda entry: (entry.document, fold(entry.title)))


def find_canevas(entries: Iterable[CanevasEntry], wanted: Wanted) -> list[CanevasEntry]:
    """Keep the canevas that answer; words are looked for without accents or capitals.

    A « socle » is of the natures of those that extend it.
    """
    words = fold(wanted.words).split()
    return [
        entry
        for entry in entries
        if wanted.document in {"", entry.document}
        if wanted.phase in {"", entry.phase}
        if not wanted.nature or wanted.nature in entry.natures
        if all(word in _said(entry) for word in words)
    ]


def _with_heirs(entry: CanevasEntry, entries: list[CanevasEntry]) -> CanevasEntry:
    """Give a « socle » the natures of those that extend it: it is never proposed."""
    if not entry.is_abstract:
        return entry
    heirs = {heir.template_id for heir in heirs_of(entry.template)}
    held = {n for e in entries if e.template.template_id in heirs for n in e.natures}
    return replace(entry, natures=tuple(held))


def _said(entry: CanevasEntry) -> str:
    said = (entry.title, entry.document, entry.applies, entry.parent)
    return fold(" ".join((*said, entry.template.template_id)))


def _entry(template: Any, on: date) -> CanevasEntry:  # noqa: ANN401
    data = template.edited
    extended = template.__parent__.get(str(data.get("extends") or ""))
    parent = extended.title if extended is not None else ""
    title = str(data.get("title") or template.title)
    try:
        canevas = edited_canevas(template)
    except InvalidInputError as error:
        document, fault = template.document, error.message
        return CanevasEntry(template, title, document, parent, fault=fault)
    return CanevasEntry(
        template,
        title,
        canevas.document,
        parent,
        say_condition(canevas.applies, on) if canevas.applies else "",
        sum(1 for _use in canevas.clause_uses()),
        canevas.is_abstract,
        canevas.phase,
        () if canevas.is_abstract else _natures(canevas, on),
    )


def _natures(canevas: Canevas, on: date) -> tuple[str, ...]:
    return tuple(
        nature.value for nature in NATURES if _may_serve(canevas, nature.value, on)
    )


def _may_serve(canevas: Canevas, nature: str, on: date) -> bool:
    known = [
        {"nature": nature, "category": category}
        for category, natures in NATURES_OF_CATEGORY.items()
        if nature in natures
    ]
    try:
        return any(
            may_hold(canevas.applies, answers, drafting_fields(on)) for answers in known
        )
    except ConditionError:
        return False
