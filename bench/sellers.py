"""How many links are judged in a second, however many shops are known?

    PYTHONPATH=. .venv/bin/python bench/sellers.py [--known 1000 10000 100000 1000000]
        [--protected 10000 100000] [--links 20000] [--rounds 3]

One process, one core. Every shop is a seller that the brand lists, with a proof; four links in five
lead to one of them, the fifth to a host that nobody knows, one in ten of which imitates a protected
name. A check is all of it: reading the link, asking the index of protected names, the facts, every
rule, and the findings with their values. Time is the process's own, not the clock's, so other work
on the machine matters less. Compared in the same run, over the same links, with ways to tell
imitations: a scan of all protected names by rapidfuzz, the permutation sets of dnstwist (where it
is installed), and a rule as openSquat has it (edit distance or substring over every name).
"""

import argparse
import gc
import random
import statistics
import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein

from shop.assay.sellers.checks import Judge
from shop.assay.sellers.facts import (
    Authorization,
    Host,
    ProductFacts,
    Proof,
    ProofState,
    Seller,
    SellerList,
    Source,
)
from shop.assay.sellers.hostnames import parse
from shop.assay.sellers.protected import Index
from shop.assay.sellers.register import Register
from shop.assay.vocabulary import Finding

try:
    import dnstwist  # no dependency of ours: in a virtual environment of its own
except ImportError:
    dnstwist = None

AT = datetime(2026, 11, 22, tzinfo=UTC)
LISTED = date(2026, 10, 3)
PROOF = Proof(ProofState.OK, verified_on=date(2026, 11, 1), expires_on=date(2027, 1, 31))
ENDINGS = ("com", "com", "com", "net", "de", "co.uk", "fr", "shop", "com.br", "ru")
PATHS = ("", "/", "/p/1", "/products/hair-serum-50ml", "/shop/item?id=731&ref=ad", "/de/serum#top")
_CONSONANTS = "b c d f g h j k l m n p r s t v w z bl br cl cr dr fl gr pl pr st tr"
CONSONANTS = _CONSONANTS.split()
ENDS = ("", "", "", "", "l", "n", "r", "s", "t", "x")


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--known", type=int, nargs="+", default=[1000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--protected", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--links", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    chance = random.Random(1)  # noqa: S311 - the same names in every run
    largest = max(options.known)
    names = sorted(hosts(chance, largest + max(options.protected) + options.links))
    chance.shuffle(names)
    known, rest = names[:largest], names[largest:]
    print(f"memory before anything is built: {resident():.0f} MB")
    for count in options.protected:
        protected, strangers = rest[:count], rest[count:]
        before, begun = resident(), time.process_time()
        index = Index.build(protected)
        seconds = time.process_time() - begun
        print(f"\nindex of {count:,} names: {seconds:.2f} s, {resident() - before:.0f} MB")
        baseline = None
        for size in options.known:
            rate = ours(known[:size], strangers, protected, index, options)
            baseline = baseline or rate
            print(
                f" {rate:>9,.0f} checks a second, {baseline / rate:.2f} times the first one's time"
            )
        for name, check in others(protected).items():
            print(f"  {name:>24}: {other_rate(check, known, strangers, protected):>9,.0f}/s")


def ours(
    known: list[str],
    strangers: list[str],
    protected: list[str],
    index: Index,
    options: argparse.Namespace,
) -> float:
    """Checks per second, the median of some rounds."""
    before = resident()
    register = Register(product(known))
    check_all(links(known, strangers, protected, 500, 0), register, index)  # what is built once
    gc.collect()
    gc.freeze()  # as a process does that keeps what it built: nothing in it is garbage
    print(f"  {len(known):>9,} known take {resident() - before:.0f} MB;", end="")
    rates = []
    for number in range(1, options.rounds + 1):  # other links each time: nothing is remembered
        texts = links(known, strangers, protected, options.links, number)
        begun = time.process_time()
        found = check_all(texts, register, index)
        rates.append(len(texts) / (time.process_time() - begun))
        verified = sum(findings[0].rule.code == "seller.authorized" for findings in found)
        assert 0.75 < verified / len(texts) < 0.85  # noqa: S101, PLR2004 - or nothing was measured
    gc.unfreeze()
    del register
    gc.collect()
    return statistics.median(rates)


