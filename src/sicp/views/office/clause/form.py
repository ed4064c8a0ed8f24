"""The questions of the editing form of a clause, and what they make of its data."""

import re
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

import colander

from sicp.i18n import _
from sicp.operations.clause.condition import condition_vocabulary
from sicp.operations.clause.condition import say_condition
from sicp.operations.clause.editing import alternative_groups
from sicp.operations.clause.editing import clause_of_data
from sicp.operations.clause.editing import folders_of
from sicp.operations.clause.editing import repeatable_tables
from sicp.operations.clause.field import drafting_fields
from sicp.operations.clause.rich_text import titles_for
from sicp.views.office.clause.answers import articles_of
from sicp.views.office.clause.answers import base_of
from sicp.views.office.clause.answers import shown_data
from sicp.views.office.rich_text import fill_editor
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import Condition
from sicp.views.shared.forms import ConditionControl
from sicp.views.shared.forms import ConditionField
from sicp.views.shared.forms import ConditionOperator
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import FrenchDate
from sicp.views.shared.forms import HiddenControl
from sicp.views.shared.forms import LongTextControl
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import RowsControl
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import TextControl
from sicp.views.shared.forms import YesNo
from sicp.views.shared.forms import options_of
from sicp.views.shared.forms import revision_node
from sicp.views.shared.forms.rich_text import MARKUP
from sicp.views.shared.forms.rich_text import RichTextControl
from sicp.views.shared.forms.rich_text import rich_text_nodes

_LONGEST_TITLE = 300
_LONGEST_NOTE = 10_000
_LONGEST_BASE = 180_000
_MOST_VARIABLES = 60
_LAW = re.compile(r"(?:[LRDA]\.? ?)?[LRDA]?\d{1,4}(?:-\d+)*(?: [IVX]+| \d+°)*\Z")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+\Z")

KINDS = (
    Option(
        "compulsory",
        _(
            "kind-explained-compulsory",
            default="Obligatoire : présente dès que sa condition est remplie",
        ),
    ),
    Option(
        "optional",
        _(
            "kind-explained-optional",
            default="Facultative : proposée, le rédacteur peut la retirer",
        ),
    ),
    Option(
        "alternative",
        _(
            "kind-explained-alternative",
            default="Alternative : une seule du groupe est gardée",
        ),
    ),
    Option(
        "free",
        _(
            "kind-explained-free",
            default="Zone libre : le rédacteur y écrit son propre texte",
        ),
    ),
)
_PRINTED = (
    Option("true", _("heading-printed", default="Imprimé et numéroté")),
    Option("false", _("heading-hidden", default="Non imprimé")),
)
_OPENNESS = (
    Option("false", _("text-fixed", default="Fixe : le rédacteur ne le réécrit pas")),
    Option("true", _("text-open", default="Ouvert : le rédacteur peut le réécrire")),
)
_TYPES = (
    Option("text", _("type-text", default="Texte court")),
    Option("long_text", _("type-long-text", default="Texte long")),
    Option("integer", _("type-integer", default="Nombre entier")),
    Option("amount", _("type-amount", default="Montant en euros")),
    Option("percent", _("type-percent", default="Pourcentage")),
    Option("months", _("type-months", default="Durée en mois")),
    Option("days", _("type-days", default="Délai en jours")),
    Option("date", _("type-date", default="Date")),
    Option("datetime", _("type-datetime", default="Date et heure")),
    Option("boolean", _("type-boolean", default="Oui ou non")),
    Option("choice", _("type-choice", default="Un choix")),
    Option("choices", _("type-choices", default="Plusieurs choix")),
    Option("cpv", _("type-cpv", default="Code CPV")),
)

Data = Mapping[str, Any]

