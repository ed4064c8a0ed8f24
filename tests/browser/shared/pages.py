"""Two pages that show every part of the shell: a form and a list."""

from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

import colander
from pyramid.config import Configurator
from pyramid.events import BeforeRender
from pyramid.session import SignedCookieSessionFactory
from webob.cookies import JSONSerializer

from sicp.views.shared import components as c
from sicp.views.shared import forms
from sicp.views.shared.layout import Account
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import Badge
from sicp.views.shared.layout import Crumb
from sicp.views.shared.layout import Layout
from sicp.views.shared.layout import Module
from sicp.views.shared.layout import TreeNode
from sicp.views.shared.layout import branch_page
from sicp.views.shared.layout import flash

TEMPLATES = Path(__file__).parent / "templates"
PROCEDURES = forms.options_of(
    [
        ("AOO", "Appel d’offres ouvert"),
        ("MAPA", "Procédure adaptée"),
        *((f"P{number}", f"Autre procédure {number}") for number in range(4)),
    ]
)
FOLDERS = forms.options_of(
    [("m", "Marchés", 0), *((f"f{n}", f"Dossier {n}", 1) for n in range(40))]
)
ENTITIES = forms.options_of(
    [("d", "Département", 0), ("c", "Collèges", 1), ("n", "Collège du Nord", 2)]
)


def layout_of(request: Any) -> Layout:
    """Fill the whole frame."""
    layout = Layout(request, body_name="Département de l’Exemple")
    layout.modules = [
        Module("Procédures", "/list", is_current=True),
        Module("Rédaction", "/form"),
    ]
    here = TreeNode("2027-0001 Espaces verts", "/form", is_current=True)
    layout.tree = [
        TreeNode("2027", "/list", is_open=True, children=(here,), count=1),
        TreeNode("2026", "/list", has_children=True, children_url="/branch"),
    ]
    layout.tree_title = "Dossiers"
    layout.breadcrumb = [Crumb("Accueil", "/list"), Crumb("Espaces verts")]
    layout.search_url = "/list"
    layout.account = Account("Camille Martin", ("Acheteuse",), "/list", "/logout")
    layout.accessibility_url = "/list"
    return layout


def node(typ: Any, name: str, title: str, **options: Any) -> Any:
    """Make a node that may stay empty."""
    return colander.SchemaNode(typ, name=name, title=title, missing=None, **options)


def a_schema() -> Any:
    """Make a form with every control."""
    row = colander.SchemaNode(
        colander.Mapping(),
        node(forms.Text(), "title", "Intitulé"),
        node(
            forms.Text(),
            "kind",
            "Type",
            widget=forms.ChoiceControl(
                options=forms.options_of([("social", "Social")])
            ),
        ),
        node(forms.Percent(), "weight", "Poids (%)"),
        name="row",
        title="",
    )
    return colander.SchemaNode(
        colander.Mapping(),
        colander.SchemaNode(
            forms.Text(50),
            name="object",
            title="Objet",
            description="Une phrase.",
            law=("L2111-1",),
        ),
        node(forms.Text(has_lines=True), "text", "Description"),
        node(forms.Amount(), "amount", "Montant (€ HT)"),
        node(
            forms.Text(),
            "procedure",
            "Procédure",
            widget=forms.ChoiceControl(options=PROCEDURES),
        ),
        node(
            forms.Text(),
            "folder",
            "Dossier",
            widget=forms.ChoiceControl(options=FOLDERS, is_compact=True),
        ),
        node(forms.YesNo(), "is_urgent", "Urgence"),
        node(
            forms.Text(),
            "reason",
            "Motif de l’urgence",
            applies_when={"field": "is_urgent", "operator": "is", "value": True},
        ),
        node(
            forms.Text(),
            "after",
            "Suite du motif",
            applies_when={"field": "reason", "operator": "filled"},
        ),
        node(
            forms.Text(),
            "large",
            "Motif du montant",
            applies_when={
                "all": [
                    {"field": "amount", "operator": "ge", "value": 216000},
                    {
                        "not": {
                            "field": "procedure",
                            "operator": "in",
                            "value": ["MAPA"],
                        }
                    },
                    {"field": "elsewhere", "operator": "is", "value": "here"},
                ]
            },
        ),
        node(
            forms.Text(),
            "social",
            "Motif social",
            applies_when={
                "field": "criteria.kind",
                "operator": "contains",
                "value": "social",
            },
        ),
        node(forms.FrenchDate(), "day", "Date"),
        node(forms.FrenchDateTime(), "due", "Date limite"),
        node(forms.CpvCode(), "cpv", "CPV", widget=forms.CpvControl(search_url="/cpv")),
        node(
            forms.Several(),
            "entities",
            "Entités",
            widget=forms.EntitiesControl(options=ENTITIES),
        ),
        node(
            forms.Text(),
            "entity",
            "Entité",
            widget=forms.EntityControl(options=ENTITIES),
        ),
        node(forms.Password(), "secret", "Mot de passe"),
        colander.SchemaNode(
            colander.Sequence(), row, name="criteria", title="Critères", missing=()
        ),
    )


