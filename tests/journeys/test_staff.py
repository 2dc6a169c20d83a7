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
LINK = "https://pell-outlet-deals.example/tonic"


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
    page.get_by_role("link", name="Review pell-p-311.pdf").click()
    wait_for_the_reader(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Certificate NM-77-31101")
    expect(page.get_by_role("row", name=re.compile("Lot P-311"))).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(f"The lot on the report, {LOT}, is the lot")
    preview = page.locator("svg image").first.get_attribute("href")
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
    decision = page.get_by_role("region", name="Decision")
    expect(decision).to_contain_text("It names lot P-733, which we do not ship.")
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
    page.get_by_label("Link", exact=True).fill("pell-outlet-deals.example/tonic")
    page.get_by_label("Retailer").select_option("Outlet Deals")
    page.get_by_label("What the link says of itself").select_option("It is an authorized seller")
    page.get_by_role("button", name="Save link").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the whole address")

    page.get_by_label("Link", exact=True).fill(LINK)
    page.get_by_role("button", name="Check this link").click()
    findings = page.get_by_role("region", name="What the checks say")
    expect(findings).to_contain_text("Not saved yet.")
    expect(findings).to_contain_text("pell-outlet-deals.example")
    page.get_by_role("button", name="Save link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("pell-outlet-deals.example")
    expect(page.get_by_text("The link is on record and checked.")).to_be_visible()

    page.goto("/staff")
    page.get_by_role("link", name="pell-outlet-deals.example").click()
    decide(page, "Does not match", "Pell told us on the phone that it does not know this shop.")
    expect(page.get_by_text("Shoppers see it now.")).to_be_visible()
    page.goto("/staff")
    expect(page.get_by_role("link", name="pell-outlet-deals.example")).to_have_count(0)
    page.goto("/staff/audit")
    audit = page.get_by_role("main")
    expect(audit).to_contain_text("R. Adeyemi rejected pell-outlet-deals.example")


def add_a_link(page, search, product):
    page.goto("/staff/sellers")
    page.get_by_role("link", name="Add a link").click()
    page.get_by_role("searchbox").fill(search)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=product).click()


def test_link_is_judged_while_it_is_typed_and_nothing_is_saved(page):
    """From the keyboard: the answer follows the typing, is said, and takes no focus away."""
    sign_in(page)
    add_a_link(page, "caffeine root tonic", "Caffeine Root Tonic")
    asked = []
    page.on("request", lambda sent: asked.append(sent) if "/check" in sent.url else None)
    field, said = page.get_by_label("Link", exact=True), page.locator("#found-said")
    findings = page.get_by_role("region", name="What the checks say")

    field.focus()
    page.keyboard.type("https://pel1.example/tonic", delay=15)
    expect(said).to_have_text("Address looks like a known one, but is not. 2 findings.")
    expect(findings).to_contain_text("pel1.example uses characters that look like those in")
    expect(findings).to_contain_text("State: suspicious. Not saved yet.")
    expect(field).to_be_focused()
    assert len(asked) < len("https://pel1.example/tonic")  # not one for each letter
    assert {(sent.method, sent.url.partition("?")[2]) for sent in asked} == {
        ("POST", "product=pell-caffeine-root-tonic")  # no link in an address, or in a log
    }

    field.fill("https://pell.example/tonic")
    expect(said).to_contain_text("1 finding.")
    expect(findings).not_to_contain_text("pel1")
    page.get_by_label("What the link says of itself").select_option("It is an authorized seller")
    field.fill("https://tonic-shop.example/")
    expect(said).to_contain_text("Address does not match the brand.")
    field.fill("")
    expect(findings).to_contain_text("The findings stand here before anything is saved.")

    page.route("**/staff/sellers/offers/check*", lambda route: route.abort())
    field.fill("https://pel1.example/")
    expect(said).to_contain_text("This could not be checked as you type.")
    expect(findings).not_to_contain_text("pel1")
    page.goto("/staff/sellers")
    expect(page.get_by_role("main")).not_to_contain_text("pel1.example")


def test_likeness_is_marked_as_chance_and_the_mark_taken_back(page):
    sign_in(page)
    add_a_link(page, "rosemary scalp serum", "Rosemary Scalp Serum")
    page.get_by_label("Link", exact=True).fill("https://marenoka.example/serum")
    page.get_by_role("button", name="Save link").click()
    expect(page.get_by_text("name.typo").first).to_be_visible()

    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Where we saw it").fill("A search result of 22 Nov 2026")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("A search result of 22 Nov 2026")).to_be_visible()

    page.get_by_role("link", name="These names belong to two companies").click()
    page.get_by_label("The two names").select_option("marenoka and marenoak")
    page.get_by_role("button", name="Mark as unrelated").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("The two names").select_option("marenoka and marenoak")
    page.get_by_label("How we know").fill("Marenoka is a maker of boats; its imprint says so.")
    page.get_by_role("button", name="Mark as unrelated").click()
    expect(page.get_by_text("The mark is on record.")).to_be_visible()
    findings = page.get_by_role("main").locator(".findings").first
    expect(findings).not_to_contain_text("name.typo")

    page.goto("/staff/sellers/unrelated")
    page.get_by_role("link", name="marenoak and marenoka").click()
    page.get_by_label("Why it no longer holds").fill("The imprint was invented.")
    page.get_by_role("button", name="Lift the mark").click()
    expect(page.get_by_text("The imprint was invented.")).to_be_visible()
    page.goto("/staff/audit")
    audit = page.get_by_role("main")
    expect(audit).to_contain_text("R. Adeyemi marked as unrelated marenoak and marenoka")
    expect(audit).to_contain_text("R. Adeyemi took back the mark on marenoak and marenoka")


def test_link_is_checked_and_edited_with_scripts_off(open_context):
    page = open_context(java_script_enabled=False).new_page()
    sign_in(page)
    add_a_link(page, "clay reset mask", "Clay Reset Mask")
    page.get_by_label("Link", exact=True).fill("https://nightjar-mask.example/")
    page.get_by_role("button", name="Check this link").click()
    findings = page.get_by_role("region", name="What the checks say")
    expect(findings).to_contain_text("Not saved yet.")
    page.get_by_role("button", name="Save link").click()
    page.get_by_role("link", name="Edit").click()
    expect(findings).to_contain_text("nightjar-mask.example")
    page.get_by_label("Link", exact=True).fill("https://clay-mask.example/")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("clay-mask.example")
    page.get_by_role("button", name="Look again").click()
    expect(page.get_by_text("A worker follows the link.")).to_be_visible()


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
