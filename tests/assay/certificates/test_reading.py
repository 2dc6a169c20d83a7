import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.certificates.facts import FieldName, Kind, Source
from shop.assay.certificates.reading import document
from shop.assay.certificates.reading.legibility import is_legible
from shop.assay.certificates.reading.values import plain_value
from tests.assay.certificates.builders import page

HEAD = (
    "Northmere Analytical",
    "Certificate of Analysis",
    [(50, "Report number"), (180, "NM-26-10417"), (320, "Date of issue"), (450, "3 October 2026")],
    [(50, "Lot number"), (180, "MO-2609-B"), (320, "Expiry"), (450, "March 2029")],
)
TABLE = (
    [(50, "Test"), (250, "Method"), (350, "Limit"), (450, "Result"), (530, "Verdict")],
    [(50, "Microbiology")],
    [(50, "Total count"), (250, "ISO 21149"), (350, "<= 1000 CFU/g"), (450, "< 10"), (530, "Pass")],
    [(50, "Heavy metals")],
    [(50, "Lead (Pb)"), (250, "ISO 21392"), (350, "<= 2.0 mg/kg"), (450, "0.08"), (530, "Pass")],
)
# What a file without a map of its letters may yield.
MOVED_BY_THREE = (
    "Fhuwlilfdwh Dqdobvlv Qruwkphuh Odeho Surgxfw Vhuxp Uhsruw Qxpehu Gdwh Lvvxh Uhfhlyhg Shulrg"
)


def values(*rows, **more):
    return {f.name.value: f.value for f in document.read([page(*rows, **more)]).fields}


@pytest.mark.parametrize(
    ("row", "name", "value"),
    [
        ("Lot number: MO-2609-B", "lot", "MO-2609-B"),
        ("Lot#MO-2609-B", "lot", "MO-2609-B"),
        ("LOT NO. MO-2609-B", "lot", "MO-2609-B"),
        ("Batch / Lot No.: AB 12345", "lot", "AB 12345"),
        ([(50, "Batch"), (300, "240915A")], "lot", "240915A"),
        ("Lot: 240915 50 g", "lot", "240915"),
        ("Charge: 240915A", "lot", "240915A"),
        ("N\u00b0 de lot : 240915A", "lot", "240915A"),
        ("N\u00famero de lote: 240915A", "lot", "240915A"),
        ("Numero di lotto: 240915A", "lot", "240915A"),
        ("Report No: 2026/1234-A", "report_no", "2026/1234-A"),
        ("Pr\u00fcfbericht Nr.: 26-0417", "report_no", "26-0417"),
        ("Certificate of Analysis No. 10417", "report_no", "10417"),
        ("Product: Rosemary Scalp Serum", "product", "Rosemary Scalp Serum"),
        ([(50, "Sample description"), (300, "Oat Shampoo")], "product", "Oat Shampoo"),
        ("Client: Maren & Oak Ltd", "client", "Maren & Oak Ltd"),
        ("Mfg Date: 10/2025", "date_made", "2025-10"),
        ("Best before: 03/2029", "date_expires", "2029-03"),
        ("Eingangsdatum: 21.09.2026", "date_received", "2026-09-21"),
        ("Fecha de emisi\u00f3n: 3 de octubre de 2026", "date_issued", "2026-10-03"),
        ("Date tested (mm/dd/yyyy): 10/02/2026", "date_tested", "2026-10-02"),
        ("Valid until: 3 October 2027", "date_void_after", "2027-10-03"),
        ("Supersedes report: NM-26-10001", "amends", "NM-26-10001"),
        ("GTIN: 0 12345 67890 5", "gtin", "00012345678905"),
        (
            "Verify at: https://northmere.example/v/7H2K",
            "verify_url",
            "https://northmere.example/v/7H2K",
        ),
        ("Tested by: Southmere Labs", "lab_name_printed", "Southmere Labs"),
    ],
)
def test_announced_value_is_read(row, name, value):
    assert values(row).get(name) == value


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("The lot number shown above was sampled by the client", "lot"),
        ("Lot number: n/a", "lot"),
        ("Lot: see attached", "lot"),
        ("Lot number: ____", "lot"),
        ("Certificate of Analysis", "report_no"),
        ("Sample condition intact and ambient", "product"),
        ("Date of birth", "date_issued"),
        (
            "Expiry: 12 months from opening the jar, see the instructions on the pack",
            "date_expires",
        ),
        ("GTIN: 0 12345 67890 6", "gtin"),  # the check digit is wrong
        ("", "lot"),
    ],
)
def test_what_is_no_value_is_not_read(row, name):
    assert name not in values(row)


def test_two_columns_of_labels_are_told_apart():
    assert values(*HEAD) == {
        "report_no": "NM-26-10417",
        "date_issued": "2026-10-03",
        "lot": "MO-2609-B",
        "date_expires": "2029-03",
        "lab_name_printed": "Northmere Analytical",
    }


def test_value_below_its_heading_is_read():
    found = values(
        [(50, "Lot No."), (200, "Report No."), (350, "Date received")],
        [(50, "MO-2609-B"), (200, "NM-26-10417"), (350, "21 Sep 2026")],
    )
    assert found["lot"] == "MO-2609-B"
    assert found["report_no"] == "NM-26-10417"
    assert found["date_received"] == "2026-09-21"


