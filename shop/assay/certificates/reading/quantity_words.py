"""Which words stand for a bound, for nothing found, for too much to count? In seven languages.

All in lower case without accents, as reading.spelling folds them.
"""

import re

# Before a number. Longer phrases first: "not less than" holds "less than".
_BOUNDS_TEXT: tuple[tuple[str, str], ...] = (
    (
        "<=",
        r"""not more th[ae]n|no more th[ae]n|not greater than|n\.?m\.?t\.?|not to exceed
        |not exceed(?:ing)?|(?:should|must|shall)? ?not exceed|up to|at most
        |less than or equal(?: to)?|below or equal(?: to)?|lte|le|max(?:imum|imal|imo|imo de|imos)?
        |nicht mehr als|hochstens|nicht uber|kleiner(?: oder)? gleich|bis zu|bis max|bis
        |au plus|pas plus de|au maximum|inferieure? ou egale? a|jusqu'?a|ne depass(?:e|ant) pas
        |maximale?|no mas (?:de|que)|no mayor (?:de|que|a)|como maximo|menor o igual (?:a|que)
        |hasta|no superior a|non (?:piu|oltre) d[ie]|non superiore a|massim[oa]|al massimo
        |minore o uguale (?:a|di)|inferiore o uguale a|fino a|nao (?:mais|superior) (?:de|que|a)
        |no maximo|maxima|menor ou igual a|ate|niet meer dan|niet hoger dan|hoogstens|ten hoogste
        |maximaal|kleiner dan of gelijk aan""",
    ),
    (
        ">=",
        r"""not less th[ae]n|no less th[ae]n|not lower than|n\.?l\.?t\.?|at least
        |greater than or equal(?: to)?|more than or equal(?: to)?|gte|ge
        |min(?:imum|imal|imo|imo de)?
        |nicht weniger als|nicht unter|mindestens|mind|wenigstens|gro(?:ss|s)er(?: oder)? gleich
        |au moins|pas moins de|au minimum|superieure? ou egale? a|minimale?|no menos (?:de|que)
        |no menor (?:de|que|a)|como minimo|mayor o igual (?:a|que)|al menos|non meno d[ie]
        |non inferiore a|minim[oa]|al minimo|almeno|maggiore o uguale (?:a|di)
        |superiore o uguale a|nao (?:menos|inferior) (?:de|que|a)|no minimo|maior ou igual a
        |pelo menos|niet minder dan|niet lager dan|minstens|ten ?minste|minimaal
        |groter dan of gelijk aan""",
    ),
    (
        "<",
        r"""less th[ae]n|lower than|smaller than|fewer than|below|under|kleiner als|weniger als
        |unter|inferieure? a|moins de|menor (?:de|que|a)|menos (?:de|que)|inferior a|minore (?:di|a)
        |meno di|inferiore a|abaixo de|minder dan|lager dan|kleiner dan|onder""",
    ),
    (
        ">",
        r"""more th[ae]n|greater than|higher than|exceeding|exceeds|above|over|gro(?:ss|s)er als
        |mehr als|uber|superieure? a|plus de|mayor (?:de|que|a)|mas (?:de|que)|superior a
        |maggiore (?:di|a)|piu di|superiore a|maior (?:do )?(?:que|a)|mais (?:de|que)|acima de
        |meer dan|hoger dan|groter dan|boven""",
    ),
)
_SIGNS = {"\u2264": "<=", "\u2265": ">=", "<": "<", ">": ">"}


def _phrases(text: str) -> str:
    return "|".join(" ".join(part.split()) for part in text.split("|"))


