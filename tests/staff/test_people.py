import pytest

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.plumbing.db import db
from shop.plumbing.errors import Refused

NEW = {
    "name": "R. Adeyemi",
    "email": "adeyemi@assay.example",
    "role": "reviewer",
    "password": "a password of theirs",
}


def test_admin_adds_an_account_that_can_sign_in(admin):
    answer = admin.post("/staff/people", NEW)

    assert answer.status_code == 303
    assert "R. Adeyemi can sign in now." in admin.get(answer.location).text
    proven = accounts.authenticate(NEW["email"], NEW["password"])
    assert accounts.staff_user(proven.staff_id).role is Role.REVIEWER


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"email": "no address"}, "Enter an e-mail address in the correct format"),
        ({"email": ""}, "Enter the e-mail address."),
        ({"name": " "}, "Enter the name to show"),
        ({"role": "owner"}, "Choose a role."),
        ({"password": "too short"}, "at least 12 characters"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_nothing_is_lost(admin, changed, message):
    answer = admin.post("/staff/people", {**NEW, **changed})

    assert answer.status_code == 422
    assert answer.text.count(message) == 2  # in the summary and beside the field
    kept = {**NEW, **changed}
    assert f'value="{kept["name"].strip()}"' in answer.text
    assert "a password of theirs" not in answer.text
    assert len(accounts.staff()) == 1


def test_same_form_twice_adds_one_account(admin):
    admin.post("/staff/people", NEW)
    again = admin.post("/staff/people", NEW)

    assert again.status_code == 422
    assert "There is a staff account for adeyemi@assay.example already." in again.text
    assert len(accounts.staff()) == 2


def test_admin_changes_role_password_and_closes_and_opens(admin, sign_in):
    person = sign_in(Role.VIEWER)
    there = f"/staff/people/{person.staff_id}"

    assert admin.post(f"{there}/role", {"role": "editor"}).status_code == 303
    assert admin.post(f"{there}/password", {"password": "short"}).status_code == 422
    assert admin.post(f"{there}/password", {"password": "brand new password"}).status_code == 303
    assert admin.post(f"{there}/close").status_code == 303
    db.session.expire_all()
    user = accounts.staff_user(person.staff_id)
    assert (user.role, user.is_active) == (Role.EDITOR, False)
    assert "Closed" in admin.get(there).text
    assert admin.post(f"{there}/open").status_code == 303
    assert accounts.authenticate(person.email, "brand new password")


def test_last_admin_cannot_lock_everybody_out(admin):
    there = f"/staff/people/{admin.staff_id}"

    for answer in (admin.post(f"{there}/close"), admin.post(f"{there}/role", {"role": "viewer"})):
        assert answer.status_code == 422
        assert "This is the last active admin." in answer.text


def test_person_changes_their_own_password(editor):
    refused = editor.post("/staff/people/me", {"current": "wrong", "password": "another password"})
    assert refused.status_code == 422
    assert "do not belong together" in refused.text

    done = editor.post(
        "/staff/people/me",
        {"current": "correct horse battery", "password": "another long password"},
    )
    assert done.location == "/staff/sign-in"
    assert "Your password is changed" in editor.get("/staff/sign-in").text
    assert accounts.authenticate(editor.email, "another long password")
    with pytest.raises(Refused):
        accounts.authenticate(editor.email, "correct horse battery")
