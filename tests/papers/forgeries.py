"""How are laboratory documents altered after their export, and which saves are honest?

`forge(name, content)` alters any report that has words on its first page, `keep(name, content)`
saves it as honest programs do. What was altered is the value given, else the first number with a
decimal point in the lower two thirds of the first page.
"""

import io
from collections.abc import Callable, Mapping

import pikepdf
import pypdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw
from pypdfium2 import raw

from tests.papers.honest_saves import HONEST
from tests.papers.tampering import (
    Spot,
    add_note,
    append,
    exchanged,
    overlay,
    paint,
    put,
    rewrite,
    whited_out,
)

NEW_VALUE = "0.01"


def forge(name: str, content: bytes, *, value: str = "", new: str = NEW_VALUE) -> bytes:
    """The report altered in the named way (see FORGERIES); `value` is what is replaced."""
    return FORGERIES[name](content, Spot.of(content, value), new)


def keep(name: str, content: bytes) -> bytes:
    """The report as an honest program saves it (see HONEST)."""
    return HONEST[name](content)


# --- altered, with the earlier revision still in the file


def misread(content: bytes, digits: Mapping[str, str]) -> bytes:
    """The report whose fonts say of digits that they are others: drawn as the key, read as value.

    For fonts that are encoded as Latin-1 is, as ReportLab's are.
    """
    lines = "".join(
        f"<{code:02x}> <{ord(digits.get(chr(code), chr(code))):04x}>\n" for code in range(32, 127)
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
        "/CMapName /X def 1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"95 beginbfchar\n{lines}endbfchar\nendcmap end end"
    )

    def change(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(cmap.encode())
        for font in pdf.pages[0].obj.Resources.Font.values():
            font["/ToUnicode"] = stream

    return rewrite(content, change)


def _by_hand(content: bytes, spot: Spot, new: str) -> bytes:
    return append(content, whited_out(spot, new))


def _by_pypdf(content: bytes, spot: Spot, new: str) -> bytes:
    reader = pypdf.PdfReader(io.BytesIO(content))
    writer = pypdf.PdfWriter(reader, incremental=True)
    width, height = map(float, (reader.pages[0].mediabox.width, reader.pages[0].mediabox.height))
    writer.pages[0].merge_page(pypdf.PdfReader(overlay(spot, new, (width, height))).pages[0])
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _by_pdfium(content: bytes, spot: Spot, new: str) -> bytes:
    if b"trailer" not in content:
        message = "pdfium leaves out an endobj when it appends to packed tables"
        raise LookupError(message)
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    box = raw.FPDFPageObj_CreateNewRect(*spot.box())
    raw.FPDFPageObj_SetFillColor(box, 255, 255, 255, 255)
    raw.FPDFPath_SetDrawMode(box, raw.FPDF_FILLMODE_WINDING, 0)
    raw.FPDFPage_InsertObject(page, box)
    text = raw.FPDFPageObj_NewTextObj(document, b"Helvetica", spot.size)
    raw.FPDFText_SetText(text, (raw.FPDF_WCHAR * (len(new) + 1))(*map(ord, new), 0))
    raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, spot.left, spot.bottom + 2)
    raw.FPDFPage_InsertObject(page, text)
    page.gen_content()
    buffer = io.BytesIO()
    document.save(buffer, flags=raw.FPDF_INCREMENTAL)
    document.close()
    return buffer.getvalue()


def _rewritten_content(content: bytes, spot: Spot, new: str) -> bytes:
    """The value itself exchanged in the page's drawing, in the same font."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.contents_coalesce()
        drawn = page.Contents.read_bytes()
        page.Contents.write(exchanged(drawn, spot.text, new))

    return append(content, change)


def _by_note(content: bytes, spot: Spot, new: str) -> bytes:
    left, bottom, width, height = spot.box()

    def change(pdf: pikepdf.Pdf) -> None:
        add_note(pdf, "FreeText", (left, bottom, width, height), new, paper=True)

    return append(content, change)


def _page_removed(content: bytes, _spot: Spot, _new: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        kids = _several(pdf)
        pdf.Root.Pages.Kids = Array(list(kids)[:-1])
        pdf.Root.Pages.Count = len(kids) - 1

    return append(content, change)


def _pages_swapped(content: bytes, _spot: Spot, _new: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids = Array(_several(pdf)[::-1])

    return append(content, change)


def _page_added(content: bytes, _spot: Spot, _new: str) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        extra = pdf.make_indirect(
            Dictionary(
                Type=Name.Page,
                Parent=pdf.Root.Pages,
                MediaBox=Array([0, 0, 595, 842]),
                Contents=pdf.make_stream(b"0 g 100 100 300 2 re f"),
            )
        )
        pdf.Root.Pages.Kids = Array([*list(pdf.Root.Pages.Kids), extra])
        pdf.Root.Pages.Count = len(pdf.Root.Pages.Kids)

    return append(content, change)


def _several(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The pages, where there is more than one."""
    kids = list(pdf.Root.Pages.Kids)
    if len(kids) == 1:
        message = "one page cannot be taken away or moved"
        raise LookupError(message)
    return kids


