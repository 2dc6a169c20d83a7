from tests.ledger.conftest import statements

__all__ = ["statements"]
