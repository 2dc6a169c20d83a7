"""A page is fetched as a browser would find it, and every hop is told."""


def test_page_is_fetched_over_https_at_the_address_of_its_name(dns_server, web_server, outbound):
    dns_server.add("shop.test", web_server.host)
    web_server.page("https://shop.test/a?b=c", b"hello", etag='"1"')

    answer = outbound.fetch("https://shop.test/a?b=c#d")

    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"hello", '"1"')
    assert answer.hops[0].tls == "ok"
