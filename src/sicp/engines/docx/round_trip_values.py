"""The values of an edited file: which field each one is, and what it says now."""

from collections import Counter
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sicp.engines.docx.body import VALUE_PREFIX
from sicp.engines.docx.body import value_tag
from sicp.engines.docx.reading_values import format_of
from sicp.engines.docx.reading_values import read_value
from sicp.engines.docx.reading_values import same_words
from sicp.engines.docx.round_trip_model import ValueChange
from sicp.engines.docx.round_trip_model import ValueConflict
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.fields import row_fields
from sicp.engines.drafting.fields import row_name
from sicp.engines.drafting.formats import FORMAT_TYPES
from sicp.engines.drafting.typography import spaced
from sicp.engines.drafting.values import UnreadableValueError

_NO_BREAK = ("\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}")
_TEXTS = frozenset({FieldType.TEXT, FieldType.LONG_TEXT})
_NUMBERLIKE = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Seen:
    """One value as printed by the draft and as found in the file.

    ``old`` is empty for a blank.
    """

    control: str
    tag: str
    old: str
    new: str
    is_sure: bool = True

    @property
    def is_changed(self) -> bool:
        """Tell whether the words differ."""
        return same_words(self.old) != same_words(self.new)


class Vocabulary:
    """The fields that controls may name, and the formats in which they are printed."""

    def __init__(self, draft: Draft, fields: Mapping[str, Field]) -> None:
        self._fields = dict(_every(fields))
        self._fields.update((q.name, q.field) for q in draft.questions)
        self._names = {value_tag(name): name for name in self._fields}
        self._said: dict[str, str] = {}
        self._titles: dict[str, str] = {}
        for section in draft.walk():
            for value in section.trace.values if section.trace else ():
                self._said.setdefault(value.name, value.text)
                self._titles.setdefault(value.name, value.title)
        tables = [f for f in fields.values() if f.type is FieldType.ROWS]
        self._formats: dict[tuple[str, str], str] = {}
        self._tables = {row_name(f.name): f.name for f in tables}

    def name(self, control: str) -> str:
        """Return the name of the field a control bears."""
        base, _, _ = control.partition("@")
        return self._names.get(base, base.removeprefix(VALUE_PREFIX))

    def field(self, control: str) -> Field | None:
        """Return the field of a control, None when nobody knows it."""
        return self._fields.get(self.name(control))

    def title(self, control: str) -> str:
        """Return what the person reads of a field."""
        field, name = self.field(control), self.name(control)
        return french(field.title) if field else self._titles.get(name, name)

    def table_of(self, name: str) -> str:
        """Return the table whose rows have the column ``name``, empty if none."""
        prefix, dot, _ = name.partition(".")
        return self._tables.get(prefix, "") if dot else ""

    def long_tags(self) -> frozenset[str]:
        """Return the tags of the values that may hold several paragraphs."""
        long = (f for f in self._fields.values() if f.type is FieldType.LONG_TEXT)
        return frozenset(value_tag(field.name) for field in long)

    def format(self, control: str, printed: str) -> str:
        """Return the format in which a value is printed; empty for the default one."""
        name = self.name(control)
        if (name, printed) not in self._formats:
            self._formats[name, printed] = self._format(name, printed)
        return self._formats[name, printed]

    def _format(self, name: str, printed: str) -> str:
        field = self._fields.get(name)
        if field is None:
            return ""
        said = self._said.get(name, "")
        if same_words(said) == same_words(printed):
            return ""
        for text in (said, printed):
            found = format_of(field, _quietly(field, text), printed)
            if found is not None:
                return found
        return _counted(field, printed)

    def change(self, seen: Seen) -> ValueChange | None:
        """Return the change of one value; None when it says the same."""
        if not seen.is_changed:
            return None
        field = self.field(seen.control)
        value, refusal = None, ""
        if field is None:
            refusal = f"« {self.name(seen.control)} » n’est plus un champ du formulaire"
        else:
            try:
                value = self._read(field, seen)
            except UnreadableValueError as error:
                refusal = str(error)
        if not refusal and seen.old and value == _quietly(field, seen.old):
            return None
        return ValueChange(
            name=self.name(seen.control),
            title=self.title(seen.control),
            tag=seen.tag,
            place=seen.control.partition("@")[2],
            old=seen.old,
            new=seen.new,
            value=value,
            refusal=refusal,
            is_sure=seen.is_sure,
        )

    def _read(self, field: Field, seen: Seen) -> Any:  # noqa: ANN401
        if field.type not in _TEXTS:
            return read_value(field, seen.new)
        text = plain(seen.new)
        said = self._said.get(field.name, "")
        form = self.format(seen.control, seen.old)
        if form == "lower" and said[:1].isupper():
            text = text[:1].upper() + text[1:]
        elif form == "capital" and said[:1].islower():
            text = text[:1].lower() + text[1:]
        return read_value(field, text)


def plain(text: str) -> str:
    """Return ``text`` without the no-break spaces that the typography will put back."""
    bare = text
    for space in _NO_BREAK:
        bare = bare.replace(space, " ")
    kept = spaced(bare)
    return "".join(
        " " if typed in _NO_BREAK and set_ in _NO_BREAK else typed
        for typed, set_ in zip(text, kept, strict=True)
    )


def changes(vocabulary: Vocabulary, every: Iterable[Seen]) -> list[ValueChange]:
    """Return the changes, each once for each clause and place."""
    found = (vocabulary.change(seen) for seen in every)
    return list(dict.fromkeys(change for change in found if change is not None))


def conflicts(
    vocabulary: Vocabulary, changed: list[ValueChange], every: list[Seen]
) -> Iterator[ValueConflict]:
    """Yield the values that the file says in several ways."""
    groups: dict[tuple[str, str], list[ValueChange]] = defaultdict(list)
    for change in changed:
        groups[_key(change.name, change.place, change.tag)].append(change)
    kept: dict[tuple[str, str], list[str]] = defaultdict(list)
    for seen in every:
        if vocabulary.change(seen) is None and seen.old:
            name, place = vocabulary.name(seen.control), seen.control.partition("@")[2]
            kept[_key(name, place, seen.tag)].append(seen.tag)
    for key, group in groups.items():
        said = Counter((str(c.value), c.refusal and c.new) for c in group)
        still = tuple(dict.fromkeys(kept[key]))
        if len(said) > 1 or still:
            yield ValueConflict(group[0].name, group[0].title, tuple(group), still)


def _key(name: str, place: str, tag: str) -> tuple[str, str]:
    """Return what one value is: a column has one value for each row."""
    return name, f"{tag}@{place}" if place else ""


def _every(fields: Mapping[str, Field]) -> Iterator[tuple[str, Field]]:
    for name, field in fields.items():
        yield name, field
        if field.type is FieldType.ROWS:
            for column in row_fields(field):
                yield column.name, column


def _quietly(field: Field | None, text: str) -> Any:  # noqa: ANN401
    if field is None:
        return None
    try:
        return read_value(field, text)
    except UnreadableValueError:
        return None


def _counted(field: Field, printed: str) -> str:
    """Tell the count of rows in figures from that in letters, and from their list."""
    if field.type is not FieldType.ROWS:
        return ""
    if set(printed) <= _NUMBERLIKE:
        return "number"
    count = Field(field.name, field.title, FieldType.INTEGER)
    is_letters = _quietly(count, printed) is not None
    return "letters" if is_letters and "letters" in FORMAT_TYPES else ""
