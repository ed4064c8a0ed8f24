"""What a Word file brought back changes in its piece, offer by offer."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from typing import Any

from substanced.util import find_objectmap

from sicp import permissions as p
from sicp.clock import legal_day
from sicp.content_types.consultation.round_trip import WordImport
from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.engines.docx.body import control_tag
from sicp.engines.docx.reading import read_docx
from sicp.engines.docx.round_trip import changes_of
from sicp.engines.docx.round_trip_model import AddedText
from sicp.engines.docx.round_trip_model import ClauseChange
from sicp.engines.docx.round_trip_model import ClauseStatus
from sicp.engines.docx.round_trip_model import RoundTrip
from sicp.engines.docx.round_trip_model import ValueChange
from sicp.engines.drafting.assembly import assemble
from sicp.engines.drafting.clause import Library
from sicp.engines.drafting.draft import Draft
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import french
from sicp.engines.drafting.text_diff import DiffRow
from sicp.engines.drafting.text_diff import compare
from sicp.engines.drafting.typography import spaced
from sicp.i18n import _
from sicp.interfaces.user import Actor
from sicp.operations.clause.library import plain_title
from sicp.operations.consultation.draft import may_rewrite
from sicp.operations.document.piece import Piece
from sicp.operations.document.piece import piece_of
from sicp.operations.document.piece import variables_of
from sicp.operations.document.production import house_style
from sicp.operations.document.round_trip_piece import clauses_of
from sicp.operations.document.round_trip_piece import require_open
from sicp.operations.document.round_trip_piece import text_of
from sicp.operations.user.right import may

LONGEST_COMMENT = 5_000

#: What a clock writes in a file has no fraction of second.
_CLOCK_STEP = timedelta(seconds=2)

_NOT_HERE = _(
    "round-trip-not-here",
    default="Cette donnée ne se change pas depuis une pièce : corrigez-la là où elle "
    "se saisit.",
)

_NOT_YOURS = _(
    "round-trip-not-yours",
    default="Votre profil ne permet pas de changer le formulaire.",
)

_FIXED = _(
    "round-trip-fixed",
    default="Clause fixe : son texte ne se réécrit pas dans une pièce. Proposez plutôt "
    "une modification au clausier.",
)

_REPEATED = _(
    "round-trip-repeated",
    default="Cette clause se répète : seule sa première rédaction peut être reprise.",
)


@dataclass(frozen=True, slots=True)
class TextOffer:
    """A clause that the file rewrites: both texts, and why it may not be taken."""

    key: str
    clause_id: str
    title: str
    rows: tuple[DiffRow, ...]
    markup: str
    notes: tuple[str, ...]
    refusal: str


@dataclass(frozen=True, slots=True)
class ValueOffer:
    """A value that the file changes.

    ``step`` is that of the upstream form it goes to, empty for an answer of the piece.
    ``partly`` tells that other places of the file keep the former value.
    """

    key: str
    name: str
    title: str
    step: str
    clause: str
    old: str
    new: str
    value: Any
    refusal: str
    partly: bool
    is_sure: bool


@dataclass(frozen=True, slots=True)
class RemovalOffer:
    """A clause that the file does not hold any more."""

    key: str
    clause_id: str
    title: str
    is_optional: bool


@dataclass(frozen=True, slots=True)
class AddedOffer:
    """Text put between two clauses, and the open clauses that may receive it."""

    key: str
    markup: str
    place: str
    near: str


@dataclass(frozen=True, slots=True)
class RemarkOffer:
    """A comment of the file."""

    key: str
    author: str
    text: str
    quote: str
    clause_id: str
    clause: str


@dataclass(frozen=True, slots=True)
class Account:
    """All that a file brought back changes.

    ``lost`` are changes that have no place in the piece, in French: titles, cover,
    headings. ``stamp`` names the state of the piece and of the form it was compared
    with. ``is_late`` tells that either changed since the file was produced.
    """

    texts: tuple[TextOffer, ...]
    values: tuple[ValueOffer, ...]
    removals: tuple[RemovalOffer, ...]
    added: tuple[AddedOffer, ...]
    remarks: tuple[RemarkOffer, ...]
    tracked: tuple[Any, ...]
    moved: tuple[str, ...]
    lost: tuple[str, ...]
    notes: tuple[str, ...]
    hosts: tuple[tuple[str, str], ...]
    stamp: str
    is_late: bool

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to decide."""
        return not any(
            (self.texts, self.values, self.removals, self.added, self.remarks)
        )


