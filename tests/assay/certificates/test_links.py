"""Where do a report's codes and links lead, and do they name this very report?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay.certificates import checks_bearing, checks_links
from shop.assay.certificates.facts import Code
from shop.assay.certificates.hosts import keeper, opened, site_of
from shop.assay.certificates.inside import DocumentLink, Inside, LinkKind
from shop.assay.certificates.reading.addresses import links_in
from shop.assay.sellers import hostnames
from shop.assay.vocabulary import Outcome
from tests.assay.certificates.builders import LABORATORY, facts

P, F, D = Outcome.PASSED, Outcome.FAILED, Outcome.INDETERMINATE
LAB = replace(
    LABORATORY,
    domains=("northmere.example",),
    verify_hosts=("reports.lims.example", "store.example"),
)
BARE = replace(LAB, domains=(), verify_hosts=())


def with_codes(*payloads, printed=None, links=(), numbers=(), **more):
    """A good certificate with these codes on it, as the reader hands them over."""
    codes = tuple(Code("QRCode", payload, 1, (1, 2, 3, 4)) for payload in payloads)
    found = tuple(link for code in codes for link in links_in(code))
    inside = Inside(links=(*found, *links), numbers=numbers)
    return facts(
        {"verify_url": more.pop("verify_url", None), **(printed or {})},
        **{"laboratory": LAB, "codes": codes, "inside": inside, **more},
    )


def link(url, kind=LinkKind.TEXT):
    address = opened(url.rpartition("@")[2])
    return DocumentLink(kind, url, address.host, 1, None)


def said(topic, some_facts):
    return [
        (finding.rule.code.removeprefix("certificate."), finding.variant, finding.outcome)
        for finding in topic.answers(some_facts)
    ]


@pytest.mark.parametrize(
    ("payload", "answer"),
    [
        ("https://northmere.example/r/8f3a", ("verify_host_known", "default", P)),
        ("https://WWW.Northmere.example/r/8f3a", ("verify_host_known", "default", P)),
        ("northmere.example/r/8f3a", ("verify_host_known", "default", P)),
        ("https://verify.northmere.example:8443/x", ("verify_host_known", "default", P)),
        ("https://reports.lims.example/x", ("verify_host_known", "default", P)),
        ("https://other.lims.example/x", ("verify_host_unknown", "default", D)),
        ("https://northmere.example.evil.com/x", ("verify_host_unknown", "default", D)),
        ("https://northmere.example@evil.com/x", ("verify_host_unknown", "default", D)),
        ("https://notnorthmere.example/x", ("verify_host_unknown", "default", D)),
        ("https://ait.qbench.net/x", ("verify_host_unknown", "vendor", D)),
        ("https://bit.ly/3xyz", ("verify_host_unknown", "short", D)),
        ("https://drive.google.com/file/d/1a/view", ("verify_host_unknown", "shared", D)),
        ("https://storage.googleapis.com/other/x.pdf", ("verify_host_unknown", "default", D)),
        ("https://marenoak.example/lots", ("verify_host_unknown", "brand", D)),
    ],
)
def test_code_host_is_compared_with_the_laboratorys(payload, answer):
    found = said(checks_links, with_codes(payload, brand_domains=("marenoak.example",)))
    assert found == [answer]


@pytest.mark.parametrize(
    "payload",
    [
        "NM-26-10417",
        "https://instagram.com/northmere",
        "https://id.gs1.org/01/09506000134352/10/MO-2609-B",
        "BEGIN:VCARD\nFN:A. Person\nURL:https://northmere.example\nEND:VCARD",
        "mailto:lab@northmere.example",
        "WIFI:S:guest;T:WPA;P:secret;;",
    ],
)
def test_code_that_looks_nothing_up_is_not_asked_for_its_host(payload):
    assert said(checks_links, with_codes(payload)) == []


def test_bucket_on_record_is_the_laboratorys_and_another_bucket_is_not():
    stored = replace(LAB, verify_hosts=("storage.googleapis.com/northmere-coa",))
    own = with_codes("https://storage.googleapis.com/northmere-coa/a.pdf", laboratory=stored)
    other = with_codes("https://storage.googleapis.com/northmere-coa2/a.pdf", laboratory=stored)

    assert [outcome for _, _, outcome in said(checks_links, own)] == [P]
    assert [outcome for _, _, outcome in said(checks_links, other)] == [D]


def test_look_up_host_of_a_laboratory_without_record_is_left_to_a_person():
    found = said(checks_links, with_codes("https://northmere.example/x", laboratory=None))
    assert found == [("verify_host_unknown", "unrecorded", D)]


MISMATCH = "verify_host_mismatch"


@pytest.mark.parametrize(
    ("code", "printed", "laboratory", "answer"),
    [
        # A code pasted over the laboratory's own.
        ("https://lab-check.example/r/1", "verify.northmere.example/r", LAB, ("default", F)),
        ("https://lab-check.example/r/1", "verify.labs.example/r", None, ("default", F)),
        ("https://lab-check.example/r/1", "https://coa.labs.example", BARE, ("default", F)),
        # The same site, or one that the records explain.
        ("https://northmere.example/r/1", "verify.northmere.example", LAB, None),
        ("https://reports.lims.example/r/1", "verify.northmere.example", LAB, None),
        ("https://ait.qbench.net/r/1", "verify.northmere.example", LAB, None),
        ("https://bit.ly/31", "verify.northmere.example", LAB, None),
        ("https://storage.googleapis.com/lab/1.pdf", "verify.northmere.example", LAB, None),
        ("https://marenoak.example/lots/1", "verify.northmere.example", LAB, None),
        ("https://instagram.com/lab", "verify.northmere.example", LAB, None),
        # Nothing on record, and a site named rather than a page; or an alias.
        ("https://lab-check.example/r/1", "www.labs.example", None, ("website", D)),
        ("https://labs-reports.example/r/1", "verify.labs.example/r", None, ("similar", D)),
        ("https://northmere-reports.example/1", "verify.northmere.example", LAB, ("default", F)),
    ],
)
def test_code_and_printed_address_lead_to_one_place(code, printed, laboratory, answer):
    known = with_codes(
        code, verify_url=printed, laboratory=laboratory, brand_domains=("marenoak.example",)
    )
    found = [(variant, out) for rule, variant, out in said(checks_links, known) if rule == MISMATCH]
    assert found == ([answer] if answer else [])


def test_printed_address_that_was_read_unclearly_fails_nothing():
    unclear = facts(
        {"verify_url": "verify.northmere.example/r"},
        confidence=40,
        laboratory=LAB,
        inside=Inside(links=(link("https://lab-check.example/1", LinkKind.QR),)),
    )
    assert (MISMATCH, "unclear", D) in said(checks_links, unclear)


@pytest.mark.parametrize(
    ("url", "is_remarked"),
    [
        ("https://somewhere.example/offers", True),
        ("sales@somewhere.example", True),
        ("www.northmere-labs.example", True),  # nearly the laboratory's
        ("www.northmere.example", False),
        ("info@northmere.example", False),
        ("https://lims.example/about", False),  # the site of a host on record
        ("https://search.anab.ansi.org/x", False),
        ("www.ukas.com", False),
        ("https://www.iso.org/standard/66912.html", False),
        ("northmere@gmail.com", False),
        ("https://marenoak.example", False),  # the brand's name
        ("buyer@greatclient.example", False),  # the client's
        ("https://app.qbench.net", False),
    ],
)
def test_link_of_nobody_named_on_reports_is_remarked(url, is_remarked):
    kind = LinkKind.EMAIL if "@" in url else LinkKind.TEXT
    known = with_codes(printed={"client": "Great Client Ltd"}, links=(link(url, kind),))
    assert said(checks_links, known) == ([("link_unrelated", "default", D)] if is_remarked else [])
    unrecorded = replace(known, laboratory=BARE)
    assert said(checks_links, unrecorded) == []


OTHER, SAME, PERHAPS = ("verify_report_mismatch", "default", F), "verify_report_matches", "perhaps"


@pytest.mark.parametrize(
    ("payload", "answers"),
    [
        ("https://northmere.example/r/NM-26-10417", [(SAME, "default", P)]),
        ("https://northmere.example/r/nm2610417.pdf?t=8f3a", [(SAME, "default", P)]),
        ("https://northmere.example/?report=NM%2D26%2D10417", [(SAME, "default", P)]),
        ("https://northmere.example/r/NM-26-10418", [OTHER]),
        ("https://northmere.example/r?report=NM-26-09811&x=1", [OTHER]),
        ("https://northmere.example/coa/lot_MO-2611-C.pdf", [OTHER]),
        ("https://northmere.example/r/NM-26-10417/lot/MO-2611-C", [(SAME, "default", P), OTHER]),
        ("NM-26-10417", [(SAME, "default", P)]),
        ("NM-26-10418", [OTHER]),
        ("Report: NM-26-10418 Northmere Analytical", [OTHER]),
        ("https://id.gs1.org/01/09506000134352/10/MO-2609-B", [(SAME, "default", P)]),
        ("https://marenoak.example/01/09506000134352/17/290301/10/XK77", [OTHER]),
        ("(01)09506000134352(10)MO-2611-C", [OTHER]),
        ("010950600013435217290301" + "10MO-2609-B", [(SAME, "default", P)]),
        # Opaque: they say nothing.
        ("https://northmere.example/r/4ee67b54-be74-44e4-bb94-4f44d8294062", []),
        ("https://lims.tagleaf.com/coas/F6LHqs9rk9vsvuILcNuH6je4VWCiFzdhgWlV7kAEan", []),
        ("https://northmere.example/r/839201", []),
        ("https://northmere.example/2026/10/03/x", []),
        ("https://northmere.example/ZK-88-93852", []),  # built alike, and nothing in common
        ("S-26-10417", []),
        ("NM-26-1O417", []),  # a letter O: readers confuse them
        ("WIFI:S:guest;T:WPA;P:secret;;", []),
    ],
)
def test_code_names_the_printed_report(payload, answers):
    assert said(checks_bearing, with_codes(payload)) == answers


@pytest.mark.parametrize(
    ("payload", "answer"),
    [
        ("https://northmere.example/report/2301458", OTHER),
        ("https://northmere.example/view/2301458", ("verify_report_mismatch", PERHAPS, D)),
        ("https://northmere.example/view/9876543", None),
        ("https://northmere.example/view/20261003", None),
        ("2301458", ("verify_report_mismatch", PERHAPS, D)),
    ],
)
def test_number_of_digits_alone_fails_only_where_the_address_names_it(payload, answer):
    found = said(checks_bearing, with_codes(payload, printed={"report_no": "2301456"}))
    assert found == ([answer] if answer else [])


def test_number_that_the_document_prints_elsewhere_is_no_other_report():
    sample = with_codes("NM-26-10418", numbers=("26", "10417", "10418"))
    assert said(checks_bearing, sample) == []


def test_number_that_was_read_unclearly_is_left_to_a_person():
    links = (link("https://northmere.example/r/NM-26-10418", LinkKind.QR),)
    unclear = facts({"report_no": "NM-26-10417"}, confidence=40, inside=Inside(links=links))
    assert said(checks_bearing, unclear) == [("verify_report_mismatch", "unclear", D)]


@given(
    st.from_regex(
        r"https?://[a-z0-9A-Z.@:\\/%\-äя]{1,30}\.(com|example|co\.uk)/?[a-z?=/#]*", fullmatch=True
    )
)
def test_host_is_the_one_that_a_sellers_link_opens(text):
    address, opening = opened(text), hostnames.parse(text)
    assert (address.host if address else "") == opening.name


@pytest.mark.parametrize(
    ("url", "whose", "site"),
    [
        ("https://a.b.northmere.co.uk/x", "a.b.northmere.co.uk", "northmere.co.uk"),
        ("https://lab.s3.amazonaws.com/x", "lab.s3.amazonaws.com", "lab.s3.amazonaws.com"),
        ("https://s3.us-west-2.amazonaws.com/lab/x", "s3.us-west-2.amazonaws.com/lab", None),
        ("https://firebasestorage.googleapis.com/v0/b/lab.app/o/x", None, None),
        ("https://www.dropbox.com/s/abc/x.pdf", "", None),
        ("https://storage.googleapis.com", "", None),
        ("https://10.0.0.7:8080/x", "10.0.0.7", "10.0.0.7"),
        ("https://a.b.lab.nowhere/x", "a.b.lab.nowhere", "lab.nowhere"),
    ],
)
def test_keeper_of_an_address(url, whose, site):
    address = opened(url)
    assert keeper(address) == ("firebasestorage.googleapis.com/lab.app" if whose is None else whose)
    assert site is None or site_of(address.host) == site


@pytest.mark.parametrize(
    "text", ["", " ", "NM-26-10417", "10417/26", "javascript:alert(1)", "ftp://a.com/x", "http://"]
)
def test_text_that_opens_no_site(text):
    assert opened(text) is None
