"""A sheet is read again, returned, published, declared obsolete, entrusted."""

from collections.abc import Callable
from typing import Any

from pyramid.httpexceptions import HTTPForbidden
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import DomainError
from sicp.exceptions import StateError
from sicp.i18n import _
from sicp.interfaces.knowledge import ISheet
from sicp.operations.knowledge.publishing import publish_sheet
from sicp.operations.knowledge.publishing import return_sheet
from sicp.operations.knowledge.publishing import submit_sheet
from sicp.operations.knowledge.review import next_review
from sicp.operations.knowledge.version import compare_texts
from sicp.operations.user.right import may
from sicp.views.office.knowledge.asking import asking_form
from sicp.views.office.knowledge.asking import long_node
from sicp.views.office.knowledge.asking import review_node
from sicp.views.office.knowledge.offer import PRIMARY
from sicp.views.office.knowledge.offer import offer
from sicp.views.office.knowledge.sheet import shown_text
from sicp.views.office.knowledge.wording import by
from sicp.views.office.knowledge.wording import field_terms
from sicp.views.office.knowledge.wording import sheet_badge
from sicp.views.office.wording import person
from sicp.views.shared import display
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Crumb
from sicp.views.shared.layout import flash

_CONFLICT = 409
_LONGEST_REASON = 2_000
_LONGEST_NAME = 200
_SHOWN_TEXT = 120


@offer(ISheet, rank=30, place=PRIMARY)
def review_actions(sheet: Any, request: Any) -> Any:
    """Offer to read the working copy again, and to publish it."""
    if sheet.working is not None and _may_review(sheet, request):
        url = request.resource_url(sheet, "relecture")
        yield Action(_("sheet-review-it", default="Relire et publier"), url)


@view_config(
    name="relecture",
    context=ISheet,
    permission=p.VIEW_KNOWLEDGE,
    renderer="templates/review/show.pt",
)
def show(context: Any, request: Any) -> Any:
    """Show the working copy as it would be read, what it changes, what may be done."""
    return _page(context, request)


@view_config(
    name="soumettre",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    request_method="POST",
    renderer="templates/review/show.pt",
)
def submit(context: Any, request: Any) -> Any:
    """Put the working copy to the committee."""
    return _act(context, request, "submit", submit_sheet, _SUBMITTED, "note")


@view_config(
    name="renvoyer",
    context=ISheet,
    permission=p.PUBLISH_KNOWLEDGE,
    request_method="POST",
    renderer="templates/review/show.pt",
)
def send_back(context: Any, request: Any) -> Any:
    """Send it back to who wrote it."""
    return _act(context, request, "return", return_sheet, _RETURNED, "reason")


@view_config(
    name="publier",
    context=ISheet,
    permission=p.PUBLISH_KNOWLEDGE,
    request_method="POST",
    renderer="templates/review/show.pt",
)
def publish(context: Any, request: Any) -> Any:
    """Make it what people read."""
    return _act(
        context, request, "publish", publish_sheet, _PUBLISHED, "note", "review_on"
    )


def _act(
    sheet: Any,
    request: Any,
    name: str,
    operation: Callable[..., Any],
    done: str,
    *asked: str,
) -> Any:
    form = _FORMS[name](sheet, request)
    values = validate(form, request.POST)
    if values is not None:
        try:
            operation(sheet, **{key: values[key] for key in asked}, **by(request))
        except DomainError as error:
            form.refuse(error.message, error.field if error.field in asked else "")
            if isinstance(error, StateError):
                request.response.status_int = _CONFLICT
        else:
            flash(request, done)
            return HTTPSeeOther(request.resource_url(sheet))
    return _page(sheet, request, {name: form})


