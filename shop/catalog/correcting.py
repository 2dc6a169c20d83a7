"""Which word did they mean? A typo is led to the nearest word that products use."""

from collections.abc import Sequence

from rapidfuzz.distance import OSA
from sqlalchemy import ColumnElement, and_, or_, select

from shop.catalog.models import SearchWord
from shop.plumbing.db import db

_SHORTEST = 4  # a shorter word is as near to many
_LONG = 6  # from here on, two slips are forgiven


def corrected(words: Sequence[str]) -> tuple[str, ...] | None:
    """The words with every unknown one replaced by its nearest neighbor; None if none changes.

    One statement: it fetches all words of about that length that start with either of the first
    two letters typed. Nearness counts slips (a swap is one), then what more products use wins.
    """
    unsure = [word for word in words if len(word) >= _SHORTEST and word.isalpha()]
    if not unsure:
        return None
    near = select(SearchWord.word, SearchWord.count).where(or_(*map(_is_near, unsure)))
    known = {row[0]: row[1] for row in db.session.execute(near)}
    better = tuple(_nearest(word, known) if word in unsure else word for word in words)
    return None if better == tuple(words) else better


def _is_near(word: str) -> ColumnElement[bool]:
    slips = _slips(word)
    return and_(
        SearchWord.initial.in_({word[0], word[1]}),
        SearchWord.length.between(len(word) - slips, len(word) + slips),
    )


def _nearest(word: str, known: dict[str, int]) -> str:
    if word in known:
        return word
    slips = _slips(word)
    found = [
        (distance, -count, other)
        for other, count in known.items()
        if (distance := OSA.distance(word, other, score_cutoff=slips)) <= slips
    ]
    return min(found)[2] if found else word


def _slips(word: str) -> int:
    return 2 if len(word) >= _LONG else 1
