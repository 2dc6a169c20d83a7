"""Which of a retailer's addresses does a brand's word reach?

A brand's list names a seller with its addresses, and only those: whatever another brand, or our
staff, put on record for the same retailer stays outside. An address that only brands name counts
for those brands alone until its owner proved it; so no list can lend another brand's seller an
address.
"""

from collections.abc import Sequence

from shop.assay.sellers.facts import ProofMethod, ProofState
from shop.assay.sellers.hostnames import suffixes
from shop.sellers.models import Authorization, Domain, DomainProof


def reached(domains: Sequence[Domain], said: Authorization) -> list[Domain]:
    """Of a retailer's addresses those for which a brand named it. They come with their proofs."""
    if said.hosts is None:
        return [each for each in domains if _stands_alone(each)]
    named = set(said.hosts)
    return [each for each in domains if not named.isdisjoint(suffixes(each.host))]


def beside(domains: Sequence[Domain], said: Sequence[Authorization]) -> list[Domain]:
    """The retailer's addresses that none of these reaches: its own, and not named by the brand."""
    taken = {each.id for word in said for each in reached(domains, word)}
    return [each for each in domains if each.id not in taken and _stands_alone(each)]


def proofs_for(domain: Domain, domains: Sequence[Domain]) -> Sequence[DomainProof]:
    """The proofs that speak for an address: its own, else those in the DNS above it."""
    if _is_proven(domain):
        return domain.proofs
    above = set(suffixes(domain.host))
    wide = [each for each in domains if each.host in above and _is_proven_below(each)]
    return max(wide, key=lambda each: len(each.host)).proofs if wide else domain.proofs


def _stands_alone(domain: Domain) -> bool:
    return domain.named_by_id is None or _is_proven(domain)


def _is_proven(domain: Domain) -> bool:
    return bool(domain.proofs) and domain.proofs[-1].state == ProofState.OK


def _is_proven_below(domain: Domain) -> bool:
    return (
        _is_proven(domain) and not domain.is_exact and domain.proofs[-1].method == ProofMethod.DNS
    )
