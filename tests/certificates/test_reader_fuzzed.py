"""Files on which a reader once stumbled, found by changing good files at random."""

from pathlib import Path

import pytest

from shop.certificates.reader import parent

FOLDER = Path(__file__).parents[1] / "corpus" / "certificates" / "fuzzed"
OURS = {"certificate.reading_failed", "certificate.limit_crashed"}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.pdf")), ids=lambda path: path.stem)
def test_file_is_read_or_refused_and_stops_nobody(path):
    reading = parent.read(path)
    assert not OURS & {problem.code for problem in reading.file.problems}
