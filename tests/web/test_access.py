import pytest

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.web.transactions import write

PASSWORD = "a long and plain password"  # noqa: S105 - of this test alone


def signed_in(client, role):
    with write():
        user = accounts.add_staff(f"{role.value}@assay.example", "R. Adeyemi", PASSWORD, role)
        token = accounts.open_sign_in(user)
    client.set_cookie("assay_staff", token)
    return token


def test_view_without_an_audience_is_refused(doors):
    answer = doors.test_client().get("/t/forgotten")

    assert answer.status_code == 500
    assert "should never be seen" not in answer.text


def test_staff_page_sends_a_stranger_to_the_sign_in(doors):
    answer = doors.test_client().get("/t/desk?tab=open")

    assert answer.status_code == 303
    assert answer.location == "/staff/sign-in?next=/t/desk?tab%3Dopen"


@pytest.mark.parametrize(("method", "accept"), [("GET", "application/json"), ("POST", "text/html")])
def test_staff_page_refuses_a_stranger_who_cannot_be_redirected(doors, method, accept):
    client = doors.test_client()

    answer = client.open("/t/desk", method=method, headers={"Accept": accept})

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.VIEWER, 403), (Role.EDITOR, 403), (Role.REVIEWER, 200), (Role.ADMIN, 200)],
)
def test_staff_page_asks_for_the_role(doors, role, status):
    client = doors.test_client()
    signed_in(client, role)

    assert client.get("/t/desk").status_code == status


def test_closed_sign_in_is_worthless_whoever_holds_its_cookie(doors):
    client = doors.test_client()
    token = signed_in(client, Role.ADMIN)
    with write():
        accounts.close_sign_in(token)

    assert client.get("/t/desk").status_code == 303
