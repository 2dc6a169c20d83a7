"""Does the text of a file say what its picture shows, where it matters?

Only asked where there is a reason, for reading pictures is slow: a digit that is drawn like
another one, a scanner's words over a picture, text that is covered, hidden or in a font of its
own. And only told where two looks at the picture agree with each other and not with the text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pypdfium2

from shop.assay.certificates.boxes import Box
from shop.assay.certificates.facts import Field, FieldName, Result, Source
from shop.assay.certificates.inside import Oddity, OddityKind
from shop.assay.certificates.keys import confusable_key
from shop.assay.certificates.reading.layout import Page, box
from shop.certificates.reader import crops
from shop.certificates.reader.crops import Said
from shop.certificates.reader.sight import Sight

_CRITICAL = frozenset({FieldName.LOT, FieldName.REPORT_NO, FieldName.GTIN}) | frozenset(
    name for name in FieldName if name.value.startswith("date_")
)
_MOST_VALUES = 40  # of a page
_SURE = 55  # of 100: how sure the picture must have been read
_LARGER = 1.5
_LONGEST = 300
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Value:
    """What the text says, and where."""

    text: str
    page: int
    box: Box


def look(sight: Sight, fields: Iterable[Field], results: Iterable[Result]) -> list[Oddity]:
    """The values that read otherwise in the picture."""
    odd_places = [(oddity.page, oddity.box) for oddity in sight.oddities]
    whole = sight.doubted | sight.layered
    if not whole and not odd_places:
        return []
    of_text = {page.number: page for page in sight.pages if page.source is Source.PDF}
    values = [
        value
        for value in _values(fields, results, of_text)
        if value.page in whole
        or any(page == value.page and _meet(place, value.box) for page, place in odd_places)
    ]
    found: list[Oddity] = []
    for number in sorted({value.page for value in values}):
        opened = sight.opened[number - 1]
        there = [value for value in values if value.page == number]
        found += _compare(sight, opened, there[:_MOST_VALUES])
        opened.close()
    return found


def _values(
    fields: Iterable[Field], results: Iterable[Result], of_text: Mapping[int, Page]
) -> Iterator[_Value]:
    for field in fields:
        if field.name in _CRITICAL and field.box and field.page in of_text:
            yield _Value(field.raw, field.page, field.box)
    for result in results:
        if result.box and result.page in of_text and any(map(str.isdigit, result.value)):
            box = _in_line(result.value, result.box, of_text[result.page])
            yield _Value(result.value, result.page, box)


def _in_line(value: str, line: Box, page: Page) -> Box:
    """The place of the value on its line, which also says what is demanded of it."""
    wanted = value.split()
    words = [word for word in page.words if _meet(box([word], page), line)]
    for at in range(len(words) - len(wanted) + 1):
        run = words[at : at + len(wanted)]
        if [word.text for word in run] == wanted:
            return box(run, page)
    return line


def _compare(sight: Sight, page: pypdfium2.PdfPage, values: Sequence[_Value]) -> Iterator[Oddity]:
    first = crops.read(sight, page, [value.box for value in values])
    doubtful = [
        (value, said)
        for value, said in zip(values, first, strict=True)
        if _other(value.text, said) is not None
    ]
    if not doubtful:
        return
    second = crops.read(sight, page, [value.box for value, _ in doubtful], larger=_LARGER)
    for (value, once), twice in zip(doubtful, second, strict=True):
        other = _other(value.text, once)
        if other is not None and _other(value.text, twice) == other:
            yield Oddity(
                OddityKind.DISAGREES, value.text[:_LONGEST], other[:_LONGEST], value.page, value.box
            )


def _other(text: str, said: Said) -> str | None:
    """What the picture says in place of the text; None where it may well say the same.

    The crop may hold more words than the value, so that the likeliest of them are taken.
    """
    wanted = confusable_key(text)
    if not wanted or wanted in confusable_key(said.text):
        return None
    size = len(text.split())
    runs = [
        (" ".join(said.words[at : at + size]), min(said.confidences[at : at + size]))
        for at in range(len(said.words) - size + 1)
    ]
    comparable = [
        (run, confidence)
        for run, confidence in runs
        if len(confusable_key(run)) == len(wanted) and len(_figures(run)) == len(_figures(text))
    ]
    best, confidence = min(comparable, key=lambda run: _apart(text, run[0]), default=("", 0))
    return best if confidence >= _SURE and _figures(best) != _figures(text) else None


def _apart(text: str, run: str) -> tuple[bool, int]:
    """How unlike two values of one length are: first by their form, then letter by letter."""
    forms = [_DIGIT.sub("0", value) for value in (text, run)]
    pairs = zip(confusable_key(text), confusable_key(run), strict=True)
    return forms[0] != forms[1], sum(one != other for one, other in pairs)


def _meet(one: Box, other: Box) -> bool:
    is_across = one[0] < other[2] and other[0] < one[2]
    return is_across and one[1] < other[3] and other[1] < one[3]


def _figures(text: str) -> str:
    return "".join(letter for letter in confusable_key(text) if letter.isdigit())
