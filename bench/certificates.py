"""What does one certificate cost, and how many a minute can this machine read? See README.md.

Documents are read as the worker reads them (`certificates.reader.parent`), judged as
`flask certificates inspect` judges them, and looked up among documents on file in SQLite.
"""

import argparse
import hashlib
import io
import random
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
from sqlalchemy import insert

import config
from shop.assay.certificates import alike
from shop.assay.certificates.facts import Expected
from shop.certificates import alikes, inspecting
from shop.certificates.models import Certificate, NumberBand, Status
from shop.certificates.reader import client, parent
from shop.demo import certificates, handling, reports
from shop.factory import create_app
from shop.plumbing.db import db, transaction
from tests.papers import signing

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
EXPECTED = Expected(product="Rosemary Scalp Serum", brand="Maren & Oak", size="50 ml", lot="X-1")
MEGABYTE = 1024 * 1024
PAGES = (1, 2, 5, 10, 50)
NUMBERS, TEMPLATES = 60, 40  # of a document; of which half stand on all of its laboratory's


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--most", type=int, default=100_000, help="documents on file")
    asked = parser.parse_args()
    layouts = _layouts()
    _kinds(layouts, asked.rounds)
    _growth(layouts, asked.rounds)
    _throughput(layouts)
    if asked.most:
        _on_file(asked.most)


