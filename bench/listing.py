"""How long does a listing take, with its facets and 24 cards? See README.md."""

import argparse
from pathlib import Path

import stocking

from shop.catalog.search import Query, find

LISTINGS = {
    "all products": Query(),
    "page 40": Query(page=40),
    "by price": Query(sort="price"),
    "one category": Query(categories=("shampoo",)),
    "two brands": Query(brands=("redken", "clairol")),
    "category, price band and concern": Query(
        categories=("treatment",), prices=("20-35", "35-50"), concerns=("thinning",)
    ),
    "nothing passes": Query(brands=("nobody",)),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, default=stocking.REAL_FILE)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=300)
    asked = parser.parse_args()
    with stocking.stocked(asked.file, asked.copies):
        base = stocking.floor(asked.rounds)
        stocking.head("one row")
        stocking.show("one row by its key", base, base)
        for name, query in LISTINGS.items():
            figures = stocking.measure(lambda query=query: find(query), asked.rounds)
            stocking.show(f"{name} ({find(query).total:,})", figures, base)


if __name__ == "__main__":
    main()
