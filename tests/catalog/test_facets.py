"""Counts of facets against counting by hand, over small random catalogs."""

from collections import Counter
from dataclasses import dataclass

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from shop.catalog.choices import CONCERNS, PRICE_BANDS
from shop.catalog.search import Query, find
from shop.plumbing.db import db, transaction
from tests.catalog.factories import make_product

BRANDS = {"tolva": "Tolva", "pell": "Pell", "maren-oak": "Maren & Oak"}
WORDS = ("Oat", "Keratin", "Curl")
CATEGORIES = ("shampoo", "serum", "oil")
MARKS = ("", "ok", "part", "none", "warn")
PRICES = (None, 999, 1000, 1999, 2000, 4999, 5000)


@dataclass(frozen=True)
class Thing:
    """A product as the test knows it."""

    word: str
    brand: str
    category: str
    concerns: frozenset[str]
    price: int | None
    currency: str
    mark: str

    @property
    def dollars(self):
        return self.price if self.currency == "USD" else None

    @property
    def band(self):
        found = [
            b.key
            for b in PRICE_BANDS
            if self.dollars is not None and b.low <= self.dollars < b.high
        ]
        return found[0] if found else None


things = st.builds(
    Thing,
    st.sampled_from(WORDS),
    st.sampled_from(sorted(BRANDS)),
    st.sampled_from(CATEGORIES),
    st.frozensets(st.sampled_from(sorted(CONCERNS)), max_size=2),
    st.sampled_from(PRICES),
    st.sampled_from(("USD", "IDR")),
    st.sampled_from(MARKS),
)
some = {"max_size": 2, "unique": True}
queries = st.builds(
    Query,
    text=st.sampled_from(("", "", *WORDS)),
    brands=st.lists(st.sampled_from([*BRANDS, "nobody"]), **some).map(tuple),
    categories=st.lists(st.sampled_from([*CATEGORIES, "mask"]), **some).map(tuple),
    concerns=st.lists(st.sampled_from(sorted(CONCERNS)), **some).map(tuple),
    verification=st.lists(st.sampled_from(("ok", "part", "none", "warn", "stop")), **some).map(
        tuple
    ),
    prices=st.lists(st.sampled_from([band.key for band in PRICE_BANDS]), **some).map(tuple),
    price_min=st.sampled_from((None, None, 1000, 2000)),
    price_max=st.sampled_from((None, None, 1999, 5000)),
)


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(stock=st.lists(things, max_size=12), asked=st.lists(queries, min_size=3, max_size=6))
def test_facets_count_what_counting_by_hand_counts(app: Flask, stock, asked):
    _restock(stock)
    for query in asked:
        found = find(query)

        assert found.total == sum(_passes(thing, query) for thing in stock)
        assert len(found.cards) == found.total
        for name in ("brand", "category", "concern", "price", "verification"):
            counted = {facet.value: facet.count for facet in found.facets[name] if facet.count}
            assert (name, counted) == (name, _by_hand(stock, query, name))


def test_chosen_value_stays_even_when_nothing_has_it(app):
    with transaction():
        make_product("Oat Wash", brand="Tolva", category="shampoo")
        make_product("Oat Oil", brand="Pell", category="oil", price=None)

    facets = find(Query(brands=("tolva",), categories=("oil",), prices=("50-",))).facets

    assert [(f.value, f.count, f.is_selected) for f in facets["price"]] == [("50-", 0, True)]
    assert ("tolva", "Tolva", 0, True) in [
        (f.value, f.label, f.count, f.is_selected) for f in facets["brand"]
    ]
    assert [f.value for f in facets["category"] if f.is_selected] == ["oil"]


def _restock(stock):
    with transaction():
        for table in ("standing", "lot", "variant", "search_row", "search_word", "search_text"):
            db.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - names above
        db.session.execute(text("DELETE FROM product"))
        db.session.expunge_all()
        for thing in stock:
            make_product(
                f"{thing.word} Wash",
                brand=BRANDS[thing.brand],
                category=thing.category,
                concerns=sorted(thing.concerns),
                price=thing.price,
                currency=thing.currency,
                verification=thing.mark,
            )


def _by_hand(stock, query, name):
    counted = Counter()
    for thing in stock:
        if _passes(thing, query, but=name):
            counted.update(_values(thing, name))
    return dict(counted)


def _values(thing, name):
    return {
        "brand": [thing.brand],
        "category": [thing.category],
        "concern": sorted(thing.concerns),
        "price": [thing.band] if thing.band else [],
        "verification": [thing.mark or "none"],
    }[name]


def _passes(thing, query, but=""):
    asked = {
        "brand": query.brands,
        "category": query.categories,
        "concern": query.concerns,
        "price": query.prices,
        "verification": query.verification,
    }
    return (
        (not query.text or query.text == thing.word)
        and (but == "price" or _costs(thing, query))
        and all(
            not values or name == but or set(values) & set(_values(thing, name))
            for name, values in asked.items()
        )
    )


def _costs(thing, query):
    if query.price_min is None and query.price_max is None:
        return True
    low, high = query.price_min or 0, query.price_max or 10**9
    return thing.dollars is not None and low <= thing.dollars <= high
