import pytest
from stripe.params import RefundCreateParams
from stripe.params.checkout import SessionCreateParams

from tests.doubles import contract
from tests.doubles.contract import BrokenContractError

GOOD = (
    "mode=payment&ui_mode=hosted_page&metadata[order]=abc&expires_at=1800000000"
    "&adaptive_pricing[enabled]=false&allowed_payment_method_types[0]=card"
    "&line_items[0][quantity]=1&line_items[0][price_data][currency]=usd"
    "&line_items[0][price_data][unit_amount]=3850"
    "&line_items[0][price_data][product_data][name]=Order+abc"
)


def test_check_lets_a_good_request_through():
    contract.check(contract.decoded(GOOD), SessionCreateParams)


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ("payment_method_types[0]=card", "payment_method_types is unknown"),  # gone since 16
        ("ui_mode=hosted", "ui_mode is 'hosted'"),
        ("locale[0]=en", "locale is"),
        ("expires_at=soon", "expires_at is 'soon'"),
        ("adaptive_pricing[enabled]=no", "enabled is 'no'"),
        ("adaptive_pricing=off", "adaptive_pricing is 'off'"),
        ("line_items[0][quantity]=1.5", "quantity is '1.5'"),
        ("line_items[2][quantity]=1", "line_items is no list"),
        ("line_items[1][price_data][unit_amount]=1", "currency is missing"),
        ("metadata[other][deep]=1", "metadata is"),
        ("idempotency_key=abc", "idempotency_key is unknown"),  # an option, never a field
    ],
)
def test_check_refuses_what_the_types_forbid(more, complaint):
    body = contract.decoded(f"{GOOD}&{more}")

    with pytest.raises(BrokenContractError, match=complaint):
        contract.check(body, SessionCreateParams)


def test_check_knows_refunds():
    contract.check(contract.decoded("payment_intent=pi_1&amount=100"), RefundCreateParams)
    with pytest.raises(BrokenContractError, match="reason is 'bored'"):
        contract.check(contract.decoded("payment_intent=pi_1&reason=bored"), RefundCreateParams)
