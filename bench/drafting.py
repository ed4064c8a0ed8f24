"""Time to assemble and write a document, against docxtpl and as the canevas grows.

    .venv/bin/python -m bench.drafting [--rounds 5] [--json]

The shipped CCAP of building works is copied until it makes about sixty pages, so that
texts, conditions, references and variables are true to life. docxtpl renders the same
words on the same machine in the same run, from a template where each value is a
variable and each clause a condition: what counts is the ratio. Then canevas of 100 to
5,000 clauses: the time for each clause must not grow with their number.
"""

import argparse
import gc
import json
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

import pypdfium2
from docxtpl import DocxTemplate

from sicp.content_types.consultation.upstream_form import DRAFTING_FIELDS
from sicp.engines.docx import HouseStyle
from sicp.engines.docx import Properties
from sicp.engines.docx import write_docx
from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.canevas import Article
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.canevas import ClauseUse
from sicp.engines.drafting.canevas import DerogationList
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.draft import Run
from sicp.engines.drafting.draft import Section
from sicp.engines.pdf import is_available
from sicp.engines.pdf import to_pdf
from tests.unit.seed.shipped import concrete_canevas
from tests.unit.seed.shipped import sets_of
from tests.unit.seed.shipped import shipped_library

MODEL = "ccap-building-works"
COPIES_FOR_SIXTY_PAGES = 3
SIZES = (100, 1_000, 5_000)
STYLE = HouseStyle(organisation="Région Île-des-Alpes")
ABOUT = Properties("Cahier des clauses administratives particulières", "2026-0042")
_REFERENCE = re.compile(r"\{ref:([\w-]+)")


def copied(copies: int) -> tuple[Canevas, list[Clause]]:
    """Make a canevas of ``copies`` times the model, each with clauses of its own."""
    model, library = concrete_canevas()[MODEL], shipped_library()
    called = [library.clause(use.clause) for use, _ in model.clause_uses()]
    parts, clauses = [], []
    for number in range(copies):
        # One list of derogations, at the end, as in every CCAP.
        parts += [
            _copied_node(part, number)
            for part in model.parts
            if not isinstance(part, DerogationList) or number == copies - 1
        ]
        clauses += [_copied_clause(clause, number) for clause in called]
    return replace(model, parts=tuple(parts)), clauses


def _copied_clause(clause: Clause, number: int) -> Clause:
    text = _REFERENCE.sub(rf"{{ref:\1-{number}", clause.text)
    group = f"{clause.group}-{number}" if clause.group else ""
    return replace(clause, id=f"{clause.id}-{number}", text=text, group=group)


def _copied_node(node: Any, number: int) -> Any:
    if isinstance(node, ClauseUse):
        return replace(node, clause=f"{node.clause}-{number}")
    if isinstance(node, Article):
        children = tuple(_copied_node(child, number) for child in node.children)
        return replace(node, id=f"{node.id}-{number}", children=children)
    return node


