"""Which of a retailer's addresses does a brand's word reach?

A brand's list names a seller with its addresses, and only those: whatever another brand, or our
staff, put on record for the same retailer stays outside. An address that only brands name counts
for those brands alone until its owner proved it; so no list can lend another brand's seller an
address.
"""

from collections.abc import Sequence

from shop.assay.sellers.facts import ProofMethod
from shop.assay.sellers.hostnames import suffixes
from shop.sellers import proof_standing
from shop.sellers.models import Authorization, Domain, DomainProof


def reached(domains: Sequence[Domain], said: Authorization) -> list[Domain]:
    """Of a retailer's addresses those for which a brand named it. They come with their proofs."""
    if said.hosts is None:
        return standing_alone(domains)
    named = set(said.hosts)
    return [each for each in domains if not named.isdisjoint(suffixes(each.host))]


def standing_alone(domains: Sequence[Domain]) -> list[Domain]:
    """Of a retailer's addresses those that count whoever names it."""
    return [each for each in domains if _stands_alone(each)]


def beside(domains: Sequence[Domain], said: Sequence[Authorization]) -> list[Domain]:
    """The retailer's addresses that none of these reaches: its own, and not named by the brand."""
    taken = {each.id for word in said for each in reached(domains, word)}
    return [each for each in standing_alone(domains) if each.id not in taken]


def proofs_for(domain: Domain, domains: Sequence[Domain]) -> Sequence[DomainProof]:
    """The proofs that speak for an address: its own, and those in the DNS at or above it."""
    own = proof_standing.standing(domain)
    above = set(suffixes(domain.host))
    wide = [each for each in domains if each.host in above and _below(each)]
    if not wide:
        return proof_standing.current(domain)
    nearest = max(wide, key=_length)
    return [*_below(nearest), *own] if nearest is not domain else own


def _stands_alone(domain: Domain) -> bool:
    return domain.named_by_id is None or bool(proof_standing.standing(domain))


def _below(domain: Domain) -> Sequence[DomainProof]:
    """Its proofs that reach further than its own host."""
    return () if domain.is_exact else proof_standing.standing(domain, ProofMethod.DNS)


def _length(domain: Domain) -> int:
    return len(domain.host)
