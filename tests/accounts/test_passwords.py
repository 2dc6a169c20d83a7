import pytest
from argon2 import PasswordHasher

from shop.accounts import passwords
from shop.plumbing.errors import Refused


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("eleven char", "accounts.password_short"),
        ("", "accounts.password_short"),
        ("twelve chars", None),
        ("            ", None),  # no rule about what it is made of
        ("ä" * 12, None),
        ("a" * 200, None),
        ("a" * 201, "accounts.password_long"),
    ],
)
def test_checked_asks_for_length_alone(password, code):
    if code is None:
        assert passwords.checked(password) == password
        return
    with pytest.raises(Refused) as caught:
        passwords.checked(password)
    assert caught.value.code == code


def test_matches_only_the_password_that_was_hashed():
    kept = passwords.hashed("correct horse battery")

    assert passwords.matches(kept, "correct horse battery")
    assert not passwords.matches(kept, "correct horse batterY")
    assert not passwords.matches("not a hash", "correct horse battery")
    assert not passwords.matches(None, "correct horse battery")


def test_matches_the_same_letters_however_a_keyboard_composes_them():
    kept = passwords.hashed("caf\u00e9 au lait 12")

    assert passwords.matches(kept, "cafe\u0301 au lait 12")


def test_hash_is_outdated_once_parameters_change(monkeypatch):
    kept = passwords.hashed("correct horse battery")
    assert not passwords.is_outdated(kept)

    monkeypatch.setattr(
        passwords, "hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    )
    assert passwords.is_outdated(kept)
