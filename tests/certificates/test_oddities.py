"""Text that is covered, hidden, retyped or says what it does not show; and honest pages."""

import io

import pypdf
import pytest
from pikepdf import Array, Dictionary, Name
from reportlab.pdfgen.canvas import Canvas

from shop.assay.certificates.facts import FieldName
from shop.assay.certificates.inside import Look, OddityKind
from shop.certificates.reader import crops, ocr
from tests.certificates import documents
from tests.certificates.sights import read, sight
from tests.papers import forgeries
from tests.papers.tampering import paint, put, rewrite

COVERED, HIDDEN = OddityKind.COVERED, OddityKind.HIDDEN
FONT, DISAGREES = OddityKind.FONT, OddityKind.DISAGREES
SAMPLE = "BT 0 g /Fx 9 Tf 60 66 Td (Sample 17) Tj ET"
needs_ocr = pytest.mark.skipif(not ocr.is_installed(), reason="needs tesseract")


@pytest.fixture(scope="module")
def good():
    return documents.certificate()


def odd(content):
    inside = read(content).inside
    assert Look.TEXT not in inside.unfinished
    return [(oddity.kind, oddity.text, oddity.other) for oddity in inside.oddities]


def drawn(draw):
    return rewrite(documents.certificate(), lambda pdf: paint(pdf, draw))


@pytest.mark.parametrize("name", sorted(forgeries.HONEST))
def test_honest_saves_have_nothing_odd(good, name):
    assert odd(forgeries.keep(name, good)) == []


@pytest.mark.parametrize("name", ["covered", "covered_by_reportlab", "covered_by_note"])
def test_value_painted_over_is_told_with_what_stands_above_it(good, name):
    found = odd(forgeries.forge(name, good, value="0.08"))
    assert found[0] == (COVERED, "0.08", "0.01")


@needs_ocr
def test_value_under_a_picture_is_told_with_what_the_picture_says(good):
    (found,) = odd(forgeries.forge("covered_by_picture", good, value="0.08"))
    assert found == (COVERED, "0.08", "0.01")


def test_value_that_shares_a_line_with_its_label_is_told_alone():
    content = documents.certificate(
        draw=lambda canvas: canvas.drawString(60, 62, "No.: RA-26-42975")
    )
    found = odd(forgeries.forge("covered", content, value="RA-26-42975", new="RA-26-77"))
    assert found[0] == (COVERED, "RA-26-42975", "RA-26-77")


def test_box_is_that_of_the_covered_words(good):
    (covered, _) = read(forgeries.forge("covered", good, value="0.08")).inside.oddities
    spot = forgeries.Spot.of(good, "0.08")
    left, top, right, bottom = covered.box
    assert left * 0.595 == pytest.approx(spot.left, abs=2)
    assert right * 0.595 == pytest.approx(spot.right, abs=3)
    assert top * 0.842 == pytest.approx(842 - spot.top, abs=3)
    assert bottom * 0.842 == pytest.approx(842 - spot.bottom, abs=3)


def test_what_is_covered_is_not_read_and_what_stands_above_is(good):
    content = forgeries.forge("covered_by_reportlab", good, value="0.08")
    lead = next(result for result in read(content).results if "Lead" in result.analyte)
    assert lead.value == "0.01 mg/kg"


@pytest.mark.parametrize(
    "name", sorted(name for name in forgeries.FORGERIES if name.startswith("hidden"))
)
def test_text_that_nobody_sees_is_told_and_not_read(good, name):
    content = forgeries.forge(name, good, value="0.08", new="ZZ-0001")
    reading = read(content)
    (found,) = reading.inside.oddities
    assert (found.kind, found.text, found.other) == (HIDDEN, "Lot number ZZ-0001", "")
    assert [f.value for f in reading.fields if f.name is FieldName.LOT] == ["MO-2609-B"]


def test_hidden_lot_number_is_none():
    head = tuple(row for row in documents.HEAD if row[0] != "Lot number")
    content = documents.certificate(head=head)
    white = rewrite(
        content, lambda pdf: paint(pdf, "BT 1 g /Fx 9 Tf 60 60 Td (Lot number MO-2609-B) Tj ET")
    )
    assert not [f for f in read(white).fields if f.name is FieldName.LOT]


