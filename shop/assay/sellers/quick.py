"""Which links can be answered at once? Those at which nothing is odd: nearly all.

Two kinds: a host that is one seller's alone, whom the brand's word and a proof verify for every
address of theirs; and one that nobody knows, under a usual ending, of which only its name is asked.
The answers are those of `checks.judge`, which a test holds them to; about any other link nothing is
said here.
"""

from datetime import date

from shop.assay.sellers.endings import LONGEST_HOST, usual_site
from shop.assay.sellers.facts import OfferFacts
from shop.assay.sellers.hostnames import USUAL, parse
from shop.assay.sellers.identity import identify, unlisted
from shop.assay.sellers.identity_rules import AUTHORIZED, OFFICIAL
from shop.assay.sellers.lookalikes import resembling
from shop.assay.sellers.protected import Index
from shop.assay.sellers.redirectors import passes_on
from shop.assay.sellers.register import Known, Register, Terms
from shop.assay.sellers.sight import Sight
from shop.assay.sellers.trades import holds_trade_word, judge_trade
from shop.assay.vocabulary import Finding

_VERIFIED = (AUTHORIZED, OFFICIAL)
_ASKED_AT_LENGTH = ""
_BEFORE_HOST = len("https://")


class Quick:
    """The answers about many links of one product on one day, where they need no thought."""

    def __init__(self, register: Register, index: Index, today: date) -> None:
        self._register = register
        self._index = index
        self._facts = OfferFacts("", register.product)  # nothing was said or seen
        self._unlisted = unlisted(register.product, today)
        self._brand = register.product.brand
        self._today = today
        self._days: dict[Terms, str] = {}  # of the list, or of the proof of the brand's own

    def answer(self, text: str) -> tuple[Finding, ...] | None:
        """Every finding about one link; None when it must be asked at length."""
        usual = USUAL.match(text)
        if usual is None:
            return None
        host: str = usual[1]
        if "xn--" in host or len(host) > LONGEST_HOST:
            return None
        known = self._register.nearest(host)
        if known.__class__ is Known:
            return self._of_the_verified(known, host)
        return self._of_a_stranger(host, text) if known is None else None

    def _of_the_verified(self, known: Known, host: str) -> tuple[Finding, ...] | None:
        terms = known.terms
        day = self._days.get(terms)
        if day is None:
            day = self._days[terms] = self._day_of(known)
        is_proven = terms.is_deep or host == known.host.name
        if day == _ASKED_AT_LENGTH or not is_proven:
            return None
        if terms.is_the_brands:
            return (OFFICIAL.of_texts({"h": host, "brand": self._brand, "date": day}),)
        details = {"h": host, "brand": self._brand, "seller": known.owner, "date": day}
        return (AUTHORIZED.of_texts(details),)

    def _of_a_stranger(self, host: str, text: str) -> tuple[Finding, ...] | None:
        """What is said of a host that nobody knows, under an ending that says nothing itself."""
        site = usual_site(host)
        if not site or passes_on(site) or self._register.refusing(host) is not None:
            return None
        if "." in text[len(host) + _BEFORE_HOST :] and self._names_somebody(text):
            return None
        sight = Sight(host, host, site)
        others = self._index.targets_around(sight)
        ours = () if self._register.is_far(sight) else self._register.near(sight)
        rule, details = self._unlisted
        found = [rule.of_texts({"h": host, **details})]
        if ours or others:
            finding = resembling(self._facts, sight, ours, others)
            found += [] if finding is None else [finding]
        if holds_trade_word(sight.label):
            found += judge_trade(self._facts, sight.label, host)
        return tuple(found)

    def _names_somebody(self, text: str) -> bool:
        """Whether a host on record stands after the link's own."""
        return any(self._register.within(parse(text).after_host.lower()))

    def _day_of(self, known: Known) -> str:
        """The date in the finding about the host itself, if that verifies.

        Nothing else of the finding depends on more than the terms, but for the names.
        """
        link = parse(f"https://{known.host.name}")
        finding = identify(self._register, link, self._today).finding
        return finding.details["date"] if finding.rule in _VERIFIED else _ASKED_AT_LENGTH
