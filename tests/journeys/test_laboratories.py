"""A laboratory's record at the desk, as somebody without scripts looks after it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import STAFF

NAME = "Quarrybank Assay House"


@pytest.fixture
def page(open_context):
    return open_context(
        java_script_enabled=False, viewport={"width": 390, "height": 800}
    ).new_page()


def sign_in(page):
    _, email, password = STAFF
    page.goto("/staff/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_record_is_begun_filled_taken_off_and_put_back(page):
    sign_in(page)
    page.goto("/staff/laboratories")
    page.get_by_label("Legal name").fill(NAME)
    page.get_by_label("Web addresses").fill("co.uk")
    page.get_by_role("button", name="Add laboratory").click()
    expect(page.get_by_role("alert")).to_contain_text("co.uk is not a web address of one holder")
    page.get_by_label("Web addresses").fill("https://quarrybank.example/")
    page.get_by_role("button", name="Add laboratory").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(page.get_by_role("main")).to_contain_text("quarrybank.example")

    page.get_by_text("Add a look-up page").click()
    page.get_by_role("textbox", name="Look-up page").fill("results.quarrybank-lims.example")
    page.get_by_role("button", name="Add look-up page").click()
    expect(page.get_by_role("row", name=re.compile(r"^results\."))).to_contain_text("Approved")
    page.get_by_role("button", name="Take back results.quarrybank-lims.example").click()
    expect(page.get_by_role("main")).to_contain_text("Refused results.quarrybank-lims.example")

    page.get_by_role("link", name="Add an accreditation").click()
    page.get_by_label("Accreditation body").fill("UKAS")
    page.get_by_label("Number", exact=True).fill("9917")
    page.get_by_label("Methods in its scope").fill("ISO 21149\nISO 21392")
    page.get_by_label("Where you saw it").fill("https://ukas.example/9917")
    page.get_by_role("button", name="Add accreditation").click()
    expect(page.get_by_role("link", name="UKAS 9917")).to_be_visible()
    page.get_by_role("button", name="Seen again today").click()
    expect(page.get_by_role("main")).to_contain_text("Saw the accreditation UKAS 9917 again")

    page.get_by_role("link", name="Take off record").click()
    page.get_by_label("Why it is taken off record").fill("Entered for a journey.")
    page.get_by_role("button", name="Take off record").click()
    expect(page.get_by_role("main")).to_contain_text("Off record since")
    page.get_by_role("button", name="Put it back on record").click()
    expect(page.get_by_role("main")).to_contain_text("Put it back on record")
    page.get_by_role("link", name="Take off record").click()
    page.get_by_label("Why it is taken off record").fill("Entered for a journey.")
    page.get_by_role("button", name="Take off record").click()
