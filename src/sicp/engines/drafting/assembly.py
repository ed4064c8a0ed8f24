"""Assemble one document: a canevas, a library and answers give a draft."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from typing import Any

from sicp.engines.drafting.blocks import Cell
from sicp.engines.drafting.blocks import Paragraph
from sicp.engines.drafting.blocks import Row
from sicp.engines.drafting.blocks import Table
from sicp.engines.drafting.canevas import Article
from sicp.engines.drafting.canevas import Canevas
from sicp.engines.drafting.canevas import Cover
from sicp.engines.drafting.canevas import DerogationList
from sicp.engines.drafting.cause import Causes
from sicp.engines.drafting.clause import Clause
from sicp.engines.drafting.clause import Derogation
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.condition_french import to_french
from sicp.engines.drafting.draft import Blank
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.draft import DraftCover
from sicp.engines.drafting.draft import Ground
from sicp.engines.drafting.draft import Inlines
from sicp.engines.drafting.draft import Link
from sicp.engines.drafting.draft import Problem
from sicp.engines.drafting.draft import Run
from sicp.engines.drafting.draft import Section
from sicp.engines.drafting.draft import Trace
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.inline_markup import parse_inlines
from sicp.engines.drafting.markup import MarkupError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.numbering import Numbering
from sicp.engines.drafting.operators import fields_named
from sicp.engines.drafting.questions import QuestionList
from sicp.engines.drafting.resolution import Ledger
from sicp.engines.drafting.resolution import Resolver
from sicp.engines.drafting.resolution import Target
from sicp.engines.drafting.selection import Kept
from sicp.engines.drafting.selection import Selection
from sicp.engines.drafting.selection import Writer
from sicp.engines.drafting.truth import used_value
from sicp.engines.drafting.truth import used_values
from sicp.engines.drafting.typography import polish
from sicp.engines.drafting.typography import spaced


def assemble(  # noqa: PLR0913
    canevas: Canevas,
    library: Library,
    answers: Mapping[str, Any],
    fields: FieldSet,
    *,
    local_texts: Mapping[str, str] | None = None,
    choices: Mapping[str, str] | None = None,
    left_out: frozenset[str] = frozenset(),
    on: date | None = None,
) -> Draft:
    """Assemble the document of ``canevas`` for ``answers``.

    Never fails: what is missing becomes a question and a visible blank, what is wrong
    becomes a problem in French.

    Args:
        canevas: the plan of the document.
        library: the clauses it calls.
        answers: values of the upstream form and of the variables of clauses, by name.
        fields: what the upstream form asks; clause variables are added here.
        local_texts: the writer's own markup for open clauses, by clause id.
        choices: for a group of alternatives, the clause kept when several hold.
        left_out: optional clauses the writer does not want.
        on: the day whose versions of the clauses are taken; None takes the latest.
    """
    every = _with_variables(canevas, library, fields, on)
    facts = Facts(answers, every)
    writer = Writer(choices or {}, left_out, local_texts or {})
    selection = Selection(canevas, library, facts, writer, on)
    numbering = Numbering(selection.kept, canevas.layout)
    assembly = _Assembly(canevas, selection, numbering.targets, facts, fields)
    cover = assembly.cover(canevas.cover)
    sections = assembly.sections(selection.kept)
    return Draft(
        canevas_id=canevas.id,
        canevas_version=canevas.version,
        title=canevas.title,
        document=canevas.document,
        cover=cover,
        sections=sections,
        questions=assembly.questions.found(),
        problems=(*selection.problems, *assembly.problems, *_ill_read(facts)),
        groups=selection.groups,
        layout=canevas.layout,
    )


def _with_variables(
    canevas: Canevas, library: Library, fields: FieldSet, on: date | None
) -> FieldSet:
    """Add the variables of the clauses called; a question of the form prevails."""
    called = {use.clause for use, _ in canevas.clause_uses()}
    clauses = (library.clause(name, on) for name in sorted(called))
    variables = (v for clause in clauses if clause for v in clause.variables)
    return fields.extended_with(tuple(v for v in variables if v.name not in fields))


def _ill_read(facts: Facts) -> Iterator[Problem]:
    for name, reason in sorted(facts.faults.items()):
        yield Problem(f"champ « {french(facts.fields[name].title)} » : {reason}")
    for name in sorted(facts.unreadable):
        title = french(facts.fields[name].title)
        yield Problem(f"la réponse à « {title} » n’est pas lisible, elle est ignorée")


class _Assembly:
    """The resolution of a selection into sections."""

    def __init__(
        self,
        canevas: Canevas,
        selection: Selection,
        targets: Mapping[str, Target],
        facts: Facts,
        fields: FieldSet,
    ) -> None:
        self.problems: list[Problem] = []
        self.questions = QuestionList(facts, fields)
        self._causes = Causes(canevas, selection, facts)
        self._selection = selection
        self._targets = targets
        self._facts = facts
        for condition, clause_id, title in selection.considered:
            self.questions.add_deciding(condition, clause_id, title)

    def cover(self, cover: Cover | None) -> DraftCover | None:
        if cover is None:
            return None
        ledger = Ledger()
        resolver = Resolver(self._facts, self._targets, ledger)
        try:
            title = resolver.inlines(parse_inlines(cover.title))
            blocks = resolver.blocks(parse(cover.subtitle), iter(()))
        except MarkupError as error:
            self.problems.append(Problem(f"couverture, {error}"))
            return None
        self._settle(ledger, "", "couverture")
        values = used_values(tuple(ledger.used), self._facts)
        return DraftCover(title, blocks, self._causes.of_cover(values))

    def sections(
        self, kept: list[Kept], above: tuple[Ground, ...] = ()
    ) -> tuple[Section, ...]:
        """Resolve the nodes kept; ``above`` are the grounds of those that hold them."""
        return tuple(self._section(item, above) for item in kept)

    def _section(self, kept: Kept, above: tuple[Ground, ...]) -> Section:
        if kept.kind == "choice":
            return self._choice(kept, above)
        if kept.clause is not None:
            return self._clause(kept, kept.clause, above)
        if isinstance(kept.node, DerogationList):
            return self._derogations(kept, kept.node, above)
        return self._heading(kept, above)

    def _heading(self, kept: Kept, above: tuple[Ground, ...]) -> Section:
        node = kept.node
        title = node.title if isinstance(node, Article) else ""
        name = node.id if isinstance(node, Article) else ""
        ledger = Ledger()
        inlines = self._title(title, Resolver(self._facts, self._targets, ledger))
        self._settle(ledger, "", f"article « {title} »")
        within = (*above, self._causes.ground_of(kept))
        return Section(
            kept.kind, name, kept.anchor, kept.level, kept.label, inlines,
            children=self.sections(kept.children, within),
            cause=self._causes.of_node(
                kept, above, used_values(tuple(ledger.used), self._facts)
            ),
        )  # fmt: skip

    def _title(self, title: str, resolver: Resolver) -> Inlines:
        try:
            return resolver.inlines(parse_inlines(title))
        except MarkupError as error:
            self.problems.append(Problem(f"titre « {title} », {error}"))
            return (Run(title),)

    def _clause(self, kept: Kept, clause: Clause, above: tuple[Ground, ...]) -> Section:
        ledger = Ledger()
        resolver = Resolver(kept.facts, self._targets, ledger)
        title: Inlines = ()
        if clause.has_heading:
            title = self._clause_title(kept, clause, resolver)
        blocks = resolver.blocks(kept.blocks, iter(kept.headings))
        self._settle(ledger, clause.id, clause.title)
        trace = self._trace(kept, clause, ledger)
        return Section(
            "clause", clause.id, kept.anchor, kept.level, kept.label, title, blocks,
            trace=trace,
            cause=self._causes.of_clause(kept, clause, above, trace.values),
        )  # fmt: skip

    def _clause_title(self, kept: Kept, clause: Clause, resolver: Resolver) -> Inlines:
        title = self._title(clause.title, resolver)
        return (*title, Run(f" – {kept.row_title}")) if kept.row_title else title

    def _settle(self, ledger: Ledger, clause_id: str, title: str) -> None:
        for name, field in ledger.blanks.items():
            self.questions.add_blank(name, field, clause_id, title)
        subject = f"clause « {title} »" if clause_id else title
        self.problems.extend(
            Problem(f"{subject} : {reason}", clause_id)
            for reason in dict.fromkeys(ledger.problems)
        )

    def _trace(self, kept: Kept, clause: Clause, ledger: Ledger) -> Trace:
        tested = {
            name: field
            for name in fields_named(clause.condition)
            if (field := kept.facts.field(name))
        }
        used = {**tested, **ledger.used}
        return Trace(
            clause_id=clause.id,
            version=clause.version,
            title=clause.title,
            kind=clause.kind.value,
            occurrence=kept.occurrence,
            condition=spaced(to_french(clause.condition, kept.facts.fields)),
            values=tuple(
                used_value(name, field, kept.facts)
                for name, field in used.items()
                if kept.facts.field(name)
            ),
            legal_basis=clause.legal_basis,
            derogates=tuple(self._derogation(d) for d in clause.derogates),
            alternatives=self._selection.alternatives(clause),
            is_local=kept.is_local,
            is_open=clause.is_open,
            note=clause.note,
        )

    def _choice(self, kept: Kept, above: tuple[Ground, ...]) -> Section:
        """Leave a visible blank where one of several clauses is still to choose."""
        group = kept.clause.group if kept.clause else ""
        alternatives = next(
            (g.alternatives for g in self._selection.groups if g.name == group), ()
        )
        said = " ou ".join(f"« {a.title} »" for a in alternatives)
        blank = Blank(group, spaced(f"choisir {said}"))
        blocks = (Paragraph((blank,)),)
        cause = self._causes.of_node(kept, above, ())
        return Section("choice", group, kept.anchor, 0, "", (), blocks, cause=cause)

    def _derogations(
        self, kept: Kept, node: DerogationList, above: tuple[Ground, ...]
    ) -> Section:
        rows = tuple(dict.fromkeys(self._derogation_rows()))
        blocks: tuple[Any, ...]
        if rows:
            ordered = sorted(rows, key=lambda row: _natural(row[0]))
            blocks = (_said(_DEROGATED), _derogation_table(ordered))
        else:
            blocks = (_said(_NOT_DEROGATED),)
        title = polish([Run(node.title)])
        return Section(
            "derogations", "derogations", kept.anchor, kept.level, kept.label, title,
            blocks,
            cause=self._causes.of_node(kept, above, (), self._derogating()),
        )  # fmt: skip

    def _derogating(self) -> tuple[tuple[str, str], ...]:
        """Return the clauses that the list of derogations names."""
        found = (c for c in _clauses(self._selection.kept) if c.derogates)
        return tuple(dict.fromkeys((c.id, c.title) for c in found))

    def _derogation_rows(self) -> Iterator[tuple[str, Target, str]]:
        chosen = self._facts.value("ccag")
        for clause in _clauses(self._selection.kept):
            target = self._targets.get(clause.id)
            for derogation in clause.derogates:
                if target is not None and chosen in {None, derogation.ccag}:
                    ccag = self._derogation(derogation)
                    yield ccag, target, clause.title

    def _derogation(self, derogation: Derogation) -> str:
        field = self._facts.field("ccag")
        named = french(field.choice_title(derogation.ccag)) if field else ""
        ccag = named or f"CCAG {derogation.ccag}"
        return f"Article\N{NO-BREAK SPACE}{derogation.article} du {ccag}"


_DEROGATED = "Le présent document déroge aux articles suivants :"
_NOT_DEROGATED = "Le présent document ne déroge à aucun article du CCAG."
_DEROGATION_HEADER = ("Article auquel il est dérogé", "Par", "Objet")


def _said(text: str) -> Paragraph:
    return Paragraph(polish([Run(text)]))


def _derogation_table(rows: list[tuple[str, Target, str]]) -> Table:
    header = Row(tuple(Cell((Run(text),)) for text in _DEROGATION_HEADER))
    body = tuple(
        Row(
            (
                Cell((Run(ccag),)),
                Cell((Link(target.anchor, target.number),)),
                Cell(polish([Run(title)])),
            )
        )
        for ccag, target, title in rows
    )
    return Table(header, body)


def _natural(text: str) -> list[tuple[int, str]]:
    """Order « 9 » before « 10.1 »."""
    return [(int(n or 0), word) for n, word in re.findall(r"(\d+)|(\D+)", text)]


def _clauses(kept: list[Kept]) -> Iterator[Clause]:
    for item in kept:
        if item.clause is not None and item.kind == "clause":
            yield item.clause
        yield from _clauses(item.children)
