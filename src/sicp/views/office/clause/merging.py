"""The screen where two writings of one proposal meet."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.clause import IProposal
from sicp.operations.clause.editing import alternative_groups
from sicp.operations.clause.editing import clause_of_data
from sicp.operations.clause.editing import palette_of_clause
from sicp.operations.clause.library import plain_title
from sicp.operations.clause.merging import OWN
from sicp.operations.clause.merging import Clash
from sicp.operations.clause.merging import Meeting
from sicp.operations.clause.merging import meet
from sicp.operations.clause.proposal import write_proposal
from sicp.operations.clause.rich_text import titles_for
from sicp.views.office.clause.answers import read_base
from sicp.views.office.forms import number_of
from sicp.views.office.rich_text import editor_tools
from sicp.views.office.rich_text import loose_editor
from sicp.views.office.rich_text import loosely_written
from sicp.views.office.wording import person
from sicp.views.shared.layout import flash

_CONFLICT = 409
_TEMPLATE = "sicp.views.office.clause:templates/merging/settle.pt"


def merge_or_ask(
    context: Any,
    request: Any,
    base: dict[str, Any],
    mine: dict[str, Any],
    message: str,
) -> Any:
    """Keep both writings where they agree, or show what is to be chosen.

    Raises:
        InvalidInputError: what the page carried is no clause.
    """
    meeting = _meeting(context, request, base, mine)
    if not meeting.is_clean:
        return _ask(context, request, base, mine, meeting, message)
    _write(context, request, meeting.data, context.revision)
    flash(
        request,
        _(
            "proposal-merged",
            default="${message} Vos deux textes portaient sur des passages "
            "différents : ils sont réunis et enregistrés.",
            mapping={"message": request.layout.say(message)},
        ),
    )
    return HTTPSeeOther(request.resource_url(context, "modifier"))


@view_config(
    name="rapprocher",
    context=IProposal,
    permission=p.EDIT_LIBRARY,
    request_method="POST",
    renderer="templates/merging/settle.pt",
)
def settle(context: Any, request: Any) -> Any:
    """Save what was chosen of two writings."""
    post = request.POST
    base, mine = read_base(post.get("base")), read_base(post.get("mine"))
    meeting = _meeting(context, request, base, mine)
    choices = {
        clash.key: str(post.get(f"choice-{clash.key}", "")) for clash in meeting.clashes
    }
    revision = number_of(post.get("revision"))
    missing = [key for key, choice in choices.items() if not choice]
    message = ""
    if missing or revision is None:
        message = _CHOOSE
    else:
        try:
            texts = {
                key: loosely_written(post, f"text-{key}")
                for key, choice in choices.items()
                if choice == OWN
            }
            data = meeting.settled(choices, texts)
            _write(context, request, data, revision)
        except (EditConflictError, InvalidInputError) as error:
            message = error.message
        else:
            flash(request, _("merge-saved", default="Les deux textes sont réunis."))
            return HTTPSeeOther(request.resource_url(context, "modifier"))
    return _ask(
        context, request, base, mine, meeting, message, choices=choices, post=post
    )


def _meeting(
    context: Any, request: Any, base: Mapping[str, Any], mine: Mapping[str, Any]
) -> Meeting:
    theirs = {**context.data, "reason": context.reason}
    titles = titles_for(request.site, request.today, _variables(context))
    return meet(base, mine, theirs, titles, request.today)


def _variables(context: Any) -> Any:
    return clause_of_data(context.data).variables


def _write(context: Any, request: Any, data: Mapping[str, Any], revision: int) -> None:
    told = {name: value for name, value in data.items() if name != "reason"}
    write_proposal(
        context,
        told,
        reason=str(data.get("reason") or ""),
        revision=revision,
        actor=request.actor,
        now=request.now,
        registry=request.registry,
    )


def _ask(  # noqa: PLR0913
    context: Any,
    request: Any,
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    meeting: Meeting,
    message: str,
    choices: Mapping[str, str] | None = None,
    post: Any = None,
) -> Any:
    request.layout.show(
        _(
            "merge-page",
            default="Deux textes à rapprocher : « ${title} »",
            mapping={"title": plain_title(context.title)},
        )
    )
    clause_id, data = context.clause_id, context.data
    palette = palette_of_clause(request.site, clause_id, data, request.today)
    values = {
        "message": message,
        "clashes": [_named(request, clash) for clash in meeting.clashes],
        "choices": choices or {},
        "editors": _editors(context, request, meeting, post),
        "tools": editor_tools(request, palette),
        "base": _json(base),
        "mine": _json(mine),
        "revision": context.revision,
        "settle_url": request.resource_url(context, "rapprocher"),
        "back_url": request.resource_url(context, "modifier"),
    }
    response = render_to_response(_TEMPLATE, values, request)
    response.status_int = _CONFLICT
    return response


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(dict(data), ensure_ascii=False, default=str)


def _named(request: Any, clash: Clash) -> Clash:
    """Say a person and a folder by their names."""
    library = request.site["clausier"]
    families = {name: family.title for name, family in library.items()}
    known = {
        "owner": {
            login: person(request, login) for login in (clash.mine, clash.theirs)
        },
        "group": dict(alternative_groups(request.site)),
        "family": families,
        "theme": {
            name: theme.title
            for family in library.values()
            for name, theme in family.items()
        },
    }.get(clash.key, {})
    said = {side: getattr(clash, side) for side in ("mine", "theirs")}
    return replace(clash, **{k: known.get(v, v) for k, v in said.items()})


def _editors(context: Any, request: Any, meeting: Meeting, post: Any) -> dict[str, Any]:
    """Give each passage of the text the editor in which a third is written."""
    titles = titles_for(request.site, request.today, _variables(context))
    say = request.layout.say
    return {
        clash.key: loose_editor(
            f"text-{clash.key}",
            f"{say(_OTHER_TEXT)} – {say(clash.title)}",
            clash.source,
            titles,
            post,
        )
        for clash in meeting.clashes
        if clash.source is not None
    }


_OTHER_TEXT = _("merge-own-text", default="Autre texte")
_CHOOSE = _("merge-choose", default="Choisissez, pour chaque point, le texte à garder.")