_YES_NO = (
    Option("true", _("variable-required-yes", default="Oui")),
    Option("false", _("variable-required-no", default="Non")),
)
_TITLE = _("clause-form-title", default="Titre")
_FOLDER = _("clause-folder", default="Famille et thème")
_KIND = _("clause-kind", default="Nature")
_GROUP = _("clause-group-of", default="Groupe d’alternatives")
_NEW_GROUP = _("clause-group-other", default="— Un nouveau groupe —")
_GROUP_NAME = _("clause-group-new", default="Nom du nouveau groupe")
_GROUP_HELP = _(
    "clause-group-help", default="En français, par exemple « Variation des prix »."
)
_REPEAT = _("clause-repeat-on", default="Répétée pour chaque élément de")
_NO_REPEAT = _("clause-repeat-none", default="— Elle ne se répète pas —")
_HEADING = _("clause-heading-printed", default="Titre dans le document")
_OPEN = _("clause-openness", default="Le rédacteur et ce texte")
_VARIABLES = _("clause-variables", default="Questions posées au rédacteur")
_VARIABLES_HELP = _(
    "clause-variables-help",
    default="Une question qui n’a plus de titre est retirée. Enregistrez une nouvelle "
    "question avant de l’insérer dans le texte ou de l’employer dans une condition.",
)
_CONDITION = _("clause-when-kept", default="Quand la clause est-elle présente ?")
_LAW_TITLE = _("clause-law", default="Fondement")
_LAW_HELP = _(
    "clause-law-help", default="Articles séparés par des virgules : R2112-13, L2113-10."
)
_DEROGATES = _("clause-derogates", default="Articles du CCAG auxquels elle déroge")
_NOTE = _("clause-note-title", default="Note de rédaction")
_NOTE_HELP = _(
    "clause-note-help", default="Lue par le rédacteur, jamais imprimée dans la pièce."
)
_VALID_FROM = _("clause-valid-from", default="Valable à partir du")
_VALID_UNTIL = _("clause-valid-until", default="Valable jusqu’au")
_OWNER = _("clause-owner", default="Responsable")
_LINKS = _("clause-form-links", default="Pages utiles")
_LINKS_HELP = _(
    "clause-form-links-help",
    default="Collez l’adresse d’une fiche de la base de connaissances : le lien suivra "
    "la fiche si elle change de dossier.",
)
_NOT_AN_ADDRESS = _(
    "link-not-an-address", default="Écrivez une adresse qui commence par « https:// »."
)
_REASON = _("clause-form-reason", default="Motif du changement")
_REASON_HELP = _(
    "clause-form-reason-help", default="Dit aux rédacteurs, à la publication."
)


def editing_form(  # noqa: PLR0913
    proposal: Any,
    request: Any,
    data: Data,
    reason: str,
    *,
    revision: int | None = None,
    base: str | None = None,
) -> Form:
    """Make the form, filled with ``data``; ``base`` is what the person began from."""
    variables = clause_of_data(proposal.data).variables
    known = {
        **shown_data(data, request),
        "reason": reason,
        "revision": proposal.revision if revision is None else revision,
        "base": base or base_of(proposal),
        "text_format": MARKUP,
    }
    known["text"] = data.get("text", "")
    form = Form(
        _schema(proposal, request, variables),
        request,
        appstruct=known,
        # Nearly everything may stay empty: to say so everywhere would tell nothing.
        marks_optional=False,
        buttons=(
            Button("save", _("proposal-save", default="Enregistrer la proposition")),
        ),
    )
    titles = titles_for(request.site, request.today, variables)
    fill_editor(form, "text", known["text"], titles)
    return form


def _schema(proposal: Any, request: Any, variables: Iterable[Any]) -> Any:
    site, on = request.site, request.today
    groups = alternative_groups(site, proposal.clause_id)
    text, text_format = rich_text_nodes(
        "text", _("clause-text", default="Texte"), RichTextControl()
    )
    alternative = {"field": "kind", "operator": "is", "value": "alternative"}
    no_group = {"field": "group", "operator": "empty"}
    is_new = {"all": [alternative, no_group]}
    return colander.SchemaNode(
        colander.Mapping(),
        _line("title", _TITLE, _LONGEST_TITLE, missing=colander.required),
        _choice("folder", _FOLDER, folders_of(site)),
        _choice("kind", _KIND, KINDS, missing=colander.required),
        _choice("group", _GROUP, groups, _NEW_GROUP, applies_when=alternative),
        _line("new_group", _GROUP_NAME, 80, _GROUP_HELP, applies_when=is_new),
        _choice("repeat", _REPEAT, repeatable_tables(on), _NO_REPEAT),
        _choice("heading", _HEADING, _PRINTED, typ=YesNo(), missing=colander.required),
        _choice("open", _OPEN, _OPENNESS, typ=YesNo(), missing=colander.required),
        text,
        text_format,
        _variables(),
        _condition(proposal, on, variables),
        colander.SchemaNode(
            Text(2_000),
            name="legal_basis",
            title=_LAW_TITLE,
            description=_LAW_HELP,
            validator=_check_law,
            missing=None,
        ),
        _derogations(on),
        _lines("note", _NOTE, _NOTE_HELP),
        _day("valid_from", _VALID_FROM),
        _day("valid_until", _VALID_UNTIL),
        _choice("owner", _OWNER, _people(site)),
        _links(),
        _lines("reason", _REASON, _REASON_HELP),
        revision_node(),
        colander.SchemaNode(
            Text(_LONGEST_BASE, has_lines=True),
            name="base",
            title="",
            widget=HiddenControl(),
            missing=None,
        ),
    )


