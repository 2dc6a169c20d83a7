"""Layouts drawn after the reading was developed, from other ideas than the rest."""

from tests.papers.markup import (
    CJK,
    DEJAVU,
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


def sections(s):
    """Sections headed by rows across the table; facts and table in one grid."""
    s.give("lab_name_printed", "Rutland Herbal Extracts Pvt. Ltd.")
    lines = s.lines("extract", "value spec method")
    rows = [[x.analyte, x.spec, x.value, x.method] for x in lines]
    body = [
        "Physical Control",
        *rows[:6],
        "Chemical Control",
        *rows[6:8],
        "Microbiology",
        *rows[8:],
    ]
    return page(
        div("Rutland Herbal Extracts Pvt. Ltd.", of="large center"),
        div("CERTIFICATE OF ANALYSIS", of="center large"),
        running(
            ("Product name", s("product")), ("Botanical name", "Withania somnifera"),
            ("Part used", "Root"), ("Batch no", s("lot")),
            ("Mfg. Date", s.date("date_made", "%d %B %Y")),
            ("Expiry Date", s.date("date_expires", "%d %B %Y")), ("Batch size", "250 kg"),
            colon=" : ",
        ),
        table(body, head=("TESTS", "SPECIFICATION", "RESULTS", "TEST PROTOCOL"), of="ruled"),
        "<p>Opinion: The sample complies with the in-house specification.</p>",
        table([["Prepared by", "Checked by", "Approved by"], ["R. Nair", "K. Das", s("signatory")]]),
        font=SERIF,
    )  # fmt: skip


def coded_tests(s):
    """A code and a name for each test on one line, its results indented below, no heading."""
    lines = s.lines("metals", "value unit")
    body = "".join(
        f"<tr><td>{x.analyte}</td><td>{say(x.value)}</td><td>{x.unit}</td></tr>" for x in lines
    )
    return page(
        div(say(s("lab_name_printed")), "<br>Gewerbering 1<br>D-21079 Nordau<br>"
            "Tel: +49 40 5550100", of="right small"),
        "<p>", say(s.peek("client")), "<br>Dock Road 4<br>NORTHPORT NP1 4QQ<br>UNITED KINGDOM</p>",
        div("ANALYTICAL REPORT", of="large"),
        table([
            ["Report number", s("report_no"), "Report date", s.date("date_issued", "%d/%m/%Y")],
            ["Sample code", s("sample_id"), "Reception date", s.date("date_received", "%d/%m/%Y")],
            ["Client sample description", s("product"), "Analysis ending date",
             s.date("date_tested", "%d/%m/%Y")],
            ["Batch number", s("lot"), "Sample weight", "212 g"],
        ]),
        "<p><b>ZM111 Heavy metals Method: EN 13805 (ICP-MS)</b></p><table><tr><th>Parameter</th>"
        "<th>Result</th><th>Unit</th></tr>", body, "</table>",
        "<p class=small>The results of examination refer exclusively to the checked samples. The "
        "tests identified by the two letters code were performed in a partner laboratory.</p>",
        size="A4",
    )  # fmt: skip


def transposed(s):
    """Analytes across, values below: this way round a hemp laboratory saves a page."""
    lines = s.lines("cannabinoids", "value", most=6)
    return page(
        div(say(s("lab_name_printed")), of="large"),
        div("Certificate of Analysis", of="right large"),
        running(("Sample", s("sample_id")), ("Batch #", s("lot")),
                ("Sampled", s.date("date_sampled")), ("Completed", s.date("date_tested"))),
        div(say(s("product")), of="large"),
        div("Cannabinoid PASSED", of="bar"),
        table([["%", *(x.value for x in lines)], ["LOD", *("0.001" for _ in lines)]],
              head=("", *(x.analyte for x in lines))),
    )  # fmt: skip


def totals_above(s):
    """Large numbers with their names below, then a list; dates with times; no title."""
    s.kind = "unknown"
    day = "%Y-%m-%d"
    return page(
        div(div(say(s("lab_name_printed")), "<br>1 Mill Lane, Fairholt, CO 80216"),
            div("Report ID: ", s("report_no"), "<br>Published: ", s.date("date_issued", day),
                " 14:02 MST"), of="two"),
        div(say(s("product")), of="large"),
        table([["Batch Name/Number", "Sample Number", "Date Received"],
               [s("lot"), s("sample_id"), s.date("date_received", day)]]),
        div(div("<span class=large>12.41%</span><br>Total CBD"),
            div("<span class=large>ND</span><br>Total THC"),
            div("<span class=large>13.02%</span><br>Total Cannabinoids"), of="three"),
        div("POTENCY BY HPLC", of="bar"),
        table([[x.analyte, x.value, "1.20"] for x in s.lines("cannabinoids", "value unit")],
              head=("Compound", "% w/w", "mg/mL")),
        font=NARROW,
    )  # fmt: skip


def without_lot(s):
    """A report without a lot: none must be found in it."""
    lines = s.lines("microbes", "value method")
    return page(
        div(say(s("lab_name_printed")), of="large"),
        div("Laboratory Report", of="large"),
        pairs(("Report #", s("report_no")), ("Customer", s("client")),
              ("Received", s.date("date_received", "%B %d, %Y")),
              ("Reported", s.date("date_issued", "%B %d, %Y"))),
        table([[x.analyte, x.method, x.value] for x in lines],
              head=("Test Description", "Method Reference", "Result")),
        "<p>Results relate only to items tested.</p>",
    )  # fmt: skip


def free_letter(s):
    """A letter: facts in running text with tabs, one value a line, no table."""
    lines = s.lines("cosmetic", "value")
    kept = [x for x in lines if x.analyte.startswith(("pH", "Density"))]
    s.results = [x for x in s.results if x.analyte.startswith("Density")]
    return page(
        "<pre>", say(s("lab_name_printed")), "\n\nCERTIFICATE OF ANALYSIS\n\n",
        f"PRODUCT NAME . . . . : {s('product')}\nLOT NUMBER . . . . . : {s('lot')}\n",
        f"DATE OF MANUFACTURE  : {s.date('date_made', '%d-%b-%Y').upper()}\n",
        f"EXPIRATION DATE  . . : {s.date('date_expires', '%d-%b-%Y').upper()}\n\n",
        f"Density at 20 °C . . . {kept[1].value} g/ml\n\n</pre>", font=MONO,
    )  # fmt: skip


def right_aligned(s):
    """Numbers aligned on the right under headings that are centered."""
    lines = s.lines("solvents", "value unit spec")
    html = "".join(
        f"<tr><td>{x.analyte}</td><td class=right>{x.spec}</td><td class=right>{say(x.value)}</td>"
        f"<td class=center>{x.unit}</td><td class=center>{x.verdict}</td></tr>"
        for x in lines
    )
    head = "".join(
        f"<th class=center>{h}</th>" for h in ("Solvent", "Action Level", "Result", "Units", "P/F")
    )
    return page(
        div(say(s("lab_name_printed")), of="large center"),
        div("Certificate of Analysis", of="center"),
        table([["Laboratory ID", "Client Sample Name", "Lot ID", "Date Analyzed", "Date of Report"],
               [s("sample_id"), s("product"), s("lot"), s.date("date_tested"),
                s.date("date_issued")]], of="ruled"),
        "<h4>Residual Solvents</h4><table class=ruled><tr>", head, "</tr>", html, "</table>",
        css="td.right { text-align: right } .center { text-align: center }", font=DEJAVU,
    )  # fmt: skip


def german_maker(s):
    """A maker's certificate: Ch.-B., minimum and maximum apart."""
    rows = [
        [x.analyte, x.method, *x.spec.split(), x.value, x.unit]
        for x in s.lines("industrial", "value unit method")
    ]
    return page(
        div(say(s("lab_name_printed")), of="large"),
        "<h3>Analysenzertifikat</h3>",
        pairs(("Produkt", s("product")), ("Ch.-B.", s("lot")),
              ("Herstelldatum", s.date("date_made")),
              ("Mindestens haltbar bis", s.date("date_expires"))),
        table(rows, head=("Prüfmerkmal", "Prüfmethode", "Min.", "Max.", "Messwert", "Einheit")),
        "<p>Dieses Zertifikat wurde maschinell erstellt und ist ohne Unterschrift gültig.</p>",
        "<p>Datum: ", s.date("date_issued"), "</p>", size="A4",
    )  # fmt: skip


def french_two_columns(s):
    """Two columns of facts, the value after a colon with a blank before it."""
    return page(
        div("Laboratoire d'analyses " , of="small"), div(say(s("lab_name_printed")), of="large"),
        "<h2>BULLETIN D'ANALYSE</h2>",
        div(
            div(running(("Bulletin n°", s("report_no")), ("Lot", s("lot")),
                        ("Produit", s("product")), colon=" : ")),
            div(running(("Reçu le", s.date("date_received")), ("Édité le", s.date("date_issued")),
                        ("DDM", s.date("date_expires", "%m/%Y", months_only=True)), colon=" : ")),
            of="two box",
        ),
        table(columns(s.lines("fr", "value unit spec method"), "analyte", "value", "unit", "spec",
                      "method"),
              head=("Analyses", "Résultats", "Unités", "Spécifications", "Méthodes"), of="ruled"),
        size="A4", font=SERIF,
    )  # fmt: skip


def japanese(s):
    """Japanese labels."""
    s.language = "ja"
    s.give("product", "ローズマリーエキス")
    s.give("lab_name_printed", "鈴蘭化学株式会社")
    day = "%Y年%m月%d日"
    return page(
        div("試験成績書", of="center large"), div("鈴蘭化学株式会社", of="right"),
        pairs(("製品名", s.peek("product")), ("ロット番号", s("lot")),
              ("製造年月日", s.date("date_made", day)), ("発行日", s.date("date_issued", day)),
              ("有効期限", s.date("date_expires", day)), colon="："),
        table(columns(s.lines("extract", "value spec"), "analyte", "spec", "value"),
              head=("試験項目", "規格", "試験結果"), of="ruled"),
        font=CJK, size="A4",
    )  # fmt: skip


def stability(s):
    """Facts in a ruled grid of four columns, empty cells among them; verdict per line."""
    return page(
        div(say(s("lab_name_printed")), " &#183; 88 Lock Street &#183; Melbury &#183; ",
            "www.melbury.example", of="center"),
        div("Test Certificate", of="large"),
        table([
            ["Certificate no.", s("report_no"), "Date issued", s.date("date_issued", "%d.%m.%Y")],
            ["Sample", s("product"), "Brand", ""],
            ["Lot no.", s("lot"), "Expiry", s.date("date_expires", "%d.%m.%Y")],
            ["Customer ref", "PO 7716", "Date of receipt", s.date("date_received", "%d.%m.%Y")],
        ], of="ruled"),
        table(columns(s.lines("cosmetic", "value unit spec method"), "analyte", "unit", "spec",
                      "value", "verdict", "method"),
              head=("Determination", "Unit", "Requirement", "Found", "Complies?", "Method"),
              of="ruled"),
        size="A4", font=SANS,
    )  # fmt: skip


def portal(s):
    """A page printed from a portal: label and value far apart, hairlines, small print twice."""
    return page(
        div(div("Test results portal"), div(say(s("lab_name_printed")), of="right"), of="two"),
        div("Certificate of Analysis", of="large"),
        table([["Product", s("product")], ["Item code", "88213"], ["Lot number", s("lot")],
               ["Order number", "SO-99120"], ["Tested on", s.date("date_tested", "%b %d, %Y")],
               ["Released", s.date("date_issued", "%b %d, %Y")]]),
        table([[x.analyte, x.value, x.spec, x.unit] for x in
               s.lines("metals", "value unit spec")],
              head=("Heavy metals", "Measured", "Maximum", "Unit")),
        table([[x.analyte, x.value, x.spec] for x in s.lines("microbes", "value spec")],
              head=("Microbiology", "Measured", "Maximum")),
        "<p class=small>Copyright 2026 ", say(s.peek("lab_name_printed")), "</p>",
    )  # fmt: skip


LAYOUTS = (
    sections, coded_tests, transposed, totals_above, without_lot, free_letter, right_aligned,
    stability, portal,
)  # fmt: skip
FOREIGN = ((german_maker, "de"), (french_two_columns, "fr"), (japanese, "en"))
