"""Which hosts do public lists of harmful sites name? A file of such a list, taken over whole.

One host a line, or the format of hosts files ("0.0.0.0 bad.net # why"). What a newer file of the
same list no longer names is no longer listed; what it still names keeps the day it was first seen.
"""

import ipaddress
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, insert, select

from shop.assay.sellers.endings import LONGEST_HOST
from shop.assay.sellers.hostnames import host_of, parse
from shop.plumbing.clock import today
from shop.plumbing.db import db
from shop.plumbing.errors import Refused
from shop.sellers import schedule, texts
from shop.sellers.models import Offer
from shop.sellers.seen import Following, PublicListing

MOST_HOSTS = 1_000_000
_LONGEST_LINE = 1_000
_LONGEST_NAME = 100
_SHOWN = 10  # of the lines at fault
_AT_ONCE = 500
# What hosts files say of the machine itself.
_OF_THE_MACHINE = frozenset(
    {
        "0.0.0.0",  # noqa: S104 - a line that lists use, nothing is bound to it
        "broadcasthost",
        "ip6-allhosts",
        "ip6-allnodes",
        "ip6-allrouters",
        "ip6-localhost",
        "ip6-localnet",
        "ip6-loopback",
        "ip6-mcastprefix",
        "local",
        "localhost",
        "localhost.localdomain",
    }
)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file."""

    hosts: int
    added: int
    removed: int


def read(lines: Iterable[str]) -> frozenset[str]:
    """The hosts that a file names. Needs no database: a long list takes a while.

    Raises Refused, with the lines at fault, when any line is no host that can be listed.
    """
    hosts: set[str] = set()
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        for text in _written(line):
            host = _host(text)
            if host:
                hosts.add(host)
            elif len(faults) < _SHOWN:
                faults.append(f"line {number}: {text[:60]}")
        if len(hosts) > MOST_HOSTS:
            code = "sellers.list_too_long"
            raise Refused(code, f"The list has more than {MOST_HOSTS:,} hosts.")
    if faults:
        code = "sellers.list_lines"
        said = "; ".join(texts.storable(fault) for fault in faults)
        raise Refused(code, f"Nothing was taken over. These are no hosts to list: {said}.")
    if not hosts:
        code = "sellers.list_empty"
        raise Refused(code, "The file names no host.")
    return frozenset(hosts)


def take_over(name: str, hosts: AbstractSet[str], *, dated: date) -> Imported:
    """Put a list on record in the caller's transaction; due now is what it bears on.

    `hosts` as `read` gives them. Raises Refused for a list without a name, or of a day to come.
    """
    source = _named(name)
    if dated > today():
        code = "sellers.list_from_the_future"
        raise Refused(code, "Give the day of the list; it cannot be later than today.")
    known = set(
        db.session.scalars(select(PublicListing.host).where(PublicListing.source == source))
    )
    added, removed = sorted(hosts - known), sorted(known - hosts)
    for part in _parts(removed):
        gone = PublicListing.host.in_(part)
        db.session.execute(delete(PublicListing).where(PublicListing.source == source, gone))
    for part in _parts(added):
        rows = [{"host": host, "source": source, "listed_on": dated} for host in part]
        db.session.execute(insert(PublicListing), rows)
    _due_now(added + removed)
    return Imported(len(hosts), len(added), len(removed))


def lists() -> Sequence[tuple[str, int, date]]:
    """The lists on record: name, how many hosts, the day of the newest."""
    newest = func.max(PublicListing.listed_on)
    query = select(PublicListing.source, func.count(), newest).group_by(PublicListing.source)
    found = db.session.execute(query.order_by(PublicListing.source)).all()
    return [(source, count, day) for source, count, day in found]


def _named(name: str) -> str:
    source = name.strip()
    if not source or len(source) > _LONGEST_NAME or source != texts.storable(source):
        code = "sellers.list_name"
        raise Refused(code, f"Name the list, in at most {_LONGEST_NAME} characters.")
    return source


def _written(line: str) -> Iterator[str]:
    """The hosts that a line names: all but a hosts file's address in front."""
    words = line.partition("#")[0].split() if len(line) <= _LONGEST_LINE else [line[:60]]
    if len(words) > 1 and _is_address(words[0]):
        words = words[1:]
    yield from (word for word in words if word.lower() not in _OF_THE_MACHINE)


def _is_address(word: str) -> bool:
    try:
        ipaddress.ip_address(word.partition("%")[0])
    except ValueError:
        return False
    return True


def _host(text: str) -> str:
    """The host as the judge compares it; "" for an address, an ending or no host at all."""
    name = host_of(text) if "/" not in text and ":" not in text else ""
    link = parse(f"https://{name}")
    is_one = link.is_public and not link.is_suffix and not link.is_internal
    return name if is_one and name != "" and len(name) <= LONGEST_HOST else ""


def _due_now(hosts: Sequence[str]) -> None:
    """What is said of offers that lead to these hosts, or below them, may be different now."""
    names = {parse(f"https://{host}").registrable for host in hosts}
    for column in (Following.name, Following.end_name):
        ours = set(db.session.scalars(select(column).distinct()))
        for part in _parts(sorted(names & ours)):
            led_there = select(Following.offer_id).where(column.in_(part))
            schedule.due_now(Offer.id.in_(led_there))


def _parts(hosts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(hosts), _AT_ONCE):
        yield hosts[start : start + _AT_ONCE]
