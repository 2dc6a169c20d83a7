"""Small documents, made when a test asks for them: good ones, and one for every refusal."""

import io
import socket
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

import pikepdf
import pypdfium2
import segno
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

HEAD = (
    ("Report number", "NM-26-10417", "Date of issue", "3 October 2026"),
    ("Client", "Maren & Oak Ltd", "Date received", "21 September 2026"),
    ("Product", "Rosemary Scalp Serum 50 ml", "Testing period", "22 Sep to 2 Oct 2026"),
    ("Lot number", "MO-2609-B", "Expiry", "March 2029"),
)
ROWS = (
    ("Test", "Method", "Limit", "Result", "Verdict"),
    ("Total aerobic mesophilic count", "ISO 21149", "<= 1000 CFU/g", "< 10 CFU/g", "Pass"),
    ("Lead (Pb)", "ISO 21392", "<= 2.0 mg/kg", "0.08 mg/kg", "Pass"),
    ("pH at 25 C", "In-house NM-012", "4.8 to 5.8", "5.2", "Pass"),
)


def certificate(
    head: Sequence[Sequence[str]] = HEAD,
    rows: Sequence[Sequence[str]] = ROWS,
    *,
    title: str = "Certificate of Analysis",
    laboratory: str = "Northmere Analytical",
    pages: int = 1,
    draw: Callable[[Canvas], None] | None = None,
) -> bytes:
    """A one-column report by an invented laboratory."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for _ in range(pages):
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(50, 780, laboratory)
        canvas.setFont("Helvetica-Bold", 13)
        canvas.drawString(50, 745, title)
        if head:
            _table(canvas, head, 640)
        if rows:
            _table(canvas, rows, 480, grid=True)
        if draw:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def with_qr(payload: str) -> bytes:
    picture = io.BytesIO()
    segno.make(payload, micro=False).save(picture, kind="png", scale=6, border=4)
    return certificate(draw=lambda canvas: _image(canvas, picture.getvalue()))


def scanned(content: bytes | None = None) -> bytes:
    """The report as a picture of paper: no text in the file at all."""
    opened = pypdfium2.PdfDocument(content or certificate())
    picture = opened[0].render(scale=200 / 72, grayscale=True).to_pil()
    opened.close()
    buffer = io.BytesIO()
    picture.save(buffer, "PDF", resolution=200)
    return buffer.getvalue()


def encrypted(*, user: str) -> bytes:
    """With a password to open it (`user`), or only an owner's, who may print and change it."""
    with pikepdf.open(io.BytesIO(certificate())) as pdf:
        return _saved(pdf, encryption=pikepdf.Encryption(user=user, owner="owner"))


@cache
def bomb(inflated_megabytes: int = 1024) -> bytes:
    """A small file whose page draws a stream that inflates to so much."""
    squeezer = zlib.compressobj(9)
    block = b" " * 1024 * 1024
    packed = b"".join(squeezer.compress(block) for _ in range(inflated_megabytes))
    packed += squeezer.flush()
    return _raw(contents=b"/Filter /FlateDecode", stream=packed)


@cache
def double_bomb() -> bytes:
    """Squeezed twice, so that two thousand bytes become a gigabyte."""
    squeezer = zlib.compressobj(9)
    block = b"\0" * 1024 * 1024
    once = b"".join(squeezer.compress(block) for _ in range(1024)) + squeezer.flush()
    return _raw(contents=b"/Filter [/FlateDecode /FlateDecode]", stream=zlib.compress(once, 9))


def polyglot() -> bytes:
    """A report that is a ZIP as well."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("report.exe", b"x" * 100)
    return certificate() + buffer.getvalue()


def with_action(action: Mapping[str, object]) -> bytes:
    """A report that does something when it is opened."""
    return changed(lambda pdf: _set(pdf.Root, "/OpenAction", Dictionary(dict(action))))


def changed(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(certificate())) as pdf:
        change(pdf)
        return _saved(pdf)


def with_embedded_file() -> bytes:
    def attach(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["notes.txt"] = pikepdf.AttachedFileSpec(pdf, b"hello")

    return changed(attach)


def with_nested_script() -> bytes:
    """A script in a direct dictionary inside a direct array inside a page."""

    def hide(pdf: pikepdf.Pdf) -> None:
        inner = Dictionary(Deeper=Array([1, Dictionary(JS=String("app.alert(1)"))]))
        _set(pdf.pages[0].obj, "/PieceInfo", Dictionary(Here=inner))

    return changed(hide)


def with_link(address: str) -> bytes:
    def link(pdf: pikepdf.Pdf) -> None:
        annotation = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([0, 0, 50, 50]),
            A=Dictionary(S=Name.URI, URI=String(address)),
        )
        _set(pdf.pages[0].obj, "/Annots", Array([annotation]))

    return changed(link)


def with_xfa() -> bytes:
    return changed(
        lambda pdf: _set(
            pdf.Root, "/AcroForm", Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))
        )
    )


def many_objects(count: int) -> bytes:
    def fill(pdf: pikepdf.Pdf) -> None:
        kept = Array([pdf.make_indirect(Dictionary(N=number)) for number in range(count)])
        _set(pdf.Root, "/Kept", kept)

    return changed(fill)


def endless_drawing() -> bytes:
    """A page that takes minutes to draw and little memory: forms that draw forms."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    drawn = None
    for _ in range(10):
        content = b"/F Do " * 20 if drawn is not None else b"0 0 500 800 re f " * 20
        form = pdf.make_stream(content)
        _set(form, "/Type", Name.XObject)
        _set(form, "/Subtype", Name.Form)
        _set(form, "/BBox", Array([0, 0, 595, 842]))
        if drawn is not None:
            _set(form, "/Resources", Dictionary(XObject=Dictionary(F=drawn)))
        drawn = form
    _set(page.obj, "/Resources", Dictionary(XObject=Dictionary(F=drawn)))
    _set(page.obj, "/Contents", pdf.make_stream(b"/F Do"))
    return _saved(pdf)


