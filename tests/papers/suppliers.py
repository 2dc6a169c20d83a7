"""Layouts in the manner of makers of raw materials, their traders, and peptide testers."""

from tests.papers.markup import (
    CJK,
    DEJAVU,
    MONO,
    SANS,
    SERIF,
    columns,
    div,
    page,
    pairs,
    running,
    say,
    stacked,
    table,
)

SPEC = "value spec"


def chemical_house(s):
    """A catalog chemical: product number, batch number, quality release date."""
    return page(
        div("3050 Spruce Lane, Saint Lorne, MO 63103, USA<br>Website: www.hollin.example<br>"
            "Email: techserv@hollin.example", of="small right"),
        div(say(s("lab_name_printed")), of="large"),
        div("Certificate of Analysis", of="large center"),
        div("Product Name:", of="small"), "<b>", say(s("product")), "</b>",
        pairs(("Product Number", "W312207"), ("Batch Number", s("lot")), ("Brand", "HOLL"),
              ("CAS Number", "89-78-1"), ("MDL Number", "MFCD00000001"), ("Formula", "C10H20O"),
              ("Formula Weight", "156.27 g/mol"),
              ("Quality Release Date", s.date("date_issued", "%d %b %Y").upper()),
              ("Recommended Retest Date", s.date("date_expires", "%b %Y", months_only=True).upper())),
        table(columns(s.lines("chemical", SPEC), "analyte", "spec", "value"),
              head=("Test", "Specification", "Result")),
        "<p>", s("signatory"), ", Manager<br>Quality Control<br>Saint Lorne, Missouri US</p>",
        "<p class=small>Hollin warrants that at the time of the quality release or subsequent "
        "retest date this product conformed to the information contained in this publication. "
        "Version Number: 1 Page 1 of 1</p>",
    )  # fmt: skip


def inspection_certificate(s):
    """As business software prints it: lower and upper limit apart, many numbers."""
    lines = s.lines("industrial", "value unit")
    rows = [[x.analyte, x.method, x.unit, *x.spec.split(), x.value] for x in lines]
    return page(
        table([[s("lab_name_printed"), f"Date: {s.date('date_issued', '%d.%m.%Y')}"],
               ["Quality Assurance", "Page: 1 / 1"]]),
        "<pre>Customer: 0010023412          Purchase order: 4501277123\n"
        "Delivery: 8007712345 000010   Order: 1100233441 / 000010</pre>",
        "<h3>Inspection certificate 3.1 according to EN 10204</h3>",
        pairs(("Certificate No.", s("report_no")), ("Material", s("product")),
              ("Material No.", "50123456"), ("Batch", s("lot")), ("Quantity", "800 KG"),
              ("Production date", s.date("date_made", "%d.%m.%Y")),
              ("Minimum shelf life", s.date("date_expires", "%d.%m.%Y"))),
        table(rows, head=("Characteristic", "Method", "Unit", "Lower limit", "Upper limit", "Value"),
              of="ruled"),
        "<p>The above data were determined from a representative sample. This certificate was "
        "created by electronic data processing and is valid without signature.</p>",
        size="A4",
    )  # fmt: skip


def trader(s):
    """Facts two by two in a ruled grid above the table, all in one table."""
    facts = [
        ["Product Name", s("product"), "Batch No.", s("lot")],
        ["Botanical Source", "Serenoa repens", "Quantity", "500KG"],
        ["Manufacture Date", s.date("date_made", "%b.%d, %Y"), "Country of Origin", "China"],
        ["Report Date", s.date("date_issued", "%b.%d, %Y"), "Expiry Date",
         s.date("date_expires", "%b.%d, %Y")],
    ]  # fmt: skip
    s.give("lab_name_printed", "Xian Lorwell Biotech Co., Ltd.")
    return page(
        div("Xian Lorwell Biotech Co., Ltd.", of="large center"),
        div("Add: Room 1011, Gaoxin Rd, Xian, China Tel: +86-29-5550104 E-mail: a@lorwell.example",
            of="small center"),
        div("CERTIFICATE OF ANALYSIS", of="center large"),
        table(facts, of="ruled"),
        table(
            columns(s.lines("extract", "value spec method"), "analyte", "spec", "value", "method"),
            head=("Items", "Specifications", "Results", "Methods"), of="ruled",
        ),
        pairs(("Conclusion", "Conform with specification"),
              ("Storage", "Store in cool & dry place. Keep away from strong light and heat."),
              ("Shelf life", "2 years when properly stored")),
        "<p>Tested by: Li Wen &nbsp; Checked by: Zhao Min &nbsp; Approved by: ", s("signatory"),
        "</p>", font=SERIF, size="A4",
    )  # fmt: skip


def bilingual(s):
    """Chinese and English labels together."""
    s.give("lab_name_printed", "Hexing Lorwell Chemical Co., Ltd.")
    return page(
        div("\u5408\u5174\u5316\u5de5\u6709\u9650\u516c\u53f8", of="center large"),
        div("Hexing Lorwell Chemical Co., Ltd.", of="center"),
        div("\u68c0\u9a8c\u62a5\u544a Certificate of Analysis", of="center large"),
        table(
            [
                ["\u4ea7\u54c1\u540d\u79f0 Product Name", s("product"),
                 "\u6279\u53f7 Batch No.", s("lot")],
                ["\u751f\u4ea7\u65e5\u671f Manufacturing Date", s.date("date_made", "%Y-%m-%d"),
                 "\u62a5\u544a\u7f16\u53f7 Report No.", s("report_no")],
                ["\u6709\u6548\u671f Expiry Date", s.date("date_expires", "%Y-%m-%d"),
                 "\u62a5\u544a\u65e5\u671f Report Date", s.date("date_issued", "%Y-%m-%d")],
            ], of="ruled",
        ),
        table(
            columns(s.lines("extract", SPEC), "analyte", "spec", "value"),
            heads=(("\u68c0\u9a8c\u9879\u76ee", "\u6807\u51c6\u89c4\u5b9a", "\u68c0\u9a8c\u7ed3\u679c"),
                   ("Test Items", "Specification", "Results")), of="ruled",
        ),
        font=CJK, size="A4",
    )  # fmt: skip


