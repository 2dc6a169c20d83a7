"""Does the document itself say that it is no report at all?"""

import re
from collections.abc import Sequence

from shop.assay.certificates.reading.layout import Page, lines

_SAID = re.compile(
    r"\b(?:sample|specimen|example|demo(?:nstration)?) (?:only|report|certificate|coa)\b"
    r"|\bspecimen\b(?! (?:id|no|number|ref|type|weight|received|description))"
    r"|\bfor information(?:al)?(?: purposes?)? only\b|\binformational only\b"
    r"|\bnot (?:valid )?for (?:regulatory |legal )?compliance\b"
    r"|\bnot an? (?:official|valid) (?:report|certificate|document)\b"
    r"|\bthis (?:report|certificate) is (?:void|not valid|invalid)\b"
    r"|\bmuster(?:bericht|zertifikat)\b",
    re.IGNORECASE,
)
_STAMPED = re.compile(
    r"\b(?:sample|specimen|void|draft|example|muster|entwurf|cancelled|copy not valid|"
    r"borrador|muestra|annul[eé]|brouillon)\b",
    re.IGNORECASE,
)


def read_specimen_phrase(pages: Sequence[Page]) -> str:
    """The words, as printed, that take the document back; empty when there are none.

    A word alone counts only as a stamp: slanted across the page, or by itself on a line and
    larger than the text around it.
    """
    for page in pages:
        if match := _STAMPED.search(page.aside):
            return match[0]
        page_lines = lines(page)
        usual = (
            sorted(line.height for line in page_lines)[len(page_lines) // 2] if page_lines else 0
        )
        for line in page_lines:
            if match := _SAID.search(line.text):
                return match[0]
            stamped = _STAMPED.fullmatch(line.text.strip())
            if stamped and line.height > 2 * usual:
                return stamped[0]
    return ""
