"""A form that is calm, French, and cannot be broken by what is sent to it."""

import json
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import colander
import deform
import peppercorn
from deform.exception import ValidationFailure
from deform.template import ZPTRendererFactory
from deform.widget import FormWidget
from deform.widget import MappingWidget
from pyramid.csrf import get_csrf_token
from pyramid.i18n import get_localizer
from pyramid.path import AssetResolver

from sicp.i18n import _
from sicp.views.shared import display
from sicp.views.shared.forms import messages
from sicp.views.shared.forms import types
from sicp.views.shared.forms import widgets
from sicp.views.shared.forms.field_view import FieldView
from sicp.views.shared.forms.field_view import Problem
from sicp.views.shared.forms.field_view import problems_of
from sicp.views.shared.forms.rows import RowControl
from sicp.views.shared.forms.rows import RowsControl
from sicp.views.shared.forms.rows import make_compact

Button = deform.Button

#: What the scripts of a form say; the templates hand it to them.
WORDS = {
    "saved": _("form-saved", default="Enregistré à {time}"),
    "saving": _("form-saving", default="Enregistrement…"),
    "failed": _(
        "form-save-failed",
        default="L’enregistrement automatique a échoué : votre texte est gardé dans "
        "cette page.",
    ),
    "offline": _(
        "form-session-ended",
        default="Votre session est terminée : connectez-vous de nouveau dans un autre "
        "onglet, puis continuez ici.",
    ),
    "to_correct": _("form-to-correct", default="Points à corriger : {count}"),
    "error_title": _("form-error-title", default="Erreur"),
    "none_found": _("combobox-none", default="Aucun résultat"),
    "count_found": _("combobox-count", default="Résultats : {count}"),
}

_TEMPLATES = "sicp.views.shared:templates/deform"
_RENDERER = "sicp.views.shared.forms.renderer"
_UNPROCESSABLE = 422
#: More controls than any page of ours has: 500 rows of ten cells and their marks.
_MOST_CONTROLS = 20_000

#: What every form carries beside its fields.
_CARRIED = frozenset({"csrf_token", "__formid__"})

#: The control of a type whose node names none. The first type that fits decides.
_CONTROLS: tuple[tuple[type, Callable[[], Any]], ...] = (
    (types.CpvCode, widgets.CpvControl),
    (types.Password, widgets.PasswordControl),
    (types.Amount, lambda: widgets.NumberControl(is_amount=True, suffix="€")),
    (types.Percent, lambda: widgets.NumberControl(suffix="%")),
    (types.WholeNumber, lambda: widgets.NumberControl(inputmode="numeric")),
    (types.DecimalNumber, widgets.NumberControl),
    (types.FrenchDate, widgets.DateControl),
    (types.FrenchDateTime, widgets.DateTimeControl),
    (colander.Boolean, widgets.YesNoControl),
    (colander.Number, widgets.NumberControl),
    (colander.DateTime, widgets.DateTimeControl),
    (colander.Date, widgets.DateControl),
    (colander.Sequence, RowsControl),
)


class FormControl(FormWidget):
    """The form as a whole."""

    requirements = ()
    category = "structural"


class SectionControl(MappingWidget):
    """A group of fields under a title."""

    requirements = ()

    def deserialize(self, field: Any, pstruct: Any) -> Any:
        """Read the fields of the group.

        Raises:
            colander.Invalid: it is not a group of fields, or one is unreadable.
        """
        if pstruct is not colander.null and not isinstance(pstruct, dict):
            raise colander.Invalid(field.schema, types.UNREADABLE, colander.null)
        return super().deserialize(field, pstruct)