def test_date_that_does_not_exist_is_kept_as_printed_and_not_understood():
    (field,) = document.read([page("Date of issue: 31 February 2026")]).fields
    assert (field.value, field.raw, field.confidence) == ("", "31 February 2026", 1)


def test_value_is_placed_on_its_page():
    (field,) = document.read([page("", "Lot number: MO-2609-B", number=2)]).fields
    left, top, right, bottom = field.box
    assert field.page == 2
    assert 50 < left < right <= 1000
    assert 0 < top < bottom < 150


def test_picture_counts_as_less_sure():
    (field,) = document.read([page("Lot number: MO-2609-B", source=Source.OCR)]).fields
    assert field.source is Source.OCR


def test_results_are_read_by_column_and_group():
    results = document.read([page(*HEAD, *TABLE)]).results
    assert [(r.group, r.analyte, r.method, r.spec, r.value, r.verdict) for r in results] == [
        ("Microbiology", "Total count", "ISO 21149", "<= 1000 CFU/g", "< 10", "Pass"),
        ("Heavy metals", "Lead (Pb)", "ISO 21392", "<= 2.0 mg/kg", "0.08", "Pass"),
    ]


def test_text_below_the_table_is_no_result():
    after = (
        "* Results relate only to the items tested and may not be copied in part without consent"
    )
    assert len(document.read([page(*HEAD, *TABLE, after)]).results) == 2


def test_result_columns_may_have_any_order_and_language():
    results = document.read(
        [
            page(
                [(50, "Parameter"), (200, "Ergebnis"), (300, "Einheit"), (400, "Spezifikation")],
                [(50, "Blei"), (200, "0,08"), (300, "mg/kg"), (400, "max. 2,0")],
            )
        ]
    ).results
    assert [(r.analyte, r.value, r.unit, r.spec) for r in results] == [
        ("Blei", "0,08", "mg/kg", "max. 2,0")
    ]


def test_letter_without_a_table_has_no_results():
    assert document.read([page("Dear customer", "Your result will follow.")]).results == ()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Certificate of Analysis", Kind.ANALYSIS),
        ("CERTIFICATE OF ANALYSIS NM-26-10417", Kind.ANALYSIS),
        ("Pr\u00fcfbericht 26-0417", Kind.ANALYSIS),
        ("Certificat d'analyse", Kind.ANALYSIS),
        ("Safety Data Sheet", Kind.DATA_SHEET),
        ("Certificate of Conformity", Kind.CONFORMITY),
        ("Product Specification", Kind.SPECIFICATION),
        ("Invoice", Kind.UNKNOWN),
    ],
)
def test_kind_is_what_the_title_says(title, kind):
    assert document.read([page("Northmere Analytical", title)]).kind is kind


@pytest.mark.parametrize(
    ("rows", "aside", "phrase"),
    [
        (["For informational purposes only."], "", "For informational purposes only"),
        (["This is a sample report"], "", "sample report"),
        (["Not for regulatory compliance"], "", "Not for regulatory compliance"),
        (HEAD, "SPECIMEN", "SPECIMEN"),
        (HEAD, "Draft", "Draft"),
        (["Specimen ID: 1234"], "", ""),
        (["Sample ID: 1234"], "", ""),
        (["14 Quay Works, Northmere (sample data)"], "", ""),
        (HEAD, "ACCREDITED No. 4417", ""),
    ],
)
def test_specimen_phrase(rows, aside, phrase):
    assert document.read([page(*rows, aside=aside)]).specimen_phrase == phrase


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (["Northmere Analytical", "14 Quay Works"], "Northmere Analytical"),
        ([[(50, "Maren & Oak Ltd"), (300, "Bexley Laboratories")]], "Bexley Laboratories"),
        (["Client: Bexley Laboratories"], None),  # a client is no issuer
    ],
)
def test_letterhead_names_the_laboratory(rows, name):
    assert values(*rows).get("lab_name_printed") == name


@pytest.mark.parametrize(
    ("rows", "language"),
    [
        (["The test report of the sample and the results"], "en"),
        (["Der Bericht und das Ergebnis der Probe"], "de"),
        (["Le rapport et les r\u00e9sultats du laboratoire"], "fr"),
        (["Lead 0.08"], ""),
    ],
)
def test_language(rows, language):
    assert document.read([page(*rows)]).language == language


@pytest.mark.parametrize(
    ("text", "legible"),
    [
        ("Certificate of Analysis, lot MO-2609-B, result: pass", True),
        ("", False),
        ("Page 1 of 1", False),  # too little to be the text of a report
        ("\ufffd" * 10 + " Certificate of Analysis " * 4, False),
        ("\ue001\ue002\ue003\ue004 \ue005\ue006" * 10, False),  # private letters
        (MOVED_BY_THREE, False),
    ],
)
def test_legibility(text, legible):
    assert is_legible(text) is legible


@given(
    rows=st.lists(st.lists(st.tuples(st.integers(0, 500), st.text(max_size=30)), max_size=4)),
    name=st.sampled_from(FieldName),
    text=st.text(max_size=60),
)
def test_any_page_is_read_without_a_fault(rows, name, text):
    document.read([page(*rows), page("Lot: " + text, [(0, "Test"), (99, "Result")], *rows)])
    plain_value(name, text)
