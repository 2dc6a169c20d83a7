"""What does a shopper's text ask of the index, in plain words and without any operator?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Select

from shop.catalog import naming

MAX_TEXT = 200  # characters that are looked at
MAX_WORDS = 10
_SHORTEST_CODE = 4
_EMPTY_WORDS = frozenset({"a", "an", "and", "by", "for", "in", "of", "the", "with"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Every word must occur, the last one perhaps only begun; or else the code as a whole."""

    words: tuple[str, ...]
    code: str = ""  # "mo2609b" for "MO-2609 B"; empty when the text can be no code

    def __bool__(self) -> bool:
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Document:
    """The words of one product, by where they stand."""

    product_id: int
    title: tuple[str, ...]
    codes: tuple[str, ...]
    category: tuple[str, ...]
    body: tuple[str, ...]


class Engine(Protocol):
    """What each database's full-text index answers, in terms that do not differ."""

    def anywhere(self, wanted: Wanted) -> str:
        """The engine's own expression for a text: a value to bind, never SQL."""

    def in_title(self, wanted: Wanted) -> str:
        """The expression for "every word, whole, in the name or brand"."""

    def title_begins(self, wanted: Wanted) -> str:
        """The same, where the last word may be only begun."""

    def has_code(self, code: str) -> str:
        """The expression for "one of its codes is exactly this"."""

    def matching(self, bind: str) -> Select[int]:
        """Select the ids of the products that match the expression bound to that name."""

    def replace(self, product_ids: Sequence[int], documents: Sequence[Document]) -> None:
        """Forget these products, then remember these documents."""

    def words_of(self, product_ids: Sequence[int]) -> list[set[str]]:
        """The words remembered for each of these products that is in the index."""


def read(text: str) -> Wanted:
    """The words of what somebody typed. Whatever they typed, this neither raises nor tires."""
    seen = naming.words(text[:MAX_TEXT])
    telling = [word for word in seen if word not in _EMPTY_WORDS] or seen
    words = tuple(dict.fromkeys(telling))[:MAX_WORDS]
    code = naming.lot_key(text[:MAX_TEXT]).lower()
    is_code = _SHORTEST_CODE <= len(code) <= naming.MAX_WORD and any(
        char.isdigit() for char in code
    )
    return Wanted(words, code if is_code else "")


def visible(text: str) -> str:
    """The text without what cannot be seen: is anything asked at all?"""
    return "".join(char for char in text[:MAX_TEXT] if char.isprintable()).strip()
