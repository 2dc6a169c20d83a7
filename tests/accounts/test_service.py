from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from argon2 import PasswordHasher

from shop.accounts import passwords, service
from shop.accounts.models import SignIn
from shop.accounts.service import Role
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Conflict, NotFound, Refused

PASSWORD = "correct horse battery"  # noqa: S105 - of an account that a test makes
MORNING = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def add(email="sato@assay.example", role=Role.REVIEWER, name="L. Sato"):
    with transaction():
        return service.add_staff(email, name, PASSWORD, role).public_id


def open_for(staff_id):
    with transaction():
        return service.open_sign_in(service.staff_user(staff_id))


def test_roles_are_ordered_by_what_they_may():
    assert sorted(Role, reverse=True) == [Role.ADMIN, Role.REVIEWER, Role.EDITOR, Role.VIEWER]
    assert Role.ADMIN > Role.EDITOR
    assert Role.VIEWER <= Role.VIEWER


def test_add_staff_keeps_a_hash_and_a_tidy_name(app):
    staff_id = add(" Sato@Assay.Example ", name="  L.   Sato ")

    user = service.staff_user(staff_id)
    assert (user.email, user.name, user.role) == ("sato@assay.example", "L. Sato", Role.REVIEWER)
    assert user.password_hash.startswith("$argon2id$")
    assert PASSWORD not in user.password_hash


@pytest.mark.parametrize(
    ("email", "name", "password", "code"),
    [
        ("no address", "L. Sato", PASSWORD, "accounts.email_invalid"),
        ("", "L. Sato", PASSWORD, "accounts.email_invalid"),
        ("a@b.example", "   ", PASSWORD, "accounts.name_invalid"),
        ("a@b.example", "x" * 121, PASSWORD, "accounts.name_invalid"),
        ("a@b.example", "L. Sato", "too short", "accounts.password_short"),
    ],
)
def test_add_staff_refuses_bad_input(app, email, name, password, code):
    with pytest.raises(Refused) as caught, transaction():
        service.add_staff(email, name, password, Role.VIEWER)

    assert caught.value.code == code
    assert service.staff() == []


def test_add_staff_refuses_an_address_twice(app):
    add("sato@assay.example")

    with pytest.raises(Conflict):
        add("SATO@assay.example")


def test_authenticate_knows_only_the_right_password(app):
    staff_id = add()

    assert service.authenticate("SATO@assay.example ", PASSWORD).staff_id == staff_id
    with pytest.raises(Refused):
        service.authenticate("sato@assay.example", "wrong horse battery")


def test_authenticate_answers_alike_for_wrong_unknown_and_closed(app):
    add("admin@assay.example", Role.ADMIN)
    staff_id = add()
    with transaction():
        service.set_active(service.staff_user(staff_id), is_active=False)

    told = set()
    for email, password in (
        ("admin@assay.example", "wrong horse battery"),
        ("nobody@assay.example", PASSWORD),
        ("sato@assay.example", PASSWORD),
    ):
        with pytest.raises(Refused) as caught:
            service.authenticate(email, password)
        told.add((caught.value.code, caught.value.message))
    assert len(told) == 1


def test_authenticate_verifies_a_hash_for_an_unknown_account_too(app, monkeypatch):
    """The same work is the same time: measured by what is asked of Argon2, not by a clock."""

    class CountingHasher(PasswordHasher):
        verified = 0

        def verify(self, *args):
            CountingHasher.verified += 1
            return super().verify(*args)

    add()
    monkeypatch.setattr(
        passwords, "hasher", CountingHasher(time_cost=1, memory_cost=8, parallelism=1)
    )
    for email in ("sato@assay.example", "nobody@assay.example"):
        with pytest.raises(Refused):
            service.authenticate(email, "wrong horse battery")
    assert CountingHasher.verified == 2


def test_sign_in_renews_a_hash_made_with_old_parameters(app, monkeypatch):
    staff_id = add()
    before = service.staff_user(staff_id).password_hash
    monkeypatch.setattr(
        passwords, "hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    )

    proven = service.authenticate("sato@assay.example", PASSWORD)
    with transaction():
        service.sign_in(proven, "somewhere")

    after = service.staff_user(staff_id).password_hash
    assert after != before
    assert passwords.matches(after, PASSWORD)


def test_token_is_new_at_each_sign_in_and_kept_only_as_a_hash(app):
    staff_id = add()
    first, second = open_for(staff_id), open_for(staff_id)

    assert first != second
    kept = set(db.session.scalars(db.select(SignIn.token_sha256)))
    assert len(kept) == 2
    assert not kept & {first, second}
    assert {service.user_for(token).public_id for token in (first, second)} == {staff_id}


def test_close_sign_in_kills_every_copy_of_the_token(app):
    staff_id = add()
    token, other = open_for(staff_id), open_for(staff_id)
    with transaction():
        service.close_sign_in(token)

    assert service.user_for(token) is None
    assert service.user_for(other) is not None


@pytest.mark.parametrize(
    ("acts_at", "asked_at", "is_open"),
    [
        ([], timedelta(hours=7, minutes=59), True),
        ([], timedelta(hours=8), False),
        ([timedelta(hours=7)], timedelta(hours=14), True),
        ([timedelta(hours=7 * n) for n in range(1, 17)], timedelta(hours=119), True),
        ([timedelta(hours=7 * n) for n in range(1, 18)], timedelta(hours=120), False),  # five days
    ],
)
def test_sign_in_ends_when_idle_and_in_any_case(app, acts_at, asked_at, is_open):
    with time_machine.travel(MORNING, tick=False) as traveller:
        token = open_for(add())
        for moment in acts_at:
            traveller.move_to(MORNING + moment)
            with transaction():
                assert service.act(token) is not None
        traveller.move_to(MORNING + asked_at)

        assert (service.user_for(token) is not None) is is_open


def test_change_password_signs_out_everywhere(app):
    staff_id = add()
    token = open_for(staff_id)
    with transaction():
        service.change_password(service.staff_user(staff_id), "another long password")

    assert service.user_for(token) is None
    assert service.authenticate("sato@assay.example", "another long password")
    with pytest.raises(Refused):
        service.authenticate("sato@assay.example", PASSWORD)


def test_set_active_signs_a_closed_account_out(app):
    add("admin@assay.example", Role.ADMIN)
    staff_id = add()
    token = open_for(staff_id)
    with transaction():
        service.set_active(service.staff_user(staff_id), is_active=False)

    assert service.user_for(token) is None
    assert not service.staff_user(staff_id).may(Role.VIEWER)
    with transaction():
        service.set_active(service.staff_user(staff_id), is_active=True)
    assert service.user_for(token) is None  # and its old cookies stay dead


def test_last_admin_can_neither_leave_nor_step_down(app):
    staff_id = add(role=Role.ADMIN)

    with pytest.raises(Conflict), transaction():
        service.set_active(service.staff_user(staff_id), is_active=False)
    with pytest.raises(Conflict), transaction():
        service.set_role(service.staff_user(staff_id), Role.EDITOR)
    add("second@assay.example", Role.ADMIN)
    with transaction():
        service.set_role(service.staff_user(staff_id), Role.EDITOR)
    assert service.staff_user(staff_id).role is Role.EDITOR


def test_staff_user_unknown_is_not_found(app):
    with pytest.raises(NotFound):
        service.staff_user("aaaaaaaaaaaaaaaa")
