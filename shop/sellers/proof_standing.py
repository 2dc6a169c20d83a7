"""Which of an address's proofs count? What was lost by one method hides nothing of another."""

from collections.abc import Sequence

from shop.assay.sellers.facts import ProofMethod, ProofState
from shop.sellers.models import Domain, DomainProof

_BEST_FIRST = (ProofState.OK, ProofState.STALE, ProofState.LOST, ProofState.NONE)
_STRONGEST_FIRST = (ProofMethod.DNS, ProofMethod.FILE, ProofMethod.META)


def current(domain: Domain) -> Sequence[DomainProof]:
    """The proofs that bear on it, the best first: all that stand, else what is left of one.

    Those that stand reach differently far and end on different days, so none replaces another.
    The domain comes with its proofs.
    """
    ranked = sorted(domain.proofs, key=_rank)
    return standing(domain) or ranked[:1]


def standing(domain: Domain, *methods: ProofMethod) -> Sequence[DomainProof]:
    """Those that were confirmed and not lost, the strongest first. Their days may have run out."""
    wanted = methods or _STRONGEST_FIRST
    good = [each for each in domain.proofs if each.state == ProofState.OK]
    return sorted((each for each in good if each.method in wanted), key=_rank)


def _rank(proof: DomainProof) -> tuple[int, int]:
    state, method = ProofState(proof.state), ProofMethod(proof.method)
    return _BEST_FIRST.index(state), _STRONGEST_FIRST.index(method)
