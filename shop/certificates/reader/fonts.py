"""Is a value printed in a font that hardly anything else on the document uses?

Whoever retypes a value rarely has the document's own font at hand. Page numbers, headings, bullets
and signs have fonts of their own on honest documents too.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from shop.assay.certificates.boxes import Box
from shop.assay.certificates.inside import Oddity, OddityKind

# How few characters are an outlier, of a document with so many (certificates.md).
_FEW, _SHARE = 12, 0.003
_FEWEST = 150  # characters of a document that can have an outlier
_MOST_TEXTS = 4  # of a font's second copy: one value, not a column of them
_MOST_ODD = 20
_LONGEST = 300
_FIGURES = frozenset("0123456789.,<>")
_EDGE = 110  # thousandths of the page, where page numbers stand
_SAME_LINE = 4
_HEADING = 1.35  # times the usual size
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(
    r"(?:[-,_ ]|(?<=[a-z]))(?:PS|MT|PSMT|Regular|Roman|Book|Normal|Bold|BoldMT|Italic|ItalicMT|"
    r"Oblique|Light|Medium|Semi(?:b|B)old|Demi|Black|Heavy|Thin|Condensed|Narrow|Cond|It|Bd)+$"
)
_SIGNS = re.compile(
    r"symbol|dingbat|wingding|webding|awesome|icon|math|mt ?extra|emoji|check|barcode|code ?\d|"
    r"3 ?of ?9|c39|c128|ean|ocr-?[ab]\b|micr",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|página|pagina|pag\.?|p\.)?\s*\d{1,3}\s*(?:(?:of|von|de|di|sur|/|-)\s*\d{1,3})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A piece of text and what it is set in."""

    text: str
    font: int  # the same number: the same font object
    name: str  # as the font calls itself
    size: float  # points
    page: int
    box: Box


def family(name: str) -> str:
    """A font's family: without the mark of a subset, weight and style."""
    bare, shorter = "", _SUBSET.sub("", name)
    while shorter != bare:
        bare, shorter = shorter, _STYLE.sub("", shorter)
    return bare


def outliers(typed: Sequence[Typed]) -> list[Oddity]:
    """Values in a family, or in a second copy of a font, that hardly anything else is set in."""
    counted = Counter[str]()
    by_family: dict[str, list[Typed]] = defaultdict(list)
    for piece in typed:
        name = family(piece.name)
        counted[name] += _length(piece.text)
        by_family[name].append(piece)
    total = sum(counted.values())
    if total < _FEWEST:
        return []
    few = max(_FEW, _SHARE * total)
    usual = _usual_size(typed)
    found: list[Oddity] = []
    for name, pieces in by_family.items():
        if not name or _SIGNS.search(name):
            continue
        if counted[name] <= few:
            found += _odd(pieces, usual)
        else:
            found += _second_copies(pieces, few, usual)
    return found[:_MOST_ODD]


def _second_copies(pieces: Iterable[Typed], few: float, usual: float) -> Iterator[Oddity]:
    """Digits set in another copy of the very font that has these digits already.

    A program that makes a document puts each font into it once, or once for signs that it lacks.
    """
    copies: dict[int, list[Typed]] = defaultdict(list)
    for piece in pieces:
        copies[piece.font].append(piece)
    for font, small in copies.items():
        letters = {letter for piece in small for letter in piece.text if not letter.isspace()}
        others = [
            piece
            for other, many in copies.items()
            if other != font
            for piece in many
            if _SUBSET.sub("", piece.name) == _SUBSET.sub("", small[0].name)
        ]
        is_small = sum(_length(piece.text) for piece in small) <= min(few, _FEW)
        has_them = letters <= _FIGURES & {letter for piece in others for letter in piece.text}
        if is_small and has_them and len(small) <= _MOST_TEXTS:
            yield from _odd(small, usual, note=" (second copy)")


def _odd(pieces: Iterable[Typed], usual: float, *, note: str = "") -> Iterator[Oddity]:
    for line in _lines(pieces):
        text = " ".join(piece.text.strip() for piece in line)
        if any(letter.isdigit() for letter in text) and not _is_apart(line, text, usual):
            lefts, tops, rights, bottoms = zip(*(piece.box for piece in line), strict=True)
            box = (min(lefts), min(tops), max(rights), max(bottoms))
            name = _SUBSET.sub("", line[0].name) + note
            yield Oddity(OddityKind.FONT, text[:_LONGEST], name[:_LONGEST], line[0].page, box)


def _is_apart(line: Sequence[Typed], text: str, usual: float) -> bool:
    """Whether it is a heading, or a number of a page where these stand."""
    is_edge = line[0].box[3] < _EDGE or line[0].box[1] > 1000 - _EDGE
    is_heading = max(piece.size for piece in line) > _HEADING * usual
    return is_heading or (is_edge and _PAGE_NUMBER.fullmatch(text) is not None)


def _lines(pieces: Iterable[Typed]) -> list[list[Typed]]:
    lines: list[list[Typed]] = []
    for piece in pieces:
        if not piece.text.strip():
            continue
        last = lines[-1][-1] if lines else None
        if last and last.page == piece.page and abs(last.box[3] - piece.box[3]) < _SAME_LINE:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def _usual_size(typed: Sequence[Typed]) -> float:
    """The size in which most characters are set."""
    sizes = Counter[float]()
    for piece in typed:
        sizes[round(piece.size, 1)] += _length(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _length(text: str) -> int:
    return sum(not letter.isspace() for letter in text)
