"""How long does reading one certificate take, sandboxed process and all?

Reads reports of the demo's six layouts, a scan and a file that is refused, through
`certificates.reader.parent.read`, and compares with the least that any document costs: a Python
process that imports the reader's libraries and ends.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

from shop.certificates.reader import parent
from shop.demo import certificates, handling, reports


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    floor = _median(_start_a_process, rounds)
    print(f"{'document':44} {'median s':>9} {'x floor':>8}")
    print(f"{'a process that imports the libraries':44} {floor:9.2f} {1:8.1f}")
    for name, content, is_refused in _documents():
        reading = parent.read(content)
        if bool(reading.file.problems) is not is_refused or bool(reading.fields) is is_refused:
            message = f"{name}: not read as expected"
            raise SystemExit(message)

        def read(content: bytes = content) -> None:
            parent.read(content)

        median = _median(read, rounds)
        print(f"{name:44} {median:9.2f} {median / floor:8.1f}")


def _documents() -> list[tuple[str, bytes, bool]]:
    """One report of each layout, then a scan of the first and a cut-off copy of it."""
    chosen: dict[str, bytes] = {}
    for brand, product, lot in reports.tested_lots():
        file = certificates.certificate(brand, product, lot, date(2026, 11, 22))
        if file.report.story is reports.Story.GOOD:
            chosen.setdefault(file.report.layout, file.content)
    first = next(iter(chosen.values()))
    return [
        *((f"report, layout {layout}", content, False) for layout, content in chosen.items()),
        ("the first one, scanned (read by OCR)", handling.scanned(first), False),
        ("the first one, cut off (refused)", first[: len(first) // 2], True),
    ]


def _start_a_process() -> None:
    imports = "import pikepdf, pypdfium2, zxingcpp, PIL.Image"
    subprocess.run([sys.executable, "-c", imports], check=True)


def _median(work: Callable[[], None], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
