"""How do honest programs save a report, so that it only looks as if it had been altered?"""

import io
import re
from collections.abc import Callable, Mapping

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas

from shop.certificates.reader import pages
from shop.certificates.reader.limits import DEFAULT
from tests.papers.tampering import Spot, append, paint, put, rewrite


def _office_hybrid(content: bytes) -> bytes:
    """As Office exports: a second, empty table for readers of compressed objects."""
    previous = int(re.findall(rb"startxref\s+(\d+)", content)[-1])
    with pikepdf.open(io.BytesIO(content)) as pdf:
        size, root = len(pdf.objects) + 1, pdf.Root.objgen[0]
    # The stream stands before the first end, so that nothing but a table is appended.
    stream = b"\x01" + (0).to_bytes(4, "big") + b"\x00"
    cut = content.rindex(b"xref\n", 0, content.rindex(b"trailer"))
    packed = b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 1] /Root %d 0 R /Index [0 1] /Length %d >>"
    packed = packed % (size, size + 1, root, len(stream))
    packed += b"\nstream\n" + stream + b"\nendstream\nendobj\n"
    body = content[:cut] + packed + content[cut:]
    body = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % (previous + len(packed)), body)
    table = b"xref\n0 0\ntrailer\n<< /Size %d /Root %d 0 R /Prev %d /XRefStm %d >>\n" % (
        size + 1,
        root,
        previous + len(packed),
        cut,
    )
    return body + table + b"startxref\n%d\n%%%%EOF\n" % len(body)


def _shaded(content: bytes) -> bytes:
    """Rows shaded before the words are drawn on them, as tables are."""

    def change(pdf: pikepdf.Pdf) -> None:
        obj = pdf.pages[0].obj
        shade = b"q 0.9 0.95 1 rg 40 400 520 120 re f 1 1 1 rg 40 560 520 140 re f Q"
        contents = obj["/Contents"]
        old = list(contents) if isinstance(contents, Array) else [contents]
        obj["/Contents"] = Array([pdf.make_stream(shade), *old])

    return rewrite(content, change)


def _highlighted(content: bytes) -> bytes:
    """A transparent marker over the first result."""
    spot = Spot.of(content)
    left, bottom, width, height = spot.box()

    def change(pdf: pikepdf.Pdf) -> None:
        paint(pdf, f"/Gx gs 1 1 0 rg {left:.2f} {bottom:.2f} {width:.2f} {height:.2f} re f")
        resources = pdf.pages[0].obj.Resources
        resources["/ExtGState"] = Dictionary(Gx=Dictionary(ca=0.4, BM=Name.Multiply))

    return rewrite(content, change)


def _read_by_ocr(content: bytes) -> bytes:
    """A scan with its words laid over it invisibly, as scanners do."""
    opened = pypdfium2.PdfDocument(content)
    page = opened[0]
    words = pages.read_words(page, 1, DEFAULT)
    picture = page.render(scale=200 / 72, grayscale=True).to_pil()
    opened.close()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(words.width, words.height))
    canvas.drawInlineImage(picture, 0, 0, words.width, words.height)
    for word in words.words:
        text = canvas.beginText(word.left, words.height - word.bottom + 2)
        text.setTextRenderMode(3)
        text.setFont("Helvetica", word.height * 0.85)
        text.textOut(word.text)
        canvas.drawText(text)
    canvas.save()
    return buffer.getvalue()


def _with_empty_field(content: bytes) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("remarks"),
                Rect=Array([60, 60, 200, 80]),
                F=4,
            )
        )
        pdf.pages[0].obj["/Annots"] = Array([field])
        pdf.Root["/AcroForm"] = Dictionary(Fields=Array([field]))

    return append(content, change)


HONEST: Mapping[str, Callable[[bytes], bytes]] = {
    "as_it_is": lambda content: content,
    "rewritten": lambda content: rewrite(content, lambda pdf: None),
    "linearised": lambda content: rewrite(content, lambda pdf: None, linearize=True),
    "packed": lambda content: rewrite(
        content, lambda pdf: None, object_stream_mode=pikepdf.ObjectStreamMode.generate
    ),
    "office_hybrid": _office_hybrid,
    "metadata_appended": lambda content: append(
        content, lambda pdf: put(pdf.Root, "/Lang", String("en"))
    ),
    "field_appended": _with_empty_field,
    "shaded": _shaded,
    "highlighted": _highlighted,
    "read_by_ocr": _read_by_ocr,
}