class Form(deform.Form):
    """A form of our own templates.

    Args:
        schema: a bound Colander mapping.
        request: gives the CSRF token, the language and the status of the answer.
        appstruct: what is already known; ``None`` values are shown as empty.
        marks_optional: say « (facultatif) » beside what may stay empty. False for a
            form of filters, where nothing is asked.
        applies: judges a condition, so that what does not apply is hidden even before
            scripts run; None shows everything.
        answers: what is known of fields outside of this form, for conditions.
        autosave_url: where unsaved answers are posted while the person thinks.
        warns_unsaved: warn a person who leaves with unsaved work.
    """

    def __init__(  # noqa: PLR0913 - each is a separate choice of the page
        self,
        schema: Any,
        request: Any,
        *,
        appstruct: Mapping[str, Any] | None = None,
        marks_optional: bool = True,
        applies: Callable[[Mapping[str, Any]], bool] | None = None,
        answers: Mapping[str, Any] | None = None,
        autosave_url: str = "",
        warns_unsaved: bool = True,
        **options: Any,
    ) -> None:
        self.request = request
        self.marks_optional = marks_optional
        self.applies = applies
        self.answers = answers or {}
        self.autosave_url = autosave_url
        self.warns_unsaved = warns_unsaved
        options.setdefault("focus", "off")
        options.setdefault("formid", "form")
        options["renderer"] = renderer_for(request)
        super().__init__(schema, look=self.look, words=WORDS, **options)
        if getattr(schema, "widget", None) is None:
            self.widget = FormControl()
        _prepare(self, self.formid)
        if appstruct is not None:
            self.set_appstruct(_without_none(appstruct))

    def look(self, field: Any) -> FieldView:
        """Give what the templates need to know of ``field``."""
        condition = getattr(field.schema, "applies_when", None)
        applies = not condition or self.applies is None or self.applies(condition)
        # The pages of an audience know where articles are read, if they are.
        cite = getattr(self.request, "cite", _uncited)
        return FieldView(field, self.marks_optional, applies, self.say, cite)

    def say(self, message: str) -> str:
        """Translate a message for the person."""
        return get_localizer(self.request).translate(message)

    @property
    def problems(self) -> list[Problem]:
        """Every refusal, in the order of the page, for the summary at its top."""
        return problems_of(self, self.say) if self.error else []

    @property
    def csrf_token(self) -> str:
        """The token the form posts."""
        return get_csrf_token(self.request)

    @property
    def known_answers(self) -> str | None:
        """The answers outside of this form, as the scripts read them."""
        if not self.answers:
            return None
        return json.dumps(self.answers, ensure_ascii=False, default=_json_value)

    def validate(self, controls: Iterable[tuple[str, Any]], subcontrol: Any = None):
        """Read and check what was sent, whatever it is.

        Raises:
            ValidationFailure: something is refused; the form then shows it.
        """
        del subcontrol
        pstruct = self._parsed(controls)
        for field in self.children:
            _forget_rows(field)
        try:
            return self.validate_pstruct(pstruct)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            # A structure no page of ours sends has confused a type: refuse it whole.
            raise self._broken() from error

    def refuse(self, message: str, field: str = "") -> None:
        """Add a refusal found after validation, at ``field`` or at the whole form."""
        target = self[field] if field and field in self else self
        invalid = colander.Invalid(target.schema, message)
        if target is not self:
            target.error = invalid
        if self.error is None:
            self.error = colander.Invalid(self.schema, None)
        if target is self:
            self.error = invalid
        self.request.response.status_int = _UNPROCESSABLE

    def _parsed(self, controls: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        sent = list(controls)
        try:
            if len(sent) > _MOST_CONTROLS:
                raise self._broken()
            return self._known(peppercorn.parse(sent))
        except (TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
            raise self._broken() from error

    def _known(self, pstruct: dict[str, Any]) -> dict[str, Any]:
        """Refuse what no page of ours asked, rather than drop it in silence."""
        names = {field.name for field in self.children}
        names |= {button.name for button in self.buttons} | _CARRIED
        if not names.issuperset(pstruct):
            # What was typed in the fields that are ours is shown again.
            self.set_pstruct(pstruct)
            raise self._broken()
        return pstruct

    def _broken(self) -> ValidationFailure:
        invalid = colander.Invalid(self.schema, messages.BROKEN_FORM)
        self.error = invalid
        return ValidationFailure(self, self.cstruct, invalid)


def validate(form: Form, controls: Any) -> dict[str, Any] | None:
    """Return what ``controls`` (``request.POST``) say, or None.

    After None, ``form.render()`` shows everything typed, a summary of the refusals and
    each message at its field; the status of the answer is already 422.
    """
    items = controls.items() if hasattr(controls, "items") else controls
    try:
        return form.validate(items)
    except ValidationFailure:
        form.request.response.status_int = _UNPROCESSABLE
        return None


def posted_names(controls: Any) -> frozenset[str]:
    """Return the names of the fields that were sent, none when they are unreadable."""
    try:
        return frozenset(peppercorn.parse(list(controls.items())))
    except (TypeError, ValueError, KeyError, IndexError, AttributeError):
        return frozenset()


def autosave_answer(form: Form, saved_at: datetime | None) -> dict[str, Any]:
    """Answer an autosave: when it was saved, and what is refused where.

    ``saved_at`` is None when nothing was saved.
    """
    return {
        "saved_at": display.clock_time(saved_at) if saved_at else "",
        "errors": [
            {"target": problem.target, "message": form.say(problem.message)}
            for problem in form.problems
        ],
    }


def renderer_for(request: Any) -> ZPTRendererFactory:
    """Give the renderer of our field templates, loaded once per application.

    Only our own directory is searched: a template of Deform would bring inline scripts
    and English words, so a widget without a template of ours is an error.
    """
    registry = request.registry
    if _RENDERER not in registry:
        directory = AssetResolver().resolve(_TEMPLATES).abspath()
        settings = registry.settings or {}
        registry[_RENDERER] = ZPTRendererFactory(
            (directory,),
            auto_reload=bool(settings.get("pyramid.reload_templates")),
            translator=get_localizer(request).translate,
        )
    return registry[_RENDERER]


def _uncited(text: str) -> tuple[tuple[str, str], ...]:
    return ((text, ""),)


def _prepare(field: Any, oid: str) -> None:
    """Give every field a readable id and a control of ours."""
    for child in field.children:
        child.oid = f"{oid}-{child.name}"
        if getattr(child.schema, "widget", None) is None:
            child.widget = _control_of(field, child)
        _prepare(child, child.oid)
        if isinstance(child.widget, RowControl):
            make_compact(child)


def _control_of(parent: Any, field: Any) -> Any:
    if isinstance(field.typ, colander.Mapping):
        is_row = isinstance(parent.typ, colander.Sequence)
        return RowControl() if is_row else SectionControl()
    if getattr(field.typ, "has_lines", False):
        return widgets.LongTextControl()
    for kind, make in _CONTROLS:
        if isinstance(field.typ, kind):
            return make()
    return widgets.TextControl()


def _forget_rows(field: Any) -> None:
    field.__dict__.pop("sequence_fields", None)
    for child in field.children:
        _forget_rows(child)


def _without_none(value: Any) -> Any:
    if isinstance(value, Mapping):
        held = ((name, _without_none(item)) for name, item in value.items())
        return {name: item for name, item in held if item is not None}
    if isinstance(value, list | tuple):
        return [_without_none(item) for item in value]
    return value


def _json_value(value: Any) -> Any:
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat else str(value)