def account_of(
    draft: Any,  # noqa: ANN401
    kept: WordImport,
    *,
    actor: Actor,
    now: datetime,
) -> Account:
    """Tell what a file changes in the piece as it stands now.

    Raises:
        NotAllowedError: the actor may not draft here.
        StateError: the piece is frozen.
    """
    require_open(draft, actor)
    return _Telling(draft, kept, actor, now).account()


class _Telling:
    """One comparison of a piece and a file."""

    def __init__(
        self,
        draft: Any,  # noqa: ANN401
        kept: WordImport,
        actor: Actor,
        now: datetime,
    ) -> None:
        self._stored, self._kept = draft, kept
        self._consultation = draft.__parent__.__parent__
        site = find_objectmap(draft).root
        self._organisation = house_style(site, self._consultation).organisation
        self._may_edit_form = may(actor, p.EDIT_FORM, self._consultation)
        self._piece = piece_of(draft, legal_day(now))
        self._own = {field.name for field in variables_of(self._piece)}
        self._fields = _fields(self._piece)

    def account(self) -> Account:
        """Return all that the file changes."""
        with self._kept.file.open("r") as source:
            document = read_docx(source.read())
        told = changes_of(
            self._piece.draft, document, self._fields, dict(self._sources())
        )
        return Account(
            texts=tuple(self._texts(told)),
            values=tuple(self._values(told)),
            removals=tuple(self._removals(told)),
            added=tuple(self._added(told)),
            remarks=tuple(self._remarks(told)),
            tracked=told.tracked,
            moved=tuple(plain_title(clause.title) for clause in told.moved),
            lost=tuple(_lost(told, self._organisation)),
            notes=tuple(spaced(note) for note in told.notes),
            hosts=tuple(self._hosts()),
            stamp=_stamp(self._stored),
            is_late=self._is_late(),
        )

    def _sources(self) -> Iterator[tuple[str, str]]:
        for section in self._piece.draft.walk():
            if section.trace is not None:
                name = section.trace.clause_id
                yield name, text_of(self._stored, self._piece, name)

    def _texts(self, told: RoundTrip) -> Iterator[TextOffer]:
        seen: set[str] = set()
        rewritten = told.of(ClauseStatus.REWRITTEN)
        before, after = _printed(self._piece.draft), _printed(self._retold(rewritten))
        for number, change in enumerate(rewritten):
            old, new = before.get(change.tag, ()), after.get(change.tag, ())
            rows = compare(old, new, {})
            is_again = change.clause_id in seen
            seen.add(change.clause_id)
            yield TextOffer(
                f"text-{number}",
                change.clause_id,
                plain_title(change.title),
                tuple(rows),
                change.markup,
                tuple(spaced(note) for note in change.notes),
                _text_refusal(self._piece, change, is_again=is_again),
            )

    def _retold(self, rewritten: Sequence[ClauseChange]) -> Draft:
        """Assemble the piece with the words of the file: what its reader would see."""
        # Of a clause that stands several times the first text is shown.
        texts = {change.clause_id: change.markup for change in reversed(rewritten)}
        piece, stored = self._piece, self._stored
        return assemble(
            piece.canevas,
            Library(
                replace(clause, text=texts.get(clause.id, clause.text))
                for clause in piece.library
            ),
            piece.answers,
            piece.fields,
            local_texts={k: v for k, v in stored.local_texts.items() if k not in texts},
            choices=dict(stored.choices),
            left_out=piece.left_out,
            on=piece.on,
        )

    def _values(self, told: RoundTrip) -> Iterator[ValueOffer]:
        partly = {c.name for c in told.conflicts if c.unchanged}
        for number, change in enumerate(told.values):
            field = UPSTREAM_FORM.get(change.name)
            yield ValueOffer(
                f"value-{number}",
                change.name,
                spaced(french(change.title)),
                field.step if field is not None else "",
                self._clause_title(change.tag),
                change.old,
                change.new,
                change.value,
                self._value_refusal(change, field),
                change.name in partly,
                change.is_sure,
            )

    def _value_refusal(self, change: ValueChange, field: Field | None) -> str:
        if change.refusal:
            return spaced(change.refusal)
        if change.name in self._own:
            return ""
        if field is None or change.place or "." in change.name:
            return _NOT_HERE
        return "" if self._may_edit_form else _NOT_YOURS

    def _removals(self, told: RoundTrip) -> Iterator[RemovalOffer]:
        removed = told.of(ClauseStatus.REMOVED)
        every = {change.clause_id: change for change in removed}
        for number, (name, change) in enumerate(every.items()):
            is_optional = change.kind == "optional"
            title = plain_title(change.title)
            yield RemovalOffer(f"removal-{number}", name, title, is_optional)

    def _added(self, told: RoundTrip) -> Iterator[AddedOffer]:
        hosts = dict(self._hosts())
        for number, added in enumerate(told.added):
            near = (tag.partition("#")[0] for tag in (added.after, added.before))
            host = next((name for name in near if name in hosts), "")
            place = self._place(added)
            yield AddedOffer(f"added-{number}", added.markup, place, host)

    def _place(self, added: AddedText) -> str:
        return self._clause_title(added.after) or self._clause_title(added.before)

    def _remarks(self, told: RoundTrip) -> Iterator[RemarkOffer]:
        for number, comment in enumerate(told.comments):
            yield RemarkOffer(
                f"remark-{number}",
                comment.author,
                comment.text[:LONGEST_COMMENT],
                comment.about[:LONGEST_COMMENT],
                comment.tag.partition("#")[0],
                self._clause_title(comment.tag),
            )

    def _hosts(self) -> Iterator[tuple[str, str]]:
        """Yield the clauses of the piece that may receive a text of their own."""
        for name, title in clauses_of(self._piece).items():
            clause = self._piece.library.clause(name, self._piece.on)
            if clause is not None and may_rewrite(clause):
                yield name, title

    def _clause_title(self, tag: str) -> str:
        return clauses_of(self._piece).get(tag.partition("#")[0], "")

    def _is_late(self) -> bool:
        made = self._kept.made_at
        if made is None:
            return False
        written = (self._stored.modified_at, self._consultation.modified_at)
        return any(at is not None and at > made + _CLOCK_STEP for at in written)


