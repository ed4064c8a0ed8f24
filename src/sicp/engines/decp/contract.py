"""From a published JSON object, v1 or v2, to a clean record or why there is none."""

import hashlib
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sicp.engines.decp.labels import contract_form
from sicp.engines.decp.labels import plain
from sicp.engines.decp.labels import purchase_of
from sicp.engines.decp.labels import read_label
from sicp.engines.decp.labels import readings
from sicp.engines.decp.record import DecpModification
from sicp.engines.decp.record import DecpPlace
from sicp.engines.decp.record import DecpRecord
from sicp.engines.decp.record import Refusal
from sicp.engines.decp.staging import Piece
from sicp.engines.decp.staging import written
from sicp.engines.decp.values import Notes
from sicp.engines.decp.values import read_amount
from sicp.engines.decp.values import read_buyer
from sicp.engines.decp.values import read_count
from sicp.engines.decp.values import read_cpv
from sicp.engines.decp.values import read_decimal
from sicp.engines.decp.values import read_holders
from sicp.engines.decp.values import read_notified_on
from sicp.engines.decp.values import read_other_day
from sicp.engines.decp.values import read_text
from sicp.engines.decp.values import unreadable
from sicp.i18n import _

Content = Mapping[str, Any]
LONGEST_ID = 16


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a contract this one and no other."""

    siret: str
    number: str
    notified_on: date
    amount: Decimal


def read_contract(pieces: Sequence[Piece], notes: Notes) -> DecpRecord | Refusal:
    """Read the contract that the last of ``pieces`` tells, in the JSON of any version.

    Identity first: without a buyer, a number, a day of notification and an amount the
    contract is refused; every other defect is a remark.
    """
    content = pieces[-1].content
    siret = read_buyer(notes, "acheteur", buyer_of(content).get("id"))
    number = read_number(notes, content)
    notified_on = read_notification(notes, content)
    amount = read_amount(notes, *amount_of(content))
    if notes.reasons or notified_on is None or amount is None:
        positions = tuple(piece.position for piece in pieces)
        return Refusal(positions, siret + number or None, tuple(notes.reasons))
    identity = Identity(siret, number, notified_on, amount)
    return read_identified(identity, pieces, notes)


def read_identified(
    identity: Identity, pieces: Sequence[Piece], notes: Notes
) -> DecpRecord:
    """Read the rest of a contract whose identity is sure; nothing more is refused."""
    content = pieces[-1].content
    cpv = read_main_cpv(notes, content)
    label = read_text(notes, "procedure", content.get("procedure"))
    return DecpRecord(
        uid=identity.siret + identity.number,
        id=identity.number,
        buyer_siret=identity.siret,
        buyer_name=read_text(notes, "acheteur", buyer_of(content).get("nom")),
        contract_form=read_form(notes, content),
        procedure=read_label(notes, "procedure", "procedure", label),
        procedure_label=label,
        purchase=read_purchase(content, cpv),
        object=read_object(notes, content),
        cpv=cpv,
        place=read_place(notes, content),
        months=read_months(notes, content),
        amount=identity.amount,
        notified_on=identity.notified_on,
        published_on=read_published_on(notes, content, identity.notified_on),
        price_form=price_of(content, "price_form"),
        price_variation=price_of(content, "price_variation"),
        holders=read_holders_of(notes, content),
        bids_received=read_count(notes, "offresRecues", content.get("offresRecues")),
        modifications=read_modifications(notes, content),
        framework_id=read_text(notes, "idAccordCadre", content.get("idAccordCadre")),
        techniques=listed(content, "techniques", "technique"),
        social=listed(content, "considerationsSociales", "considerationSociale"),
        environmental=listed(
            content, "considerationsEnvironnementales", "considerationEnvironnementale"
        ),
        positions=tuple(piece.position for piece in pieces),
        digest=digest_of(pieces),
        remarks=tuple(notes.remarks),
    )


def buyer_of(content: Content) -> Content:
    """Return the buyer, or the conceding authority of a concession."""
    return member(content, "acheteur") or member(content, "autoriteConcedante")


def digest_of(pieces: Sequence[Piece]) -> str:
    """Return the SHA-256 of what was published, whatever the order of its members."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(written(piece.content).encode("ascii"))
    return digest.hexdigest()


def member(content: Content, name: str) -> Content:
    """Return an object held by another, an empty one when it is something else."""
    value = content.get(name)
    return value if isinstance(value, Mapping) else {}


def unwrapped(value: object, name: str) -> Iterator[Any]:
    """Give the items of a list, however wrapped: v1 plain, v2 ``{name: item}``.

    ``[{"titulaire": {…}}]``, ``[{…}]``, ``{"technique": […]}`` and ``"x"`` are met.
    """
    if isinstance(value, Mapping):
        inner = value.get(name, value)
        yield from unwrapped(inner, name) if inner is not value else (value,)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from unwrapped(item, name)
    elif value not in (None, ""):
        yield value


def listed(content: Content, name: str, item: str) -> tuple[str, ...]:
    """Return a list of labels."""
    found = unwrapped(content.get(name), item)
    return tuple(value for value in found if isinstance(value, str))


def objects(content: Content, name: str, item: str) -> tuple[Content, ...]:
    """Return a list of objects."""
    found = unwrapped(content.get(name), item)
    return tuple(value for value in found if isinstance(value, Mapping))


