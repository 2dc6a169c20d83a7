"""How is a proof of control told to staff? Methods, states, and what a look did not find."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from shop.assay.policy import Mark
from shop.assay.sellers import challenges
from shop.assay.sellers.challenge_states import (
    ChallengeState,
    Ending,
    Problem,
    is_over,
)
from shop.assay.sellers.facts import ProofMethod, ProofState
from shop.assay.sellers.hostnames import parse
from shop.plumbing.clock import now
from shop.sellers import proof_standing, proving
from shop.sellers.models import Domain, DomainProof
from shop.sellers.seen import Challenge
from shop.web.rendering import show_date
from shop.web.words import Words

METHODS: Mapping[ProofMethod, Words] = {
    ProofMethod.DNS: Words(
        Mark.OK, "DNS record", "Speaks for the address and every name below it. The strongest."
    ),
    ProofMethod.FILE: Words(Mark.OK, "File", "Speaks for this host only."),
    ProofMethod.META: Words(
        Mark.OK, "Tag", "In the head of the home page. Speaks for this host only. The weakest."
    ),
}
STATES: Mapping[ChallengeState, Words] = {
    ChallengeState.WAITING: Words(Mark.REVIEW, "Waiting for the token"),
    ChallengeState.CONFIRMED: Words(Mark.OK, "Confirmed"),
    ChallengeState.FAILING: Words(Mark.REVIEW, "Not found at the last look"),
    ChallengeState.LOST: Words(Mark.WARN, "No longer there"),
    ChallengeState.VOID: Words(Mark.NONE, "Void"),
    ChallengeState.EXPIRED: Words(Mark.OLD, "Token ran out"),
}
NOTHING_SHOWN = Words(Mark.NONE, "None yet")
_ENDINGS: Mapping[Ending, str] = {
    Ending.WITHDRAWN: "Staff took it back.",
    Ending.REPLACED: "A newer token for the same address took its place.",
    Ending.REGISTERED_AGAIN: "The name was registered again after the proof. It may have a new "
    "owner, who could have copied the token.",
    Ending.SELLER_REMOVED: "The brand no longer lists this seller, and no other brand does.",
    Ending.NOT_THEIRS: "The DNS records of this name belong to a platform now.",
}
_PROBLEMS: Mapping[Problem, str] = {
    Problem.NOTHING_THERE: "Nothing was there.",
    Problem.OTHER_TEXT: "Something was there, but no text that reads token=… expiry=….",
    Problem.ANOTHERS: "A token was there, but not this one. It may be an older one, or one that "
    "was given out for another address or account.",
    Problem.OTHER_STATUS: "The server answered {detail} instead of 200.",
    Problem.OTHER_HOST: "The address leads on to {detail}. A proof may not leave its own host.",
    Problem.NO_SUCH_HOST: "The DNS has no address for this host.",
    Problem.NOT_ENCRYPTED: "The address leads on to a page that is not encrypted.",
    Problem.REDIRECTS: "The address leads on and on, or to something that is no web page.",
    Problem.TOO_LARGE: "What was there is too large. A file holds the token and nothing else.",
    Problem.PACKED: "The server sent it compressed, though we asked for it as it is.",
    Problem.NOT_PUBLIC: "The host leads to an internal network address.",
    Problem.NO_DNS_ANSWER: "The name servers did not answer for this name.",
    Problem.NO_ANSWER: "The server did not answer, or hung up.",
    Problem.TOO_SLOW: "The server took too long to answer.",
    Problem.TLS: "No browser would accept the server’s certificate.",
    Problem.SERVER_ERROR: "The server is in trouble: it answered {detail}.",
    Problem.OUR_FAULT: "Our own look failed.",
}
_NOTHING_THERE: Mapping[ProofMethod, str] = {
    ProofMethod.DNS: "There is no TXT record of this name.",
    ProofMethod.FILE: "There is no file at this address, or it is empty.",
    ProofMethod.META: "There is no tag named assay-challenge in the head of this page.",
}
_DOES_NOT_COUNT = "This does not count against the proof."


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a brand or retailer in a list, with what shows that it is theirs."""

    shown: str
    told: Words
    url: str


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look in the history of a challenge, in words."""

    at: datetime
    mark: Mark
    said: str


def addresses(domains: Sequence[Domain]) -> list[Address]:
    """For `staff/sellers/_domains.html`. The domains come with their proofs."""
    bare = [domain.id for domain in domains if not proof_standing.current(domain)]
    started = proving.challenges_of(bare) if bare else {}
    return [
        Address(
            shown=shown(domain),
            told=_awaited(started.get(domain.id, ())) or standing(domain),
            url=url_for("proofs.domain", public_id=domain.public_id),
        )
        for domain in domains
    ]


def shown(domain: Domain) -> str:
    """The address as a browser shows it."""
    return parse(f"https://{domain.host}").shown


def standing(domain: Domain) -> Words:
    """What the best proof of an address comes to."""
    found = proof_standing.current(domain)
    return proof(found[0]) if found else NOTHING_SHOWN


def proof(row: DomainProof) -> Words:
    """Where a proof stands today."""
    last = show_date(row.verified_at)
    match ProofState(row.state):
        case ProofState.OK if row.expires_at is None or not is_over(row.expires_at, now()):
            return Words(Mark.OK, f"Confirmed {last}")
        case ProofState.OK | ProofState.STALE:
            return Words(Mark.OLD, f"Last confirmed {last}")
        case ProofState.LOST:
            return Words(Mark.WARN, f"No longer there on {show_date(row.lost_at)}")
        case ProofState.NONE:
            return Words(Mark.NONE, "None that counts")


def state(challenge: Challenge) -> Words:
    """Where a challenge stands, and why, when it does not stand well."""
    told = STATES[ChallengeState(challenge.state)]
    if challenge.state == ChallengeState.VOID:
        return Words(told.mark, told.title, _ENDINGS[Ending(challenge.problem)])
    return told


def looks(challenge: Challenge) -> list[LookRow]:
    """What the last looks found, the newest first."""
    method = ProofMethod(challenge.method)
    return [_look(each, method) for each in reversed(challenge.looks)]


def where(challenge: Challenge, host: str) -> str:
    """Where we look."""
    return challenges.place(ProofMethod(challenge.method), host)


def _awaited(started: Sequence[Challenge]) -> Words | None:
    """Where the newest token stands that was given out and is still looked for."""
    still = (each for each in started if ChallengeState(each.state).is_open)
    return next(map(state, still), None)


def _look(seen: Mapping[str, str], method: ProofMethod) -> LookRow:
    at = datetime.fromisoformat(seen["at"])
    if not seen["problem"]:
        return LookRow(at, Mark.OK, "The token was there.")
    problem = Problem(seen["problem"])
    said = _PROBLEMS[problem].format(detail=seen["detail"] or "something else")
    if problem is Problem.NOTHING_THERE:
        said = _NOTHING_THERE[method]
    if not problem.counts:
        return LookRow(at, Mark.INFO, f"{said} {_DOES_NOT_COUNT}")
    return LookRow(at, Mark.NONE, said)
