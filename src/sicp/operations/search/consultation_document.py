"""Consultations with their lots, and their pieces, as they are found.

A lot is a passage of its consultation, « Lot 2 », and no thing of its own: whoever
looks for it wants the purchase, and counts are of purchases. What the short card shows
is found by its readers; all else by those who see the detail.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from decimal import Decimal
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.clock import PARIS
from sicp.content_types.consultation.upstream_form import LOT_COLUMNS
from sicp.content_types.consultation.upstream_form import STEPS
from sicp.content_types.consultation.upstream_form import fields_of_step
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.engines.search import Passage
from sicp.engines.search import SearchDocument
from sicp.i18n import french
from sicp.operations.reference_data import cpv_label
from sicp.operations.reference_data import tables
from sicp.operations.search.passage import numbers_above
from sicp.operations.search.passage import passages_of
from sicp.operations.search.passage import passages_of_file
from sicp.operations.search.passage import seconds_of
from sicp.operations.search.passage import sources_of
from sicp.operations.user.right import allowed_by

_DIVISION = 2
_CPV_LENGTH = 8
_DIRECTION = "direction"
_LOT_ON_CARD = ("number", "object")


def consultation_document(consultation: Any) -> SearchDocument:
    """Return a consultation as it is found."""
    answers = dict(consultation.answers)
    lots = consultation.get("lots")
    lots = lots.in_order() if lots is not None else []
    codes = [answers.get("cpv") or "", *(lot.cpv for lot in lots)]
    return SearchDocument(
        id=consultation.__oid__,
        kind="consultation",
        title=consultation.object or consultation.reference,
        passages=tuple(_card(answers, lots)),
        allowed=tuple(allowed_by(consultation, p.VIEW_CARD)),
        hidden_passages=tuple(_detail(consultation, answers, lots)),
        allowed_detail=tuple(allowed_by(consultation, p.VIEW_DETAIL)),
        ancestors=numbers_above(consultation),
        references=tuple(filter(None, (consultation.reference, answers.get("cpv")))),
        facets=_facets(consultation, answers, codes[:1]),
        modified_at=seconds_of(consultation.modified_at),
        sources=sources_of(
            consultation,
            consultation.answers,
            consultation.__workflow_state__,
            *lots,
        ),
    )


def attachment_document(piece: Any) -> SearchDocument:
    """Return a technical piece as it is found, with what was read of its last file."""
    version = piece.current
    return _part_of_consultation(
        piece,
        "attachment",
        (*passages_of("", [version.file_name]), *passages_of_file(version)),
        sources_of(piece, version),
    )


def piece_document(draft: Any) -> SearchDocument:
    """Return a piece being drafted as it is found: what its writer alone said.

    The rest of its text is that of the clauses, found by themselves.
    """
    texts = [str(text) for text in draft.local_texts.values()]
    words = [text for text in draft.answers.values() if isinstance(text, str)]
    passages = (*passages_of("", texts), *passages_of("", words))
    records = (draft, draft.answers, draft.local_texts)
    return _part_of_consultation(draft, "piece", passages, sources_of(*records))


def _part_of_consultation(
    part: Any, kind: str, passages: tuple[Passage, ...], sources: tuple[int, ...]
) -> SearchDocument:
    consultation = part.__parent__.__parent__
    return SearchDocument(
        id=part.__oid__,
        kind=kind,
        title=part.title,
        passages=passages,
        allowed=tuple(allowed_by(part, p.VIEW_DETAIL)),
        ancestors=numbers_above(part),
        references=(),
        facets=_facets(consultation, dict(consultation.answers), []),
        modified_at=seconds_of(part.modified_at),
        sources=(
            *sources,
            *sources_of(
                consultation, consultation.answers, consultation.__workflow_state__
            ),
        ),
    )


def _facets(
    consultation: Any, answers: Mapping[str, Any], codes: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    procedure = answers.get("procedure")
    state = consultation.__workflow_state__["consultation"]
    divisions = (code[:_DIVISION].ljust(_CPV_LENGTH, "0") for code in codes if code)
    return {
        "state": (f"consultation.{state}",),
        "year": (consultation.__parent__.__name__,),
        "body": (str(consultation.body_entity),),
        "direction": tuple(_directions(consultation)),
        "procedure": (procedure,) if procedure else (),
        "cpv": tuple(dict.fromkeys(divisions)),
    }


def _directions(consultation: Any) -> Iterator[str]:
    objectmap = find_objectmap(consultation)
    for number in consultation.responsible:
        entity = objectmap.object_for(number)
        above = entity.ancestry() if entity is not None else ()
        found = (objectmap.object_for(one) for one in above)
        kept = next((e for e in found if e.kind == _DIRECTION), entity)
        if kept is not None:
            yield str(kept.__oid__)


def _card(answers: Mapping[str, Any], lots: list[Any]) -> Iterator[Passage]:
    fields = [field for step, _title in STEPS for field in fields_of_step(step)]
    shown = [field for field in fields if field.on_card]
    yield from passages_of("", _lines(shown, answers))
    for lot in lots:
        yield Passage(lot.title, "", f"Lot {lot.number}")


def _detail(
    consultation: Any, answers: Mapping[str, Any], lots: list[Any]
) -> Iterator[Passage]:
    for step, title in STEPS:
        hidden = [field for field in fields_of_step(step) if not field.on_card]
        yield from passages_of(french(title), _lines(hidden, answers))
    for lot in lots:
        columns = [column for column in LOT_COLUMNS if column.name not in _LOT_ON_CARD]
        told = _lines(columns, lot.as_row())
        yield from passages_of(lot.title, told, f"Lot {lot.number}")
    award = consultation.award or {}
    yield from passages_of("Attribution", _words_in(award))


def _lines(fields: Iterable[Field], answers: Mapping[str, Any]) -> Iterator[str]:
    for field in fields:
        said = _said(field, answers.get(field.name))
        if said:
            yield f"{french(field.title)} : {said}"


def _said(field: Field, value: Any) -> str:
    """Say the value of a field in words; what is no word is left out."""
    if value in (None, "", ()) or isinstance(value, bool):
        return ""
    if field.meta.get("reference_list") == "procedures":
        return procedure_words(value)
    match field.type:
        case FieldType.CHOICE:
            return french(field.choice_title(value))
        case FieldType.CHOICES:
            return ", ".join(french(field.choice_title(one)) for one in value)
        case FieldType.CPV:
            return _cpv(value)
        case FieldType.ROWS:
            rows = (_lines(field.columns, row) for row in value)
            return "\n".join(", ".join(row) for row in rows)
        case FieldType.AMOUNT:
            return _amount(value)
    return _plain(value)


def procedure_words(code: str) -> str:
    """Return what a procedure is called, whatever the day; the code when unknown."""
    found = (item.title for item in tables().procedures if item.code == code)
    return french(next(found, code))


def _cpv(code: str) -> str:
    return f"{code} {cpv_label(code)}".strip() if code else ""


def _amount(value: Decimal | None) -> str:
    if value is None:
        return ""
    return f"{value:,.2f} €".replace(",", " ").replace(".", ",")


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(PARIS).strftime("%d/%m/%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return str(value)


def _words_in(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _words_in(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _words_in(value)
