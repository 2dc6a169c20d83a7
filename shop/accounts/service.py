"""Who works here, and is it really them?

Signing in takes three steps, so that no slow hash runs inside a write transaction:

    with write(): count_try(email, origin)
    proven = authenticate(email, password)
    with write(): token = sign_in(proven, origin)
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, select
from sqlalchemy.orm import contains_eager

from shop.accounts import passwords, throttle
from shop.accounts.models import Role, SignIn, StaffUser
from shop.plumbing import clock
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, NotFound, Refused

# Signed out after so long without a change recorded, and after so long in any case.
IDLE = timedelta(hours=8)
LONGEST = timedelta(days=5)
_NAME_LENGTH = 120

__all__ = [
    "IDLE",
    "LONGEST",
    "Proven",
    "Role",
    "StaffUser",
    "act",
    "add_staff",
    "authenticate",
    "change_password",
    "close_sign_in",
    "count_try",
    "names",
    "normal_email",
    "open_sign_in",
    "set_active",
    "set_role",
    "sign_in",
    "staff",
    "staff_by_email",
    "staff_user",
    "user_for",
]


@dataclass(frozen=True, slots=True)
class Proven:
    """Somebody who gave the right password. `new_hash` when theirs was made in an older way."""

    staff_id: str
    new_hash: str | None


def normal_email(text: str) -> str:
    """The address as it is kept and compared. Raises Refused when it is none."""
    try:
        checked = validate_email(text.strip(), check_deliverability=False)
    except EmailNotValidError as problem:
        code = "accounts.email_invalid"
        message = "Enter an e-mail address in the correct format, like name@example.com."
        raise Refused(code, message) from problem
    return checked.normalized.casefold()


def count_try(email: str, origin: str) -> None:
    """Count a try to sign in. Raises Unavailable("accounts.throttled", retry_at=...)."""
    throttle.count_try(email.strip().casefold(), origin)


def authenticate(email: str, password: str) -> Proven:
    """The right password of an active account. Raises Refused, alike for every reason."""
    user = _by_email(email.strip().casefold())
    is_right = passwords.matches(user.password_hash if user else None, password)
    if user is None or not is_right or not user.is_active:
        code = "accounts.wrong_password"
        message = "That e-mail address and password do not belong together."
        raise Refused(code, message)
    is_outdated = passwords.is_outdated(user.password_hash)
    return Proven(user.public_id, passwords.hashed(password) if is_outdated else None)


def sign_in(proven: Proven, origin: str) -> str:
    """Sign the person in and return the token for their cookie."""
    user = staff_user(proven.staff_id)
    if proven.new_hash is not None:
        user.password_hash = proven.new_hash
    throttle.forgive(user, origin)
    return open_sign_in(user, origin=origin)


def open_sign_in(user: StaffUser, *, origin: str = "") -> str:
    """A new sign-in. Only the hash of the token is kept."""
    moment = clock.now()
    db.session.execute(delete(SignIn).where(SignIn.opened_at < moment - LONGEST))
    token = secrets.token_urlsafe(32)
    db.session.add(SignIn(token_sha256=_sha256(token), staff_user_id=user.id, origin=origin))
    db.session.flush()
    return token


def user_for(token: str) -> StaffUser | None:
    """Whoever is signed in with this token, now. Reads only; see `act`."""
    found = _sign_in(token)
    return found.staff_user if found is not None else None


def act(token: str) -> StaffUser | None:
    """As `user_for`, inside a write: the sign-in stays open for another `IDLE`."""
    found = _sign_in(token)
    if found is None:
        return None
    found.acted_at = clock.now()
    return found.staff_user


def close_sign_in(token: str) -> None:
    """Sign out: every copy of the cookie is dead from now on."""
    db.session.execute(delete(SignIn).where(SignIn.token_sha256 == _sha256(token)))


def add_staff(email: str, name: str, password: str, role: Role) -> StaffUser:
    """A new account. Raises Refused for bad input, Conflict when the address has one."""
    address = normal_email(email)
    shown_name = " ".join(name.split())
    if not shown_name or len(shown_name) > _NAME_LENGTH:
        code = "accounts.name_invalid"
        message = f"Enter a name of 1 to {_NAME_LENGTH} characters."
        raise Refused(code, message)
    if _by_email(address) is not None:
        code = "accounts.email_taken"
        message = f"There is a staff account for {address} already."
        raise Conflict(code, message)
    password_hash = passwords.hashed(passwords.checked(password))
    user = StaffUser(email=address, name=shown_name, password_hash=password_hash, role=role)
    db.session.add(user)
    db.session.flush()
    return user


def change_password(user: StaffUser, password: str) -> None:
    """A new password, which signs the account out everywhere."""
    user.password_hash = passwords.hashed(passwords.checked(password))
    throttle.forget_origins(user)
    _close_all(user)


def set_role(user: StaffUser, role: Role) -> None:
    """Another role. The last active admin stays one."""
    if role is not Role.ADMIN:
        _keep_an_admin(user)
    user.role = role
    db.session.flush()


def set_active(user: StaffUser, *, is_active: bool) -> None:
    """Open or close an account. Closing it signs it out everywhere."""
    if not is_active:
        _keep_an_admin(user)
        _close_all(user)
    user.is_active = is_active
    db.session.flush()


def staff() -> Sequence[StaffUser]:
    """All accounts, active ones first."""
    ordered = select(StaffUser).order_by(StaffUser.is_active.desc(), StaffUser.name, StaffUser.id)
    return db.session.scalars(ordered).all()


def staff_user(public_id: str) -> StaffUser:
    """One account. Raises NotFound."""
    found = db.session.scalar(select(StaffUser).where(StaffUser.public_id == public_id))
    if found is None:
        code = "accounts.unknown"
        raise NotFound(code, "There is no such staff account.")
    return found


def staff_by_email(email: str) -> StaffUser:
    """One account, by its address. Raises NotFound."""
    found = _by_email(email.strip().casefold())
    if found is None:
        code = "accounts.unknown"
        raise NotFound(code, "There is no staff account with this address.")
    return found


def names() -> dict[str, str]:
    """Public id -> name of everybody, also of those who have left."""
    rows = db.session.execute(select(StaffUser.public_id, StaffUser.name))
    return {row.public_id: row.name for row in rows}


def _sign_in(token: str) -> SignIn | None:
    moment = clock.now()
    return db.session.scalar(
        select(SignIn)
        .join(SignIn.staff_user)
        .options(contains_eager(SignIn.staff_user))
        .where(
            SignIn.token_sha256 == _sha256(token),
            SignIn.opened_at > moment - LONGEST,
            SignIn.acted_at > moment - IDLE,
            StaffUser.is_active,
        )
    )


def _by_email(email: str) -> StaffUser | None:
    return db.session.scalar(select(StaffUser).where(StaffUser.email == email))


def _close_all(user: StaffUser) -> None:
    db.session.execute(delete(SignIn).where(SignIn.staff_user_id == user.id))


def _keep_an_admin(user: StaffUser) -> None:
    others = select(StaffUser.id).where(
        StaffUser.role == Role.ADMIN, StaffUser.is_active, StaffUser.id != user.id
    )
    is_needed = user.role is Role.ADMIN and user.is_active
    if is_needed and db.session.scalar(others.limit(1)) is None:
        code = "accounts.last_admin"
        message = "This is the last active admin. Make somebody else an admin first."
        raise Conflict(code, message)


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
