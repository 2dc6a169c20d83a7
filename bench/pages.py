"""Whole pages over HTTP, against pages that ask the database nothing.

Serves the shop as `make run` does (granian, one worker, two threads) on the real catalog and a part
of the demo, and reads pages with one connection and with eight. Every answer is read whole and has
to be a 200 of the expected kind, or the script fails.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REAL_FILE = ROOT.parent / "shared" / "data" / "catalog_hair.csv"
SERUM = "maren-oak-rosemary-scalp-serum"
# Name, path, and what the page must hold.
PAGES = (
    ("process alive, no template (the floor)", "/healthz", b"ok"),
    ("a page without a database", "/how-we-check", b"How we check"),
    ("product, 4 certificates and 4 sellers", f"/p/{SERUM}", b"Certificates"),
    ("product of the import", "", b"Certificates"),
    ("listing, everything", "/", b"products"),
    ("listing, one category", "/?category=shampoo", b"products"),
    ("search, two words", "/?q=keratin+shampoo", b"products"),
    ("search, a typo", "/?q=keratn+shampoo", b"products"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, default=REAL_FILE)
    parser.add_argument("--rounds", type=int, default=200)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder), arguments.file) as port:
        print(f"{'page':42} {'median ms':>10} {'p95':>8} {'x floor':>8} {'pages/s, 8 at once':>20}")
        floor = 0.0
        for name, path, holds in PAGES:
            path = path or _imported(port)  # noqa: PLW2901 - the first product that was imported
            taken = _one_by_one(port, path, holds, arguments.rounds)
            median = statistics.median(taken)
            floor = floor or median
            rate = _side_by_side(port, path, holds, arguments.rounds)
            p95 = statistics.quantiles(taken, n=20)[-1]
            print(f"{name:42} {median:10.2f} {p95:8.2f} {median / floor:8.1f} {rate:20.0f}")


@contextmanager
def _served(folder: Path, file: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environ = {**os.environ, "ASSAY_DATA_DIR": str(folder), "ASSAY_LOG_LEVEL": "warning"}
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    for step in (["prepare", "--no-demo"], ["demo", "load", SERUM], ["catalog", "import", file]):
        subprocess.run([*flask, *step], cwd=ROOT, env=environ, check=False, capture_output=True)
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", "1", "--blocking-threads", "2",
        "--log-level", "error", "wsgi:app",
    ]  # fmt: skip
    process = subprocess.Popen(web, cwd=ROOT, env=environ)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _one_by_one(port: int, path: str, holds: bytes, rounds: int) -> list[float]:
    """Milliseconds each, over one kept connection; the first tenth is not counted."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    taken = []
    for number in range(rounds + rounds // 10):
        began = time.perf_counter()
        _read(connection, path, holds)
        if number >= rounds // 10:
            taken.append((time.perf_counter() - began) * 1000)
    connection.close()
    return taken


def _side_by_side(port: int, path: str, holds: bytes, rounds: int, readers: int = 8) -> float:
    """Pages a second with so many connections."""

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(rounds // readers):
            _read(connection, path, holds)
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(readers)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return rounds // readers * readers / (time.perf_counter() - began)


def _read(connection: http.client.HTTPConnection, path: str, holds: bytes) -> bytes:
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.HTTPStatus.OK or holds not in body:
        message = f"{path} answered {answer.status}"
        raise SystemExit(message)
    return body


def _imported(port: int) -> str:
    """The address of a product that came with the file."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    body = _read(connection, "/?sort=name&q=keratin", b"/p/")
    connection.close()
    return "/p/" + body.split(b'href="/p/', 1)[1].split(b'"', 1)[0].decode()


def _wait(port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            _read(connection, "/readyz", b"ok")
        except OSError:
            time.sleep(0.1)
        else:
            return
    message = "the server did not start"
    raise SystemExit(message)


if __name__ == "__main__":
    main()
