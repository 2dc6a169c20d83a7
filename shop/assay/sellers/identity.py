"""Does the site belong to somebody whom the brand names? (codes `seller.*`)

Only a list verifies, with proof that the seller controls the address; a string never does.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from shop.assay.sellers.facts import (
    Authorization,
    AuthorizationStatus,
    Host,
    NotAuthorized,
    ProductFacts,
    Proof,
    ProofState,
    Seller,
    Source,
)
from shop.assay.sellers.hostnames import Link
from shop.assay.sellers.identity_rules import (
    AUTHORIZATION_EXPIRED,
    AUTHORIZATION_REVOKED,
    AUTHORIZED,
    AUTHORIZED_PAGE,
    HOSTED_PLATFORM,
    LIST_UNAVAILABLE,
    LISTED_AS_UNAUTHORIZED,
    LISTED_BY_STAFF_ONLY,
    MARKETPLACE_UNKNOWN_SELLER,
    NO_DOMAIN_PROOF,
    NOT_COVERED,
    NOT_LISTED,
    OFFICIAL,
    PROOF_LOST,
    PROOF_STALE,
)
from shop.assay.sellers.paths import is_below
from shop.assay.sellers.register import Known, Register
from shop.assay.vocabulary import Finding, Outcome, Rule, day_text

_WORLD = "001"
_Seen = tuple[Seller, Host]


class Identity(NamedTuple):
    """The one identity finding, and what the other tests need to know of it."""

    finding: Finding
    is_named: bool  # an address of the brand, or of a seller that the brand or our staff names

    @property
    def is_verified(self) -> bool:
        return self.finding.outcome is Outcome.PASSED


def identify(register: Register, link: Link, today: date) -> Identity:
    """Walk the names that the host stands under through the product's own table."""
    facts, name = register.product, link.name
    known = register.covering(name)
    refused = register.refusing(name)
    if len(known) == 1 and refused is None:
        return _of_the_only(facts, link, known[0], today)
    official = [each.host for each in known if each.seller is None]
    seen = [(each.seller, each.host) for each in known if each.seller is not None]
    named = [pair for pair in seen if pair[0].authorization is not None]
    if refused is not None and not _is_nearer([*official, *_hosts(named)], refused):
        finding = LISTED_AS_UNAUTHORIZED.found(
            h=link.shown, brand=facts.brand, date=refused.named_on
        )
        return Identity(finding, is_named=False)
    if official:
        host = max(official, key=lambda host: (_proof_rank(host, link, today), len(host.name)))
        return Identity(_official(facts, link, host, today), is_named=True)
    if named:
        found = [_authorized(facts, link, pair, today) for pair in named]
        return Identity(min(found, key=_best_first), is_named=True)
    return Identity(_unnamed(facts, link, seen, today), is_named=False)


def _of_the_only(facts: ProductFacts, link: Link, known: Known, today: date) -> Identity:
    """As for several, without a choice to make: so it is for nearly every host."""
    if known.seller is None:
        return Identity(_official(facts, link, known.host, today), is_named=True)
    is_named = known.seller.authorization is not None
    pair = (known.seller, known.host)
    return Identity(_authorized(facts, link, pair, today), is_named=is_named)


def unlisted(facts: ProductFacts, today: date) -> tuple[Rule, dict[str, str]]:
    """What is said of a host whom the brand does not name, but for the host."""
    listed = facts.current_list(today)
    if listed is None:
        return LIST_UNAVAILABLE, {"brand": facts.brand}
    return NOT_LISTED, {"brand": facts.brand, "date": day_text(listed.dated)}


def platform(link: Link, identity: Identity) -> Iterator[Finding]:
    """That a name is a tenant's, when nobody vouches for the tenant."""
    if link.platform and not identity.is_named:
        yield HOSTED_PLATFORM.found(h=link.shown, platform=link.platform)


def _official(facts: ProductFacts, link: Link, host: Host, today: date) -> Finding:
    lacking = _lacking_proof(facts, link, facts.brand, host, today)
    if lacking is not None or host.proof.verified_on is None:
        return lacking or NO_DOMAIN_PROOF.found(h=link.shown, brand=facts.brand, seller=facts.brand)
    day = day_text(host.proof.verified_on)
    return OFFICIAL.of_texts({"h": link.shown, "brand": facts.brand, "date": day})


def _authorized(facts: ProductFacts, link: Link, pair: _Seen, today: date) -> Finding:
    """What the brand's word for this seller comes to, for this link, today."""
    seller, host = pair
    said = seller.authorization
    if said is None:
        return _unnamed(facts, link, [pair], today)
    limit = _limit(facts, link, seller, said, today)
    if limit is not None:
        return limit
    if said.paths:
        rule = AUTHORIZED_PAGE if _holds_pages(host, link) else MARKETPLACE_UNKNOWN_SELLER
        return rule.found(h=link.shown, brand=facts.brand, seller=seller.name)
    if seller.is_marketplace:
        return MARKETPLACE_UNKNOWN_SELLER.found(h=link.shown, seller=seller.name)
    lacking = _lacking_proof(facts, link, seller.name, host, today)
    if lacking is not None:
        return lacking
    day = day_text(_list_date(facts, said, today))
    return AUTHORIZED.of_texts(
        {"h": link.shown, "brand": facts.brand, "seller": seller.name, "date": day}
    )


