"""Where a sheet is offered as a help: beside which fields, stages and clauses."""

from collections.abc import Iterable
from collections.abc import Sequence
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.catalog.words import words_of
from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.content_types.knowledge import is_in_bin
from sicp.i18n import _
from sicp.interfaces.knowledge import ISheet
from sicp.operations.clause.library import clauses_of
from sicp.operations.clause.library import plain_title
from sicp.operations.knowledge.help import STAGES
from sicp.operations.knowledge.help import Helps
from sicp.operations.knowledge.help import choose_helps
from sicp.operations.knowledge.help import helps_of
from sicp.operations.user.right import may
from sicp.views.office.forms import attempt
from sicp.views.office.knowledge.offer import ASIDE
from sicp.views.office.knowledge.offer import KEEPING
from sicp.views.office.knowledge.offer import offer
from sicp.views.office.knowledge.offer import part
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoicesControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Several
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash

#: So many clauses are proposed for the words searched.
_MOST_FOUND = 40
#: A list no longer than this needs no filter.
_FEW = 8


@offer(ISheet, rank=60, place=KEEPING)
def help_actions(sheet: Any, request: Any) -> Any:
    """Offer to say where a sheet helps."""
    if may(request.actor, p.EDIT_KNOWLEDGE, sheet) and not is_in_bin(sheet):
        url = request.resource_url(sheet, "aide")
        yield Action(_("sheet-helps", default="Aide en contexte"), url)


@part(ISheet, ASIDE, rank=60, template="templates/help/shown.pt")
def shown_helps(sheet: Any, request: Any) -> dict[str, Any] | None:
    """Tell those who write where a sheet is offered."""
    if not sheet.helps or not may(request.actor, p.EDIT_KNOWLEDGE, sheet):
        return None
    helps = helps_of(sheet)
    return {
        "titles": [
            *(STAGES[name] for name in helps.stages if name in STAGES),
            *(UPSTREAM_FORM[n].title for n in helps.fields if n in UPSTREAM_FORM),
        ],
        "clause_count": len(helps.clauses),
    }


@view_config(
    name="aide",
    context=ISheet,
    permission=p.EDIT_KNOWLEDGE,
    renderer="templates/help/choose.pt",
)
def choose(context: Any, request: Any) -> Any:
    """Say beside which fields, stages and clauses a sheet is offered."""
    title = _("sheet-helps", default="Aide en contexte")
    request.layout.show(title, subtitle=context.title)
    is_searching = "search" in request.POST
    form = _form(context, request)
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None and is_searching:
            form = _form(context, request, values)
        elif values is not None:
            wanted = Helps(values["fields"], values["stages"], values["clauses"])
            if attempt(request, form, choose_helps, context, wanted):
                flash(request, _("helps-chosen", default="L’aide est à jour."))
                return HTTPSeeOther(request.resource_url(context))
    return {"form": form.render()}


def _form(context: Any, request: Any, values: dict[str, Any] | None = None) -> Form:
    known = values or _known(context)
    ticked = {*known["clauses"], *map(str, request.POST.values())}
    schema = colander.SchemaNode(
        colander.Mapping(),
        _several("stages", _("helps-stages", default="Étapes"), _stage_options()),
        _several(
            "fields",
            _("helps-fields", default="Questions du recueil du besoin"),
            [Option(name, field.title) for name, field in UPSTREAM_FORM.items()],
        ),
        colander.SchemaNode(
            Text(200),
            name="words",
            title=_("helps-clause-words", default="Chercher une clause"),
            description=_(
                "helps-clause-words-help",
                default="Un mot de son titre ; les clauses trouvées s’ajoutent à la "
                "liste ci-dessous, où vous les cochez.",
            ),
            missing="",
        ),
        _several(
            "clauses",
            _("helps-clauses", default="Clauses"),
            _clause_options(request.site, ticked, known.get("words") or ""),
        ),
    )
    return Form(
        schema,
        request,
        appstruct=known,
        marks_optional=False,
        action=request.resource_url(context, "aide"),
        buttons=[
            Button("save", _("save", default="Enregistrer")),
            Button("search", _("helps-search", default="Chercher des clauses")),
        ],
    )


def _known(sheet: Any) -> dict[str, Any]:
    helps = helps_of(sheet)
    return {
        "stages": helps.stages,
        "fields": helps.fields,
        "clauses": helps.clauses,
        "words": "",
    }


def _several(name: str, title: str, options: Sequence[Option]) -> Any:
    return colander.SchemaNode(
        Several(),
        name=name,
        title=title,
        missing=(),
        widget=ChoicesControl(options=options, is_scrolled=len(options) > _FEW),
    )


def _stage_options() -> list[Option]:
    return [Option(name, title) for name, title in STAGES.items()]


def _clause_options(site: Any, ticked: Iterable[str], words: str) -> list[Option]:
    """Return the clauses that are ticked, then those whose title has the words."""
    wanted, kept = set(words_of(words)), set(ticked)
    chosen, found = [], []
    for clause in clauses_of(site["clausier"]):
        title = plain_title(clause.title)
        option = Option(clause.clause_id, title)
        if clause.clause_id in kept:
            chosen.append(option)
        elif wanted and wanted <= set(words_of(title, clause.clause_id)):
            found.append(option)
    return [*chosen, *found[:_MOST_FOUND]]
