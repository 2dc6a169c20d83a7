"""Can a million links be looked at every week without crowding anybody? A simulation. README.md.

The clock is simulated; when an offer is due, how a sweep rings, what a turn is and when a look is
tried again are the shop's own constants and functions.
"""

import argparse
import heapq
import math
import random
import sys
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime

from shop import worker
from shop.sellers import following, turns

START = datetime(2026, 11, 23, tzinfo=UTC)
WEEK, DAY, HOUR, SWEEP = 604_800.0, 86_400.0, 3_600.0, 60.0
PAUSE, STRIDE = turns.PAUSE.total_seconds(), turns.STRIDE.total_seconds()
SPACING = following.SPACING.total_seconds()
RETRIES = [retry.total_seconds() for retry in following.RETRIES]
# Seconds of a visit: most answer at once, some take their time, some never answer.
TYPICAL_S, SPREAD, SILENT, GIVE_UP_S = 0.7, 0.8, 0.02, 10.0


@dataclass
class World:
    """Offers by number: the site of each, and its second of the week."""

    sites: list[int]
    slots: list[float]


@dataclass
class Figures:
    """What a run came to."""

    visits: int = 0
    put_off: int = 0
    late: list[float] = field(default_factory=list)
    late_at_worst_site: list[float] = field(default_factory=list)
    due: list[int] = field(default_factory=list)  # rows that wait for a sweep, after each sweep
    jobs: list[int] = field(default_factory=list)
    by_hour: Counter[int] = field(default_factory=Counter)
    closest: float = math.inf  # seconds between two visits of one site
    ended: dict[int, float] = field(default_factory=dict)


