"""Contradictions between the pieces of a consultation, and with its form.

Only sentences whose subject is explicit are read: a doubt is kept silent, so that each
finding is worth the reader's time. Pure: words in, findings out.
"""

from sicp.engines.coherence.check import check
from sicp.engines.coherence.piece import ConsultationFacts
from sicp.engines.coherence.piece import Incoherence
from sicp.engines.coherence.piece import PieceText
from sicp.engines.coherence.piece import Place
from sicp.engines.coherence.piece import TextPassage

__all__ = [
    "ConsultationFacts",
    "Incoherence",
    "PieceText",
    "Place",
    "TextPassage",
    "check",
]