_BOUNDS = tuple(
    (op, re.compile(rf"(?:{_phrases(text)})(?![a-z])[.:]?")) for op, text in _BOUNDS_TEXT
)
# After a number: "10 ppm max", "98 % or more".
_AFTER_TEXT = {
    "<=": r"""max(?:imum|imal|imo|imaal)?|massimo|or less|or below|oder weniger|ou moins|o menos
        |o meno|of minder""",
    ">=": r"""min(?:imum|imal|imo|imaal)?|or more|or above|oder mehr|ou plus|o mas|o piu|ou mais
        |of meer""",
}
_AFTER = tuple(
    (op, re.compile(rf"(?:{_phrases(text)})(?![a-z])\.?")) for op, text in _AFTER_TEXT.items()
)
TO = re.compile(r"(?:-{1,2}|\.{2,3}|~|to|through|bis|a|al|tot|ate|fino a|/-)(?![a-z])|\u2026")
AND = re.compile(
    r"(?:and|und|et|y|e|en|but|bis|to|a|[,;&-])(?![a-z])\s?(?:(?:and|und|et|y|e)(?![a-z]))?"
)
BETWEEN = re.compile(r"(?:between|from|zwischen|von|entre|de|desde|tra|da|fra|tussen|van)(?![a-z])")
PLUS_MINUS = re.compile(r"\u00b1|plus ?/? ?minus")
ROUGHLY = re.compile(
    r"(?:~|approx(?:imately)?|about|circa|ca|env(?:iron)?|ungefahr|etwa)(?![a-z])\.?"
)
PREFIX = re.compile(
    r"(?:target(?: value)?|spec(?:ification)?|limits?|range|nominal|aim|soll(?:wert)?|ziel(?:wert)?"
    r"|cible|objetivo|obiettivo|valor|result|value|found|ph(?:[ -]?(?:value|wert))?|density"
    r"|viscosity|total|each|d|nd?20|is)(?![a-z])\s?[:=]?\s?|[:=]\s?"
)
TARGET = re.compile(r"(?:target|nominal|aim|sollwert|zielwert|ziel|cible|objetivo|obiettivo)\b")
# The name of a rule set in a cell is no number of the cell.
REFERENCE = re.compile(
    r"\b(?:usp|ep|bp|jp|nf|ph\.? ?eur\.?|iso|din|en iso|astm|aoac|epa|fcc)\s?"
    r"(?:<\s?\d{2,4}\s?>|[a-z]? ?\d[\d.:/-]*)"
)
# At which temperature a density or a pH was taken.
CONDITION = re.compile(
    r"[,;(]?\s?(?:@|\bat\b|\bbei\b|\bbij\b|\ba\b)\s?\d{1,2}(?:[.,]\d)?\s?(?:\u00b1\s?\d(?:[.,]\d)?\s?)?"
    r"\u00b0?\s?[cf]\b\s?\)?"
)
_ABSENT_TEXT = r"""n\.?\s?d\.?|n/d|n\.n\.|not? detect(?:ed|able)|none detected|none found
    |undetect(?:ed|able)
    |not present|not found|no growth|nil|abs(?:ent|ence)|negative|neg|nicht nachweisbar
    |nicht nachgewiesen|negativ|abwesend|kein wachstum|nicht vorhanden|non detecte[es]*
    |non detectable|absente?s?|negatif|negative|pas de croissance|no (?:se )?detecta(?:do|da|ble)?
    |ausen(?:cia|te)s?|negativ[oa]|non rilevat[oa]|non rilevabile|assen(?:te|ti|za)
    |nao detec?tad[oa]|niet aantoonbaar|niet gedetecteerd|niet aangetoond|afwezig(?:heid)?|negatief
    |conforms? to absence|nulle?"""
_PRESENT_TEXT = r"""detected|present|presence|positive|growth|found|nachgewiesen|nachweisbar
    |vorhanden|positiv|wachstum|detecte[es]*|presente?s?|positif|croissance|detectad[oa]
    |presencia|positiv[oa]|rilevat[oa]|presenza|presenti|detetad[oa]|presenca|aanwezig
    |aangetoond|gedetecteerd|positief"""
_LIMITS = r"(?:l\.?[oq]\.?[dq]?\.?|l\.?d\.?|lodq?|mdl|m?rl|pql|bg|ng|loq/lod|crl|cc\u03b1)"
_BELOW_TEXT = rf"""(?:<|\u2264|below|under|less than|inferieure? a|inferior a|unter|onder
    |kleiner als)
    ?(?:the |der |la |lq |el |il |o |de )?(?:{_LIMITS}(?![a-z0-9])|detection(?: limit)?
    |reporting limit|quanti(?:tation|fication)(?: limit)?|limit of (?:detection|quanti)
    |nachweisgrenze|bestimmungsgrenze|limite|detectielimiet|bepalingsgrens)
    |b\.?l\.?[oqd]{{1,3}}|b\.?[dq]\.?l\.?|bmdl|brl|bpql|lod/loq|traces?|spuren|trazas|tracce|vestigios|sporen"""
_MANY_TEXT = r"""tntc|too numerous(?: to count)?|uncountable|innumerable|confluent|incontables?
    |non numerable|nicht auszahlbar|unzahlbar|ontelbaar"""


def _opening(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_phrases(text)})(?![a-z0-9])")


# What a cell may open with instead of a number, tried in this order.
STATES = (
    ("below", _opening(_BELOW_TEXT)),
    ("absent", _opening(_ABSENT_TEXT)),
    ("many", _opening(_MANY_TEXT)),
    ("present", _opening(_PRESENT_TEXT)),
)


def bound_at(text: str, position: int) -> tuple[str, int] | None:
    """The bound (<=, >=, <, >) that begins here, and where it ends."""
    sign = _SIGNS.get(text[position : position + 1])
    if sign:
        return sign, position + 1
    for op, pattern in _BOUNDS:
        if match := pattern.match(text, position):
            return op, match.end()
    return None


def bound_after(text: str, position: int) -> tuple[str, int] | None:
    """As `bound_at`, for words that follow their number."""
    for op, pattern in _AFTER:
        if match := pattern.match(text, position):
            return op, match.end()
    return None
