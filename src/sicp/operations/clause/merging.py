"""Two lawyers wrote one proposal at once: their texts brought together, or compared."""

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sicp.engines.drafting.clause import ClauseKind
from sicp.engines.drafting.inline_markup import MarkupError
from sicp.engines.drafting.loader import LoadError
from sicp.engines.drafting.markup import parse
from sicp.engines.drafting.markup import write
from sicp.engines.drafting.merge import KeyConflict
from sicp.engines.drafting.merge import Merge
from sicp.engines.drafting.merge import merge_clauses
from sicp.engines.drafting.rich_text import to_html
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.operations.clause.condition import say_condition
from sicp.operations.clause.library import read_data
from sicp.operations.clause.rich_text import Titles

MINE, THEIRS, BOTH, OWN = "mine", "theirs", "both", "own"
_VARIABLE = "variables."

Data = Mapping[str, Any]

KEY_TITLES = {
    "title": _("clause-form-title", default="Titre"),
    "family": _("clause-family", default="Famille"),
    "theme": _("clause-theme", default="Thème"),
    "kind": _("clause-kind", default="Nature"),
    "group": _("clause-group-name", default="Groupe d’alternatives"),
    "condition": _("clause-condition-title", default="Condition"),
    "repeat": _("clause-repeat-title", default="Répétition"),
    "heading": _("clause-heading-title", default="Titre imprimé"),
    "open": _("clause-open-title", default="Texte ouvert"),
    "text": _("clause-text", default="Texte"),
    "note": _("clause-note-title", default="Note de rédaction"),
    "valid_from": _("clause-valid-from", default="Valable à partir du"),
    "valid_until": _("clause-valid-until", default="Valable jusqu’au"),
    "owner": _("clause-owner", default="Responsable"),
    "links": _("clause-form-links", default="Pages utiles"),
    "reason": _("clause-form-reason", default="Motif du changement"),
}
_NOTHING = _("merge-nothing", default="(rien)")


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing both changed, each his way.

    ``key`` names the answer of the form. The texts are what each side reads; ``source``
    is the markup offered to who writes a third text, None where one only chooses.
    """

    key: str
    title: str
    mine: str
    theirs: str
    is_html: bool = False
    source: str | None = None


@dataclass(frozen=True)
class Meeting:
    """What became of two writings: the data that agree, and what is to be chosen."""

    data: dict[str, Any]
    clashes: tuple[Clash, ...]
    conflicts: Mapping[str, KeyConflict]

    @property
    def is_clean(self) -> bool:
        """Tell whether both are kept with nothing to choose."""
        return not self.conflicts

    def settled(self, choices: Mapping[str, str], texts: Mapping[str, str]) -> Data:
        """Return the data once each clash is chosen; what is not said is one's own.

        Args:
            choices: for each key of a clash, mine, theirs, both or own.
            texts: the text written, for those that say « own ».

        Raises:
            InvalidInputError: a text written cannot be read.
        """
        data = dict(self.data)
        for key, conflict in self.conflicts.items():
            if conflict.merge is not None:
                data[key] = _chosen_text(conflict.merge, choices, texts)
            else:
                value = _chosen(conflict, choices.get(key, MINE))
                data = _with(data, key, value)
        return data


def meet(base: Data, mine: Data, theirs: Data, titles: Titles, on: date) -> Meeting:
    """Bring two writings of one proposal together.

    Args:
        base: the data both began from.
        mine: what the one who saves last wrote.
        theirs: what was saved meanwhile.
        titles: what chips of the text show.
        on: the day whose form is read.

    Raises:
        InvalidInputError: one of the three is no clause.
    """
    for data in (base, mine, theirs):
        read_data({name: value for name, value in data.items() if name != "reason"})
    try:
        data, conflicts = merge_clauses(base, mine, theirs)
    except (LoadError, MarkupError, TypeError, AttributeError) as error:
        raise InvalidInputError(_UNREADABLE) from error
    clashes = tuple(
        clash
        for key, conflict in conflicts.items()
        for clash in _clashes(key, conflict, titles, on)
    )
    return Meeting(data, clashes, conflicts)


def _clashes(
    key: str, conflict: KeyConflict, titles: Titles, on: date
) -> Iterable[Clash]:
    if conflict.merge is None:
        mine, theirs = _said(key, conflict.mine, on), _said(key, conflict.theirs, on)
        yield Clash(key, _title(key, conflict), mine, theirs)
        return
    for rank, part in enumerate(conflict.merge.conflicts, start=1):
        title = _("merge-passage", default="Passage ${rank}", mapping={"rank": rank})
        mine = to_html(part.mine, titles.names, titles.fields) or ""
        theirs = to_html(part.theirs, titles.names, titles.fields) or ""
        source = write((*part.mine,))
        yield Clash(f"text.{rank}", title, mine, theirs, is_html=True, source=source)


def _chosen_text(
    merge: Merge, choices: Mapping[str, str], texts: Mapping[str, str]
) -> str:
    kept = []
    for rank, part in enumerate(merge.conflicts, start=1):
        key = f"text.{rank}"
        _base, mine, theirs = part.texts
        kept.append(
            {
                THEIRS: theirs,
                BOTH: f"{mine}\n\n{theirs}",
                OWN: texts.get(key, mine),
            }.get(choices.get(key, MINE), mine)
        )
    return _written(merge, kept)


def _written(merge: Merge, kept: Sequence[str]) -> str:
    for rank, text in enumerate(kept, start=1):
        try:
            parse(text)
        except MarkupError as error:
            raise InvalidInputError(str(error), f"text.{rank}") from error
    return merge.text(kept)


def _chosen(conflict: KeyConflict, choice: str) -> Any:  # noqa: ANN401
    if choice == THEIRS:
        return conflict.theirs
    if choice == BOTH and _may_join(conflict):
        return f"{conflict.mine}\n\n{conflict.theirs}"
    return conflict.mine


def _may_join(conflict: KeyConflict) -> bool:
    return isinstance(conflict.mine, str) and isinstance(conflict.theirs, str)


def _with(data: dict[str, Any], key: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return ``data`` with one property as chosen; None takes it away."""
    if not key.startswith(_VARIABLE):
        changed = {**data, key: value}
    else:
        name = key.removeprefix(_VARIABLE)
        kept = [
            value if item["name"] == name else item
            for item in data.get("variables", ())
        ]
        changed = {**data, "variables": [item for item in kept if item is not None]}
    return {name: item for name, item in changed.items() if item is not None}


