"""Is a result's method among those that an accreditation covers?

A body lists standards ("ISO 21149"), or kinds of tests ("Elements by ICP-MS"). A standard is
compared by its number, without year and without the bodies that took it over.
"""

import re
from collections.abc import Iterable

from shop.assay.certificates.facts import Result
from shop.assay.certificates.keys import code_key, words_of
from shop.assay.certificates.reading.spelling import folded, plain

_STANDARDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("iso", re.compile(r"\biso(?:/(?:iec|ts|tr|dis|fdis))?[\s:-]?(\d{2,6}(?:-\d{1,2}(?!\d))?)")),
    ("en", re.compile(r"\ben[\s:-]?(\d{3,6}(?:-\d{1,2}(?!\d))?)")),
    ("din", re.compile(r"\bdin[\s:-]?(\d{3,6}(?:-\d{1,2}(?!\d))?)")),
    (
        "usp",
        re.compile(r"\busp(?:[\s-]?nf)?[\s-]?(?:\d{2}\s?(?=<))?(?:chapter\s|ch\.?\s?)?<?(\d{2,4})"),
    ),
    (
        "ph eur",
        re.compile(r"(?:\bph\.?\s?eur\.?|\beur\.?\s?ph\.?|\bep)[^\d]{0,12}(\d\.\d{1,2}\.\d{1,3})"),
    ),
    ("jp", re.compile(r"\bjp[^\d]{0,12}(\d\.\d{1,2})")),
    ("aoac", re.compile(r"\baoac[^\d]{0,30}(\d{3,4}\.\d{2})")),
    ("epa", re.compile(r"(?:\bepa|\bsw-?846)[^\d]{0,20}(\d{3,4}(?:\.\d)?)")),
    ("astm", re.compile(r"\bastm[\s-]?([a-z]\s?\d{1,4})")),
    ("gb", re.compile(r"\bgb(?:/t)?[\s-]?(\d{3,6}(?:\.\d{1,3})?)")),
    ("bam", re.compile(r"\bbam[^\d]{0,12}(\d{1,2})")),
    ("nmkl", re.compile(r"\bnmkl[^\d]{0,6}(\d{1,3})")),
    ("asu", re.compile(r"\basu[\s-]?(l\s?\d{2}\.\d{2}-\d{1,3})")),
)
_USP_MORE = re.compile(r"<\s?(\d{2,4})\s?>")
_FIELDS_TEXT = {
    "microbiology": """
        microb mikrob aerob yeast mold mould hefe schimmel keim coli coliform staphylo pseudomon
        candida salmonell enterobact tamc tymc levur moisiss levad moho liev muff bolor leved gist
        bacter bakter pathogen listeria escherichia pilz germ""",
    "elements": """
        element metal metall metaux metaal lead arsen cadmium mercur nickel antimon chrom blei
        quecksilber plomb plomo piombo chumbo lood kwik cobalt barium thallium""",
    "ph": "ph phwert",
    "density": "densit dichte gravity densidad masse dichtheid",
    "viscosity": "viscos viskos",
    "moisture": "moisture water wasser humid drying trocknung eau agua acqua vocht",
    "pesticides": "pesticid pestizid plaguicid fitosanit bestrijding",
    "solvents": "solvent losemittel losungsmittel solvant disolvent oplosmiddel",
    "mycotoxins": "mycotox mykotox aflatox ochratox micotox zearal fumonis",
    "cannabinoids": "cannab thc cbd cbg cbn",
    "terpenes": "terpen",
    "preservatives": "preserv konserv conservat paraben phenoxyethanol",
    "assay": "assay potency content gehalt teneur titre contenuto conteudo",
}
_TECHNIQUES_TEXT = "hplc uhplc uplc gc icp aas fid ms oes mp uv dad fluorescence titration karl"
_FIELDS = {name: tuple(text.split()) for name, text in _FIELDS_TEXT.items()}
_TECHNIQUES = frozenset(_TECHNIQUES_TEXT.split())
# How a measured substance is separated or excited; two of these are two methods.
_APART = frozenset({"hplc", "uhplc", "uplc", "gc", "icp", "aas", "titration", "karl"})
_LIQUID = frozenset({"hplc", "uhplc", "uplc"})
_SHORTEST_STEM = 3


def standards(text: str) -> frozenset[str]:
    """The standards that a text names: "iso 21149", "usp 61"."""
    written = folded(plain(text))
    found = {
        f"{body} {number.replace(' ', '')}"
        for body, pattern in _STANDARDS
        for number in pattern.findall(written)
    }
    if any(each.startswith("usp ") for each in found):
        found |= {f"usp {number}" for number in _USP_MORE.findall(written)}
    return frozenset(found)


def is_covered(result: Result, scope: Iterable[str]) -> bool:
    """Whether one of the entries of a scope covers the result."""
    return any(_covers(entry, result) for entry in scope if code_key(entry))


def _covers(entry: str, result: Result) -> bool:
    listed, named = standards(entry), standards(result.method)
    if listed:
        return any(_is_same(one, other) for one in listed for other in named)
    if result.method and code_key(result.method) in code_key(entry):
        return True
    return _is_of_kind(entry, result)


def _is_same(one: str, other: str) -> bool:
    """ISO 6579 covers its part 1; EN and DIN numbers are those of ISO where they are the same."""
    short, long = sorted((one, other), key=len)
    return long == short or long.startswith(f"{short}-")


def _is_of_kind(entry: str, result: Result) -> bool:
    """Whether an entry in words ("Elements by ICP-MS") speaks of such a result."""
    told = words_of(f"{result.group} {result.analyte} {result.method}")
    fields = _fields(words_of(entry))
    ways, own = _ways(words_of(entry)), _ways(words_of(result.method))
    if ways & _APART and own & _APART and not ways & own & _APART:
        return False
    if fields == {"assay"} and ways & own & _APART:
        return True  # of whatever it is the assay
    return bool(fields & _fields(told))


def _fields(words: list[str]) -> set[str]:
    return {name for name, stems in _FIELDS.items() if any(_has(words, stem) for stem in stems)}


def _has(words: list[str], stem: str) -> bool:
    if len(stem) < _SHORTEST_STEM:
        return stem in words
    return any(word.startswith(stem) for word in words)


def _ways(words: list[str]) -> set[str]:
    ways = set(words) & _TECHNIQUES
    return ways | _LIQUID if ways & _LIQUID else ways
