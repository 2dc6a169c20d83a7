"""Layouts in the manner of hemp and cannabis laboratories: dense, boxed, panels side by side."""

from tests.papers.markup import (
    DEJAVU,
    NARROW,
    columns,
    div,
    page,
    pairs,
    running,
    say,
    stacked,
    table,
)

POTENCY = "value unit lod loq"


def lims_shared(s):
    """A laboratory information service: lab left, sample right, summary table, double units."""
    s.kind = "unknown"
    s("lab_name_printed")
    head = div(
        div(say(s.peek("lab_name_printed")), "<br>14 Quarry Rd<br>Brindle, CA 90000<br>",
            "(555) 010-4417<br>https://calder.example<br>Lic# C8-0000041-LIC"),
        div("<span class=large>", say(s("product")), "</span><br>Sample ID: ", s("sample_id"),
            "<br>Strain: N/A<br>Matrix: Ingestible<br>Type: Tincture<br>Sample Size: 2 units; "
            "Batch: 400 units"),
        of="two",
    )  # fmt: skip
    middle = div(
        div("Batch#: ", s("lot"), "<br>Produced: ", s.date("date_made"), "<br>Collected: ",
            s.date("date_sampled"), "<br>Received: ", s.date("date_received"), "<br>Completed: ",
            s.date("date_tested")),
        div("<b>Client</b><br>", say(s("client")), "<br>Lic. # CDPH-0000<br>22 Oak St<br>Brindle"),
        of="two box",
    )  # fmt: skip
    summary = table(
        [["Batch", "", "Pass"], ["Cannabinoids", s.peek_date("date_tested"), "Complete"]],
        head=("Test", "Date Tested", "Result"),
    )
    lines = s.lines("cannabinoids", POTENCY)
    rows = [[a.analyte, a.lod, a.loq, a.value, "0.00"] for a in lines]
    potency = table(
        rows,
        heads=(("Analyte", "LOD", "LOQ", "Results", "Results"), ("", "%", "%", "%", "mg/g")),
    )
    return page(head, "<hr>Summary", summary, middle, div("Cannabinoids", of="bar"), potency,
                "<p class=small>All rights reserved. Values reported relate only to the product "
                "tested. Reviewed by ", s("signatory"), ", Lab Director</p>")  # fmt: skip


def boxes(s):
    """Every value in a box of its own; label small above."""
    s("lab_name_printed")
    return page(
        div(say(s.peek("lab_name_printed")), of="large"),
        "<p class=small>232 Plaza Drive, Brindle 40356 | (555) 010-2020 | KDA Lic.# P_0058</p>",
        div("Certificate of Analysis", of="right large"),
        div(
            div(stacked(("Sample Name", s("product"))), of="box"),
            div(stacked(("Sample ID", s("sample_id"))), of="box"),
            div(stacked(("Batch Number", s("lot"))), of="box"),
            div(stacked(("Received Date", s.date("date_received"))), of="box"),
            div(stacked(("Tested Date", s.date("date_tested"))), of="box"),
            div(stacked(("Report Date", s.date("date_issued"))), of="box"),
            of="three",
        ),
        div("Cannabinoid Profile by HPLC", of="bar"),
        table(
            columns(s.lines("cannabinoids", POTENCY), "analyte", "lod", "loq", "value"),
            head=("Analyte", "LOD (%)", "LOQ (%)", "Result (%)"),
        ),
        div("Heavy Metals by ICP-MS", of="bar"),
        table(
            columns(s.lines("metals", "value unit spec"), "analyte", "spec", "value"),
            head=("Analyte", "Limit (ppm)", "Result (ppm)"),
        ),
    )


def facility(s):
    """Product name as the title; facts as `name:value` without a space; page two in halves."""
    s.give("lab_name_printed", "Quarrel Labs")
    first = div(
        div(of="x"),
        div("<span class=large>Certificate of Analysis</span><br>Sample:", s("sample_id"),
            "<br>Harvest/Lot ID: ", s("lot"), "<br>Batch Date: ", s.a_date(1),
            "<br>Sample Size Received: 24 gram<br>Total Batch Size: 100 units<br>Ordered: ",
            s.a_date(11), "<br>Sampled: ", s.date("date_sampled"), "<br>Completed: ",
            s.date("date_tested")),
        of="two",
    )  # fmt: skip
    pest = s.lines("pesticides", "value unit spec")
    half = len(pest) // 2
    head = ("Pesticide", "LOD", "Units", "Action Level", "Pass/Fail", "Result")
    rows = [[p.analyte.upper(), "0.01", "ppm", p.spec, "PASS", p.value] for p in pest]
    second = div(
        table(rows[:half], head=head, of="small"),
        table(rows[half:], head=head, of="small"),
        of="two",
    )
    terp = s.lines("terpenes", "value")
    rows = [[t.analyte, "0.007", "1.1", t.value] for t in terp]
    head = ("Terpenes", "LOD (%)", "mg/g", "Result (%)")
    return page(
        div(div("<b>Quarrel Labs</b>"), div("<span class=large>", say(s("product")), "</span><br>N/A<br>Matrix: Derivative"), of="two"),
        "<p>4101 Fen Ave, Suite 105, Davie, FL, 33314, US<br>(555) 010-8378</p>",
        first, div("Terpenes TESTED", of="bar page"),
        div("Pesticides PASSED", of="bar"), second,
        table([]), "<p class=small>This Quarrel Labs Certification shall not be reproduced, unless "
        "in its entirety, without written approval.</p>",
        _values_first(rows, head), css=".small td { font-size: 8px }",
    )  # fmt: skip


