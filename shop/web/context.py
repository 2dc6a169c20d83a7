"""What was put together at start, for the doors to use."""

from dataclasses import dataclass
from typing import Any

from flask import current_app

from config import Config
from shop.plumbing.blobs import BlobStore
from shop.plumbing.outbound import Outbound

_KEY = "assay"


@dataclass(frozen=True, slots=True)
class Shop:
    """The house's own objects, made once by the factory."""

    config: Config
    blobs: BlobStore
    outbound: Outbound  # for workers: the web process fetches nothing
    payments: Any  # an orders.payments.PaymentProvider; this floor does not know that room


def current_shop() -> Shop:
    """The Shop of the running application."""
    shop = current_app.extensions[_KEY]
    assert isinstance(shop, Shop)  # noqa: S101 - for the type checker; the factory put it there
    return shop
