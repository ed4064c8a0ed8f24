"""The look of a public body's documents: chosen, or read in a Word model."""

import base64
import binascii
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.organisation import IBody
from sicp.operations.document.production import may_make_pdf
from sicp.operations.document.style_sample import write_style_sample
from sicp.operations.template.style import BOUNDS
from sicp.operations.template.style import COLOURS
from sicp.operations.template.style import LARGEST_LOGO
from sicp.operations.template.style import LARGEST_MODEL
from sicp.operations.template.style import checked_logo
from sicp.operations.template.style import read_model
from sicp.operations.template.style import style_of
from sicp.operations.template.style import write_style
from sicp.views.office.forms import attempt
from sicp.views.shared.downloads import file_answer
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import ChoiceControl
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import HiddenControl
from sicp.views.shared.forms import NumberControl
from sicp.views.shared.forms import Option
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import TextControl
from sicp.views.shared.forms import YesNo
from sicp.views.shared.forms import validate
from sicp.views.shared.forms.types import DecimalNumber
from sicp.views.shared.layout import flash

_UNPROCESSABLE = 422
_LONGEST_WORDS = 120
_LONGEST_FONT = 60
#: Base64 writes three bytes as four signs.
_LONGEST_LOGO = LARGEST_LOGO * 4 // 3 + 4

_TITLES = {
    "font": _("style-font", default="Police du texte"),
    "size": _("style-size", default="Taille du texte"),
    "text_colour": _("style-text-colour", default="Couleur du texte"),
    "heading_font": _("style-heading-font", default="Police des titres"),
    "heading_colour": _("style-heading-colour", default="Couleur des titres"),
    "line_colour": _("style-line-colour", default="Couleur des filets"),
    "shade_colour": _("style-shade-colour", default="Fond des en-têtes de tableau"),
    "margin_top": _("style-margin-top", default="Marge du haut"),
    "margin_bottom": _("style-margin-bottom", default="Marge du bas"),
    "margin_side": _("style-margin-side", default="Marges des côtés"),
    "header": _("style-header", default="Texte de l’en-tête"),
    "footer": _("style-footer", default="Texte du pied de page"),
    "has_cover": _("style-cover", default="Page de couverture"),
    "toc_depth": _("style-toc", default="Niveaux de titres du sommaire"),
    "logo_title": _("style-logo-title", default="Ce que dit le logo"),
    "logo_height": _("style-logo-height", default="Hauteur du logo"),
    "logo": _("style-logo", default="Logo"),
}
#: What is said of the logo, beside the picture itself.
_OF_LOGO = ("logo_title", "logo_height")
_UNITS = {"size": "pt", "toc_depth": ""}
_HELP = {
    "header": _("style-header-help", default="Avant le titre du document."),
    "footer": _("style-footer-help", default="Sans texte, le nom de l’organisme."),
    "logo_title": _(
        "style-logo-title-help",
        default="Lu à voix haute à la place de l’image, par exemple « Région "
        "Île-des-Alpes ».",
    ),
}


