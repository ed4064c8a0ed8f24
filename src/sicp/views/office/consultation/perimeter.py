"""The entities of a consultation: chosen in a form, named on its pages."""

from typing import Any

import colander

from sicp import permissions as p
from sicp.i18n import _
from sicp.operations.organisation import entities_where
from sicp.operations.organisation import open_entities
from sicp.views.office.forms import entity_options
from sicp.views.office.forms import number_of
from sicp.views.shared.components import Term
from sicp.views.shared.forms import EntitiesControl
from sicp.views.shared.forms import Several


def chosen_entities(
    values: dict[str, Any],
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the numbers of the responsible and of the beneficiary entities."""
    return _numbers(values["responsible"]), _numbers(values.get("beneficiaries"))


def entity_nodes(request: Any, consultation: Any) -> list[Any]:  # noqa: ANN401
    """Return the two fields in which entities are chosen."""
    mine = list(
        entities_where(
            request.site, request.actor, p.CREATE_CONSULTATION, request.today
        )
    )
    kept = [
        entity
        for number in (consultation.responsible if consultation else ())
        if (entity := request.site.__objectmap__.object_for(number)) is not None
    ]
    mine += [entity for entity in kept if entity not in mine]
    bodies = dict.fromkeys(entity.body() for entity in mine if entity.body())
    return [
        colander.SchemaNode(
            Several(),
            name="responsible",
            title=_("responsible", default="Directions ou services responsables"),
            description=_(
                "help-responsible",
                default="Ils interviennent sur la "
                "consultation, ainsi que ceux placés au-dessus d’eux.",
            ),
            widget=EntitiesControl(options=entity_options(mine)),
            missing_msg=_(
                "responsible-needed",
                default="Désignez au moins une direction ou un service responsable.",
            ),
        ),
        colander.SchemaNode(
            Several(),
            name="beneficiaries",
            title=_("beneficiaries", default="Directions ou services bénéficiaires"),
            description=_(
                "help-beneficiaries",
                default="Ils voient la fiche "
                "synthétique, ainsi que ceux placés au-dessous d’eux.",
            ),
            widget=EntitiesControl(
                options=entity_options(
                    [
                        entity
                        for body in bodies
                        for entity in open_entities(body, request.today)
                    ]
                )
            ),
            missing=(),
        ),
    ]


def _numbers(values: Any) -> tuple[int, ...]:  # noqa: ANN401
    return tuple(n for value in values or () if (n := number_of(value)) is not None)


def entity_terms(context: Any, request: Any) -> list[Term]:  # noqa: ANN401
    """Return the entities of a consultation, named in full."""
    objectmap = request.site.__objectmap__

    def named(numbers: tuple[int, ...]) -> str:
        entities = (objectmap.object_for(number) for number in numbers)
        return " ; ".join(e.full_title() for e in entities if e is not None)

    return [
        Term(
            _("responsible", default="Directions ou services responsables"),
            named(context.responsible),
        ),
        Term(
            _("beneficiaries", default="Directions ou services bénéficiaires"),
            named(context.beneficiaries)
            or request.layout.say(_("nobody", default="Aucun")),
        ),
    ]
