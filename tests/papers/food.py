"""Layouts in the manner of supplement, cosmetic and testing laboratories."""

from tests.papers.markup import (
    MONO,
    NARROW,
    SANS,
    SERIF,
    columns,
    div,
    page,
    pairs,
    running,
    say,
    table,
)

WORDY = "%d %B %Y"


def analytical_report(s):
    """Codes in a box on the right, results under the name of each test, no ruled table."""
    lines = s.lines("metals", "value unit") + s.lines("microbes", "value")
    rows = ["Elements by ICP-MS - Method AOAC 2011.19"]
    rows += [[x.analyte, f"{x.value} {x.unit}"] for x in lines[:4]]
    rows += ["Microbiology - Method USP"]
    rows += [[x.analyte, x.value] for x in lines[4:]]
    return page(
        div(say(s("lab_name_printed")), "<br><span class=small>2200 Rittenmoor Street, Suite 150"
            "<br>Des Fields, IA 50321<br>+1 555 010 1461</span>", of="right"),
        div(say(s.peek("client")), "<br>QA Department<br>9 Osprey Way<br>Portmere, ME 04000"),
        div("Certificate of Analysis", of="large center"),
        table(
            [
                ["Report #:", s("report_no"), "Client Code:", "QA000321"],
                ["Sample Name:", s("product"), "PO Number:", "PO-55102"],
                ["Lot Number:", s("lot"), "Project ID:", "MAREN-20260612"],
                ["Sample Serving Size:", "2 capsules", "Receipt Condition:", "Ambient"],
                ["Receipt Date:", s.date("date_received"), "Login Date:", s.a_date(17)],
                ["Report Date:", s.date("date_issued"), "Date Started:", s.a_date(18)],
            ]
        ),
        table(rows, head=("Analysis", "Result")),
        "<p class=small>These results apply only to the items tested. This certificate of analysis "
        "shall not be reproduced, except in its entirety. Page 1 of 1</p>",
        font=SERIF,
    )  # fmt: skip


def applicant(s):
    """A test report as inspection companies write it; the column of values is headed 001."""
    s("lab_name_printed")
    return page(
        table([["Test Report", f"No.: {s('report_no')}", f"Date: {s.date('date_issued', '%d %b %Y')}",
                "Page 1 of 3"]]),
        "<p>", say(s.peek("client")), "<br>ROOM 1201, NO. 88 XINHUA ROAD, SHANGHAI</p>",
        "<p>The following sample(s) was/were submitted and identified on behalf of the clients "
        "as : ", say(s("product")), "</p>",
        pairs(
            ("Job No.", "SP26-018812 - SH"),
            ("Lot No.", s("lot")),
            ("Date of Sample Received ", s.date("date_received", "%d %b %Y")),
            ("Testing Period ", f"{s.a_date(16)} - {s.date('date_tested', '%d %b %Y')}"),
            ("Test Requested ", "Selected test(s) as requested by client."),
            ("Test Method ", "Please refer to next page(s)."),
            colon=" :",
        ),
        "<p>Signed for and on behalf of<br>", say(s.peek("lab_name_printed")), "<br><br>",
        s("signatory"), "<br>Approved Signatory</p><div class=page></div>",
        "<b>Test Results :</b><br>Test Part Description :<br>Specimen No. SGX ID Description<br>",
        table(
            [[x.analyte, x.spec, x.unit, "0.01", x.value]
             for x in s.lines("metals", "value unit spec")],
            head=("Test Item(s)", "Limit", "Unit", "MDL", "001"),
        ),
        "<p>Notes :<br>(1) 1 mg/kg = 0.0001%<br>(2) MDL = Method Detection Limit<br>"
        "(3) ND = Not Detected ( &lt; MDL )</p>",
        "<p class=small>", say(s.peek("lab_name_printed")), " 889 Yishan Road, Shanghai, China "
        "t (86-21) 5550104 f (86-21) 5550105 www.quillane.example</p>",
    )  # fmt: skip


def samples_in_columns(s):
    """Several lines of method, unit and reporting limit; the sample is a column."""
    lines = s.lines("metals", "value unit method")
    return page(
        div(say(s("lab_name_printed")), of="large"),
        div("CERTIFICATE OF ANALYSIS", of="center large"),
        table(
            [
                ["Work Order", f": {s('report_no')}", "Issue Date", f": {s.date('date_issued', WORDY)}"],
                ["Customer", f": {s('client')}", "Laboratory", f": {s.peek('lab_name_printed')}"],
                ["Contact", ": Q. Marrow", "Contact", ": Client Service"],
                ["Project", ": Hair 2026", "Page", ": 1 of 2"],
                ["Order number", ": 4500012345", "Date Samples Received",
                 f": {s.date('date_received', WORDY)}"],
                ["", "", "Date of test", f": {s.a_date(16)} - {s.date('date_tested', WORDY)}"],
            ]
        ),
        "<p>Sub-Matrix: COSMETIC</p>",
        table(
            [
                ["", "", "Client sample ID", "", s("product")],
                ["", "", "Laboratory sample ID", "", s("sample_id")],
                ["", "", "Lot number", "", s("lot")],
            ]
        ),
        table(
            [[x.analyte, x.method, "0.010", x.unit, x.value] for x in lines],
            head=("Parameter", "Method", "LOR", "Unit", "Result"),
        ),
        "<p class=small>This certificate shall not be reproduced except in full. Measurement "
        "uncertainty is expressed as expanded uncertainty.</p>",
        "<p>Signatories ", s("signatory"), " Position Laboratory Manager</p>",
        font=SANS, size="A4",
    )  # fmt: skip


