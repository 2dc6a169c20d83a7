"""How many checkouts does one database take, from cart to confirmed order? See README.md."""

import argparse
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, update

import config
from shop.catalog.models import Brand, Lot, Product, Variant
from shop.factory import create_app
from shop.orders import carts, paying, placing, receipts, settling
from shop.orders.models import Order, State
from shop.orders.placing import Contact
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.mail import Letter
from shop.web.context import current_shop

PRODUCTS = 200
CONTACT = Contact(
    email="j.okafor@mail.example",
    name="J. Okafor",
    line1="12 Alder Street",
    city="Portland",
    postal_code="97201",
    country="US",
)


@dataclass(frozen=True, slots=True)
class Task:
    """What one process does: so many rounds of one kind, on one database."""

    kind: str
    url: str
    folder: Path
    rounds: int
    number: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=400)
    parser.add_argument("--processes", type=int, nargs="*", default=[1, 2, 8])
    asked = parser.parse_args()
    print(f"{'':34}{'processes':>10}{'per second':>12}{'median ms':>11}{'p95 ms':>9}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = os.environ.get("TEST_POSTGRESQL_URL") or f"sqlite:///{folder / 'assay.db'}"
        with _context(url, folder):
            db.create_all()
            _stock()
        for processes in asked.processes:
            base = 0.0
            for kind in ("bare", "place", "whole"):
                base = _measure(kind, url, folder, asked.rounds, processes, base) or base
        with _context(url, folder):
            _check()


def _measure(  # noqa: PLR0917 - a script's own helper
    kind: str, url: str, folder: Path, rounds: int, processes: int, base: float
) -> float:
    tasks = [Task(kind, url, folder, rounds // processes, number) for number in range(processes)]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        answers = pool.map(_work, tasks, chunksize=1)
    taken = [each for answer in answers for each in answer[2]]
    seconds = max(answer[1] for answer in answers) - min(answer[0] for answer in answers)
    rate = len(taken) / seconds
    p95 = statistics.quantiles(taken, n=20)[-1] * 1000
    ratio = rate / base if base else 1.0
    median = statistics.median(taken) * 1000
    print(f"{NAMES[kind]:34}{processes:10}{rate:12.0f}{median:11.1f}{p95:9.1f}{ratio:8.2f}")
    return rate if kind == "bare" else 0.0


def _work(task: Task) -> tuple[float, float, list[float]]:
    """When it began and ended, and how long each round took."""
    with _context(task.url, task.folder):
        offered = db.session.scalars(select(Variant.public_id).order_by(Variant.id)).all()
        prepared = [
            _cart(offered[(task.number * 37 + number) % PRODUCTS]) if task.kind != "bare" else ""
            for number in range(task.rounds)
        ]
        act = {"bare": _bare, "place": _place, "whole": _whole}[task.kind]
        act(_cart(offered[0]))
        taken = []
        started = time.time()
        for cart in prepared:
            began = time.perf_counter()
            act(cart)
            taken.append(time.perf_counter() - began)
        return started, time.time(), taken


def _bare(cart: str) -> None:
    """The least that a durable change costs: one row in one transaction."""
    del cart
    with transaction():
        db.session.execute(update(Brand).values(name="Maren & Oak"))


def _place(cart: str) -> str:
    form = placing.new_form_token()
    with transaction():
        placing.place(form, cart, CONTACT, at=now())
    return placing.order_token(form)


def _whole(cart: str) -> None:
    payments = current_shop().payments
    token = _place(cart)
    paying.open_session(token, payments=payments, transaction=transaction)
    session_id = receipts.by_token(token).session_id or ""
    payments.pay(session_id)
    settled = settling.settle(session_id, payments=payments, transaction=transaction)
    if settled is not State.PAID:
        message = f"a checkout ended as {settled}"
        raise RuntimeError(message)


NAMES = {
    "bare": "one row, one transaction",
    "place": "an order placed (1 transaction)",
    "whole": "cart to confirmed order (5)",
}


def _cart(variant_public_id: str) -> str:
    with transaction():
        return carts.add_to_cart(None, variant_public_id, 1, at=now())


def _stock() -> None:
    with transaction():
        brand = Brand(slug="maren-oak", name="Maren & Oak")
        db.session.add(brand)
        db.session.flush()
        for number in range(PRODUCTS):
            product = Product(
                brand_id=brand.id, slug=f"p-{number}", name=f"Serum {number}", category="serum"
            )
            db.session.add(product)
            db.session.flush()
            variant = Variant(
                product_id=product.id, sku=f"S-{number}", price_minor=3400, currency="USD"
            )
            db.session.add(variant)
            db.session.flush()
            code = f"MO{number}"
            db.session.add(Lot(variant_id=variant.id, code=code, code_key=code, on_hand=10**6))


def _check() -> None:
    """A figure counts only if nothing was lost or sold twice."""
    orders = db.session.scalar(select(func.count()).select_from(Order))
    paid = db.session.scalar(select(func.count()).where(Order.state == State.PAID))
    letters = db.session.scalar(select(func.count()).select_from(Letter))
    reserved = db.session.scalar(select(func.sum(Lot.reserved)))
    if paid != letters or reserved != orders:
        message = f"{orders} orders, {reserved} reserved; {paid} paid, {letters} letters"
        raise RuntimeError(message)
    print(f"{orders:,} orders, as many units reserved; {paid:,} paid, as many confirmations.")


@contextmanager
def _context(url: str, folder: Path) -> Iterator[None]:
    environ = {"ASSAY_DATA_DIR": str(folder), "ASSAY_DATABASE_URL": url, "ASSAY_LOG_LEVEL": "error"}
    with create_app(config.from_environment(environ)).app_context():
        yield
        db.session.remove()
        db.engine.dispose()


if __name__ == "__main__":
    main()
