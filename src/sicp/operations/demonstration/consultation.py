"""The consultations of the demonstration, each made by its author, step by step."""

import re
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from typing import Any

from sicp.clock import PARIS
from sicp.clock import legal_day
from sicp.content_types.consultation.upstream_form import STEPS
from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.content_types.consultation.upstream_form import fields_of_step
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.values import coerce
from sicp.operations.consultation.consultation import change_state
from sicp.operations.consultation.consultation import create_consultation
from sicp.operations.consultation.draft import create_draft
from sicp.operations.consultation.draft import own_fields
from sicp.operations.consultation.draft import save_answers
from sicp.operations.consultation.lot import add_lot
from sicp.operations.consultation.upstream_form import save_step
from sicp.operations.demonstration.seed import Making
from sicp.operations.demonstration.seed import read_seed
from sicp.operations.user.right import actor_for

_FROM_TODAY = re.compile(r"([+-]\d+)(?: (\d{1,2}:\d{2}))?")
_LOTS = UPSTREAM_FORM["lots"]


def build_consultations(making: Making) -> None:
    """Make every consultation, at the day and by the person the seed tells."""
    seed = read_seed("consultations")
    for told in sorted(seed["consultations"], key=lambda item: item["opened"]):
        presets = [seed["presets"][name] for name in told["like"]]
        _build_consultation(making, told, _answers(presets, told, making.now))


def _build_consultation(
    making: Making, told: Mapping[str, Any], answers: Mapping[str, Any]
) -> None:
    at = making.now + timedelta(days=told["opened"])
    author = actor_for(making.site, told["author"], at)
    author_making = replace(making, actor=author, now=at)
    consultation = create_consultation(
        making.site,
        {"object": answers["object"]},
        _numbers(making, told["responsible"]),
        _numbers(making, told.get("beneficiaries", ())),
        **author_making.by,
    )
    for rank, step in enumerate(_steps_until(told.get("until", ""))):
        names = [field.name for field in fields_of_step(step)]
        values = {name: answers[name] for name in names if name in answers}
        # Nobody fills a form in an instant: the history reads in its order.
        later = replace(author_making, now=at + timedelta(minutes=9 * (rank + 1)))
        save_step(consultation, step, values, **later.by)
    for rank, row in enumerate(told.get("lots", ())):
        later = replace(author_making, now=at + timedelta(minutes=90 + 4 * rank))
        add_lot(consultation, _row(_LOTS, row, making.now), **later.by)
    _begin_pieces(making, consultation, told)
    _end(making, consultation, told)


def _begin_pieces(
    making: Making,
    consultation: Any,  # noqa: ANN401
    told: Mapping[str, Any],
) -> None:
    """Begin the pieces whose own questions are answered.

    It is done today: no clause was in force before.
    """
    today = replace(making, actor=actor_for(making.site, told["author"], making.now))
    for template, raw in told.get("pieces", {}).items():
        draft = create_draft(consultation, template, **today.by)
        asked = own_fields(draft, legal_day(making.now))
        values = {name: _typed(asked[name], raw[name], making.now) for name in raw}
        save_answers(draft, values, **today.by)


def _end(making: Making, consultation: Any, told: Mapping[str, Any]) -> None:  # noqa: ANN401
    if "abandoned" in told:
        change_state(consultation, "abandon", reason=told["abandoned"], **making.by)
    if told.get("closed"):
        change_state(consultation, "close", **making.by)


def _numbers(making: Making, ids: list[str]) -> list[int]:
    return [making.entities[name].__oid__ for name in ids]


def _steps_until(last: str) -> Iterator[str]:
    for name, _title in STEPS:
        yield name
        if name == last:
            return


def _answers(
    presets: list[Mapping[str, Any]], told: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    for source in (*presets, told["answers"]):
        raw.update(source)
    typed = {
        name: _typed(UPSTREAM_FORM[name], value, now) for name, value in raw.items()
    }
    return {name: value for name, value in typed.items() if value is not None}


def _typed(field: Field, value: Any, now: datetime) -> Any:  # noqa: ANN401
    if field.type is FieldType.ROWS:
        return tuple(_row(field, row, now) for row in value or ())
    if field.type in {FieldType.DATE, FieldType.DATETIME}:
        return _moment(field, value, now)
    return coerce(field, value)


def _row(field: Field, row: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    columns = {column.name: column for column in field.columns}
    return {name: _typed(columns[name], value, now) for name, value in row.items()}


def _moment(field: Field, value: str | None, now: datetime) -> date | datetime | None:
    if value is None:
        return None
    found = _FROM_TODAY.fullmatch(value)
    if found is None:
        raise ValueError(value)
    day = legal_day(now) + timedelta(days=int(found[1]))
    if field.type is FieldType.DATE:
        return day
    at = time.fromisoformat(found[2].zfill(5))
    return datetime.combine(day, at, PARIS).astimezone(UTC)
