"""Does the host contradict what the link is said to be? (code `seller.mismatch_declared`)

Without a statement an unknown shop is only unverified: nobody promised anything.
"""

from collections.abc import Iterator, Sequence

from shop.assay.sellers.facts import Host, OfferFacts, Statement
from shop.assay.sellers.hostnames import Link, host_of
from shop.assay.sellers.identity import Identity
from shop.assay.sellers.identity_rules import (
    AUTHORIZATION_EXPIRED,
    AUTHORIZATION_REVOKED,
    AUTHORIZED_PAGE,
    LIST_UNAVAILABLE,
    MARKETPLACE_UNKNOWN_SELLER,
    MISMATCH_DECLARED,
    NOT_LISTED,
)
from shop.assay.sellers.names import spellings
from shop.assay.vocabulary import Finding

# Statements that only the brand's own word could bear out.
_OF_THE_BRAND = frozenset({Statement.OFFICIAL, Statement.AUTHORIZED, Statement.AUTHENTIC})
# What is said of a seller whom the brand names no more, or not yet.
_NOT_TODAY = (AUTHORIZATION_EXPIRED, AUTHORIZATION_REVOKED, NOT_LISTED, LIST_UNAVAILABLE)


def contradicted(facts: OfferFacts, link: Link, identity: Identity) -> Iterator[Finding]:
    """One finding when a label or a statement does not fit the host."""
    if _is_labelled_as_another(facts, link, identity):
        yield MISMATCH_DECLARED.found(
            "labelled", seller=facts.declared_seller, h=link.shown, brand=facts.product.brand
        )
    elif facts.statement in _OF_THE_BRAND and _names_nobody_there(identity):
        yield MISMATCH_DECLARED.found(
            "stated", statement=facts.statement.value, h=link.shown, brand=facts.product.brand
        )


def is_declared(facts: OfferFacts) -> bool:
    """Whether somebody ties this link to the brand in words."""
    return facts.statement in _OF_THE_BRAND or _is_label_of_brand(facts)


def _is_labelled_as_another(facts: OfferFacts, link: Link, identity: Identity) -> bool:
    """A label contradicts the host when its owner's addresses are known and this is none of them.

    The brand's own name on an address that the brand never showed us needs no such list, unless
    the brand names this very page. Under a market's address anybody may sell.
    """
    if not facts.declared_seller:
        return False
    if _is_label_of_brand(facts):
        is_own = any(host.covers(link.name) for host in facts.product.official)
        return not is_own and identity.finding.rule is not AUTHORIZED_PAGE
    if identity.finding.rule is MARKETPLACE_UNKNOWN_SELLER:
        return False
    hosts = [
        host
        for seller in facts.product.sellers
        if _is_called(facts.declared_seller, seller.name, seller.hosts)
        for host in seller.hosts
    ]
    return bool(hosts) and not any(host.covers(link.name) for host in hosts)


def _is_label_of_brand(facts: OfferFacts) -> bool:
    product = facts.product
    return bool(facts.declared_seller) and _is_called(
        facts.declared_seller, product.brand, product.official
    )


def _is_called(label: str, name: str, hosts: Sequence[Host]) -> bool:
    """Whether a label says this name, "and" for "&" included, or one of its addresses."""
    if not set(spellings(label)).isdisjoint(spellings(name)):
        return True
    return "." in label and host_of(label).removeprefix("www.") in {host.name for host in hosts}


def _names_nobody_there(identity: Identity) -> bool:
    return not identity.is_named or identity.finding.rule in _NOT_TODAY
