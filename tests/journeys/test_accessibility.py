"""axe-core on every page, at two widths, light and dark; and no page wider than a small phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ROOT, STAFF, listen

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return found.violations.map((each) => ({
    rule: each.id,
    nodes: each.nodes.slice(0, 3).map((at) => `${at.html.slice(0, 160)} ${at.failureSummary}`),
  }));
}"""
PUBLIC = (
    "/",
    "/?verification=ok&concern=thinning&sort=price",
    "/?verification=ok&category=oil",
    "/?q=exosom shampoo",
    "/p/maren-oak-rosemary-scalp-serum",
    "/p/ondine-row-squalane-finishing-oil",
    "/p/pell-caffeine-root-tonic",
    "/p/nightjar-clay-reset-mask",
    "/p/halden-sea-driftwood-clay",
    "/p/tolva-leave-in-conditioner",
    "/p/ondine-row-gloss-water",
    "/p/hairiz-3d-exosome",
    "/p/maren-oak-birch-water-shampoo?sellers=verified",
    "/check-link",
    "/check-link?link=&brand=Nobody",
    "/check-link?link=https://m%D0%B0renoak.example/x&brand=Maren+%26+Oak",
    "/check-link?link=https://greenhythe.example/&brand=maren-oak&says=official",
    "/check-link?link=javascript:alert(1)",
    "/check",
    "/check?lot=",
    "/check?lot=MO-26O9-B",
    "/check?lot=MO-2609-B",
    "/check?lot=TV-26-097",
    "/ledger",
    "/ledger/0",
    "/how-we-check",
    "/help",
    "/for-sellers",
    "/api/v1/docs",
    "/no/such/page",
    "/cart",
    "/staff/sign-in",
)
DESK = (
    "/staff",
    "/staff/disputes",
    "/staff/certificates",
    "/staff/sellers",
    "/staff/sellers/offers/new",
    "/staff/sellers/offers/new?product=pell-caffeine-root-tonic",
    "/staff/sellers/unrelated",
    "/staff/retailers/new",
    "/staff/brands",
    "/staff/brands/maren-oak",
    "/staff/brands/maren-oak/sellers/new",
    "/staff/brands/maren-oak/not-authorized/new",
    "/staff/products",
    "/staff/products/maren-oak-rosemary-scalp-serum",
    "/staff/laboratories",
    "/staff/people",
    "/staff/audit",
)
SIZES = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}-{size[1]}")
def window(request, open_context):
    width, scheme = request.param
    context = open_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    return context.new_page()


def violations(page, label):
    """What axe finds on the page as it stands, one line each."""
    page.wait_for_load_state("load")
    page.evaluate(AXE.read_text())
    found = page.evaluate(RUN, TAGS)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    told = [f"{label}: {each['rule']}: {each['nodes']}" for each in found]
    return told + ([f"{label}: wider than the window by {wide}"] if wide > 0 else [])


def look_at(page, paths):
    found = []
    for path in paths:
        page.goto(path)
        found += violations(page, path)
    return found


def test_public_pages_have_no_violation(window):
    complaints = listen(window)
    found = look_at(window, PUBLIC)
    window.goto("/p/hairiz-3d-exosome")
    found += look_at(window, [window.get_by_text("Read before going").get_attribute("href")])
    window.goto("/p/maren-oak-birch-water-shampoo")
    for link in ("Read before going", "Dispute this finding"):
        hrefs = [each.get_attribute("href") for each in window.get_by_text(link).all()]
        assert hrefs, link
        found += look_at(window, hrefs)
        window.goto("/p/maren-oak-birch-water-shampoo")
    window.goto("/p/maren-oak-rosemary-scalp-serum")
    certificate = window.get_by_role("link", name="Read it beside our findings")
    found += look_at(window, [certificate.get_attribute("href")])

    assert found == []
    assert complaints == []


def test_pages_of_an_order_have_no_violation(window):
    found = []
    window.goto("/p/pell-caffeine-root-tonic")
    window.get_by_role("button", name="Add to cart").click()
    found += violations(window, "cart")
    window.goto("/checkout")
    found += violations(window, "checkout")
    window.get_by_role("button", name="Continue to payment").click()
    found += violations(window, "checkout with mistakes")
    for field, text in {
        "email": "j.okafor@mail.example",
        "name": "J. Okafor",
        "line1": "12 Alder Street",
        "city": "Portland",
        "region": "OR",
        "postal_code": "97201",
    }.items():
        window.locator(f"#{field}").fill(text)
    window.get_by_role("button", name="Continue to payment").click()
    found += violations(window, "payment")
    window.get_by_role("button", name="Pretend the card is declined").click()
    found += violations(window, "payment declined")
    window.get_by_role("button", name="Pretend to pay").click()
    window.wait_for_url("**/orders/*")
    found += violations(window, "order")

    assert found == []


def test_pages_of_the_desk_have_no_violation(window):
    _name, email, password = STAFF
    complaints = listen(window)
    window.goto("/staff/sign-in")
    window.get_by_label("E-mail address").fill(email)
    window.get_by_label("Password").fill(password)
    window.get_by_role("button", name="Sign in").click()
    window.wait_for_url("**/staff")

    found = look_at(window, DESK)
    window.goto("/staff/sellers")
    offer = window.locator("table.queue a").first.get_attribute("href")
    retailer = window.locator("a[href^='/staff/retailers/']:not([href$='/new'])").first
    about = [offer, f"{offer}/edit", f"{offer}/unrelated", retailer.get_attribute("href")]
    found += look_at(window, about)

    assert found == []
    assert complaints == []


def test_dispute_is_answered_on_a_desk_without_violation(open_context):
    page = open_context().new_page()
    page.goto("/p/maren-oak-birch-water-shampoo")
    page.get_by_role("link", name="Dispute this finding about Maren & Oak Outlet").click()
    page.get_by_label("What is wrong").fill("We are on the list.\nSince 3 Oct.")
    page.get_by_label("Your e-mail address").fill("owner@outlet.example")
    page.get_by_role("button", name="Send").click()
    found = violations(page, "received")
    _name, email, password = STAFF
    page.goto("/staff/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/staff")
    page.get_by_role("link", name="Disputed").first.click()
    page.wait_for_url("**/staff/disputes/*")
    address = page.url
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        found += violations(page, f"dispute at {width}")
    page.get_by_label("Your answer").fill("The list that we read names another address.")
    page.get_by_role("button", name="Send answer").click()
    expect(page.get_by_text("The letter is on its way.")).to_be_visible()
    found += violations(page, "answered")

    assert found == []


def test_no_public_page_is_wider_than_a_small_phone(open_context):
    page = open_context(viewport={"width": 320, "height": 640}).new_page()
    found = []
    for path in PUBLIC:
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{path}: {wide}"] if wide > 0 else []

    assert found == []


def test_no_page_carries_a_style_or_a_script_of_its_own(page):
    for path in PUBLIC:
        html = page.request.get(path).text()
        assert not re.search(r'<[a-z][^>]*\sstyle="', html), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", html), path
