"""Which links can be answered at once? Those at which nothing is odd: nearly all.

Two kinds: a host that is one seller's alone, whom the brand's word and a proof verify for every
address of theirs; and one that nobody knows and that is near no name. The answers are those of
`checks.judge`, which a test holds them to; about any other link nothing is said here.
"""

from datetime import date

from shop.assay.sellers.endings import LONGEST_HOST
from shop.assay.sellers.hostnames import USUAL, parse
from shop.assay.sellers.identity import identify
from shop.assay.sellers.identity_rules import AUTHORIZED, OFFICIAL
from shop.assay.sellers.register import Known, Register, Terms
from shop.assay.vocabulary import Finding

_VERIFIED = (AUTHORIZED, OFFICIAL)
_ASKED_AT_LENGTH = ""


class Quick:
    """The answers about many links of one product on one day, where they need no thought."""

    def __init__(self, register: Register, today: date) -> None:
        self._register = register
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
        return None

    def _of_the_verified(self, known: Known, host: str) -> tuple[Finding, ...] | None:
        terms = known.terms
        day = self._days.get(terms)
        if day is None:
            day = self._days[terms] = self._day_of(known)
        is_proven = terms.is_deep or host == known.host.name
        if day == _ASKED_AT_LENGTH or not is_proven:
            return None
        seller = known.seller
        if seller is None:
            return (OFFICIAL.of_texts({"h": host, "brand": self._brand, "date": day}),)
        details = {"h": host, "brand": self._brand, "seller": seller.name, "date": day}
        return (AUTHORIZED.of_texts(details),)

    def _day_of(self, known: Known) -> str:
        """The date in the finding about the host itself, if that verifies.

        Nothing else of the finding depends on more than the terms, but for the names.
        """
        link = parse(f"https://{known.host.name}")
        finding = identify(self._register, link, self._today).finding
        return finding.details["date"] if finding.rule in _VERIFIED else _ASKED_AT_LENGTH
