"""How is a cell written, apart from what it says? One spelling of signs, one length throughout.

`plain` is what is shown and `folded` is what is searched; both have the same length, so that a
place in the one is the same place in the other.
"""

import re
import unicodedata

LONGEST = 200
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RAISED = re.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SIGNS = (
    ("\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}", "-"),
    ("\N{MULTIPLICATION SIGN}\N{MULTIPLICATION X}", "x"),
    ("\N{BULLET}\N{DOT OPERATOR}\N{BULLET OPERATOR}", "\N{MIDDLE DOT}"),
    ("\N{MICRO SIGN}\N{GREEK SMALL LETTER MU}", "u"),
    ("\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{ACUTE ACCENT}`", "'"),
    ("\N{MASCULINE ORDINAL INDICATOR}\N{RING ABOVE}", "\N{DEGREE SIGN}"),
    ("\N{SMALL TILDE}\N{TILDE OPERATOR}\N{ALMOST EQUAL TO}\N{FULLWIDTH TILDE}", "~"),
    ("\N{FULLWIDTH LESS-THAN SIGN}\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", "<"),
    ("\N{FULLWIDTH GREATER-THAN SIGN}\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", ">"),
    ("\N{LESS-THAN OR EQUAL TO}\N{LESS-THAN OVER EQUAL TO}\N{LESS-THAN OR SLANTED EQUAL TO}", "≤"),
    ("\N{GREATER-THAN OR EQUAL TO}\N{GREATER-THAN OVER EQUAL TO}\u2a7e", "≥"),
    ("\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}\N{ZERO WIDTH NO-BREAK SPACE}", " "),
)
_SIGN_TABLE = {ord(sign): plain for signs, plain in _SIGNS for sign in signs}
_WRITTEN_OUT = (
    (re.compile(r"<\s?=|=\s?<"), "≤"),
    (re.compile(r">\s?=|=\s?>"), "≥"),
    (re.compile(r"\+\s?/\s?-{1,2}"), "±"),
    (re.compile(r"\b(10)\s?(?:\^|\*\*)\s?(?=[-+]?\d)"), r"\1^"),
)


def plain(text: str) -> str:
    """The text with one sign for each meaning, at most LONGEST characters of it."""
    cut = unicodedata.normalize("NFC", text[:LONGEST])
    raised = _RAISED.sub(lambda match: _raised(match, cut), cut)
    signs = raised.translate(_SIGN_TABLE)
    spaced = " ".join(unicodedata.normalize("NFKC", signs).split())
    for pattern, sign in _WRITTEN_OUT:
        spaced = pattern.sub(sign, spaced)
    return spaced[: 2 * LONGEST]


def folded(text: str) -> str:
    """The plain text in lower case and without accents, character for character."""
    return "".join(map(_fold, text))


def _raised(match: re.Match[str], whole: str) -> str:
    """10³ is 10^3; cm² is cm2, and a raised number behind another one is a note's."""
    digits = match[0].translate(_SUPERSCRIPT)
    before = whole[: match.start()].rstrip()
    if before.endswith("10") and not before[:-2].endswith(tuple("0123456789.,")):
        return f"^{digits}"
    return "" if before[-1:].isdigit() else digits


def _fold(character: str) -> str:
    if character.isascii():
        return character.lower()
    base = unicodedata.normalize("NFKD", character)[0].lower()
    return base if len(base) == 1 else character