@cache
def slow_drawing() -> bytes:
    """A page that takes minutes to draw: two hundred thousand large slanted shapes."""
    shape = b"0.1 w 10 10 m 580 20 l 590 800 l 15 830 l h f*\n"
    return _raw(contents=b"/Filter /FlateDecode", stream=zlib.compress(shape * 200_000, 9))


@cache
def huge_picture() -> bytes:
    """A small file with a picture of twelve thousand by twelve thousand points."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    picture = pdf.make_stream(bytes(12_000 * 12_000))
    for key, value in (
        ("/Type", Name.XObject),
        ("/Subtype", Name.Image),
        ("/Width", 12_000),
        ("/Height", 12_000),
        ("/ColorSpace", Name.DeviceGray),
        ("/BitsPerComponent", 8),
    ):
        _set(picture, key, value)
    _set(page.obj, "/Resources", Dictionary(XObject=Dictionary(P=picture)))
    _set(page.obj, "/Contents", pdf.make_stream(b"595 0 0 842 0 0 cm /P Do"))
    return _saved(pdf)


def with_blank_page() -> bytes:
    return changed(lambda pdf: pdf.add_blank_page(page_size=(595, 842)))


def wrong_table() -> bytes:
    """The table of objects is not where the file says."""
    return certificate().replace(b"startxref\n", b"startxref\n9")


@cache
def object_stream_bomb() -> bytes:
    """The objects themselves are packed into a stream that inflates to a gigabyte."""
    squeezer = zlib.compressobj(9)
    objects = b"1 0 2 60 " + b"<< /Type /Catalog /Pages 2 0 R >>".ljust(60)
    objects += b"<< /Type /Pages /Kids [] /Count 0 >>"
    packed = squeezer.compress(objects)
    packed += b"".join(squeezer.compress(b" " * 1024 * 1024) for _ in range(1024))
    packed += squeezer.flush()
    body = b"%PDF-1.7\n"
    at_stream = len(body)
    body += b"3 0 obj\n<< /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode /Length %d >>\n" % len(
        packed
    )
    body += b"stream\n" + packed + b"\nendstream\nendobj\n"
    at_table = len(body)
    rows = [(0, 0, 255), (2, 3, 0), (2, 3, 1), (1, at_stream, 0), (1, at_table, 0)]
    table = b"".join(bytes([kind]) + at.to_bytes(4, "big") + bytes([n]) for kind, at, n in rows)
    body += b"4 0 obj\n<< /Type /XRef /Size 5 /W [1 4 1] /Root 1 0 R /Length %d >>\n" % len(table)
    body += b"stream\n" + table + b"\nendstream\nendobj\n"
    return body + b"startxref\n%d\n%%%%EOF\n" % at_table


@contextmanager
def listening() -> Iterator[int]:
    """A port of this machine where somebody answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def _set(target: pikepdf.Object, key: str, value: object) -> None:
    target[key] = value


def _saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


def _image(canvas: Canvas, png: bytes) -> None:
    canvas.drawInlineImage(Image.open(io.BytesIO(png)), 400, 60, 130, 130)


def _table(canvas: Canvas, rows: Sequence[Sequence[str]], y: float, *, grid: bool = False) -> None:
    table = Table([list(row) for row in rows])
    style = [("FONTSIZE", (0, 0), (-1, -1), 9)]
    if grid:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    table.setStyle(TableStyle(style))
    table.wrapOn(canvas, 500, 400)
    table.drawOn(canvas, 50, y)


def _raw(*, contents: bytes, stream: bytes) -> bytes:
    """A file put together by hand, for streams that no library would write."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), contents, stream),
    ]
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(
        b"%010d 00000 n \n" % at for at in places
    )
    return body + table + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
