"""The check of a whole bundle."""

from collections.abc import Iterator
from collections.abc import Sequence

from sicp.engines.coherence import calendar
from sicp.engines.coherence import duration
from sicp.engines.coherence import identity
from sicp.engines.coherence import lots
from sicp.engines.coherence import money
from sicp.engines.coherence import terms
from sicp.engines.coherence.annexes import annex_findings
from sicp.engines.coherence.annexes import price_file_findings
from sicp.engines.coherence.criteria import criteria_findings
from sicp.engines.coherence.lots import missing_lots
from sicp.engines.coherence.piece import ConsultationFacts
from sicp.engines.coherence.piece import Incoherence
from sicp.engines.coherence.piece import PieceText
from sicp.engines.coherence.piece import Sentence
from sicp.engines.coherence.piece import sentences
from sicp.engines.coherence.subject import Subject
from sicp.engines.coherence.subject import compare

#: Every subject compared value by value, in the order of the report.
SUBJECTS: tuple[Subject, ...] = (
    *identity.SUBJECTS,
    *calendar.SUBJECTS,
    *duration.SUBJECTS,
    *lots.SUBJECTS,
    *money.SUBJECTS,
    *terms.SUBJECTS,
)


def check(
    pieces: Sequence[PieceText], facts: ConsultationFacts
) -> tuple[Incoherence, ...]:
    """Return the contradictions between pieces, and with the form.

    A statement repeated in the same passage is told once. The order is that of the
    subjects, then of the pieces.
    """
    told = [sentence for piece in pieces for sentence in sentences(piece)]
    found = _findings(told, pieces, facts)
    return tuple({_key(finding): finding for finding in found}.values())


def _findings(
    told: Sequence[Sentence], pieces: Sequence[PieceText], facts: ConsultationFacts
) -> Iterator[Incoherence]:
    for subject in SUBJECTS:
        yield from compare(subject, told, facts)
    yield from missing_lots(told, facts)
    yield from criteria_findings(told, facts)
    yield from price_file_findings(pieces, facts)
    yield from annex_findings(told, pieces)


def _key(finding: Incoherence) -> tuple[str, ...]:
    first = finding.first
    return (finding.subject, finding.message, first.piece_id, first.place)
