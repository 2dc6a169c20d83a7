"""What does somebody type who disputes a finding, and how is it read?"""

import re
from collections.abc import Sequence

from email_validator import validate_email
from flask import request
from wtforms import Field, Form, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from shop.storefront.forms import is_email, needs
from shop.verdicts.disputes import LONGEST_MESSAGE

# No keyboard makes these; line ends stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class DisputeForm(Form):  # type: ignore[misc]  # WTForms ships no types
    """Which finding, what is right instead, and where to answer."""

    finding = SelectField("Which finding", validate_choice=False)
    message = TextAreaField(
        "What is wrong, and what is right instead",
        [
            needs("Say what is wrong, and what is right instead", LONGEST_MESSAGE),
        ],
        filters=[lambda text: _CONTROL.sub("", (text or "").replace("\r\n", "\n")).strip()],
    )
    reply_to = StringField(
        "Your e-mail address",
        [needs("Enter your e-mail address, so that we can answer", 254), is_email],
        filters=[lambda text: (text or "").strip()],
    )

    @classmethod
    def sent(cls, findings: Sequence[tuple[str, str]]) -> "DisputeForm":
        return cls(request.form).offering(findings)

    def offering(self, findings: Sequence[tuple[str, str]]) -> "DisputeForm":
        """With (code, sentence) of the findings that stand; the first choice is all of them."""
        self.finding.choices = [
            SelectChoice("", "All of it"),
            *(SelectChoice(code, sentence) for code, sentence in findings),
        ]
        return self

    def validate_finding(self, field: Field) -> None:
        """A finding may have gone since the page was opened: then say so."""
        if field.data not in {choice.value for choice in field.choices}:
            field.data = ""
            told = "This finding has changed since you opened the page. Choose again"
            raise StopValidation(told)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(id of the field, message), for the summary above the form."""
        return [(field.id, str(message)) for field in self for message in field.errors]

    @property
    def address(self) -> str:
        """Where to answer, as mail servers write it."""
        return validate_email(self.reply_to.data, check_deliverability=False).normalized
