"""A form, from what is sent to what is shown."""

import re
from datetime import UTC
from datetime import date
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

import colander
import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sicp.views.shared import forms
from sicp.views.shared.forms import messages
from sicp.views.shared.forms import types

FRUITS = forms.options_of([("apple", "Pomme"), ("pear", "Poire")])


def node(typ, name, **options):
    return colander.SchemaNode(typ, name=name, title=name.title(), **options)


def a_schema():
    row = colander.SchemaNode(
        colander.Mapping(),
        node(forms.Text(), "title"),
        node(forms.Percent(), "weight", missing=None),
        node(forms.YesNo(), "is_social", missing=None),
        name="row",
    )
    address = colander.SchemaNode(
        colander.Mapping(), node(forms.Text(), "city", missing=None), name="address"
    )
    return colander.SchemaNode(
        colander.Mapping(),
        node(forms.Text(50), "object", law=("R2112-13", "L2112-2")),
        node(forms.Amount(), "amount", missing=None, description="En euros."),
        node(forms.FrenchDate(), "day", missing=None),
        node(forms.FrenchDateTime(), "due", missing=None),
        node(forms.YesNo(), "is_open", missing=None),
        node(
            forms.Several(),
            "fruits",
            missing=(),
            widget=forms.ChoicesControl(options=FRUITS),
        ),
        node(
            forms.Text(),
            "fruit",
            missing=None,
            widget=forms.ChoiceControl(options=FRUITS),
            applies_when={"field": "is_open", "operator": "is", "value": True},
        ),
        node(forms.CpvCode(), "cpv", missing=None),
        node(forms.Text(has_lines=True), "text", missing=None),
        node(forms.Password(), "secret", missing=None),
        node(forms.Text(), "revision", missing=None, widget=forms.HiddenControl()),
        colander.SchemaNode(
            colander.Sequence(),
            row,
            name="rows",
            title="Rows",
            missing=(),
            widget=forms.RowsControl(maximum=3),
        ),
        address,
    )


def a_form(request, **options):
    return forms.Form(a_schema(), request, **options)


def page_of(form):
    return BeautifulSoup(form.render(), "html.parser")


def row(**cells):
    yield ("__start__", "row:mapping")
    yield from cells.items()
    yield ("__end__", "row:mapping")


def rows(*each):
    yield ("__start__", "rows:sequence")
    for cells in each:
        yield from row(**cells)
    yield ("__end__", "rows:sequence")


class TestValidSending:
    def test_every_kind_of_value_is_read(self, request_):
        sent = [
            ("object", "Entretien"),
            ("amount", "216 000,50 €"),
            ("day", "15/03/2027"),
            ("__start__", "due:mapping"),
            ("date", "20/04/2027"),
            ("time", "12:00"),
            ("__end__", "due:mapping"),
            ("__start__", "is_open:rename"),
            ("form-is_open", "true"),
            ("__end__", "is_open:rename"),
            ("__start__", "fruits:sequence"),
            ("checkbox", "pear"),
            ("checkbox", "apple"),
            ("__end__", "fruits:sequence"),
            ("fruit", "pear"),
            ("cpv", "45000000-7"),
            ("text", "un\r\ndeux"),
            ("secret", " s "),
            ("revision", "12"),
            *rows({"title": "Prix", "weight": "60"}, {"title": " ", "weight": ""}),
            ("__start__", "address:mapping"),
            ("city", "Bourg"),
            ("__end__", "address:mapping"),
        ]
        assert forms.validate(a_form(request_), sent) == {
            "object": "Entretien",
            "amount": Decimal("216000.50"),
            "day": date(2027, 3, 15),
            "due": datetime(2027, 4, 20, 10, tzinfo=UTC),
            "is_open": True,
            "fruits": ("apple", "pear"),
            "fruit": "pear",
            "cpv": "45000000",
            "text": "un\ndeux",
            "secret": " s ",
            "revision": "12",
            "rows": [{"title": "Prix", "weight": Decimal(60), "is_social": None}],
            "address": {"city": "Bourg"},
        }

    def test_what_is_missing_is_none(self, request_):
        values = forms.validate(a_form(request_), [("object", "x")])
        assert values["amount"] is None
        assert values["rows"] == ()

    def test_what_is_shown_and_sent_back_unchanged_is_the_same(self, request_):
        known = {
            "object": "Entretien",
            "amount": Decimal("216000.50"),
            "day": date(2027, 3, 15),
            "due": datetime(2027, 4, 20, 10, tzinfo=UTC),
            "is_open": False,
            "fruits": ("pear",),
            "fruit": "apple",
            "cpv": "45000000",
            "text": "un\n\ndeux",
            "secret": None,
            "revision": "3",
            "rows": [{"title": "Prix", "weight": Decimal("33.5"), "is_social": True}],
            "address": {"city": None},
        }
        html = forms.Form(a_schema(), request_, appstruct=known).render()
        assert forms.validate(a_form(request_), sent_by(html)) == known


