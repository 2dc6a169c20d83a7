"""Which proof of an address counts, and how is what a look found put on record?

Rows of DomainProof are written and never changed: of each method the newest counts. All of this
runs in the caller's transaction.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from shop.assay.sellers.challenge_states import PROOF_LIVES, ChallengeState, Ending, is_over
from shop.assay.sellers.facts import ProofState
from shop.plumbing.db import db
from shop.sellers import schedule
from shop.sellers.models import Domain, DomainProof
from shop.sellers.seen import Challenge

_AT_ONCE = 1000  # values in one IN
OPEN = tuple(state for state in ChallengeState if state.is_open)
_PROVEN = tuple(state for state in ChallengeState if state.is_proven)
# What is left of a proof. One of a former holder once was true, so it keeps its date.
_AFTER = dict.fromkeys(Ending, ProofState.NONE) | {Ending.REGISTERED_AGAIN: ProofState.STALE}


def latest_of(domain_ids: Iterable[int]) -> dict[int, list[DomainProof]]:
    """The newest proof of each method, by domain, in one query."""
    newest = (
        select(func.max(DomainProof.id))
        .where(DomainProof.domain_id.in_(list(domain_ids)))
        .group_by(DomainProof.domain_id, DomainProof.method)
    )
    found: dict[int, list[DomainProof]] = {}
    for proof in db.session.scalars(
        select(DomainProof).where(DomainProof.id.in_(newest)).order_by(DomainProof.id)
    ):
        found.setdefault(proof.domain_id, []).append(proof)
    return found


def locked(public_id: str) -> Challenge | None:
    """A challenge that nobody else changes until the transaction ends, as it stands now."""
    query = select(Challenge).where(Challenge.public_id == public_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def newest(domain_id: int, method: str) -> DomainProof | None:
    """What counts of one method: the last row; None when nobody ever proved it so."""
    query = select(DomainProof).where(
        DomainProof.domain_id == domain_id, DomainProof.method == method
    )
    return db.session.scalars(query.order_by(DomainProof.id.desc()).limit(1)).first()


def confirm(challenge: Challenge, at: datetime) -> None:
    """The token was there: the proof holds for another 90 days.

    Offers are inspected again unless the proof stood all along: then their weekly inspection is
    early enough to see that it lasts longer.
    """
    before = newest(challenge.domain_id, challenge.method)
    stood = before is not None and before.state == ProofState.OK and not _has_run_out(before, at)
    proof = DomainProof(
        domain_id=challenge.domain_id,
        method=challenge.method,
        state=ProofState.OK,
        verified_at=at,
        expires_at=at + PROOF_LIVES,
    )
    db.session.add(proof)
    db.session.flush()
    if not stood:
        ring_for([challenge.domain_id])
    _close_older(challenge)


def lose(challenge: Challenge, at: datetime) -> None:
    """The token is no longer there."""
    if _take_back(challenge.domain_id, challenge.method, ProofState.LOST, at):
        ring_for([challenge.domain_id])


def let_run_out(challenge: Challenge, at: datetime) -> None:
    """Keep that the proof was not confirmed in time, once its last day has passed."""
    before = newest(challenge.domain_id, challenge.method)
    if before is None or before.state != ProofState.OK or not _has_run_out(before, at):
        return
    _take_back(challenge.domain_id, challenge.method, ProofState.STALE, at)
    ring_for([challenge.domain_id])


def end(challenge: Challenge, ending: Ending, at: datetime) -> None:
    """The challenge is void, and with it its proof."""
    since = challenge.confirmed_at
    if _close(challenge, ending) and _take_back(
        challenge.domain_id, challenge.method, _AFTER[ending], at, _shown_at(ending, since)
    ):
        ring_for([challenge.domain_id])


def end_all(
    domain_ids: Sequence[int], ending: Ending, at: datetime, *, proven_before: date | None = None
) -> int:
    """No proof of these domains counts any longer; returns how many did.

    With `proven_before`: those alone that were first shown before that day. Tokens that were
    never found stay as they are.
    """
    ended: list[int] = []
    for start in range(0, len(domain_ids), _AT_ONCE):
        ended += _end_some(domain_ids[start : start + _AT_ONCE], ending, at, proven_before)
    ring_for(ended)
    return len(ended)


def ring_for(domain_ids: Iterable[int]) -> None:
    """Have every offer inspected that these domains bear on."""
    ids = sorted(set(domain_ids))
    owners: set[tuple[int | None, int | None]] = set()
    for start in range(0, len(ids), _AT_ONCE):
        some = Domain.id.in_(ids[start : start + _AT_ONCE])
        rows = db.session.execute(select(Domain.brand_id, Domain.retailer_id).where(some))
        owners.update((brand_id, retailer_id) for brand_id, retailer_id in rows)
    for brand_id, retailer_id in owners:
        if brand_id is not None:
            schedule.ring_for_brand(brand_id)
        elif retailer_id is not None:
            schedule.ring_for_retailer(retailer_id)


def _end_some(
    domain_ids: Sequence[int], ending: Ending, at: datetime, proven_before: date | None
) -> list[int]:
    """Returns the domain of every proof that ended."""
    query = select(Challenge).where(
        Challenge.domain_id.in_(domain_ids), Challenge.state.in_(_PROVEN)
    )
    void: dict[tuple[int, str], datetime | None] = {}
    for domain_id, proofs in latest_of(domain_ids).items():
        for proof in proofs:  # what staff put on record by hand has no challenge
            if _is_before(proof.verified_at, proven_before):
                void[domain_id, proof.method] = None
    for challenge in db.session.scalars(query.order_by(Challenge.id).with_for_update()):
        if _is_before(challenge.confirmed_at, proven_before):
            _close(challenge, ending)
            void[challenge.domain_id, challenge.method] = _shown_at(ending, challenge.confirmed_at)
    return [
        domain_id
        for (domain_id, method), shown_at in sorted(void.items())
        if _take_back(domain_id, method, _AFTER[ending], at, shown_at)
    ]


def _close_older(challenge: Challenge) -> None:
    """One token at a time: an older one that goes away must not take the new proof along."""
    query = select(Challenge).where(
        Challenge.domain_id == challenge.domain_id,
        Challenge.method == challenge.method,
        Challenge.state.in_(OPEN),
        Challenge.id < challenge.id,
    )
    for older in db.session.scalars(query.with_for_update()):
        _close(older, Ending.REPLACED)


def _close(challenge: Challenge, ending: Ending) -> bool:
    """Void it; whether it had been proven."""
    was_proven = ChallengeState(challenge.state).is_proven
    challenge.state = ChallengeState.VOID
    challenge.problem = ending
    challenge.next_look_at = None
    db.session.flush()
    return was_proven


def _take_back(
    domain_id: int, method: str, state: ProofState, at: datetime, shown_at: datetime | None = None
) -> bool:
    """Keep that the newest proof counts no longer; False when none did."""
    before = newest(domain_id, method)
    if before is None or before.state not in {ProofState.OK, ProofState.STALE}:
        return False
    shown_at = shown_at or before.verified_at
    if (before.state, before.verified_at) == (state, shown_at):
        return False
    proof = DomainProof(
        domain_id=domain_id,
        method=method,
        state=state,
        verified_at=shown_at,
        expires_at=before.expires_at,
        lost_at=at if state is not ProofState.STALE else None,
    )
    db.session.add(proof)
    db.session.flush()
    return True


def _shown_at(ending: Ending, first: datetime | None) -> datetime | None:
    """When control was last shown. After a new registration the token shows nothing: whoever reads
    the old records can put it back.
    """
    return first if ending is Ending.REGISTERED_AGAIN else None


def _has_run_out(proof: DomainProof, at: datetime) -> bool:
    return proof.expires_at is not None and is_over(proof.expires_at, at)


def _is_before(moment: datetime | None, day: date | None) -> bool:
    return day is None or (moment is not None and moment.date() < day)
