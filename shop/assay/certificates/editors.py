"""Which programs alter a finished page, and which only export, print or pack one?

Word processors, laboratory systems, report writers, print drivers and browsers make documents;
merely merging or compressing is no editing either. What is named here is made to change the words
and pictures of a page that was already finished.
"""

import re
from collections.abc import Iterable

_EDITORS = (
    ("iLovePDF", r"i ?love ?pdf"),
    ("Sejda", r"\bsejda\b"),
    ("Smallpdf", r"\bsmall ?pdf\b"),
    ("PDFescape", r"\bpdf ?escape\b"),
    ("Foxit PDF Editor", r"\bfoxit\b.*\b(?:phantom|editor)|\bphantompdf\b"),
    ("Nitro", r"\bnitro (?:pdf )?(?:pro|editor|reader)\b"),
    ("PDF-XChange Editor", r"\bpdf-?xchange (?:pro |plus )?(?:editor|viewer)\b"),
    ("Adobe Acrobat", r"\btouch ?up|\bacrobat\b.*\b(?:pro|standard|dc)\b"),
    ("Adobe Photoshop", r"\bphotoshop\b"),
    ("Adobe Illustrator", r"\billustrator\b"),
    ("Inkscape", r"\binkscape\b"),
    ("GIMP", r"\bgimp\b|gnu image manipulation"),
    ("Canva", r"\bcanva\b"),
    ("Figma", r"\bfigma\b"),
    ("CorelDRAW", r"\bcorel ?draw\b"),
    ("Affinity", r"\baffinity (?:designer|photo|publisher)\b"),
    ("Draw", r"(?:libre|open)office.*\bdraw\b|^draw$"),
    ("Scribus", r"\bscribus\b"),
    ("PDFelement", r"\bpdfelement\b|\bwondershare\b"),
    ("PDFfiller", r"\bpdf ?filler\b"),
    ("DocHub", r"\bdochub\b"),
    ("Soda PDF", r"\bsoda ?pdf\b"),
    ("Xodo", r"\bxodo\b"),
    ("Master PDF Editor", r"\bmaster pdf editor\b"),
    ("Power PDF", r"\bpower pdf\b"),
    ("PDF Candy", r"\bpdf ?candy\b"),
    ("Infix", r"\binfix\b"),
    ("Movavi PDF Editor", r"\bmovavi\b"),
    ("Icecream PDF Editor", r"\bicecream pdf\b"),
    ("UPDF", r"\bupdf\b"),
    ("PDFgear", r"\bpdfgear\b"),
    ("Swifdoo", r"\bswifdoo\b"),
    ("PDF editor", r"\bpdf editor\b|\beditor pdf\b"),
)
_PATTERNS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _EDITORS)
# Parts of the same houses that only make, scan or print.
_MAKERS = re.compile(
    r"distiller|pdfmaker|pdf library|paper capture|image conversion|scan|capture|"
    r"printer|creator plug|crystal reports",
    re.IGNORECASE,
)


def editor_in(texts: Iterable[str]) -> str:
    """The first editor that one of the texts names, as the text names it; empty if none."""
    return next((text for text in texts if _names_editor(text)), "")


def _names_editor(text: str) -> bool:
    if _MAKERS.search(text):
        return False
    return any(pattern.search(text) for _, pattern in _PATTERNS)
