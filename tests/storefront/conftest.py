import pytest

from tests.ledger.conftest import statements
from tests.storefront.visitor import Visitor

__all__ = ["statements"]


@pytest.fixture
def visitor(client):
    return Visitor(client)