@view_config(
    name="style",
    context=IBody,
    permission=p.MANAGE_ORGANISATION,
    renderer="templates/style/edit.pt",
)
def edit(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Show and change the look of the documents of a body."""
    request.layout.show(
        _("style-documents", default="Style des documents"), subtitle=context.title
    )
    known, found, error = _known(context), {}, ""
    sent = request.POST
    if request.method == "POST" and "upload" in sent:
        try:
            found = _uploaded(sent)
        except InvalidInputError as refusal:
            error = refusal.message
            request.response.status_int = _UNPROCESSABLE
    has_logo = bool(style_of(context).logo)
    is_asked = has_logo or "logo" in found or bool(sent.get("logo"))
    form = _form(request, {**known, **_shown(found)}, about_logo=is_asked)
    if (
        request.method == "POST"
        and "upload" not in sent
        and _save(context, request, form)
    ):
        flash(request, _("style-saved", default="Le style est enregistré."))
        return HTTPSeeOther(request.resource_url(context, "style"))
    return {
        "form": form.render(),
        "found": [_TITLES[name] for name in _TITLES if name in found],
        "error": error,
        "has_logo": has_logo,
        "url": request.resource_url(context, "style"),
        "word_url": request.resource_url(context, "style-exemple.docx"),
        "pdf_url": request.resource_url(context, "style-exemple.pdf"),
        "may_make_pdf": may_make_pdf(),
    }


@view_config(name="style-exemple.docx", context=IBody, permission=p.MANAGE_ORGANISATION)
def word_sample(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Give the sample in the look of the body, as a Word file."""
    data = write_style_sample(style_of(context), request.now, "docx")
    return file_answer(data, "exemple-de-style.docx")


@view_config(name="style-exemple.pdf", context=IBody, permission=p.MANAGE_ORGANISATION)
def pdf_sample(context: Any, request: Any) -> Any:  # noqa: ANN401
    """Give the sample in the look of the body, as a PDF."""
    data = write_style_sample(style_of(context), request.now, "pdf")
    return file_answer(data, "exemple-de-style.pdf")


def _uploaded(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a file proposes: a Word model, or a logo alone."""
    kind = "logo" if sent.get("upload") == "logo" else "model"
    file = getattr(sent.get("file"), "file", None)
    data = file.read(LARGEST_MODEL + 1) if file is not None else b""
    if not data:
        raise InvalidInputError(
            _("style-file-needed", default="Choisissez un fichier."), kind
        )
    if kind == "logo":
        return {"logo": checked_logo(data)}
    return read_model(data)


def _save(context: Any, request: Any, form: Form) -> bool:  # noqa: ANN401
    values = validate(form, request.POST)
    if values is None:
        return False
    picture = values.pop("logo")
    removes = values.pop("without_logo", False)
    if picture or removes:
        values["logo"] = b"" if removes else _picture(picture)
    values["toc_depth"] = int(values["toc_depth"])
    return bool(attempt(request, form, write_style, context, values))


def _picture(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        # Refused below as what is no picture.
        return b"?"


def _known(context: Any) -> dict[str, Any]:  # noqa: ANN401
    style = style_of(context)
    return _shown({name: getattr(style, name) for name in _TITLES if name != "logo"})


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as the form shows them."""
    shown = dict(values)
    for name in COLOURS:
        if name in shown:
            shown[name] = f"#{shown[name]}"
    if shown.get("logo"):
        shown["logo"] = base64.b64encode(shown["logo"]).decode()
    if "toc_depth" in shown:
        shown["toc_depth"] = str(shown["toc_depth"])
    for name in BOUNDS:
        if name in shown and name != "toc_depth":
            shown[name] = Decimal(str(shown[name]))
    return {name: value or None for name, value in shown.items()} | {
        name: shown[name] for name in ("has_cover",) if name in shown
    }


def _form(request: Any, known: Mapping[str, Any], *, about_logo: bool) -> Form:  # noqa: ANN401
    """Make the form; what is about a logo is asked only where there is one."""
    schema = colander.SchemaNode(colander.Mapping())
    for name in _TITLES:
        if about_logo or name not in _OF_LOGO:
            schema.add(_node(name))
    if about_logo:
        schema.add(
            colander.SchemaNode(
                YesNo(),
                name="without_logo",
                title=_("style-without-logo", default="Retirer le logo"),
            )
        )
    save = Button("save", _("save", default="Enregistrer"))
    known = {"without_logo": False, **known}
    shown = {child.name: known[child.name] for child in schema if child.name in known}
    return Form(schema, request, appstruct=shown, buttons=[save])


def _node(name: str) -> Any:
    common = {"name": name, "title": _TITLES[name], "description": _HELP.get(name, "")}
    if name == "logo":
        hidden = HiddenControl()
        return colander.SchemaNode(
            Text(_LONGEST_LOGO), widget=hidden, missing=None, **common
        )
    if name == "has_cover":
        return colander.SchemaNode(YesNo(), **common)
    if name == "toc_depth":
        options = (
            Option("0", _("style-no-toc", default="Pas de sommaire")),
            *(Option(str(depth), str(depth)) for depth in (1, 2, 3)),
        )
        return colander.SchemaNode(
            Text(), widget=ChoiceControl(options=options), **common
        )
    if name in BOUNDS:
        least, most = BOUNDS[name]
        return colander.SchemaNode(
            DecimalNumber(),
            widget=NumberControl(suffix=_UNITS.get(name, "mm")),
            validator=colander.Range(least, most),
            **common,
        )
    if name in COLOURS:
        return colander.SchemaNode(
            Text(7), widget=TextControl(input_type="color"), **common
        )
    if name.endswith("font"):
        return colander.SchemaNode(Text(_LONGEST_FONT), **common)
    return colander.SchemaNode(Text(_LONGEST_WORDS), missing="", **common)
