"""What can happen to a PDF between a laboratory and us? It is altered, or printed and scanned."""

import hashlib
import io
import re
from collections.abc import Mapping

import pypdfium2
from PIL import Image, ImageChops

from shop.demo.layouts.paper import Paper

_SCAN_DPI = 150
_POINTS = 72
_TILT = 0.55  # degrees, as a sheet lies on the glass
_PAGE = re.compile(rb"(\d+) 0 obj\n<<\n(/Contents (\d+) 0 R .*?/Type /Page\n)>>\nendobj", re.DOTALL)
_XREF = re.compile(rb"startxref\n(\d+)\n%%EOF\s*$")
_TRAILER = re.compile(rb"trailer\n<<(.*?)>>\nstartxref", re.DOTALL)
_SIZE = re.compile(rb"/Size (\d+)")


def replaced(content: bytes, words: Mapping[str, str]) -> bytes:
    """A further revision at the end of the file that paints over words and writes others there.

    The file still holds what it said before: that is how such a change is found out.
    """
    page, old = _PAGE.search(content), _XREF.search(content)
    trailer = _TRAILER.search(content)
    if page is None or old is None or trailer is None:
        message = "not a file of ours"
        raise ValueError(message)
    size = _SIZE.search(trailer[1])
    number = int(size[1]) if size else 0
    drawing = _overpaint(content, words)
    both = b"/Contents [ %s 0 R %d 0 R ]" % (page[3], number)
    new_page = page[2].replace(b"/Contents %s 0 R" % page[3], both)
    objects = (
        (number, b"<<\n/Length %d\n>>\nstream\n%s\nendstream" % (len(drawing), drawing)),
        (int(page[1]), b"<<\n%s>>" % new_page),
    )
    return _appended(content, objects, number + 1, int(old[1]), trailer[1])


def scanned(content: bytes) -> bytes:
    """The first page as a gray picture, a little askew and speckled, and no text at all."""
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    picture = page.render(scale=_SCAN_DPI / _POINTS).to_pil().convert("L")
    width, height = page.get_size()
    document.close()
    turned = picture.rotate(_TILT, Image.Resampling.BICUBIC, fillcolor=255)
    speckled = ImageChops.subtract(turned, _grain(turned.size, content))
    buffer = io.BytesIO()
    speckled.save(buffer, "JPEG", quality=70)
    paper = Paper((width, height), title="Scan", creator="Office scanner")
    paper.picture(buffer.getvalue())
    return paper.bytes()


def _overpaint(content: bytes, words: Mapping[str, str]) -> bytes:
    """A white patch over each of the words, and others on it in another typeface."""
    document = pypdfium2.PdfDocument(content)
    text = document[0].get_textpage()
    strokes = []
    for old, new in words.items():
        found = text.search(old).get_next()
        if found is None:
            message = f"no {old!r} on the page"
            raise ValueError(message)
        start, count = found
        boxes = [text.get_charbox(start + place) for place in range(count)]
        left, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, top = max(box[2] for box in boxes), max(box[3] for box in boxes)
        strokes.append(
            f"1 1 1 rg {left - 2:.2f} {bottom - 2:.2f} {right - left + 4:.2f} "
            f"{top - bottom + 4:.2f} re f\n"
            f"0.106 0.153 0.2 rg BT /F1 8.4 Tf {left:.2f} {bottom:.2f} Td ({new}) Tj ET\n"
        )
    document.close()
    return "".join(["q\n", *strokes, "Q"]).encode("ascii")


def _appended(
    content: bytes, objects: tuple[tuple[int, bytes], ...], size: int, before: int, trailer: bytes
) -> bytes:
    """An incremental update as ISO 32000-1, 7.5.6 has it."""
    body = bytearray(content)
    table = bytearray(b"xref\n0 1\n0000000000 65535 f \n")
    for number, text in sorted(objects):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    start = len(body)
    kept = _SIZE.sub(b"/Size %d" % size, trailer)
    end = b"trailer\n<<%s/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n" % (kept, before, start)
    return bytes(body + table + end)


def _grain(size: tuple[int, int], seed: bytes) -> Image.Image:
    """The dust of a scanner, the same for the same page: most of it faint."""
    width, height = size
    noise = hashlib.shake_128(seed).digest(width * height)
    grain = Image.frombytes("L", size, noise)
    return grain.point([*[14] * 40, *[0] * 215, 120])
