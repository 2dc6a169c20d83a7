"""How does a changed product reach the search index?

Within the transaction that changed it: its narrow row, its words, and the count of every word.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, TypeAlias

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from shop.assay.policy import Mark
from shop.catalog import naming
from shop.catalog.choices import CATEGORIES, SHOP_CURRENCY, concern_mask, price_band
from shop.catalog.models import (
    Brand,
    Lot,
    LotStatus,
    Product,
    SearchRow,
    SearchWord,
    Standing,
    Variant,
)
from shop.catalog.search_postgresql import PostgresqlEngine
from shop.catalog.search_sqlite import SqliteEngine
from shop.catalog.search_text import Document, Engine
from shop.plumbing import clock
from shop.plumbing.db import db

# Marks that put a product last: it may be listed, never sold.
FLAGGED = frozenset({Mark.WARN, Mark.STOP})
_Row: TypeAlias = Row[*tuple[Any, ...]]
_CHUNK = 500
_FLAGGED_PLACING = 1_000_000
_SHORTEST_WORD = 3
_WORDS_LOCK = int.from_bytes(b"words")  # PostgreSQL's advisory lock
_PRODUCTS = (
    select(
        Product.id,
        Product.name,
        Product.category,
        Product.concerns,
        Product.ingredients,
        Product.is_published,
        Product.is_for_sale,
        Brand.id.label("brand_id"),
        Brand.name.label("brand_name"),
        Standing.verification,
        Standing.rank,
    )
    .join(Brand, Brand.id == Product.brand_id)
    .outerjoin(Standing, Standing.product_id == Product.id)
    .order_by(Product.id)
    # Two writers of one product take turns; foreign keys to it are not held up.
    .with_for_update(of=Product, key_share=True)
)
_VARIANTS = select(
    Variant.id,
    Variant.product_id,
    Variant.sku,
    Variant.gtin,
    Variant.price_minor,
    Variant.currency,
).order_by(Variant.product_id, Variant.position, Variant.id)
_LOT_CODES = select(Variant.product_id, Lot.code).join(Variant, Variant.id == Lot.variant_id)


def engine() -> Engine:
    """The full-text index of the database that the session is bound to."""
    return PostgresqlEngine() if _is_postgresql() else SqliteEngine()


def index(product_ids: Iterable[int] | None) -> None:
    """Bring these products up to date in the index; None rebuilds it whole."""
    db.session.flush()
    if product_ids is None:
        _empty()
        product_ids = db.session.scalars(select(Product.id).order_by(Product.id)).all()
    remaining = iter(sorted(set(product_ids)))
    while chunk := list(islice(remaining, _CHUNK)):
        _index_chunk(chunk)


def shippable(today: date | BindParameter[date]) -> ColumnElement[bool]:
    """The condition on Lot: released, not expired, and something of it is not promised yet."""
    return and_(
        Lot.status == LotStatus.RELEASED,
        Lot.on_hand > Lot.reserved,
        or_(Lot.expires_on.is_(None), Lot.expires_on >= today),
    )


def _index_chunk(product_ids: Sequence[int]) -> None:
    products = db.session.execute(_PRODUCTS.where(Product.id.in_(product_ids))).all()
    offered: dict[int, list[_Row]] = {}
    for variant in db.session.execute(_VARIANTS.where(Variant.product_id.in_(product_ids))):
        offered.setdefault(variant.product_id, []).append(variant)
    lots: dict[int, list[str]] = {}
    for product_id, code in db.session.execute(
        _LOT_CODES.where(Variant.product_id.in_(product_ids))
    ):
        lots.setdefault(product_id, []).append(code)
    in_stock = _in_stock(product_ids)
    listed = [product for product in products if product.is_published]
    documents = [
        _document(each, offered.get(each.id, []), lots.get(each.id, [])) for each in listed
    ]
    _count_words(engine().words_of(product_ids), documents)
    engine().replace(product_ids, documents)
    db.session.execute(delete(SearchRow).where(SearchRow.product_id.in_(product_ids)))
    if listed:
        rows = [
            _row(each, offered.get(each.id, []), is_in_stock=each.id in in_stock) for each in listed
        ]
        db.session.execute(insert(SearchRow), rows)


def _in_stock(product_ids: Sequence[int]) -> set[int]:
    has_stock = exists().where(Lot.variant_id == Variant.id, shippable(clock.today()))
    found = select(Variant.product_id).where(Variant.product_id.in_(product_ids), has_stock)
    return set(db.session.scalars(found))


def _row(product: _Row, variants: Sequence[_Row], *, is_in_stock: bool) -> dict[str, Any]:
    verification = product.verification or Mark.NONE
    is_flagged = verification in FLAGGED
    is_available = product.is_for_sale and is_in_stock and not is_flagged
    first = variants[0] if variants else None
    price = first.price_minor if first and first.currency == SHOP_CURRENCY else None
    return {
        "product_id": product.id,
        "brand_id": product.brand_id,
        "category": product.category,
        "verification": verification,
        "concern_mask": concern_mask(product.concerns),
        "price_band": price_band(price),
        "price_minor": price,
        "is_flagged": is_flagged,
        "is_available": is_available,
        "placing": (_FLAGGED_PLACING if is_flagged else 0) - 2 * (product.rank or 0) - is_available,
        "name_key": " ".join(naming.words(product.name))[:300],
    }


def _document(product: _Row, variants: Sequence[_Row], lot_codes: Sequence[str]) -> Document:
    codes = [code for each in variants for code in (each.sku, each.gtin) if code]
    body = " ".join(each.get("inci", "") for each in product.ingredients)
    return Document(
        product_id=product.id,
        title=tuple(naming.words(f"{product.name} {product.brand_name}")),
        codes=tuple(word for code in (*codes, *lot_codes) for word in _code_words(code)),
        category=tuple(naming.words(CATEGORIES.get(product.category, ""))),
        body=tuple(dict.fromkeys(naming.words(body))),
    )


def _code_words(code: str) -> Iterator[str]:
    """A code in one word and in its parts; a number also without the zeros that fill it."""
    whole = naming.lot_key(code).lower()[: naming.MAX_WORD]
    yield whole
    yield from naming.words(code)
    for start in range(1, 7):
        if whole.isdigit() and whole.startswith("0" * start):
            yield whole[start:]


def _count_words(before: Sequence[set[str]], after: Sequence[Document]) -> None:
    change: Counter[str] = Counter()
    for words in before:
        change.subtract(filter(_is_correctable, words))
    for document in after:
        change.update(filter(_is_correctable, _all_words(document)))
    rows = [
        {"word": word, "initial": word[0], "length": len(word), "count": count}
        for word, count in change.items()
        if count
    ]
    if not rows:
        return
    if _is_postgresql():  # two transactions that change words in turns would wait in a circle
        db.session.execute(select(func.pg_advisory_xact_lock(_WORDS_LOCK)))
    added = (postgresql_insert if _is_postgresql() else sqlite_insert)(SearchWord)
    counted = added.on_conflict_do_update(
        index_elements=["word"], set_={"count": SearchWord.count + added.excluded.count}
    )
    db.session.execute(counted, rows)
    fewer = [word for word, count in change.items() if count < 0]
    db.session.execute(delete(SearchWord).where(SearchWord.word.in_(fewer), SearchWord.count <= 0))


def _all_words(document: Document) -> set[str]:
    return {*document.title, *document.codes, *document.category, *document.body}


def _is_correctable(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and word.isalpha()


def _empty() -> None:
    db.session.execute(delete(SearchRow))
    db.session.execute(delete(SearchWord))
    db.session.execute(text("DELETE FROM search_text"))


def _is_postgresql() -> bool:
    return db.session.get_bind().dialect.name == "postgresql"
