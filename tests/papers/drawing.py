"""Documents drawn point by point, as report programs of laboratories draw them."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

FACTS = (
    ("report_no", "Certificate No"),
    ("product", "Product"),
    ("lot", "Lot Number"),
    ("client", "Client"),
)
DAYS = (("date_received", "Date Received"), ("date_issued", "Date Issued"))


class Paper:
    """A canvas with a pen that moves down."""

    def __init__(self, font="Helvetica", size=9, page=A4):
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=page, invariant=1)
        self.font, self.size, self.y = font, size, page[1] - 60

    def write(self, *pieces, size=None, spacing=0.0, step=None):
        """Texts at places of one line; then the next line."""
        used = size or self.size
        for x, text in pieces:
            line = self.canvas.beginText(x, self.y)
            line.setFont(self.font, used)
            line.setCharSpace(spacing)
            line.textOut(text)
            self.canvas.drawText(line)
        self.y -= step or used * 1.5

    def done(self):
        self.canvas.save()
        return self.buffer.getvalue()


def plain(s, font="Helvetica", size=9, spacing=0.0):
    """No rules at all; columns only by their places."""
    paper = Paper(font, size)
    paper.write((50, s("lab_name_printed")), size=16)
    paper.write((50, "Certificate of Analysis"), size=13, step=30)
    for name, label in FACTS:
        paper.write((50, f"{label}:"), (190, s(name)), spacing=spacing)
    for name, label in DAYS:
        paper.write((50, f"{label}:"), (190, s.date(name)), spacing=spacing)
    paper.y -= 14
    paper.write((50, "Test"), (230, "Method"), (330, "Limit"), (440, "Result"), spacing=spacing)
    for line in s.lines("cosmetic", "value unit spec method"):
        value = f"{line.value} {line.unit}".strip()
        paper.write(
            (50, line.analyte), (230, line.method), (330, line.spec), (440, value), spacing=spacing
        )
    return paper.done()


def spaced(s):
    """Letters set apart, so that gaps inside a word are as wide as blanks."""
    return plain(s, spacing=2.2)


def tiny(s):
    return plain(s, size=5.5)


def typewriter(s):
    return plain(s, font="Courier")


def stamped(s):
    """A round of words across the page, and a stamp over the table."""
    paper = Paper()
    content = paper.canvas
    content.saveState()
    content.setFillGray(0.85)
    content.translate(300, 380)
    content.rotate(40)
    content.setFont("Helvetica-Bold", 60)
    content.drawCentredString(0, 0, "ACCREDITED")
    content.restoreState()
    paper.write((50, s("lab_name_printed")), size=16)
    paper.write((50, "TEST REPORT"), (400, f"No. {s('report_no')}"), size=12, step=26)
    paper.write((50, "Sample description"), (190, s("product")), (380, "Lot"), (450, s("lot")))
    paper.write((50, "Date of receipt"), (190, s.date("date_received")))
    paper.write((50, "Date of report"), (190, s.date("date_issued")), step=24)
    paper.write((50, "Analyte"), (230, "Specification"), (340, "Result"), (430, "Unit"))
    for line in s.lines("metals", "value unit spec"):
        paper.write((50, line.analyte), (230, line.spec), (340, line.value), (430, line.unit))
    return paper.done()


def wrapped(s):
    """Names of tests run over two lines; the values stand beside the first."""
    paper = Paper()
    paper.write((50, s("lab_name_printed")), size=15)
    paper.write((50, "Analytical Report"), size=12)
    paper.write((50, f"Report number {s('report_no')}"), (330, f"Issued {s.date('date_issued')}"))
    paper.write((50, f"Batch code {s('lot')}"), (330, f"Received {s.date('date_received')}"))
    paper.write((50, f"Sample name {s('product')}"), step=26)
    paper.write((50, "Parameter"), (220, "Acceptance"), (330, "Result"), (420, "Method"), step=11)
    paper.write((220, "criteria"), step=15)
    for line in s.lines("microbes", "value spec method"):
        first, _, rest = line.analyte.rpartition(" ")
        paper.write(
            (50, first or rest), (220, line.spec), (330, line.value), (420, line.method), step=11
        )
        if first:
            paper.write((50, rest), step=15)
    return paper.done()


LAYOUTS = (plain, spaced, tiny, typewriter, stamped, wrapped)
