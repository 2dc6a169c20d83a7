"""What does the link itself say, before anybody asks whose site it is? (codes `url.*`, `host.*`)"""

import unicodedata
from collections.abc import Iterator

from shop.assay.sellers.hostnames import Link, Problem, parse, suffixes
from shop.assay.sellers.register import Register
from shop.assay.vocabulary import DEFAULT, Finding, Outcome, Rule, Severity

_NO_ADDRESS = {DEFAULT: "This is not a web address that we can open."}

SCHEME_NOT_WEB = Rule(
    "url.scheme_not_web", Severity.REFUSED, Outcome.INDETERMINATE, _NO_ADDRESS, "WHATWG URL"
)
INVALID = Rule("url.invalid", Severity.REFUSED, Outcome.INDETERMINATE, _NO_ADDRESS, "WHATWG URL")
NOT_ABSOLUTE = Rule(
    "url.not_absolute", Severity.REFUSED, Outcome.INDETERMINATE, _NO_ADDRESS, "WHATWG URL"
)
CREDENTIALS = Rule(
    "url.credentials",
    Severity.WARNING,
    Outcome.FAILED,
    {DEFAULT: 'The text before "@" is not the site. This link opens {h}.'},
    "WHATWG URL, 4.1",
)
REWRITTEN = Rule(
    "url.rewritten_by_browser",
    Severity.NOTICE,
    Outcome.NOT_APPLICABLE,
    {DEFAULT: "As written, this link is not what opens. Your browser would open {h}."},
    "WHATWG URL, 4.4",
)
BRAND_OUTSIDE_HOST = Rule(
    "url.brand_outside_host",
    Severity.INFO,
    Outcome.NOT_APPLICABLE,
    {DEFAULT: "{target} appears after the site name; the site itself is {h}."},
)
HOST_IS_IP = Rule(
    "url.host_is_ip",
    Severity.WARNING,
    Outcome.FAILED,
    {DEFAULT: "This link opens a numeric address instead of a named site."},
)
LOCAL_HOST = Rule(
    "url.local_host",
    Severity.WARNING,
    Outcome.FAILED,
    {DEFAULT: "This link opens an internal address instead of a named site."},
    "RFC 6761; RFC 6762, appendix G",
)
NO_PUBLIC_SUFFIX = Rule(
    "host.no_public_suffix",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "{h} is not a public website name."},
    "Public Suffix List",
)
NONSTANDARD_PORT = Rule(
    "url.nonstandard_port",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "This link uses port {p}, which our proof does not cover."},
)
NOT_HTTPS = Rule(
    "url.not_https",
    Severity.NOTICE,
    Outcome.NOT_APPLICABLE,
    {DEFAULT: "This link is not encrypted (http)."},
)

RULES = (
    SCHEME_NOT_WEB,
    INVALID,
    NOT_ABSOLUTE,
    CREDENTIALS,
    REWRITTEN,
    BRAND_OUTSIDE_HOST,
    HOST_IS_IP,
    LOCAL_HOST,
    NO_PUBLIC_SUFFIX,
    NONSTANDARD_PORT,
    NOT_HTTPS,
)


def refusal(link: Link) -> Finding | None:
    """Why the text is never rendered as a link; None when it may be."""
    match link.problem:
        case None:
            return None
        case Problem.NOT_ABSOLUTE:
            return NOT_ABSOLUTE.found()
        case Problem.INVALID:
            return INVALID.found()
        case Problem.SCHEME_NOT_WEB:
            return SCHEME_NOT_WEB.found()
        case Problem.SCRIPT:
            return SCHEME_NOT_WEB.found(outcome=Outcome.FAILED)


def judge_link(register: Register, link: Link, *, is_known: bool) -> Iterator[Finding]:
    """Everything else about a link that opens.

    `is_known`: the host is the brand's or a named seller's, so that its ending is beyond doubt and
    nothing in the link can be borrowed from them.
    """
    if link.has_credentials:
        yield CREDENTIALS.found(h=link.shown)
    if link.is_rewritten:
        yield _rewritten(register, link)
    yield from judge_host(link, is_known=is_known)
    if link.port is not None:
        yield NONSTANDARD_PORT.found(h=link.shown, p=link.port)
    if link.scheme != "https":
        yield NOT_HTTPS.found(h=link.shown)
    has_name = not is_known and "." in link.after_host
    target = next(register.within(link.after_host.lower()), None) if has_name else None
    if target is not None:
        yield BRAND_OUTSIDE_HOST.found(h=link.shown, target=parse(f"https://{target}").shown)


def judge_host(link: Link, *, is_known: bool) -> Iterator[Finding]:
    """Whether the host is a public website's name at all."""
    if link.is_ip:
        yield HOST_IS_IP.found(h=link.shown)
    elif link.is_internal:
        yield LOCAL_HOST.found(h=link.shown)
    elif not link.is_public and not is_known:
        yield NO_PUBLIC_SUFFIX.found(h=link.shown)


def _rewritten(register: Register, link: Link) -> Finding:
    text = unicodedata.normalize("NFKC", link.as_written).lower()
    if any(name not in suffixes(link.name) for name in register.within(text)):
        return REWRITTEN.found(severity=Severity.WARNING, outcome=Outcome.FAILED, h=link.shown)
    return REWRITTEN.found(h=link.shown)
