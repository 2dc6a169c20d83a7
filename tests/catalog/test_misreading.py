import pytest

from shop.catalog import service
from shop.catalog.misreading import spelled_alike
from shop.plumbing.db import transaction
from tests.catalog.factories import make_product


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("MO-26O9-B", ["MO-2609-B"]),  # the letter O for a zero
        ("mo26098", ["MO-2609-B"]),  # 8 for B
        ("MO-2609-B", []),  # exactly that one is no near miss
        ("XX-2609-B", []),
        ("", []),
    ],
)
def test_lots_like_names_what_was_probably_meant(app, typed, found):
    with transaction():
        make_product(lot="MO-2609-B")

    assert [lot.code for lot in service.lots_like(typed)] == found


def test_spellings_are_bounded_and_begin_with_what_was_typed():
    spellings = spelled_alike("O0" * 20)

    assert spellings[0] == "O0" * 20
    assert len(spellings) == 512


def test_media_by_blob_finds_pictures_and_nothing_else(app):
    with transaction():
        product = make_product()
        service.add_media(
            product,
            blob="a" * 64,
            content_type="image/webp",
            alt="Front of the bottle",
            width=480,
            height=600,
        )

    assert service.media_by_blob("a" * 64).alt == "Front of the bottle"
    assert service.media_by_blob("b" * 64) is None
    assert service.media_by_blob("a\x00") is None
