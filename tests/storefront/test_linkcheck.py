from datetime import timedelta

import pytest
import time_machine

from shop.assay.sellers.facts import ProofMethod, Source
from shop.catalog import service as catalog
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.sellers import looking, protecting
from shop.sellers import service as sellers
from shop.sellers.looking import Asked
from shop.web import link_words
from shop.web.security import limiter
from tests.catalog.factories import make_product as make_another
from tests.sellers import factories
from tests.storefront.visitor import Page

# What people paste that opens no shop, and what they are told.
NONSENSE = {
    "javascript:alert(document.cookie)": "It would run a script",
    "data:text/html,<script>alert(1)</script>": "It would run a script",
    "mailto:shop@marenoak.com": "It opens something other than a website",
    "ftp://marenoak.com/": "It opens something other than a website",
    "asdf": "It names no website",
    "<script>alert(1)</script>": "It names no website",
    "what is this": "It names no website",
    "https://": "No browser can open it",
    "http://[::1": "No browser can open it",
}


@pytest.fixture
def brand(app):
    """Maren & Oak with marenoak.com proven, and one listed shop."""
    with transaction():
        product = factories.make_product()
        own = sellers.add_domain("marenoak.com", owner=product.brand)
        sellers.record_proof(own, method=ProofMethod.DNS)
        factories.make_listed_shop(product.brand)
    return catalog.product(product.public_id).brand


@pytest.fixture
def ask(client, brand):
    def open_page(link, **more):
        return Page(client.get("/check-link", query_string={"link": link, **more}))

    return open_page


@pytest.mark.parametrize(
    ("link", "title"),
    [
        ("https://www.marenoak.com/serum", "Brand’s own shop"),
        ("https://brushandbay.com/x", "Named by the brand"),
        ("https://unlisted-shop.com/", "Not confirmed"),
        ("https://maren-oak.com/", "Address looks like a known one, but is not"),
        ("https://marenoak.com@evil.net/", "Link shows one site and opens another"),
        ("http://3232235777/", "No named site behind the link"),
    ],
)
def test_link_is_judged_for_the_brand_as_an_offer_would_be(ask, link, title):
    page = ask(link, brand="Maren & Oak")

    assert page.status == 200
    assert f"<h1>{title}</h1>" in page.html
    assert "What we did not do" in page.text
    assert "What would change this answer" in page.text
    assert "https://marenoak.com/" in page.links  # the official alternative


@pytest.mark.parametrize(
    ("link", "says", "word"),
    [
        ("https://brushandbay.com/x", "", "Verified."),
        ("https://unlisted-shop.com/", "official", "Does not match."),
        ("https://maren-oak.com/", "", "Compare the address."),
    ],
)
def test_answer_bears_the_word_of_its_state(ask, link, says, word):
    assert f"<p>{word}</p>" in ask(link, brand="Maren & Oak", says=says).html


@pytest.mark.parametrize(("link", "mark"), [("hello", "none"), ("javascript:alert(1)", "stop")])
def test_only_what_would_run_something_is_marked_as_a_stop(ask, link, mark):
    assert f'class="plate result" data-state="{mark}"' in ask(link).html


def test_answer_leads_on_to_what_the_brand_sells(ask):
    slug = "maren-oak-rosemary-scalp-serum"

    assert "/?brand=maren-oak" in ask("https://unlisted-shop.com/", brand="Maren & Oak").links
    assert (
        f"/p/{slug}#sellers"
        in ask("https://unlisted-shop.com/", brand="Maren & Oak", product=slug).links
    )


def test_statement_makes_an_unknown_shop_a_mismatch(ask):
    page = ask("https://unlisted-shop.com/", brand="Maren & Oak", says="official")

    assert "Address does not match the brand" in page.text
    assert "is said to be" in page.text


