"""By what means is a PDF altered? Appended to by hand, painted over, saved anew."""

import io
import re
from collections.abc import Callable

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas

from shop.certificates.reader import pages
from shop.certificates.reader.limits import DEFAULT

Change = Callable[[pikepdf.Pdf], None]
_NUMBER = re.compile(r"\d+[.,]\d+")


class Spot:
    """A word of the first page and its box, in points from the lower left corner."""

    def __init__(self, text: str, left: float, bottom: float, right: float, top: float) -> None:
        self.text = text
        self.left, self.bottom, self.right, self.top = left, bottom, right, top

    @classmethod
    def of(cls, content: bytes, value: str = "") -> "Spot":
        """Where the value stands, or the first result where none is given."""
        opened = pypdfium2.PdfDocument(content)
        page = pages.read_words(opened[0], 1, DEFAULT)
        opened.close()
        below = [word for word in page.words if word.top > page.height / 3]
        likely = [
            [word for word in page.words if word.text == value],
            [word for word in below if _NUMBER.fullmatch(word.text)],
            [word for word in below if _NUMBER.search(word.text)],
            [word for word in below if any(map(str.isdigit, word.text))],
            [word for word in page.words if any(map(str.isdigit, word.text))],
        ]
        for word in likely[0] if value else [word for words in likely for word in words]:
            return cls(
                word.text, word.left, page.height - word.bottom, word.right, page.height - word.top
            )
        message = f"nothing to alter: {value!r}"
        raise LookupError(message)

    @property
    def size(self) -> float:
        return (self.top - self.bottom) * 0.85

    def box(self, margin: float = 1) -> tuple[float, float, float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return self.left - margin, self.bottom, width + 2 * margin, height


def append(content: bytes, change: Change) -> bytes:
    """The file with the change appended to it, as an incremental update written by hand."""
    with pikepdf.open(io.BytesIO(content)) as old, pikepdf.open(io.BytesIO(content)) as new:
        change(new)
        before = {thing.objgen: _written(thing) for thing in old.objects}
        after = {thing.objgen: _written(thing) for thing in new.objects}
        size = max(number for number, _ in after) + 1
        kept = {"Root": new.Root, "Info": new.trailer.get("/Info")}
        roots = {name: thing.objgen for name, thing in kept.items() if thing is not None}
    changed = {key: text for key, text in after.items() if before.get(key) != text}
    body, places = content, {}
    for (number, generation), text in sorted(changed.items()):
        places[number] = (len(body), generation)
        body += b"%d %d obj\n%s\nendobj\n" % (number, generation, text)
    table = b"xref\n" + b"".join(
        b"%d 1\n%010d %05d n \n" % (number, at, generation)
        for number, (at, generation) in places.items()
    )
    previous = re.findall(rb"startxref\s+(\d+)", content)[-1]
    trailer = b"trailer\n<< /Size %d /Prev %s " % (size, previous)
    trailer += b"".join(b"/%s %d %d R " % (name.encode(), *key) for name, key in roots.items())
    return body + table + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % len(body)


def rewrite(content: bytes, change: Change, **options: object) -> bytes:
    """The file with the change, saved anew: no earlier revision remains."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        buffer = io.BytesIO()
        pdf.save(buffer, **options)
        return buffer.getvalue()


def whited_out(spot: Spot, new: str, *, font: str = "Courier") -> Change:
    """A white box over the value, and another value in its place."""
    left, bottom, width, height = spot.box()
    draw = (
        f"q 1 1 1 rg {left:.2f} {bottom:.2f} {width:.2f} {height:.2f} re f Q "
        f"q 0 g BT /Fx {spot.size:.2f} Tf {spot.left:.2f} {spot.bottom + 2:.2f} Td ({new}) Tj ET Q"
    )
    return lambda pdf: paint(pdf, draw, font=font)


def paint(pdf: pikepdf.Pdf, draw: str, *, font: str = "Courier", page: int = 0) -> None:
    """Draw on top of what the page already shows."""
    obj = pdf.pages[page].obj
    contents = obj.get("/Contents")
    old = list(contents) if isinstance(contents, Array) else [contents]
    before, after = pdf.make_stream(b"q"), pdf.make_stream(b"Q " + draw.encode("latin-1"))
    obj["/Contents"] = Array([before, *old, after])
    resources = Dictionary(obj.get("/Resources", Dictionary()))
    fonts = Dictionary(resources.get("/Font", Dictionary()))
    fonts["/Fx"] = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/" + font))
    resources["/Font"] = fonts
    obj["/Resources"] = resources


def _written(thing: pikepdf.Object) -> bytes:
    if not isinstance(thing, pikepdf.Stream):
        return bytes(thing.unparse(resolved=True))
    inner = thing.read_raw_bytes()
    keys = {key: value for key, value in thing.items() if key != "/Length"}
    listed = b" ".join(
        key.encode() + b" " + bytes(value.unparse() if hasattr(value, "unparse") else b"%d" % value)
        for key, value in keys.items()
    )
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (listed, len(inner), inner)


def add_note(
    pdf: pikepdf.Pdf,
    kind: str,
    box: tuple[float, float, float, float],
    text: str,
    *,
    paper: bool,
    **more: object,
) -> None:
    """An annotation with an appearance of its own; `paper` lays white under its words."""
    left, bottom, width, height = box
    ground = f"1 1 1 rg 0 0 {width:.2f} {height:.2f} re f " if paper else ""
    drawn = f"{ground}0 g BT /F {height * 0.8:.2f} Tf 1 2 Td ({text}) Tj ET"
    look = pdf.make_stream(
        drawn.encode("latin-1"),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, width, height]),
        Resources=Dictionary(
            Font=Dictionary(
                F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
            )
        ),
    )
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name("/" + kind),
        Rect=Array([left, bottom, left + width, bottom + height]),
        Contents=String(text),
        F=4,
        AP=Dictionary(N=look),
        **more,
    )
    obj = pdf.pages[0].obj
    made = pdf.make_indirect(note)
    obj["/Annots"] = Array([*list(obj.get("/Annots", Array([]))), made])
    if kind == "Widget":
        pdf.Root["/AcroForm"] = Dictionary(Fields=Array([made]))


def overlay(spot: Spot, new: str, size: tuple[float, float]) -> io.BytesIO:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(*spot.box(), stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont("Times-Roman", spot.size)
    canvas.drawString(spot.left, spot.bottom + 2, new)
    canvas.save()
    buffer.seek(0)
    return buffer


def exchanged(drawn: bytes, text: str, new: str) -> bytes:
    """The page's drawing with the word exchanged, in the first string that has it."""
    word = rb"(\([^()]*?)(?<![\w.])" + re.escape(text.encode()) + rb"(?![\w.])"
    return re.sub(word, lambda found: found[1] + new.encode(), drawn, count=1)


def put(target: object, key: str, value: object) -> None:
    target[key] = value  # type: ignore[index]
