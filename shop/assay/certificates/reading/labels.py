"""Where in a text is a value announced, which one, and how surely?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from shop.assay.certificates.facts import FieldName
from shop.assay.certificates.keys import words_of
from shop.assay.certificates.reading.vocabulary import (
    ANNOUNCES,
    BARELY,
    DATE_STEMS,
    DATE_WORDS,
    OTHER_THINGS,
    SOMETIMES,
    USUALLY,
)


@dataclass(frozen=True, slots=True)
class Label:
    """An announcement found in a text, from `start` to `end`; the value follows."""

    name: FieldName
    start: int
    end: int
    rank: int  # how surely its words announce, see vocabulary
    has_colon: bool
    has_number_sign: bool = False
    is_sample: bool = False  # the word "sample" alone, which may number it or name it

    @property
    def is_weak(self) -> bool:
        return self.rank <= SOMETIMES


_TOKEN = re.compile(r"[^\W_]+", re.UNICODE)
_AFTER = re.compile(r"\s*(?:\([^()]{0,40}\)\s*)?(?:[#:;.=*\u00b0\u00ba\uff1a\uff03\-–]\s*)*")  # noqa: RUF001
_COLON = re.compile(r"[:;#=\uff1a\uff03]")
_LONGEST = 7
_OWNERS_TEXT = """
    project client customer facility user task vendor supplier tax order work asset account site
    company member item product
"""
_OWNERS = frozenset(_OWNERS_TEXT.split())  # whose "ID" is no sample's
_FEW = 2
_Tokens = Sequence[re.Match[str]]


def labels(text: str) -> list[Label]:
    """The labels in a text: at its start, and further on where a colon or a code follows."""
    tokens = list(_TOKEN.finditer(text[:2000]))
    found: list[Label] = []
    position = 0
    while position < len(tokens):
        label, used = _at(text, tokens[position : position + _LONGEST])
        if label is not None and _is_meant(text, label, position, found):
            _add(found, label, text)
            position += used
        else:
            position += used if label is None else 1
    return found


def is_label_like(text: str) -> bool:
    """Whether a text announces something, known to us or not: it ends with a colon."""
    return text.rstrip().endswith((":", "\uff1a"))


def _is_meant(text: str, label: Label, position: int, found: list[Label]) -> bool:
    is_again = bool(found) and found[-1].name is label.name
    is_next = bool(found) and not text[found[-1].end : label.start].strip(" /|()")
    if position == 0 or label.has_colon or (is_again and is_next):
        return True
    # "Report number RA-1 Issued 5 May 2026": no colon anywhere.
    following = text[label.end :].split(maxsplit=1)
    has_code = bool(following) and any(map(str.isdigit, following[0]))
    return bool(found) and not label.is_weak and has_code and not found[-1].has_colon


def _add(found: list[Label], label: Label, text: str) -> None:
    """Keep the label; one that only repeats the last in another language widens it."""
    last = found[-1] if found else None
    if last and last.name is label.name and not text[last.end : label.start].strip(" /|()"):
        found[-1] = replace(
            label,
            start=last.start,
            rank=max(last.rank, label.rank),
            has_colon=last.has_colon or label.has_colon,
        )
    else:
        found.append(label)


def _at(text: str, tokens: _Tokens) -> tuple[Label | None, int]:
    """The longest phrase that these tokens open with."""
    words = [" ".join(words_of(token[0])) for token in tokens]
    to_colon = _length_to_colon(text, tokens)
    if _is_about_something_else(words, to_colon):
        return None, max(1, to_colon)
    for length in range(len(words), 0, -1):
        announced = ANNOUNCES.get(" ".join(words[:length]))
        if announced is not None and not 0 < to_colon - length <= _FEW:  # "Client code: 7"
            return _label(text, tokens, length, *announced), length
    return _by_stems(text, tokens, words)


def _is_about_something_else(words: list[str], to_colon: int) -> bool:
    """Whether it is a laboratory's own number or day: "Lab batch date:", "QC lot 88"."""
    if words[0] not in OTHER_THINGS:
        return False
    if to_colon:
        return to_colon > 1 and " ".join(words[:to_colon]) not in ANNOUNCES
    is_known = any(" ".join(words[:length]) in ANNOUNCES for length in (4, 3, 2))
    return not is_known and " ".join(words[1:2]) in ANNOUNCES


def _by_stems(text: str, tokens: _Tokens, words: list[str]) -> tuple[Label | None, int]:
    """A label that speaks of a date in words of its own: "Date of sample's reception:"."""
    end = _length_to_colon(text, tokens) or _length_alone(text, tokens)
    said = words[:end]
    if end < 2 or not DATE_WORDS & set(said):  # noqa: PLR2004
        return _by_ending(text, tokens, words, end)
    if OTHER_THINGS & set(said):
        return None, end
    for name, stems in DATE_STEMS:
        if any(word.startswith(stems) for word in said):
            return _label(text, tokens, end, name, SOMETIMES), end
    return None, end


def _by_ending(text: str, tokens: _Tokens, words: list[str], end: int) -> tuple[Label | None, int]:
    """A label whose last words are known: "Finished goods lot number:"."""
    if end == 2 and words[1] == "id" and words[0] not in OTHER_THINGS | _OWNERS:  # noqa: PLR2004
        return _label(text, tokens, end, FieldName.SAMPLE_ID, BARELY), end
    for start in range(1, end - 1):
        announced = ANNOUNCES.get(" ".join(words[start:end]))
        is_other = OTHER_THINGS & set(words[:start])
        if announced and announced[1] >= USUALLY and not is_other:
            return _label(text, tokens, end, announced[0], BARELY + 1), end
    return None, 1


def _length_to_colon(text: str, tokens: _Tokens) -> int:
    """How many tokens stand before a colon, with nothing but blanks between them; 0: no colon."""
    for place, token in enumerate(tokens):
        after = _AFTER.match(text, token.end())
        between = text[token.end() : after.end() if after else token.end()]
        if _COLON.search(between):
            return place + 1
        if any(map(str.isdigit, token[0])):
            return 0
    return 0


def _length_alone(text: str, tokens: _Tokens) -> int:
    """How many tokens the text has, where it is nothing but them; 0: it has more, or numbers."""
    is_whole = not text[: tokens[0].start()].strip() and not text[tokens[-1].end() :].strip(" .")
    has_number = any(map(str.isdigit, text))
    return len(tokens) if is_whole and not has_number and len(tokens) < _LONGEST else 0


def _label(text: str, tokens: _Tokens, length: int, name: FieldName, rank: int) -> Label:
    start, end = tokens[0].start(), tokens[length - 1].end()
    after = _AFTER.match(text, end)
    value_start = after.end() if after else end
    if name is FieldName.LAB_NAME and "#" in text[end:value_start]:
        name = FieldName.SAMPLE_ID  # "Lab #" numbers what the laboratory got
    between, said = text[end:value_start], text[start:end].casefold()
    return Label(
        name,
        start,
        value_start,
        rank,
        bool(_COLON.search(between)),
        "#" in between,
        said == "sample",
    )