def read_number(notes: Notes, content: Content) -> str:
    """Read the buyer's own number of the contract, whole even when too long."""
    number = "".join(read_text(notes, "id", content.get("id")).split())
    if not number:
        notes.refuse(
            "id", _("decp-id-missing", default="Le contrat n’a pas de numéro.")
        )
    elif len(number) > LONGEST_ID:
        notes.remark(
            "id",
            _(
                "decp-id-too-long",
                default="Le numéro dépasse ${limit} caractères.",
                mapping={"limit": str(LONGEST_ID)},
            ),
        )
    return number


def read_notification(notes: Notes, content: Content) -> date | None:
    """Read the day of notification, or of signature for a concession."""
    name = "dateNotification" if "dateNotification" in content else "dateSignature"
    field = name if name in content else "dateNotification"
    return read_notified_on(notes, field, content.get(name))


def amount_of(content: Content) -> tuple[str, Any]:
    """Return the field that holds the amount, and what is in it."""
    name = "valeurGlobale" if "valeurGlobale" in content else "montant"
    return name, content.get(name)


def read_form(notes: Notes, content: Content) -> str | None:
    """Read the form of the contract from its nature, techniques and modes."""
    if "nature" not in content:
        return None
    label = read_text(notes, "nature", content.get("nature"))
    nature = read_label(notes, "nature", "nature", label)
    techniques = listed(content, "techniques", "technique")
    modes = listed(content, "modalitesExecution", "modaliteExecution")
    return contract_form(
        nature, {plain(label) for label in techniques}, {plain(m) for m in modes}
    )


def read_main_cpv(notes: Notes, content: Content) -> str | None:
    """Read the CPV code; the format of concessions has none, and is not told so."""
    if "codeCPV" not in content and "autoriteConcedante" in content:
        return None
    return read_cpv(notes, "codeCPV", content.get("codeCPV"))


def read_purchase(content: Content, cpv: str | None) -> str | None:
    """Read works, supplies or services where told, else from the CPV."""
    told = readings()["purchase"].get(plain(str(content.get("type") or "")))
    return told or purchase_of(cpv)


def read_object(notes: Notes, content: Content) -> str:
    """Read the object; a format that has none (the short table) is not told so."""
    text = read_text(notes, "objet", content.get("objet"))
    if not text and "objet" in content:
        notes.remark("objet", unreadable(None))
    return text


def read_place(notes: Notes, content: Content) -> DecpPlace | None:
    """Read the place of performance."""
    place = member(content, "lieuExecution")
    code, kind, name = (
        read_text(notes, "lieuExecution", place.get(key))
        for key in ("code", "typeCode", "nom")
    )
    return DecpPlace(code, kind, name) if code or name else None


def read_months(notes: Notes, content: Content) -> int | None:
    """Read the duration; a contract without one is told."""
    value = content.get("dureeMois")
    if value in (None, ""):
        notes.remark("dureeMois", unreadable(None))
    return read_count(notes, "dureeMois", value)


def read_published_on(notes: Notes, content: Content, notified_on: date) -> date | None:
    """Read the day of publication, which follows the notification."""
    name = "datePublicationDonnees"
    day = read_other_day(notes, name, content.get(name))
    if day is not None and day < notified_on:
        notes.remark(
            name,
            _(
                "decp-published-before",
                default="La publication précède la notification.",
            ),
        )
    return day


def price_of(content: Content, kind: str) -> str | None:
    """Return the form or the variation of prices.

    Until 2024 « formePrix » held the variation; since, « typesPrix » does.
    """
    labels = (*listed(content, "typesPrix", "typePrix"), content.get("formePrix"))
    codes = (readings()[kind].get(plain(str(label or ""))) for label in labels)
    return next((code for code in codes if code), None)


def read_holders_of(notes: Notes, content: Content) -> tuple[Any, ...]:
    """Read the holders; a contract without any is told."""
    rows = objects(content, "titulaires", "titulaire")
    rows += objects(content, "concessionnaires", "concessionnaire")
    holders = read_holders(notes, "titulaires", rows)
    if not holders:
        notes.remark("titulaires", unreadable(None))
    return holders


def read_modifications(notes: Notes, content: Content) -> tuple[DecpModification, ...]:
    """Read the amendments in the order they are published, each once."""
    rows = objects(content, "modifications", "modification")
    unique = {written(dict(row)): row for row in rows}.values()
    return tuple(
        read_modification(notes, rank, row) for rank, row in enumerate(unique, 1)
    )


def read_modification(notes: Notes, rank: int, row: Content) -> DecpModification:
    """Read one amendment; what it does not change is None."""
    field = "modifications"
    notified = row.get("dateNotificationModification") or row.get(
        "dateSignatureModification"
    )
    published = row.get("datePublicationDonneesModification")
    amount = row.get("montant")
    return DecpModification(
        number=rank,
        notified_on=read_other_day(notes, field, notified),
        published_on=read_other_day(notes, field, published),
        amount=None if amount in (None, "") else read_decimal(amount),
        months=read_count(notes, field, row.get("dureeMois")),
        object=read_text(notes, field, row.get("objetModification")),
        holders=read_holders(notes, field, objects(row, "titulaires", "titulaire")),
    )
