"""The question mode: only what the clauses kept need, group by group."""

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.content_types.consultation.upstream_form import STEPS
from sicp.content_types.consultation.upstream_form import fields_of_step
from sicp.exceptions import DomainError
from sicp.exceptions import EditConflictError
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.consultation import IDraft
from sicp.interfaces.consultation import IDrafts
from sicp.operations.clause.library import plain_title
from sicp.operations.consultation.draft import own_fields
from sicp.operations.consultation.draft_question import common_revision
from sicp.operations.consultation.draft_question import save_own_answers
from sicp.operations.consultation.upstream_form import answers_of
from sicp.operations.consultation.upstream_form import facts_of
from sicp.operations.consultation.upstream_form import save_step
from sicp.operations.document.piece import answer_holds
from sicp.operations.document.piece import piece_of
from sicp.operations.document.question import OWN
from sicp.operations.document.question import NeedGroup
from sicp.operations.document.question import asked_field
from sicp.operations.document.question import grouped
from sicp.operations.document.question import needs_of
from sicp.operations.reference_data import cpv_label
from sicp.operations.reference_data import procedure_choices
from sicp.operations.user.right import may
from sicp.views.office.consultation.consultation import frame
from sicp.views.office.consultation.consultation import tabs
from sicp.views.office.consultation.draft import acting
from sicp.views.office.consultation.draft import head
from sicp.views.office.consultation.wording import both_texts
from sicp.views.office.consultation.wording import text_of
from sicp.views.shared.components import Step
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Setting
from sicp.views.shared.forms import posted_names
from sicp.views.shared.forms import revision_node
from sicp.views.shared.forms import schema_for
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import flash

_CONFLICT = 409
_OWN_TITLE = _("questions-own", default="Propres aux pièces")
_TITLES = {**dict(STEPS), OWN: _OWN_TITLE}


@view_config(
    name="questions",
    context=IDrafts,
    permission=p.VIEW_DETAIL,
    request_method="GET",
    renderer="templates/draft_question/ask.pt",
)
@view_config(
    name="questions",
    context=IDraft,
    permission=p.VIEW_DETAIL,
    request_method="GET",
    renderer="templates/draft_question/ask.pt",
)
def ask(context: Any, request: Any) -> dict[str, Any]:
    """Ask the questions of one group, or tell them to who only reads."""
    desk = Desk(context, request)
    return desk.page(desk.form() if desk.may_answer else None)


@view_config(
    name="questions",
    context=IDrafts,
    permission=p.DRAFT_DOCUMENTS,
    request_method="POST",
    renderer="templates/draft_question/ask.pt",
)
@view_config(
    name="questions",
    context=IDraft,
    permission=p.DRAFT_DOCUMENTS,
    request_method="POST",
    renderer="templates/draft_question/ask.pt",
)
def save(context: Any, request: Any) -> Any:
    """Save the answers of one group, where each of them is kept."""
    desk = Desk(context, request)
    form = desk.form()
    values = validate(form, request.POST)
    if values is None:
        return desk.page(form)
    try:
        desk.save(values)
    except EditConflictError as error:
        conflict = desk.both_texts(values)
        form = desk.form(values)
        form.refuse(error.message)
        request.response.status_int = _CONFLICT
        return desk.page(form, conflict)
    except DomainError as error:
        form.refuse(error.message, error.field)
        return desk.page(form)
    flash(request, _("draft-saved", default="Vos réponses sont enregistrées."))
    return HTTPSeeOther(Desk(context, request).next_url(desk.name))


