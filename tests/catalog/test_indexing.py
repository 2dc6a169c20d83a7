"""Several writers of the index at once, on both databases."""

import threading

from shop.catalog import search
from shop.catalog.search import Query, find
from shop.plumbing.db import db, transaction
from tests.catalog.factories import make_product

ROUNDS = 6
NAMES = ("Amber Balm", "Birch Cream")


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
