"""A shop on a database of its own, filled with the real catalog, for the scripts beside."""

import csv
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

import config
from shop.catalog import importing
from shop.factory import create_app
from shop.plumbing.db import db, transaction

REAL_FILE = Path(__file__).parents[2] / "shared" / "data" / "catalog_hair.csv"


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds."""

    median: float
    p95: float


@contextmanager
def stocked(file: Path, copies: int) -> Iterator[str]:
    """The application context of a shop with so many copies of a file's products.

    On PostgreSQL if TEST_POSTGRESQL_URL is set (scripts/with-postgres), else on SQLite.
    """
    with tempfile.TemporaryDirectory() as folder, _database(Path(folder)) as url:
        environ = {"ASSAY_DATA_DIR": folder, "ASSAY_DATABASE_URL": url}
        app = create_app(config.from_environment(environ))
        with app.app_context():
            db.create_all()
            goods = _copied(file, copies, Path(folder) / "goods.csv")
            began = time.perf_counter()
            summary = importing.run(goods, folder=Path(folder), transaction=transaction)
            seconds = time.perf_counter() - began
            name = db.engine.dialect.name
            print(f"{name}: {summary.created:,} products imported in {seconds:.1f} s")
            if name == "postgresql":
                with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as opened:
                    opened.execute(text("ANALYZE"))
            yield name
            db.session.remove()
            db.engine.dispose()


def measure(ask: Callable[[], object], rounds: int) -> Figures:
    """Every round ends its transaction, as a request does; the first tenth is not counted."""
    taken = []
    for number in range(rounds + rounds // 10):
        began = time.perf_counter()
        ask()
        db.session.rollback()
        if number >= rounds // 10:
            taken.append((time.perf_counter() - began) * 1000)
    return Figures(statistics.median(taken), statistics.quantiles(taken, n=20)[-1])


def floor(rounds: int) -> Figures:
    """The least that a page costs: one row by its key, through the same session."""
    return measure(
        lambda: db.session.execute(text("SELECT name FROM product WHERE id = 1")).all(), rounds
    )


def show(name: str, figures: Figures, base: Figures) -> None:
    ratio = figures.median / base.median
    print(f"{name:44} {figures.median:8.2f} {figures.p95:8.2f} {ratio:8.1f}")


def head(base: str) -> None:
    print(f"{'':44} {'median':>8} {'p95':>8} {'x ' + base:>8}")


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    server = os.environ.get("TEST_POSTGRESQL_URL", "")
    if not server:
        yield f"sqlite:///{folder / 'bench.db'}"
        return
    name = f"bench_{uuid.uuid4().hex[:12]}"
    engine = create_engine(
        server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as opened:
        opened.execute(text(f"CREATE DATABASE {name}"))
        yield server.replace("/postgres?", f"/{name}?")
        opened.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def _copied(file: Path, copies: int, target: Path) -> Path:
    """The file's rows so many times, each copy under ids of its own."""
    with file.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    with target.open("w", encoding="utf-8", newline="") as copied:
        writer = csv.DictWriter(copied, rows[0])
        writer.writeheader()
        for number in range(copies):
            writer.writerows(
                {
                    **row,
                    "source_id": f"{row['source_id'][:280]}~{number}"
                    if number
                    else row["source_id"],
                }
                for row in rows
            )
    return target
