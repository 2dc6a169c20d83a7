"""Are links and numbers of a real file read, and do they come back from the reader's process?"""

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from shop.assay.certificates.inside import LinkKind
from shop.certificates.reader import parent
from tests.certificates import documents


def linked(*links, rotation=0):
    """A page with places to be clicked, as (address, box in points from the lower left)."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setPageRotation(rotation)
    canvas.drawString(72, 700, "Certificate of Analysis 12.50 mg/kg, see www.northmere.example")
    for address, box in links:
        canvas.linkURL(address, box, relative=0)
    canvas.linkAbsolute("here", "top", (0, 0, 10, 10))
    canvas.bookmarkPage("top")
    canvas.save()
    return buffer.getvalue()


def found(content, *kinds):
    reading = parent.read(content)
    assert reading.file.problems == ()
    return [(link.url, link.host, link.box) for link in reading.inside.links if link.kind in kinds]


def test_place_to_click_is_read_with_its_box():
    width, height = A4
    box = (width / 4, height / 2, width / 2, height * 3 / 4)
    assert found(linked(("https://verify.northmere.example/r/1", box)), LinkKind.LINK) == [
        ("https://verify.northmere.example/r/1", "verify.northmere.example", (250, 250, 500, 500))
    ]


def test_place_to_click_on_a_turned_page_is_where_it_is_shown():
    width, height = A4
    box = (0, 0, height / 4, width / 2)  # the library turns the sheet too
    ((_, _, place),) = found(linked(("https://a.example", box), rotation=90), LinkKind.LINK)
    assert place == (0, 0, 500, 250)


def test_letters_codes_and_print_are_links_of_their_own_kind():
    content = linked(("https://a.example/x", (0, 0, 9, 9)), ("https://a.example/x", (9, 9, 20, 20)))
    assert [url for url, _, _ in found(content, LinkKind.LINK)] == ["https://a.example/x"]
    assert [host for _, host, _ in found(content, LinkKind.TEXT)] == ["www.northmere.example"]
    coded = documents.with_qr("https://verify.northmere.example/NM-26-10417")
    assert [host for _, host, _ in found(coded, LinkKind.QR)] == ["verify.northmere.example"]


def test_numbers_of_the_pages_are_read_in_order():
    numbers = parent.read(documents.certificate()).inside.numbers
    assert numbers[:3] == ("26", "10417", "3")
    assert {"21149", "1000", "0.08", "5.2"} <= set(numbers)
