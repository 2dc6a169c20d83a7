from datetime import timedelta

import pytest
import time_machine

from tests.ledger.conftest import statements
from tests.storefront.scenes import AT
from tests.storefront.visitor import Visitor

__all__ = ["statements"]


@pytest.fixture(autouse=True)
def day():
    """A minute after what the scenes publish: a proof of today is no proof on the day before."""
    with time_machine.travel(AT + timedelta(minutes=1)):
        yield


@pytest.fixture
def visitor(client):
    return Visitor(client)
