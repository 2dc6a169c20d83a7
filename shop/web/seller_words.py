"""Every word about sellers and their links that is not a finding's own sentence.

Tone as in `web.words`: what was checked, by whom, when; never a suspicion aloud.
"""

from collections.abc import Iterable, Mapping, Sequence

from shop.assay.policy import Mark
from shop.assay.sellers.facts import ProofMethod, SellerState
from shop.assay.vocabulary import Finding, Outcome, Severity, readable
from shop.sellers.official import Site
from shop.web.words import Words

UNCONFIRMED = "We could not confirm this seller. That is not a finding against it."
# The four states: shape, word, and what the method page says of each. Colors follow the shape.
STATES: Mapping[SellerState, Words] = {
    SellerState.VERIFIED: Words(
        Mark.OK,
        "Verified",
        "The brand names this shop, or owns it, and we have proof of who controls the address. "
        "The link goes straight there.",
    ),
    SellerState.UNVERIFIED: Words(
        Mark.NONE,
        "Not confirmed",
        f"{UNCONFIRMED} We say what is missing. The link goes straight there.",
    ),
    SellerState.MISMATCHED: Words(
        Mark.WARN,
        "Does not match",
        "What is said with the link and what it opens do not agree, or the brand itself says no. "
        "You see the facts before you go.",
    ),
    SellerState.SUSPICIOUS: Words(
        Mark.WARN,
        "Compare the address",
        "The address can be taken for another one, hides what it opens, or stands on a public "
        "list. You see what differs before you go.",
    ),
}
# What each way of showing control of an address is called.
PROOFS: Mapping[ProofMethod, str] = {
    ProofMethod.DNS: "with a DNS record",
    ProofMethod.FILE: "with a file on the site",
    ProofMethod.META: "with a mark on its first page",
}
# How we check sellers, as the method page tells it: title -> sentences.
METHOD: Mapping[str, str] = {
    "A list, and a proof": "A brand publishes at its own address whom it names as sellers. We "
    "read that list daily, keep the last good copy with its date, and treat it as ended when it "
    "says so. A shop shows us that it controls its address: with a DNS record, a file, or a mark "
    "on its first page. A proof holds for 90 days and is looked for again every week. List and "
    "proof together verify a shop; either alone does not.",
    "Addresses that look alike": "We read an address as a browser does. One that differs by a "
    "letter, mixes alphabets, moves a hyphen, or puts a known name before another site is shown "
    "letter by letter beside the one that it can be taken for. These comparisons only ever lower "
    "a state.",
    "Where a link leads": "A worker of ours follows each link every week, and sooner when somebody "
    "used it and the last look is older than a day. A link that ends at an address which its "
    "seller has not confirmed does not match, whatever it shows.",
    "Registration and encryption": "An address that was registered anew after its proof may have a "
    "new owner, so the proof no longer counts. A certificate for another name, or a site that is "
    "not found, leaves a shop not confirmed.",
}
DISPUTE = "Dispute this finding"
TELL_US = "Tell us"
DISPUTE_LEDE = "A person reads what you send beside the evidence, and answers by mail."
DISPUTE_HINT = (
    "For example: the brand lists us since 3 Oct 2026, at this address. Nobody but our staff "
    "reads it. Leave out anything about health."
)
REPLY_HINT = "For our answer, and for nothing else. It is shown to nobody."
TOO_MANY = "You sent several in a short time. Wait a minute, then send this one"
RECEIVED = "We have your message"
RECEIVED_LEDE = (
    "A person reads it beside the evidence and answers by mail. If we were wrong, a new entry of "
    "the public ledger says so."
)
ANSWERED = "We have answered"
ANSWERED_LEDE = "Our answer went to the address that you gave us. We publish it nowhere."
LEAVING = "Check this address before you go"
MEANT = "Did you mean {twin}?"
_LEDE = (
    "You are about to leave Assay for a shop we could not connect to {brand}. "
    "That does not prove anything is wrong with it. Here is what we know."
)
_LOOKALIKE_LEDE = (
    "The link goes to an address that can be taken for another one. "
    "They are two different addresses."
)
_REDIRECT_LEDE = (
    "When we followed this link, it led on to another address than the one it shows. "
    "That does not prove anything is wrong with it. Here is what we know."
)
NOT_KNOWN = (
    "Whether the shop is honest, whether it stocks the product, or whether the product is real.",
    "Some good shops sell outside the trade that their name suggests.",
    "We do not send your details, or the page you came from, with the link.",
)
TAKEN_OFF = "We took this link off the product’s page, so there is no way on from here."
NO_WAY_ON = "What is on record for this shop is not a web address, so there is no way on from here."
NO_OFFICIAL = (
    "We know of no official shop of {brand}: it has not shown us which addresses are its own."
)