def test_text_in_a_hidden_layer_is_told(good):
    def change(pdf):
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG))
        paint(pdf, "/OC /Gone BDC BT 0 g /Fx 9 Tf 60 60 Td (Lot number ZZ-1) Tj ET EMC")
        pdf.pages[0].obj.Resources["/Properties"] = Dictionary(Gone=layer)
        off = Dictionary(OFF=Array([layer]), Order=Array([]))
        put(pdf.Root, "/OCProperties", Dictionary(OCGs=Array([layer]), D=off))

    assert odd(rewrite(good, change)) == [(HIDDEN, "Lot number ZZ-1", "")]


@pytest.mark.parametrize(
    "draw",
    [
        # White letters on a dark bar, as headings of tables have them.
        "q 0.1 g 50 60 200 20 re f Q BT 1 g /Fx 9 Tf 60 66 Td (Sample 17) Tj ET",
        # The same words painted twice, with a white sheet between.
        f"{SAMPLE} 1 g 50 60 200 20 re f {SAMPLE}",
        # A shadow under letters, and a letter made bold by painting it twice.
        "BT 0.95 g /Fx 9 Tf 60 66 Td (Sample 17) Tj 0 g 0.3 0.3 Td (Sample 17) Tj ET",
        "BT 0 g /Fx 9 Tf 60 66 Td (Sample 17) Tj 0.2 0 Td (Sample 17) Tj ET",
        # A white box beside words, over rules, and over part of a letter.
        "BT 0 g /Fx 9 Tf 60 66 Td (Sample 17) Tj ET 1 g 112 60 80 20 re f",
        "BT 0 g /Fx 9 Tf 60 66 Td (..........) Tj ET 1 g 55 60 80 20 re f",
        # Ghostly grey that is still to be seen.
        "BT 0.9 g /Fx 30 Tf 60 66 Td (COPY 2) Tj ET",
        # Letters outlined, and clipped at the edge of their column.
        "BT 0 G 1 Tr /Fx 20 Tf 60 66 Td (Sample 17) Tj ET",
        "q 50 60 40 20 re W n BT 0 g /Fx 9 Tf 60 66 Td (Sample 17 of many) Tj ET Q",
    ],
)
def test_layouts_of_honest_pages_are_not_odd(draw):
    content = drawn(draw)
    assert [found for found in odd(content) if found[0] is not FONT] == []


def test_invisible_words_over_outlined_letters_are_compared_with_the_picture():
    """Letters turned into shapes, and their words laid over them to be searched."""
    outlined = rewrite(
        documents.certificate(), lambda pdf: paint(pdf, "q 0 g 60 66 60 8 re 60 70 60 8 re f Q")
    )
    over = rewrite(
        outlined, lambda pdf: paint(pdf, "BT 3 Tr /Fx 9 Tf 60 66 Td (Lot number ZZ-1) Tj ET")
    )
    (found,) = odd(over)
    assert found[:2] == (HIDDEN, "Lot number ZZ-1")


def test_empty_field_over_a_dotted_line_hides_nothing():
    content = documents.certificate(draw=lambda canvas: canvas.drawString(60, 62, "........"))

    def change(pdf):
        forgeries.add_note(pdf, "Widget", (58, 58, 90, 14), "", paper=True, FT=Name.Tx, T="remarks")

    assert odd(rewrite(content, change)) == []


def test_value_in_a_font_of_its_own_is_told(good):
    assert odd(forgeries.forge("retyped", good, value="0.08")) == [(FONT, "0.01", "Times-Roman")]


def test_value_in_a_second_copy_of_the_font_is_told(good):
    """An editor puts the font into the file once more, for the digits that it writes."""
    content = forgeries.forge("retyped", good, value="0.08")

    def change(pdf):
        pdf.pages[0].obj.Resources.Font["/Fx"].BaseFont = Name.Helvetica

    assert odd(rewrite(content, change)) == [(FONT, "0.01", "Helvetica (second copy)")]


@pytest.mark.parametrize(
    ("font", "size", "at", "text"),
    [
        ("Times-Roman", 9, (280, 30), "Page 1 of 3"),
        ("Times-Roman", 9, (280, 30), "1/3"),
        ("Times-Roman", 20, (60, 700), "NM 2026"),  # a heading
        ("Times-Roman", 9, (60, 60), "a remark"),  # no digit
        ("ZapfDingbats", 9, (60, 60), "3 4"),  # check marks
        ("Symbol", 9, (60, 60), "m2"),
        ("Helvetica-Bold", 9, (60, 60), "4.8"),  # the same family
        ("Times-Roman", 9, (60, 60), "stamped on 3 October 2026, 14:15"),  # too much for a value
    ],
)
def test_honest_second_fonts_are_not_odd(font, size, at, text):
    def draw(canvas):
        canvas.setFont(font, size)
        canvas.drawString(*at, text)

    assert odd(documents.certificate(draw=draw)) == []


