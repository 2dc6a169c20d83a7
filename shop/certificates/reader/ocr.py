"""What does the picture of a page say? Asked of tesseract, where it is installed."""

import io
import os
import re
import shutil
import subprocess
import time

from PIL import Image, ImageChops

from shop.assay.certificates.facts import Source
from shop.assay.certificates.reading.layout import Page, Word
from shop.assay.certificates.reading.legibility import is_legible
from shop.certificates.reader.uprighting import is_sideways, level

DOTS_PER_INCH = 200
_RULE = 64  # pixels: a run of ink this long and thin is a table's rule, and no letter
_INK = 60  # how dark the run must be on average, 0 black to 255 white
_TO_THICK = (1, 2, 4, 1)  # pixels; together a run nine pixels thick is more than a rule
_COLUMNS = 12  # of tesseract's TSV
_WORD_LEVEL = "5"
_FEWEST_CONFIDENCE = 20
# The stroke of a unit is read as a letter: "CFUIg", "giml".
_SMUDGES = "|\u201c\u201d\u2018\u2019\u2014_~[]{}\u00ab\u00bb\u00a6"
_UNIT = re.compile(r"^(cfu|ufc|kbe|[m\u00b5u]?g|eu|iu)[il|1](k?g|ml)$", re.IGNORECASE)
# Words wherever they stand: which of them make a line or a column is for the reading to say.
_SCATTERED = "11"
_FAIR = 60  # upright pages are surer than that, and those on their heads are not


def is_installed() -> bool:
    return shutil.which("tesseract") is not None


def read_words(picture: Image.Image, page: Page, *, seconds: float) -> Page | None:
    """The page with the words of its picture; None when tesseract did not manage in time.

    A picture that lies on its side or on its head is turned, and one that is skewed made level.
    """
    program = shutil.which("tesseract")
    if program is None:
        return None
    deadline = time.monotonic() + seconds
    first = 1 if is_sideways(picture) else 0
    best: Page | None = None
    for turns in (first, first + 2):
        upright = without_rules(level(_turned(picture, turns)))
        answer = _asked(program, upright, deadline - time.monotonic())
        if answer is None:
            break
        seen = _page(answer, page, upright, turns)
        if best is None or _sureness(seen) > _sureness(best):
            best = seen
        if is_legible(" ".join(word.text for word in seen.words)) and _sureness(seen) > _FAIR:
            break
    return best


def _turned(picture: Image.Image, turns: int) -> Image.Image:
    """The picture after so many quarters clockwise."""
    return picture.rotate(-90 * turns, expand=True) if turns else picture


def _asked(program: str, picture: Image.Image, seconds: float) -> str | None:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    try:
        answer = subprocess.run(  # noqa: S603 - a fixed program, and no shell
            [program, "stdin", "stdout", "--psm", _SCATTERED, "-l", "eng", "tsv"],
            input=buffer.getvalue(),
            capture_output=True,
            timeout=max(seconds, 0.1),
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # more of them wait for one another
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return answer.stdout.decode("utf-8", "replace")


def _page(answer: str, page: Page, picture: Image.Image, turns: int) -> Page:
    shown = (page.width, page.height) if page.turns % 2 == 0 else (page.height, page.width)
    width, height = shown if turns % 2 == 0 else shown[::-1]
    words = tuple(_words(answer, width / picture.width))
    return Page(page.number, width, height, words, page.aside, Source.OCR, turns)


def _sureness(page: Page) -> float:
    """How sure tesseract was of the page's letters, 0 to 100."""
    letters = sum(len(word.text) for word in page.words)
    sure = sum(len(word.text) * word.confidence for word in page.words)
    return sure / letters if letters else 0.0


def without_rules(picture: Image.Image) -> Image.Image:
    """The picture in grey without the long thin lines of tables, which confuse reading."""
    grey = picture.convert("L")
    width, height = grey.size
    clean = grey
    for squeezed, along in (
        ((max(1, width // _RULE), height), (0, 1)),
        ((width, max(1, height // _RULE)), (1, 0)),
    ):
        small = grey.resize(squeezed, Image.Resampling.BOX)
        runs = small.point(lambda value: 255 if value < _INK else 0)
        thin = _thin(runs, along).resize(grey.size, Image.Resampling.NEAREST)
        clean = Image.composite(Image.new("L", grey.size, 255), clean, thin)
    return clean


def _thin(runs: Image.Image, along: tuple[int, int]) -> Image.Image:
    """The runs that are not thick in the direction along which nothing was squeezed."""
    across, down = along

    def moved(image: Image.Image, steps: int) -> Image.Image:
        return ImageChops.offset(image, steps * across, steps * down)

    thick = runs
    for steps in _TO_THICK:
        thick = ImageChops.darker(thick, moved(thick, steps))
    for steps in _TO_THICK:
        thick = ImageChops.lighter(thick, moved(thick, -steps))
    thin = ImageChops.subtract(runs, thick)
    return ImageChops.lighter(thin, ImageChops.lighter(moved(thin, 1), moved(thin, -1)))


def _repaired(text: str) -> str:
    """The word without what pictures of tables add to it, and what is known to be misread."""
    bare = text.strip(_SMUDGES)
    return "ID" if bare in {"1D", "lD", "|D"} else _UNIT.sub(r"\1/\2", bare)


def _words(table: str, scale: float) -> list[Word]:
    words = []
    for row in table.splitlines()[1:]:
        columns = row.split("\t")
        if len(columns) != _COLUMNS or columns[0] != _WORD_LEVEL:
            continue
        text, confidence = columns[11].strip(), round(float(columns[10]))
        text = _repaired(text)
        if not text or confidence < _FEWEST_CONFIDENCE:
            continue
        left, top, width, height = (int(columns[place]) * scale for place in range(6, 10))
        words.append(Word(text, left, top, left + width, top + height, min(confidence, 100)))
    return words
