"""One thing that pieces may say: how it is read, and what the form says of it."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from operator import eq
from typing import Any

from sicp.engines.coherence.piece import ConsultationFacts
from sicp.engines.coherence.piece import Incoherence
from sicp.engines.coherence.piece import Sentence
from sicp.engines.drafting.typography import spaced


@dataclass(frozen=True, slots=True)
class Expected:
    """What the form says: the value, the question, and how to say it."""

    value: Any
    field: str
    said: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of comparison.

    ``read`` gives the values that a sentence tells, ``expected`` what the form says
    (None when it says nothing: pieces are then compared with one another), ``agrees``
    whether what was expected suits what was read, ``say`` the value in French.
    """

    name: str
    title: str
    read: Callable[[Sentence], Iterable[Any]]
    expected: Callable[[ConsultationFacts], Expected | None]
    say: Callable[[Any], str] = str
    agrees: Callable[[Any, Any], bool] = eq


def compare(
    subject: Subject, told: Sequence[Sentence], facts: ConsultationFacts
) -> Iterator[Incoherence]:
    """Find the sentences that contradict the form or, without it, the first piece."""
    expected = subject.expected(facts)
    first: tuple[Any, Sentence] | None = None
    for sentence in told:
        for value in dict.fromkeys(subject.read(sentence)):
            if expected is not None:
                if not subject.agrees(expected.value, value):
                    yield _against_form(subject, sentence, value, expected, facts)
            elif first is None:
                first = (value, sentence)
            elif not subject.agrees(first[0], value):
                yield _against_piece(subject, sentence, value, first)


def unknown(_facts: ConsultationFacts) -> None:
    """Tell that the form does not ask this."""


def incoherence(
    subject: tuple[str, str], message: str, sides: tuple[Any, Any]
) -> Incoherence:
    """Write a finding with the spaces of French typography."""
    return Incoherence(*subject, spaced(message), *sides)


def _against_form(
    subject: Subject,
    sentence: Sentence,
    value: Any,  # noqa: ANN401
    expected: Expected,
    facts: ConsultationFacts,
) -> Incoherence:
    message = (
        f"« {sentence.piece.title} » dit « {subject.say(value)} » ; "
        f"le formulaire dit « {expected.said} »."
    )
    sides = (sentence.as_place(), facts.as_place(expected.field, expected.said))
    return incoherence((subject.name, subject.title), message, sides)


def _against_piece(
    subject: Subject,
    sentence: Sentence,
    value: Any,  # noqa: ANN401
    first: tuple[Any, Sentence],
) -> Incoherence:
    other, place = first
    message = (
        f"« {sentence.piece.title} » dit « {subject.say(value)} » ; "
        f"« {place.piece.title} » dit « {subject.say(other)} »."
    )
    sides = (sentence.as_place(), place.as_place())
    return incoherence((subject.name, subject.title), message, sides)
