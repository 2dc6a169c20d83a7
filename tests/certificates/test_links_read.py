"""Are links and numbers of a real file read, and do they come back from the reader's process?"""

import io
from dataclasses import replace

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from shop.assay.certificates import checks_alike
from shop.assay.certificates.alike import Shelf
from shop.assay.certificates.facts import CertificateFacts
from shop.assay.certificates.inside import LinkKind
from shop.assay.vocabulary import Outcome
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


def report(number, lot, value, acidity, day=3):
    """A report by one laboratory about one product, drawn with other numbers."""
    head = (
        ("Report number", number, "Date of issue", f"{day} October 2026"),
        ("Client", "Maren & Oak Ltd", "Date received", f"{day + 10} September 2026"),
        ("Product", "Rosemary Scalp Serum 50 ml", "Testing period", f"{day + 11} Sep 2026"),
        ("Lot number", lot, "Expiry", "March 2029"),
    )
    rows = (
        ("Test", "Method", "Limit", "Result", "Verdict"),
        ("Total aerobic mesophilic count", "ISO 21149", "<= 1000 CFU/g", "< 10 CFU/g", "Pass"),
        ("Lead (Pb)", "ISO 21392", "<= 2.0 mg/kg", value, "Pass"),
        ("pH at 25 C", "In-house NM-012", "4.8 to 5.8", acidity, "Pass"),
        ("Density", "In-house NM-014", "0.95 to 1.05 g/ml", f"1.0{acidity[-1]}3 g/ml", "Pass"),
    )
    content = documents.certificate(head, rows)
    reading = parent.read(content)
    return CertificateFacts(
        file=replace(reading.file, sha256=f"{number}{lot}{value}"),
        is_read=True,
        kind=reading.kind,
        fields=reading.fields,
        results=reading.results,
        inside=reading.inside,
    )


def answered(newcomer, *on_file):
    shelf = Shelf()
    for document in on_file:
        shelf.add(document)
    return [
        (finding.variant, finding.outcome, finding.details["observed"])
        for finding in checks_alike.answers(replace(newcomer, alike_reports=shelf.find(newcomer)))
    ]


def test_copies_of_a_drawn_report_are_told_and_honest_ones_are_not():
    first = report("NM-26-10417", "MO-2609-B", "0.083 mg/kg", "5.24")
    second = report("NM-26-10466", "MO-2610-A", "0.091 mg/kg", "5.31", day=9)
    sibling = report("NM-26-10418", "MO-2609-C", "0.079 mg/kg", "5.28")
    assert answered(second, first) == []
    assert answered(sibling, first, second) == []

    lot = report("NM-26-10417", "MO-2611-C", "0.083 mg/kg", "5.24")
    number = report("NM-26-99999", "MO-2611-C", "0.083 mg/kg", "5.24")
    value = report("NM-26-10417", "MO-2611-C", "0.01 mg/kg", "5.24")
    assert answered(lot, first, second, sibling) == [("default", Outcome.FAILED, "2611")]
    assert answered(number, first) == [("values", Outcome.INDETERMINATE, "99999, 2611")]
    assert answered(value, first) == [("few_values", Outcome.INDETERMINATE, "2611, 0.01")]