@pytest.mark.parametrize("says", ["sold_by", "nonsense", "'--"])
def test_statement_that_is_no_choice_is_left_out(ask, says):
    assert "Not confirmed" in ask("https://unlisted-shop.com/", brand="Maren & Oak", says=says).text


def test_look_alike_shows_where_it_differs_and_what_was_meant(ask):
    page = ask("https://m\u0430renoak.com/", brand="maren-oak")

    assert "xn--mrenoak-2fg.com" in page.text
    assert "Maren & Oak showed us with a DNS record on" in page.text


def test_brand_is_found_by_its_address_when_none_is_named(ask):
    page = ask("https://marenoak.com/")

    assert "Brand’s own shop" in page.text
    assert "of Maren & Oak, whose address this is or looks like." in page.text


def test_brand_is_found_by_the_address_that_looks_like_its_own(ask):
    page = ask("https://marennoak.com/")

    assert "of Maren & Oak, whose address this is or looks like." in page.text
    assert "Address looks like a known one, but is not" in page.text
    assert "https://marenoak.com/" in page.links


def test_name_that_is_guarded_is_compared_though_no_brand_here_has_it(ask):
    with transaction():
        protecting.protect(["olaplex.com"])
    page = ask("https://olaplexx.com/")

    assert "Address looks like a known one, but is not" in page.text
    assert "It resembles olaplex.com" in page.text
    assert "A name that we compare addresses with." in page.text
    assert "’s own address" not in page.text


def test_shop_is_known_by_its_address_when_no_brand_is_named(ask):
    page = ask("https://brushandbay.com/")

    assert "On record as an address of Brush & Bay." in page.text
    assert "Which brands name it as a seller: Maren & Oak." in page.text
    assert "Verified" not in page.html.split("<h1>")[1].split("</h1>")[0]


def test_address_that_nobody_has_on_record_is_no_finding_against_it(ask):
    page = ask("https://somewhere-else.com/")

    assert "No brand or shop on record has this address" in page.text
    assert "That is not a finding against it." in page.text
    assert "’s list" not in page.text.split("What we know")[1].split("What we did not do")[0]


def test_product_narrows_the_question(ask, brand):
    with transaction():
        listed = sellers.latest_list(brand.id)
        shop = factories.make_shop("Serum Only", "serumonly.com")
        sellers.add_authorization(
            brand,
            shop,
            source=Source.BRAND_LIST,
            seller_list=listed,
            products=["Rosemary Scalp Serum"],
        )
    without = ask("https://serumonly.com/", brand="Maren & Oak")
    with_product = ask(
        "https://serumonly.com/", brand="Maren & Oak", product="maren-oak-rosemary-scalp-serum"
    )

    assert "covers Serum Only for other products" in without.text
    assert "If you did not choose a product, choose it." in without.text
    assert "Named by the brand" in with_product.text
    assert "Asked about Rosemary Scalp Serum of Maren & Oak." in with_product.text


def test_product_of_another_brand_is_not_taken(ask):
    with transaction():
        other = make_another("Plain Balm", brand="Another House")
    slug = catalog.product(other.public_id).slug

    page = ask("https://brushandbay.com/", brand="Maren & Oak", product=slug)

    assert "Asked about a product of Maren & Oak." in page.text


@pytest.mark.parametrize(("text", "told"), NONSENSE.items())
def test_what_is_no_link_is_told_plainly_and_never_becomes_one(ask, text, told):
    page = ask(text, brand="Maren & Oak")

    assert page.status == 200
    assert "<h1>Not a web address</h1>" in page.html
    assert told in page.text
    assert text not in page.links
    assert "<script>alert" not in page.html


@pytest.mark.parametrize("link", ["marenoak.com", "www.marenoak.com/serum", "//marenoak.com/"])
def test_address_without_its_scheme_is_read_as_a_browser_reads_it(ask, link):
    page = ask(link, brand="Maren & Oak")

    assert "Brand’s own shop" in page.text
    assert "You typed no https:// before it" in page.text


