"""How does somebody show that an address is theirs? Tokens, given out, looked for and taken back.

A proof of control belongs to one address of one brand or retailer. `proof_looks` goes and looks,
`proof_records` keeps what came of it; everything here runs in the caller's transaction.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from shop.assay.sellers import challenge_states as states
from shop.assay.sellers import challenges
from shop.assay.sellers.challenge_states import ChallengeState, Ending
from shop.assay.sellers.challenges import Instructions
from shop.assay.sellers.facts import AuthorizationStatus, ProofMethod
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.errors import Conflict, NotFound, Refused
from shop.plumbing.outbound import Outbound
from shop.sellers import proof_looks, proof_records, texts
from shop.sellers.models import Authorization, Domain, Retailer
from shop.sellers.seen import Challenge

LOOK_JOB = proof_looks.JOB
# Between two looks that somebody asks for by hand.
PAUSE = timedelta(minutes=1)
# More than this many at once wait for the next sweep.
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Started:
    """A new challenge. The token is known here and never again."""

    challenge: Challenge
    token: str
    instructions: Instructions


def start(domain: Domain, method: ProofMethod, *, staff_id: str, at: datetime) -> Started:
    """Give out a token for this address, bound to it and to its owner. Raises Refused.

    A token of the same method that is still waited for is void from now on. A proof that stands
    is kept until the new token is found.
    """
    _refuse_unless_possible(domain.host, method)
    db.session.get_one(Domain, domain.id, with_for_update=True)  # one start at a time
    for waiting in _open(domain.id, method):
        if waiting.state == ChallengeState.WAITING:
            proof_records.end(waiting, Ending.REPLACED, at)
    token = challenges.token_text(secrets.token_bytes(challenges.TOKEN_BYTES))
    challenge = Challenge(
        domain_id=domain.id,
        method=method,
        token_sha256=challenges.digest(token, domain.host, proof_looks.owner_key(domain)),
        staff_id=staff_id,
        issued_at=at,
        expires_at=at + states.TOKEN_LIVES,
        state=ChallengeState.WAITING,
        looks=[],
    )
    db.session.add(challenge)
    db.session.flush()
    standing = proof_looks.standing(challenge)
    challenge.next_look_at = states.next_look(standing, None, at, key=challenge.public_id)
    db.session.flush()
    jobs.enqueue(LOOK_JOB, challenge.public_id, at=challenge.next_look_at)
    return Started(challenge, token, instructions(challenge, domain, token))


def instructions(challenge: Challenge, domain: Domain, token: str) -> Instructions:
    """What the owner is to publish, and where."""
    return challenges.instructions(
        ProofMethod(challenge.method),
        domain.host,
        token=token,
        expires_on=challenge.expires_at.date(),
    )


def is_token_of(challenge: Challenge, domain: Domain, token: str) -> bool:
    """Whether this is the token that was given out for the challenge."""
    found = challenges.Published((token,))
    owner = proof_looks.owner_key(domain)
    return challenges.is_ours(found, host=domain.host, owner=owner, kept=challenge.token_sha256)


def domain(public_id: str) -> Domain:
    """An address with its owner and its proofs. Raises NotFound."""
    query = select(Domain).where(Domain.public_id == texts.public_id(public_id))
    loaded = query.options(
        joinedload(Domain.brand), joinedload(Domain.retailer), selectinload(Domain.proofs)
    )
    found = db.session.scalars(loaded).first()
    if found is None:
        code = "sellers.domain_unknown"
        raise NotFound(code, "There is no such address on record.")
    return found


def challenge(public_id: str) -> Challenge:
    """With its address and the address's owner. Raises NotFound."""
    query = select(Challenge).where(Challenge.public_id == texts.public_id(public_id))
    loaded = query.options(
        joinedload(Challenge.domain).joinedload(Domain.brand),
        joinedload(Challenge.domain).joinedload(Domain.retailer),
    )
    found = db.session.scalars(loaded).first()
    if found is None:
        code = "sellers.challenge_unknown"
        raise NotFound(code, "There is no such proof of control on record.")
    return found