def _values_first(rows, head):
    half = len(rows) // 2
    return div(table(rows[:half], head=head), table(rows[half:], head=head), of="two")


def prepared_for(s):
    """A grid of three columns of facts without rules; dates like 06Jul2026; no title."""
    s.kind = "unknown"
    day = "%d%b%Y"
    return page(
        div(say(s("lab_name_printed")), of="right large"),
        "<p>prepared for: ", say(s("client")), "<br>1200 Fern Way<br>Denver, CO 80000</p>",
        div(say(s("product")), of="large"),
        table(
            [
                ["Batch ID or Lot Number:", "Test:", "Reported:", "USDA License:"],
                [s("lot"), "Potency", s.date("date_issued", day), "N/A"],
                ["Matrix:", "Test ID:", "Started:", "Sampler ID:"],
                ["Unit", s("report_no"), s.other_day(s.raw("date_received"), day), "N/A"],
                ["", "Method(s):", "Received:", "Status:"],
                ["", "TM14 (HPLC-DAD)", s.date("date_received", day), "N/A"],
            ]
        ),
        table(
            columns(s.lines("cannabinoids", POTENCY), "analyte", "lod", "loq", "value"),
            head=("Cannabinoids", "LOD (%)", "LOQ (%)", "Result (%)", "Notes"),
        ),
        "<p>FINAL APPROVAL</p><p>", s("signatory"), " 07Jul2026 10:51:00 AM MDT</p>",
        css="td { width: 25% }",
    )  # fmt: skip


def orders(s):
    """Order, sample, client's lot, laboratory's batch: only one of them is the lot."""
    return page(
        div(say(s("lab_name_printed")), " &nbsp; Certificate of Analysis", of="large"),
        div(
            div(
                running(
                    ("Order #", "CAP260612-030001"),
                    ("Order Date", s.a_date(10)),
                    ("Sample #", s("sample_id")),
                    ("Lab Batch #", "QC-88121"),
                )
            ),
            div(
                running(
                    ("Batch #", s("lot")),
                    ("Batch Date", s.a_date(0)),
                    ("Extracted From", "Hemp"),
                    ("Batch Size", "2,400 units"),
                )
            ),
            div(
                running(
                    ("Sampling Date", s.date("date_sampled")),
                    ("Lab Batch Date", s.a_date(16)),
                    ("Completion Date", s.date("date_tested")),
                    ("Initial Gross Weight", "37.110 g"),
                )
            ),
            of="three",
        ),
        div(say(s("product")), of="large center"),
        div("Potency (LCUV)", of="bar"),
        table(
            [
                [line.analyte, "10", line.lod, line.value, "12.1"]
                for line in s.lines("cannabinoids", "value unit")
            ],
            head=("Analyte", "Dilution (1:n)", "LOD (%)", "Result (%)", "(mg/unit)"),
        ),
        css=".two, .three { margin: 6px 0 }",
    )


def panels(s):
    """Two by three panels, each with its heading."""
    s("lab_name_printed")

    def panel(title, name, shown="value unit"):
        lines = s.lines(name, shown, most=5)
        unit = lines[0].unit
        return div(
            div(title, of="bar"),
            table([[x.analyte, x.value] for x in lines], head=("Analyte", f"Result ({unit})")),
        )

    return page(
        div(say(s.peek("lab_name_printed")), of="large"),
        "Certificate of Analysis<br>",
        running(
            ("Certificate ID", s("report_no")),
            ("Sample Name", s("product")),
            ("Batch", s("lot")),
            ("Date Received", s.date("date_received")),
            ("Date Reported", s.date("date_issued")),
        ),
        div(
            panel("Cannabinoids", "cannabinoids"),
            panel("Terpenes", "terpenes"),
            panel("Heavy Metals", "metals"),
            of="three",
        ),
        div(
            panel("Pesticides", "pesticides"),
            panel("Solvents", "solvents"),
            panel("Microbiology", "microbes", "value"),
            of="three",
        ),
        font=NARROW,
    )


def metrc(s):
    """State's tags beside the lot; many codes that are none."""
    s("lab_name_printed")
    return page(
        div(div(say(s.peek("lab_name_printed"))), div("Regulatory Compliance Testing"), of="two"),
        div(say("Certificate of Analysis"), of="center large"),
        pairs(
            ("Sample Name", s("product")),
            ("METRC Batch #", "1A4060300003F59000012345"),
            ("METRC Sample #", "1A4060300003F59000099999"),
            ("Batch Number", s("lot")),
            ("Sample ID", s("sample_id")),
            ("Collected on", s.date("date_sampled", "%b %d, %Y")),
            ("Received on", s.date("date_received", "%b %d, %Y")),
            ("COA released on", s.date("date_issued", "%b %d, %Y")),
        ),
        pairs(("Manufactured by", s.peek("client")), ("License #", "CDPH-10002345")),
        div("CANNABINOIDS", of="bar"),
        table(
            [
                [x.analyte, f"{x.lod} / {x.loq}", "±0.01", x.value]
                for x in s.lines("cannabinoids", "value unit")
            ],
            head=("COMPOUND", "LOD/LOQ (%)", "MEASUREMENT UNCERTAINTY (%)", "RESULT (%)"),
        ),
        div("MICROBIAL CONTAMINANTS", of="bar"),
        table(
            columns(s.lines("microbes", "value spec"), "analyte", "spec", "value", "verdict"),
            head=("COMPOUND", "ACTION LIMIT", "RESULT", "RESULT"),
        ),
        font=DEJAVU,
    )


LAYOUTS = (lims_shared, boxes, facility, prepared_for, orders, panels, metrc)
