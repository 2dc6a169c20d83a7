"""Links are followed over real servers, and what was seen there reaches the judge."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from shop.assay.sellers.facts import SellerState
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.sellers import following, gather, observing, service, turns
from shop.sellers.observing import What
from shop.sellers.seen import Following, VisitTurn
from shop.sellers.service import OfferWords
from tests.doubles.dns_double import Fault
from tests.doubles.web_double import Certificate
from tests.sellers.ways import (
    SHOP,
    codes,
    follow,
    forget_jobs,
    free_all,
    judged,
    make_offer,
    offer,
    rows,
    serve,
    waiting,
)

VERIFIED, UNVERIFIED, MISMATCHED, SUSPICIOUS = (
    SellerState.VERIFIED,
    SellerState.UNVERIFIED,
    SellerState.MISMATCHED,
    SellerState.SUSPICIOUS,
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def names(world):
    serve(world, "brushandbay.com", "www.brushandbay.com", "nobody.net", "track.net", "bit.ly")
    world.dns.fail("rdap.test", Fault.SERVFAIL)
    world.web.page(SHOP, b"a shop")


def test_link_is_followed_on_saving_and_verified_where_it_stays(app, world):
    public_id = make_offer()
    assert waiting(following.FOLLOW_JOB) == [public_id]

    assert follow(world) == 2  # the link, and its registration
    assert judged(public_id) == (VERIFIED, ["seller.authorized"])
    (row,) = rows(public_id)
    assert row.hops == [{"url": SHOP, "status": 200, "tls": "ok", "address": "127.0.0.1"}]
    assert (row.trouble, row.name, row.end_name) == ("", "brushandbay.com", "brushandbay.com")
    assert offer(public_id).followed_at == now()


def test_chain_through_several_hosts_is_kept_hop_by_hop(app, world):
    world.web.redirect(SHOP, "https://track.net/1")
    world.web.redirect("https://track.net/1", "http://nobody.net/2", status=301)
    public_id = make_offer()
    follow(world)

    (row,) = rows(public_id)
    assert [(hop["url"], hop["status"], hop["tls"]) for hop in row.hops] == [
        (SHOP, 302, "ok"),
        ("https://track.net/1", 301, "ok"),
        ("http://nobody.net/2", 404, ""),
    ]
    assert (row.name, row.end_name) == ("brushandbay.com", "nobody.net")
    assert judged(public_id) == (
        MISMATCHED,
        ["seller.authorized", "redirect.leaves_verified", "redirect.downgraded_to_http"],
    )


def test_short_link_is_judged_by_where_it_leads(app, world):
    world.web.redirect("https://bit.ly/1", SHOP)
    public_id = make_offer("https://bit.ly/1")
    before = judged(public_id)
    follow(world)

    assert before == (UNVERIFIED, ["seller.not_listed", "redirect.shortener_unresolved"])
    assert judged(public_id) == (VERIFIED, ["seller.authorized", "redirect.via_known_redirector"])


def test_shop_where_a_short_link_ends_is_asked_like_one_that_is_linked(app, world):
    with transaction():
        shop = service.add_retailer("Bazaar", is_marketplace=True)
        service.add_domain("nobody.net", owner=shop)
    world.web.redirect("https://bit.ly/1", "https://nobody.net/dp/1")
    public_id = make_offer("https://bit.ly/1")
    follow(world)

    assert "seller.marketplace_unknown_seller" in codes(public_id)


@pytest.mark.parametrize(
    ("set_up", "trouble", "expected"),
    [
        (
            lambda world: world.web.redirect(SHOP, SHOP),
            "too_many",
            (UNVERIFIED, ["seller.authorized", "redirect.too_many"]),
        ),
        (
            lambda world: world.web.redirect(SHOP, "http://10.0.0.1/admin"),
            "blocked",
            (
                SUSPICIOUS,
                [
                    "seller.authorized",
                    "redirect.blocked_address",
                    "redirect.downgraded_to_http",
                ],
            ),
        ),
        (
            # A public name whose address lies inside: only whoever looks it up can know.
            lambda world: (
                world.web.redirect(SHOP, "https://inside.net/"),
                world.dns.add("inside.net", "192.168.0.1"),
            ),
            "blocked",
            (SUSPICIOUS, ["seller.authorized", "redirect.blocked_address"]),
        ),
        (
            lambda world: world.web.certificate("brushandbay.com", Certificate.OTHER_NAME),
            "unreachable",
            (UNVERIFIED, ["seller.authorized", "tls.name_mismatch"]),
        ),
        (
            lambda world: world.web.certificate("brushandbay.com", Certificate.EXPIRED),
            "unreachable",
            (UNVERIFIED, ["seller.authorized", "tls.not_trusted"]),
        ),
        (
            lambda world: world.dns.remove("brushandbay.com"),
            "not_found",
            (UNVERIFIED, ["seller.authorized", "dns.does_not_resolve"]),
        ),
        (
            lambda world: world.dns.fail("brushandbay.com", Fault.SERVFAIL),
            "unreachable",
            (VERIFIED, ["seller.authorized"]),  # nobody answered: that tells nothing
        ),
        (
            lambda world: world.web.redirect(SHOP, "shopapp://p/1"),
            "unreachable",
            (UNVERIFIED, ["seller.authorized", "url.scheme_not_web"]),
        ),
    ],
)
def test_trouble_on_the_way_is_told_for_what_it_is(app, world, set_up, trouble, expected):
    set_up(world)
    public_id = make_offer()
    follow(world)

    assert rows(public_id)[0].trouble == trouble
    assert judged(public_id) == expected


def test_body_that_never_ends_is_not_waited_for(app, world):
    left = []
    world.web.script(
        SHOP,
        lambda to: (
            to.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\nx"),
            left.append(to.opened.recv(1)),
        ),
    )
    public_id = make_offer()
    follow(world)

    assert rows(public_id)[0].trouble == ""
    assert codes(public_id) == ["seller.authorized"]


def test_look_that_sees_the_same_changes_no_evidence(app, world):
    public_id = make_offer()
    follow(world)
    first = gather.facts(public_id)
    forget_jobs("inspect")

    for _ in range(3):
        world.shift(8 * DAY)
        follow(world)

    (row,) = rows(public_id)
    assert row.seen_at == now() > row.followed_at
    assert gather.facts(public_id) == first
    assert waiting("inspect") == []


def test_counters_in_addresses_are_no_new_way(app, world):
    world.web.redirect("https://bit.ly/1", f"{SHOP}?click=1")
    public_id = make_offer("https://bit.ly/1")
    follow(world)
    world.web.redirect("https://bit.ly/1", f"{SHOP}?click=2")
    world.shift(8 * DAY)
    follow(world)

    assert len(rows(public_id)) == 1


def test_new_destination_is_told_and_inspected(app, world):
    public_id = make_offer()
    follow(world)
    day = now().date()
    forget_jobs("inspect")
    world.web.redirect(SHOP, "https://nobody.net/")
    world.shift(8 * DAY)
    follow(world)

    assert waiting("inspect") == [f"offer:{public_id}"]
    assert judged(public_id) == (
        MISMATCHED,
        ["seller.authorized", "redirect.leaves_verified", "redirect.changed"],
    )
    assert gather.facts(public_id).observed.before.followed_on == day
    now_, before = rows(public_id)
    assert [(each.what, each.before, each.now) for each in observing.changes(before, now_)] == [
        (What.DESTINATION, "brushandbay.com", "nobody.net"),
        (What.STATUS, "200", "404"),
    ]


def test_what_was_seen_of_another_address_is_no_evidence(app, world):
    public_id = make_offer()
    follow(world)
    with transaction():
        service.update_offer(
            offer(public_id),
            url="https://nobody.net/",
            retailer=None,
            words=OfferWords(),
            price_minor=None,
            currency=None,
        )
    assert gather.facts(public_id).observed.chain is None
    assert waiting(following.FOLLOW_JOB) == [public_id]
    free_all()
    follow(world)
    assert gather.facts(public_id).observed.chain.urls == ("https://nobody.net/",)
    assert gather.facts(public_id).observed.before is None


def test_silence_keeps_what_is_known_and_is_asked_again_soon(app, world):
    world.web.redirect("https://bit.ly/1", SHOP)
    public_id = make_offer("https://bit.ly/1")
    follow(world)
    world.dns.fail("brushandbay.com", Fault.SERVFAIL)

    world.shift(8 * DAY)
    waits = []
    for _ in range(5):
        follow(world)
        waits.append(offer(public_id).next_follow_at - now())
        world.clock.move_to(offer(public_id).next_follow_at)
    assert waits[:3] == [HOUR, 6 * HOUR, DAY]
    assert all(DAY <= wait <= 8 * DAY for wait in waits[3:])
    assert judged(public_id)[0] is VERIFIED
    assert rows(public_id)[0].failures == 5

    follow(world)
    follow_again = offer(public_id).next_follow_at
    world.clock.move_to(follow_again)
    follow(world)  # for about three weeks nobody answered: that is what we know now
    assert rows(public_id)[0].trouble == "unreachable"
    assert judged(public_id)[0] is VERIFIED  # still led on to the shop, which gave no answer


def test_answer_ends_a_silence(app, world):
    public_id = make_offer()
    follow(world)
    world.dns.fail("brushandbay.com", Fault.SERVFAIL)
    world.shift(8 * DAY)
    follow(world)
    world.dns.remove("brushandbay.com")
    serve(world, "brushandbay.com")
    world.shift(HOUR)
    follow(world)

    (row,) = rows(public_id)
    assert (row.failures, row.seen_at) == (0, now())
    assert offer(public_id).next_follow_at - now() >= DAY


def test_at_most_twenty_ways_are_kept(app, world):
    public_id = make_offer()
    for number in range(25):
        world.web.redirect(SHOP, f"https://nobody.net/{number}")
        free_all()
        world.shift(8 * DAY)
        follow(world)
    kept = rows(public_id)
    assert len(kept) == 20
    assert kept[0].hops[-1]["url"] == "https://nobody.net/24"
    assert len(db.session.scalars(select(Following)).all()) == 20


def test_offer_that_is_gone_or_moved_meanwhile_is_left_alone(app, world):
    public_id = make_offer()

    def move(to):
        with app.app_context(), transaction():
            row = offer(public_id)
            row.url = "https://nobody.net/"
        to.send(b"HTTP/1.1 200 OK\r\n\r\n")

    world.web.script(SHOP, move)
    follow(world, sweep=False)
    assert rows(public_id) == []


def test_sample_addresses_are_never_visited(app, world):
    public_id = make_offer("https://shop.example/1", is_listed=False)
    assert waiting(following.FOLLOW_JOB) == []
    with transaction():
        offer(public_id).next_follow_at = None
    assert follow(world) == 0
    assert world.web.asked == []
    assert offer(public_id).next_follow_at is not None


def test_turns_are_released_for_all_that_was_visited(app, world):
    world.web.redirect(SHOP, "https://nobody.net/")
    make_offer()
    follow(world, sweep=False)
    free = dict(db.session.execute(select(VisitTurn.name, VisitTurn.free_at)).all())
    assert free.keys() >= {"brushandbay.com", "nobody.net"}
    assert {free["brushandbay.com"], free["nobody.net"]} == {now() + turns.PAUSE}


def test_latest_gives_each_offer_its_newest_way_in_one_statement(app, world):
    one, two = make_offer(), make_offer("https://nobody.net/1", is_listed=False)
    for _ in range(2):
        follow(world)
        world.shift(turns.STRIDE)  # nobody comes at the same moment
        follow(world, sweep=False)
        world.web.redirect(SHOP, "https://nobody.net/")
        world.shift(8 * DAY)
    ids = {offer(each).id: each for each in (one, two)}
    found = following.latest([*ids, 10_000])
    assert {ids[key]: row.hops[-1]["url"] for key, row in found.items()} == {
        one: "https://nobody.net/",
        two: "https://nobody.net/1",
    }
    assert following.latest([]) == {}


@pytest.mark.parametrize(
    "moment", [datetime(2026, 10, 4, tzinfo=UTC), datetime(1999, 1, 1, 5, tzinfo=UTC)]
)
def test_slot_is_the_offers_own_and_at_least_a_day_away(moment):
    for number in range(200):
        slot = following.next_slot(f"offer{number}", moment)
        assert DAY <= slot - moment < 8 * DAY
        assert following.next_slot(f"offer{number}", slot + HOUR) == slot + 7 * DAY


def test_what_two_looks_differ_in_is_named():
    one, two = (
        Following(
            trouble=trouble,
            hops=[{"url": url, "status": status, "tls": tls} for url, status, tls in hops],
        )
        for trouble, hops in [
            ("", [(SHOP, 302, "ok"), ("https://way.net/", 302, "ok"), (SHOP, 200, "ok")]),
            ("unreachable", [(SHOP, 302, "ok"), (SHOP, None, "name_mismatch")]),
        ]
    )
    assert [(each.what, each.before, each.now) for each in observing.changes(one, two)] == [
        (What.WAY, "way.net", ""),
        (What.TROUBLE, "", "unreachable"),
        (What.CERTIFICATE, "ok", "ok, name_mismatch"),
        (What.STATUS, "200", ""),
    ]
    assert observing.changes(one, one) == ()
