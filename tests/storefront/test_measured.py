import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from shop.assay.certificates.inside import Change, History, Inside
from shop.certificates import accreditations, laboratories
from shop.plumbing.db import transaction
from tests.assay.certificates.builders import RESULT
from tests.storefront.scenes import AT, make_preview, make_serum

PAGE = "/p/maren-oak-rosemary-scalp-serum"
LEAD = replace(RESULT, group="Metals", analyte="Lead (Pb)", method="ISO 21392", unit="")
RESULTS = (
    replace(LEAD, spec="<= 2.0 mg/kg", value="0.5 mg/kg"),
    replace(LEAD, analyte="Arsenic (As)", spec="<= 0.5 mg/kg", value="< 0.02 mg/kg"),
    replace(LEAD, analyte="Cadmium (Cd)", spec="<= 0.1 mg/kg", value="0.4 mg/kg"),
    replace(
        LEAD,
        group="Identity",
        analyte="Odor",
        method="In-house 7",
        spec="Conforms",
        value="Conforms",
    ),
)


def accredit(*scope):
    with transaction():
        laboratory = laboratories.add_laboratory("Northmere Analytical")
        accreditations.add_accreditation(
            laboratory,
            body="UKAS",
            number="4177",
            scope=scope,
            valid_from=date(2026, 1, 1),
            valid_to=date(2027, 1, 1),
            evidence="https://ukas.example/4177",
            checked_at=AT,
            checked_by="staff23456789abc",
        )


def lines_of(html):
    """Verdict, words and drawing of every line of a chart."""
    line = r'<svg class="scale"\s+data-verdict="(\w+)".*?aria-label="([^"]*)"(.*?)</svg>'
    return re.findall(line, html, re.DOTALL)


def placed(drawing, name):
    """Where a shape begins, and its width."""
    found = re.search(rf'class="{name}"\s+x="(\d+)"\s+y="\d+"\s+width="(\d+)"', drawing)
    return int(found[1]), int(found[2])


@pytest.fixture
def address(visitor, tmp_path):
    """Both pages that tell the results, by name."""
    accredit("ISO 21392")
    certificate = make_serum(tmp_path, results=RESULTS)
    return {"product": PAGE, "certificate": f"/certificates/{certificate.public_id}"}


@pytest.mark.parametrize("where", ["product", "certificate"])
def test_each_group_is_drawn_and_summed_up(visitor, address, where):
    page = visitor.open(address[where])

    assert "2 of 3 within limits" in page.text
    assert "1 result." in page.text
    verdicts, told, _ = zip(*lines_of(page.html), strict=True)
    assert verdicts == ("pass", "pass", "fail")
    assert unescape(told[2]) == "Cadmium (Cd): 0.4 mg/kg, limit <= 0.1 mg/kg: outside the limit"


def test_mark_stands_where_the_value_does_between_nothing_and_the_limit(visitor, address):
    page = visitor.open(address["product"])

    drawn = lines_of(page.html)[0][2]
    band, mark = placed(drawn, "scale-band"), placed(drawn, "scale-mark")
    middle = mark[0] + mark[1] / 2
    assert band[0] == 0
    assert middle / band[1] == pytest.approx(0.25, abs=0.02)  # 0.5 of 2.0


@pytest.mark.parametrize("where", ["product", "certificate"])
def test_accreditation_says_for_which_tests_and_when_it_was_seen(visitor, address, where):
    text = visitor.open(address[where]).text

    assert "UKAS 4177, for 3 of 4 tests" in text
    assert "We looked it up at the accreditation body on 22 Nov 2026." in text
    assert "Outside it: Odor." in text


def test_laboratory_without_accreditation_is_told_as_none(visitor, tmp_path):
    make_serum(tmp_path, results=RESULTS)

    assert "for 0 of" not in visitor.open(PAGE).text


def test_product_page_says_how_much_is_known_and_what_that_does_not_prove(visitor, tmp_path):
    make_serum(tmp_path)

    text = visitor.open(PAGE).text
    assert "We hold the document, and nothing beside it." in text
    assert "It never shows that a product works." in text


def test_certificate_tells_what_became_of_it(visitor, tmp_path):
    certificate = make_serum(tmp_path)

    text = visitor.open(f"/certificates/{certificate.public_id}").text
    told = text.partition("What became of it")[2]
    assert "Verified, with 1 note" in told
    assert "Reason given: “Compared with the label.”" in told
    assert "Received" in told


def test_file_that_was_changed_shows_before_and_now(visitor, tmp_path):
    change = Change(1, (100, 200, 300, 220), "0.4 mg/kg", "0.04 mg/kg", 1)
    inside = Inside(history=History(revisions=1, is_appended=True, changes=(change,)))
    certificate = make_serum(
        tmp_path, inside=inside, previews=(make_preview(), make_preview(revision=1))
    )

    page = visitor.open(f"/certificates/{certificate.public_id}")

    assert "Changed after it was exported" in page.text
    assert "0.4 mg/kg" in page.text
    before = f"/certificates/{certificate.public_id}/pages/1.webp?revision=1"
    assert before in page.html
    with visitor.client.get(before) as picture:
        assert picture.mimetype == "image/webp"
    assert visitor.client.get(before.replace("revision=1", "revision=2")).status_code == 404
