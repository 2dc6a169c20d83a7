"""A file of a public list is taken over whole or not at all, and bears on what leads there."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from shop.assay.sellers.facts import SellerState
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Refused
from shop.sellers import listings, service
from shop.sellers.seen import PublicListing
from tests.sellers.factories import make_product
from tests.sellers.ways import add_way, judged, make_offer, offer

DAY = date(2026, 11, 3)


def take_over(*lines, name="A list", dated=DAY):
    with transaction():
        return listings.take_over(name, listings.read(lines), dated=dated)


def hosts(name="A list"):
    query = select(PublicListing.host).where(PublicListing.source == name)
    return list(db.session.scalars(query.order_by(PublicListing.host)))


def test_hosts_are_read_one_a_line_and_from_hosts_files(app):
    taken = take_over(
        "# a list",
        "",
        "Bad.NET",
        "  bad.net.  # twice",
        "0.0.0.0 worse.com www.worse.com # why",
        "127.0.0.1\tlocalhost",
        "::1 localhost ip6-localhost",
        "fe80::1%lo0 localhost",
        "0.0.0.0 0.0.0.0",
        "b\xfccher.de",
        "under_score.shop.com",
    )
    assert hosts() == [
        "bad.net",
        "under_score.shop.com",
        "worse.com",
        "www.worse.com",
        "xn--bcher-kva.de",
    ]
    assert (taken.hosts, taken.added, taken.removed) == (5, 5, 0)


@pytest.mark.parametrize(
    "line",
    [
        "co.uk",
        "com",
        "myshopify.com",
        "localhost.local",
        "192.0.2.7",
        "0.0.0.0 10.0.0.1",
        "https://bad.net/page",
        "bad.net:8080",
        "user@bad.net",
        "a b",
        "bad..net",
        "x" * 5000,
        "\x00.net",
        "bad\udcff.net",
    ],
)
def test_a_line_that_is_no_host_refuses_the_whole_file(app, line):
    take_over("old.net")
    with pytest.raises(Refused, match="line 2") as refused:
        take_over("bad.net", line)
    assert refused.value.code == "sellers.list_lines"
    assert len(refused.value.message) < 2000
    assert hosts() == ["old.net"]


@pytest.mark.parametrize(
    ("name", "lines", "code"),
    [
        ("", ["bad.net"], "sellers.list_name"),
        ("x" * 101, ["bad.net"], "sellers.list_name"),
        ("a\x00", ["bad.net"], "sellers.list_name"),
        ("A list", ["# nothing"], "sellers.list_empty"),
    ],
)
def test_list_without_a_name_or_hosts_is_refused(app, name, lines, code):
    with pytest.raises(Refused) as refused:
        take_over(*lines, name=name)
    assert refused.value.code == code


def test_list_of_a_day_to_come_is_refused(app):
    with pytest.raises(Refused, match="later than today"):
        take_over("bad.net", dated=now().date() + timedelta(days=1))


def test_list_that_is_too_long_is_refused(app, monkeypatch):
    monkeypatch.setattr(listings, "MOST_HOSTS", 3)
    with pytest.raises(Refused, match="more than 3"):
        take_over(*(f"bad{number}.net" for number in range(4)))
    assert hosts() == []


def test_newer_file_takes_the_place_of_the_older_and_leaves_other_lists_alone(app):
    take_over("stays.net", "goes.net")
    take_over("goes.net", name="Another")
    taken = take_over("stays.net", "comes.net", dated=date(2026, 11, 10))

    assert (taken.hosts, taken.added, taken.removed) == (2, 1, 1)
    assert hosts() == ["comes.net", "stays.net"]
    assert hosts("Another") == ["goes.net"]
    days = dict(db.session.execute(select(PublicListing.host, PublicListing.listed_on)).all())
    assert days["stays.net"] == DAY  # since when it has been listed
    assert listings.lists() == [("A list", 2, date(2026, 11, 10)), ("Another", 1, DAY)]


def test_listed_shop_is_told_with_the_list_and_its_day(app):
    public_id = make_offer("https://www.nobody.net/1", is_listed=False)
    take_over("nobody.net")
    assert judged(public_id) == (
        SellerState.SUSPICIOUS,
        ["seller.list_unavailable", "domain.on_public_list"],
    )
    with transaction():
        product = make_product()
    found = service.check_link(product, "https://nobody.net/")
    assert found[-1].sentence == "A list listed nobody.net on 3 Nov 2026."


def test_offers_that_lead_to_what_changed_are_due(app):
    linked, led = (
        make_offer(f"https://{name}/1", is_listed=False) for name in ("nobody.net", "way.net")
    )
    other = make_offer("https://other.net/1", is_listed=False)
    add_way(linked, "https://nobody.net/1")
    add_way(led, "https://way.net/1", "https://www.nobody.net/2")
    add_way(other, "https://other.net/1")

    for lines in (["www.nobody.net"], ["elsewhere.net"]):  # listed, and no longer listed
        with transaction():
            for public_id in (linked, led, other):
                offer_ = offer(public_id)
                offer_.next_check_at = now() + timedelta(days=5)
        take_over(*lines)
        due = [offer(each).next_check_at <= now() for each in (linked, led, other)]
        assert due == [True, True, False]
