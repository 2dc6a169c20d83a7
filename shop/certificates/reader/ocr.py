"""What does the picture of a page say? Asked of tesseract, where it is installed."""

import io
import shutil
import subprocess

from PIL import Image, ImageChops, ImageFilter

from shop.assay.certificates.facts import Source
from shop.assay.certificates.reading.layout import Page, Word

DOTS_PER_INCH = 200
_RULE = 64  # pixels: a run of ink this long and thin is a table's rule, and no letter
_INK = 60  # how dark the run must be on average, 0 black to 255 white
_THICK = 9
_COLUMNS = 12  # of tesseract's TSV
_WORD_LEVEL = "5"
_FEWEST_CONFIDENCE = 20


def is_installed() -> bool:
    return shutil.which("tesseract") is not None


def read_words(picture: Image.Image, page: Page, *, seconds: float) -> Page | None:
    """The page with the words of its picture; None when tesseract did not manage in time."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    buffer = io.BytesIO()
    without_rules(picture).save(buffer, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    try:
        answer = subprocess.run(  # noqa: S603 - a fixed program, and no shell
            [program, "stdin", "stdout", "--psm", "4", "-l", "eng", "tsv"],
            input=buffer.getvalue(),
            capture_output=True,
            timeout=max(seconds, 0.1),
            check=True,
        )
    except (subprocess.SubprocessError, OSError):
        return None
    scale = page.width / picture.width
    words = tuple(_words(answer.stdout.decode("utf-8", "replace"), scale))
    return Page(page.number, page.width, page.height, words, page.aside, Source.OCR)


def without_rules(picture: Image.Image) -> Image.Image:
    """The picture in grey without the long thin lines of tables, which confuse reading."""
    grey = picture.convert("L")
    width, height = grey.size
    clean = grey
    for squeezed in ((max(1, width // _RULE), height), (width, max(1, height // _RULE))):
        small = grey.resize(squeezed, Image.Resampling.BOX)
        runs = small.point(lambda value: 255 if value < _INK else 0).resize(
            grey.size, Image.Resampling.NEAREST
        )
        thick = runs.filter(ImageFilter.MinFilter(_THICK)).filter(ImageFilter.MaxFilter(_THICK))
        thin = ImageChops.subtract(runs, thick).filter(ImageFilter.MaxFilter(3))
        clean = Image.composite(Image.new("L", grey.size, 255), clean, thin)
    return clean


def _words(table: str, scale: float) -> list[Word]:
    words = []
    for row in table.splitlines()[1:]:
        columns = row.split("\t")
        if len(columns) != _COLUMNS or columns[0] != _WORD_LEVEL:
            continue
        text, confidence = columns[11].strip(), round(float(columns[10]))
        if not text or confidence < _FEWEST_CONFIDENCE:
            continue
        left, top, width, height = (int(columns[place]) * scale for place in range(6, 10))
        words.append(Word(text, left, top, left + width, top + height, min(confidence, 100)))
    return words
