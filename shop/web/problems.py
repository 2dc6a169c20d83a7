"""What a page says when there is no page: one title and one next step per status."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What happened, and what to do about it."""

    title: str
    text: str


PROBLEMS: Mapping[int, Problem] = {
    400: Problem(
        "We could not read what was sent.",
        "Go back, check what you typed, and send it again.",
    ),
    401: Problem("Sign in first.", "This page is for people who work here."),
    403: Problem(
        "This page is not open to you.",
        "If you came from a form, open our own page and try again from there.",
    ),
    404: Problem(
        "We have no page at this address.",
        "If you typed the address, check it. If you followed a link from us, the mistake is ours.",
    ),
    405: Problem(
        "This address does not take that.", "Go back and use the button or link on the page."
    ),
    409: Problem(
        "Something changed meanwhile.", "Go back, load the page again, and look before you repeat."
    ),
    413: Problem(
        "What you sent is too large.",
        "Choose a smaller file, send fewer files at once, or write less.",
    ),
    415: Problem("We cannot read this kind of file.", "Send it as the form asks for it."),
    422: Problem("There is a problem.", "Go back, change what you entered, and send it again."),
    429: Problem(
        "That was too fast for us.", "Wait a minute and try again. Nothing you typed was saved."
    ),
    500: Problem(
        "This page failed to load.",
        "The fault is on our side and has been recorded. "
        "Nothing was charged and nothing you typed was saved. Try again in a minute.",
    ),
    503: Problem(
        "We cannot do that at the moment.",
        "Something that we stand on does not answer. Try again in a minute.",
    ),
}
FORM_EXPIRED = (
    "This form was open for too long, or cookies are off. "
    "Go back, reload the page, and send it again."
)
NOT_JSON = "Send JSON in UTF-8, with the header Content-Type: application/json."
NOT_TEXT = (
    "The address or the form holds an invisible character (a NUL) that is no text. "
    "Type it by hand instead of pasting it, and send it again."
)