@pytest.mark.parametrize(("link", "error"), [("", "Paste the link"), ("   ", "Paste the link")])
def test_empty_field_is_asked_for_again(ask, link, error):
    page = ask(link)

    assert page.status == 200
    assert "There is a problem" in page.text
    assert error in page.text
    assert 'aria-invalid="true"' in page.html


@pytest.mark.parametrize("size", [looking.LONGEST_LOOK + 1, 1_000_000])
def test_link_that_is_too_long_is_refused_with_a_limit(ask, size):
    page = ask("https://marenoak.com/" + "a" * size)

    assert "This link has more than 4,000 characters." in page.text
    assert len(page.html) < 60_000


def test_longest_link_is_judged(ask):
    link = "https://marenoak.com/" + "a" * (looking.LONGEST_LOOK - 21)

    assert "Brand’s own shop" in ask(link, brand="Maren & Oak").text


def test_nul_in_a_link_is_refused_with_a_reason(client, brand):
    answer = client.get("/check-link?link=https://marenoak.com/%00")

    assert answer.status_code == 400
    assert "invisible character (a NUL)" in answer.text


def test_unknown_brand_is_told_with_those_that_are_close(ask):
    page = ask("https://brushandbay.com/", brand="Maren")

    assert "Close to it: Maren & Oak" in page.text
    assert 'value="https://brushandbay.com/"' in page.html  # nothing typed is lost
    far = ask("https://brushandbay.com/", brand="\N{SNOWMAN}")
    assert link_words.NO_BRAND in far.text


@pytest.mark.parametrize("brand_name", ["b" * 10_000, "a'; DROP TABLE brand", "%", "\ud7ff"])
def test_strange_brand_is_no_fault(ask, brand_name):
    assert ask("https://brushandbay.com/", brand=brand_name).status == 200


def test_pasted_link_is_text_and_never_an_active_link(ask):
    page = ask("https://unlisted-shop.com/secret?a=1", brand="Maren & Oak")

    assert [link for link in page.links if "unlisted-shop.com" in link] == []
    assert "https://unlisted-shop.com/secret?a=1" in page.text


def test_answer_is_not_for_search_engines(client, brand):
    answer = client.get("/check-link?link=https://unlisted-shop.com/")

    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.text
    assert "X-Robots-Tag" not in client.get("/check-link").headers


def test_question_stores_nothing_and_asks_no_worker(client, brand, statements):
    statements.clear()
    client.get("/check-link?link=https://unlisted-shop.com/&brand=maren-oak")

    assert statements
    assert [sent for sent in statements if sent.split()[0] in {"INSERT", "UPDATE", "DELETE"}] == []
    assert db.session.query(jobs.Job).filter(jobs.Job.key.contains("unlisted")).count() == 0


def test_known_redirector_says_that_the_destination_is_not_known(ask):
    page = ask("https://bit.ly/3abcdef", brand="Maren & Oak")

    assert "we have not been able to follow it" in page.text
    assert "The address that opens in the end: paste that one instead." in page.text


def test_proof_that_has_run_out_no_longer_verifies(ask):
    with time_machine.travel(now() + timedelta(days=120), tick=False):
        page = ask("https://marenoak.com/", brand="Maren & Oak")

    assert "Not confirmed" in page.text
    assert "We last confirmed who controls" in page.text
    assert "We know of no official shop of Maren & Oak" in page.text


def test_too_many_questions_are_slowed_down(client, brand):
    limiter.reset()
    answers = [client.get("/check-link?link=x").status_code for _ in range(61)]
    limiter.reset()

    assert answers == [200] * 60 + [429]


def test_service_says_the_same_without_a_page(brand):
    seen = looking.look("https://brushandbay.com/", Asked(brand))

    assert seen.state == "verified"
    assert [each.rule.code for each in seen.findings] == ["seller.authorized"]
    assert looking.look("https://brushandbay.com/").state == "unverified"
