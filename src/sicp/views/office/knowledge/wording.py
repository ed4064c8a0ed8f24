"""How the pages of the knowledge base say things in French."""

from typing import Any

from sicp.i18n import _
from sicp.interfaces.knowledge import ISheet
from sicp.operations.knowledge.version import said_field
from sicp.rules.sheet_kind import ADDRESS
from sicp.rules.sheet_kind import SHEET_KINDS
from sicp.views.shared.components import Term
from sicp.views.shared.layout import Badge
from sicp.workflows.knowledge import TABLE

STATE_TITLES = {state.name: state.title for state in TABLE.states}
STATE_TONES = {
    "draft": "info",
    "review": "progress",
    "published": "success",
    "obsolete": "warning",
}
FOLDER_TITLE = _("knowledge-folder", default="Dossier")


def sheet_badge(sheet: Any) -> Badge:
    """Show the state of a sheet."""
    return Badge(STATE_TITLES[sheet.state], STATE_TONES[sheet.state])


def kind_title(item: Any) -> str:
    """Name what a thing is: its kind, or a folder."""
    return SHEET_KINDS[item.kind].title if ISheet.providedBy(item) else FOLDER_TITLE


def by(request: Any) -> dict[str, Any]:
    """Return what every operation asks for."""
    return {"actor": request.actor, "now": request.now, "registry": request.registry}


def typed(request: Any, name: str, longest: int = 20_000) -> str:
    """Return a text that was posted, whatever was sent under its name."""
    value = request.POST.get(name, "")
    return value[:longest] if isinstance(value, str) else ""


def field_terms(kind: str, said: Any) -> list[Term]:
    """Return the fields of a kind that are filled, as they are shown."""
    terms = []
    for field in SHEET_KINDS[kind].fields:
        text = said_field(field, said.fields.get(field.name))
        if text:
            url = text if field.type == ADDRESS else ""
            terms.append(Term(field.title, text, url=url))
    return terms


def permanent_url(request: Any, item: Any) -> str:
    """Return the address of a thing that no move and no new title changes."""
    return request.resource_url(request.site["connaissances"], f"~{item.__oid__}")
