"""May this account or this place be tried once more, and if not, when?

A try is counted before the password is looked at, in one statement, so that a hundred at once are
still a hundred. A refused try is not counted: whoever waits gets in. An account counts the tries
from places that never signed in to it together, and each known place by itself, so that a stranger
who keeps trying cannot keep its owner out.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from shop.accounts.models import KnownOrigin, SignInTries, StaffUser
from shop.plumbing import clock
from shop.plumbing.db import db
from shop.plumbing.errors import Unavailable

WINDOW = timedelta(minutes=15)
ACCOUNT_TRIES = 10
ORIGIN_TRIES = 40  # an office behind one address has several people
_KNOWN_FOR = timedelta(days=90)
_KEPT = timedelta(days=1)


def count_try(email: str, origin: str) -> None:
    """Count a try. Raises Unavailable("accounts.throttled", retry_at=...) when it is one too many.

    `email` is in its normal form; `origin` is a keyed hash of the address (never an address).
    """
    moment = clock.now()
    db.session.execute(delete(SignInTries).where(SignInTries.began_at < moment - _KEPT))
    limits = {_account_key(email, origin): ACCOUNT_TRIES, _origin_key(origin): ORIGIN_TRIES}
    for key in sorted(limits):
        tries, began_at = _count(key, moment)
        if tries > limits[key]:
            raise _throttled(began_at + WINDOW)


def forgive(user: StaffUser, origin: str) -> None:
    """After the right password: this place is known, and the account's count starts anew."""
    key = _account_key(user.email, origin)
    db.session.execute(delete(SignInTries).where(SignInTries.key == key))
    db.session.execute(
        update(SignInTries)
        .where(SignInTries.key == _origin_key(origin), SignInTries.tries > 0)
        .values(tries=SignInTries.tries - 1)
    )
    db.session.merge(KnownOrigin(staff_user_id=user.id, origin=origin, seen_at=clock.now()))


def forget_origins(user: StaffUser) -> None:
    """No place is known any more (the password changed)."""
    db.session.execute(delete(KnownOrigin).where(KnownOrigin.staff_user_id == user.id))


def _count(key: str, moment: datetime) -> tuple[int, datetime]:
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    is_over = SignInTries.began_at <= moment - WINDOW
    statement = (
        insert(SignInTries)
        .values(key=key, tries=1, began_at=moment)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={
                "tries": case((is_over, 1), else_=SignInTries.tries + 1),
                "began_at": case((is_over, moment), else_=SignInTries.began_at),
            },
        )
        .returning(SignInTries.tries, SignInTries.began_at)
    )
    tries, began_at = db.session.execute(statement).one()
    return tries, began_at


def _account_key(email: str, origin: str) -> str:
    """An unknown address is counted like a known one, so that the answer tells nothing."""
    is_known = db.session.scalar(
        select(KnownOrigin.origin)
        .join(StaffUser, StaffUser.id == KnownOrigin.staff_user_id)
        .where(
            StaffUser.email == email,
            KnownOrigin.origin == origin,
            KnownOrigin.seen_at > clock.now() - _KNOWN_FOR,
        )
    )
    account = hashlib.sha256(email.encode()).hexdigest()
    return f"account:{account}:{origin if is_known else 'elsewhere'}"


def _origin_key(origin: str) -> str:
    return f"origin:{origin}"


def _throttled(retry_at: datetime) -> Unavailable:
    code = "accounts.throttled"
    message = (
        "Too many tries to sign in. For safety even the right password is not accepted now. "
        f"Try again after {retry_at:%H:%M} UTC."
    )
    return Unavailable(code, message, retry_at=retry_at)