def _marks_wiped(content: bytes, spot: Spot, new: str) -> bytes:
    """Altered by appending, with the earlier end's marks blotted out afterwards."""
    whole = bytearray(append(content, whited_out(spot, new)))
    start = content.rindex(b"startxref")
    whole[start : len(content)] = b" " * (len(content) - start)
    return bytes(whole)


def _saved_often(content: bytes, spot: Spot, new: str) -> bytes:
    """Altered first, and saved a dozen times with nothing more to see."""
    altered = append(content, whited_out(spot, new))
    for turn in range(12):
        altered = append(altered, lambda pdf, turn=turn: put(pdf.Root, "/Turn", turn))
    return altered


# --- altered and saved anew


def _covered(content: bytes, spot: Spot, new: str) -> bytes:
    return rewrite(content, whited_out(spot, new))


def _covered_by_reportlab(content: bytes, spot: Spot, new: str) -> bytes:
    reader = pypdf.PdfReader(io.BytesIO(content))
    width, height = map(float, (reader.pages[0].mediabox.width, reader.pages[0].mediabox.height))
    writer = pypdf.PdfWriter(clone_from=reader)
    writer.pages[0].merge_page(pypdf.PdfReader(overlay(spot, new, (width, height))).pages[0])
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _covered_by_picture(content: bytes, spot: Spot, new: str) -> bytes:
    """The other value as a small picture over the first one."""
    left, bottom, width, height = spot.box()
    patch = Image.new("L", (round(width * 8), round(height * 8)), 255)
    ImageDraw.Draw(patch).text((8, 4), new, fill=0, font_size=round(height * 6))

    def change(pdf: pikepdf.Pdf) -> None:
        paint(pdf, f"q {width:.2f} 0 0 {height:.2f} {left:.2f} {bottom:.2f} cm /Patch Do Q")
        image = pdf.make_stream(
            patch.tobytes(),
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=patch.width,
            Height=patch.height,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
        )
        resources = pdf.pages[0].obj.Resources
        known = Dictionary(resources.get("/XObject", Dictionary()))
        known["/Patch"] = image
        resources["/XObject"] = known

    return rewrite(content, change)


def _noted(content: bytes, spot: Spot, new: str) -> bytes:
    """A note laid over the value, and the whole saved anew."""
    return rewrite(content, lambda pdf: add_note(pdf, "FreeText", spot.box(), new, paper=True))


def _hidden(draw: str) -> Callable[[bytes, Spot, str], bytes]:
    def forged(content: bytes, _spot: Spot, new: str) -> bytes:
        return rewrite(content, lambda pdf: paint(pdf, draw.format(new=f"Lot number {new}")))

    return forged


def _retyped(content: bytes, spot: Spot, new: str) -> bytes:
    """The value taken out of the drawing and written again in another font."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.contents_coalesce()
        drawn = page.Contents.read_bytes()
        page.Contents.write(exchanged(drawn, spot.text, ""))
        paint(
            pdf,
            f"BT 0 g /Fx {spot.size:.2f} Tf {spot.left:.2f} {spot.bottom + 2:.2f} Td ({new}) Tj ET",
            font="Times-Roman",
        )

    return rewrite(content, change)


def _said_otherwise(content: bytes, _spot: Spot, _new: str) -> bytes:
    return misread(content, {str(digit): str((digit + 5) % 10) for digit in range(10)})


def _by_editor(content: bytes, _spot: Spot, _new: str) -> bytes:
    return rewrite(content, lambda pdf: put(pdf.docinfo, "/Producer", String("iLovePDF")))


def _dated_later(content: bytes, _spot: Spot, _new: str) -> bytes:
    return rewrite(
        content, lambda pdf: put(pdf.docinfo, "/CreationDate", String("D:20310105101500Z"))
    )


FORGERIES: Mapping[str, Callable[[bytes, Spot, str], bytes]] = {
    "appended_by_hand": _by_hand,
    "appended_by_pypdf": _by_pypdf,
    "appended_by_pdfium": _by_pdfium,
    "appended_content": _rewritten_content,
    "appended_note": _by_note,
    "appended_page_removed": _page_removed,
    "appended_page_added": _page_added,
    "appended_pages_swapped": _pages_swapped,
    "appended_marks_wiped": _marks_wiped,
    "appended_saved_often": _saved_often,
    "covered": _covered,
    "covered_by_reportlab": _covered_by_reportlab,
    "covered_by_picture": _covered_by_picture,
    "covered_by_note": _noted,
    "hidden_mode_3": _hidden("BT 3 Tr /Fx 9 Tf 60 60 Td ({new}) Tj ET"),
    "hidden_white": _hidden("BT 1 g /Fx 9 Tf 60 60 Td ({new}) Tj ET"),
    "hidden_nearly_white": _hidden("BT 0.99 g /Fx 9 Tf 60 60 Td ({new}) Tj ET"),
    "hidden_off_page": _hidden("BT 0 g /Fx 9 Tf -300 60 Td ({new}) Tj ET"),
    "hidden_tiny": _hidden("BT 0 g /Fx 0.05 Tf 60 60 Td ({new}) Tj ET"),
    "hidden_clipped": _hidden("q 400 60 5 5 re W n BT 0 g /Fx 9 Tf 60 60 Td ({new}) Tj ET Q"),
    "retyped": _retyped,
    "said_otherwise": _said_otherwise,
    "by_editor": _by_editor,
    "dated_later": _dated_later,
}
