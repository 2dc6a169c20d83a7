"""Where a value may stand, what looks like one and is none, and how tables part their columns."""

import pytest

from shop.assay.certificates.facts import Source
from shop.assay.certificates.reading import document
from shop.assay.certificates.reading.dates import Order, habit
from shop.assay.certificates.reading.labels import labels
from shop.assay.certificates.reading.layout import Page, Word, box, lines
from tests.assay.certificates.builders import page


def values(*rows, **more):
    return {f.name.value: f.value for f in document.read([page(*rows, **more)]).fields}


@pytest.mark.parametrize(
    ("row", "name", "value"),
    [
        ("Harvest/Lot ID: AB-1234", "lot", "AB-1234"),
        ("Batch Name/Number: 24-1187", "lot", "24-1187"),
        ("Finished good lot number: 88123A", "lot", "88123A"),
        ("Batch No.: RF-RE 230811", "lot", "RF-RE 230811"),
        ("Lot: 240915 / 03", "lot", "240915 / 03"),
        ("LOT: A1234 EXP 03/2029", "lot", "A1234"),
        ("\u6279\u53f7\uff1a20240215", "lot", "20240215"),
        ([(50, "\u6279\u53f7 Batch No."), (300, "20240215")], "lot", "20240215"),
        ("Lab #: S-7781", "sample_id", "S-7781"),
        ("PVL ID: 44211-CN1", "sample_id", "44211-CN1"),
        ("Sample: DA20512001-003", "sample_id", "DA20512001-003"),
        ("TECHNICAL REPORT : (5224)062-0151(R1)", "report_no", "(5224)062-0151(R1)"),
        ("Task number #38211", "report_no", "38211"),
        ([(50, "TEST REPORT"), (400, "No. TR-26-1")], "report_no", "TR-26-1"),
        ("Date of Sample Received: 2026-03-02", "date_received", "2026-03-02"),
        ("Reported: 06Jul2026", "date_issued", "2026-07-06"),
        ("Fecha fin de an\u00e1lisis: 03/04/2026", "date_tested", "2026-04-03"),
    ],
)
def test_value_is_found_however_it_is_announced(row, name, value):
    rows = [row] if name != "date_tested" else [row, "Informe de ensayo de la muestra y el lote"]
    assert values(*rows).get(name) == value


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("Lab Batch Date: 02/24/2026", "date_issued"),
        ("Effective date: 01/01/2024", "date_issued"),
        ("QC lot: 88121", "lot"),
        ("Batch size: 2400 units", "lot"),
        ("Order #: CAP260612", "report_no"),
        ("Client Code: QA000321", "client"),
        ("Project ID: 4411-22", "sample_id"),
        ("Item #: FG-20311", "product"),
        ([(50, "Customer ref"), (300, "PO 7716")], "client"),
    ],
)
def test_number_or_day_of_something_else_is_not_taken(row, name):
    assert name not in values(row)


def test_page_number_below_the_title_numbers_no_report():
    assert "report_no" not in values("Certificate of Analysis", "1 of 4")


def test_one_of_two_lots_is_unsure():
    (field,) = (
        field
        for field in document.read([page("Lot: A1234", "", "", "Lot: B9876")]).fields
        if field.name == "lot"
    )
    assert field.confidence < 60


def test_label_on_two_lines_has_its_value_on_two_lines():
    texts = ((50, 0, "Product"), (150, 0, "Peppermint"), (50, 11, "name:"), (150, 11, "Oil"))
    words = tuple(Word(text, x, y, x + 6 * len(text), y + 10) for x, y, text in texts)
    (field,) = (
        field
        for field in document.read([Page(1, 600, 800, words)]).fields
        if field.name == "product"
    )
    assert field.value == "Peppermint Oil"


def test_panels_side_by_side_are_read_apart():
    results = document.read(
        [
            page(
                [(20, "Analyte"), (120, "Result (%)"), (320, "Analyte"), (450, "Result (ppm)")],
                [(20, "CBD"), (120, "1.2"), (320, "Lead"), (450, "ND")],
                [(20, "CBG"), (120, "0.4"), (320, "Arsenic"), (450, "0.02")],
            )
        ]
    ).results
    assert [(r.analyte, r.value, r.unit) for r in results] == [
        ("CBD", "1.2", "%"),
        ("CBG", "0.4", "%"),
        ("Lead", "ND", "ppm"),
        ("Arsenic", "0.02", "ppm"),
    ]


