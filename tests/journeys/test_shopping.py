"""A shopper's way from the search to the papers, as people and their browsers really go it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import listen

SERUM = "/p/maren-oak-rosemary-scalp-serum"
SHAMPOO = "/p/maren-oak-birch-water-shampoo"
CONTACT = {
    "E-mail address": "j.okafor@mail.example",
    "Full name": "J. Okafor",
    "Address": "12 Alder Street",
    "City": "Portland",
    "State": "OR",
    "ZIP code": "97201",
}


def fill_in_contact(page):
    for label, text in CONTACT.items():
        page.get_by_label(label, exact=True).fill(text)


def test_search_to_papers(page):
    page.goto("/")
    page.get_by_role("combobox", name="Search").fill("rosemary")
    page.get_by_role("combobox", name="Search").press("Enter")
    page.get_by_role("link", name="Rosemary Scalp Serum").click()
    expect(page.get_by_role("region", name="The lot you will receive")).to_contain_text("MO-")

    page.get_by_role("button", name="Add to cart").click()
    expect(page.get_by_role("link", name="Cart 1 item")).to_be_visible()
    page.get_by_role("link", name="Check out").click()
    fill_in_contact(page)
    page.get_by_role("button", name="Continue to payment").click()
    expect(page.get_by_text("No money moves on this page.")).to_be_visible()

    page.get_by_role("button", name="Pretend to pay").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your order is confirmed.")
    papers = page.get_by_role("article", name="The papers for your Rosemary Scalp Serum")
    expect(papers).to_contain_text("Northmere Analytical")

    papers.get_by_role("link", name="Read the certificate").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Certificate NM-")
    page.get_by_role("link", name="Show box 2 on the page").click()
    expect(page).to_have_url(re.compile("#box-2$"))


def test_card_declined_then_given_up_frees_the_bottle(page):
    page.goto(SERUM)
    page.get_by_role("button", name="Add to cart").click()
    page.goto("/checkout")
    fill_in_contact(page)
    page.get_by_role("button", name="Continue to payment").click()
    page.get_by_role("button", name="Pretend the card is declined").click()
    expect(page.get_by_role("heading", name="The card was declined")).to_be_visible()

    page.get_by_role("button", name="Give up this payment").click()

    expect(page.get_by_text("Nothing was charged")).to_be_visible()
    page.goto("/cart")
    expect(page.get_by_role("link", name="Rosemary Scalp Serum")).to_be_visible()


def test_mistake_in_the_form_takes_the_reader_to_it(page):
    page.goto(SERUM)
    page.get_by_role("button", name="Add to cart").click()
    page.goto("/checkout")
    fill_in_contact(page)
    page.get_by_label("ZIP code").fill("972")
    page.get_by_role("button", name="Continue to payment").click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Enter a ZIP code of 5 or 9 digits").click()
    expect(page.get_by_label("ZIP code")).to_be_focused()
    expect(page.get_by_label("Full name")).to_have_value("J. Okafor")


def test_hairiz_link_is_flagged_and_the_facts_come_before_the_way_out(page):
    page.goto("/p/hairiz-3d-exosome")
    sellers = page.get_by_role("region", name="Where to buy")
    expect(sellers).to_contain_text("Address does not match the brand")
    expect(page.get_by_role("button", name="Add to cart")).to_have_count(0)

    sellers.get_by_role("link", name="Read before going").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check this address before you go")
    expect(page.get_by_role("main")).to_contain_text("HAIRIZ names no seller at")
    way_on = page.get_by_role("link", name="Continue to https://americandiscounttableware.com/")
    expect(way_on).to_have_attribute("rel", "nofollow noopener noreferrer")

    page.get_by_role("link", name="Back to 3D Exosome").click()
    expect(page).to_have_url(re.compile("/p/hairiz-3d-exosome$"))


def test_verified_only_hides_the_other_shops_in_place(page):
    page.goto(SHAMPOO)
    shops = page.get_by_role("region", name="Where to buy")
    expect(shops.get_by_role("listitem")).to_have_count(6)
    only = page.get_by_role("checkbox", name=re.compile("^Verified only"))
    only.check()

    expect(shops.get_by_role("listitem")).to_have_count(3)  # ours among them
    expect(shops).to_contain_text("3 shops are hidden: 1 not confirmed,")
    expect(only).to_be_focused()
    expect(page).to_have_url(re.compile("sellers=verified"))
    shops.get_by_role("link", name="Show all shops").click()
    expect(shops.get_by_role("listitem")).to_have_count(6)


def test_address_in_another_alphabet_is_compared_and_the_real_one_offered(page):
    page.goto(SHAMPOO)
    page.get_by_role("listitem").filter(has_text="Compare the address").get_by_role(
        "link", name="Read before going"
    ).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Did you mean marenoak.example?")
    expect(page.get_by_role("main")).to_contain_text("Cyrillic small letter a")
    way_back = page.get_by_role("link", name="Go to marenoak.example")
    expect(way_back).to_have_attribute("href", "https://marenoak.example/")
    way_on = page.get_by_role("link", name="Continue to https://xn--mrenoak-2fg.example/")
    expect(way_on).to_have_attribute("rel", "nofollow noopener noreferrer")


def test_link_that_led_elsewhere_names_where(page):
    page.goto("/p/pell-glycolic-scalp-rinse-5")
    page.get_by_role("link", name="Read before going").click()

    expect(page.get_by_role("main")).to_contain_text("It led on to")
    expect(page.get_by_role("main")).to_contain_text("bottle-bargains.example")
    expect(page.get_by_role("main")).to_contain_text("pell.example")


def test_pasted_link_is_answered_with_the_keyboard_alone(page):
    page.goto("/check-link")
    tab_to(page, "Link")
    page.keyboard.insert_text("https://maren-oak.example/serum")
    tab_to(page, "Brand")
    page.keyboard.type("maren & oak")
    page.keyboard.press("Enter")

    page.wait_for_url("**/check-link?link=*")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Address looks like a known one, but is not"
    )
    expect(page.get_by_role("main")).to_contain_text("We did not open the link.")
    page.get_by_label("Product of Maren & Oak").select_option("Rosemary Scalp Serum")
    page.get_by_role("button", name="Check link").click()
    expect(page.get_by_role("main")).to_contain_text("Asked about Rosemary Scalp Serum")


def test_very_long_paste_is_told_its_limit(page):
    page.goto("/check-link")
    page.get_by_label("Link", exact=True).focus()
    page.evaluate("document.activeElement.value = ''")
    page.keyboard.insert_text("https://marenoak.example/" + "a" * 1_000_000)
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_contain_text("more than 4,000 characters")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_finding_is_disputed_and_confirmed_with_a_reference(open_context, scripts):
    page = open_context(java_script_enabled=scripts).new_page()
    page.goto(SHAMPOO)
    row = page.get_by_role("listitem").filter(has_text="Barber & Beam")
    row.get_by_role("link", name="Dispute this finding about Barber & Beam").click()
    page.get_by_label("Your e-mail address").fill("owner@barberbeam")
    page.get_by_role("button", name="Send").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Say what is wrong, and what is right instead")
    expect(page.get_by_label("Your e-mail address")).to_have_value("owner@barberbeam")

    page.get_by_label("What is wrong, and what is right instead").fill("We are on the list.")
    page.get_by_label("Your e-mail address").fill("owner@barberbeam.example")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("We have your message")
    expect(page.get_by_role("main")).to_contain_text("Reference")
    expect(page.get_by_role("main")).not_to_contain_text("owner@barberbeam.example")


def test_filter_changes_the_list_in_place_and_keeps_the_focus(page):
    page.goto("/")
    flagged = page.get_by_role("checkbox", name=re.compile("^Flagged"))
    flagged.check()

    expect(page.get_by_role("heading", name=re.compile(r"^\d+ products? found"))).to_be_visible()
    expect(page.get_by_role("link", name="3D Exosome")).to_be_visible()
    expect(page.get_by_role("link", name="Rosemary Scalp Serum")).to_have_count(0)
    expect(flagged).to_be_focused()
    expect(page).to_have_url(re.compile("verification=warn"))

    page.get_by_label("Sort by").select_option("name")
    expect(page).to_have_url(re.compile("sort=name"))
    page.reload()
    expect(page.get_by_label("Sort by")).to_have_value("name")
    page.get_by_role("link", name=re.compile("^Flagged.*remove filter$")).click()
    expect(page.get_by_role("link", name="Rosemary Scalp Serum")).to_be_visible()


def test_suggestions_are_reached_with_the_arrow_keys(page):
    page.goto("/")
    search = page.get_by_role("combobox", name="Search")
    search.press_sequentially("rosem")
    expect(page.get_by_role("option", name=re.compile("Rosemary Scalp Serum"))).to_be_visible()
    search.press("ArrowDown")
    search.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Rosemary Scalp Serum")


def test_lot_on_the_product_page_is_answered_in_place(page):
    page.goto(SERUM)
    box = page.get_by_label("Lot code on your bottle")
    box.fill(box.get_attribute("placeholder").lower())
    box.press("Enter")

    expect(page.get_by_text("This lot has a verified certificate")).to_be_visible()
    expect(page).to_have_url(re.compile(f"{SERUM}$"))


def test_quantity_changes_the_total_in_place(page):
    page.goto(SERUM)
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_label("Quantity of Rosemary Scalp Serum").select_option("3")

    expect(page.get_by_role("region", name="Summary")).to_contain_text("$102.00")
    expect(page.get_by_role("link", name="Cart 3 items")).to_be_visible()
    page.get_by_role("button", name="Remove Rosemary Scalp Serum").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your cart is empty.")


def test_shops_and_links_are_checked_with_scripts_off(open_context):
    page = open_context(java_script_enabled=False).new_page()
    page.goto(SHAMPOO)
    page.get_by_role("checkbox", name=re.compile("^Verified only")).check()
    page.get_by_role("button", name="Show these").click()
    expect(page).to_have_url(re.compile(r"sellers=verified#sellers$"))
    expect(page.get_by_text("3 shops are hidden")).to_be_visible()

    page.get_by_role("link", name="Check a link you were sent").click()
    page.get_by_label("Link", exact=True).fill("greenhythe.example/shop")
    page.get_by_role("button", name="Check link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Named by the brand")


def test_everything_works_with_scripts_off(open_context):
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/")
    page.get_by_role("checkbox", name=re.compile("^Verified for this lot")).check()
    page.get_by_role("button", name="Show products").click()
    page.get_by_role("link", name="Rosemary Scalp Serum").click()
    box = page.get_by_label("Lot code on your bottle")
    box.fill(box.get_attribute("placeholder"))
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("This lot has a verified certificate")

    page.goto(SERUM)
    page.get_by_role("button", name="Add to cart").click()
    page.get_by_label("Quantity of Rosemary Scalp Serum").select_option("2")
    page.get_by_role("button", name="Update").click()
    expect(page.get_by_role("region", name="Summary")).to_contain_text("$68.00")
    page.get_by_role("link", name="Check out").click()
    fill_in_contact(page)
    page.get_by_role("button", name="Continue to payment").click()
    page.get_by_role("button", name="Pretend to pay").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your order is confirmed.")


def test_filters_open_as_a_drawer_on_a_phone(open_context):
    page = open_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    complaints = listen(page)
    page.goto("/")
    expect(page.get_by_role("checkbox", name=re.compile("^Flagged"))).to_be_hidden()

    page.get_by_role("button", name="Filters").tap()
    page.get_by_role("checkbox", name=re.compile("^Flagged")).check()
    page.get_by_role("button", name="Close").tap()

    expect(page.get_by_role("link", name="3D Exosome")).to_be_visible()
    assert complaints == []


@pytest.mark.parametrize("width", [1280, 390])
def test_order_is_placed_with_the_keyboard_alone(open_context, width):
    page = open_context(viewport={"width": width, "height": 900}).new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to content"

    tab_to(page, "Search")
    page.keyboard.type("rosemary scalp serum")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    tab_to(page, "Rosemary Scalp Serum")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{SERUM}")
    tab_to(page, "Add to cart")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cart")
    tab_to(page, "Check out")
    page.keyboard.press("Enter")
    page.wait_for_url("**/checkout")
    for label, text in CONTACT.items():
        tab_to(page, label)
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.wait_for_url("**/pay/*")
    tab_to(page, "Pretend to pay")
    page.keyboard.press("Enter")
    page.wait_for_url("**/orders/*")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your order is confirmed.")


def tab_to(page, name):
    """Press Tab until what has the focus goes by this name, and is outlined."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if focused(page).startswith(name):
            outline = page.evaluate(OUTLINE)
            assert outline, f"{name} has the focus and shows no outline"
            return
    pytest.fail(f"{name} is not reached with Tab")


def focused(page):
    return page.evaluate(NAME).strip()


NAME = """() => {
  const at = document.activeElement;
  return at.labels?.[0]?.innerText || at.labels?.[0]?.textContent
    || at.getAttribute("aria-label") || at.innerText || "";
}"""
OUTLINE = """() => {
  const shown = (styles) => styles.outlineStyle !== "none" && parseFloat(styles.outlineWidth) > 0;
  const at = document.activeElement;
  return shown(getComputedStyle(at)) || shown(getComputedStyle(at, "::after"));
}"""
