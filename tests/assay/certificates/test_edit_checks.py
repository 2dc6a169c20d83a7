"""Changed after export: what fails, what a person looks at, what is only said."""

from datetime import UTC, datetime

import pytest

from shop.assay.certificates import checks_edits
from shop.assay.certificates.checks import judge
from shop.assay.certificates.editors import editor_in
from shop.assay.certificates.inside import Change, ChangeKind, History, Inside, Look, Metadata
from shop.assay.vocabulary import Outcome, Place, Severity
from tests.assay.certificates.builders import facts

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BOX = (100, 200, 300, 220)
DOUBT = (Severity.NOTICE, Outcome.INDETERMINATE)
FAILED = (Severity.WARNING, Outcome.FAILED)
NOTE = (Severity.INFO, Outcome.NOT_APPLICABLE)


def answers(**inside):
    return list(checks_edits.answers(facts(inside=Inside(**inside))))


def said(findings):
    return [
        (finding.rule.code.removeprefix("certificate."), finding.variant) for finding in findings
    ]


@pytest.mark.parametrize(
    ("kind", "before", "after", "variant", "weight"),
    [
        (ChangeKind.CONTENT, "0.08", "0.01", "words", FAILED),
        (ChangeKind.CONTENT, "", "0.01", "came", FAILED),
        (ChangeKind.CONTENT, "0.08", "", "gone", FAILED),
        (ChangeKind.CONTENT, "", "", "default", FAILED),
        (ChangeKind.CONTENT, "0.08", "0.08", "default", FAILED),  # moved, or another picture
        (ChangeKind.COVER, "0.08", "0.01", "cover", FAILED),
        (ChangeKind.COVER, "0.08", "", "default", FAILED),
        (ChangeKind.NOTE, "", "Received", "note", DOUBT),
        (ChangeKind.NOTE, "", "", "note_bare", DOUBT),
        (ChangeKind.ADDED, "", "Appendix", "added", FAILED),
        (ChangeKind.REMOVED, "Appendix", "", "removed", FAILED),
        (ChangeKind.MOVED, "3", "1", "moved", FAILED),
    ],
)
def test_change_is_said_with_then_and_now(kind, before, after, variant, weight):
    change = Change(1, BOX, before, after, 1, kind)
    (finding,) = answers(history=History(1, changes=(change,)))

    assert said([finding]) == [("edit_visible", variant)]
    assert (finding.severity, finding.outcome) == weight
    assert finding.place == (None if kind is ChangeKind.REMOVED else Place(1, BOX))
    assert finding.sentence.endswith(".")


def test_sentence_states_both_values():
    change = Change(2, BOX, "0.08 mg/kg", "0.01 mg/kg", 1)
    (finding,) = answers(history=History(1, changes=(change,)))
    assert finding.sentence == (
        "An earlier revision in the file shows “0.08 mg/kg” where page 2 now shows “0.01 mg/kg”."
    )


def test_many_changes_are_summed_up_and_certain_ones_come_first():
    note = Change(1, BOX, "", "seen", 1, ChangeKind.NOTE)
    edits = tuple(Change(1, BOX, str(n), str(n + 1), 1) for n in range(15))
    found = answers(history=History(1, changes=(note, *edits)))

    assert len(found) == 13
    assert said(found)[-1] == ("edit_visible", "more")
    assert found[-1].details["count"] == "4"
    assert all(finding.outcome is Outcome.FAILED for finding in found)


def test_long_words_are_cut():
    change = Change(1, BOX, "x" * 300, "y", 1)
    (finding,) = answers(history=History(1, changes=(change,)))
    assert len(finding.details["before"]) == 161


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ({}, []),
        ({"history": History(revisions=3)}, []),  # signed, or made ready for it
        ({"history": History(1, is_appended=True)}, [("edit_incremental", "default")]),
        ({"unfinished": (Look.HISTORY,)}, [("look_unfinished", "history")]),
        ({"unfinished": (Look.METADATA,)}, [("look_unfinished", "metadata")]),
        ({"unfinished": (Look.TEXT,)}, [("look_unfinished", "text")]),
    ],
)
def test_what_a_person_looks_at(inside, found):
    findings = answers(**inside)
    assert said(findings) == found
    assert all((finding.severity, finding.outcome) == DOUBT for finding in findings)


