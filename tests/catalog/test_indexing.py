"""The index follows every change, and several writers at once, on both databases."""

import threading

import pytest

from shop.catalog import search, service
from shop.catalog.search import Query, find, suggest
from shop.plumbing.db import db, transaction
from tests.catalog.factories import make_product

ROUNDS = 6
NAMES = ("Amber Balm", "Birch Cream")


def test_unpublished_product_is_found_nowhere(stocked):
    with transaction():
        product = service.product_by_slug("pell-curl-brushes")
        product.is_published = False
        search.index([product.id])

    assert find(Query(text="brushes")).total == 0
    assert find(Query(brands=("pell",))).total == 1
    assert suggest("curl") == []


def test_index_forgets_old_words(stocked):
    with transaction():
        service.rename_product(service.product_by_slug("kerastel-keratin-creme"), "Silk Balm")

    assert find(Query(text="keratin")).total == 1  # the ingredient of another
    assert find(Query(text="silk")).total == 1
    assert find(Query(text="cremee")).corrected is None  # nothing has that word any more


def test_index_of_all_gives_what_the_increments_gave(stocked):
    before = _tables()
    with transaction():
        search.index(None)

    assert _tables() == before


def test_index_is_undone_with_its_transaction(stocked):
    with pytest.raises(ZeroDivisionError):
        _add_and_fail()

    assert find(Query(text="balm")).total == 0


def test_writers_that_use_the_same_words_in_turns_neither_fail_nor_miscount(app):
    with transaction():
        for name in NAMES:
            make_product(name)
    failures = []
    threads = [
        threading.Thread(target=_write, args=(app, brand, names, failures))
        for brand, names in (("Tolva", NAMES), ("Pell", NAMES[::-1]))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert find(Query(text="amber")).total == find(Query(text="cream")).total == 2 * ROUNDS + 1
    counted = _words()
    assert counted["amber"] == counted["birch"] == 2 * ROUNDS + 1
    with transaction():
        search.index(None)
    assert _words() == counted


def _add_and_fail():
    with transaction():
        make_product("Lost Balm")
        raise ZeroDivisionError


def _tables():
    rows = db.session.execute(db.text("SELECT * FROM search_row ORDER BY product_id")).all()
    words = db.session.execute(db.text("SELECT word, count FROM search_word ORDER BY word")).all()
    return sorted(map(tuple, rows)), sorted(map(tuple, words))


def _write(app, brand, names, failures):
    with app.app_context():
        try:
            for _ in range(ROUNDS):
                with transaction():
                    for name in names:
                        make_product(name, brand=brand)
        except Exception as failure:  # noqa: BLE001 - a thread's failure is the finding
            failures.append(failure)
        finally:
            db.session.remove()


def _words():
    return dict(map(tuple, db.session.execute(db.text("SELECT word, count FROM search_word"))))
