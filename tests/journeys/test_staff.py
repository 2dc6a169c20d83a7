"""The desk as people use it: from a laboratory's PDF, and from a seller's link, to the shopper."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from shop.plumbing import clock
from tests.certificates import documents
from tests.journeys.conftest import STAFF

TONIC = "/p/pell-caffeine-root-tonic"  # the lot on sale has no report; an earlier one has
LOT = "P-311"
LINK = "https://pell-outlet-deals.com/tonic"


def report(number, lot):
    """A report of a laboratory on record, about the tonic, from the last few weeks."""
    received, tested, issued = (
        f"{day.day} {day:%B %Y}"
        for day in (clock.today() - timedelta(days=days) for days in (12, 6, 3))
    )
    head = (
        ("Report number", number, "Date of issue", issued),
        ("Client", "Pell", "Date received", received),
        ("Product", "Caffeine Root Tonic", "Date tested", tested),
        ("Lot number", lot, "", ""),
    )
    return documents.certificate(head)


@pytest.fixture
def files(tmp_path):
    """The report of the lot on sale, and one that names another lot."""
    good, other = tmp_path / "pell-p-311.pdf", tmp_path / "pell-other.pdf"
    good.write_bytes(report("NM-77-31101", LOT))
    other.write_bytes(report("NM-77-31102", "P-733"))
    return good, other


def sign_in(page):
    _, email, password = STAFF
    page.goto("/staff/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def wait_for_the_reader(page):
    """The page looks again by itself until the document was read and checked."""
    expect(page.get_by_role("heading", name="Decision")).to_be_visible(timeout=60_000)


def decide(page, decision, note):
    page.get_by_role("radio", name=re.compile(f"^{decision}")).check()
    page.get_by_label("Note for the record").fill(note)
    page.get_by_role("button", name="Record decision").click()


def test_two_reports_are_uploaded_read_and_settled_and_the_shopper_sees_it(page, files):
    page.goto(TONIC)
    expect(page.get_by_role("main")).to_contain_text("Certificate is for an earlier lot")

    sign_in(page)
    page.get_by_role("link", name="Certificates", exact=True).click()
    page.get_by_label("Lot code").fill(LOT)
    page.get_by_label("Certificate files").set_input_files(files)
    page.get_by_role("button", name="Upload files").click()
    expect(page.get_by_role("status").filter(has_text="2 received")).to_be_visible()
    page.get_by_role("link", name="Review pell-p-311.pdf").click()
    wait_for_the_reader(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Certificate NM-77-31101")
    expect(page.get_by_role("row", name=re.compile("Lot P-311"))).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(f"The lot on the report, {LOT}, is the lot")
    preview = page.locator("svg image").get_attribute("href")
    assert page.request.get(preview).headers["content-type"] == "image/webp"
    page.get_by_role("link", name="Show box 2 on the page").click()
    expect(page).to_have_url(re.compile("#box-2$"))

    page.get_by_role("button", name="Record decision").click()
    expect(page.get_by_role("alert")).to_be_focused()
    decide(page, "Verified", "Compared with the page; lot, dates and results agree.")
    expect(page.get_by_text("Shoppers see it now.")).to_be_visible()

    page.goto(TONIC)
    expect(page.get_by_role("main")).to_contain_text("Certificate verified for this lot")

    page.goto("/staff")
    page.get_by_role("link", name="Certificate NM-77-31102").click()
    wait_for_the_reader(page)
    expect(page.get_by_role("main")).to_contain_text("Report: P-733. Pack: P-311.")
    decide(page, "Reject", "It names lot P-733, which we do not ship.")
    expect(page.get_by_text("It names lot P-733, which we do not ship.")).to_be_visible()
    page.goto(TONIC)
    expect(page.get_by_role("main")).to_contain_text("Certificate verified for this lot")


def test_retailer_and_link_are_added_checked_and_settled_in_the_queue(page):
    sign_in(page)
    page.get_by_role("link", name="Sellers", exact=True).click()
    page.get_by_role("link", name="Add a retailer").click()
    page.get_by_label("Name").fill("Outlet Deals")
    page.get_by_label("Web addresses").fill("outlet-deals.example")
    page.get_by_role("button", name="Add retailer").click()
    expect(page.get_by_text("Outlet Deals is on record.")).to_be_visible()

    page.get_by_role("link", name="Add a link").click()
    page.get_by_role("searchbox").fill("caffeine root tonic")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Caffeine Root Tonic").click()
    page.get_by_label("Link", exact=True).fill("pell-outlet-deals.com/tonic")
    page.get_by_label("Retailer").select_option("Outlet Deals")
    page.get_by_label("What the link says of itself").select_option("It is an authorized seller")
    page.get_by_role("button", name="Save link").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the whole address")

    page.get_by_label("Link", exact=True).fill(LINK)
    page.get_by_role("button", name="Check this link").click()
    findings = page.get_by_role("region", name="What the checks say")
    expect(findings).to_contain_text("Not saved yet.")
    expect(findings).to_contain_text("pell-outlet-deals.com")
    page.get_by_role("button", name="Save link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("pell-outlet-deals.com")
    expect(page.get_by_text("The link is on record and checked.")).to_be_visible()

    page.goto("/staff")
    page.get_by_role("link", name="pell-outlet-deals.com").click()
    decide(page, "Does not match", "Pell told us on the phone that it does not know this shop.")
    expect(page.get_by_text("Shoppers see it now.")).to_be_visible()
    page.goto("/staff")
    expect(page.get_by_role("link", name="pell-outlet-deals.com")).to_have_count(0)
    page.goto("/staff/audit")
    audit = page.get_by_role("main")
    expect(audit).to_contain_text("R. Adeyemi rejected pell-outlet-deals.com")


def test_desk_works_with_scripts_off(open_context, tmp_path):
    page = open_context(java_script_enabled=False).new_page()
    sign_in(page)
    good, bad = tmp_path / "again.pdf", tmp_path / "letter.docx"
    good.write_bytes(report("NM-77-31103", LOT))
    bad.write_bytes(b"PK no report")
    page.goto("/staff/certificates")
    page.get_by_label("Certificate files").set_input_files([good, bad])
    page.get_by_role("button", name="Upload files").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "letter.docx: The selected file must be a PDF"
    )
    page.get_by_role("link", name="Review again.pdf").first.click()
    wait_for_the_reader(page)

    decide(page, "Cannot tell", "A second report for a lot that has one; asked the brand.")
    expect(page.get_by_text("Decision recorded.")).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to the desk")