def sent_by(html):
    """Send a form as a browser without scripts does."""
    soup = BeautifulSoup(html, "html.parser")
    for pattern in soup.find_all("template"):
        pattern.decompose()
    for control in soup.find_all(["input", "select", "textarea"]):
        name = control.get("name")
        if name is None or is_left_out(control):
            continue
        yield name, value_of(control)


def is_left_out(control):
    is_ticked = control.get("type") in {"radio", "checkbox"}
    return is_ticked and not control.has_attr("checked")


def value_of(control):
    if control.name == "select":
        option = control.find("option", selected=True) or control.find("option")
        return option["value"]
    if control.name == "textarea":
        return control.text.removeprefix("\n")
    return control.get("value", "")


class TestRefusal:
    def test_the_status_of_the_answer_is_422(self, request_):
        assert forms.validate(a_form(request_), []) is None
        assert request_.response.status_int == 422

    def test_the_summary_leads_to_the_field(self, request_):
        form = a_form(request_)
        forms.validate(form, [("amount", "abc")])
        page = page_of(form)
        summary = page.find(attrs={"role": "alert"})
        assert summary["tabindex"] == "-1"
        targets = [link["href"] for link in summary.find_all("a")]
        assert targets == ["#form-object", "#form-amount"]
        assert all(page.find(id=target[1:]) for target in targets)
        assert "Remplissez ce champ." in summary.text

    def test_the_message_stands_at_the_field_and_what_was_typed_is_kept(self, request_):
        form = a_form(request_)
        forms.validate(form, [("object", "x"), ("amount", "abc"), ("text", "gardé")])
        page = page_of(form)
        control = page.find(id="form-amount")
        assert control["value"] == "abc"
        assert control["aria-invalid"] == "true"
        described = [page.find(id=name) for name in control["aria-describedby"].split()]
        assert "Écrivez un nombre" in described[0].text
        assert described[1].text == "En euros."
        assert page.find(id="form-text").text.strip() == "gardé"

    def test_a_doubtful_amount_is_shown_as_typed(self, request_):
        form = a_form(request_)
        forms.validate(form, [("amount", "216.000")])
        assert page_of(form).find(id="form-amount")["value"] == "216.000"

    def test_half_an_instant_keeps_its_half(self, request_):
        form = a_form(request_)
        due = [("__start__", "due:mapping"), ("date", "20/04/2027"), ("time", "")]
        forms.validate(form, [*due, ("__end__", "due:mapping")])
        page = page_of(form)
        assert page.find(id="form-due-date")["value"] == "20/04/2027"
        assert "Indiquez aussi l’heure." in page.find(id="form-due-error").text

    def test_a_cell_is_refused_at_its_row(self, request_):
        form = a_form(request_)
        forms.validate(
            form,
            [
                ("object", "x"),
                *rows({"title": "", "weight": ""}, {"title": "", "weight": "abc"}),
            ],
        )
        titles = [problem.title for problem in form.problems]
        assert titles == ["Rows, ligne 1, Title", "Rows, ligne 1, Weight"]
        page = page_of(form)
        cell = page.find(id="form-rows-0-weight")
        assert cell["value"] == "abc"
        assert cell["aria-describedby"] == "form-rows-0-weight-error"
        assert cell["aria-label"] == "Weight, ligne 1"

    def test_too_many_rows_are_refused_and_shown(self, request_):
        form = a_form(request_)
        many = [{"title": str(number)} for number in range(5)]
        assert forms.validate(form, [("object", "x"), *rows(*many)]) is None
        assert "3 lignes au plus" in form.say(form.problems[0].message)
        assert page_of(form).find(id="form-rows-2-title")["value"] == "2"

    def test_a_choice_not_proposed_is_refused(self, request_):
        form = a_form(request_)
        assert forms.validate(form, [("object", "x"), ("fruit", "kiwi")]) is None
        assert [problem.message for problem in form.problems] == [types.NOT_A_CHOICE]

    def test_a_refusal_found_later_is_shown_at_its_field(self, request_):
        form = a_form(request_)
        assert forms.validate(form, [("object", "x")])
        form.refuse("Déjà pris.", "object")
        form.refuse("Rien n’est enregistré.")
        assert request_.response.status_int == 422
        shown = [(problem.target, problem.message) for problem in form.problems]
        assert shown == [("", "Rien n’est enregistré."), ("form-object", "Déjà pris.")]


