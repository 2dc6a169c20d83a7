"""What a shopper types at the checkout, and how it is checked."""

from collections.abc import Callable, Sequence

from email_validator import EmailNotValidError, validate_email
from flask import request
from wtforms import Field, Form, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from shop.orders import pricing
from shop.orders.placing import Contact

SHIPPING = (SelectChoice("standard", "Standard"), SelectChoice("express", "Express"))
COUNTRY = "US"
_STATES = (
    " AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ"
    " NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI AA AE AP "
)
_Check = Callable[[Form, Field], None]
_SHORT_ZIP = 5
_LONG_ZIP = 9


def _tidied(text: str | None) -> str:
    return " ".join((text or "").split())


def needs(message: str, longest: int = 200) -> _Check:
    """Something has to be there, and not a novel."""

    def check(_form: Form, field: Field) -> None:
        if not field.data:
            raise StopValidation(message)
        if len(field.data) > longest:
            told = f"{field.label.text} must be {longest} characters or fewer"
            raise StopValidation(told)

    check.field_flags = {"required": True}  # type: ignore[attr-defined]  # where WTForms looks
    return check


def _at_most(longest: int) -> _Check:
    def check(_form: Form, field: Field) -> None:
        if len(field.data or "") > longest:
            told = f"{field.label.text} must be {longest} characters or fewer"
            raise StopValidation(told)

    return check


def is_email(_form: Form, field: Field) -> None:
    try:
        validate_email(field.data, check_deliverability=False)
    except EmailNotValidError as problem:
        told = "Enter an e-mail address in the correct format, like name@example.com"
        raise StopValidation(told) from problem


def _is_state(_form: Form, field: Field) -> None:
    field.data = field.data.upper()
    if f" {field.data} " not in _STATES:
        told = "Enter the two letters of the state, like OR"
        raise StopValidation(told)


def _is_zip(_form: Form, field: Field) -> None:
    digits = field.data.replace("-", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) in {_SHORT_ZIP, _LONG_ZIP}):
        told = "Enter a ZIP code of 5 or 9 digits"
        raise StopValidation(told)


def _text(label: str, checks: Sequence[_Check]) -> Field:
    return StringField(label, checks, filters=[_tidied])


class CheckoutForm(Form):  # type: ignore[misc]  # WTForms ships no types
    """Who buys and where to. The CSRF token is asked for by web.security, not here."""

    email = _text("E-mail address", [needs("Enter your e-mail address", 254), is_email])
    name = _text("Full name", [needs("Enter the name for the parcel")])
    line1 = _text("Address", [needs("Enter the street and number")])
    line2 = _text("Apartment, suite", [_at_most(200)])
    city = _text("City", [needs("Enter the city")])
    region = _text("State", [needs("Enter the state"), _is_state])
    postal_code = _text("ZIP code", [needs("Enter the ZIP code"), _is_zip])
    shipping = RadioField(
        "Delivery",
        choices=SHIPPING,
        default=pricing.STANDARD,
        invalid_choice_message="Choose how it is sent",
    )
    form_token = HiddenField()
    subtotal = HiddenField()

    @classmethod
    def sent(cls) -> "CheckoutForm":
        return cls(request.form)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(id of the field, message), for the summary above the form."""
        return [(field.id, str(message)) for field in self for message in field.errors]

    def contact(self) -> Contact:
        return Contact(
            email=self.email.data,
            name=self.name.data,
            line1=self.line1.data,
            line2=self.line2.data,
            city=self.city.data,
            region=self.region.data,
            postal_code=self.postal_code.data,
            country=COUNTRY,
        )

    def shown_total(self, currency: str) -> int | None:
        """What the page said that this would cost; None when it came without a figure."""
        shown = self.subtotal.data or ""
        if not (shown.isascii() and shown.isdigit() and len(shown) <= 12):  # noqa: PLR2004
            return None
        return int(shown) + pricing.SHIPPING[currency][self.shipping.data]