def _line(
    name: str, title: str, maximum: int, description: str = "", **options: Any
) -> Any:
    return colander.SchemaNode(
        Text(maximum),
        name=name,
        title=title,
        description=description,
        **{"missing": None, **options},
    )


def _lines(name: str, title: str, description: str) -> Any:
    return colander.SchemaNode(
        Text(_LONGEST_NOTE, has_lines=True),
        name=name,
        title=title,
        description=description,
        widget=LongTextControl(),
        missing=None,
    )


def _day(name: str, title: str) -> Any:
    return colander.SchemaNode(FrenchDate(), name=name, title=title, missing=None)


def _choice(
    name: str, title: str, choices: Iterable[Any], empty: str = "", **options: Any
) -> Any:
    typ = options.pop("typ", None) or Text(400)
    widget = ChoiceControl(
        options=options_of(choices), empty_title=empty, is_compact=bool(empty)
    )
    return colander.SchemaNode(
        typ, name=name, title=title, widget=widget, **{"missing": None, **options}
    )


def _table(name: str, title: str, help_text: str, add: str, *cells: Any) -> Any:
    row = colander.SchemaNode(colander.Mapping(), *cells, name="row", title="")
    return colander.SchemaNode(
        colander.Sequence(),
        row,
        name=name,
        title=title,
        description=help_text,
        widget=RowsControl(maximum=_MOST_VARIABLES, spare=1, add_title=add),
        missing=None,
    )


def _variables() -> Any:
    return _table(
        "variables",
        _VARIABLES,
        _VARIABLES_HELP,
        _("variable-add", default="Ajouter une question"),
        colander.SchemaNode(
            Text(60), name="name", title="", widget=HiddenControl(), missing=None
        ),
        _line("title", _("variable-title", default="Question"), 200),
        _choice("type", _("variable-type", default="Réponse"), _TYPES),
        _choice("required", _("variable-needed", default="Obligatoire"), _YES_NO),
        _line(
            "choices", _("variable-choices", default="Choix, séparés par « ; »"), 2000
        ),
        _line("default", _("variable-default", default="Réponse proposée"), 300),
        _line("unit", _("variable-unit", default="Unité"), 30),
        _line("help", _("variable-help", default="Aide"), 500),
    )


def _derogations(on: Any) -> Any:
    ccag = drafting_fields(on)["ccag"]
    choices = [(choice.value, choice.title) for choice in ccag.choices]
    return _table(
        "derogates",
        _DEROGATES,
        "",
        _("derogation-add", default="Ajouter un article"),
        _choice(
            "ccag", _("derogation-ccag", default="CCAG"), choices,
            missing=colander.required,
        ),
        _line(
            "article", _("derogation-article", default="Article du CCAG"), 30,
            missing=colander.required,
        ),
    )  # fmt: skip


def _links() -> Any:
    return _table(
        "links",
        _LINKS,
        _LINKS_HELP,
        _("link-add", default="Ajouter une page"),
        _line("title", _("link-title", default="Titre de la page"), 200,
              missing=colander.required),
        colander.SchemaNode(
            Text(500),
            name="url",
            title=_("link-url", default="Adresse"),
            widget=TextControl(input_type="url"),
            validator=colander.Regex(_ADDRESS, _NOT_AN_ADDRESS),
        ),
    )  # fmt: skip


def _condition(proposal: Any, on: Any, variables: Iterable[Any]) -> Any:
    found = condition_vocabulary(on, variables, proposal.data.get("repeat", ""))
    vocabulary = [
        ConditionField(
            item.name,
            item.title,
            item.group,
            item.kind,
            tuple(ConditionOperator(*operator) for operator in item.operators),
            options_of(item.choices),
            item.unit,
        )
        for item in found
    ]
    widget = ConditionControl(
        vocabulary=vocabulary,
        say=lambda condition: say_condition(condition, on, variables),
    )
    return colander.SchemaNode(
        Condition(), name="condition", title=_CONDITION, widget=widget, missing=None
    )


def _people(site: Any) -> list[tuple[str, str]]:
    users = (user for user in site["utilisateurs"].values() if user.is_active)
    found = [(user.login, user.title) for user in users]
    return sorted(found, key=lambda item: item[1].casefold())


def _check_law(node: Any, typed: str) -> None:
    wrong = next((item for item in articles_of(typed) if not _LAW.match(item)), None)
    if wrong is not None:
        message = _(
            "law-not-an-article",
            default="« ${article} » n’est pas un article : écrivez R2112-13 "
            "ou L2113-10.",
            mapping={"article": wrong[:60]},
        )
        raise colander.Invalid(node, message)