def test_units_may_stand_in_a_second_line_of_heading():
    (result, _) = document.read(
        [
            page(
                [(20, "Analyte"), (150, "LOD"), (250, "Result"), (350, "Result")],
                [(150, "mg/g"), (250, "%"), (350, "mg/g")],
                [(20, "CBD"), (150, "0.01"), (250, "1.2"), (350, "12")],
                [(20, "CBG"), (150, "0.01"), (250, "0.3"), (350, "3")],
            )
        ]
    ).results
    assert (result.analyte, result.lod, result.value, result.unit) == ("CBD", "0.01", "1.2", "%")


def test_lower_and_upper_limit_make_one_specification():
    (result,) = document.read(
        [
            page(
                [(20, "Merkmal"), (150, "Min."), (220, "Max."), (300, "Messwert")],
                [(20, "Dichte"), (150, "0,97"), (220, "1,00"), (300, "0,985")],
            )
        ]
    ).results
    assert (result.spec, result.value) == ("0,97 - 1,00", "0,985")


def test_amounts_below_their_names_are_results():
    results = document.read(
        [
            page(
                [(80, "THC"), (150, "CBD"), (220, "CBG"), (290, "CBN")],
                [(20, "%"), (80, "ND"), (150, "1.2"), (220, "0.3"), (290, "ND")],
            )
        ]
    ).results
    assert [(r.analyte, r.value, r.unit) for r in results][:2] == [
        ("THC", "ND", "%"),
        ("CBD", "1.2", "%"),
    ]


def test_list_of_what_was_tested_when_is_no_table_of_results():
    assert (
        document.read(
            [
                page(
                    [(20, "Test"), (150, "Date Tested"), (300, "Result")],
                    [(20, "Cannabinoids"), (150, "06/16/2026"), (300, "Complete")],
                    [(20, "Solvents"), (150, "06/16/2026"), (300, "Pass")],
                )
            ]
        ).results
        == ()
    )


@pytest.mark.parametrize(
    ("text", "language", "order"),
    [
        ("Davie, FL 33314", "en", Order.MONTH),
        ("London SW1A 1AA", "en", Order.DAY),
        ("Nordau", "de", Order.DAY),
        ("Shanghai", "en", None),
    ],
)
def test_habit_of_writing_dates(text, language, order):
    assert habit(text, language) is order


def test_small_print_is_no_specimen_phrase():
    said = "This report is for informational purposes only and not to diagnose any disease."
    assert document.read([page(said)]).specimen_phrase == ""


def test_names_of_a_slanted_axis_are_no_stamp():
    aside = "CBD CBDA CBG CBN THC THCA sample A"
    assert document.read([page("Test report", aside=aside)]).specimen_phrase == ""


def test_name_in_the_small_print_is_the_laboratory():
    said = "It may not be copied without the written approval of Calder Ridge Labs."
    assert values("Certificate of Analysis", said)["lab_name_printed"] == "Calder Ridge Labs"


def test_box_of_a_turned_page_lies_on_the_page_as_it_is_shown():
    turned = Page(1, 200, 100, (Word("Lot", 0, 0, 20, 10),), turns=1)
    assert box(turned.words, turned) == (0, 900, 100, 1000)


def test_letters_set_apart_make_words():
    letters = [Word(c, 10 + 8 * n, 0, 14 + 8 * n, 10) for n, c in enumerate("Lot")]
    more = [Word(c, 60 + 8 * n, 0, 64 + 8 * n, 10) for n, c in enumerate("A1234")]
    (line,) = lines(Page(1, 600, 800, (*letters, *more)))
    assert [word.text for word in line.words] == ["Lot", "A1234"]


def test_mark_of_little_ink_stays_on_its_line():
    words = (Word("2000", 10, 0, 40, 10), Word("-", 44, 5, 48, 6), Word("3000", 52, 0, 80, 10))
    assert len(lines(Page(1, 600, 800, words, source=Source.OCR))) == 1


def test_two_labels_without_colons_are_told_apart():
    found = labels("Report number RA-1 Issued 5 May 2026")
    assert [label.name.value for label in found] == ["report_no", "date_issued"]


@pytest.mark.parametrize("text", ["A" * 60_000, "A." * 30_000, "a." * 30_000 + "@", "(" * 60_000])
def test_endless_word_names_nobody(text):
    found = document.read([Page(1, 612, 792, (Word(text, 10, 10, 600, 20),))]).fields
    assert all(len(field.value) <= 200 for field in found)