def _title(key: str, conflict: KeyConflict) -> str:
    if not key.startswith(_VARIABLE):
        return KEY_TITLES.get(key, key)
    item = conflict.mine or conflict.theirs or conflict.base or {}
    return _(
        "merge-variable",
        default="Question « ${title} »",
        mapping={"title": item.get("title", key)},
    )


def _said(key: str, value: Any, on: date) -> str:  # noqa: ANN401
    if value is None or value in ("", [], ()):
        return _NOTHING
    if key == "condition":
        return say_condition(value, on)
    if key == "kind":
        return KIND_TITLES[value]
    if key in {"heading", "open"}:
        return _YES if value else _NO
    if isinstance(value, Mapping):
        return " · ".join(_parts(value))
    if isinstance(value, list | tuple):
        return " ; ".join(_said("", item, on) for item in value)
    return str(value)


def _parts(value: Data) -> Iterable[str]:
    shown = ("title", "help", "unit", "default", "url")
    yield from (str(value[name]) for name in shown if value.get(name))
    if value.get("choices"):
        yield " ; ".join(item["title"] for item in value["choices"])


KIND_TITLES = {
    ClauseKind.COMPULSORY.value: _("clause-kind-compulsory", default="obligatoire"),
    ClauseKind.OPTIONAL.value: _("clause-kind-optional", default="facultative"),
    ClauseKind.ALTERNATIVE.value: _("clause-kind-alternative", default="alternative"),
    ClauseKind.FREE.value: _("clause-kind-free", default="zone libre"),
}
_YES = _("merge-yes", default="oui")
_NO = _("merge-no", default="non")
_UNREADABLE = _(
    "merge-unreadable", default="Les deux textes n’ont pas pu être rapprochés."
)
