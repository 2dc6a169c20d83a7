"""The wordings of `redirect.*`: where a link led when it was followed, on a date."""

from shop.assay.vocabulary import DEFAULT, Outcome, Rule, Severity

_LED_ON = {
    DEFAULT: "On {date} this link led on to {h2}, which is not a confirmed address of {seller}."
}

VIA_KNOWN = Rule(
    "redirect.via_known_redirector",
    Severity.INFO,  # a notice when it stopped there and nobody knows where it leads
    Outcome.NOT_APPLICABLE,
    {DEFAULT: "The link passes through {r}."},
)
FINAL_DIFFERS = Rule("redirect.final_differs", Severity.CAUTION, Outcome.FAILED, _LED_ON)
VIA_UNLISTED = Rule("redirect.via_unlisted", Severity.CAUTION, Outcome.FAILED, _LED_ON)
LEAVES_VERIFIED = Rule("redirect.leaves_verified", Severity.CAUTION, Outcome.FAILED, _LED_ON)
SHORTENER_UNRESOLVED = Rule(
    "redirect.shortener_unresolved",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "This short link hides where it goes; we have not been able to follow it."},
)
DOWNGRADED = Rule(
    "redirect.downgraded_to_http",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "On {date} the link moved to an unencrypted page."},
)
TOO_MANY = Rule(
    "redirect.too_many",
    Severity.NOTICE,
    Outcome.INDETERMINATE,
    {DEFAULT: "On {date} the link kept redirecting."},
)
BLOCKED_ADDRESS = Rule(
    "redirect.blocked_address",
    Severity.WARNING,
    Outcome.FAILED,
    {DEFAULT: "On {date} the link led to an internal network address, so we stopped."},
)
CHANGED = Rule(
    "redirect.changed",
    Severity.NOTICE,
    Outcome.INDETERMINATE,  # told without doubt when it leads to a confirmed address again
    {DEFAULT: "The destination changed since our last check on {date}."},
)

RULES = (
    VIA_KNOWN,
    FINAL_DIFFERS,
    VIA_UNLISTED,
    LEAVES_VERIFIED,
    SHORTENER_UNRESOLVED,
    DOWNGRADED,
    TOO_MANY,
    BLOCKED_ADDRESS,
    CHANGED,
)
