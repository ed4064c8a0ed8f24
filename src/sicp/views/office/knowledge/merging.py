"""The screen where two writings of one sheet meet."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.knowledge import ISheet
from sicp.operations.clause.merging import OWN
from sicp.operations.knowledge.merging import FIELD
from sicp.operations.knowledge.merging import Meeting
from sicp.operations.knowledge.merging import Writing
from sicp.operations.knowledge.merging import meet
from sicp.operations.knowledge.merging import writing_of
from sicp.operations.knowledge.sheet import take_over
from sicp.operations.knowledge.sheet import write_sheet
from sicp.views.office.forms import number_of
from sicp.views.office.knowledge.form import LONGEST_TEXT
from sicp.views.office.knowledge.form import TAKE_OVER
from sicp.views.office.knowledge.form import read_base
from sicp.views.office.knowledge.form import revision_of
from sicp.views.office.knowledge.wording import by
from sicp.views.shared.forms.types import FORBIDDEN_CHARACTERS
from sicp.views.shared.forms.types import too_long
from sicp.views.shared.layout import flash

_CONFLICT = 409
_TEMPLATE = "sicp.views.office.knowledge:templates/merging/settle.pt"


@dataclass(frozen=True, slots=True)
class OwnText:
    """The field in which a third text is typed, on one line or in plain markup."""

    name: str
    title: str
    text: str
    is_line: bool
    fault: str = ""

    @property
    def described_by(self) -> str | None:
        """Return the ids of what is said of it; None for nothing."""
        said = (("help", not self.is_line), ("error", self.fault))
        return " ".join(f"{self.name}-{n}" for n, is_so in said if is_so) or None

    @property
    def invalid(self) -> str | None:
        """Tell assistive technology that it cannot be read."""
        return "true" if self.fault else None


def merge_or_ask(
    sheet: Any, request: Any, base: Writing, mine: Writing, message: str
) -> Any:
    """Keep both writings where they agree, or show what is to be chosen."""
    meeting = meet(sheet.kind, base, mine, _theirs(sheet))
    if not meeting.is_clean:
        return _ask(sheet, request, base, mine, meeting, message)
    _write(sheet, request, meeting.writing, sheet.working.revision)
    flash(
        request,
        _(
            "sheet-merged",
            default="Cette fiche avait été enregistrée entre-temps : les deux textes "
            "portaient sur des passages différents, ils sont réunis et enregistrés.",
        ),
    )
    return HTTPSeeOther(request.resource_url(sheet, "modifier"))


@view_config(
    name="rapprocher",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    request_method="POST",
    renderer="templates/merging/settle.pt",
)
def settle(context: Any, request: Any) -> Any:
    """Save what was chosen of two writings."""
    post = request.POST
    if TAKE_OVER in post and context.working is not None:
        take_over(context, **by(request))
    base = read_base(context.kind, post.get("base"))
    mine = read_base(context.kind, post.get("mine"))
    meeting = meet(context.kind, base, mine, _theirs(context))
    choices = {
        clash.key: str(post.get(f"choice-{clash.key}", "")) for clash in meeting.clashes
    }
    revision = number_of(post.get("revision"))
    faulty = ""
    if revision is None or not all(choices.values()):
        message = _CHOOSE
    else:
        try:
            settled = meeting.settled(choices, _typed(post, choices))
            _write(context, request, settled, revision)
        except (EditConflictError, InvalidInputError, StateError) as error:
            message, faulty = error.message, error.field
        else:
            flash(request, _("merge-saved", default="Les deux textes sont réunis."))
            return HTTPSeeOther(request.resource_url(context, "modifier"))
    editors = {
        key: replace(editor, fault=message) if faulty in _names(key) else editor
        for key, editor in _editors(request, meeting, post).items()
    }
    return _ask(context, request, base, mine, meeting, message, choices, editors)


def _typed(post: Any, choices: Mapping[str, str]) -> dict[str, str]:
    """Return the texts typed where neither writing is kept.

    Raises:
        InvalidInputError: one is too long; the field is the key of its clash.
    """
    texts = {key: _read(post, key) for key in choices if choices[key] == OWN}
    for key, text in texts.items():
        if len(text) > LONGEST_TEXT:
            raise InvalidInputError(too_long(len(text), LONGEST_TEXT), key)
    return texts


def _read(post: Any, key: str, default: str = "") -> str:
    return FORBIDDEN_CHARACTERS.sub("", str(post.get(f"text-{key}", default)))


def _names(key: str) -> tuple[str, str]:
    """Return by what a fault of this place is named: its key, its field."""
    return key, key.removeprefix(FIELD)


def _editors(request: Any, meeting: Meeting, post: Any) -> dict[str, OwnText]:
    """Give each place where people write the field in which a third text is typed."""
    say = request.layout.say
    return {
        clash.key: OwnText(
            f"text-{clash.key}",
            f"{say(_OTHER_TEXT)} – {say(clash.title)}",
            _read(post, clash.key, clash.source)[: LONGEST_TEXT + 1],
            is_line=not clash.is_html,
        )
        for clash in meeting.clashes
        if clash.source is not None
    }


def _theirs(sheet: Any) -> Writing:
    return writing_of(sheet.working or sheet.current)


def _write(sheet: Any, request: Any, writing: Writing, revision: int) -> None:
    wanted = writing.as_input(sheet.working.note if sheet.working else "")
    write_sheet(sheet, wanted, revision=revision, **by(request))


def _ask(  # noqa: PLR0913
    sheet: Any,
    request: Any,
    base: Writing,
    mine: Writing,
    meeting: Meeting,
    message: str,
    choices: Mapping[str, str] | None = None,
    editors: Mapping[str, OwnText] | None = None,
) -> Any:
    request.layout.show(
        _("sheet-merge", default="Deux textes à rapprocher"), subtitle=sheet.title
    )
    values = {
        "message": message,
        "clashes": meeting.clashes,
        "choices": choices or {},
        "editors": editors or _editors(request, meeting, {}),
        "base": json.dumps(base.as_data(), ensure_ascii=False),
        "mine": json.dumps(mine.as_data(), ensure_ascii=False),
        "revision": revision_of(sheet),
        "relieves": _relieves(sheet, request),
        "settle_url": request.resource_url(sheet, "rapprocher"),
        "back_url": request.resource_url(sheet, "modifier"),
        "look": "sheet-text",
    }
    response = render_to_response(_TEMPLATE, values, request)
    response.status_int = _CONFLICT
    return response


def _relieves(sheet: Any, request: Any) -> bool:
    """Tell whether saving takes the pen from a colleague.

    An answer of refusal keeps nothing, not even the pen taken in the same breath: it
    is taken again with the choice.
    """
    working = sheet.working
    is_other = working is not None and working.by != request.actor.login
    return is_other or TAKE_OVER in request.POST


_OTHER_TEXT = _("merge-own-text", default="Autre texte")
_CHOOSE = _("merge-choose", default="Choisissez, pour chaque point, le texte à garder.")