def challenges_of(domain_ids: Iterable[int]) -> Mapping[int, Sequence[Challenge]]:
    """Everything that was started for these addresses, by address, the newest first."""
    query = select(Challenge).where(Challenge.domain_id.in_(list(domain_ids)))
    found: dict[int, list[Challenge]] = {}
    for each in db.session.scalars(query.order_by(Challenge.id.desc())):
        found.setdefault(each.domain_id, []).append(each)
    return found


def look_now(challenge: Challenge, *, at: datetime) -> None:
    """Look again because somebody asks. Raises Refused, and Conflict within a minute of a look."""
    if not ChallengeState(challenge.state).is_open:
        code = "sellers.challenge_closed"
        raise Refused(code, "This proof has ended. Start a new one.")
    if challenge.looked_at is not None and at - challenge.looked_at < PAUSE:
        code = "sellers.looked_just_now"
        raise Conflict(code, "We looked less than a minute ago. Wait a minute, then look again.")
    ring_look(challenge)


def ring_look(challenge: Challenge) -> None:
    """Have it looked at as soon as the caller's transaction is committed."""
    challenge.next_look_at = now()
    db.session.flush()
    jobs.enqueue(LOOK_JOB, challenge.public_id)


def ring_for_due(*, limit: int = _AT_ONCE) -> int:
    """Ring for the challenges that are due, the longest due first; returns how many (the sweep)."""
    due = select(Challenge.public_id).where(Challenge.next_look_at <= now())
    found = db.session.scalars(due.order_by(Challenge.next_look_at, Challenge.id).limit(limit))
    public_ids = found.all()
    for public_id in public_ids:
        jobs.enqueue(LOOK_JOB, public_id)
    return len(public_ids)


def withdraw(challenge: Challenge, *, at: datetime) -> None:
    """Take it back: we stop looking, and what it proved counts no longer. Raises Refused."""
    found = proof_records.locked(challenge.public_id)
    if found is None or not ChallengeState(found.state).is_open:
        code = "sellers.challenge_closed"
        raise Refused(code, "This proof has ended already.")
    proof_records.end(found, Ending.WITHDRAWN, at)


def void_since(name: str, registered_on: date) -> int:
    """A registrable name was registered on that day: whatever was proven before is void.

    For the name and everything below it, of all owners. Returns how many proofs that ended.
    """
    query = select(Domain.id).where(
        or_(Domain.host == name, Domain.host.endswith(f".{name}", autoescape=True))
    )
    domain_ids = db.session.scalars(query).all()
    return proof_records.end_all(
        domain_ids, Ending.REGISTERED_AGAIN, now(), proven_before=registered_on
    )


def void_for(retailer: Retailer) -> int:
    """A brand removed the seller: its proofs are void, unless another brand still names it.

    Else any brand could end another's seller by naming and removing it. Call it once the brand's
    own word is revoked. Returns how many proofs that ended.
    """
    still = select(Authorization.id).where(
        Authorization.retailer_id == retailer.id,
        Authorization.status == AuthorizationStatus.ACTIVE,
    )
    if db.session.scalars(still.limit(1)).first() is not None:
        return 0
    domain_ids = db.session.scalars(
        select(Domain.id).where(Domain.retailer_id == retailer.id)
    ).all()
    return proof_records.end_all(domain_ids, Ending.SELLER_REMOVED, now())


def handlers(gate: Outbound) -> dict[str, jobs.Handler]:
    """What a worker does for proofs, by kind of job."""
    return {LOOK_JOB: proof_looks.handler(gate)}


def _refuse_unless_possible(host: str, method: ProofMethod) -> None:
    possible = challenges.methods_for(host)
    if not possible:
        code = "sellers.proof_impossible"
        raise Refused(code, f"{host} is not an address that one owner can hold.")
    if method not in possible:
        message = f"The DNS records of {host} are not its owner’s alone. Use a file or a tag."
        code = "sellers.proof_method"
        raise Refused(code, message)


def _open(domain_id: int, method: ProofMethod) -> Sequence[Challenge]:
    query = select(Challenge).where(
        Challenge.domain_id == domain_id,
        Challenge.method == method,
        Challenge.state.in_(proof_records.OPEN),
    )
    return db.session.scalars(query.with_for_update()).all()
