"""Writes in a piece what was taken of a Word file brought back."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from secrets import token_hex
from typing import Any

from sicp.clock import legal_day
from sicp.content_types.base import Comment
from sicp.content_types.consultation.round_trip import WordImport
from sicp.engines.drafting.typography import spaced
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.operations.consultation.draft import leave_out
from sicp.operations.consultation.draft import save_answers
from sicp.operations.consultation.draft import set_local_text
from sicp.operations.consultation.upstream_form import save_step
from sicp.operations.document.piece import piece_of
from sicp.operations.document.round_trip_account import LONGEST_COMMENT
from sicp.operations.document.round_trip_account import Account
from sicp.operations.document.round_trip_account import ValueOffer
from sicp.operations.document.round_trip_piece import text_of

LONGEST_REASON = 2_000

_LONGEST_NAME = 255

_TWO_VALUES = _(
    "round-trip-two-values",
    default="Le fichier donne plusieurs valeurs à cette donnée : n’en retenez qu’une.",
)

_NO_HOST = _(
    "round-trip-no-host", default="Cette clause ne peut pas recevoir de texte."
)

_TOO_LONG = _("round-trip-too-long", default="Ce texte est trop long.")


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person takes of an account, by key of its offers.

    ``added`` gives the clause that receives each added text, ``reasons`` why a
    compulsory clause should go.
    """

    taken: frozenset[str] = frozenset()
    added: Mapping[str, str] = dataclass_field(default_factory=dict)
    reasons: Mapping[str, str] = dataclass_field(default_factory=dict)


class Writing:
    """Writes what was taken; each line it yields says in French what was done."""

    def __init__(
        self,
        draft: Any,  # noqa: ANN401
        kept: WordImport,
        account: Account,
        decisions: Decisions,
        by: Mapping[str, Any],
    ) -> None:
        self._draft, self._kept, self._by = draft, kept, by
        self._account, self._said = account, decisions

    def done(self) -> Iterator[str]:
        """Write, and yield what was written."""
        yield from self._write_texts()
        yield from self._write_values()
        yield from self._write_removals()
        yield from self._write_remarks()

    def _takes(self, offers: Iterable[Any]) -> list[Any]:
        return [offer for offer in offers if offer.key in self._said.taken]

    def _write_texts(self) -> Iterator[str]:
        texts = self._new_texts()
        for name, (key, title, markup) in texts.items():
            try:
                set_local_text(self._draft, name, markup, **self._by)
            except InvalidInputError as error:
                raise InvalidInputError(error.message, key) from error
            yield spaced(f"texte de « {title} »")

    def _new_texts(self) -> dict[str, tuple[str, str, str]]:
        """Return the new text of each clause, with its key and its title.

        Raises:
            InvalidInputError: a clause may not receive the text.
        """
        texts: dict[str, tuple[str, str, str]] = {}
        for offer in self._takes(self._account.texts):
            if offer.refusal:
                raise InvalidInputError(offer.refusal, offer.key)
            texts[offer.clause_id] = (offer.key, offer.title, offer.markup)
        hosts = dict(self._account.hosts)
        piece = piece_of(self._draft, legal_day(self._by["now"]))
        for added in self._account.added:
            name = self._said.added.get(added.key, "")
            if not name:
                continue
            if name not in hosts:
                raise InvalidInputError(_NO_HOST, added.key)
            own = text_of(self._draft, piece, name)
            key, title, before = texts.get(name, (added.key, hosts[name], own))
            texts[name] = (key, title, f"{before.rstrip()}\n\n{added.markup}")
        return texts

    def _write_values(self) -> Iterator[str]:
        chosen: dict[str, ValueOffer] = {}
        for offer in self._takes(self._account.values):
            if offer.refusal:
                raise InvalidInputError(offer.refusal, offer.key)
            other = chosen.setdefault(offer.name, offer)
            if other.value != offer.value:
                raise InvalidInputError(_TWO_VALUES, offer.key)
        own = {o.name: o.value for o in chosen.values() if not o.step}
        if own:
            save_answers(self._draft, own, **self._by)
        consultation = self._draft.__parent__.__parent__
        for step in dict.fromkeys(o.step for o in chosen.values() if o.step):
            values = {o.name: o.value for o in chosen.values() if o.step == step}
            save_step(consultation, step, values, **self._by)
        for offer in chosen.values():
            yield spaced(f"{offer.title} : {offer.new or 'vide'}")

    def _write_removals(self) -> Iterator[str]:
        for offer in self._account.removals:
            if offer.is_optional and offer.key in self._said.taken:
                leave_out(self._draft, offer.clause_id, is_left_out=True, **self._by)
                yield spaced(f"retrait de « {offer.title} »")
            reason = self._said.reasons.get(offer.key, "").strip()
            if not offer.is_optional and reason:
                self._comment(_removal_text(reason), offer.clause_id, "", offer.key)
                yield spaced(f"demande de retrait de « {offer.title} » : {reason}")

    def _write_remarks(self) -> Iterator[str]:
        for offer in self._takes(self._account.remarks):
            author = offer.author or "sans nom"
            text = spaced(f"{author}, dans le fichier Word : {offer.text}")
            self._comment(text, offer.clause_id, offer.quote, offer.key)
            yield spaced(f"remarque de {author}")

    def _comment(self, text: str, about: str, quote: str, key: str) -> None:
        if len(text) > LONGEST_COMMENT + _LONGEST_NAME:
            raise InvalidInputError(_TOO_LONG, key)
        actor, now = self._by["actor"], self._by["now"]
        comment = Comment(token_hex(6), actor.login, now, text, about, quote)
        self._draft.comments = (*self._draft.comments, comment)


def _removal_text(reason: str) -> str:
    return spaced(f"Retrait demandé : {reason[:LONGEST_REASON]}")