_PASSED: Mapping[str, str] = {
    "seller.official": "Brand’s own shop",
    "seller.authorized": "Named by the brand",
    "seller.authorized_page": "This page is named by the brand",
}
_LOOKS_ALIKE = Words(Mark.WARN, "Address looks like a known one, but is not")
_LEADS_ON = Words(Mark.WARN, "Link leads on to another address")
_REFUSED_BY_BRAND = Words(Mark.STOP, "The brand does not name this shop")
_NO_SITE = Words(Mark.WARN, "No named site behind the link")
_NOT_A_LINK = Words(Mark.STOP, "Not a web address")
# The heaviest first: the first failed finding here names the verdict.
_FAILED: Mapping[str, Words] = {
    "url.scheme_not_web": _NOT_A_LINK,
    "domain.on_public_list": Words(Mark.STOP, "Address is on a public list of harmful sites"),
    "redirect.blocked_address": Words(Mark.WARN, "Link leads to an internal address"),
    "name.lookalike_characters": _LOOKS_ALIKE,
    "name.mixed_scripts": Words(Mark.WARN, "Address mixes alphabets"),
    "name.typo": _LOOKS_ALIKE,
    "name.joined_or_split": _LOOKS_ALIKE,
    "name.brand_domain_embedded": _LOOKS_ALIKE,
    "name.brand_in_subdomain": _LOOKS_ALIKE,
    "url.credentials": Words(Mark.WARN, "Link shows one site and opens another"),
    "url.rewritten_by_browser": Words(Mark.WARN, "Link shows one site and opens another"),
    "url.host_is_ip": _NO_SITE,
    "url.local_host": _NO_SITE,
    "seller.authorization_revoked": _REFUSED_BY_BRAND,
    "seller.listed_as_unauthorized": _REFUSED_BY_BRAND,
    "redirect.leaves_verified": _LEADS_ON,
    "redirect.final_differs": _LEADS_ON,
    "redirect.via_unlisted": _LEADS_ON,
}
_DOES_NOT_MATCH = Words(Mark.WARN, "Address does not match the brand")
# How much could be confirmed of a shop: what comes first stands first on the page.
_CONFIRMED = (
    "seller.official",
    "seller.authorized",
    "seller.authorized_page",
    "seller.proof_stale",
    "seller.proof_lost",
    "seller.no_domain_proof",
    "seller.authorization_expired",
    "seller.product_or_region_not_covered",
    "seller.listed_by_staff_only",
    "seller.marketplace_unknown_seller",
    "seller.not_listed",
    "seller.list_unavailable",
)
_STATES_IN_ORDER = (
    SellerState.VERIFIED,
    SellerState.UNVERIFIED,
    SellerState.MISMATCHED,
    SellerState.SUSPICIOUS,
)
_HIDDEN: Mapping[SellerState, str] = {
    SellerState.VERIFIED: "verified",
    SellerState.UNVERIFIED: "not confirmed",
    SellerState.MISMATCHED: "with an address that does not match",
    SellerState.SUSPICIOUS: "with an address to compare",
}
_NOT_CHECKED = "not checked yet"


