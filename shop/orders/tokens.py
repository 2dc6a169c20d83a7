"""Who may open this cart or order? Whoever has its token; we keep only a SHA-256 of it."""

import base64
import hashlib
import hmac
import secrets

_SHORTEST = 32  # characters; ours have 43
_LONGEST = 128


def new_token() -> str:
    """256 random bits, safe in an address and a cookie."""
    return secrets.token_urlsafe(32)


def is_plausible(token: str) -> bool:
    """Whether this could be a token of ours; anything else is not worth a query."""
    return _SHORTEST <= len(token) <= _LONGEST and token.isascii() and token.isprintable()


def digest(token: str) -> str:
    """What is stored in its place."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_same(token: str, stored: str | None) -> bool:
    """Compare in constant time."""
    return stored is not None and hmac.compare_digest(digest(token), stored)


def derived(token: str, purpose: str) -> str:
    """Another token that only the holder of the first can know; always the same one."""
    made = hmac.digest(token.encode(), purpose.encode(), "sha256")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
