"""Is the token where its owner was to put it? The job that goes and looks.

First the network, with no transaction open; then what was found, in one. What is due stands in
the challenge's row, so that a look that dies is made again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.assay.sellers import challenge_states as states
from shop.assay.sellers import challenges
from shop.assay.sellers.challenge_states import ChallengeState, Ending, Problem, Standing
from shop.assay.sellers.challenges import Published
from shop.assay.sellers.facts import ProofMethod
from shop.assay.sellers.hostnames import parse
from shop.catalog.models import Brand
from shop.plumbing import jobs, outbound
from shop.plumbing.clock import now
from shop.plumbing.db import db
from shop.plumbing.outbound import Answer, Limits, Outbound, OutboundError
from shop.sellers import proof_records, texts
from shop.sellers.models import Domain, Retailer
from shop.sellers.seen import Challenge, DomainRegistration

JOB = "proof.look"
KEPT_LOOKS = 20
_OK = 200
_GONE = frozenset({404, 410})
_TOO_MANY_REQUESTS = 429
_SERVER_ERRORS = 500
# What went wrong on the way, as one of our problems.
_PROBLEMS: tuple[tuple[type[OutboundError], Problem], ...] = (
    (outbound.Blocked, Problem.NOT_PUBLIC),
    (outbound.LeftHost, Problem.OTHER_HOST),
    (outbound.NotEncrypted, Problem.NOT_ENCRYPTED),
    (outbound.NotFoundInDns, Problem.NO_SUCH_HOST),
    (outbound.NotOpened, Problem.REDIRECTS),
    (outbound.NotTrusted, Problem.TLS),
    (outbound.TooLarge, Problem.TOO_LARGE),
    (outbound.TooManyRedirects, Problem.REDIRECTS),
    (outbound.TooSlow, Problem.TOO_SLOW),
)
_UNREACHABLE = {"dns_unavailable": Problem.NO_DNS_ANSWER, "tls_failed": Problem.TLS}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a look needs to know of a challenge."""

    method: ProofMethod
    host: str
    owner: str
    kept: str  # the token's digest
    looked_at: datetime | None  # before
    is_over: bool  # the token has run out: there is nothing to look for


@dataclass(frozen=True, slots=True)
class Found:
    """What a look saw: the token when there is no problem."""

    problem: Problem | None = None
    detail: str = ""  # a status, or the host that it led to


def handler(gate: Outbound) -> jobs.Handler:
    """The job that looks once for the token of one challenge, by its public id."""

    def run(public_id: str, transaction: jobs.Transaction) -> None:
        asked = _asked(public_id)
        db.session.rollback()  # give the connection back: the network may take its time
        if asked is None:
            return
        found = Found(Problem.NOTHING_THERE) if asked.is_over else look(gate, asked)
        with transaction():
            _record(public_id, asked, found)

    def gave_up(public_id: str, transaction: jobs.Transaction) -> None:
        """The look itself is broken: it tells nothing about the token."""
        with transaction():
            challenge = proof_records.locked(public_id)
            if challenge is not None and ChallengeState(challenge.state).is_open:
                _keep(challenge, Found(Problem.OUR_FAULT), now())
                challenge.next_look_at = now() + states.AFTER_SILENCE

    return jobs.Handler(run, gave_up)


def look(gate: Outbound, asked: Asked) -> Found:
    """Look once. Raises nothing that the network does."""
    if asked.method is ProofMethod.DNS:
        return _look_in_dns(gate, asked)
    is_page = asked.method is ProofMethod.META
    try:
        answer = gate.fetch(
            challenges.place(asked.method, asked.host),
            limits=Limits(keeps_start=is_page),
            follow="same_host",
            https_only=True,
        )
    except OutboundError as problem:
        return _without_answer(problem)
    read = challenges.in_page if is_page else challenges.in_file
    return _unusable(answer) or _compared(read(answer.body), asked)


def standing(challenge: Challenge) -> Standing:
    """The row as the rules read it."""
    return Standing(
        state=ChallengeState(challenge.state),
        issued_at=challenge.issued_at,
        expires_at=challenge.expires_at,
        confirmed_at=challenge.confirmed_at,
        failures=challenge.failures,
        failing_since=challenge.failing_since,
    )


def owner_key(domain: Domain) -> str:
    """The account that a token is bound to."""
    if domain.brand_id is not None:
        return f"brand:{db.session.get_one(Brand, domain.brand_id).public_id}"
    return f"retailer:{db.session.get_one(Retailer, domain.retailer_id).public_id}"


