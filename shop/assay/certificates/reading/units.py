"""In which unit is a number printed, and what is it in another one? Exact fractions.

What cannot be converted without knowing more (CFU/g and CFU/ml, ppm and mg/l) is not converted.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from shop.assay.certificates.reading.spelling import folded, plain


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as so many of its dimension's base unit; a temperature has a zero of its own.

    `is_log` says that the number is the decimal logarithm of one in this unit.
    """

    dimension: str
    factor: Fraction = Fraction(1)
    zero: Fraction = Fraction(0)
    is_log: bool = False
    is_known: bool = True


NONE = Unit("")
_PERCENT = Fraction(1, 100)
PERCENT = Unit("fraction", _PERCENT)
_MASS, _VOLUME = "mass", "volume"
_PREFIXES = {
    "k": Fraction(1000),
    "": Fraction(1),
    "d": Fraction(1, 10),
    "c": Fraction(1, 100),
    "m": Fraction(1, 1000),
    "u": Fraction(1, 10**6),
    "mc": Fraction(1, 10**6),
    "n": Fraction(1, 10**9),
    "p": Fraction(1, 10**12),
}
_BASES = {"g": _MASS, "l": _VOLUME, "m": "length", "s": "time", "pa.s": "viscosity"}
_COUNTS_TEXT = """
    cfu ufc kbe kve cfus mpn npp iu ui ie cells spores eu meq meqo2 mmol units unit counts colonies
"""
# The same colony in English, French, Spanish, Italian, Portuguese; German; Dutch.
_SAME_COUNT = {
    "ufc": "cfu",
    "kbe": "cfu",
    "kve": "cfu",
    "cfus": "cfu",
    "colonies": "cfu",
    "ui": "iu",
    "ie": "iu",
    "npp": "mpn",
    "meqo2": "meq",
    "units": "unit",
}
_SERVINGS_TEXT = """
    capsule capsules cap caps tablet tablets tab serving servings dose unit piece softgel gummy
    package container swab plate cm2 bottle portion kapsel tablette gelule capsula comprimido
"""
_BY_MASS_TEXT = "%w/w %m/m %p/p %wt %wt/wt wt% w/w% m/m% gew% gew.% ma% ma.% mass% mass-%"
_PLAIN: Mapping[str, Unit] = {
    **{text: Unit("mass/mass", _PERCENT) for text in _BY_MASS_TEXT.split()},
    "%w/v": Unit("mass/volume", Fraction(10)),
    "%m/v": Unit("mass/volume", Fraction(10)),
    "%p/v": Unit("mass/volume", Fraction(10)),
    "%v/v": Unit("volume/volume", _PERCENT),
    "%vol": Unit("volume/volume", _PERCENT),
    "vol%": Unit("volume/volume", _PERCENT),
    "%": PERCENT,
    "percent": PERCENT,
    "prozent": PERCENT,
    "\N{PER MILLE SIGN}": Unit("fraction", Fraction(1, 1000)),
    "ppm": Unit("mass/mass", Fraction(1, 10**6)),
    "ppb": Unit("mass/mass", Fraction(1, 10**9)),
    "ppt": Unit("mass/mass", Fraction(1, 10**12)),
    "cp": Unit("viscosity", Fraction(1, 1000)),
    "cps": Unit("viscosity", Fraction(1, 1000)),
    "centipoise": Unit("viscosity", Fraction(1, 1000)),
    "mpa*s": Unit("viscosity", Fraction(1, 1000)),
    "mpas": Unit("viscosity", Fraction(1, 1000)),
    "pas": Unit("viscosity"),
    "poise": Unit("viscosity", Fraction(1, 10)),
    "cst": Unit("kinematic"),
    "mm2/s": Unit("kinematic"),
    "\N{DEGREE SIGN}c": Unit("temperature"),
    "degc": Unit("temperature"),
    "degreesc": Unit("temperature"),
    "\N{DEGREE SIGN}f": Unit("temperature", Fraction(5, 9), Fraction(-160, 9)),
    "k": Unit("temperature", zero=Fraction(-27315, 100)),
    "us/cm": Unit("conductivity"),
    "ms/cm": Unit("conductivity", Fraction(1000)),
    "ms/m": Unit("conductivity", Fraction(10)),
    "cm3": Unit(_VOLUME, Fraction(1, 1000)),
    "cc": Unit(_VOLUME, Fraction(1, 1000)),
    "dm3": Unit(_VOLUME),
    "m3": Unit(_VOLUME, Fraction(1000)),
    "min": Unit("time", Fraction(60)),
    "h": Unit("time", Fraction(3600)),
    "ph": NONE,
    "phunits": NONE,
    "s.u.": NONE,
    "su": NONE,
    "-": NONE,
    "--": NONE,
    "n/a": NONE,
    "na": NONE,
    "none": NONE,
}
_COUNTS = frozenset(_COUNTS_TEXT.split())
_SERVINGS = frozenset(_SERVINGS_TEXT.split())
_LOG = re.compile(r"\(?log(?:10|_10|\(10\))?\)?(?=[^a-z]|cfu|ufc|kbe|kve)\s?")
_PER = re.compile(r"\s(?:per|pro|par|por|je|al|in|en|dans)\s")
# A percentage that says of what.
_OF = re.compile(
    r"%(?:of)?(?:the)?(labell?(?:ed)?(?:claim|amount)?|lc|claim|rh|area|dv|rdi|recovery|transmittance)"
)
_PART = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)?([^\d].*)")
_EITHER = re.compile(r"/(?:\(?)(g|ml)(?:or|/|oder|ou|o|resp\.)(g|ml)\)?$")
_EITHER_ONE = "mass or volume"  # "CFU per g or ml": the first for solids, the second for liquids
_PER_EITHER = {_MASS: Fraction(1), _VOLUME: Fraction(1000)}
_WORDS = (
    (re.compile(r"(?<![a-z])gram(?:s|m|me|mes|mi|mo|mos|os|as|o|a)?(?![a-z])"), "g"),
    (re.compile(r"(?<![a-z])(?:milliliter|millilitre|mililitro)s?(?![a-z])"), "ml"),
    (re.compile(r"(?<![a-z])(?:liter|litre|litro)s?(?![a-z])"), "l"),
    (re.compile(r"colony[ -]forming[ -]units?"), "cfu"),
    (re.compile(r"^in (?=\S)"), ""),
)
# Families of percentages that a plain % may stand for.
_FRACTIONS = frozenset({"mass/mass", "volume/volume"})


