"""How long does a search take, and how many typos does it read rightly? See README.md."""

import argparse
import random
from pathlib import Path

import stocking
from sqlalchemy import text

from shop.catalog.correcting import corrected
from shop.catalog.search import Query, find, suggest
from shop.plumbing.db import db

SEARCHES = {
    "one broad word": "shampoo",
    "one rare word": "niacinamide",
    "two words": "keratin shampoo",
    "a brand and words": "kerastase nutritive bain",
    "a SKU": "CSCP-8496",
    "a typo": "keratn shampoo",
    "a typo in a rare word": "niacinimide",
    "nothing like it": "zzyzzxq",
}
NAIVE = (
    "SELECT id FROM product WHERE lower(name) LIKE '%keratin%' AND lower(name) LIKE '%shampoo%' "
    "ORDER BY name LIMIT 24"
)
TYPOS = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, default=stocking.REAL_FILE)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=300)
    asked = parser.parse_args()
    with stocking.stocked(asked.file, asked.copies):
        base = stocking.measure(lambda: db.session.execute(text(NAIVE)).all(), asked.rounds)
        stocking.head("LIKE")
        stocking.show("two words by LIKE: no facets, cards or rank", base, base)
        for name, typed in SEARCHES.items():
            figures = stocking.measure(lambda typed=typed: find(Query(text=typed)), asked.rounds)
            stocking.show(f"{name}: {typed} ({find(Query(text=typed)).total:,})", figures, base)
        for typed in ("shamp", "keratn"):
            figures = stocking.measure(lambda typed=typed: suggest(typed), asked.rounds)
            stocking.show(f"suggestions: {typed}", figures, base)
        _typos()


def _typos() -> None:
    """One slip in words that at least five products use; seeded, so runs compare."""
    chance = random.Random(20261122)  # noqa: S311 - to repeat, not to hide
    common = text("SELECT word FROM search_word WHERE count >= 5 AND length >= 5 ORDER BY word")
    words = chance.sample(list(db.session.scalars(common)), TYPOS)
    typed = [(word, _slip(word, chance)) for word in words]
    read = [(word, (corrected([typo]) or (typo,))[0]) for word, typo in typed]
    right = sum(word == found for word, found in read)
    known = sum(found == typo != word for (word, found), (_, typo) in zip(read, typed, strict=True))
    print(f"typos: {right} of {TYPOS} read as meant; {known} left alone; the rest read otherwise")


def _slip(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    other = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + other + word[place:],
            word[:place] + other + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        ]
    )


if __name__ == "__main__":
    main()
