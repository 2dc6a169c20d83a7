"""When are two printed codes or names the same, apart from how they are written?"""

import re
import unicodedata

_CONFUSED = str.maketrans({"O": "0", "Q": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2"})
_LEGAL_FORMS_TEXT = """
    ltd limited llc inc incorporated corp corporation co company gmbh ag sa sas sarl srl spa bv
    nv plc pty pvt oy ab as kg lp llp the and
"""
_LEGAL_FORMS = frozenset(_LEGAL_FORMS_TEXT.split())
# "Northmere Analytical, Leeds"; "Northmere Analytical - a company of ..."
_APART = re.compile(r"[,(|\u00b7\u2022]|\s[-\u2013\u2014]\s")


def code_key(text: str) -> str:
    """A lot code or report number in its form for comparison: letters and digits, upper case.

    Full-width forms become plain ones; letters of other scripts stay what they are, so that a
    Cyrillic A is not a Latin one.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in plain if character.isalnum())


def confusable_key(text: str) -> str:
    """The code with characters that readers confuse (O and 0, I and 1) made alike."""
    return code_key(text).translate(_CONFUSED)


def name_key(text: str) -> str:
    """An organisation's name without case, accents, punctuation and legal form."""
    return " ".join(word for word in words_of(text) if word not in _LEGAL_FORMS)


def name_keys(printed: str) -> frozenset[str]:
    """A printed name's keys: whole, and without what is set apart from it, a place perhaps."""
    return frozenset({name_key(printed), name_key(_APART.split(printed, maxsplit=1)[0])} - {""})


def words_of(text: str) -> list[str]:
    """The words of a text in lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(
        r"[^\W_]+", "".join(mark for mark in plain if not unicodedata.combining(mark))
    )
