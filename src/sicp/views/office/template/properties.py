"""What a canevas is: its title, document, phase, cover, and when it is proposed."""

from datetime import date

from sicp.operations.clause.condition import condition_vocabulary
from sicp.operations.clause.condition import say_condition
from sicp.views.shared.forms import ConditionControl
from sicp.views.shared.forms import ConditionField
from sicp.views.shared.forms import ConditionOperator
from sicp.views.shared.forms import Option


def condition_control(on: date) -> ConditionControl:
    """Make the control that builds a condition from the questions of the form."""
    vocabulary = [
        ConditionField(
            item.name,
            item.title,
            item.group,
            item.kind,
            tuple(ConditionOperator(*operator) for operator in item.operators),
            tuple(Option(value, title) for value, title in item.choices),
            item.unit,
        )
        for item in condition_vocabulary(on)
    ]
    return ConditionControl(
        vocabulary=vocabulary, say=lambda condition: say_condition(condition, on)
    )
