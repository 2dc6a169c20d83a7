"""How is what a member of staff typed read, checked, and shown again when it will not do?

The forms themselves stand beside their pages. CSRF tokens are asked for by web.security, not here.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from flask import request
from wtforms import Field, SelectField, StringField
from wtforms import Form as WtForm
from wtforms.validators import StopValidation, ValidationError

from shop.plumbing.errors import ShopError

Options = Sequence[tuple[str, str]]
Validator = Callable[[WtForm, Field], None]

_MOST_MINOR = 10_000_000
# Invisible characters: no keyboard makes them, and PostgreSQL keeps no NUL.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Form(WtForm):  # type: ignore[misc]  # WTForms ships no types
    """A form filled from the request. `options` holds the choices of its selects by name."""

    @classmethod
    def sent(cls, **options: Options) -> Self:
        """The form as it was sent."""
        return cls._with(options, request.form)

    @classmethod
    def blank(cls, options: Mapping[str, Options] | None = None, **data: object) -> Self:
        """The form before anybody typed, holding `data`."""
        return cls._with(options or {}, None, **data)

    def blame(self, problem: ShopError, fields: Mapping[str, str]) -> None:
        """Put a service's answer beside the field that it is about, by the problem's code.

        A code that `fields` does not name is raised again.
        """
        name = fields.get(problem.code)
        if name is None:
            raise problem
        self.add_error(name, problem.message)

    def add_error(self, name: str, message: str) -> None:
        """Say what is wrong with a field, after what its validators said."""
        self[name].errors = [*self[name].errors, message]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(id of the field, message) for the summary above the form."""
        return [(_anchor(field), str(message)) for field in self for message in field.errors]

    @classmethod
    def _with(cls, options: Mapping[str, Options], formdata: Any, **data: object) -> Self:  # noqa: ANN401 - WTForms names no type for it
        form = cls(formdata, data=data)
        for name, choices in options.items():
            form[name].choices = list(choices)
        return form


class TextField(StringField):  # type: ignore[misc]  # WTForms ships no types
    """One line, without invisible characters and without blanks at its ends."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0] if valuelist else ""
        self.data = _CONTROL.sub("", text).strip()


class AreaField(TextField):
    """Several lines; line ends as browsers send them become plain ones."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = self.data.replace("\r\n", "\n")


class DayField(TextField):
    """A date as `<input type="date">` sends it. `day` holds it once the form is valid."""

    day: date | None = None

    def pre_validate(self, form: WtForm) -> None:
        del form
        if not self.data:
            return
        try:
            self.day = date.fromisoformat(self.data)
        except ValueError as problem:
            message = "Enter a date like 2026-10-03."
            raise StopValidation(message) from problem


class NumberField(TextField):
    """A whole number that the database holds. `number` holds it once the form is valid."""

    number: int = 0

    def __init__(self, *args: Any, most: int = 1_000_000, **kwargs: Any) -> None:  # noqa: ANN401 - WTForms' own
        super().__init__(*args, **kwargs)
        self._most = most

    def pre_validate(self, form: WtForm) -> None:
        del form
        text = (self.data or "0").replace(",", "")
        # At most nine digits: int() of thousands of them raises something else.
        if re.fullmatch("[0-9]{1,9}", text) is None or int(text) > self._most:
            message = f"Enter a whole number from 0 to {self._most:,}."
            raise StopValidation(message)
        self.number = int(text)


class PriceField(TextField):
    """Dollars and cents. `minor` holds cents once the form is valid, None for an empty field."""

    minor: int | None = None

    def pre_validate(self, form: WtForm) -> None:
        del form
        if not self.data:
            return
        text = self.data.removeprefix("$").strip().replace(",", "")
        try:
            is_price = re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", text) is not None
            minor = int(Decimal(text) * 100) if is_price else _MOST_MINOR + 1
        except InvalidOperation:  # pragma: no cover - the pattern lets only numbers through
            minor = _MOST_MINOR + 1
        if minor > _MOST_MINOR:
            message = "Enter a price in dollars, like 34 or 34.50."
            raise StopValidation(message)
        self.minor = minor


class ChoiceField(SelectField):  # type: ignore[misc]  # WTForms ships no types
    """A select that says `message` when what was sent is none of its choices."""

    def __init__(self, *args: Any, message: str, **kwargs: Any) -> None:  # noqa: ANN401 - WTForms' own
        super().__init__(*args, choices=[], validate_choice=False, **kwargs)
        self._message = message

    def post_validate(self, form: WtForm, validation_stopped: bool) -> None:  # noqa: FBT001 - WTForms' own
        del form
        if not validation_stopped and self.data not in {value for value, _ in self.choices}:
            raise ValidationError(self._message)


class Needs:
    """The field may not be empty; `message` says what to enter."""

    field_flags: Mapping[str, bool] = {"required": True}

    def __init__(self, message: str) -> None:
        self._message = message

    def __call__(self, form: WtForm, field: Field) -> None:
        del form
        if not field.data or (isinstance(field.data, str) and not field.data.strip()):
            raise StopValidation(self._message)


def at_most(characters: int) -> Validator:
    """The text fits its column."""

    def check(form: WtForm, field: Field) -> None:
        del form
        if len(field.data or "") > characters:
            message = f"Shorten this to {characters:,} characters."
            raise ValidationError(message)

    return check


def _anchor(field: Field) -> str:
    """What a link in the summary leads to: of radio buttons, the first."""
    return f"{field.id}-0" if field.type == "RadioField" else str(field.id)
