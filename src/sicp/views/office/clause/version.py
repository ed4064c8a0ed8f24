"""The versions of a clause: where it stands, two of them compared, one restored."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.clause import IClause
from sicp.interfaces.clause import IProposal
from sicp.operations.clause.comparison import comparison_file
from sicp.operations.clause.comparison import differences
from sicp.operations.clause.comparison import proposal_file
from sicp.operations.clause.comparison import restore_version
from sicp.operations.clause.library import plain_title
from sicp.operations.clause.proposal import open_proposal
from sicp.operations.user.right import may
from sicp.operations.user.right import standing_of
from sicp.views.office.clause.wording import PROPOSAL_KINDS
from sicp.views.office.clause.wording import by
from sicp.views.office.clause.wording import proposal_badge
from sicp.views.office.clause.wording import typed
from sicp.views.office.forms import number_of
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.components import Term
from sicp.views.shared.downloads import file_answer
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash


@view_config(
    name="comparaison",
    context=IClause,
    permission=p.VIEW_LIBRARY,
    renderer="templates/version/compare.pt",
)
def compare(context: Any, request: Any) -> dict[str, Any]:
    """Show two versions of a clause side by side."""
    old, new = _chosen(context, request)
    request.layout.show(
        _("clause-comparison", default="Comparaison de deux versions"),
        subtitle=plain_title(context.title),
    )
    if old is not new:
        query = {"de": old.number, "a": new.number}
        request.layout.primary_action = Action(
            _(
                "comparison-word",
                default="Télécharger en Word avec suivi des modifications",
            ),
            request.resource_url(context, "comparaison-word", query=query),
        )
    return {
        "choice": version_choice(context, request, old.number, new.number),
        "difference": differences(request.site, old.data, new.data, request.today),
        "titles": {"before": _told(request, old), "after": _told(request, new)},
        "back_url": request.resource_url(context),
    }


@view_config(name="comparaison-word", context=IClause, permission=p.VIEW_LIBRARY)
def download(context: Any, request: Any) -> Any:
    """Give two versions in one Word file, whose changes are tracked."""
    old, new = _chosen(context, request)
    data = comparison_file(
        context,
        old.number,
        new.number,
        actor=request.actor,
        on=request.today,
        organisation=standing_of(request.site, request.actor, request.today).body_title,
    )
    name = f"{plain_title(context.title)} – v{old.number} à v{new.number}.docx"
    return file_answer(data, name)


@view_config(name="comparaison-word", context=IProposal, permission=p.VIEW_PROPOSALS)
def download_proposal(context: Any, request: Any) -> Any:
    """Give a proposal in a Word file: what it changes of the clause in force."""
    data = proposal_file(
        context,
        actor=request.actor,
        on=request.today,
        organisation=standing_of(request.site, request.actor, request.today).body_title,
    )
    kind = request.layout.say(PROPOSAL_KINDS[context.kind])
    return file_answer(data, f"{plain_title(context.title)} – {kind}.docx")


@view_config(
    name="restaurer",
    context=IClause,
    permission=p.EDIT_LIBRARY,
    request_method="POST",
)
def restore(context: Any, request: Any) -> Any:
    """Open a proposal that begins with an older version."""
    number = number_of(typed(request, "version")) or 0
    made = restore_version(context, number, **by(request))
    flash(
        request,
        _(
            "version-restored",
            default="Une proposition reprend le texte de la version ${number}.",
            mapping={"number": number},
        ),
    )
    return HTTPSeeOther(request.resource_url(made))


def version_choice(
    clause: Any, request: Any, first: int = 0, second: int = 0
) -> dict[str, Any] | None:
    """Say which versions may be compared; None when there is but one."""
    numbers = [version.number for version in clause.versions]
    if len(numbers) < 2:  # noqa: PLR2004 - one compares two
        return None
    return {
        "url": request.resource_url(clause, "comparaison"),
        "numbers": list(reversed(numbers)),
        "first": first or numbers[-2],
        "second": second or numbers[-1],
    }


def standing_terms(clause: Any, request: Any, read: Any) -> list[Term]:
    """Say whether a clause is in force, who answers for it, and what changes it."""
    terms = [_force(clause, request)]
    site = request.site
    folder = site["propositions"]
    found = open_proposal(site, clause.clause_id)
    if found is not None and may(request.actor, p.VIEW_PROPOSALS, folder):
        terms.append(
            Term(
                _("clause-open-proposal", default="Proposition en cours"),
                plain_title(found.title),
                request.resource_url(found),
                badge=proposal_badge(found),
            )
        )
    if read.owner:
        owner = _("clause-owner", default="Responsable")
        terms.append(Term(owner, person(request, read.owner)))
    return terms


def restore_url(clause: Any, request: Any) -> str:
    """Return where an older version is restored; empty when it cannot be."""
    is_editor = may(request.actor, p.EDIT_LIBRARY, request.site["propositions"])
    is_open = open_proposal(request.site, clause.clause_id) is not None
    if not is_editor or is_open:
        return ""
    return request.resource_url(clause, "restaurer")


def _force(clause: Any, request: Any) -> Term:
    if clause.retired_from is not None:
        retired = _("clause-retired-from", default="Retirée à compter du")
        return Term(retired, display.day(clause.retired_from))
    starts = clause.current.in_force_from
    if starts is not None and starts > request.today:
        return Term(
            _("clause-in-force-from", default="Version en vigueur à compter du"),
            display.day(starts),
        )
    since = starts or clause.current.written_at
    return Term(
        _("clause-in-force-since", default="En vigueur depuis le"), display.day(since)
    )


def _chosen(clause: Any, request: Any) -> tuple[Any, Any]:
    """Return the two versions asked, by default the last two."""
    last = clause.current.number
    numbers = (request.GET.get("de", max(1, last - 1)), request.GET.get("a", last))
    old, new = (clause.version(number_of(number) or 0) for number in numbers)
    if old is None or new is None:
        raise HTTPNotFound
    return old, new


def _told(request: Any, version: Any) -> str:
    return request.layout.say(
        _(
            "clause-version-told",
            default="Version ${number}, du ${day}, par ${who}",
            mapping={
                "number": version.number,
                "day": display.day(version.written_at),
                "who": person(request, version.written_by),
            },
        )
    )
