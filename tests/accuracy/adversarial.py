"""Links that are written to be misread, made from a seed: the same seed gives the same links.

Every way in which the host that a reader sees may differ from the host that opens: credentials,
slashes and backslashes, invisible and full-width characters, numbers for addresses, percent signs,
ports, right-to-left letters, endings, other schemes, and addresses that stand on a base.
"""

import json
import random
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

Pair = tuple[str, str | None]
WEB = ("http", "https", "ws", "wss", "ftp")

PIECES = json.loads((Path(__file__).parents[1] / "corpus/sellers/pieces.json").read_text())
# Controls, joiners and other characters that nobody sees.
INVISIBLE = "".join(
    map(
        chr,
        (
            *(0x09, 0x0A, 0x0D, 0x00, 0x0B, 0x20, 0x7F, 0xAD, 0x34F, 0x61C, 0x115F, 0x180E),
            *(0x200B, 0x200C, 0x200D, 0x2060, 0xFE0F, 0xFEFF),
        ),
    )
)
_REMOVED = str.maketrans("", "", "\t\n\r")
_EDGES = "".join(map(chr, range(0x21)))
_SCANNED = (range(0x250), range(0x2000, 0x2070), range(0xFF00, 0xFFF0), range(0x300, 0x530))


def links(seed: int, count: int) -> list[Pair]:
    """Pairs of what stands in the address and the base it stands on (None: none)."""
    dice = random.Random(seed)  # noqa: S311 - a test that can be repeated
    plain = [(text, base) for base in (None, *PIECES["bases"]) for text in PIECES["relative"]]
    plain += [(text, None) for text in _one_by_one()]
    made = [_made(dice) for _ in range(max(0, count - len(plain)))]
    return [*plain, *made]


def is_web(text: str, base: str | None) -> bool:
    """Whether the scheme is one whose hosts browsers look up, by what stands in front."""
    cleaned = text.strip(_EDGES).translate(_REMOVED)
    scheme, colon, _ = cleaned.partition(":")
    if colon and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme):
        return scheme.lower() in WEB
    return base is None or is_web(base, None)


def _one_by_one() -> Iterator[str]:
    """Every piece once in otherwise ordinary links."""
    for scheme in ("https", "http", "ftp", "custom", "file", "wss"):
        yield from (f"{scheme}://{host}/" for host in (*PIECES["numbers"], *PIECES["sixes"]))
        yield from (f"{scheme}://{label}.com/" for label in PIECES["labels"])
        yield from (f"{scheme}://{label}" for label in PIECES["labels"])
        yield from (f"{scheme}://hairiz.com{port}/" for port in PIECES["ports"])
        yield from (f"{scheme}://{user}hairiz.com/" for user in PIECES["users"])
        yield from (f"{scheme}://hairiz.{ending}/" for ending in PIECES["endings"])
        yield from (f"{scheme}://hairiz{dot}com/" for dot in PIECES["dots"])
        yield from (f"{scheme}{slashes}hairiz.com/" for slashes in PIECES["slashes"])
        yield from (f"{scheme}://hairiz.com{tail}" for tail in PIECES["tails"])
    for scheme in PIECES["schemes"]:
        yield f"{scheme}://hairiz.com:8443/p"
        yield f"{scheme}:hairiz.com"
    for code in chain(*_SCANNED):
        yield f"https://a{chr(code)}b.com/"


def _made(dice: random.Random) -> Pair:
    if dice.random() < 0.2:
        return _soup(dice), dice.choice([None, "https://base.test/a/b", "http://[::1]:81/x"])
    is_odd_scheme, is_odd_slashes = dice.random() < 0.2, dice.random() < 0.2
    text = "".join(
        (
            dice.choice(PIECES["schemes"] if is_odd_scheme else ["https", "http"]),
            dice.choice(PIECES["slashes"] if is_odd_slashes else ["://"]),
            dice.choice(PIECES["users"]),
            _host(dice),
            dice.choice(PIECES["ports"]),
            dice.choice(PIECES["tails"]),
        )
    )
    if dice.random() < 0.25:
        text = _disturbed(dice, text)
    return text, dice.choice(PIECES["bases"]) if dice.random() < 0.25 else None


def _soup(dice: random.Random) -> str:
    scheme = dice.choice(["https", "http", "HTTPS", "wss", "ftp"])
    letters = "".join(dice.choice(PIECES["soup"]) for _ in range(dice.randint(0, 9)))
    return f"{scheme}{dice.choice(PIECES['slashes'])}{letters}"


def _host(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.12:
        return dice.choice(PIECES["numbers"])
    if kind < 0.2:
        return dice.choice(PIECES["sixes"])
    labels = [dice.choice(PIECES["labels"]) for _ in range(dice.randint(1, 3))]
    return dice.choice(PIECES["dots"]).join([*labels, dice.choice(PIECES["endings"])])


def _disturbed(dice: random.Random, text: str) -> str:
    place = dice.randint(0, len(text))
    kind = dice.random()
    if kind < 0.4:
        return text[:place] + dice.choice(INVISIBLE) + text[place:]
    if kind < 0.6:
        odd = chr(dice.choice((0x80, 0x2FFF, 0x1F600)) + dice.randrange(128))
        return text[:place] + odd + text[place:]
    if kind < 0.8:
        return text[:place] + text[place + 1 :]
    return f"{dice.choice(INVISIBLE)}{text}{dice.choice(INVISIBLE)}"
