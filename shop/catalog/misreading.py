"""Which lots read almost like this code? 0 and O, 1 and I, 5 and S are easily confused."""

from itertools import islice, product

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.catalog.models import Lot, Product, Variant
from shop.catalog.naming import lot_key
from shop.plumbing.db import db

_ALIKE = ("0OQD", "1IL", "2Z", "5S", "6G", "8B")
_MOST = 512  # spellings tried; a code with more confusable characters is searched in part
_SHOWN = 3
_TWINS = {letter: group for group in _ALIKE for letter in group}


def lots_like(code: str) -> list[Lot]:
    """At most three lots whose code differs only in characters that look alike."""
    key = lot_key(code)
    spellings = set(spelled_alike(key)) - {key}
    if not spellings:
        return []
    near = (
        select(Lot)
        .options(joinedload(Lot.variant).joinedload(Variant.product).joinedload(Product.brand))
        .where(Lot.code_key.in_(spellings))
    )
    return list(db.session.scalars(near.order_by(Lot.id).limit(_SHOWN)))


def spelled_alike(key: str) -> list[str]:
    """Every way to read the code, the one given first; a bounded number of them."""
    choices = [_as_given(letter) for letter in key]
    return ["".join(letters) for letters in islice(product(*choices), _MOST)]


def _as_given(letter: str) -> str:
    group = _TWINS.get(letter, letter)
    return letter + group.replace(letter, "")
