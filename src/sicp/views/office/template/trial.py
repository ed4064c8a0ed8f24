"""« Essayer » : the document a canevas being edited would give."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from sicp import permissions as p
from sicp.interfaces.consultation import IConsultation
from sicp.interfaces.template import ITemplate
from sicp.operations.consultation.listing import Wanted
from sicp.operations.consultation.listing import list_consultations
from sicp.operations.document.trial import try_canevas
from sicp.operations.document.trial import write_trial
from sicp.operations.user.right import may
from sicp.views.office.forms import number_of
from sicp.views.office.template.template import heading
from sicp.views.shared.downloads import file_answer


@view_config(
    name="essayer",
    context=ITemplate,
    permission=p.EDIT_LIBRARY,
    renderer="templates/trial/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:  # noqa: ANN401
    """Show the document on a consultation of the person's, or on invented answers."""
    tabs = heading(context, request, "essayer")
    consultation = _chosen(request)
    number = str(consultation.__oid__) if consultation is not None else ""
    query = {"consultation": number} if number else {}
    return {
        "tabs": tabs,
        "trial": try_canevas(request.site, context, request.today, consultation),
        "consultations": _choices(request),
        "chosen": number,
        "url": request.resource_url(context, "essayer"),
        "word_url": request.resource_url(context, "essai.docx", query=query),
    }


@view_config(name="essai.docx", context=ITemplate, permission=p.EDIT_LIBRARY)
def download(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Give the same document as a Word file."""
    data = write_trial(request.site, context, request.now, _chosen(request))
    return file_answer(data, f"essai-{context.template_id}.docx")


def _chosen(request: Any) -> Any:  # noqa: ANN401
    """Return the consultation asked, None for invented answers.

    What the person may not read in detail is not there for him.
    """
    said = request.GET.get("consultation", "")
    if not said:
        return None
    number = number_of(said)
    found = None if number is None else request.site.__objectmap__.object_for(number)
    if not IConsultation.providedBy(found) or not may(
        request.actor, p.VIEW_DETAIL, found
    ):
        raise HTTPNotFound
    return found


def _choices(request: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    listing = list_consultations(
        request.site, request.actor, Wanted(sort="modification")
    )
    return [
        (str(item.__oid__), f"{item.reference} – {item.object}")
        for item in listing.consultations
        if item.__oid__ in listing.detailed
    ]