def _page(
    sheet: Any, request: Any, refused: dict[str, Form] | None = None
) -> dict[str, Any]:
    if not _may_review(sheet, request):
        raise HTTPForbidden
    here = Crumb(_("sheet-review-page", default="Relecture"))
    request.layout.show(
        _("sheet-review-page", default="Relecture"),
        subtitle=sheet.title,
        badge=sheet_badge(sheet),
        breadcrumb=[*request.layout.breadcrumb, here],
    )
    working = sheet.working
    if working is None:
        return {"working": None, "sheet_url": request.resource_url(sheet)}
    comparison = None
    if sheet.current is not None:
        comparison = compare_texts(sheet.kind, sheet.current, working)
    return {
        "working": working,
        "who": person(request, working.by),
        "since": display.moment(working.since),
        "submitted": _submitted(working, request),
        "title": working.title,
        "terms": field_terms(sheet.kind, working),
        "themes": working.themes,
        "file": working.file,
        "file_url": request.resource_url(sheet, "fichier", query={"copie": "1"}),
        "text": shown_text(sheet, working, request),
        "comparison": comparison,
        "comparison_title": _("sheet-text", default="Texte"),
        "forms": list(_forms(sheet, request, refused or {})),
        "edit_url": _edit_url(sheet, request),
        "sheet_url": request.resource_url(sheet),
    }


def _edit_url(sheet: Any, request: Any) -> str:
    is_writer = may(request.actor, p.EDIT_KNOWLEDGE, sheet)
    is_open = not sheet.working.is_submitted
    return request.resource_url(sheet, "modifier") if is_writer and is_open else ""


def _submitted(working: Any, request: Any) -> dict[str, str] | None:
    if not working.is_submitted:
        return None
    return {
        "who": person(request, working.submitted_by),
        "at": display.moment(working.submitted_at),
        "note": working.note,
    }


def _forms(sheet: Any, request: Any, refused: dict[str, Form]) -> Any:
    is_submitted = sheet.working.is_submitted
    is_publisher = may(request.actor, p.PUBLISH_KNOWLEDGE, sheet)
    may_submit = may(request.actor, p.EDIT_KNOWLEDGE, sheet) and not is_submitted
    offered = (
        ("publish", is_publisher),
        ("submit", may_submit),
        ("return", is_publisher and is_submitted),
    )
    names = [name for name, is_offered in offered if is_offered or name in refused]
    for name in names:
        form = refused.get(name) or _FORMS[name](sheet, request)
        yield {
            "title": _FORM_TITLES[name],
            "form": form.render(),
            "is_open": name in refused or (not refused and name == names[0]),
        }


def _submit_form(sheet: Any, request: Any) -> Form:
    note = long_node("note", _("sheet-submit-note", default="Un mot pour la relecture"))
    return asking_form(sheet, request, "soumettre", "submit", _SUBMIT, note)


def _return_form(sheet: Any, request: Any) -> Form:
    reason = long_node("reason", _("reason", default="Motif"), is_needed=True)
    return asking_form(sheet, request, "renvoyer", "return", _SEND_BACK, reason)


def _publish_form(sheet: Any, request: Any) -> Form:
    title = _("sheet-publish-note", default="Ce qui change")
    note = long_node(
        "note",
        title,
        description=_(
            "sheet-publish-note-help",
            default="Dit dans l’historique, et par courriel à ceux qui suivent.",
        ),
    )
    form = asking_form(
        sheet, request, "publier", "publish", _PUBLISH_IT, note, review_node()
    )
    kept = sheet.review_on
    is_kept = kept is not None and kept > request.today
    form.set_appstruct({"review_on": kept if is_kept else next_review(request.today)})
    return form


def _may_review(sheet: Any, request: Any) -> bool:
    asked = (p.EDIT_KNOWLEDGE, p.PUBLISH_KNOWLEDGE)
    return any(may(request.actor, permission, sheet) for permission in asked)


_SUBMIT = _("sheet-submit", default="Soumettre à la relecture")
_SEND_BACK = _("sheet-return", default="Renvoyer en rédaction")
_PUBLISH_IT = _("sheet-publish", default="Publier")
_FORMS = {"submit": _submit_form, "return": _return_form, "publish": _publish_form}
_FORM_TITLES = {"submit": _SUBMIT, "return": _SEND_BACK, "publish": _PUBLISH_IT}
_SUBMITTED = _("sheet-moved-review", default="La fiche est soumise à la relecture.")
_RETURNED = _("sheet-moved-draft", default="La fiche est renvoyée en rédaction.")
_PUBLISHED = _("sheet-moved-published", default="La fiche est publiée.")
