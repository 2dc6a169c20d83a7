"""Does this text look like a unit of measurement, whatever it may be worth?"""

import re

_MASS = r"(?:[munpk\u00b5\u03bc]?g|mcg|ng|kg|oz|lb)"
_AMOUNT = (
    rf"(?:{_MASS}|[munp\u00b5\u03bc]?l|[cm]?m3|iu|i\.u\.|eu|ufc|kbe|cfu|kve|u\.f\.c\.|c\.f\.u\.|mpn"
    r"|npp|mmol|mol|[munp]?m|meq|cells|spores|col(?:onies)?|org(?:anisms)?|kcal|kj|cal|ku|u|pfu|log"
    r"|g koh|mg koh|gc|copies)"
)
_PER = (
    r"(?:\s?\d+(?:[.,]\d+)?\s?)?(?:[munk\u00b5\u03bc]?g|kg|[munc\u00b5\u03bc]?l|dl|units?|serving"
    r"|capsule|cap|gummy|piece|pc|package|pack|container|tablet|dose|swab|plate|cm2|cm\u00b2|bottle"
    r"|cm3|cm\u00b3|m3|g dry|drop|vial|ea|each)"
)
_UNIT = re.compile(
    rf"{_AMOUNT}\s?(?:/|per|\u2215)\s?{_PER}"
    rf"|{_AMOUNT}\.?(?:kg|g|ml|l|dm)(?:\^|\u207b|-)\s?[1\u00b9]"
    r"|%(?:\s?(?:w/?w|w/?v|v/?v|m/?m|wt|area|by weight|rh))?|wt\.?\s?%|\u2030"
    r"|area\s?%|mass\s?%|vol\s?%|(?:w/w|w/v|m/m)\s?%?|pp[mbt]|mpa[.\u00b7 *]?s|cps?|cst"
    r"|mm2/s|\u00b0\s?[cfz]|\u2103|aw"
    r"|ntu|apha|hazen|gardner|g/(?:cm3|cm\u00b3|mol|100\s?g)|kg/(?:m3|l)|mg\s?koh/g"
    r"|g\s?i2?/100\s?g|meq\s?(?:o2)?/kg|k?da|mosm|mmhg|nm|\u00b5m|\u03bcm|um|mm|cm|mesh|days?|min"
    r"|mg|g|kg|ml|iu|cfu|eu|mol%|us/cm|\u00b5s/cm|ms/cm|bq/kg|u/g|log",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"^(?:in|als|en)\s+", re.IGNORECASE)
_LONGEST = 24


def is_unit(text: str) -> bool:
    """Whether the whole text is a unit ("mg/kg", "CFU/g", "% w/w")."""
    plain = " ".join(text.split()).strip("()[] ,")
    return 0 < len(plain) <= _LONGEST and bool(_UNIT.fullmatch(plain))


def unit_in(text: str) -> str:
    """The unit that a text in parentheses gives ("in mg/kg"), or nothing."""
    plain = _BEFORE.sub("", " ".join(text.split()))
    return plain if is_unit(plain) else ""
