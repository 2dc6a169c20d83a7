"""How is it told what became of reading a list? For the desk and for the public validator."""

import re
from collections.abc import Mapping

from shop.assay.policy import Mark
from shop.plumbing.outbound import Code
from shop.sellers import list_reading
from shop.web.words import Words

_ANSWERS: Mapping[str, str] = {
    "http_401": "The address asks for a sign-in. A list has to be open to everybody.",
    "http_403": "The server did not let us read it (403). A list has to be open to everybody.",
    "http_404": "There is no page at this address (404).",
    "http_410": "The page is gone (410).",
    "http_429": "The server asked us to come later (429).",
    list_reading.NOT_ACCEPTED: "The list has mistakes, so it is not used. Each is told below.",
    list_reading.NOT_CONTROLLED: "The brand no longer shows that it controls an official website.",
    list_reading.PACKED: "The server sent the list packed, though we asked for it as it is.",
    list_reading.FAILED: "We could not finish reading it. The fault is ours.",
}
_NETWORK: Mapping[Code, str] = {
    Code.ADDRESS_DENIED: "The name leads to an internal network, so we stopped.",
    Code.LOCAL_NAME: "The name leads to an internal network, so we stopped.",
    Code.INVALID: "This is not a web address that we can open.",
    Code.SCHEME: "This is not a web address that we can open.",
    Code.PORT: "We read lists at the usual port only.",
    Code.CREDENTIALS: "The address holds a user name or password.",
    Code.TOO_LONG: "The address is too long.",
    Code.NOT_ENCRYPTED: "The address leads on to a page that is not encrypted (http).",
    Code.LEFT_HOST: "The address leads on to another host.",
    Code.NOT_FOUND: "The name of the website could not be found.",
    Code.TOO_MANY_REDIRECTS: "The page kept redirecting.",
    Code.HEADERS_TOO_LARGE: "The server’s answer was too large.",
    Code.BODY_TOO_LARGE: "The list is larger than 1,024 KiB.",
    Code.TOO_SLOW: "The server took too long to send it.",
    Code.NAME_MISMATCH: "The website’s certificate is for another name.",
    Code.NOT_TRUSTED: "The website’s certificate does not hold.",
    Code.DNS_UNAVAILABLE: "The name of the website could not be looked up.",
    Code.NO_CONNECTION: "The server did not take the connection.",
    Code.TLS_FAILED: "No encrypted connection came about.",
    Code.NOT_HTTP: "What the server sent is no web page.",
    Code.CUT_OFF: "The server broke off before the end.",
    Code.BAD_REDIRECT: "The page leads on to something that is no web address.",
    Code.RDAP_STATUS: "The registry did not answer.",
    Code.RDAP_UNREADABLE: "The registry’s answer could not be read.",
}
GOOD = Words(Mark.OK, "No mistakes", "A brand may publish this list as it is.")
NOTES = Words(Mark.INFO, "No mistakes, with notes", "The list may be used. Read the notes.")
MISTAKES = Words(Mark.WARN, "Not used as it is", "A list is used whole or not at all.")
UNREAD = Words(Mark.STOP, "Could not be read")
READING = Words(Mark.REVIEW, "Being read", "This page looks again by itself.")
_STATUS = re.compile(r"http_([0-9]{3})")


def reason(problem: str) -> str:
    """Why there is no list, in one sentence."""
    if problem in _ANSWERS:
        return _ANSWERS[problem]
    status = _STATUS.fullmatch(problem)
    if status is not None:
        return f"The server answered {status[1]} instead of 200."
    return _NETWORK.get(Code(problem), "") if problem in set(Code) else "It could not be read."


def result(problem: str, *, has_problems: bool) -> Words:
    """What a look at a list came to."""
    if problem == list_reading.NOT_ACCEPTED:
        return MISTAKES
    if problem:
        return Words(UNREAD.mark, UNREAD.title, reason(problem))
    return NOTES if has_problems else GOOD