def make_world(offers: int, marketplace: int, chance: random.Random) -> World:
    """One marketplace; of the rest, sites with few and with many links (the k-th has 1/k)."""
    count = max(offers // 5, 1)
    weights = [1 / (place + 10) for place in range(count)]
    sites = [0] * marketplace + chance.choices(range(1, count + 1), weights, k=offers - marketplace)
    slots = [
        (following.next_slot(f"{number:016x}", START) - START).total_seconds() % WEEK
        for number in range(offers)
    ]
    return World(sites, slots)


def simulate(
    world: World,
    *,
    weeks: float,
    outage: tuple[float, float] | None,
    all_at_once: bool,
    chance: random.Random,
) -> Figures:
    figures, line = Figures(), Lines()
    when = [(slot, n) for n, slot in enumerate(world.slots)]  # next_follow_at
    waiting: list[tuple[float, int, float]] = []  # jobs: run_at, offer, since when due
    if all_at_once:
        waiting = [(line.place(site, 0.0), n, 0.0) for n, site in enumerate(world.sites)]
        when = []
    heapq.heapify(when)
    heapq.heapify(waiting)
    failures: defaultdict[int, int] = defaultdict(int)
    visitors = [0.0] * worker.VISITORS  # when each is free again
    now, next_sweep, end = 0.0, 0.0, weeks * WEEK
    while now < end:
        if outage and outage[0] <= now < outage[1]:
            now = next_sweep = outage[1]
            visitors = [max(each, now) for each in visitors]
        if now >= next_sweep:
            _sweep(world, when, waiting, line, now)
            figures.jobs.append(len(waiting))
            if now % HOUR < SWEEP:
                figures.due.append(_ready(when, now))
            next_sweep = now + SWEEP
        ready_at = max(min(visitors), waiting[0][0]) if waiting else math.inf
        if ready_at >= next_sweep:
            now = next_sweep
            continue
        now = max(now, ready_at)
        _, offer, due = heapq.heappop(waiting)
        site = world.sites[offer]
        if line.free[site] > now:
            figures.put_off += 1
            heapq.heappush(waiting, (line.place(site, line.free[site]), offer, due))
            continue
        took = _duration(chance)
        is_silent = took >= GIVE_UP_S
        visitors[visitors.index(min(visitors))] = now + took
        line.free[site] = now + took + PAUSE
        _note(figures, site, now, took, due)
        failures[offer] = failures[offer] + 1 if is_silent else 0
        heapq.heappush(when, (_next(world.slots[offer], now + took, failures[offer]), offer))
    return figures


class Lines:
    """As shop.sellers.turns: when a site is free, and until when somebody stands in line."""

    def __init__(self) -> None:
        self.free: defaultdict[int, float] = defaultdict(float)
        self._until: defaultdict[int, float] = defaultdict(float)

    def place(self, site: int, at: float) -> float:
        place = max(at, self._until[site])
        self._until[site] = place + STRIDE
        return place


def _duration(chance: random.Random) -> float:
    if chance.random() < SILENT:
        return GIVE_UP_S
    return min(chance.lognormvariate(math.log(TYPICAL_S), SPREAD), GIVE_UP_S)


def _sweep(
    world: World,
    when: list[tuple[float, int]],
    waiting: list[tuple[float, int, float]],
    line: Lines,
    now: float,
) -> None:
    """As following.ring_for_due: the longest due first, those of one site in line."""
    for number in range(following.AT_ONCE):
        if not when or when[0][0] > now:
            return
        due, offer = heapq.heappop(when)
        soonest = now + number * SPACING
        heapq.heappush(waiting, (line.place(world.sites[offer], soonest), offer, due))


def _ready(when: list[tuple[float, int]], now: float) -> int:
    """How many rows are due. The heap's order is partial, so all of its top is looked at."""
    count, open_places = 0, deque([0])
    while open_places:
        place = open_places.popleft()
        if place < len(when) and when[place][0] <= now:
            count += 1
            open_places.extend((2 * place + 1, 2 * place + 2))
    return count


def _next(slot: float, now: float, failures: int) -> float:
    """As following.next_slot and its retries, on the simulated clock."""
    soonest = now + DAY
    regular = soonest + (slot - soonest) % WEEK
    if 0 < failures <= len(RETRIES):
        return min(regular, now + RETRIES[failures - 1])
    return regular


def _note(figures: Figures, site: int, now: float, took: float, due: float) -> None:
    figures.visits += 1
    figures.late.append(now - due)
    if site == 0:
        figures.late_at_worst_site.append(now - due)
    figures.by_hour[int(now // HOUR)] += 1
    figures.closest = min(figures.closest, now - figures.ended.get(site, -math.inf))
    figures.ended[site] = now + took


def _at(values: list[float], share: float) -> float:
    return sorted(values)[min(int(share * len(values)), len(values) - 1)] if values else math.nan


def _show(name: str, figures: Figures, hours: float) -> None:
    late = [_at(figures.late, share) / 60 for share in (0.5, 0.99, 1.0)]
    worst = _at(figures.late_at_worst_site, 0.99) / 60
    per_hour = [figures.by_hour[hour] for hour in range(int(hours))]
    print(
        f"{name:34} {figures.visits:>10,} {figures.visits / hours / 3600:>6.2f} "
        f"{max(per_hour) / 3600:>6.2f} {max(figures.due):>9,} {max(figures.jobs):>6,} "
        f"{figures.put_off / figures.visits:>7.1%} {figures.closest:>5.1f} "
        f"{late[0]:>6.1f} {late[1]:>8.1f} {late[2]:>8.1f} {worst:>8.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offers", type=int, default=1_000_000)
    parser.add_argument("--marketplace", type=int, default=100_000)
    parser.add_argument("--weeks", type=float, default=1.5)
    asked = parser.parse_args()
    chance = random.Random(20261123)  # noqa: S311 - to repeat, not to hide
    world = make_world(asked.offers, asked.marketplace, chance)
    largest = Counter(world.sites).most_common(3)
    print(
        f"{asked.offers:,} links, {len(set(world.sites)):,} sites; the largest: "
        + ", ".join(f"{count:,}" for _, count in largest)
    )
    hours = Counter(int(slot // HOUR) for slot in world.slots)
    print(f"links due in an hour of the week: {min(hours.values()):,} to {max(hours.values()):,}")
    print(
        f"{'':34} {'visits':>10} {'/s':>6} {'/s max':>6} {'due max':>9} {'jobs':>6} "
        f"{'put off':>7} {'gap s':>5} {'late':>6} {'p99':>8} {'max min':>8} {'mkt p99':>8}"
    )
    runs = {
        "as they come": {"outage": None, "all_at_once": False},
        "workers gone for 6 hours": {"outage": (DAY, DAY + 6 * HOUR), "all_at_once": False},
        "all links saved in one minute": {"outage": None, "all_at_once": True},
    }
    for name, more in runs.items():
        began = time.monotonic()
        figures = simulate(world, weeks=asked.weeks, chance=chance, **more)
        _show(name, figures, asked.weeks * 168)
        print(f"  simulated in {time.monotonic() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