class TestWhatIsShown:
    def test_values_are_written_in_french(self, request_):
        known = {
            "amount": Decimal(216000),
            "day": date(2027, 3, 15),
            "due": datetime(2027, 4, 20, 10, tzinfo=UTC),
            "secret": "hunter2",
        }
        page = page_of(a_form(request_, appstruct=known))
        assert page.find(id="form-amount")["value"] == "216\u202f000,00"
        assert page.find(id="form-day")["value"] == "15/03/2027"
        assert page.find(id="form-due-time")["value"] == "12:00"
        assert page.find(id="form-secret")["value"] == ""

    def test_optional_fields_are_marked_and_law_is_cited(self, request_):
        page = page_of(a_form(request_))
        label = page.find("label", attrs={"for": "form-amount"})
        assert "(facultatif)" in label.text
        law = page.find(id="form-object-law")
        assert law.text == "Articles R2112-13 et L2112-2"

    def test_a_form_of_filters_marks_nothing(self, request_):
        page = page_of(a_form(request_, marks_optional=False))
        assert "(facultatif)" not in page.text

    def test_every_control_has_a_name_for_those_who_listen(self, request_):
        page = page_of(a_form(request_))
        for control in page.find_all(["input", "select", "textarea"]):
            if control.get("type") == "hidden" or control.get("aria-hidden"):
                continue
            label = page.find("label", attrs={"for": control.get("id")})
            assert label or control.get("aria-label"), control

    def test_a_policy_of_content_may_forbid_anything_inline(self, request_):
        html = a_form(request_).render()
        assert "<script" not in html
        assert not re.search(r"\s(style|on[a-z]+)=", html)

    def test_conditions_and_known_answers_are_given_to_the_scripts(self, request_):
        form = a_form(request_, answers={"day": date(2027, 1, 1)}, autosave_url="/save")
        page = page_of(form)
        item = page.find(id="form-fruit-item")
        assert '"operator": "is"' in item["data-applies-when"]
        assert page.form["data-answers"] == '{"day": "2027-01-01"}'
        assert page.form["data-autosave-url"] == "/save"

    def test_what_does_not_apply_is_hidden_unless_it_is_refused(self, request_):
        form = a_form(request_, applies=lambda condition: False)
        assert page_of(form).find(id="form-fruit-item").has_attr("hidden")
        forms.validate(form, [("fruit", "kiwi")])
        assert not page_of(form).find(id="form-fruit-item").has_attr("hidden")

    def test_the_form_carries_the_token(self, request_):
        form = a_form(request_)
        token = page_of(form).find("input", attrs={"name": "csrf_token"})
        assert token["value"] == form.csrf_token

    def test_plain_colander_types_have_our_controls(self, request_):
        schema = colander.SchemaNode(
            colander.Mapping(),
            node(colander.Decimal(), "number"),
            node(colander.Date(), "day"),
            node(colander.DateTime(), "instant"),
            node(colander.Boolean(), "answer"),
            node(colander.String(), "text"),
        )
        form = forms.Form(schema, request_)
        sent = [
            ("number", "1 250,5"),
            ("day", "15/03/2027"),
            ("instant", "2027-03-15T11:00:00+00:00"),
            ("answer", "false"),
            ("text", "nul\x00"),
        ]
        assert forms.validate(form, sent) is None
        assert [problem.message for problem in form.problems] == [types.FORBIDDEN]
        assert forms.validate(forms.Form(schema, request_), [*sent[:-1], ("text", "x")])