def _kinds(layouts: dict[str, bytes], rounds: int) -> None:
    first = next(iter(layouts.values()))
    documents = {
        **{f"text, layout {name}": content for name, content in layouts.items()},
        "signed": signing.honest()["plain"],
        "scan (OCR)": handling.scanned(first),
        "cut off (refused)": first[: len(first) // 2],
    }
    client.restart()
    is_possible = client.is_possible
    began = time.perf_counter()
    parent.read(first)
    print(f"first document, server and all: {time.perf_counter() - began:.2f} s")
    print(f"{'document':32} {'wall s':>8} {'CPU s':>8} {'of it judging':>14} {'peak MB':>8}")
    for name, content in documents.items():
        _show(name, content, rounds)
    client.is_possible = lambda: False
    _show("the first one, without the server", first, rounds)
    client.is_possible = is_possible


def _growth(layouts: dict[str, bytes], rounds: int) -> None:
    for pages in PAGES:
        _show(f"text, {pages} pages", _joined(list(layouts.values()), pages), max(3, rounds // 3))


def _throughput(layouts: dict[str, bytes]) -> None:
    texts = [_marked(content, n) for n in range(10) for content in layouts.values()]
    scans = [handling.scanned(content) for content in layouts.values()]
    for name, documents in (("text", texts), ("scans", scans)):
        for readers in (1, 2, 4):
            began = time.perf_counter()
            with ThreadPoolExecutor(readers) as pool:
                readings = list(pool.map(parent.read, documents))
            seconds = time.perf_counter() - began
            if any(reading.file.problems or not reading.fields for reading in readings):
                message = "a document was not read"
                raise SystemExit(message)
            print(f"{name}, {readers} readers: {60 * len(documents) / seconds:,.0f} a minute")


def _show(name: str, content: bytes, rounds: int) -> None:
    folder = inspecting.Folder(())
    walls, costs, judgings, peaks = [], [], [], []
    for _ in range(rounds):
        wall, own = time.perf_counter(), _own_cpu()
        watched = parent.watch(content)
        before = time.process_time()
        inspecting.answer(folder.facts(watched.reading, EXPECTED, at=AT), at=AT)
        judgings.append(time.process_time() - before)
        walls.append(time.perf_counter() - wall)
        costs.append(watched.cpu_seconds + _own_cpu() - own)
        peaks.append(watched.peak_bytes / MEGABYTE)
    medians = (statistics.median(figures) for figures in (walls, costs, judgings))
    wall_s, cpu_s, judging_s = medians
    print(f"{name:32} {wall_s:8.2f} {cpu_s:8.2f} {judging_s:14.3f} {max(peaks):8.0f}")


def _own_cpu() -> float:
    """Of this process and of those that it started and that ended; the server's are not its own."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def _layouts() -> dict[str, bytes]:
    """One good report of each layout of the demo."""
    chosen: dict[str, bytes] = {}
    for brand, product, lot in reports.tested_lots():
        file = certificates.certificate(brand, product, lot, date(2026, 11, 22))
        if file.report.story is reports.Story.GOOD:
            chosen.setdefault(file.report.layout, file.content)
    return chosen


def _joined(contents: list[bytes], pages: int) -> bytes:
    """One file of so many pages, taken from the reports in turn."""
    whole = pikepdf.Pdf.new()
    sources = [pikepdf.open(io.BytesIO(content)) for content in contents]
    for number in range(pages):
        whole.pages.append(sources[number % len(sources)].pages[0])
    return _saved(whole)


def _marked(content: bytes, number: int) -> bytes:
    """The same report as another file."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.docinfo["/Keywords"] = f"copy {number}"
        return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def _on_file(most: int) -> None:
    print(
        f"{'documents on file':>18} {'find, median ms':>16} {'p95 ms':>8} {'keep, median ms':>16}"
    )
    shelf = _Shelf()
    with _shop():
        for size in (1_000, 10_000, 100_000):
            if size <= most:
                shelf.fill(size)
                finds, keeps = shelf.measure(50)
                p95 = statistics.quantiles(finds, n=20)[-1]
                print(
                    f"{size:18,} {statistics.median(finds):16.1f} {p95:8.1f} "
                    f"{statistics.median(keeps):16.1f}"
                )


class _Shelf:
    """Made-up documents: half of the numbers a laboratory's template, half a document's own."""

    def __init__(self) -> None:
        self._random = random.Random(7)  # noqa: S311 - made-up documents, the same each time
        self._templates = [self._numbers(NUMBERS // 2) for _ in range(TEMPLATES)]
        self._borne: Counter[str] = Counter()
        self._kept: list[tuple[str, ...]] = []

    def fill(self, size: int) -> None:
        """Put documents on file until there are so many."""
        new = [self._document() for _ in range(size - len(self._kept))]
        with transaction():
            for start in range(0, len(new), 5_000):
                self._insert(new[start : start + 5_000])
        self._kept += new

    def measure(self, rounds: int) -> tuple[list[float], list[float]]:
        """Milliseconds to look a copy up, two of whose numbers were altered, and to keep it."""
        finds, keeps = [], []
        for _ in range(rounds):
            of = self._random.choice(self._kept)
            numbers = ("9.8765", *of[1:-1], "1.2345")
            with transaction():
                row = _row(numbers, self._random.randbytes(8))
                db.session.add(row)
                db.session.flush()
                began = time.perf_counter()
                found = alikes.find(row)
                finds.append(1000 * (time.perf_counter() - began))
                began = time.perf_counter()
                alikes.keep(row, numbers)
                keeps.append(1000 * (time.perf_counter() - began))
                db.session.rollback()
            if not found:
                message = "the document that was copied was not found"
                raise SystemExit(message)
        return finds, keeps

    def _insert(self, documents: list[tuple[str, ...]]) -> None:
        rows = [_row(numbers, self._random.randbytes(8)) for numbers in documents]
        db.session.add_all(rows)
        db.session.flush()
        bands = []
        for row, numbers in zip(rows, documents, strict=True):
            marks = alike.marks(alike.runs(numbers)[: alike.ASKED], self._borne)
            self._borne.update(marks)
            bands += [{"certificate_id": row.id, "value": mark} for mark in marks]
        db.session.execute(insert(NumberBand), bands)
        db.session.expunge_all()

    def _document(self) -> tuple[str, ...]:
        own = self._numbers(NUMBERS - NUMBERS // 2)
        template = self._random.choice(self._templates)
        return tuple(number for pair in zip(own, template, strict=True) for number in pair)

    def _numbers(self, count: int) -> list[str]:
        return [
            f"{self._random.uniform(0, 99):.{self._random.randrange(4)}f}" for _ in range(count)
        ]


def _row(numbers: tuple[str, ...], salt: bytes) -> Certificate:
    return Certificate(
        file_sha256=hashlib.sha256(repr(numbers).encode() + salt).hexdigest(),
        filename="report.pdf",
        size=1,
        uploaded_by="bench",
        status=Status.NEEDS_REVIEW,
        codes=[],
        problems=[],
        inside={"numbers": list(numbers)},
    )


@contextmanager
def _shop() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(config.from_environment({"ASSAY_DATA_DIR": str(Path(folder))}))
        with app.app_context():
            db.create_all()
            yield
            db.session.remove()
            db.engine.dispose()


if __name__ == "__main__":
    main()