class Desk:
    """The questions of one piece, or of all those of a consultation."""

    def __init__(self, context: Any, request: Any) -> None:
        self.context, self.request = context, request
        is_one = IDraft.providedBy(context)
        self.folder = context.__parent__ if is_one else context
        self.consultation = self.folder.__parent__
        self.drafts = [context] if is_one else list(self.folder.values())
        self.drafts = [draft for draft in self.drafts if draft.frozen_at is None]
        self.pieces = dict(_read(self.drafts, request))
        self.groups = grouped(needs_of(self.pieces), _OWN_TITLE)
        self.posted = posted_names(request.POST)
        self.group = self._group(request.GET.get("groupe", ""))
        self.name = self.group.name if self.group else ""

    @property
    def may_answer(self) -> bool:
        """Tell whether the person may answer the questions of this group."""
        wanted = p.DRAFT_DOCUMENTS if self.name == OWN else p.EDIT_FORM
        needed = {wanted, p.DRAFT_DOCUMENTS}
        return all(may(self.request.actor, one, self.consultation) for one in needed)

    def url(self, name: str = "") -> str:
        """Give the address of a group of questions."""
        query = {"query": {"groupe": name}} if name else {}
        return str(self.request.resource_url(self.context, "questions", **query))

    def next_url(self, answered: str) -> str:
        """Give the next group where something is left to say, or the same."""
        names = [group.name for group in self.groups if not group.is_done]
        if not names or answered in names:
            return self.url(answered)
        return self.url(names[0])

    def form(self, typed: Mapping[str, Any] | None = None) -> Form:
        """Make the form of the group."""
        asked = [n for n in self._needs() if not n.is_stored_apart]
        left = self._no_longer_asked()
        fields = [*(asked_field(need) for need in asked), *left.values()]
        schema = schema_for(fields, self._setting())
        schema.add(revision_node())
        saved = self._saved()
        known = {name: saved.get(name) for name in left}
        known |= self._known()
        answers = {**answers_of(self.consultation)}
        return Form(
            schema,
            self.request,
            appstruct={**known, **(typed or {}), "revision": self._revision()},
            applies=self._holds,
            answers={n: v for n, v in answers.items() if n not in known},
            marks_optional=False,
            action=self.url(self.name),
            buttons=[
                Button("save", _("draft-save", default="Enregistrer les réponses"))
            ],
        )

    def save(self, values: dict[str, Any]) -> None:
        """Write the answers where they are kept."""
        revision = values.pop("revision")
        by = {**acting(self.request), "revision": revision}
        if self.name == OWN:
            asked = {need.field.name: tuple(need.pieces) for need in self._needs()}
            for name in self._no_longer_asked():
                holders = (d for d in self._open_drafts() if name in self._own(d))
                asked[name] = tuple(draft.template_id for draft in holders)
            save_own_answers(self._open_drafts(), values, asked, **by)
        elif self.name:
            save_step(self.consultation, self.name, values, **by)

    def both_texts(self, values: Mapping[str, Any]) -> list[dict[str, str]]:
        """Tell the answers somebody else saved beside those just typed."""
        fields = [need.field for need in self._needs()]
        return both_texts(
            [*fields, *self._no_longer_asked().values()],
            {**self._saved(), **self._known()},
            values,
            self.request.today,
            self.request.layout.say,
        )

    def page(
        self, form: Form | None, conflict: Sequence[Mapping[str, str]] = ()
    ) -> dict[str, Any]:
        """Return what the template shows."""
        self._frame()
        waiting = sum(len(g.needs) - g.answered for g in self.groups)
        total = sum(len(g.needs) for g in self.groups)
        return {
            "tabs": tabs(self.consultation, self.request, "pieces"),
            "steps": [self._step(group) for group in self.groups],
            "group": self.group,
            "form": form.render() if form is not None else "",
            "conflict": conflict,
            "lines": [self._line(need) for need in self._needs()],
            "answered": total - waiting,
            "total": total,
            "is_one": IDraft.providedBy(self.context),
            "back_url": self.request.resource_url(self.context),
            "lots_url": self.request.resource_url(self.consultation, "lots"),
            "has_lots": any(need.is_stored_apart for need in self._needs()),
        }

    def _frame(self) -> None:
        if IDraft.providedBy(self.context):
            head(self.context, self.request)
        else:
            frame(self.consultation, self.request)

    def _group(self, asked: str) -> Any:
        found = next((g for g in self.groups if g.name == asked), None)
        if found is None and self.posted and asked in _TITLES:
            # What was typed there is still answered, though nobody asks it any more.
            return NeedGroup(asked, _TITLES[asked], ())
        open_one = next((g for g in self.groups if not g.is_done), None)
        return found or open_one or next(iter(self.groups), None)

    def _needs(self) -> Any:
        return self.group.needs if self.group else ()

    def _no_longer_asked(self) -> dict[str, Any]:
        """Return what was sent though an answer saved meanwhile made it useless.

        It is saved all the same: what a person typed is not dropped.
        """
        asked = {need.field.name for need in self._needs()}
        if self.name == OWN:
            known = {}
            for draft in self._open_drafts():
                known.update(self._own(draft))
        else:
            known = {field.name: field for field in fields_of_step(self.name)}
        return {
            name: field
            for name, field in known.items()
            if name in self.posted - asked and field.meta.get("stored_as") != "content"
        }

    def _own(self, draft: Any) -> dict[str, Any]:
        return own_fields(draft, self.request.today)

    def _known(self) -> dict[str, Any]:
        """Return what is known of the questions asked, defaults included."""
        asked = (need for need in self._needs() if not need.is_stored_apart)
        return {need.field.name: need.value for need in asked}

    def _saved(self) -> dict[str, Any]:
        """Return the answers as they are stored, by name."""
        if self.name != OWN:
            return answers_of(self.consultation)
        saved: dict[str, Any] = {}
        for draft in reversed(self._open_drafts()):
            saved.update(draft.answers)
        return saved

    def _open_drafts(self) -> list[Any]:
        return [draft for draft in self.drafts if draft.template_id in self.pieces]

    def _revision(self) -> int:
        if self.name == OWN:
            return common_revision(self._open_drafts())
        return int(self.consultation.revision)

    def _holds(self, condition: Any) -> bool:
        if self.name == OWN:
            pieces = self.pieces.values()
            return any(answer_holds(piece, condition) for piece in pieces)
        return facts_of(self.consultation).holds(condition)

    def _setting(self) -> Setting:
        on = answers_of(self.consultation).get("launch_on") or self.request.today
        return Setting(
            choices={"procedure": procedure_choices(on)},
            cpv_url=self.request.resource_url(self.consultation, "cpv"),
            cpv_title=cpv_label,
        )

    def _step(self, group: Any) -> Step:
        count = f"{group.answered}/{len(group.needs)}"
        title = f"{self.request.layout.say(group.title)} ({count})"
        state = "complete" if group.is_done else "incomplete"
        is_current = group.name == self.name
        return Step(title, self.url(group.name), state, is_current)

    def _line(self, need: Any) -> dict[str, Any]:
        say = self.request.layout.say
        return {
            "name": need.field.name,
            "title": say(need.field.title),
            "text": text_of(need.field, need.value, self.request.today, say),
            "is_waited_for": need.is_waited_for,
            "demands": [
                {
                    "piece": demand.piece_title,
                    "title": plain_title(demand.title),
                    "url": self.request.resource_url(
                        self.folder[demand.piece], anchor=demand.clause
                    ),
                }
                for demand in need.demands.values()
            ],
        }


def _read(drafts: list[Any], request: Any) -> Any:
    for draft in drafts:
        try:
            yield draft.template_id, piece_of(draft, request.today)
        except InvalidInputError:
            # A canevas taken away does not hide the questions of the others.
            continue
