"""Who works here: an admin adds and closes accounts, everybody may change their own password."""

from flask import Blueprint, url_for
from werkzeug.wrappers import Response
from wtforms import PasswordField

from shop.accounts import service as accounts
from shop.accounts.service import Role
from shop.plumbing.errors import Conflict, Refused
from shop.staff import desk, words
from shop.staff.forms import ChoiceField, Form, Needs, TextField, at_most
from shop.web import access
from shop.web.access import staff_only

bp = Blueprint("people", __name__, url_prefix="/staff/people")
ROLES = tuple((role.value, meaning) for role, meaning in words.ROLE_MEANINGS.items())
_FIELDS = {
    "accounts.email_invalid": "email",
    "accounts.email_taken": "email",
    "accounts.name_invalid": "name",
    "accounts.password_short": "password",
    "accounts.password_long": "password",
    "accounts.wrong_password": "current",
    "accounts.last_admin": "role",
}


class PersonForm(Form):
    email = TextField("E-mail address", [Needs("Enter the e-mail address."), at_most(254)])
    name = TextField("Name", [Needs("Enter the name to show beside decisions."), at_most(120)])
    role = ChoiceField("Role", message="Choose a role.")
    password = PasswordField("First password", [Needs("Enter a first password.")])


class RoleForm(Form):
    role = ChoiceField("Role", message="Choose a role.")


class NewPasswordForm(Form):
    password = PasswordField("New password", [Needs("Enter a new password.")])


class PasswordForm(Form):
    current = PasswordField("Password now", [Needs("Enter your password as it is now.")])
    password = PasswordField("New password", [Needs("Enter a new password.")])


@bp.get("")
@staff_only(Role.ADMIN)
def index() -> Response:
    return _index(PersonForm.blank({"role": ROLES}, role=Role.VIEWER.value))


@bp.post("")
@staff_only(Role.ADMIN)
def add() -> Response:
    form = PersonForm.sent(role=ROLES)
    if not form.validate():
        return _index(form)
    try:
        with desk.acting():
            user = accounts.add_staff(
                form.email.data, form.name.data, form.password.data, Role(form.role.data)
            )
            name = user.name
    except (Refused, Conflict) as problem:
        form.blame(problem, _FIELDS)
        return _index(form)
    return desk.done(f"{name} can sign in now.", url_for("people.index"))


@bp.get("/<public_id>")
@staff_only(Role.ADMIN)
def person(public_id: str) -> Response:
    return _person(public_id)


@bp.post("/<public_id>/role")
@staff_only(Role.ADMIN)
def set_role(public_id: str) -> Response:
    form = RoleForm.sent(role=ROLES)
    if not form.validate():
        return _person(public_id, form)
    try:
        with desk.acting():
            user = accounts.staff_user(public_id)
            accounts.set_role(user, Role(form.role.data))
            name = user.name
    except Conflict as problem:
        form.blame(problem, _FIELDS)
        return _person(public_id, form)
    return desk.done(f"{name} has another role now.", url_for("people.index"))


@bp.post("/<public_id>/password")
@staff_only(Role.ADMIN)
def set_password(public_id: str) -> Response:
    """A new password for somebody who lost theirs; it signs them out everywhere."""
    form = NewPasswordForm.sent()
    if not form.validate():
        return _person(public_id, new_password=form)
    try:
        with desk.acting():
            user = accounts.staff_user(public_id)
            accounts.change_password(user, form.password.data)
            name = user.name
    except Refused as problem:
        form.blame(problem, _FIELDS)
        return _person(public_id, new_password=form)
    return desk.done(f"{name} has a new password.", url_for("people.index"))


@bp.post("/<public_id>/close")
@staff_only(Role.ADMIN)
def close(public_id: str) -> Response:
    return _set_active(public_id, is_active=False)


@bp.post("/<public_id>/open")
@staff_only(Role.ADMIN)
def reopen(public_id: str) -> Response:
    return _set_active(public_id, is_active=True)


@bp.get("/me")
@staff_only()
def me() -> Response:
    return desk.page("staff/people/me.html", desk="me", form=PasswordForm.blank())


@bp.post("/me")
@staff_only()
def change_password() -> Response:
    """The new password signs the account out everywhere, here too."""
    form = PasswordForm.sent()
    if not form.validate():
        return desk.page("staff/people/me.html", desk="me", form=form, status=desk.REFUSED)
    try:
        accounts.authenticate(access.required_staff().email, form.current.data)
        with desk.acting() as user:
            accounts.change_password(user, form.password.data)
    except Refused as problem:
        form.blame(problem, _FIELDS)
        return desk.page("staff/people/me.html", desk="me", form=form, status=desk.REFUSED)
    return desk.done("Your password is changed. Sign in with it.", url_for("sign_in.show"))


def _set_active(public_id: str, *, is_active: bool) -> Response:
    try:
        with desk.acting():
            user = accounts.staff_user(public_id)
            accounts.set_active(user, is_active=is_active)
            name = user.name
    except Conflict as problem:
        form = _role_form(public_id)
        form.blame(problem, _FIELDS)
        return _person(public_id, form)
    said = "may sign in again" if is_active else "is signed out and cannot sign in"
    return desk.done(f"{name} {said}.", url_for("people.index"))


def _role_form(public_id: str) -> RoleForm:
    return RoleForm.blank({"role": ROLES}, role=accounts.staff_user(public_id).role.value)


def _index(form: PersonForm) -> Response:
    return desk.page(
        "staff/people/index.html",
        desk="people",
        status=desk.REFUSED if form.problems else 200,
        form=form,
        people=accounts.staff(),
    )


def _person(
    public_id: str, form: RoleForm | None = None, new_password: NewPasswordForm | None = None
) -> Response:
    form = form or _role_form(public_id)
    new_password = new_password or NewPasswordForm.blank()
    problems = [*form.problems, *new_password.problems]
    return desk.page(
        "staff/people/person.html",
        desk="people",
        status=desk.REFUSED if problems else 200,
        form=form,
        new_password=new_password,
        problems=problems,
        person=accounts.staff_user(public_id),
    )
