"""How would somebody imitate a name? Made-up addresses by kind, the same for the same seed.

After what is reported of real imitation: mostly the name with a word beside it, then slips of the
keyboard, three in four of them under another ending, then the name as a subdomain or in a platform;
letters of other alphabets are rare.
"""

import random
from collections.abc import Iterator

_WORDS = """
outlet shop store official sale online discount deals usa uk buy beauty hair cosmetics direct
shopping us pro care promo outlets clearance factory best global eu mall get my the new cheap
wholesale club vip market buynow products premium original
"""
_ENDINGS = "com net org shop store online top xyz co info site us vip club cc biz eu"
WORDS = _WORDS.split()
ENDINGS = _ENDINGS.split()
SITES = ("deals4u", "checkout-secure", "best-price", "kxqzu", "promo-center", "webshops")
PLATFORMS = ("myshopify.com", "github.io", "vercel.app", "netlify.app", "pages.dev", "web.app")
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
HOMOGLYPHS = {
    "a": "\u0430\u00e1\u00e0\u00e4\u0103\u03b1",
    "c": "\u0441\u00e7",
    "e": "\u0435\u00e9\u0117\u0119",
    "i": "\u0456\u00ed\u0131",
    "k": "\u043a\u03ba",
    "l": "\u013a\u0142",
    "n": "\u0144\u00f1",
    "o": "\u043e\u00f3\u03bf\u00f8",
    "p": "\u0440\u03c1",
    "r": "\u0155",
    "s": "\u0455\u015f\u015b",
    "t": "\u0163",
    "u": "\u00fa\u00fc",
    "x": "\u0445",
    "y": "\u0443\u00fd",
    "z": "\u017a",
}
LOOKALIKES = {"o": "0", "l": "1", "i": "l1", "m": ("rn",), "w": ("vv",), "d": ("cl",), "s": "5"}
VOWELS = "aeiou"


class Imitator:
    """Imitations of a label that stands under an ending; `chance` is seeded by whoever asks."""

    def __init__(self, label: str, ending: str, seed: str) -> None:
        self.label = label
        self.ending = ending
        self.chance = random.Random(f"{seed} {label}")  # noqa: S311 - a table, not a secret

    def with_words(self) -> Iterator[str]:
        pick, name = self.chance.choice, self.label
        for shape in ("{n}{w}", "{n}-{w}", "{w}{n}", "{w}-{n}", "{n}{w}{v}", "{n}-{w}-{v}"):
            text = shape.format(n=name, w=pick(WORDS), v=pick(WORDS))
            yield f"{text}.{pick([self.ending, *ENDINGS])}"

    def slips(self) -> Iterator[tuple[str, str]]:
        """(kind, label) for every kind of slip that this label allows."""
        for kind, made in {
            "omission": self._omitted(),
            "repetition": [self._with(at, self.label[at] * 2) for at in self._places()],
            "transposition": self._swapped(),
            "adjacent key": [
                self._with(at, key) for at in self._places() for key in beside(self.label[at])
            ],
            "key added": [
                self._with(at, f"{self.label[at]}{key}")
                for at in self._places()
                for key in beside(self.label[at])
            ],
            "vowel": [
                self._with(at, vowel)
                for at in self._places()
                if self.label[at] in VOWELS
                for vowel in VOWELS
            ],
            "plain lookalike": [
                self._with(at, other)
                for at in self._places()
                for other in LOOKALIKES.get(self.label[at], "")
            ],
            "bit flip": [
                self._with(at, chr(ord(self.label[at]) ^ 1 << bit))
                for at in self._places()
                for bit in range(6)
            ],
            "letter at the end": [self.label + key for key in "abcdefghijklmnopqrstuvwxyz"],
        }.items():
            kept = sorted({text for text in made if is_label(text) and text != self.label})
            if kept:
                yield kind, self.chance.choice(kept)

    def under_an_ending(self, label: str) -> str:
        """Three in four also change the ending."""
        is_other = self.chance.random() < 0.75
        return f"{label}.{self.chance.choice(ENDINGS) if is_other else self.ending}"

    def as_subdomain(self) -> Iterator[str]:
        pick = self.chance.choice
        yield f"{self.label}.{pick(SITES)}.{pick(ENDINGS)}"
        yield f"{self.label}-{pick(WORDS)}.{pick(SITES)}.{pick(ENDINGS)}"
        yield f"{self.label}.{pick(PLATFORMS)}"

    def embedded(self) -> Iterator[str]:
        pick = self.chance.choice
        yield f"{self.label}.{self.ending}.{pick(SITES)}.{pick(ENDINGS)}"
        yield f"{self.label}.{self.ending}-{pick(WORDS)}.{pick(ENDINGS)}"

    def moved(self) -> Iterator[str]:
        at = self.chance.randrange(1, len(self.label) - 1)
        plain = self.label.replace("-", "")
        if plain != self.label:
            yield f"{plain}.{self.ending}"
        yield f"{self.label[:at].strip('-')}-{self.label[at:].strip('-')}.{self.ending}"
        yield f"{self.label[:at].strip('-')}.{self.label[at:].strip('-')}.{self.ending}"
        yield f"www{self.label}.{self.ending}"

    def redrawn(self) -> Iterator[str]:
        for _ in range(2):
            places = [at for at in self._places() if self.label[at] in HOMOGLYPHS]
            if not places:
                return
            at = self.chance.choice(places)
            yield f"{self._with(at, self.chance.choice(HOMOGLYPHS[self.label[at]]))}.{self.ending}"

    def _places(self) -> range:
        return range(len(self.label))

    def _with(self, at: int, text: str) -> str:
        return self.label[:at] + text + self.label[at + 1 :]

    def _omitted(self) -> list[str]:
        return [self._with(at, "") for at in self._places()]

    def _swapped(self) -> list[str]:
        return [
            self.label[:at] + self.label[at + 1] + self.label[at] + self.label[at + 2 :]
            for at in range(len(self.label) - 1)
        ]


def beside(key: str) -> str:
    """The keys next to one, on an English keyboard."""
    found = ""
    for number, row in enumerate(ROWS):
        at = row.find(key)
        if at < 0:
            continue
        found += row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
        if number:
            found += ROWS[number - 1][at : at + 2]
        if number < len(ROWS) - 1:
            found += ROWS[number + 1][max(at - 1, 0) : at + 1]
    return found


def is_label(text: str) -> bool:
    is_plain = text.isascii() and text == text.lower() and text.replace("-", "").isalnum()
    return is_plain and text[0] != "-"