def test_short_document_has_no_outlier():
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(60, 700, "Lot")
    canvas.setFont("Times-Roman", 10)
    canvas.drawString(90, 700, "17")
    canvas.save()
    assert odd(buffer.getvalue()) == []


@needs_ocr
def test_digits_that_are_read_as_others_than_drawn_are_told(good):
    found = {
        text: other
        for kind, text, other in odd(forgeries.forge("said_otherwise", good))
        if kind is DISAGREES
    }
    assert found["NM-71-65962"] == "NM-26-10417"
    assert found["MO-7154-B"] == "MO-2609-B"
    assert found["5.53 mg/kg"] == "0.08 mg/kg"
    assert found["0.7"] == "5.2"


@needs_ocr
@pytest.mark.parametrize(("drawn_as", "read_as"), [("8", "3"), ("0", "8"), ("1", "7"), ("6", "5")])
def test_one_digit_that_is_read_as_another_is_told(good, drawn_as, read_as):
    content = forgeries.misread(good, {drawn_as: read_as})
    assert DISAGREES in {kind for kind, _, _ in odd(content)}


@needs_ocr
def test_scanners_words_that_differ_from_the_picture_are_told(good):
    content = forgeries.keep("read_by_ocr", good)

    def change(pdf):
        page = pdf.pages[0]
        page.contents_coalesce()
        words = page.Contents.read_bytes()
        page.Contents.write(words.replace(b"(MO-2609-B)", b"(MO-7715-B)"))

    assert odd(rewrite(content, change)) == [(DISAGREES, "MO-7715-B", "MO-2609-B")]


def test_look_without_the_program_that_reads_pictures_says_so(good, monkeypatch):
    monkeypatch.setattr(crops.shutil, "which", lambda _: None)
    inside = read(forgeries.forge("said_otherwise", good)).inside
    assert Look.TEXT in inside.unfinished
    assert inside.oddities == ()


def test_page_of_countless_shapes_is_looked_at_within_limits(good):
    shapes = " ".join("50 50 400 700 re f" for _ in range(2_000))
    content = drawn(f"1 1 1 rg {shapes}")
    assert Look.TEXT in read(content).inside.unfinished


def test_page_that_is_turned_is_looked_at_as_it_is_shown(good):
    def turn(pdf):
        put(pdf.pages[0].obj, "/Rotate", 90)

    covered = forgeries.forge("covered", good, value="0.08")
    (found, *_) = read(rewrite(covered, turn)).inside.oddities
    straight = read(covered).inside.oddities[0].box
    assert (found.kind, found.text) == (COVERED, "0.08")
    assert found.box[1] == pytest.approx(straight[0], abs=4)
    assert found.box[0] == pytest.approx(1000 - straight[3], abs=4)


def test_text_inside_of_drawings_is_looked_at_too(good):
    reader = pypdf.PdfReader(io.BytesIO(good))
    writer = pypdf.PdfWriter()
    blank = writer.add_blank_page(595, 842)
    blank.merge_page(reader.pages[0])
    buffer = io.BytesIO()
    writer.write(buffer)
    inner = rewrite(buffer.getvalue(), _as_form)
    assert odd(inner) == []
    assert odd(forgeries.forge("covered", inner, value="0.08"))[0] == (COVERED, "0.08", "0.01")


def test_sight_is_left_alone_where_there_is_no_text():
    with sight(documents.scanned()) as seen:
        assert seen.oddities == []


def _as_form(pdf):
    """The page's drawing packed into a form, as programs do that join documents."""
    page = pdf.pages[0]
    page.contents_coalesce()
    form = pdf.make_stream(
        page.Contents.read_bytes(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 595, 842]),
        Resources=page.obj.Resources,
    )
    page.obj["/Resources"] = Dictionary(XObject=Dictionary(Whole=form))
    page.obj["/Contents"] = pdf.make_stream(b"q /Whole Do Q")