def _asked(public_id: str) -> Asked | None:
    """None when there is nothing to look for, or not yet: a bell may ring late, or twice."""
    query = select(Challenge).where(Challenge.public_id == public_id)
    challenge = db.session.scalars(query.options(joinedload(Challenge.domain))).first()
    moment = now()
    if challenge is None or challenge.next_look_at is None or challenge.next_look_at > moment:
        return None
    return Asked(
        method=ProofMethod(challenge.method),
        host=challenge.domain.host,
        owner=owner_key(challenge.domain),
        kept=challenge.token_sha256,
        looked_at=challenge.looked_at,
        is_over=_is_over(challenge, moment),
    )


def _is_over(challenge: Challenge, moment: datetime) -> bool:
    is_waiting = challenge.state == ChallengeState.WAITING
    return is_waiting and states.is_over(challenge.expires_at, moment)


def _look_in_dns(gate: Outbound, asked: Asked) -> Found:
    answer = gate.txt(challenges.place(ProofMethod.DNS, asked.host))
    match answer.state:
        case "ok":
            return _compared(challenges.in_records(answer.values), asked)
        case "absent":
            return Found(Problem.NOTHING_THERE)
        case "unavailable":
            return Found(Problem.NO_DNS_ANSWER)


def _unusable(answer: Answer) -> Found | None:
    if answer.status == _OK:
        return Found(Problem.PACKED) if answer.is_encoded else None
    status = str(answer.status)
    if answer.status in _GONE:
        return Found(Problem.NOTHING_THERE, status)
    if answer.status >= _SERVER_ERRORS or answer.status == _TOO_MANY_REQUESTS:
        return Found(Problem.SERVER_ERROR, status)
    return Found(Problem.OTHER_STATUS, status)


def _without_answer(problem: OutboundError) -> Found:
    kind = next((ours for theirs, ours in _PROBLEMS if isinstance(problem, theirs)), None)
    if kind is None:
        kind = _UNREACHABLE.get(problem.code, Problem.NO_ANSWER)
    led_to = parse(problem.hops[-1].url).shown if len(problem.hops) > 1 else ""
    return Found(kind, led_to)


def _compared(published: Published, asked: Asked) -> Found:
    if challenges.is_ours(published, host=asked.host, owner=asked.owner, kept=asked.kept):
        return Found()
    if published.is_empty:
        return Found(Problem.NOTHING_THERE)
    return Found(Problem.ANOTHERS if published.tokens else Problem.OTHER_TEXT)


def _record(public_id: str, asked: Asked, found: Found) -> None:
    """Keep what was found, unless somebody else looked or settled it in the meantime."""
    challenge = proof_records.locked(public_id)
    if challenge is None or challenge.looked_at != asked.looked_at:
        return
    before = standing(challenge)
    if not before.state.is_open:
        return
    at = now()
    after = states.after(before, found.problem, at)
    challenge.state = after.state
    challenge.confirmed_at = after.confirmed_at
    challenge.failures = after.failures
    challenge.failing_since = after.failing_since
    challenge.next_look_at = states.next_look(after, found.problem, at, key=public_id)
    if after.state is not ChallengeState.EXPIRED:
        _keep(challenge, found, at)
    db.session.flush()
    _prove(challenge, after, found, at)


def _prove(challenge: Challenge, after: Standing, found: Found, at: datetime) -> None:
    """What the look means for the proof."""
    if after.state is ChallengeState.LOST:
        proof_records.lose(challenge, at)
    if not after.state.is_proven:
        return
    ending = _ending(challenge)
    if ending is not None:
        proof_records.end(challenge, ending, at)
    elif found.problem is None:
        proof_records.confirm(challenge, at)
    else:
        proof_records.let_run_out(challenge, at)


def _ending(challenge: Challenge) -> Ending | None:
    """Why a token that is there proves nothing any longer."""
    domain = db.session.get_one(Domain, challenge.domain_id)
    if ProofMethod(challenge.method) not in challenges.methods_for(domain.host):
        return Ending.NOT_THEIRS
    name = parse(f"https://{domain.host}").registrable
    query = select(DomainRegistration.created_on).where(DomainRegistration.name == name)
    created_on, confirmed_at = db.session.scalar(query), challenge.confirmed_at
    is_later = created_on and confirmed_at and created_on > confirmed_at.date()
    return Ending.REGISTERED_AGAIN if is_later else None


def _keep(challenge: Challenge, found: Found, at: datetime) -> None:
    detail = texts.storable(found.detail)[:300]
    problem = found.problem or ""
    seen: dict[str, Any] = {"at": at.isoformat(), "problem": problem, "detail": detail}
    challenge.looked_at = at
    challenge.problem = problem
    challenge.looks = [*challenge.looks, seen][-KEPT_LOOKS:]
    db.session.flush()
