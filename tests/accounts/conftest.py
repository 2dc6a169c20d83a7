"""Hashes that cost next to nothing, so that a test may make many accounts."""

import pytest
from argon2 import PasswordHasher

from shop.accounts import passwords


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch):
    monkeypatch.setattr(
        passwords, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    )
