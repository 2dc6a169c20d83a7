"""What does a registry say about since when a name is registered? (RDAP, RFC 9083.)"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from shop.plumbing.clock import today
from shop.plumbing.outbound.answers import KIBIBYTE, Answer, Code, Limits, NotOpened, Unreachable

LIMITS = Limits(max_bytes=256 * KIBIBYTE)
HEADERS = {"Accept": "application/rdap+json, application/json"}
_NAME = re.compile(r"(?=.{3,253}\Z)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})+")
_ACTIONS = frozenset({"registration", "reregistration"})
_FIRST = date(1985, 1, 1)  # nordu.net, the first name of all
_CLOCKS_DIFFER = timedelta(days=1)
_OK, _NOT_FOUND = 200, 404


def url_for(base: str, name: str) -> str:
    """The address that tells about a name (lower case, punycode). Raises NotOpened."""
    if not _NAME.fullmatch(name):
        raise NotOpened(Code.INVALID)
    return f"{base}{name}"


def registration_date(answer: Answer, name: str) -> date | None:
    """The latest registration in an answer, None when it tells of none. Raises Unreachable."""
    if answer.status == _NOT_FOUND:
        return None
    if answer.status != _OK:
        raise Unreachable(Code.RDAP_STATUS, answer.hops)
    try:
        return max(_dates(json.loads(answer.body), name), default=None)
    except (_JunkError, ValueError, OverflowError, RecursionError) as problem:
        raise Unreachable(Code.RDAP_UNREADABLE, answer.hops) from problem


class _JunkError(Exception):
    """JSON, but not of a domain."""


def _dates(said: object, name: str) -> Iterator[date]:
    if not isinstance(said, dict):
        raise _JunkError
    about, events = said.get("ldhName", name), said.get("events", [])
    if not isinstance(about, str) or about.removesuffix(".").lower() != name:
        raise _JunkError  # about another name
    if not isinstance(events, list):
        raise _JunkError
    for event in events:
        if isinstance(event, dict) and str(event.get("eventAction")) in _ACTIONS:
            yield _date(event.get("eventDate"))


def _date(said: object) -> date:
    if not isinstance(said, str):
        raise _JunkError
    moment = datetime.fromisoformat(said)
    day = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).date()
    if not _FIRST <= day <= today() + _CLOCKS_DIFFER:
        raise _JunkError
    return day
