"""« What does this person see, what may he do here, and why? »."""

from typing import Any

from pyramid.view import view_config

from sicp import permissions as p
from sicp.i18n import _
from sicp.interfaces.user import IUsers
from sicp.operations.consultation.reference import find_consultation
from sicp.operations.user.perimeter import home_of
from sicp.operations.user.perimeter import sees_entity
from sicp.operations.user.reason import answers_on
from sicp.operations.user.right import holdings_of
from sicp.operations.user.right import may
from sicp.operations.user.sight import may_simulate_on
from sicp.operations.user.sight import sight_of
from sicp.operations.user.user import Wanted
from sicp.operations.user.user import list_users
from sicp.roles import FUNCTION_BY_CODE
from sicp.views.office.user.assignment import assignments_table
from sicp.views.office.user.assignment import substitutions_table
from sicp.views.office.user.perimeter import HIDDEN_PLACE
from sicp.views.office.user.perimeter import place_title
from sicp.views.shared.components import Cell
from sicp.views.shared.components import Column
from sicp.views.shared.components import EmptyState
from sicp.views.shared.components import Row
from sicp.views.shared.components import Table
from sicp.views.shared.layout import Badge

_LONGEST = 200
_MOST_NAMED = 20


@view_config(
    name="simulation",
    context=IUsers,
    permission=p.SIMULATE,
    renderer="templates/simulation/show.pt",
)
def show(context: Any, request: Any) -> dict[str, Any]:
    """Tell what a person sees and may do, as far as the one who asks may know it."""
    request.layout.show(
        _("simulation-title", default="Simuler les droits"),
        subtitle=_(
            "simulation-subtitle",
            default="Que voit cette personne, que peut-elle faire ici, et pourquoi ?",
        ),
    )
    asked = request.GET.get("compte", "").strip()[:_LONGEST]
    reference = request.GET.get("reference", "").strip()[:_LONGEST]
    found = _people(context, request, asked) if asked else []
    user = found[0] if len(found) == 1 else None
    return {
        "asked": asked,
        "reference": reference,
        "clear_url": request.resource_url(context, "simulation"),
        "is_unknown": bool(asked) and not found,
        "several": [_choice(request, person) for person in found] if not user else [],
        "person": _person(request, user) if user else None,
        "question": _question(request, user, reference) if user and reference else None,
    }


def _people(users: Any, request: Any, asked: str) -> list[Any]:
    """Return those of the perimeter whom a login or a name designates."""
    exact = users.get(asked.lower())
    people = (
        [exact]
        if exact is not None
        else list_users(request.site, request.actor, Wanted(text=asked)).users
    )
    return [
        person
        for person in people
        if may(request.actor, p.SIMULATE, home_of(request.site, person))
    ][:_MOST_NAMED]


def _choice(request: Any, person: Any) -> dict[str, str]:
    query = {"compte": person.login}
    return {
        "title": f"{person.title} ({person.login})",
        "url": request.resource_url(person.__parent__, "simulation", query=query),
    }


def _person(request: Any, user: Any) -> dict[str, Any]:
    sight = sight_of(request.site, request.actor, user, request.today)
    return {
        "title": user.title,
        "login": user.login,
        "is_active": user.is_active,
        "url": request.resource_url(user),
        "assignments": assignments_table(user, request),
        "functions": _functions_table(request, user),
        "substitutions": substitutions_table(user, request),
        "sight": sight,
        "seen": _seen_table(request, sight),
    }


def _functions_table(request: Any, user: Any) -> Table:
    held: dict[tuple[str, str], set[str]] = {}
    objectmap = request.site.__objectmap__
    for code, number, login in holdings_of(request.site, user, request.today):
        place = place_title(request, objectmap.object_for(number))
        held.setdefault((place, login), set()).add(code)
    rows = [
        Row(
            (
                Cell(place),
                Cell(_through(request, user, login)),
                _codes_cell(request, codes),
            )
        )
        for (place, login), codes in sorted(held.items())
    ]
    columns = (
        Column("entity", _("column-entity", default="Entité")),
        Column("through", _("column-through", default="De qui")),
        Column("functions", _("column-functions", default="Fonctions")),
    )
    empty = EmptyState(
        _("functions-none", default="Aucune fonction tenue aujourd’hui.")
    )
    title = _("functions-by-entity", default="Fonctions tenues, par entité")
    return Table(title, columns, rows, empty=empty)


def _codes_cell(request: Any, codes: set[str]) -> Cell:
    say = request.layout.say
    held = [item for code, item in FUNCTION_BY_CODE.items() if code in codes]
    return Cell(" ; ".join(f"{item.code} {say(item.title)}" for item in held))


def _through(request: Any, user: Any, login: str) -> str:
    if login == user.login:
        return _("through-own", default="Ses affectations")
    absent = request.site["utilisateurs"].get(login)
    return _(
        "through-absent",
        default="À la place de ${name}",
        mapping={"name": absent.title if absent is not None else login},
    )


def _seen_table(request: Any, sight: Any) -> Table:
    columns = (
        Column("reference", _("column-reference", default="Référence")),
        Column("object", _("column-object", default="Objet")),
    )
    rows = [
        Row((Cell(item.reference, request.resource_url(item)), Cell(item.object)))
        for item in sight.consultations
    ]
    empty = EmptyState(
        _("sight-none", default="Aucune consultation que vous voyez tous les deux.")
    )
    title = _("sight-title", default="Consultations que vous voyez tous les deux")
    return Table(title, columns, rows, empty=empty)


def _question(request: Any, user: Any, reference: str) -> dict[str, Any]:
    site, actor = request.site, request.actor
    consultation = find_consultation(site, reference)
    # What he may not know of is answered like what does not exist.
    if consultation is None or not may_simulate_on(site, actor, consultation):
        return {"reference": reference, "table": None, "title": "", "entities": ""}
    is_seen = may(request.actor, p.VIEW_CARD, consultation)
    answers = answers_on(request.site, user, consultation, request.today, request.actor)
    return {
        "reference": consultation.reference,
        "title": consultation.object if is_seen else "",
        "entities": _responsible(request, consultation),
        "table": _answers_table(answers),
    }


def _responsible(request: Any, consultation: Any) -> str:
    objectmap = request.site.__objectmap__
    found = (objectmap.object_for(number) for number in consultation.responsible)
    return " ; ".join(
        entity.full_title()
        if sees_entity(request.actor, entity)
        else request.layout.say(HIDDEN_PLACE)
        for entity in found
        if entity is not None
    )


def _answers_table(answers: Any) -> Table:
    yes = Badge(_("answer-yes", default="Oui"), "success")
    no = Badge(_("answer-no", default="Non"), "neutral")
    columns = (
        Column("action", _("column-action", default="Action")),
        Column("answer", _("column-answer", default="Réponse")),
        Column("why", _("column-why", default="Pourquoi")),
    )
    rows = [
        Row(
            (
                Cell(answer.title, note=", ".join(answer.codes)),
                Cell(badge=yes if answer.is_allowed else no),
                Cell(_why(answer)),
            )
        )
        for answer in answers
    ]
    title = _("simulation-answers", default="Ce que cette personne peut faire ici")
    return Table(title, columns, rows)


def _why(answer: Any) -> str:
    return " ".join(reason.sentence.interpolate() for reason in answer.reasons)
