"""An extracted text and a reading, as bytes to keep or to hand over."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sicp.engines.text_extraction.metadata import Metadata
from sicp.engines.text_extraction.passage import ExtractedText
from sicp.engines.text_extraction.passage import Passage
from sicp.engines.text_extraction.reading import Reading
from sicp.engines.text_extraction.state import TextState


def to_json(text: ExtractedText) -> bytes:
    """Write an extracted text as bytes to keep."""
    return _dumped(asdict(text))


def from_json(content: bytes) -> ExtractedText:
    """Read what ``to_json`` wrote."""
    return _text(json.loads(content))


def reading_to_json(reading: Reading) -> bytes:
    """Write how a reading ended, with its text."""
    text = asdict(reading.text) if reading.text is not None else None
    told = {"state": reading.state.value, "message": reading.message, "text": text}
    return _dumped(told)


def reading_from_json(content: bytes) -> Reading:
    """Read what ``reading_to_json`` wrote."""
    told = json.loads(content)
    text = _text(told["text"]) if told["text"] is not None else None
    return Reading(TextState(told["state"]), text, told["message"])


def metadata_to_json(metadata: Metadata) -> bytes:
    """Write what a file says of itself."""
    told = asdict(metadata)
    for name in _INSTANTS:
        told[name] = told[name].isoformat() if told[name] is not None else ""
    return _dumped(told)


def metadata_from_json(content: bytes) -> Metadata:
    """Read what ``metadata_to_json`` wrote."""
    told = json.loads(content)
    for name in _INSTANTS:
        told[name] = datetime.fromisoformat(told[name]) if told[name] else None
    return Metadata(**told)


_INSTANTS = ("created_at", "modified_at")


def _dumped(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode("utf-8")


def _text(told: dict[str, Any]) -> ExtractedText:
    passages = tuple(Passage(**passage) for passage in told["passages"])
    return ExtractedText(told["kind"], passages, is_cut=told["is_cut"])
