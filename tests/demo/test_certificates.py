import io
from collections import Counter
from datetime import date, timedelta
from urllib.parse import urlsplit

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from shop.demo import reports
from shop.demo.certificates import DemoFile, certificate
from shop.demo.layouts.printing import LAYOUTS
from shop.demo.reports import Story

ANCHOR = date(2026, 11, 22)
TESTED = reports.tested_lots()
MADE: dict[str, DemoFile] = {}


def make(place: int) -> DemoFile:
    """Each file once for all tests."""
    brand, product, lot = TESTED[place]
    return MADE.setdefault(lot.report_pattern, certificate(brand, product, lot, ANCHOR))


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    text = document[0].get_textpage().get_text_range()
    document.close()
    return text


@pytest.mark.parametrize(
    "place", range(len(TESTED)), ids=lambda place: TESTED[place][2].code_pattern
)
def test_file_opens_and_names_its_lot_product_and_report(place):
    brand, product, lot = TESTED[place]
    made = make(place)
    with pikepdf.open(io.BytesIO(made.content), attempt_recovery=False) as pdf:
        assert len(pdf.pages) == 1
    text = text_of(made.content)
    if made.report.story is Story.SCANNED:
        assert text == ""  # a picture
        return
    for words in (made.report.lot, made.report.number, product.name, brand.name):
        assert words in text
    is_named = lot.code(ANCHOR) in text
    assert is_named == (made.report.story is not Story.OTHER_LOT)


@pytest.mark.parametrize("place", range(0, len(TESTED), 7))
def test_same_day_makes_the_same_bytes_and_another_day_others(place):
    brand, product, lot = TESTED[place]
    assert certificate(brand, product, lot, ANCHOR) == make(place)
    later = certificate(brand, product, lot, ANCHOR + timedelta(days=40))
    assert later.content != make(place).content


@pytest.mark.parametrize("place", range(len(TESTED)))
def test_dates_follow_each_other_and_the_past(place):
    report = make(place).report
    days = (
        report.made,
        report.received,
        report.tested_from,
        report.tested_to,
        report.issued,
        ANCHOR,
    )
    assert list(days) == sorted(days)


@pytest.mark.parametrize("place", range(len(TESTED)))
def test_code_on_the_page_leads_to_a_host_of_the_laboratory(place):
    made = make(place)
    document = pypdfium2.PdfDocument(made.content)
    picture = document[0].render(scale=2).to_pil()
    document.close()
    (code,) = zxingcpp.read_barcodes(picture)
    host = urlsplit(code.text).hostname
    assert host in made.report.laboratory.verify_hosts
    assert host.endswith(".example")


def test_every_layout_and_every_story_is_told():
    made = [make(place).report for place in range(len(TESTED))]
    assert {report.layout for report in made} == set(LAYOUTS)
    stories = Counter(report.story for report in made)
    assert set(stories) == set(Story)
    assert stories[Story.GOOD] > 40


def test_altered_file_still_holds_what_it_said_before():
    (made,) = (file for file in map(make, range(len(TESTED))) if is_altered(file))
    ends = [
        place for place in range(len(made.content)) if made.content[place:].startswith(b"%%EOF")
    ]
    before = made.content[: ends[0] + 5]
    assert len(ends) == 2
    assert "2400 CFU/g" in text_of(before)
    assert "Does not meet the specification" in text_of(before)
    assert text_of(made.content).count("< 10 CFU/g") > text_of(before).count("< 10 CFU/g")


def test_altered_file_is_sound_to_a_strict_reader():
    (made,) = (file for file in map(make, range(len(TESTED))) if is_altered(file))
    with pikepdf.open(io.BytesIO(made.content), attempt_recovery=False) as pdf:
        assert not pdf.check_pdf_syntax()


def is_altered(file: DemoFile) -> bool:
    return file.report.story is Story.ALTERED
