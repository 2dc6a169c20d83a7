import pytest


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "Read the certificate before you buy the bottle."),
        ("/check", "Check a lot"),
        ("/cart", "Your cart is empty."),
        ("/ledger", "Nothing has been written yet."),
        ("/how-we-check", "Every required check passed, for the lot named."),
        ("/help", "orders@assay.example"),
    ],
)
def test_every_page_stands_in_an_empty_shop(visitor, path, words):
    page = visitor.open(path)

    assert page.status == 200
    assert words in page.text
    assert 'style="' not in page.html


def test_sample_data_is_named_only_where_it_was_loaded(visitor, tmp_path):
    assert "Sample data" not in visitor.open("/").text

    (tmp_path / "demo-loaded").touch()

    assert "Sample data" in visitor.open("/").text


@pytest.mark.parametrize(
    "path",
    [
        "/p/no-such-product",
        "/p/" + "x" * 3000,
        "/certificates/nothing",
        "/certificates/nothing/pages/1.webp",
        "/certificates/nothing/original.pdf",
        "/media/" + "a" * 64 + ".webp",
        "/go/nothing",
        "/go/https://evil.example",
        "/ledger/0",
        "/ledger/99999999999999999999999999",
        "/ledger/" + "9" * 5000,
        "/ledger/-1",
        "/ledger/٣",
        "/orders/nothing",
        "/pay/nothing",
        "/pay/nothing/return",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(visitor, path):
    page = visitor.open(path)

    assert page.status == 404
    assert "See all products" in page.text
