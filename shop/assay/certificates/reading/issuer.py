"""Whose document is it? The laboratory's name in its letterhead, its foot, or its small print.

The name is often part of a logo, which is a picture. What is left then are an address of a page or
a sentence such as "shall not be reproduced without the approval of".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from shop.assay.certificates.facts import Field, FieldName
from shop.assay.certificates.keys import words_of
from shop.assay.certificates.reading.labels import labels
from shop.assay.certificates.reading.layout import Cell, Line, Page, Word, box
from shop.assay.certificates.reading.titles import is_title

_LAB_TEXT = """
    laboratory laboratories labs lab analytical analytics testing bioanalytical bioscience
    biosciences microbiology labor laboratorium laboratoria institut institute instituto istituto
    laboratoire laboratoires laboratorio laboratori laboratorios science sciences scientific
    pruflabor analytik analisi diagnostics research botanicals analitico analitica centro biotech
    pharma pharmaceutical chemical chemicals chemie ingredients
"""
_LAB_WORDS = frozenset(_LAB_TEXT.split())
_LEGAL = re.compile(
    r"\b(?:inc|llc|l\.l\.c|ltd|limited|gmbh|co\.,? ?ltd|corp|corporation|s\.?r\.?l|s\.?p\.?a|s\.?l"
    r"|s\.?a|s\.?a\.?s|b\.?v|n\.?v|ag|se|kg|plc|pty|pvt|group|company|lda)\b\.?|\u6709\u9650\u516c\u53f8"
    r"|\u682a\u5f0f\u4f1a\u793e|\u7814\u7a76\u6240",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"accredit|17025|certificate|\breport|page \d|\btel\b|phone|www\.|@|\d{5}|results? relate"
    r"|https?:"
    r"|\blic(?:ense)?\b|\bfax\b|[:?]|compliance testing|department|\bp\.?o\.? box|\bcourtesy"
    r"|\bsample\b|\bmatrix\b|\bbatch\b|\blot\b|not tested|passed|tested\b|page\b|\bdate\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"^\d|\b[A-Z]{2},? \d{5}\b"
    r"|\d.*\b(?:street|st|road|rd|ave|avenue|suite|drive|dr|way|blvd|lane|ln)\b",
    re.IGNORECASE,
)
_NAME = (
    r"((?-i:[A-Z])[\w&.'\u2019-]{0,30}(?:[ ,]+(?:(?-i:[A-Z])[\w&.'\u2019-]{0,30}|of|and|&)){0,5})"
)
_SENTENCES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:approval|permission|consent|authori[sz]ation) (?:of|from|by) (?:the )?{_NAME}",
        rf"\bThis {_NAME} (?:certification|certificate|report|document)\b",
        rf"(?:\u00a9|\(c\)|copyright) *(?:\d{{4}}(?: ?- ?\d{{4}})?)? *(?:by )?{_NAME}",
        rf"\bon behalf of:? {_NAME}",
        rf"{_NAME} (?:warrants|makes no|certifies|assumes no|hereby|shall not be)",
        rf"\b(?:tested|analy[sz]ed|performed|issued) (?:by|at):? {_NAME}",
    )
)
_HOST = re.compile(
    r"(?:https?://|www\.|@)(?:www\.)?([a-z0-9][a-z0-9.-]{1,60}\.[a-z]{2,12})", re.IGNORECASE
)
_GENERIC = frozenset(
    [
        "the",
        "this",
        "our",
        "laboratory",
        "lab",
        "labs",
        "test",
        "report",
        "certificate",
        "of",
        "analysis",
        "company",
        "client",
        "customer",
        "issuing",
        "testing",
        "an",
        "a",
        "and",
        "by",
        "written",
        "prior",
        "without",
        "gmail",
        "com",
        "product",
        "sample",
        "quality",
        "control",
        "manager",
        "director",
    ]
)
_HEAD, _FOREHEAD, _FOOT = 0.35, 0.2, 0.85  # of a page's height
_MOST_WORDS, _MOST_LETTERS, _FEWEST_LETTERS = 8, 80, 3
_SURE, _FAIR, _POOR = 58, 34, 20  # points of a name that is surely, or fairly surely, the issuer's
_CONFIDENCE = (85, 70, 50)
_HOST_ONLY = 30
_LONGEST_WORD = 60  # letters


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    words: tuple[Word, ...]
    page: Page
    points: float


def read_issuer(
    laid_out: Sequence[tuple[Page, list[Line]]], fields: Sequence[Field], tested: Iterable[str]
) -> Field | None:
    """The name with the best reasons, be it announced, in the letterhead, or in a sentence."""
    text = "\n".join(line.text for _, page_lines in laid_out for line in page_lines)
    others = {
        _plain(field.value)
        for field in fields
        if field.name in {FieldName.CLIENT, FieldName.PRODUCT, FieldName.BRAND, FieldName.LOT}
    }
    others |= {_plain(name) for name in tested}
    hosts = _hosts(text)
    said = [_plain(name) for name in _said(text)]
    names = [
        name
        for page, page_lines in laid_out[:1]
        for name in _printed(page, page_lines)
        if _plain(name.text) not in others
    ]
    scored = [(name.points + _support(name.text, text, hosts, said), name) for name in names]
    best = max(scored, key=lambda pair: pair[0], default=None)
    announced = next((field for field in fields if field.name is FieldName.LAB_NAME), None)
    if announced is not None:
        points = _announced_points(announced.value) + _support(announced.value, text, hosts, said)
        if best is None or points >= best[0]:
            return announced
    if best is not None and best[0] >= _FAIR:
        return _field(best[1], best[0])
    said_field = _from_sentence(laid_out, others)
    if said_field is None and best is not None and best[0] >= _POOR:
        return _field(best[1], best[0])
    return said_field


def _hosts(text: str) -> list[str]:
    """What stands before the ending of each web or mail address: "calder" of calder.example."""
    found = [match[1].lower().split(".")[-2] for match in _HOST.finditer(text[:50_000])]
    return [host for host in dict.fromkeys(found) if host not in _GENERIC and len(host) > 2]  # noqa: PLR2004


def _said(text: str) -> Iterator[str]:
    joined = " ".join(word[:_LONGEST_WORD] for word in text[:50_000].split())
    for pattern in _SENTENCES:
        for match in pattern.finditer(joined):
            name = match[1].strip(" .,")
            if set(words_of(name)) - _GENERIC:
                yield name


def _printed(page: Page, page_lines: Sequence[Line]) -> Iterator[_Name]:
    heights = sorted(word.height for word in page.words)
    usual = heights[len(heights) // 2] if heights else 1.0
    for place, line in enumerate(page_lines):
        if _HEAD * page.height < line.top < _FOOT * page.height:
            continue
        for cell in line.cells:
            for piece in _pieces(cell):
                if _may_be_name(piece):
                    yield _Name(
                        piece.text,
                        piece.words,
                        page,
                        _points(piece, place, page, usual, page_lines),
                    )


def _pieces(cell: Cell) -> Iterator[Cell]:
    """The cell, cut at bars and dots between names and addresses."""
    gathered: list[Word] = []
    for word in cell.words:
        if word.text in {"|", "\u2022", "\u00b7", "-", "\u2013"}:
            if gathered:
                yield Cell(tuple(gathered))
            gathered = []
        else:
            gathered.append(word)
    if gathered:
        yield Cell(tuple(gathered))


def _may_be_name(cell: Cell) -> bool:
    text = cell.text
    letters = sum(map(str.isalpha, text))
    return (
        _FEWEST_LETTERS < letters <= _MOST_LETTERS
        and len(cell.words) <= _MOST_WORDS
        and not _NOT_A_NAME.search(text)
        and not _ADDRESS.search(text)
        and not is_title(text)
        and not any(label.start == 0 and not _has_lab_word(text) for label in labels(text))
    )


def _points(cell: Cell, place: int, page: Page, usual: float, page_lines: Sequence[Line]) -> float:
    text = cell.text
    height = max(word.height for word in cell.words)
    points = 30.0 * _has_lab_word(text) + 15.0 * bool(_LEGAL.search(text))
    points += min(22.0, 16.0 * max(0.0, height / usual - 1))
    points += 10.0 * (cell.top < _FOREHEAD * page.height) + 6.0 * (place == 0)
    points -= 12.0 * (cell.top > _FOOT * page.height)
    points -= 12.0 * (sum(map(str.isdigit, text)) > 2)  # noqa: PLR2004
    below = " ".join(
        other.text
        for line in page_lines[place + 1 : place + 4]
        for other in line.cells
        if other.overlap(cell) > 0
    )
    points += 8.0 * bool(_ADDRESS.search(below) or _HOST.search(below))
    above = page_lines[place - 1].text if place else ""
    points -= 25.0 * any(
        label.name in {FieldName.CLIENT, FieldName.PRODUCT} for label in labels(above)[:2]
    )
    return points


def _support(name: str, text: str, hosts: Sequence[str], said: Sequence[str]) -> float:
    """What the rest of the document says for the name."""
    plain = _plain(name)
    squeezed = plain.replace(" ", "")
    first = (plain.split() or [""])[0]
    initials = "".join(word[0] for word in plain.split())
    is_hosted = any(
        host in squeezed
        or (len(first) > _FEWEST_LETTERS and first in host)
        or (len(initials) > 2 and initials == host)  # noqa: PLR2004
        for host in (host.replace("-", "") for host in hosts)
    )
    is_said = any(plain and (plain in other or other in plain) for other in said)
    is_repeated = bool(plain) and _plain(text).count(plain) > 1
    return 25.0 * is_hosted + 25.0 * is_said + 8.0 * is_repeated


def _announced_points(name: str) -> float:
    return 50.0 if _has_lab_word(name) or _LEGAL.search(name) else 12.0


def _from_sentence(laid_out: Sequence[tuple[Page, list[Line]]], others: set[str]) -> Field | None:
    """A name that only a sentence or an address gives."""
    for page, page_lines in laid_out:
        for line in page_lines:
            for name in _said(line.text):
                if _plain(name) not in others:
                    return _field(_Name(name, tuple(line.words), page, 0), _FAIR)
    for page, page_lines in laid_out[:1]:
        for line in page_lines:
            match = _HOST.search(line.text)
            if match and _hosts(line.text):
                return _field(_Name(match[1].lower(), tuple(line.words), page, 0), 0, _HOST_ONLY)
    return None


def _has_lab_word(text: str) -> bool:
    return bool(_LAB_WORDS & set(words_of(text)))


def _plain(text: str) -> str:
    return " ".join(words_of(text))


def _field(name: _Name, points: float, most: int = 100) -> Field:
    sure, fair, poor = _CONFIDENCE
    confidence = sure if points >= _SURE else fair if points >= _FAIR else poor
    return Field(
        name=FieldName.LAB_NAME,
        value=name.text[:200],
        raw=name.text[:200],
        page=name.page.number,
        box=box(name.words, name.page),
        confidence=min(confidence, most, *(word.confidence for word in name.words)),
        source=name.page.source,
    )