def a_form(request: Any) -> forms.Form:
    """Make the form of the page."""
    return forms.Form(
        a_schema(),
        request,
        buttons=(forms.Button("save", "Enregistrer"),),
        answers={"elsewhere": "here"},
        autosave_url="/autosave",
    )


def show_form(request: Any) -> dict[str, Any]:
    """Show the form, and what was read."""
    request.layout.show("Formulaire", badge=Badge("Brouillon"))
    form = a_form(request)
    is_sent = request.method == "POST"
    values = forms.validate(form, request.POST) if is_sent else None
    return {"form": form, "values": values}


def autosave(request: Any) -> dict[str, Any]:
    """Save nothing, but answer as a page that saves."""
    form = a_form(request)
    forms.validate(form, request.POST)
    request.response.status_int = 200
    saved_at = datetime(2027, 3, 15, 13, 2, tzinfo=UTC)
    return forms.autosave_answer(form, saved_at)


def search_cpv(request: Any) -> dict[str, Any]:
    """Answer as the search of the nomenclature."""
    found = [
        {"value": "45000000", "title": "Travaux de construction"},
        {"value": "45100000", "title": "Travaux de préparation"},
    ]
    return {"results": found if request.GET["q"].startswith("tra") else []}


def show_list(request: Any) -> dict[str, Any]:
    """Show a list and every other part."""
    delete = Action("Supprimer", "/deleted", "post", "Supprimer les lots ?", True)
    request.layout.show(
        "Consultations", actions=(delete,), primary_action=Action("Créer", "/form")
    )
    flash(request, "Le lot est ajouté.")
    columns = c.sortable(request, [c.Column("a", "Référence"), c.Column("b", "Objet")])
    badge = Badge("Publiée", "info")
    rows = [
        c.Row((c.Cell(f"2027-{n}", "/form"), c.Cell("Objet", badge=badge)), str(n))
        for n in range(3)
    ]
    table = c.Table(
        "Consultations",
        columns,
        rows,
        pager=c.Pager.of(request, 2, 3, 12),
        batch_url="/list",
        batch_actions=(("archive", "Archiver"),),
    )
    return {
        "table": table,
        "stages": [c.Stage("Rédaction", "current"), c.Stage("Publication")],
        "steps": [c.Step("Besoin", "/1", "complete"), c.Step("Lots", "/2", "error")],
        "tabs": [c.Tab("Fiche", "/1", is_current=True), c.Tab("Lots", "/2", count=3)],
        "terms": [c.Term("Durée", "48 mois"), c.Term("État", badge=badge)],
        "card": c.Card("Tâches", [c.Term("Relire", "CCAP", "/r", badge, "hier")], 1),
    }


def show_branch(request: Any) -> Any:
    """Answer with a branch of the tree."""
    return branch_page(request, [TreeNode("2026-0009", "/form")])


def after_deletion(_request: Any) -> str:
    """Tell that the form was sent."""
    return "sent"


def make_app() -> Any:
    """Serve the pages under the strictest policy of content."""
    config = Configurator(
        package="sicp",
        session_factory=SignedCookieSessionFactory(
            "tests", serializer=JSONSerializer()
        ),
    )
    config.include("sicp.views.shared")
    config.set_default_csrf_options(require_csrf=True)
    config.add_request_method(layout_of, "layout", reify=True)
    config.add_subscriber(_add_layout, BeforeRender)
    for path, view, renderer in (
        ("form", show_form, f"{TEMPLATES}/form.pt"),
        ("list", show_list, f"{TEMPLATES}/list.pt"),
        ("autosave", autosave, "json"),
        ("cpv", search_cpv, "json"),
        ("branch", show_branch, None),
        ("deleted", after_deletion, "string"),
    ):
        config.add_route(path, f"/{path}")
        config.add_view(view, route_name=path, renderer=renderer)
    return _strict(config.make_wsgi_app())


def _add_layout(event: Any) -> None:
    event["layout"] = event["request"].layout


def _strict(app: Any) -> Any:
    def answer(environ: Any, start: Any) -> Any:
        def start_strictly(status: str, headers: Any, info: Any = None) -> Any:
            policy = ("Content-Security-Policy", "default-src 'self'")
            return start(status, [*headers, policy], info)

        return app(environ, start_strictly)

    return answer
