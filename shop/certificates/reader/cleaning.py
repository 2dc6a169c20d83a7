"""Which words of a page are seen? Those that are not, oddities name with their places."""

from collections.abc import Iterable
from dataclasses import replace

from shop.assay.certificates.boxes import Box
from shop.assay.certificates.inside import Oddity, OddityKind
from shop.assay.certificates.reading.layout import Page, Word, box

_UNSEEN = frozenset({OddityKind.COVERED, OddityKind.HIDDEN})
_SLACK = 3  # thousandths of the page


def clean(page: Page, oddities: Iterable[Oddity], number: int) -> Page:
    """The page without the words that are in its text and not on it."""
    gone = [
        (set(oddity.text.split()), oddity.box)
        for oddity in oddities
        if oddity.page == number and oddity.kind in _UNSEEN
    ]
    if not gone:
        return page
    return replace(page, words=tuple(word for word in page.words if not _is_gone(word, page, gone)))


def _is_gone(word: Word, page: Page, gone: list[tuple[set[str], Box]]) -> bool:
    if not any(word.text in words for words, _ in gone):
        return False
    left, top, right, bottom = box([word], page)
    across, down = (left + right) / 2, (top + bottom) / 2
    return any(
        word.text in words
        and place[0] - _SLACK <= across <= place[2] + _SLACK
        and place[1] - _SLACK <= down <= place[3] + _SLACK
        for words, place in gone
    )
