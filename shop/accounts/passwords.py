"""Is this the password, is it long enough, and how is it kept?"""

import functools
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shop.plumbing.errors import Refused

SHORTEST = 12
LONGEST = 200  # a megabyte of password would only keep the hash busy

hasher = PasswordHasher()  # RFC 9106, second recommended option


def checked(password: str) -> str:
    """The password if it may be chosen: long enough, whatever it is made of."""
    length = len(_normal(password))
    if length < SHORTEST:
        code = "accounts.password_short"
        message = f"Choose a password of at least {SHORTEST} characters. Any characters will do."
        raise Refused(code, message)
    if length > LONGEST:
        code = "accounts.password_long"
        message = f"Choose a password of at most {LONGEST} characters."
        raise Refused(code, message)
    return password


def hashed(password: str) -> str:
    return hasher.hash(_normal(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether it is the password. Without a kept hash it takes as long, and the answer is no."""
    spare = _spare()
    try:
        hasher.verify(kept or spare, _normal(password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters than we use today."""
    return hasher.check_needs_rehash(kept)


@functools.cache
def _spare() -> str:
    """A hash that no password has, for accounts that do not exist."""
    return hasher.hash(secrets.token_urlsafe())


def _normal(password: str) -> str:
    """One form for letters that keyboards compose differently (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
