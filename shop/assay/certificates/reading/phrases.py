"""Does the document itself say that it is no report at all?"""

import re
from collections.abc import Sequence

from shop.assay.certificates.keys import words_of
from shop.assay.certificates.reading.layout import Line, Page

_SAID = re.compile(
    r"\b(?:sample|specimen|example|demo(?:nstration)?) (?:only|report|certificate|coa)\b"
    r"(?! (?:id|no|number|ref|date|type|name|information|submission|size|weight|was|were|is))"
    r"|\bspecimen\b(?! (?:ids?|no|number|ref|type|weight|received|description|collected|label|name"
    r"|source|size|s?gx|part|code|date|condition))"
    r"(?=[^:]*$)"
    r"|\bnot (?:valid |intended |to be used )?for (?:regulatory |legal |state )?compliance\b"
    r"|\bnot an? (?:official|valid) (?:report|certificate|document|coa)\b"
    r"|\bthis (?:report|certificate|document) is (?:void|not valid|invalid)\b"
    r"(?! (?:without|unless|if|when|except|in|after|for|as|beyond|with)\b)"
    r"|\bmuster(?:bericht|zertifikat)\b",
    re.IGNORECASE,
)
# As a heading of its own, or of the results as a whole; in other sentences it is small print.
_INFORMATIONAL = re.compile(
    r"\b(?:for )?information(?:al)?(?: purposes?)? (?:use )?only\b", re.IGNORECASE
)
_ABOUT_RESULTS = re.compile(
    r"\b(?:(?:this|these|the) (?:test |lab |laboratory )?(?:results?|report|certificate|data"
    r"|testing|coa)\b|r ?& ?d\b|quality assurance)",
    re.IGNORECASE,
)
_SMALL_PRINT = re.compile(
    r"diagnos|medical|advice|treat|endorse|opinion|uncertaint|limits?\b|links?\b|comments?\b",
    re.IGNORECASE,
)
_HEADING_WORDS = 8
_STAMPED = re.compile(
    r"\b(?:sample|specimen|void|draft|example|muster|entwurf|cancelled|copy not valid|"
    r"borrador|muestra|annul[e\u00e9]|brouillon|annullato|bozza)\b",
    re.IGNORECASE,
)
_MOSTLY = 0.2  # of the slanted words
_LARGE = 2  # times the usual height of a line


def read_specimen_phrase(laid_out: Sequence[tuple[Page, list[Line]]]) -> str:
    """The words, as printed, that take the document back; empty when there are none.

    A word alone counts only as a stamp: slanted across the page, or by itself on a line and
    larger than the text around it.
    """
    for page, page_lines in laid_out:
        if stamp := _stamp(page.aside):
            return stamp
        usual = (
            sorted(line.height for line in page_lines)[len(page_lines) // 2] if page_lines else 0
        )
        for line in page_lines:
            if phrase := _said(line.text):
                return phrase
            stamped = _STAMPED.fullmatch(line.text.strip())
            if stamped and line.height > _LARGE * usual:
                return stamped[0]
    return ""


def _stamp(aside: str) -> str:
    """The stamp's word, unless it is one of many words, such as the names below a chart."""
    found = [match[0] for match in _STAMPED.finditer(aside)]
    return found[0] if found and _MOSTLY * len(words_of(aside)) <= len(found) else ""


def _said(text: str) -> str:
    if match := _SAID.search(text):
        return match[0]
    match = _INFORMATIONAL.search(text)
    if match is None or _SMALL_PRINT.search(text):
        return ""
    is_heading = len(words_of(text)) <= _HEADING_WORDS
    return match[0] if is_heading or _ABOUT_RESULTS.search(text) else ""