@lru_cache(maxsize=2048)  # a report names the same few units in every line
def unit(text: str) -> Unit:
    """The unit; one that is not known is compared with itself only."""
    written = _PER.sub("/", folded(plain(text)).strip(" .,;:"))
    for pattern, short in _WORDS:
        written = pattern.sub(short, written)
    found = _read(written)
    if not found.is_known and (bare := re.sub(r"\([^()]*\)", "", written).strip()):
        again = _read(bare)  # "mg/kg (ppm)"
        found = again if again.is_known else found
    return found


def convert(amount: Fraction, source: Unit, target: Unit) -> Fraction | None:
    """The amount in the target's unit; None where that cannot be said."""
    if source.is_log != target.is_log:
        return None
    ratio = _between(source, target)
    if ratio is None:
        return None
    if source.is_log and source.factor != target.factor:
        return None
    return (amount * source.factor + source.zero - target.zero) * ratio / target.factor


def is_count(found: Unit) -> bool:
    """Whether it counts colonies."""
    return found.dimension.startswith(("cfu", "mpn"))


def is_same(one: Unit, other: Unit) -> bool:
    """Whether the two are one unit, whatever it is called."""
    return one == other or (
        _between(one, other) == 1 and one.factor == other.factor and one.is_log == other.is_log
    )


def _read(written: str) -> Unit:
    log = _LOG.match(written)
    key = _key(written[log.end() :] if log else written)
    if not key:
        return Unit("", is_log=bool(log))
    found = _PLAIN.get(key) or _compound(key) or _simple(key)
    if found is None:
        found = Unit(f"?{key[:60]}", is_known=False)
    return Unit(found.dimension, found.factor, found.zero, bool(log), found.is_known)


def _between(source: Unit, target: Unit) -> Fraction | None:
    """By what one dimension's base goes over into the other's."""
    one, other = source.dimension, target.dimension
    if one == other:
        return Fraction(1)
    if {one, other} == {"fraction", "mass/volume"} and _PERCENT in {source.factor, target.factor}:
        # A % of which nobody says of what, beside a % w/v.
        return Fraction(1000) if one == "fraction" else Fraction(1, 1000)
    if "fraction" in {one, other} and ({one, other} & _FRACTIONS or "%of" in one + other):
        return Fraction(1)
    for from_either, count in ((one, other), (other, one)):
        if from_either == f"{count.partition('/')[0]}/{_EITHER_ONE}":
            per = _PER_EITHER.get(count.partition("/")[2])
            return per if per is None or from_either == one else 1 / per
    return None


def _key(text: str) -> str:
    """The unit without blanks, brackets around a whole or a part, and decoration."""
    joined = re.sub(r"[\s()\[\]]", "", text)
    joined = joined.replace("\N{MIDDLE DOT}", ".").replace("*s", ".s").replace("-1", "^-1")
    joined = re.sub(r"\.?(l|ml|g|kg)\^-1$", r"/\1", joined)
    return joined.rstrip(".") or joined


def _compound(key: str) -> Unit | None:
    """Something per something: mg/kg, g/100g, CFU/g, mg/capsule."""
    if match := _EITHER.search(key):
        base = _count(key[: match.start()])
        return Unit(f"{base}/{_EITHER_ONE}") if base and match[1] != match[2] else None
    above, slash, below = key.partition("/")
    if not slash or not above or not below:
        return None
    over, under = _simple(above), _part(below)
    if over is None or under is None:
        return None
    dimension = f"{over.dimension}/{under.dimension}"
    return Unit(dimension, over.factor / under.factor)


def _part(text: str) -> Unit | None:
    match = _PART.fullmatch(text)
    if match is None:
        return None
    often = Fraction(match[1] or "1")
    found = _simple(match[2]) or (Unit(match[2].rstrip("s")) if match[2] in _SERVINGS else None)
    return Unit(found.dimension, found.factor * often) if found and often else None


def _simple(key: str) -> Unit | None:
    if count := _count(key):
        return Unit(count)
    if key in {"cm3", "cc", "dm3", "m3", "cm2"}:
        return _PLAIN.get(key, Unit("cm2"))
    for base, dimension in _BASES.items():
        prefix = key.removesuffix(base)
        if prefix != key and prefix in _PREFIXES:
            return Unit(dimension, _PREFIXES[prefix])
    match = _OF.fullmatch(key)
    return Unit(f"%of{match[1]}", _PERCENT) if match else None


def _count(key: str) -> str:
    bare = key.rstrip(".")
    joined = bare.replace(".", "")
    return _SAME_COUNT.get(joined, joined) if joined in _COUNTS else ""
