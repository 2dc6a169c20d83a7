"""Where does a challenge stand after a look, and when is the next one? Tokens, proofs and patience.

waiting -> confirmed -> (failing) -> lost. Or expired, when the token was never found; or void, when
the proof must no longer count. A thing that ends on a day holds through that day (UTC).
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256

TOKEN_LIVES = timedelta(days=14)
PROOF_LIVES = timedelta(days=90)
# A proof is lost after so many looks without it, over at least so long.
FAILURES = 3
PATIENCE = timedelta(hours=48)
WEEK = timedelta(days=7)
# Between two looks of the weekly round. The first one after a proof comes so late at the earliest,
# and a week later at the latest.
SOONEST = timedelta(hours=12)
AFTER_FAILURE = timedelta(hours=24)
# Nobody answered, so the look told nothing.
AFTER_SILENCE = timedelta(hours=6)
# While a token is waited for: how long after its issue, with growing pauses.
_WAITING = tuple(timedelta(minutes=minutes) for minutes in (1, 6, 36, 96, 456))
_THEN_EVERY = timedelta(hours=6)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ChallengeState(StrEnum):
    """What became of a token."""

    WAITING = "waiting"  # never found yet
    CONFIRMED = "confirmed"
    FAILING = "failing"  # confirmed once; not there now, and not for long enough to say lost
    LOST = "lost"
    VOID = "void"  # `Ending` says why
    EXPIRED = "expired"  # not found before it ran out

    @property
    def is_open(self) -> bool:
        """Whether we go on looking."""
        return self in {ChallengeState.WAITING, ChallengeState.CONFIRMED, ChallengeState.FAILING}

    @property
    def is_proven(self) -> bool:
        """Whether the token was found and is not lost yet."""
        return self in {ChallengeState.CONFIRMED, ChallengeState.FAILING}


class Ending(StrEnum):
    """Why a challenge is void."""

    WITHDRAWN = "withdrawn"  # by staff
    REPLACED = "replaced"  # by a newer one for the same address and method
    REGISTERED_AGAIN = "registered_again"  # the name was, after the token was found
    SELLER_REMOVED = "seller_removed"  # by the brand, and no other brand names it
    NOT_THEIRS = "not_theirs"  # records below a suffix that has become a platform's


class Problem(StrEnum):
    """Why a look did not find the token."""

    NOTHING_THERE = "nothing_there"  # no record, no page, no tag
    OTHER_TEXT = "other_text"
    ANOTHERS = "anothers"  # a token, but of another challenge
    OTHER_STATUS = "other_status"
    OTHER_HOST = "other_host"
    NO_SUCH_HOST = "no_such_host"
    NOT_ENCRYPTED = "not_encrypted"
    REDIRECTS = "redirects"
    TOO_LARGE = "too_large"
    PACKED = "packed"  # compressed, though we asked for it as it is
    NOT_PUBLIC = "not_public"  # an internal address
    # From here on the look told nothing, so it counts for nothing.
    NO_DNS_ANSWER = "no_dns_answer"
    NO_ANSWER = "no_answer"
    TOO_SLOW = "too_slow"
    TLS = "tls"
    SERVER_ERROR = "server_error"
    OUR_FAULT = "our_fault"

    @property
    def counts(self) -> bool:
        """Whether the token is known not to be there."""
        return self not in _TELLS_NOTHING


_TELLS_NOTHING = frozenset(
    {
        Problem.NO_DNS_ANSWER,
        Problem.NO_ANSWER,
        Problem.TOO_SLOW,
        Problem.TLS,
        Problem.SERVER_ERROR,
        Problem.OUR_FAULT,
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a challenge stands between two looks."""

    state: ChallengeState
    issued_at: datetime
    expires_at: datetime  # of the token; once found it does not matter
    confirmed_at: datetime | None = None  # first
    failures: int = 0  # looks without the token, since it was there
    failing_since: datetime | None = None


def after(standing: Standing, problem: Problem | None, at: datetime) -> Standing:
    """Where it stands after a look at that moment that found the token, or a problem."""
    if standing.state is ChallengeState.WAITING:
        return _after_waiting(standing, problem, at)
    if not standing.state.is_open:
        return standing
    if problem is None:
        return replace(standing, state=ChallengeState.CONFIRMED, failures=0, failing_since=None)
    if not problem.counts:
        return standing
    since = standing.failing_since or at
    failures = standing.failures + 1
    is_lost = failures >= FAILURES and at - since >= PATIENCE
    state = ChallengeState.LOST if is_lost else ChallengeState.FAILING
    return replace(standing, state=state, failures=failures, failing_since=since)


def next_look(
    standing: Standing, problem: Problem | None, at: datetime, *, key: str
) -> datetime | None:
    """When to look again after a look at that moment; None when there is nothing to look for.

    `key` (a public id) spreads the weekly looks over the week.
    """
    match standing.state:
        case ChallengeState.WAITING:
            return min(_next_while_waiting(standing.issued_at, at), over_at(standing.expires_at))
        case ChallengeState.CONFIRMED | ChallengeState.FAILING if problem and not problem.counts:
            return at + AFTER_SILENCE
        case ChallengeState.CONFIRMED:
            return _in_its_slot(key, at)
        case ChallengeState.FAILING:
            return at + AFTER_FAILURE
        case ChallengeState.LOST | ChallengeState.VOID | ChallengeState.EXPIRED:
            return None


def over_at(ends_at: datetime) -> datetime:
    """The moment at which a thing that ends then is over: when that day has passed."""
    midnight = datetime.combine(ends_at.astimezone(UTC).date(), time(), UTC)
    return midnight + timedelta(days=1)


def is_over(ends_at: datetime, at: datetime) -> bool:
    """Whether what holds through the day of `ends_at` has ended."""
    return at >= over_at(ends_at)


def _after_waiting(standing: Standing, problem: Problem | None, at: datetime) -> Standing:
    if is_over(standing.expires_at, at):
        return replace(standing, state=ChallengeState.EXPIRED)
    if problem is not None:
        return standing
    return replace(standing, state=ChallengeState.CONFIRMED, confirmed_at=at)


def _next_while_waiting(issued_at: datetime, at: datetime) -> datetime:
    age = at - issued_at
    for moment in _WAITING:
        if moment > age:
            return issued_at + moment
    return at + _THEN_EVERY


def _in_its_slot(key: str, at: datetime) -> datetime:
    """The next moment of the week that is this key's own."""
    offset = int.from_bytes(sha256(key.encode()).digest()[:8]) % int(WEEK.total_seconds())
    earliest = at + SOONEST
    since_slot = (earliest - _EPOCH - timedelta(seconds=offset)) % WEEK
    return earliest + (WEEK - since_slot) % WEEK