def _limit(
    facts: ProductFacts, link: Link, seller: Seller, said: Authorization, today: date
) -> Finding | None:
    """Where the brand's word ends before it reaches this link."""
    if said.status is AuthorizationStatus.REVOKED:
        return AUTHORIZATION_REVOKED.found(
            h=link.shown,
            brand=facts.brand,
            seller=seller.name,
            date=said.revoked_on or said.ends_on or today,
        )
    if said.source is Source.STAFF:
        return LISTED_BY_STAFF_ONLY.found(h=link.shown, brand=facts.brand, seller=seller.name)
    ended = _ended_on(facts, said)
    if ended and ended < today:
        return AUTHORIZATION_EXPIRED.found(
            h=link.shown, brand=facts.brand, seller=seller.name, date=ended
        )
    if said.starts_on and said.starts_on > today:
        return _not_listed(facts, link, today)
    has_limits = said.regions or said.products or said.paths
    return _limit_of_scope(facts, link, seller, said) if has_limits else None


def _holds_pages(host: Host, link: Link) -> bool:
    """Whether a listed page may be on this host: the same path below it can be anybody's."""
    is_the_same = link.name.removeprefix("www.") == host.name.removeprefix("www.")
    return is_the_same or (host.proof.state is ProofState.OK and host.is_proven_for(link.name))


def _limit_of_scope(
    facts: ProductFacts, link: Link, seller: Seller, said: Authorization
) -> Finding | None:
    is_elsewhere = said.regions and not _names_one(said.regions, (facts.region, _WORLD))
    if is_elsewhere or (said.products and not _names_one(said.products, facts.product_keys)):
        return NOT_COVERED.found(h=link.shown, brand=facts.brand, seller=seller.name)
    if said.paths and not any(is_below(link.segments, path) for path in said.paths):
        return MARKETPLACE_UNKNOWN_SELLER.found(h=link.shown, seller=seller.name)
    return None


def _unnamed(facts: ProductFacts, link: Link, seen: list[_Seen], today: date) -> Finding:
    marketplace = next((seller for seller, _ in seen if seller.is_marketplace), None)
    if marketplace is not None:
        return MARKETPLACE_UNKNOWN_SELLER.found(h=link.shown, seller=marketplace.name)
    return _not_listed(facts, link, today)


def _not_listed(facts: ProductFacts, link: Link, today: date) -> Finding:
    rule, details = unlisted(facts, today)
    return rule.of_texts({"h": link.shown, **details})


def _lacking_proof(
    facts: ProductFacts, link: Link, owner: str, host: Host, today: date
) -> Finding | None:
    """What is wrong with the proof that `owner` controls this address; None when it holds."""
    proof = host.proof
    if _holds(proof, today) and host.is_proven_for(link.name):
        return None
    is_shown = proof.state is not ProofState.NONE and host.is_proven_for(link.name)
    if not is_shown or proof.verified_on is None or proof.verified_on > today:
        return NO_DOMAIN_PROOF.found(h=link.shown, brand=facts.brand, seller=owner)
    if proof.state is ProofState.LOST:
        return PROOF_LOST.found(h=link.shown, date=proof.lost_on or today)
    return PROOF_STALE.found(h=link.shown, date=proof.verified_on)


def _holds(proof: Proof, today: date) -> bool:
    """Whether a proof is there and in date."""
    if proof.state is not ProofState.OK or not proof.verified_on:
        return False
    return proof.verified_on <= today and not _has_run_out(proof, today)


def _has_run_out(proof: Proof, today: date) -> bool:
    return proof.expires_on is not None and proof.expires_on < today


def _proof_rank(host: Host, link: Link, today: date) -> int:
    holds = host.proof.state is ProofState.OK and not _has_run_out(host.proof, today)
    return 2 * holds + host.is_proven_for(link.name)


def _is_nearer(hosts: list[Host], refused: NotAuthorized) -> bool:
    return any(len(host.name) > len(refused.host) for host in hosts)


def _hosts(seen: list[_Seen]) -> list[Host]:
    return [host for _, host in seen]


def _best_first(finding: Finding) -> tuple[bool, bool]:
    """A pass stands whatever else is on record; short of one, a revocation outweighs the rest."""
    return finding.outcome is not Outcome.PASSED, finding.outcome is not Outcome.FAILED


def _ended_on(facts: ProductFacts, said: Authorization) -> date | None:
    """A published list that has run out takes its entries with it."""
    listed = facts.seller_list
    if listed is None or listed.expires_on is None or said.source is not Source.BRAND_LIST:
        return said.ends_on
    return listed.expires_on if said.ends_on is None else min(said.ends_on, listed.expires_on)


def _list_date(facts: ProductFacts, said: Authorization, today: date) -> date:
    dated = facts.seller_list.dated if facts.seller_list else None
    return said.listed_on or dated or said.starts_on or today


def _names_one(listed: tuple[str, ...], ours: tuple[str, ...]) -> bool:
    names = {name.casefold() for name in listed}
    return any(name.casefold() in names for name in ours)