def check_all(texts: list[str], register: Register, index: Index) -> list[tuple[Finding, ...]]:
    judge = Judge(register, index, at=AT).judge
    return [judge(text) for text in texts]


def product(known: list[str]) -> ProductFacts:
    """A brand that lists every one of these, ten addresses to a seller."""
    authorization = Authorization(Source.BRAND_LIST, listed_on=LISTED)
    sellers = tuple(
        Seller(
            f"Shop {at}", tuple(Host(host, PROOF) for host in known[at : at + 10]), authorization
        )
        for at in range(0, len(known), 10)
    )
    return ProductFacts(
        "Vantelle",
        official=(Host("vantelle.com", PROOF),),
        seller_list=SellerList(LISTED),
        sellers=sellers,
    )


def links(
    known: list[str], strangers: list[str], protected: list[str], count: int, number: int
) -> list[str]:
    """Four in five known; of the rest one in ten imitates a protected name."""
    chance = random.Random(number)  # noqa: S311 - the same links in every run
    found = []
    for at in range(count):
        if at % 5:
            host = chance.choice(known)
        elif at % 50:
            host = strangers[(number * count // 5 + at // 5) % len(strangers)]
        else:
            host = imitation(chance, chance.choice(protected))
        subdomain = chance.choice(("", "", "www.", "shop."))
        found.append(f"https://{subdomain}{host}{chance.choice(PATHS)}")
    return found


def imitation(chance: random.Random, host: str) -> str:
    label, _, ending = host.partition(".")
    at = chance.randrange(1, len(label))
    return chance.choice(
        (
            f"{label}-outlet.{ending}",
            f"{label[:at]}{label[at - 1]}{label[at:]}.{ending}",
            f"{label[:at]}-{label[at:]}.{ending}",
            f"{label}.{ending}.deals4u.net",
        )
    )


def hosts(chance: random.Random, count: int) -> set[str]:
    """Names that can be spoken, four to sixteen letters, under usual endings."""
    found: set[str] = set()
    while len(found) < count:
        label = "".join(
            chance.choice(CONSONANTS) + chance.choice("aeiou") + chance.choice(ENDS)
            for _ in range(chance.choice((2, 3, 3, 4, 4)))
        )
        if chance.random() < 0.1:  # noqa: PLR2004 - one in ten
            label = f"{label[:5]}-{label[5:] or 'shop'}"
        found.add(f"{label}.{chance.choice(ENDINGS)}")
    return found


def others(protected: list[str]) -> dict[str, Callable[[str], bool]]:
    """Other ways to tell whether a host imitates a protected name."""
    labels = [host.partition(".")[0] for host in protected]

    def scan(host: str) -> bool:
        label = host.partition(".")[0]
        return bool(process.extractOne(label, labels, scorer=OSA.distance, score_cutoff=2))

    def squat(host: str) -> bool:
        return any(label in host or Levenshtein.distance(label, host) <= 1 for label in labels)

    found: dict[str, Callable[[str], bool]] = {"rapidfuzz scan": scan, "like openSquat": squat}
    if dnstwist is not None:
        permutations = set(permuted(protected[:1000]))
        print(f"  dnstwist: {len(permutations):,} permutations of 1,000 names")
        found["dnstwist sets (1,000)"] = lambda host: host in permutations
    return found


def permuted(protected: Iterable[str]) -> Iterable[str]:
    for host in protected:
        fuzzer = dnstwist.Fuzzer(host)
        fuzzer.generate()
        yield from (each["domain"] for each in fuzzer.domains)


def other_rate(
    check: Callable[[str], bool], known: list[str], strangers: list[str], protected: list[str]
) -> float:
    """Hosts per second; only the look-alike test, on hosts that are parsed already."""
    texts = [parse(text).name for text in links(known, strangers, protected, 2000, 1)]
    begun = time.process_time()
    done = 0
    for text in texts:
        check(text)
        done += 1
        if time.process_time() - begun > 2:  # noqa: PLR2004 - seconds are enough to see
            break
    return done / (time.process_time() - begun)


def resident() -> float:
    """Megabytes that this process holds."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