def microbiology(s):
    """A page for one product with started and completed dates."""
    return page(
        div(say(s("lab_name_printed")), of="large center"),
        div("3125 N. Damon Way, Burbank, CA 91000 | Tel 555-010-0070", of="small center"),
        div("CERTIFICATE OF ANALYSIS", of="large center"),
        div(
            pairs(
                ("Client", s("client")), ("Product Name", s("product")), ("Lot #", s("lot")),
                ("P.O. #", "7718"), ("Formula #", "RS-22 v4"),
            ),
            pairs(
                ("Lab #", s("sample_id")), ("Date Received", s.date("date_received")),
                ("Date Started", s.a_date(16)), ("Date Completed", s.date("date_tested")),
                ("Date Reported", s.date("date_issued")),
            ),
            of="two box",
        ),
        table(
            columns(s.lines("microbes", "value unit spec method"), "analyte", "method", "spec",
                    "value+unit"),
            head=("TEST", "METHOD", "SPECIFICATION", "RESULTS"), of="ruled",
        ),
        "<p>Reviewed by: ", s("signatory"), " &nbsp; Date: ", s.peek_date("date_issued"), "</p>",
    )  # fmt: skip


def identity(s):
    """Botanical identity: half the facts are prose; specification above result."""
    return page(
        div(say(s("lab_name_printed")), of="large"),
        "<h3>Certificate of Analysis</h3>",
        running(
            ("Sample Name", s("product")),
            ("Client", s("client")),
            ("Lot #", s("lot")),
            ("Quillane ID", s("sample_id")),
            ("Report No", s("report_no")),
            ("Received", s.date("date_received", WORDY)),
        ),
        "<p>The lot number and identity given above were supplied by the client and have not been "
        "verified. The lot was found to contain characteristic constituents. Test method valid "
        "from 01/01/2024.</p>",
        table(
            columns(s.lines("extract", "value spec method", most=6), "analyte", "spec", "value",
                    "method"),
            head=("Test", "Specification", "Result", "Method"),
        ),
        "<p>Date of issue: ", s.date("date_issued", WORDY), "</p>",
        font=SERIF,
    )  # fmt: skip


def two_addresses(s):
    """Laboratory and client both with addresses at the top; three signatures at the foot."""
    s("lab_name_printed")
    return page(
        div(
            div("<b>", say(s.peek("lab_name_printed")), "</b><br>65 Marcus Drive<br>Melbury, NY 11700"
                "<br>Phone 555-010-4400<br>ISO/IEC 17025 accredited"),
            div("<b>Client</b><br>", say(s("client")), "<br>17 Harbor Lane<br>Phone 555-010-7700"),
            of="two",
        ),
        div("REPORT OF ANALYSIS", of="large center"),
        table(
            [
                ["Report No", "Sample ID", "Date Received", "Date Reported"],
                [s("report_no"), s("sample_id"), s.date("date_received"), s.date("date_issued")],
            ],
            of="ruled",
        ),
        pairs(("Sample Description", s("product")), ("Lot/Batch", s("lot")), ("Condition", "Good")),
        table(
            columns(s.lines("cosmetic", "value unit spec method"), "analyte", "value", "unit",
                    "spec", "method"),
            head=("Analysis", "Result", "Units", "Specification", "Reference"), of="ruled",
        ),
        table([["Analyst: M. Dray", "Checked by: P. Soll", f"Approved by: {s('signatory')}"]]),
        font=NARROW,
    )  # fmt: skip


def spread(s):
    """The header is repeated on each page and the table runs over two."""
    head = div(
        running(("Report", s("report_no")), ("Lot", s("lot")), ("Product", s("product")),
                between=" &nbsp;&nbsp; "),
        of="box",
    )  # fmt: skip
    lines = s.lines("cosmetic", "value unit spec method") + s.lines(
        "metals", "value unit spec method"
    )
    heading = ("Parameter", "Method", "Unit", "Limit", "Result", "Assessment")
    names = ("analyte", "method", "unit", "spec", "value", "verdict")
    return page(
        div(say(s("lab_name_printed")), of="large"),
        "<h2>Test Report</h2>", head,
        pairs(("Received", s.date("date_received", WORDY)), ("Issued", s.date("date_issued", WORDY)),
              ("Manufactured", s.date("date_made", WORDY)),
              ("Best before", s.date("date_expires", "%m/%Y", months_only=True))),
        table(columns(lines[:6], *names), head=heading, of="ruled"),
        "<div class=page></div><h2>Test Report</h2>", head,
        table(columns(lines[6:], *names), head=heading, of="ruled"),
        "<p>*** End of report ***</p>", size="A4",
    )  # fmt: skip


def merged_columns(s):
    """Limit and result share one column with a slash between them."""
    lines = s.lines("microbes", "value")
    return page(
        div(say(s("lab_name_printed")), of="right"),
        "<h3>CERTIFICATE OF ANALYSIS</h3>",
        pairs(
            ("COA #", s("report_no")),
            ("PRODUCT", s("product")),
            ("LOT/BATCH", s("lot")),
            ("MFG DATE", s.date("date_made", "%m/%Y", months_only=True)),
            ("EXP DATE", s.date("date_expires", "%m/%Y", months_only=True)),
            ("DATE OF ISSUE", s.date("date_issued")),
            colon="",
        ),
        table(
            [[x.analyte, f"{x.spec} / {x.value}", "Pass"] for x in lines],
            head=("Test", "Limit / Result", "Status"),
            of="ruled",
        ),
        font=MONO,
    )


LAYOUTS = (
    analytical_report,
    applicant,
    samples_in_columns,
    microbiology,
    identity,
    two_addresses,
    spread,
    merged_columns,
)
