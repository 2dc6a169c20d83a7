"""How a door writes: `with write():`, one call to a service, and a redirect with 303."""

from shop.plumbing.db import transaction as write

__all__ = ["write"]
