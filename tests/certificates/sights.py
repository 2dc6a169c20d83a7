"""The reader's look into a file, in this process: for tests of what it finds there."""

import io
import os
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pypdfium2

from shop.certificates.reader import child
from shop.certificates.reader.limits import DEFAULT
from shop.certificates.reader.sight import Sight

# As the reader's own process has it: more threads only get in each other's way.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")


@contextmanager
def sight(content, *, limits=DEFAULT):
    """What those see who look for one thing, before any page was read."""
    with (
        tempfile.TemporaryDirectory() as folder,
        pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf,
    ):
        opened = pypdfium2.PdfDocument(content)
        yield Sight(
            content=content,
            pdf=pdf,
            opened=opened,
            folder=Path(folder),
            limits=limits,
            deadline=time.monotonic() + 60,
        )
        opened.close()


def read(content, *, limits=DEFAULT):
    """The whole reading."""
    with tempfile.TemporaryDirectory() as folder:
        return child.examine(content, Path(folder), limits)
