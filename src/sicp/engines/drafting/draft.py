"""What the assembly gives: a tree of numbered sections whose values are written.

Blocks are those of ``blocks`` (Paragraph, ListBlock, Table) and ``Heading``; their
inlines are ``Run``, ``Blank`` and ``Link``. Screens, Word and PDF all read this.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from typing import ClassVar

from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.layout import Layout


@dataclass(frozen=True, slots=True)
class Run:
    """Words to print; ``source`` names the field they come from, if any.

    A newline is a line break.
    """

    text: str
    is_bold: bool = False
    is_italic: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Blank:
    """A required value that nobody gave: « [à compléter : titre] », highlighted."""

    name: str
    title: str
    is_bold: bool = False
    is_italic: bool = False

    @property
    def text(self) -> str:
        """Return what the reader sees in the place of the value."""
        return f"[à compléter\N{NO-BREAK SPACE}: {self.title}]"


@dataclass(frozen=True, slots=True)
class Link:
    """A reference to the section ``anchor``: ``word`` (« article ») and its number."""

    anchor: str
    number: str
    word: str = "article"
    is_bold: bool = False
    is_italic: bool = False

    @property
    def text(self) -> str:
        """Return the words as printed, such as « article 7.2 »."""
        return (
            f"{self.word}\N{NO-BREAK SPACE}{self.number}" if self.word else self.number
        )


Inline = Run | Blank | Link
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading inside a clause."""

    kind: ClassVar[str] = "heading"
    level: int
    label: str
    anchor: str
    inlines: Inlines


@dataclass(frozen=True, slots=True)
class UsedValue:
    """A field the text or the condition of a clause used, and what it said."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Truth:
    """A condition as a French sentence, and whether it holds here.

    ``holds`` is None when it cannot be decided. ``link`` (« et » or « ou ») joins the
    ``parts``; an elementary one has none, and tells the values that decide it.
    """

    text: str
    holds: bool | None
    link: str = ""
    parts: tuple["Truth", ...] = ()
    values: tuple[UsedValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """One step of the reasons for a section: a node, and its condition.

    ``kind`` is canevas, part, article, derogations, use (the place of a clause in the
    canevas), clause, fragment (a conditional piece of a sentence) or alternative.
    ``truth`` is None when there is no condition.
    """

    kind: str
    id: str
    title: str
    condition: str
    truth: Truth | None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a section is there, whatever it is.

    ``grounds`` go from the canevas down to the section; ``values`` are those it prints
    or tests; ``sources`` are the clauses (id, title) a list was made from;
    ``alternatives`` are the clauses of which one stands here.
    """

    grounds: tuple[Ground, ...]
    values: tuple[UsedValue, ...] = ()
    fragments: tuple[Ground, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    alternatives: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """One clause of a group, and whether its condition holds."""

    clause_id: str
    title: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """Why this clause is here, in this version, with these words.

    ``condition`` is a French sentence (« toujours » when there is none);
    ``alternatives`` are the other clauses of its group.
    """

    clause_id: str
    version: int
    title: str
    kind: str
    occurrence: int
    condition: str
    values: tuple[UsedValue, ...]
    legal_basis: tuple[str, ...]
    derogates: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    is_local: bool
    is_open: bool
    note: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part, an article or a clause, with its number and what it holds.

    ``kind`` is part, article, clause, derogations or choice (the place of a group of
    alternatives where one is still to choose). ``level`` is that of the heading, from
    1; 0 when there is no heading. ``label`` is printed before the title (« Article 1 »,
    « 1.1 »), empty for a heading without number. ``anchor`` is unique in the draft.
    ``trace`` tells which clause it is, ``cause`` why it is there, clause or not.
    """

    kind: str
    id: str
    anchor: str
    level: int
    label: str
    title: Inlines
    blocks: tuple[Any, ...] = ()
    children: tuple["Section", ...] = ()
    trace: Trace | None = None
    cause: Cause | None = None

    @property
    def title_text(self) -> str:
        """Return the title without style."""
        return inlines_text(self.title)


@dataclass(frozen=True, slots=True)
class Question:
    """A required field without value, and the clauses that wait for it.

    ``clauses`` print the value, ``decides`` are kept or not according to it; both are
    pairs of clause id and title. ``is_variable`` tells a variable of a clause from a
    question of the upstream form.
    """

    name: str
    title: str
    field: Field
    clauses: tuple[tuple[str, str], ...]
    decides: tuple[tuple[str, str], ...]
    is_variable: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that must be mended before the document is frozen, in French."""

    message: str
    clause_id: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives of which exactly one is kept; ``kept`` is empty until then."""

    name: str
    alternatives: tuple[Alternative, ...]
    kept: str


@dataclass(frozen=True, slots=True)
class DraftCover:
    """The first page, resolved."""

    title: Inlines
    blocks: tuple[Any, ...]
    cause: Cause | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One assembled document."""

    canevas_id: str
    canevas_version: int
    title: str
    document: str
    cover: DraftCover | None
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]
    groups: tuple[Group, ...]
    layout: Layout = Layout.DOCUMENT

    def walk(self) -> Iterator[Section]:
        """Yield every section in reading order."""
        yield from _walk(self.sections)

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing stands against freezing the document."""
        return not self.questions and not self.problems


def inlines_text(inlines: Inlines) -> str:
    """Return the words of inlines without style."""
    return "".join(inline.text for inline in inlines)


def _walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _walk(section.children)
