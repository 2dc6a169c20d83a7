from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from shop.plumbing.errors import Conflict
from shop.staff.forms import (
    ChoiceField,
    DayField,
    Form,
    Needs,
    NumberField,
    PriceField,
    TextField,
    at_most,
)


class ExampleForm(Form):
    text = TextField("Text", [Needs("Enter a text."), at_most(10)])
    day = DayField("Day")
    number = NumberField("Number", most=500)
    price = PriceField("Price")
    choice = ChoiceField("Choice", message="Choose one.")


def send(app, **values):
    sent = {"text": "something", "choice": "a", **values}
    with app.test_request_context(method="POST", data=MultiDict(sent)):
        form = ExampleForm.sent(choice=[("a", "A"), ("b", "B")])
        form.validate()
        return form


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        ("text", "", "Enter a text."),
        ("text", " \x00\x07 ", "Enter a text."),  # nothing that anybody could see
        ("text", "eleven char", "Shorten this to 10 characters."),
        ("day", "3 Oct 2026", "Enter a date like 2026-10-03."),
        ("day", "2026-02-30", "Enter a date like 2026-10-03."),
        ("number", "501", "Enter a whole number from 0 to 500."),
        ("number", "-1", "Enter a whole number from 0 to 500."),
        ("number", "9" * 5000, "Enter a whole number from 0 to 500."),
        ("number", "١٢", "Enter a whole number from 0 to 500."),  # digits, but not ours
        ("price", "12.345", "Enter a price in dollars, like 34 or 34.50."),
        ("price", "free", "Enter a price in dollars, like 34 or 34.50."),
        ("price", "9" * 9, "Enter a price in dollars, like 34 or 34.50."),
        ("choice", "c", "Choose one."),
        ("choice", "", "Choose one."),
    ],
)
def test_field_says_what_to_write_instead_and_keeps_what_was_typed(app, field, typed, problem):
    form = send(app, **{field: typed})

    assert form.problems == [(field, problem)]
    if field != "text":
        assert form[field].data == typed


def test_fields_hold_their_values_once_valid(app):
    form = send(
        app, text="  Tolva\x00 ", day="2026-10-03", number="1", price="$1,234.5", choice="b"
    )

    assert form.problems == []
    assert form.text.data == "Tolva"
    assert form.day.day == date(2026, 10, 3)
    assert form.number.number == 1
    assert form.price.minor == 123450
    assert form.choice.data == "b"


def test_empty_optional_fields_hold_nothing(app):
    form = send(app, day="", number="", price="")

    assert form.problems == []
    assert (form.day.day, form.number.number, form.price.minor) == (None, 0, None)


def test_blame_puts_a_services_answer_beside_its_field(app):
    form = send(app)
    form.blame(Conflict("room.taken", "There is one already."), {"room.taken": "text"})

    assert form.problems == [("text", "There is one already.")]
    with pytest.raises(Conflict):
        form.blame(Conflict("room.other", "Something else."), {"room.taken": "text"})
