import pytest

from shop.catalog import search, service
from shop.catalog.lots import change_lot
from shop.catalog.models import Lot, LotStatus
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Refused
from tests.catalog.factories import make_product


@pytest.fixture
def lot_id(app):
    with transaction():
        make_product(lot="MO-2609-B", on_hand=10)
        lot = service.find_lot("MO-2609-B")[0]
        lot.reserved = 4
        return lot.public_id


def change(lot_id, **values):
    with transaction():
        change_lot(service.lot(lot_id), **values)
    return service.lot(lot_id)


def is_in_stock():
    return search.find(search.Query()).cards[0].is_in_stock


def test_change_lot_counts_it_anew_and_tells_the_index(lot_id):
    lot = change(lot_id, on_hand=25, status=LotStatus.RELEASED)

    assert (lot.on_hand, lot.reserved) == (25, 4)
    assert is_in_stock()
    change(lot_id, on_hand=25, status=LotStatus.RECALLED)
    assert not is_in_stock()


@pytest.mark.parametrize(
    ("on_hand", "code"),
    [
        (3, "catalog.stock_reserved"),
        (-1, "catalog.stock_invalid"),
        (1_000_001, "catalog.stock_invalid"),
    ],
)
def test_change_lot_refuses_a_count_that_cannot_be(lot_id, on_hand, code):
    with pytest.raises(Refused) as caught:
        change(lot_id, on_hand=on_hand, status=LotStatus.QUARANTINED)

    assert caught.value.code == code
    lot = db.session.scalar(db.select(Lot))
    assert (lot.on_hand, lot.status) == (10, LotStatus.RELEASED)


def test_change_lot_may_leave_just_what_is_reserved(lot_id):
    assert change(lot_id, on_hand=4, status=LotStatus.RELEASED).on_hand == 4
