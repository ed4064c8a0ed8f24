"""Every refusal is a French sentence that says what to do."""

import ast
import inspect
from datetime import date
from decimal import Decimal

import colander
import deform.widget
import pytest

from sicp.i18n import _
from sicp.views.shared.forms import messages


def english_messages(module):
    """Find every text the module passes to its translation function."""
    for item in ast.walk(ast.parse(inspect.getsource(module))):
        is_call = isinstance(item, ast.Call) and isinstance(item.func, ast.Name)
        if is_call and item.func.id == "_" and isinstance(item.args[0], ast.Constant):
            yield item.args[0].value


#: Said to programmers or as labels, never as a refusal.
NOT_REFUSALS = {
    "Value",
    "Confirm Value",
    "Password",
    "Confirm Password",
    "Add ${subitem_title}",
    '"${val}" has no __name__',
    '"${val}" is not a date object',
    '"${val}" is not a time object',
    '"${val}" is not a datetime object',
    'The dotted name "${name}" cannot be imported',
    'relative name "${val}" irresolveable without package',
}


@pytest.mark.parametrize("module", [colander, deform.widget])
def test_every_message_of_the_libraries_is_said_in_french(module):
    english = set(english_messages(module)) - NOT_REFUSALS
    assert english
    for message in english:
        said = messages.french_message(colander._(message))
        assert said.domain == "sicp", message
        assert message in messages._FRENCH, message


def test_bounds_are_shown_in_french():
    node = colander.SchemaNode(
        colander.Decimal(), validator=colander.Range(max=Decimal("216000.50"))
    )
    with pytest.raises(colander.Invalid) as refusal:
        node.deserialize("300000")
    said = messages.french_message(refusal.value.msg).interpolate()
    assert said == "Écrivez une valeur d’au plus 216\u202f000,5."


def test_a_bound_that_is_a_day_is_shown_in_french():
    node = colander.SchemaNode(
        colander.Date(), validator=colander.Range(min=date(2027, 3, 15))
    )
    with pytest.raises(colander.Invalid) as refusal:
        node.deserialize("2027-01-01")
    said = messages.french_message(refusal.value.msg).interpolate()
    assert said == "Écrivez une valeur d’au moins 15/03/2027."


def test_our_own_sentences_pass_unchanged():
    ours = _("ours", default="La somme des poids fait 100.")
    assert messages.french_message(ours) is ours
    assert messages.french_message("Déjà pris.") == "Déjà pris."


def test_an_unknown_message_of_a_library_is_not_shown_in_english():
    assert messages.french_message(colander._("Whatever")) == messages.INVALID
    assert messages.french_message(None) == messages.INVALID