def state(outcome: Outcome, findings: Iterable[Finding]) -> SellerState:
    """A published verdict's state: severity tells two kinds of failure apart."""
    match outcome:
        case Outcome.PASSED:
            return SellerState.VERIFIED
        case Outcome.FAILED:
            heavy = (each.severity.rank >= Severity.WARNING.rank for each in _failed(findings))
            return SellerState.SUSPICIOUS if any(heavy) else SellerState.MISMATCHED
        case Outcome.INDETERMINATE | Outcome.NOT_APPLICABLE:
            return SellerState.UNVERIFIED


def offer(outcome: Outcome, findings: Iterable[Finding]) -> Words:
    """The title of a seller's verdict, from the findings that decided it."""
    found = list(findings)
    match state(outcome, found):
        case SellerState.VERIFIED:
            return Words(Mark.OK, _title_of_passed(found))
        case SellerState.UNVERIFIED:
            return Words(Mark.NONE, STATES[SellerState.UNVERIFIED].title, UNCONFIRMED)
        case SellerState.MISMATCHED | SellerState.SUSPICIOUS:
            return _words_of_failed(found)


def place(outcome: Outcome, findings: Iterable[Finding]) -> tuple[int, int]:
    """Where a seller stands among others: by state, then by how much could be confirmed."""
    found = list(findings)
    codes = [each.rule.code for each in found]
    known = [_CONFIRMED.index(code) for code in codes if code in _CONFIRMED]
    return _STATES_IN_ORDER.index(state(outcome, found)), min(known, default=len(_CONFIRMED))


def official(brand: str, site: Site | None) -> str:
    """The brand's own address with the date of its proof, or that none is known."""
    if site is None or site.proven_on is None:
        return NO_OFFICIAL.format(brand=brand)
    how = f"{PROOFS[site.method]} " if site.method is not None else ""
    day = readable(site.proven_on.isoformat())
    return f"{brand} showed us {how}on {day} that this address is its own."


def twin(brand: str, site: Site | None, owner: str) -> str:
    """Whose the address is that another one resembles."""
    if site is not None and site.proven_on is not None:
        return official(brand, site)
    return (
        f"On record as an address of {owner}."
        if owner
        else "A name that we compare addresses with."
    )


def lede(brand: str, findings: Iterable[Finding], *, has_twin: bool) -> str:
    """What the page before the way out says first."""
    if has_twin:
        return _LOOKALIKE_LEDE
    is_led_on = any(each.rule.code.startswith("redirect.") for each in _failed(findings))
    return _REDIRECT_LEDE if is_led_on else _LEDE.format(brand=brand)


def hidden(states: Sequence[SellerState | None]) -> str:
    """What the filter leaves out, and why: "2 shops are hidden: 1 not confirmed, ..."."""
    if not states:
        return "No shop is hidden: every one on record is verified."
    counted = [
        f"{states.count(each)} {_HIDDEN[each] if each else _NOT_CHECKED}"
        for each in (*_STATES_IN_ORDER, None)
        if each in states
    ]
    many = "1 shop is" if len(states) == 1 else f"{len(states)} shops are"
    return f"{many} hidden: {', '.join(counted)}."


def _failed(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.outcome is Outcome.FAILED]


def _title_of_passed(findings: Sequence[Finding]) -> str:
    codes = {finding.rule.code for finding in findings}
    return next((text for code, text in _PASSED.items() if code in codes), "Confirmed by our staff")


def _words_of_failed(findings: Sequence[Finding]) -> Words:
    codes = {finding.rule.code for finding in _failed(findings)}
    if not codes:
        return Words(Mark.WARN, "Our staff found that it does not match")
    return next((told for code, told in _FAILED.items() if code in codes), _DOES_NOT_MATCH)
