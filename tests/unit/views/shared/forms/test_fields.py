"""Schema nodes made from the description of a question."""

from decimal import Decimal

import colander
import pytest

from sicp.content_types.consultation.upstream_form import STEPS
from sicp.content_types.consultation.upstream_form import UPSTREAM_FORM
from sicp.content_types.consultation.upstream_form import fields_of_step
from sicp.engines.drafting.fields import Choice
from sicp.engines.drafting.fields import Field
from sicp.engines.drafting.fields import FieldType
from sicp.views.shared import forms

PROCEDURES = {"procedure": [("AOO", "Appel d’offres ouvert"), ("MAPA", "Adaptée")]}


@pytest.mark.parametrize("step", [name for name, _title in STEPS])
def test_every_step_of_the_upstream_form_is_shown_and_sent_back(request_, step):
    schema = forms.schema_for(fields_of_step(step), forms.Setting(PROCEDURES, "/cpv"))
    form = forms.Form(schema, request_)
    assert form.render()
    assert forms.validate(form, []) is not None


def test_a_draft_may_be_saved_with_anything_missing():
    node = forms.node_for(UPSTREAM_FORM["object"])
    assert node.missing is None
    assert node.is_needed_at_launch
    assert node.law == ("L2111-1",)


def test_elsewhere_what_is_required_is_asked_for():
    node = forms.node_for(UPSTREAM_FORM["object"], forms.Setting(is_draft=False))
    assert node.required
    assert not node.is_needed_at_launch


def test_answers_of_a_list_kept_elsewhere_are_given_by_the_page(request_):
    node = forms.node_for(UPSTREAM_FORM["procedure"], forms.Setting(PROCEDURES))
    assert [option.value for option in node.widget.options] == ["AOO", "MAPA"]


def test_bounds_are_those_of_the_description():
    node = forms.node_for(UPSTREAM_FORM["estimated_amount"])
    assert node.deserialize("0") == Decimal(0)
    with pytest.raises(colander.Invalid):
        node.deserialize("-1")


def test_several_choices_are_check_boxes():
    field = Field(
        "days", "Jours", FieldType.CHOICES, choices=(Choice("a", "A"), Choice("b", "B"))
    )
    assert forms.node_for(field).deserialize(("b",)) == ("b",)


def test_a_unit_told_in_the_title_is_not_told_twice():
    told = forms.node_for(Field("d", "Durée (mois)", FieldType.MONTHS))
    untold = forms.node_for(Field("d", "Durée", FieldType.MONTHS))
    assert (told.widget.suffix, untold.widget.suffix) == ("", "mois")


def test_an_address_is_checked():
    node = forms.node_for(UPSTREAM_FORM["contact_email"])
    with pytest.raises(colander.Invalid):
        node.deserialize("nobody")
