"""Every word of "Check a link" that is not a finding's own sentence."""

from collections.abc import Iterable, Mapping, Sequence

from shop.assay.policy import Mark
from shop.assay.sellers.facts import Statement
from shop.assay.sellers.hostnames import Problem
from shop.assay.vocabulary import Finding, Outcome
from shop.web.words import Words

TITLE = "Check a link"
AGAIN = "Ask again, or check another link"
LEDE = (
    "Paste a link from an advertisement, a message or a search. We tell you what is on "
    "record about whose address it is."
)
ASIDE = (
    "Only the brand’s own list, with proof of who controls an address, verifies a shop.",
    "A name that looks right proves nothing.",
    "We do not open the link and do not keep it.",
)
LINK_HINT = "The whole link, as it was sent to you. You need not open it."
BRAND_HINT = "Whose product it is said to sell. Leave it empty to ask all brands on record."
SAYS_HINT = "What the page, the message or the advertisement says of the shop."
NO_LINK = "Paste the link that you want to check"
TOO_LONG = (
    "This link has more than {longest:,} characters. Paste its beginning, up to the first “?”"
)
NO_BRAND = "We have no brand of this name on record. Choose one, or leave this empty"
NO_BRAND_NEAR = "We have no brand of this name on record. Close to it: {near}"
NOBODY = Words(
    Mark.NONE,
    "No brand or shop on record has this address",
    "That is not a finding against it. Name the brand, and we compare the address with its own.",
)
NOT_A_LINK = Words(Mark.STOP, "Not a web address")
READ_AS = "You typed no https:// before it; we read it as {link}."
OWNED = "On record as an address of {owner}. Which brands name it as a seller: {brands}."
OWNED_UNNAMED = "On record as an address of {owner}. No brand on record names it as a seller."
PARTS: Mapping[str, str] = {
    "site": "The site",
    "platform": "A page on",
    "before": "Before the site",
    "plain": "In plain letters",
    "port": "Port",
    "page": "Page",
    "written": "As written",
}
# What a page or an advertisement may say of the shop that it leads to.
STATEMENTS: Mapping[str, str] = {
    "": "Nothing, or I do not know",
    Statement.OFFICIAL.value: "It is the brand’s official shop",
    Statement.AUTHORIZED.value: "It is an authorized seller",
    Statement.AUTHENTIC.value: "It sells the authentic product",
}
NOT_LINKS: Mapping[Problem, str] = {
    Problem.NOT_ABSOLUTE: "It names no website. A link begins with https:// and a site’s name.",
    Problem.SCHEME_NOT_WEB: "It opens something other than a website.",
    Problem.SCRIPT: "It would run a script or show its own content instead of opening a website. "
    "Do not paste it into a browser.",
    Problem.INVALID: "No browser can open it. Copy it again: a part of it may be missing.",
}
NOT_DONE = (
    "We did not open the link. This answer comes from what is on record, each with its date.",
    "We did not keep what you pasted.",
    "We do not know whether a shop is honest or what it would send you.",
)

# What would change an answer, by the finding that gave it.
_CHANGES: Mapping[str, str] = {
    "seller.official": "The proof running out, or the brand giving the address up.",
    "seller.authorized": "The brand taking the shop off its list, or the proof running out.",
    "seller.authorized_page": "The brand taking the page off its list.",
    "seller.not_listed": "The brand naming this shop on its list.",
    "seller.list_unavailable": "A list of sellers that the brand publishes at its own address.",
    "seller.listed_by_staff_only": "The brand naming this shop on a list of its own.",
    "seller.no_domain_proof": "The shop showing us that it controls this address.",
    "seller.proof_stale": "A fresh proof of who controls this address.",
    "seller.proof_lost": "A fresh proof of who controls this address.",
    "domain.registration_changed": "A fresh proof of who controls this address.",
    "seller.authorization_expired": "The brand renewing its authorization.",
    "seller.authorization_revoked": "The brand naming the shop again.",
    "seller.listed_as_unauthorized": "The brand’s own page no longer naming this address.",
    "seller.product_or_region_not_covered": "The brand’s list covering this product and the "
    "United States. If you did not choose a product, choose it.",
    "seller.mismatch_declared": "The brand naming this shop, or the link no longer being labeled "
    "as it is.",
    "seller.marketplace_unknown_seller": "A link to the page of a seller that the brand names.",
    "seller.hosted_platform": "The brand naming this very page on its list.",
    "redirect.via_known_redirector": "The address that opens in the end: paste that one instead.",
    "redirect.shortener_unresolved": "The address that opens in the end: paste that one instead.",
    "url.nonstandard_port": "The same address without its port.",
    "url.not_absolute": "A whole link, copied from the address bar.",
    "url.invalid": "A whole link, copied from the address bar.",
    "url.scheme_not_web": "A link that begins with https://.",
}
_CHANGES_BY_KIND: Mapping[str, str] = {
    "name": "The brand telling us that this address is its own, or naming it on its list.",
    "url": "A link that opens the shop by its plain name.",
    "host": "A link that opens the shop by its public name.",
    "redirect": "A later look that finds the link ending at a confirmed address.",
    "tls": "A later look that finds the site there, with a certificate for its name.",
    "dns": "A later look that finds the site there.",
    "domain": "Time, or the list taking the address off.",
}


def changes(findings: Iterable[Finding]) -> Sequence[str]:
    """What would change the answer, each said once."""
    found = [each for each in findings if each.outcome is not Outcome.NOT_APPLICABLE]
    told = [_change(each.rule.code) for each in found]
    return list(dict.fromkeys(filter(None, told)))


def _change(code: str) -> str:
    return _CHANGES.get(code) or _CHANGES_BY_KIND.get(code.partition(".")[0], "")
