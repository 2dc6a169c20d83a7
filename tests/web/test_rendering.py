from datetime import UTC, date, datetime

import pytest

from shop.web import rendering


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2026, 10, 3), "3\xa0Oct\xa02026"),
        (datetime(2026, 11, 22, 23, 59, tzinfo=UTC), "22\xa0Nov\xa02026"),
        ("2026-10-03", "3\xa0Oct\xa02026"),
        (None, ""),
        ("", ""),
    ],
)
def test_dates_never_break(value, shown):
    assert rendering.show_date(value) == shown


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [
        (3400, "USD", "$34.00"),
        (5, "USD", "$0.05"),
        (123456789, "USD", "$1,234,567.89"),
        (-450, "USD", "-$4.50"),
        (1200, "JPY", "JPY\xa01,200"),
        (1234, "KWD", "KWD\xa01.234"),
        (None, None, ""),
    ],
)
def test_money_has_the_places_of_its_currency(minor, currency, shown):
    assert rendering.show_money(minor, currency) == shown


@pytest.mark.parametrize(
    ("minor", "size", "amount", "shown"),
    [
        (3400, "50 ml", 50, "$0.68 per ml"),
        (1200, "80 g", 80, "$0.15 per g"),
        (1799, "12 fl oz", 354.88, "$0.05 per ml"),
        (100, "1000 ml", 1000, ""),  # less than a cent says nothing
        (3400, "", None, ""),
        (None, "50 ml", 50, ""),
    ],
)
def test_unit_price(minor, size, amount, shown):
    assert rendering.unit_price(minor, "USD", size, amount) == shown


@pytest.mark.parametrize("code", ["NM-26-10417", "MO-2609-B", "4417-A"])
def test_typeset_keeps_codes_whole_and_escapes_the_rest(code):
    shown = rendering.typeset(f"<i> {code}, a well-known UV-B 9 to 5")

    assert shown == f'&lt;i&gt; <span class="nowrap">{code}</span>, a well-known UV-B 9 to 5'


def test_typeset_keeps_dates_whole_and_the_rest_alone():
    text = "Listed on 3 Oct 2026 by 12 Monkeys 2026."

    assert rendering.typeset(text) == "Listed on 3\xa0Oct\xa02026 by 12 Monkeys 2026."


@pytest.mark.parametrize(
    ("parts", "text"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_listed(parts, text):
    assert rendering.listed(parts) == text


def test_sprite_holds_all_marks_and_the_icons_that_were_used(app):
    with app.test_request_context():
        rendering.icon("search")
        sprite = rendering.sprite()

    assert sprite.count("<symbol") == 9
    assert 'id="i-search"' in sprite


def test_icon_that_is_not_drawn_is_an_error(app):
    with app.test_request_context(), pytest.raises(LookupError, match="i-nothing"):
        rendering.icon("nothing")
