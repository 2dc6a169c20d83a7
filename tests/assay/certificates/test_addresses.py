"""Which addresses and numbers does a page bear, however they are set?"""

import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.certificates.facts import Code
from shop.assay.certificates.inside import Inside, LinkKind
from shop.assay.certificates.reading.addresses import MOST, read_links
from shop.assay.certificates.reading.layout import Page, Word
from shop.assay.certificates.reading.numbers import read_numbers
from shop.certificates.reader import wire_inside
from tests.assay.certificates.builders import page

TEXT, QR, EMAIL = LinkKind.TEXT, LinkKind.QR, LinkKind.EMAIL


def found(*rows):
    return [(link.kind, link.url, link.host) for link in read_links([page(*rows)], [])]


@pytest.mark.parametrize(
    ("rows", "links"),
    [
        (
            ["Verify at https://verify.lab.example/r/NM-1."],
            [(TEXT, "https://verify.lab.example/r/NM-1", "verify.lab.example")],
        ),
        (
            ["(see HTTP://www.Lab.example/a_(b)), or lab.example/terms;"],
            [
                (TEXT, "HTTP://www.Lab.example/a_(b)", "www.lab.example"),
                (TEXT, "lab.example/terms", "lab.example"),
            ],
        ),
        (["www.lab.co.uk"], [(TEXT, "www.lab.co.uk", "www.lab.co.uk")]),
        (["LAB.COM"], [(TEXT, "LAB.COM", "lab.com")]),
        (["E-mail:info@lab.example"], [(EMAIL, "info@lab.example", "lab.example")]),
        (["info @ lab.example"], [(EMAIL, "info@lab.example", "lab.example")]),
        # Split over words and lines.
        (
            ["https:// verify.lab.example/r"],
            [(TEXT, "https://verify.lab.example/r", "verify.lab.example")],
        ),
        (
            ["https://verify.lab.example/r/", "NM-26-10417 is the number"],
            [(TEXT, "https://verify.lab.example/r/NM-26-10417", "verify.lab.example")],
        ),
        (
            ["https://verify.", "lab.example/r/1"],
            [(TEXT, "https://verify.lab.example/r/1", "verify.lab.example")],
        ),
        (
            ["https://lab.example/r", "?id=4"],
            [(TEXT, "https://lab.example/r?id=4", "lab.example")],
        ),
        (
            ["See https://lab.example.", "Results relate"],
            [(TEXT, "https://lab.example", "lab.example")],
        ),
        # A browser reads another host than a person does.
        (
            ["https://lab.example@evil.com/r"],
            [(TEXT, "https://lab.example@evil.com/r", "evil.com")],
        ),
        (
            ["https:\\\\evil.com\\lab.example"],
            [(TEXT, "https:\\\\evil.com\\lab.example", "evil.com")],
        ),
        (["https://l\u0430b.com/"], [(TEXT, "https://l\u0430b.com/", "xn--lb-7kc.com")]),
        # No addresses.
        (["Northmere Pvt.Ltd, A. Person B.Sc, Dipl.Ing, et.al"], []),
        (["S.aureus, E.coli, Ph.Eur. 2.6.12, 0.08 mg/kg, No.5, report.pdf, data.zip"], []),
        (["user@localhost http:// https://"], []),
    ],
)
def test_printed_addresses(rows, links):
    assert found(*rows) == links


def test_place_of_a_printed_address_is_kept():
    (link,) = read_links([page("Verify at", "www.lab.example now", number=3)], [])
    assert link.page == 3
    left, top, right, bottom = link.box
    assert (left, top) == (84, 71)
    assert right > left
    assert bottom > top


@pytest.mark.parametrize(
    ("payload", "links"),
    [
        (
            "https://qr.lab.example/x?id=3",
            [(QR, "https://qr.lab.example/x?id=3", "qr.lab.example")],
        ),
        (" lab.example/r/1 ", [(QR, "lab.example/r/1", "lab.example")]),
        (
            "Report NM-1: https://v.lab.example/1 ",
            [(QR, "https://v.lab.example/1", "v.lab.example")],
        ),
        ("mailto:a@lab.example?subject=x", [(EMAIL, "a@lab.example", "lab.example")]),
        (
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nURL:https://lab.example\r\nEMAIL:a@lab.example\r\nEND:VCARD",
            [(TEXT, "https://lab.example", "lab.example"), (EMAIL, "a@lab.example", "lab.example")],
        ),
        (
            "MECARD:N:A;URL:https\\://lab.example;EMAIL:a@lab.example;;",
            [(TEXT, "https://lab.example", "lab.example"), (EMAIL, "a@lab.example", "lab.example")],
        ),
        (
            "HTTPS://ID.GS1.ORG/01/09506000134352/10/ABC",
            [(QR, "HTTPS://ID.GS1.ORG/01/09506000134352/10/ABC", "id.gs1.org")],
        ),
        ("NM-26-10417", []),
        ("(01)09506000134352(10)ABC", []),
        ("WIFI:S:guest;T:WPA;P:x;;", []),
        ("javascript:alert(1)", []),
        ("", []),
    ],
)
def test_addresses_in_codes(payload, links):
    code = Code("QRCode", payload, 2, (1, 2, 3, 4))
    read = read_links([], [code])
    assert [(link.kind, link.url, link.host) for link in read] == links
    assert {(link.page, link.box) for link in read} <= {(2, (1, 2, 3, 4))}


def test_links_are_told_once_and_bounded():
    assert len(found("www.lab.example", "www.lab.example")) == 1
    many = [f"www.lab{n}.example" for n in range(MOST + 50)]
    assert len(found(*many)) == MOST
    (long,) = found("https://lab.example/" + "x" * 5000)
    assert len(long[1]) == 1_000


@pytest.mark.parametrize(
    ("rows", "numbers"),
    [
        (["Lead 0,08 mg/kg", "pH 5.2 (4.8 to 5.8)"], ("0.08", "5.2", "4.8", "5.8")),
        (["NM-26-10417 of 2026-10-03"], ("26", "10417", "2026", "10", "03")),
        (["Page 1 of 2", "Seite: 3/4", "5 g on page 6"], ("5",)),
        (["\uff11\uff12 ml"], ("12",)),  # full-width digits
        (["no number"], ()),
    ],
)
def test_numbers_in_their_order_without_page_numbers(rows, numbers):
    assert read_numbers([page(*rows)]) == numbers


def test_number_alone_in_the_margin_is_the_pages():
    def at(top, text):
        return Word(text, 300.0, top, 320.0, top + 10)

    words = (at(20.0, "7"), at(400.0, "7"), at(815.0, "8"))
    assert read_numbers([Page(1, 595.0, 842.0, words)]) == ("7",)


PIECES = (
    "https://",
    "www.",
    "a@",
    ".com",
    ".example",
    "/",
    "\\",
    "(",
    ")",
    ":",
    "%2e",
    "xn--",
    "\ud800",
)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=30))
def test_whatever_stands_there_the_answer_can_be_sent(pieces):
    text = "".join(pieces)
    pages = [page(text, text)] if text.split() else []
    links = read_links(pages, [Code("QRCode", text, 1, None)])
    sent = Inside(links=links, numbers=read_numbers(pages))
    answer = json.loads(json.dumps(dataclasses.asdict(sent)))
    received = wire_inside.inside(answer)
    assert [link.host for link in received.links] == [link.host for link in links]
    assert all(link.host for link in links)
