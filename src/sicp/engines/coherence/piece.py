"""What is compared: pieces cut in passages, the answers of the form; and what is found.

A passage is a paragraph, a title or a row, whose cells are parted by tabulations.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sicp.engines.coherence.french import LONGEST_SENTENCE
from sicp.engines.coherence.french import fold
from sicp.engines.coherence.french import split_sentences
from sicp.engines.drafting.facts import Facts
from sicp.engines.drafting.fields import FieldSet
from sicp.engines.drafting.fields import french

_LONGEST_QUOTE = 320


@dataclass(frozen=True, slots=True)
class TextPassage:
    """Some words of a piece, where they stand, and the title they stand under."""

    place: str
    text: str
    heading: str = ""
    is_heading: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class PieceText:
    """A piece and its words.

    ``kind`` is that of the document: RC, CCAP, AE, CCTP, BPU, DQE, DPGF, plan, autre.
    ``is_uploaded`` tells a file of the buyer from a piece assembled here.
    """

    id: str
    title: str
    kind: str
    passages: Sequence[TextPassage]
    is_uploaded: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One side of a contradiction: a passage of a piece, or a question of the form.

    ``piece_id`` is empty for the form, whose question is ``field``.
    """

    title: str
    place: str
    quote: str
    piece_id: str = ""
    anchor: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Incoherence:
    """Two places that contradict each other; ``message`` says in what, in French."""

    subject: str
    subject_title: str
    message: str
    first: Place
    second: Place


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or row of a piece; ``words`` is the same without accents."""

    piece: PieceText
    passage: TextPassage
    text: str
    words: str
    heading: str

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the folded cells of a row, the whole sentence when it is none."""
        return tuple(cell.strip() for cell in self.words.split("\t"))

    @property
    def is_row(self) -> bool:
        """Tell a row of a table."""
        return "\t" in self.words

    def as_place(self) -> Place:
        """Return where the sentence stands, and its words."""
        said = " | ".join(part.strip() for part in self.text.split("\t"))
        if len(said) > _LONGEST_QUOTE:
            said = f"{said[:_LONGEST_QUOTE].rsplit(' ', 1)[0]}…"
        return Place(
            self.piece.title,
            self.passage.place,
            said,
            piece_id=self.piece.id,
            anchor=self.passage.anchor,
        )


class ConsultationFacts:
    """The answers of the form, with the French titles of its questions."""

    def __init__(self, answers: Mapping[str, Any], fields: FieldSet) -> None:
        self._facts = Facts(answers, fields)
        self._answers = answers
        self._fields = fields

    def value(self, name: str) -> Any:  # noqa: ANN401
        """Return an answer that counts; None when there is none."""
        return self._facts.value(name)

    @property
    def lots(self) -> tuple[Mapping[str, Any], ...]:
        """Return the lots; none when the purchase is not divided."""
        return self._facts.rows("lots")

    def rows(self, name: str) -> tuple[Mapping[str, Any], ...]:
        """Return the rows of a table of the form."""
        return self._facts.rows(name)

    def choice_title(self, name: str) -> str:
        """Say the answer to a question with choices."""
        value = self.value(name)
        return french(self._fields[name].choice_title(value)) if value else ""

    def as_place(self, field: str, said: str) -> Place:
        """Return a question of the form and what was answered."""
        return Place("Formulaire", french(self._fields[field].title), said, field=field)


def sentences(piece: PieceText) -> Iterator[Sentence]:
    """Cut a piece in sentences; one that ends with a colon takes what follows."""
    opening = ""
    for passage in piece.passages:
        heading = fold(passage.heading)
        if "\t" in passage.text or passage.is_heading:
            opening = ""
            yield _sentence(piece, passage, passage.text[:LONGEST_SENTENCE], heading)
            continue
        for cut in split_sentences(passage.text):
            whole = f"{opening} {cut}".strip()
            opening = ""
            yield _sentence(piece, passage, whole, heading)
        is_open = whole.endswith(":") and len(whole) < LONGEST_SENTENCE
        opening = whole if is_open else ""


def _sentence(
    piece: PieceText, passage: TextPassage, text: str, heading: str
) -> Sentence:
    return Sentence(piece, passage, " ".join(text.split(" ")), fold(text), heading)
