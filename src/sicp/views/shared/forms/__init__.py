"""The French form toolkit: types, controls, forms and their messages."""

from sicp.views.shared.forms.conditions import Condition
from sicp.views.shared.forms.conditions import ConditionControl
from sicp.views.shared.forms.conditions import ConditionField
from sicp.views.shared.forms.conditions import ConditionOperator
from sicp.views.shared.forms.conditions import rearranged
from sicp.views.shared.forms.field_view import Problem
from sicp.views.shared.forms.fields import Setting
from sicp.views.shared.forms.fields import node_for
from sicp.views.shared.forms.fields import revision_node
from sicp.views.shared.forms.fields import schema_for
from sicp.views.shared.forms.form import Button
from sicp.views.shared.forms.form import Form
from sicp.views.shared.forms.form import autosave_answer
from sicp.views.shared.forms.form import posted_names
from sicp.views.shared.forms.form import renderer_for
from sicp.views.shared.forms.form import validate
from sicp.views.shared.forms.rows import RowsControl
from sicp.views.shared.forms.types import Amount
from sicp.views.shared.forms.types import CpvCode
from sicp.views.shared.forms.types import FrenchDate
from sicp.views.shared.forms.types import FrenchDateTime
from sicp.views.shared.forms.types import Password
from sicp.views.shared.forms.types import Percent
from sicp.views.shared.forms.types import Several
from sicp.views.shared.forms.types import Text
from sicp.views.shared.forms.types import WholeNumber
from sicp.views.shared.forms.types import YesNo
from sicp.views.shared.forms.widgets import ChoiceControl
from sicp.views.shared.forms.widgets import ChoicesControl
from sicp.views.shared.forms.widgets import CpvControl
from sicp.views.shared.forms.widgets import DateControl
from sicp.views.shared.forms.widgets import DateTimeControl
from sicp.views.shared.forms.widgets import EntitiesControl
from sicp.views.shared.forms.widgets import EntityControl
from sicp.views.shared.forms.widgets import HiddenControl
from sicp.views.shared.forms.widgets import LongTextControl
from sicp.views.shared.forms.widgets import NumberControl
from sicp.views.shared.forms.widgets import Option
from sicp.views.shared.forms.widgets import PasswordControl
from sicp.views.shared.forms.widgets import TextControl
from sicp.views.shared.forms.widgets import YesNoControl
from sicp.views.shared.forms.widgets import options_of

__all__ = [
    "Amount",
    "Button",
    "ChoiceControl",
    "ChoicesControl",
    "Condition",
    "ConditionControl",
    "ConditionField",
    "ConditionOperator",
    "CpvCode",
    "CpvControl",
    "DateControl",
    "DateTimeControl",
    "EntitiesControl",
    "EntityControl",
    "Form",
    "FrenchDate",
    "FrenchDateTime",
    "HiddenControl",
    "LongTextControl",
    "NumberControl",
    "Option",
    "Password",
    "PasswordControl",
    "Percent",
    "Problem",
    "RowsControl",
    "Setting",
    "Several",
    "Text",
    "TextControl",
    "WholeNumber",
    "YesNo",
    "YesNoControl",
    "autosave_answer",
    "node_for",
    "options_of",
    "posted_names",
    "rearranged",
    "renderer_for",
    "revision_node",
    "schema_for",
    "validate",
]