@pytest.mark.parametrize(
    "text",
    [
        "iLovePDF",
        "www.ilovepdf.com",
        "SAMBox 3.0 (Sejda)",
        "Smallpdf Desktop",
        "PDFescape Online - https://www.pdfescape.com",
        "Foxit PhantomPDF Printer Version 10.1".replace("Printer ", ""),
        "Foxit PDF Editor Pro",
        "Nitro Pro 13 (13.70)",
        "PDF-XChange Editor 9.5",
        "Adobe Acrobat Pro DC 21.1",
        "Acrobat TouchUp",
        "Adobe Photoshop 25.0 (Windows)",
        "Adobe Illustrator 28.1",
        "Inkscape 1.3.2",
        "GIMP 2.10",
        "Canva",
        "LibreOffice 7.4 Draw",
        "Draw",
        "Wondershare PDFelement",
        "Master PDF Editor 5",
    ],
)
def test_editor_is_named(text):
    assert editor_in(["Crystal Reports", text]) == text
    (finding,) = answers(metadata=Metadata(producer=text))
    assert said([finding]) == [("producer_editor", "default")]
    assert text in finding.sentence


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Microsoft® Word for Microsoft 365",
        "Microsoft: Print To PDF",
        "Microsoft Excel 2019",
        "LibreOffice 7.4",
        "Writer",
        "Calc",
        "Crystal Reports",
        "Powered By Crystal",
        "LabWare LIMS 8",
        "iText® 7.2.5 ©2000-2023 iText Group NV (AGPL-version)",
        "Skia/PDF m126",
        "Chromium",
        "GPL Ghostscript 10.02.1",
        "wkhtmltopdf 0.12.6",
        "Qt 5.15",
        "macOS Version 14.1 Quartz PDFContext",
        "Acrobat Distiller 23.0 (Windows)",
        "Acrobat PDFMaker 23 for Word",
        "Adobe PDF Library 23.1",
        "Adobe Acrobat Pro DC 21 Paper Capture Plug-in",
        "Adobe Acrobat Pro DC (32-bit) Image Conversion Plug-in",
        "Foxit Reader PDF Printer Version 11",
        "PDF-XChange Standard Printer",
        "ReportLab PDF Library - www.reportlab.com",
        "Canon iR-ADV C5535 PDF",
        "JasperReports Library 6.20",
        "PDFsharp 1.50",
        "Telerik Reporting 16",
        "pdf-lib",
        "pikepdf 10.17",
        "pypdf",
        "Drawboard",  # an honest name that only begins like one
    ],
)
def test_export_is_honest(text):
    assert editor_in([text]) == ""


@pytest.mark.parametrize(
    ("metadata", "found"),
    [
        (Metadata(created="2026-10-03"), []),
        (Metadata(created="2026-10-04"), []),  # a day of time zones
        (Metadata(created="2026-10-05"), [("meta_dates", "default")]),
        (Metadata(xmp_created="2026-10-20"), [("meta_dates", "default")]),
        # The record that was not put back says so.
        (
            Metadata(created="2026-10-20", xmp_created="2026-10-03"),
            [("meta_dates", "records")],
        ),
        (Metadata(created="2026-10-03", xmp_created="2026-10-04"), []),
        (Metadata(created="2026-10-03", modified="2026-10-03"), []),
        (Metadata(created="2026-10-03", modified="2026-11-03"), [("meta_dates", "modified")]),
        (Metadata(created="2026-10-03", xmp_modified="2026-11-03"), [("meta_dates", "modified")]),
        (Metadata(created="nonsense"), []),
        (Metadata(modified="2026-11-03"), []),
    ],
)
def test_dates_of_making(metadata, found):
    assert said(answers(metadata=metadata)) == found


def test_change_after_making_is_only_information():
    (finding,) = answers(metadata=Metadata(created="2026-10-03", modified="2026-11-03"))
    assert (finding.severity, finding.outcome) == NOTE
    assert finding.sentence == "The file says it was made on 3 Oct 2026 and changed on 3 Nov 2026."


def test_making_after_a_month_as_date_of_issue_counts_from_its_last_day():
    metadata = Metadata(created="2026-10-20")
    whole = facts({"date_issued": "2026-10"}, inside=Inside(metadata=metadata))
    assert list(checks_edits.answers(whole)) == []
    without = facts({"date_issued": None}, inside=Inside(metadata=metadata))
    assert list(checks_edits.answers(without)) == []


def test_visible_edit_fails_the_report():
    change = Change(1, BOX, "0.08", "0.01", 1)
    whole = facts(inside=Inside(history=History(1, is_appended=True, changes=(change,))))
    codes = [finding.rule.code for finding in judge(whole, at=NOW)]
    assert "certificate.edit_visible" in codes
    assert "certificate.edit_incremental" in codes