def of_size(count: int) -> tuple[Canevas, list[Clause]]:
    """Make a canevas that calls exactly ``count`` clauses."""
    each = sum(1 for _ in concrete_canevas()[MODEL].clause_uses())
    canevas, clauses = copied(-(-count // each))
    kept = {clause.id for clause in clauses[:count]}
    parts = tuple(_cut(part, kept) for part in canevas.parts)
    return replace(canevas, parts=parts), clauses[:count]


def _cut(node: Any, kept: set[str]) -> Any:
    if not isinstance(node, Article):
        return node
    children = (
        _cut(child, kept)
        for child in node.children
        if not isinstance(child, ClauseUse) or child.clause in kept
    )
    return replace(node, children=tuple(children))


def answers() -> dict[str, Any]:
    """Return the fullest set of answers made for the model."""
    return sets_of(MODEL)[-1].answers


def as_template(draft: Draft) -> tuple[bytes, dict[str, Any]]:
    """Write the same words as a docxtpl template; return it and its context."""
    context: dict[str, Any] = {}
    sections = tuple(_templated(section, context) for section in draft.sections)
    cover = draft.cover and replace(draft.cover, blocks=())
    template = replace(draft, sections=sections, cover=cover)
    return write_docx(template, STYLE, ABOUT, is_static=True), context


def _templated(section: Section, context: dict[str, Any]) -> Section:
    blocks = tuple(_variables_for_values(block, context) for block in section.blocks)
    if blocks:
        name = f"c{len(context)}"
        context[name] = True
        blocks = (_tag(f"if {name}"), *blocks, _tag("endif"))
    children = tuple(_templated(child, context) for child in section.children)
    return replace(section, blocks=blocks, children=children)


def _tag(words: str) -> Paragraph:
    return Paragraph((Run(f"{{%p {words} %}}"),))


def _variables_for_values(item: Any, context: dict[str, Any]) -> Any:
    """Put a variable in the place of each value, however deep it stands."""
    if isinstance(item, Run):
        if not item.source:
            return item
        name = f"v{len(context)}"
        context[name] = item.text
        return replace(item, text=f"{{{{ {name} }}}}", source="")
    if isinstance(item, tuple):
        return tuple(_variables_for_values(each, context) for each in item)
    changed = {
        name: _variables_for_values(getattr(item, name), context)
        for name in ("inlines", "items", "children", "rows", "cells")
        if hasattr(item, name)
    }
    return replace(item, **changed) if changed else item


def render_with_docxtpl(template: bytes, context: dict[str, Any]) -> bytes:
    """Render a template, as an application that uses docxtpl does at each request."""
    document = DocxTemplate(BytesIO(template))
    document.render(context, autoescape=True)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def seconds(work: Any) -> tuple[float, Any]:
    """Return how long ``work`` took of a processor, and what it gave."""
    gc.collect()
    start = time.process_time()
    given = work()
    return time.process_time() - start, given


def compare(rounds: int) -> dict[str, float]:
    """Measure a document of sixty pages, ours and that of docxtpl in turn."""
    canevas, clauses = copied(COPIES_FOR_SIXTY_PAGES)
    known = answers()
    draft = assemble(canevas, Library(clauses), known, DRAFTING_FIELDS)
    template, context = as_template(draft)
    taken: dict[str, list[float]] = {}
    for _ in range(rounds):
        fresh = Library(copied(COPIES_FOR_SIXTY_PAGES)[1])
        for name, library in (("first", fresh), ("again", fresh)):
            spent, draft = seconds(
                lambda library=library: assemble(
                    canevas, library, known, DRAFTING_FIELDS
                )
            )
            taken.setdefault(f"assemble, {name}", []).append(spent)
        spent, written = seconds(lambda draft=draft: write_docx(draft, STYLE, ABOUT))
        taken.setdefault("write", []).append(spent)
        spent, rendered = seconds(lambda: render_with_docxtpl(template, context))
        taken.setdefault("docxtpl", []).append(spent)
    figures = {name: statistics.median(spent) for name, spent in taken.items()}
    figures["ratio, first"] = (figures["assemble, first"] + figures["write"]) / figures[
        "docxtpl"
    ]
    figures["ratio"] = (figures["assemble, again"] + figures["write"]) / figures[
        "docxtpl"
    ]
    figures["pages"] = pages_of(written)
    figures["docxtpl pages"] = pages_of(rendered)
    figures["values"] = sum(name.startswith("v") for name in context)
    return figures


def pages_of(document: bytes) -> int:
    """Count the pages LibreOffice makes of a document; 0 where it is missing."""
    if not is_available():
        return 0
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "document.pdf"
        file.write_bytes(to_pdf(document, 240))
        made = pypdfium2.PdfDocument(file)
        try:
            return len(made)
        finally:
            made.close()


def grow(rounds: int) -> Iterator[dict[str, float]]:
    """Measure canevas of more and more clauses, each with a library of its own."""
    known = answers()
    for size in SIZES:
        canevas, clauses = of_size(size)
        assembling, writing = [], []
        for _ in range(max(1, min(rounds, 2_000 // size))):
            library = Library(replace(clause) for clause in clauses)
            spent, draft = seconds(
                lambda canevas=canevas, library=library: assemble(
                    canevas, library, known, DRAFTING_FIELDS
                )
            )
            assembling.append(spent)
            writing.append(
                seconds(lambda draft=draft: write_docx(draft, STYLE, ABOUT))[0]
            )
        yield {
            "clauses": size,
            "kept": sum(1 for section in draft.walk() if section.trace),
            "assemble": statistics.median(assembling),
            "write": statistics.median(writing),
        }


def table(figures: dict[str, float], rows: list[dict[str, float]]) -> str:
    """Show the figures, the ratio to docxtpl, and the cost of one clause."""
    lines = [
        f"CCAP of {figures['pages']} pages, {figures['values']} values"
        f" (docxtpl: {figures['docxtpl pages']} pages)",
        *(
            f"  {name:18} {figures[name] * 1000:8.0f} ms"
            for name in ("assemble, first", "assemble, again", "write", "docxtpl")
        ),
        f"  ratio to docxtpl   {figures['ratio']:8.2f}"
        f" (clauses just read: {figures['ratio, first']:.2f})",
        "",
        f"{'clauses':>8} {'kept':>6} {'assemble s':>11} {'write s':>8}"
        f" {'ms a clause':>12} {'ratio':>6}",
    ]
    costs = [(row["assemble"] + row["write"]) / row["clauses"] for row in rows]
    for row, cost in zip(rows, costs, strict=True):
        lines.append(
            f"{row['clauses']:8} {row['kept']:6} {row['assemble']:11.2f}"
            f" {row['write']:8.2f} {cost * 1000:12.2f} {cost / costs[0]:6.2f}"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = compare(options.rounds)
    rows = list(islice(grow(options.rounds), len(SIZES)))
    if options.json:
        print(json.dumps({"against docxtpl": figures, "growth": rows}))
    else:
        print(table(figures, rows))


if __name__ == "__main__":
    main()