class TestAutosave:
    def test_it_tells_when_and_what_is_to_be_corrected(self, request_):
        form = a_form(request_)
        forms.validate(form, [("amount", "abc")])
        saved_at = datetime(2027, 3, 15, 13, 2, tzinfo=UTC)
        answer = forms.autosave_answer(form, saved_at)
        assert answer["saved_at"] == "14\u00a0h\u00a002"
        assert [error["target"] for error in answer["errors"]] == [
            "form-object",
            "form-amount",
        ]

    def test_nothing_saved_is_told_by_no_time(self, request_):
        assert forms.autosave_answer(a_form(request_), None) == {
            "saved_at": "",
            "errors": [],
        }


MARKS = ("__start__", "__end__")
NAMES = ("object", "amount", "day", "due", "is_open", "fruits", "fruit", "rows")
KINDS = ("mapping", "sequence", "rename", "ignore", "chaos")
HOSTILE_TEXT = st.one_of(
    st.text(max_size=20),
    st.text(alphabet=st.characters(categories=["Cc", "Cs", "Cf"]), max_size=8),
    st.sampled_from(["x" * 60_000, "9" * 500, "<script>", "2027-99-99", "true"]),
)
MARK = st.builds(
    lambda name, kind: f"{name}:{kind}",
    st.sampled_from([*NAMES, "row", "address"]),
    st.sampled_from(KINDS),
)
CONTROL = st.one_of(
    st.tuples(st.sampled_from(MARKS), MARK),
    st.tuples(
        st.sampled_from([*NAMES, "title", "weight", "date", "time"]), HOSTILE_TEXT
    ),
    st.tuples(st.text(max_size=5), HOSTILE_TEXT),
)


class TestHostileSending:
    @pytest.mark.parametrize(
        "sent",
        [
            [("__start__", "rows:sequence")],
            [("__end__", "rows:sequence")],
            [("__start__", "x:chaos")],
            [("__start__", BytesIO(b"file"))],
            [("object", BytesIO(b"file"))],
            [("__start__", "object:mapping"), ("__end__", "object:mapping")],
            [("__start__", "object:sequence"), ("__end__", "object:sequence")],
            [("rows", "not a table")],
            [("address", "not a group")],
            [("__start__", "rows:sequence"), ("row", "x"), ("__end__", "rows")],
            [("__start__", "fruits:mapping"), ("__end__", "fruits:mapping")],
            [("__start__", "day:mapping"), ("a", "b"), ("__end__", "day:mapping")],
            [("object", "x" * 1_000_000)],
            [("object", "nul\x00 \ud800")],
            [("name", "x")] * 30_000,
        ],
        ids=range(15),
    )
    def test_it_is_refused_and_can_be_shown(self, request_, sent):
        form = a_form(request_)
        assert forms.validate(form, sent) is None
        assert form.problems
        form.render().encode("utf-8")

    def test_a_field_never_asked_is_refused_and_what_was_typed_is_kept(self, request_):
        form = a_form(request_)
        assert forms.validate(form, [("object", "gardé"), ("admin", "1")]) is None
        assert form.problems[0].message == messages.BROKEN_FORM
        assert "gardé" in form.render()

    def test_an_altered_form_is_told_to_be_so(self, request_):
        form = a_form(request_)
        forms.validate(form, [("__end__", "x")])
        assert form.problems[0].message == messages.BROKEN_FORM

    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.data_too_large,
            HealthCheck.too_slow,
        ],
    )
    @given(sent=st.lists(CONTROL, max_size=12))
    def test_anything_sent_is_read_or_refused_and_can_be_shown(self, request_, sent):
        form = a_form(request_)
        values = forms.validate(form, sent)
        assert values is not None or form.problems
        form.render().encode("utf-8")


def test_rows_are_dropped_between_two_validations(request_):
    form = a_form(request_)
    forms.validate(form, [("object", "x"), *rows({"title": "a"}, {"title": "b"})])
    forms.validate(form, [*rows({"title": "c", "weight": "abc"})])
    assert page_of(form).find(id="form-rows-0-title")["value"] == "c"


def test_options_are_made_of_anything_that_has_a_value_and_a_title():
    choice = SimpleNamespace(value=12, title="Douze", depth=1)
    made = forms.options_of([choice, ("a", "A"), forms.Option("b", "B")])
    assert [item.value for item in made] == ["12", "a", "b"]
    assert made[0].indentation == "\u00a0" * 4
