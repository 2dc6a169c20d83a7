"""A small shop to search in, and a way to import rows."""

import pytest

from shop.catalog import importing, service
from shop.plumbing.db import transaction
from tests.catalog.factories import make_product, stand
from tests.catalog.files import make_file


@pytest.fixture
def stocked(app):
    with transaction():
        make_product(
            "Rosemary Scalp Serum",
            gtin="00012345678905",
            sku="MO-RSS-50",
            lot="MO-2609-B",
            on_hand=5,
            concerns=["thinning"],
            ingredients=["Aqua", "Rosmarinus Officinalis Leaf Oil", "Niacinamide"],
            verification="ok",
            rank=90,
        )
        make_product(
            "Oat Milk Gentle Shampoo",
            brand="Tolva",
            category="shampoo",
            ingredients=["Aqua", "Keratin"],
            verification="part",
            rank=70,
        )
        make_product("Keratin Crème", brand="Kérastel", category="conditioner", price=1999)
        make_product("3D Exosome", brand="HAIRIZ", price=None, is_for_sale=False)
        make_product("Curl Brushes", brand="Pell", category="other", price=700)
        make_product("Niacinamide Tonic", brand="Pell", category="serum", price=2200)
    with transaction():
        flagged = service.product_by_slug("hairiz-3d-exosome")
        stand(flagged, "warn", rank=99)


@pytest.fixture
def take(app, tmp_path):
    """Import rows, or a file."""

    def take(*rows, path=None, **options):
        return importing.run(
            path or make_file(tmp_path, *rows),
            folder=tmp_path / "reports",
            transaction=transaction,
            **options,
        )

    return take
