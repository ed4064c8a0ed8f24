"""Two people wrote one sheet at once: their texts brought together, or compared."""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from sicp.engines.clean_html import clean
from sicp.engines.drafting.sequence_merge import Clash as Passage
from sicp.engines.sheet_markup import blocks_of
from sicp.engines.sheet_markup import html_of
from sicp.engines.sheet_markup import joined
from sicp.engines.sheet_markup import merge_texts
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.operations.clause.merging import BOTH
from sicp.operations.clause.merging import MINE
from sicp.operations.clause.merging import OWN
from sicp.operations.clause.merging import THEIRS
from sicp.operations.clause.merging import Clash
from sicp.operations.knowledge.editing import text_as_markup
from sicp.operations.knowledge.editing import text_from_markup
from sicp.operations.knowledge.sheet import SheetInput
from sicp.operations.knowledge.version import said_field
from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.rules.sheet_kind import TEXT
from sicp.rules.sheet_kind import SheetKind
from sicp.rules.sheet_kind import read_fields

#: How the key of a clash begins that is about a field of the kind.
FIELD = "field."


@dataclass(frozen=True, slots=True)
class Writing:
    """One person's writing of a sheet, as a page carries it."""

    title: str
    text: str
    themes: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data; days are ISO texts."""
        fields = {name: str(value) for name, value in self.fields.items()}
        themes = list(self.themes)
        return {
            "title": self.title,
            "text": self.text,
            "themes": themes,
            "fields": fields,
        }

    def as_input(self, note: str = "") -> SheetInput:
        """Return it as it is saved."""
        return SheetInput(self.title, self.text, self.fields, self.themes, note)


@dataclass(frozen=True)
class Meeting:
    """What became of two writings: what agrees, and what is to be chosen."""

    writing: Writing
    clashes: tuple[Clash, ...]
    _parts: Any
    _values: Mapping[str, tuple[Any, Any]]

    @property
    def is_clean(self) -> bool:
        """Tell whether both are kept with nothing to choose."""
        return not self.clashes

    def settled(self, choices: Mapping[str, str], texts: Mapping[str, str]) -> Writing:
        """Return the writing once each clash is chosen; what is not said is one's own.

        Args:
            choices: for each key of a clash, mine, theirs, both or own.
            texts: what was typed for those that say « own »: plain markup for a
                passage.

        Raises:
            InvalidInputError: a text typed cannot be read; the field is the key.
        """
        written = {
            clash.key: texts.get(clash.key, clash.source)
            for clash in self.clashes
            if clash.source is not None and choices.get(clash.key) == OWN
        }
        values = {
            key: written.get(key, theirs if choices.get(key) == THEIRS else mine)
            for key, (mine, theirs) in self._values.items()
        }
        fields = dict(self.writing.fields)
        for key, value in values.items():
            if key.startswith(FIELD):
                fields[key.removeprefix(FIELD)] = value
        text = joined(self._parts, list(self._passages(choices, written)))
        title = values.get("title", self.writing.title)
        kept = {name: value for name, value in fields.items() if value is not None}
        return Writing(title, text, self.writing.themes, kept)

    def _passages(
        self, choices: Mapping[str, str], written: Mapping[str, str]
    ) -> Iterator[Any]:
        for key, passage in _passages(self._parts):
            if key in written:
                yield _typed(key, written[key], html_of(passage.mine))
                continue
            yield {
                THEIRS: passage.theirs,
                BOTH: (*passage.mine, *passage.theirs),
            }.get(choices.get(key, MINE), passage.mine)


def writing_of(said: Any) -> Writing:
    """Return what a version or a working copy says."""
    return Writing(said.title, said.text, tuple(said.themes), dict(said.fields))


def read_writing(kind: str, data: Any) -> Writing:
    """Read what ``as_data`` gave to a page.

    Raises:
        InvalidInputError: no page of ours gave it.
    """
    try:
        fields, faults = read_fields(SHEET_KINDS[kind], data["fields"])
        themes = tuple(map(str, data["themes"]))
        title, text = data["title"], data["text"]
    except (TypeError, KeyError, AttributeError) as error:
        raise InvalidInputError(_UNREADABLE) from error
    if faults or not isinstance(title, str) or not isinstance(text, str):
        raise InvalidInputError(_UNREADABLE)
    return Writing(title, clean(text), themes, fields)


def meet(kind: str, base: Writing, mine: Writing, theirs: Writing) -> Meeting:
    """Bring two writings of one sheet together.

    Args:
        kind: the kind of the sheet.
        base: what both began from.
        mine: what the one who saves last wrote.
        theirs: what was saved meanwhile.
    """
    parts = merge_texts(clean(base.text), clean(mine.text), clean(theirs.text))
    values: dict[str, Any] = {}
    clashing: dict[str, tuple[Any, Any]] = {}
    three = [_values(SHEET_KINDS[kind], side) for side in (base, mine, theirs)]
    for key in three[0]:
        before, own, other = (side[key] for side in three)
        values[key] = other if own == before else own
        if own not in (before, other) and other != before:
            clashing[key] = (own, other)
    fields = {
        key.removeprefix(FIELD): value
        for key, value in values.items()
        if key.startswith(FIELD) and value is not None
    }
    text = joined(parts, [passage.mine for _key, passage in _passages(parts)])
    themes = _merged_themes(base.themes, mine.themes, theirs.themes)
    return Meeting(
        Writing(values["title"], text, themes, fields),
        (*_value_clashes(kind, clashing), *_text_clashes(parts)),
        parts,
        clashing,
    )


def _values(kind: SheetKind, side: Writing) -> dict[str, Any]:
    fields = {f"{FIELD}{f.name}": side.fields.get(f.name) for f in kind.fields}
    return {"title": side.title, **fields}


def _merged_themes(
    base: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[str, ...]:
    """Keep what either added, and nothing that either took away."""
    kept = [theme for theme in mine if theme in theirs or theme not in base]
    added = [theme for theme in theirs if theme not in base and theme not in mine]
    return (*kept, *added)


def _value_clashes(
    kind: str, clashing: Mapping[str, tuple[Any, Any]]
) -> Iterator[Clash]:
    fields = {f"{FIELD}{f.name}": f for f in SHEET_KINDS[kind].fields}
    for key, (mine, theirs) in clashing.items():
        if key == "title":
            yield Clash(key, _TITLE, mine, theirs, source=mine)
            continue
        named = fields[key]
        own, other = (said_field(named, side) or _NOTHING for side in (mine, theirs))
        # A day or an answer of a list is chosen, or changed later in its own field.
        source = str(mine or "") if named.type == TEXT else None
        yield Clash(key, named.title, own, other, source=source)


def _text_clashes(parts: Any) -> Iterator[Clash]:
    for rank, (key, passage) in enumerate(_passages(parts), start=1):
        title = _("merge-passage", default="Passage ${rank}", mapping={"rank": rank})
        mine, theirs = html_of(passage.mine), html_of(passage.theirs)
        source = text_as_markup(mine)
        yield Clash(key, title, mine, theirs, is_html=True, source=source)


def _passages(parts: Any) -> Iterator[tuple[str, Any]]:
    found = (part for part in parts if isinstance(part, Passage))
    for rank, passage in enumerate(found, start=1):
        yield f"text.{rank}", passage


def _typed(key: str, text: str, before: str) -> Any:  # noqa: ANN401
    try:
        return blocks_of(text_from_markup(text, before))
    except InvalidInputError as error:
        raise InvalidInputError(error.message, key) from error


_TITLE = _("sheet-title", default="Titre")
_NOTHING = _("merge-nothing", default="(rien)")
_UNREADABLE = _(
    "merge-unreadable", default="Les deux textes n’ont pas pu être rapprochés."
)
