"""Who works here, in which browsers are they signed in, and who tries the door too often?"""

from datetime import datetime
from enum import Enum

from sqlalchemy import Enum as EnumType
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.plumbing.clock import now
from shop.plumbing.db import Model, Moment, new_public_id


class Role(Enum):
    """What a member of staff may do; each role may do all that the ones before it may."""

    VIEWER = "viewer"  # reads the desk
    EDITOR = "editor"  # uploads, adds and corrects
    REVIEWER = "reviewer"  # decides
    ADMIN = "admin"  # looks after staff accounts

    @property
    def rank(self) -> int:
        return list(Role).index(self)

    def __lt__(self, other: "Role") -> bool:
        return self.rank < other.rank

    def __le__(self, other: "Role") -> bool:
        return self.rank <= other.rank

    def __gt__(self, other: "Role") -> bool:
        return self.rank > other.rank

    def __ge__(self, other: "Role") -> bool:
        return self.rank >= other.rank


def _values(roles: type[Role]) -> list[str]:
    return [role.value for role in roles]


class StaffUser(Model):
    """A person of the house. Never deleted: decisions bear their public id for good."""

    __tablename__ = "staff_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case
    name: Mapped[str] = mapped_column(String(120))  # as shown beside their decisions
    password_hash: Mapped[str] = mapped_column(String(200))  # Argon2, with its parameters
    role: Mapped[Role] = mapped_column(
        EnumType(Role, native_enum=False, length=20, values_callable=_values)
    )
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    def may(self, role: Role) -> bool:
        """Whether this person may do what `role` allows."""
        return self.is_active and self.role >= role


class SignIn(Model):
    """One browser that is signed in. Deleting the row signs it out, whoever holds its cookie."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    staff_user_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id"), index=True)
    origin: Mapped[str] = mapped_column(String(64), default="")  # keyed hash of the address
    opened_at: Mapped[datetime] = mapped_column(Moment, default=now)
    acted_at: Mapped[datetime] = mapped_column(Moment, default=now)  # the last write

    staff_user: Mapped[StaffUser] = relationship(lazy="raise")


class KnownOrigin(Model):
    """A place from which a person has signed in: others' wrong tries do not count against it."""

    __tablename__ = "known_origin"

    staff_user_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id"), primary_key=True)
    origin: Mapped[str] = mapped_column(String(64), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Moment, default=now)


class SignInTries(Model):
    """How often one account or one place was tried in its present window of time."""

    __tablename__ = "sign_in_tries"

    key: Mapped[str] = mapped_column(String(160), primary_key=True)
    tries: Mapped[int] = mapped_column(default=1)
    began_at: Mapped[datetime] = mapped_column(Moment, index=True)
