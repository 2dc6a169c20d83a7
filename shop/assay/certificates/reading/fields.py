"""Which values does the document announce: its number, lot, product, dates, names?"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from shop.assay.certificates.facts import Field, FieldName
from shop.assay.certificates.reading import dates
from shop.assay.certificates.reading.candidates import Candidate, Place, candidates
from shop.assay.certificates.reading.layout import Line, Page, box
from shop.assay.certificates.reading.values import CODES, plain_value
from shop.assay.certificates.reading.vocabulary import BARELY, SOMETIMES

# How sure a value is by the way in which it is announced, and by the words that announce it.
_SURENESS = {
    Place.AFTER_COLON: 95,
    Place.BESIDE: 95,
    Place.IN_COLUMN: 92,
    Place.BELOW: 85,
    Place.RUNNING_ON: 80,
}
_BY_RANK = {BARELY: 55, SOMETIMES: 80}
_TEXT_RUNNING_ON = 45
_LONGEST_VALUE = 200
_SENTENCE = 8  # words
_RANK_COUNTS, _FIRST_PAGE, _AGAIN, _MOST_AGAIN = 8, 4, 4, 12
_DOUBT_COUNTS = 0.5  # of what is missing to full sureness
_LIKELY = 50  # that a code after a weak word is one
_CLOSE, _TWO_VALUES = 6, 55  # how sure a value is when another one is as good
_EMPTY = re.compile(
    r"(?:n\s?[/.]?\s?a\.?|none|not (?:applicable|provided|stated|given|specified|available|listed)"
    r"|unknown|-+|_+|\.+|/+|nil|k\.\s?a\.|tbd|unspecified)",
    re.IGNORECASE,
)
_CODE_LIKE = re.compile(r"(?=[^a-z]*\d)[A-Z0-9][A-Z0-9./_-]{3,}")


@dataclass(frozen=True, slots=True)
class _Scored:
    field: Field
    score: float


def read_fields(laid_out: Sequence[tuple[Page, list[Line]]], language: str) -> tuple[Field, ...]:
    """The best announced value of every field, in the order of FieldName."""
    texts = [line.text for _, page_lines in laid_out for line in page_lines]
    hint = dates.order(texts) or dates.habit("\n".join(texts), language)
    found: dict[FieldName, list[_Scored]] = {}
    for page, page_lines in laid_out:
        for candidate in candidates(page, page_lines):
            scored = _scored(candidate, hint)
            if scored:
                found.setdefault(scored.field.name, []).append(scored)
    best = {name: _best(name, scored) for name, scored in found.items()}
    return tuple(best[name] for name in FieldName if name in best)


def _best(name: FieldName, found: list[_Scored]) -> Field:
    """The value with the best reasons; the latest of several days of testing."""
    values = [scored.field.value for scored in found]

    def weight(scored: _Scored) -> float:
        again = values.count(scored.field.value) - 1
        return scored.score + min(_MOST_AGAIN, _AGAIN * again)

    best = max(found, key=weight)
    rivals = [s.field for s in found if weight(s) >= weight(best) - _CLOSE and s.field.value]
    others = {_key(field.value) for field in rivals} - {_key(best.field.value)}
    if name is FieldName.DATE_TESTED and others:
        return max(rivals, key=lambda field: field.value)
    is_part = all(
        _key(best.field.value) in other or other in _key(best.field.value) for other in others
    )
    if name is FieldName.LOT and others and not is_part:
        return replace(best.field, confidence=min(best.field.confidence, _TWO_VALUES))
    return best.field


def _key(value: str) -> str:
    return "".join(filter(str.isalnum, value.upper()))


def _scored(candidate: Candidate, hint: dates.Order | None) -> _Scored | None:
    raw = candidate.text[:_LONGEST_VALUE].strip(" ,;|:\uff1a")
    if not raw or _EMPTY.fullmatch(raw) or not candidate.words:
        return None
    name = _meant(candidate, raw)
    value, sureness = plain_value(name, raw, hint)
    if value is None or _is_unannounced(candidate, name):
        return None
    if name in CODES and candidate.label.is_weak and sureness < _LIKELY:
        return None  # "Certificate of Analysis" above "1 of 4"
    rank = candidate.label.rank
    confidence = min(_SURENESS[candidate.place], _BY_RANK.get(rank, 100), sureness)
    if candidate.place is Place.RUNNING_ON and not _is_exact(name):
        confidence = min(confidence, _TEXT_RUNNING_ON)
    page = candidate.page
    field = Field(
        name=name,
        value=value,
        raw=raw,
        page=page.number,
        box=box(candidate.words, page),
        confidence=min(confidence, *(word.confidence for word in candidate.words)),
        source=page.source,
    )
    score = _SURENESS[candidate.place] + _RANK_COUNTS * rank - _DOUBT_COUNTS * (100 - sureness)
    score += _FIRST_PAGE if page.number == 1 else 0
    return _Scored(field, score - _unlikeness(name, raw))


def _meant(candidate: Candidate, raw: str) -> FieldName:
    """What "Sample: DA20512-001" says is a number, "Sample: Oat Shampoo" a name."""
    name = candidate.label.name
    if name is FieldName.PRODUCT and candidate.label.is_sample and _CODE_LIKE.fullmatch(raw):
        return FieldName.SAMPLE_ID
    return name


def _is_exact(name: FieldName) -> bool:
    return name in CODES or name.startswith("date_") or name is FieldName.GTIN


def _is_unannounced(candidate: Candidate, name: FieldName) -> bool:
    """Running text after a weak word, or a number where a name should be."""
    if _is_exact(name):
        return False
    label = candidate.label
    if label.has_number_sign and name in {FieldName.PRODUCT, FieldName.CLIENT}:
        return True
    return candidate.place is Place.RUNNING_ON and label.is_weak


def _unlikeness(name: FieldName, raw: str) -> float:
    """How little the text looks like the value that it should be."""
    if name in {FieldName.PRODUCT, FieldName.CLIENT}:
        is_code = bool(_CODE_LIKE.fullmatch(raw)) or sum(map(str.isalpha, raw)) < 3  # noqa: PLR2004
        return 30.0 * is_code + 15.0 * (len(raw.split()) > _SENTENCE and raw.rstrip().endswith("."))
    return 0.0


def fields_named(fields: Iterable[Field], names: Iterable[FieldName]) -> Iterator[Field]:
    wanted = set(names)
    return (field for field in fields if field.name in wanted)