def chinese(s):
    """Chinese labels alone."""
    s.language = "zh"
    s.give("product", "\u8ff7\u8fed\u9999\u63d0\u53d6\u7269")
    return page(
        div("\u68c0\u9a8c\u62a5\u544a\u5355", of="center large"),
        table(
            [
                ["\u4ea7\u54c1\u540d\u79f0", s.peek("product"), "\u6279\u53f7", s("lot")],
                ["\u62a5\u544a\u7f16\u53f7", s("report_no"), "\u751f\u4ea7\u65e5\u671f",
                 s.date("date_made", "%Y\u5e74%m\u6708%d\u65e5")],
                ["\u62a5\u544a\u65e5\u671f", s.date("date_issued", "%Y\u5e74%m\u6708%d\u65e5"),
                 "\u6709\u6548\u671f\u81f3", s.date("date_expires", "%Y\u5e74%m\u6708%d\u65e5")],
            ], of="ruled",
        ),
        table(
            columns(s.lines("extract", SPEC), "analyte", "spec", "value"),
            head=("\u68c0\u9a8c\u9879\u76ee", "\u6807\u51c6\u89c4\u5b9a", "\u68c0\u9a8c\u7ed3\u679c"),
            of="ruled",
        ),
        font=CJK, size="A4",
    )  # fmt: skip


def peptide(s):
    """A maker of peptides: sequence, molecular mass, purity."""
    s.give("product", "GHK-Cu")
    rows = s.lines("chemical", SPEC)
    return page(
        div(say(s("lab_name_printed")), of="large"),
        div("CERTIFICATE OF ANALYSIS", of="center"),
        pairs(
            ("Product Name", s.peek("product")), ("Sequence", "Gly-His-Lys"),
            ("Lot No.", s("lot")), ("Quantity", "50 mg"), ("Molecular Formula", "C14H22CuN6O4"),
            ("Molecular Weight", "401.9"), ("Manufacture Date", s.date("date_made", "%Y.%m.%d")),
            ("Retest Date", s.date("date_expires", "%Y.%m.%d")),
            ("Analysis Date", s.date("date_tested", "%Y.%m.%d")),
        ),
        table(columns(rows, "analyte", "spec", "value"),
              head=("Tests", "Specifications", "Results"), of="ruled"),
        "<p>For research use only. Not for human use.</p>",
        "<p>Analyst: ____ QC Manager: ____</p>", font=DEJAVU,
    )  # fmt: skip


def peptide_test(s):
    """A third party's single sheet: task number, key, two results in large letters."""
    s.give("lab_name_printed", "Wrenshaw Analytical")
    made = s.lines("chemical", "value")[-1:]
    s.results = s.results[-1:]
    return page(
        div("Wrenshaw Analytical", of="large"),
        div(f"Test Report #{s('report_no', None)}", of="large right"),
        div(
            stacked(("Client", s("client")), ("Sample", s("product")), ("Batch", s("lot"))),
            stacked(("Sample received", s.date("date_received", "%d %b %Y").upper()),
                    ("Analysis conducted", s.date("date_tested", "%d %b %Y").upper()),
                    ("Manufacturer", "Lorwell")),
            of="two",
        ),
        div("Results", of="bar"),
        table([[f"{made[0].analyte}", f"{made[0].value} %"]]),
        "<p>Verify this test at www.wrenshaw.example/verify/ with the following unique key<br>"
        "HK3R7QW9XN2P</p>",
    )  # fmt: skip


def chromatogram(s):
    """A sheet from the instrument: what was injected, then peaks."""
    peaks = [("1", "3.412", "11023", "0.41"), ("2", "5.880", "2650311", "99.12")]
    return page(
        "<pre>==== Analysis Report ====\n", f"Sample Name   : {s('product')}\n",
        f"Batch No.     : {s('lot')}\n", f"Acquired      : {s.a_date(18)} 10:22:31 AM\n",
        "Method        : C:\\HPLC\\METHODS\\GHK.M\nInj Volume    : 10 ul\n</pre>",
        table(peaks, head=("Peak#", "Ret. Time", "Area", "Area %")),
        font=MONO,
    )  # fmt: skip


def cosmetics_maker(s):
    """The maker's own certificate of a finished product, a form with its own number."""
    return page(
        div("Form QC-021 Rev. 4 Effective date: 01/01/2024", of="small right"),
        div(say(s("lab_name_printed")), of="large"),
        div("Finished Product Certificate of Analysis", of="center large"),
        running(
            ("Item", s("product")), ("Item #", "FG-20311"), ("Lot", s("lot")),
            ("Manufacturing Date", s.date("date_made")), ("Expiration Date", s.date("date_expires")),
            ("COA Date", s.date("date_issued")),
        ),
        table(
            columns(s.lines("cosmetic", "value unit spec method"), "analyte", "method", "spec+unit",
                    "value", "verdict"),
            head=("Test", "Test Method", "Specification", "Result", "Pass/Fail"), of="ruled",
        ),
        "<p>QA Release: ", s("signatory"), "</p>", font=SANS,
    )  # fmt: skip


LAYOUTS = (
    chemical_house,
    inspection_certificate,
    trader,
    bilingual,
    chinese,
    peptide,
    peptide_test,
    chromatogram,
    cosmetics_maker,
)
