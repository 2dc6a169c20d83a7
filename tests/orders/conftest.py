import pytest

from shop.orders.demo_payments import DemoPayments
from shop.plumbing.db import transaction
from tests.doubles.stripe_double import StripeDouble


@pytest.fixture
def demo():
    return DemoPayments("http://localhost", transaction)


@pytest.fixture
def counter():
    """Stripe's side: what shoppers do and what is sent to us."""
    return StripeDouble()


@pytest.fixture
def payments(counter):
    """Our side of the same counter."""
    return counter.payments()