def _fields(piece: Piece) -> Mapping[str, Field]:
    return piece.fields.extended_with(variables_of(piece))


def _printed(draft: Draft) -> dict[str, tuple[Any, ...]]:
    """Return what a document prints of each clause, by the tag of its control."""
    return {
        control_tag(section.trace.clause_id, section.trace.occurrence): section.blocks
        for section in draft.walk()
        if section.trace is not None
    }


def _text_refusal(piece: Piece, change: ClauseChange, *, is_again: bool) -> str:
    clause = piece.library.clause(change.clause_id, piece.on)
    if clause is None or not may_rewrite(clause):
        return _FIXED
    return _REPEATED if is_again else ""


def _stamp(draft: Any) -> str:  # noqa: ANN401
    return f"{draft.revision}.{draft.__parent__.__parent__.revision}"


def _lost(told: RoundTrip, organisation: str) -> Iterator[str]:
    for title in told.titles:
        new = title.new or "supprimé"
        yield spaced(f"Titre « {title.old} » : {new}")
    # The name of the buyer is the look of the page, not a line of the piece.
    for line in (line for line in told.cover if line != organisation):
        yield spaced(f"Page de garde : {line}")
    for line in told.removed:
        yield spaced(f"Ligne retirée hors des clauses : {line}")
