"""Several workers publish about the same subject at once: one line of verdicts comes of it."""

from concurrent.futures import ThreadPoolExecutor

from shop.ledger import audit
from shop.plumbing.db import db
from shop.verdicts import service
from tests.verdicts.factories import GOOD, OFFER, publish


def test_publishing_at_once_makes_one_line_of_verdicts(app):
    def work(number):
        with app.app_context():
            for step in range(5):
                publish(GOOD, evidence=f"{number}{step}" * 32)
            db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))

    line = service.history(OFFER)
    assert [each.entry_index for each in line] == list(reversed(range(20)))
    assert [each.supersedes for each in line] == [each.public_id for each in line[1:]] + [None]
    assert service.current(OFFER) == line[0]
    assert audit.check().problems == ()
    assert service.replay() == []
