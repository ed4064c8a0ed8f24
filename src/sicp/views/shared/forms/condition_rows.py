"""A condition as rows a person can read and change, and back.

A row is a *test* (field, operator, values) or a *group* of the rows that follow it one
step deeper. The group at the top, at depth 0, holds everything; empty, it means
« always ».
"""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from typing import Any

ALL = "all"
ANY = "any"
NONE = "none"
NOT_ALL = "not_all"
JOINTS = (ALL, ANY, NONE, NOT_ALL)

#: Deeper than this nobody reads a condition any more.
DEEPEST = 4
MOST_ROWS = 60

Tree = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One row; ``joint`` is empty for a test, the other parts for a group."""

    depth: int
    joint: str = ""
    field: str = ""
    operator: str = ""
    values: tuple[str, ...] = ()

    @property
    def is_group(self) -> bool:
        """Tell whether the row holds those below it."""
        return bool(self.joint)


def rows_of(condition: Tree | None) -> tuple[ConditionRow, ...]:
    """Write a condition as rows, the group at the top first."""
    if not condition:
        return (ConditionRow(0, ALL),)
    joint, _parts = _group(condition)
    if joint:
        return tuple(_rows(condition, 0))
    return (ConditionRow(0, ALL), *_rows(condition, 1))


def condition_of(rows: Sequence[ConditionRow]) -> dict[str, Any] | None:
    """Write rows as a condition; None when they hold no test.

    A row deeper than its place allows is read at the deepest place there is.
    """
    if not rows:
        return None
    top = rows[0] if rows[0].is_group else ConditionRow(0, ALL)
    rest = rows[1:] if rows[0].is_group else rows
    return _joined(top.joint, _children(list(rest), 1))


def _rows(condition: Tree, depth: int) -> Iterator[ConditionRow]:
    joint, parts = _group(condition)
    if joint:
        yield ConditionRow(depth, joint)
        for part in parts:
            yield from _rows(part, depth + 1)
        return
    raw = condition.get("value")
    many = raw if isinstance(raw, list | tuple) else () if raw is None else (raw,)
    yield ConditionRow(
        depth,
        field=str(condition.get("field", "")),
        operator=str(condition.get("operator", "")),
        values=tuple(_text(value) for value in many),
    )


def _group(condition: Tree) -> tuple[str, list[Tree]]:
    if ALL in condition:
        return ALL, list(condition[ALL])
    if ANY in condition:
        return ANY, list(condition[ANY])
    if "not" in condition:
        denied = condition["not"]
        if ANY in denied:
            return NONE, list(denied[ANY])
        if ALL in denied:
            return NOT_ALL, list(denied[ALL])
        return NONE, [denied]
    return "", []


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _children(rows: list[ConditionRow], depth: int) -> list[dict[str, Any]]:
    found = []
    while rows:
        row = rows.pop(0)
        if not row.is_group:
            found.append(_test(row))
            continue
        inside = []
        while rows and rows[0].depth > row.depth:
            inside.append(rows.pop(0))
        part = _joined(row.joint, _children(inside, depth + 1), keep=True)
        if part is not None:
            found.append(part)
    return found


def _joined(
    joint: str, parts: list[dict[str, Any]], *, keep: bool = False
) -> dict[str, Any] | None:
    if not parts:
        return None
    if joint == NONE:
        return {"not": parts[0] if len(parts) == 1 else {ANY: parts}}
    if joint == NOT_ALL:
        return {"not": {ALL: parts}}
    if len(parts) == 1 and not keep:
        return parts[0]
    return {joint: parts}


def _test(row: ConditionRow) -> dict[str, Any]:
    return {"field": row.field, "operator": row.operator, "value": list(row.values)}


def changed(
    rows: Sequence[ConditionRow], rank: int, action: str
) -> tuple[ConditionRow, ...]:
    """Return the rows after a button of the row at ``rank`` was pressed.

    ``add-test`` and ``add-group`` put a row at the end of a group, ``remove`` takes a
    row and what it holds, ``up`` and ``down`` move a row past its neighbour.
    """
    listed = list(rows)
    if not 0 <= rank < len(listed):
        return tuple(listed)
    row, end = listed[rank], _end(listed, rank)
    if action in {"add-test", "add-group"} and row.is_group:
        if len(listed) >= MOST_ROWS:
            return tuple(listed)
        joint = ANY if row.joint == ALL else ALL
        depth = row.depth + 1
        new = [ConditionRow(depth)]
        if action == "add-group" and depth < DEEPEST:
            new = [ConditionRow(depth, joint), ConditionRow(depth + 1)]
        listed[end:end] = new
    elif action == "remove" and rank:
        del listed[rank:end]
    elif action in {"up", "down"} and rank:
        listed = _moved(listed, rank, end, action)
    return tuple(listed)


def with_field(row: ConditionRow, field: str) -> ConditionRow:
    """Return the row about another field: its operator and values no longer fit."""
    return row if row.field == field else replace(row, field=field, values=())


def _end(rows: Sequence[ConditionRow], rank: int) -> int:
    """Return the rank after the last row that the row at ``rank`` holds."""
    end = rank + 1
    while end < len(rows) and rows[end].depth > rows[rank].depth:
        end += 1
    return end


def _moved(
    rows: list[ConditionRow], rank: int, end: int, action: str
) -> list[ConditionRow]:
    block, depth = rows[rank:end], rows[rank].depth
    others = rows[:rank] + rows[end:]
    if action == "up":
        place = rank - 1
        while place > 0 and others[place].depth > depth:
            place -= 1
        if place <= 0 or others[place].depth < depth:
            return rows
    else:
        if end >= len(rows) or rows[end].depth < depth:
            return rows
        place = rank + (_end(rows, end) - end)
    return [*others[:place], *block, *others[place:]]
