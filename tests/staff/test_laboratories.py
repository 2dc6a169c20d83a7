import io
from datetime import timedelta

import pytest

from shop.accounts.service import Role
from shop.certificates import accreditations, laboratories, laboratory_lookups, laboratory_pins
from shop.plumbing import clock
from shop.plumbing.db import transaction
from tests.certificates.factories import make_certificate
from tests.certificates.test_laboratory_pins import DIGEST, KEYS, PEM

NORTHMERE = {
    "name": "Northmere Analytical",
    "aliases": "Northmere\nNM Labs",
    "domains": "northmere.example, nm-labs.example",
}
SEEN = {
    "body": "UKAS",
    "number": "4417",
    "scope": "ISO 21149\nISO 21392",
    "valid_from": "2025-01-01",
    "valid_to": "2027-12-31",
    "evidence": "https://ukas.example/4417",
    "status": "active",
}


def test_laboratory_is_added_with_its_names_and_addresses(editor):
    answer = editor.post("/staff/laboratories", NORTHMERE)

    assert "Northmere Analytical is on record." in editor.get(answer.location).text
    (found,) = laboratories.laboratories()
    assert found.aliases == ["Northmere", "NM Labs"]
    assert found.domains == ["northmere.example", "nm-labs.example"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name": ""}, "Enter the laboratory’s name."),
        ({"name": "!!!"}, "Enter the laboratory's name."),
        ({}, "is on record already"),  # the same form sent twice
    ],
)
def test_laboratory_that_will_not_do_is_said_beside_its_field(editor, changed, message):
    editor.post("/staff/laboratories", NORTHMERE)
    answer = editor.post("/staff/laboratories", {**NORTHMERE, **changed})

    assert answer.status_code == 422
    assert message.replace("'", "&#39;") in answer.text
    assert "nm-labs.example" in answer.text
    assert len(laboratories.laboratories()) == 1


def test_reviewer_records_what_they_saw_of_an_accreditation(editor, reviewer):
    there = editor.post("/staff/laboratories", NORTHMERE).location

    assert reviewer.post(f"{there}/accreditations", SEEN).status_code == 303
    page = reviewer.get(there)
    assert "UKAS 4417" in page.text
    assert "Reviewer Sato" in page.text
    late = reviewer.post(f"{there}/accreditations", {**SEEN, "valid_to": "2024-12-31"})
    assert late.status_code == 422
    assert "It cannot end before it began." in late.text
    assert (
        "Enter the page of the body"
        in reviewer.post(f"{there}/accreditations", {**SEEN, "evidence": ""}).text
    )


@pytest.fixture
def there(editor):
    """The page of a laboratory on record."""
    return editor.post("/staff/laboratories", NORTHMERE).location


def known():
    (found,) = laboratories.laboratories()
    return found


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"domains": "co.uk"}, "co.uk is not a web address of one holder."),
        ({"domains": "gmail.com"}, "others have pages there"),
        ({"aliases": "x" * 201}, "Enter at most 50 names"),
        ({"revision": "0"}, "Somebody changed this record"),
        ({"revision": "9" * 4_000}, "Somebody changed this record"),
        ({"name": ""}, "Enter the laboratory’s name."),
    ],
)
def test_change_that_will_not_do_is_said_beside_its_field(editor, there, changed, message):
    sent = {**NORTHMERE, "revision": str(known().revision), **changed}
    answer = editor.post(f"{there}/edit", sent)

    assert answer.status_code == 422
    assert message in answer.text
    assert known().domains == ["northmere.example", "nm-labs.example"]


def test_names_and_addresses_are_changed_and_told_in_the_history(editor, there):
    assert "NM Labs" in editor.get(f"{there}/edit").text
    sent = {**NORTHMERE, "name": "Northmere Ltd", "aliases": "", "revision": known().revision}
    page = editor.get(editor.post(f"{there}/edit", sent).location).text

    assert known().legal_name == "Northmere Ltd"
    assert "Renamed it from Northmere Analytical to Northmere Ltd" in page
    assert "Removed Northmere, NM Labs" in page or "Removed NM Labs" in page
    assert "Editor Sato" in page


def test_host_seen_on_a_document_is_approved_and_refused_by_a_button(reviewer, there, tmp_path):
    with transaction():
        made = make_certificate(tmp_path, printed={"verify_url": "https://lims.example/v/1"})
    page = reviewer.get(there).text
    assert "lims.example" in page
    assert made.public_id in page
    assert "1 look-up page to decide" in reviewer.get("/staff/laboratories?needs=1").text

    for decision, hosts in (
        ("approve", ["lims.example"]),
        ("refuse", []),
        ("approve", ["lims.example"]),
    ):
        sent = {"host": "lims.example", "decision": decision}
        assert reviewer.post(f"{there}/hosts/decision", sent).status_code == 303
        assert known().verify_hosts == hosts
    unseen = {"host": "other.example", "decision": "approve"}
    assert reviewer.post(f"{there}/hosts/decision", unseen).status_code == 404


def test_host_is_added_by_hand_and_bad_ones_are_not(reviewer, there):
    refused = reviewer.post(f"{there}/hosts", {"host": "bit.ly"})
    assert refused.status_code == 422
    assert "does not say whose page it opens" in refused.text
    assert reviewer.post(f"{there}/hosts", {"host": "https://lims.example/x"}).status_code == 303
    assert known().verify_hosts == ["lims.example"]


def test_list_is_searched_and_says_what_ends_soon(editor, reviewer, there):
    editor.post("/staff/laboratories", {"name": "Calder Testing", "domains": "calder.example"})
    soon = clock.today() + timedelta(days=30)
    reviewer.post(f"{there}/accreditations", {**SEEN, "valid_to": soon.isoformat()})
    for query, names in (
        ("", {"Northmere Analytical", "Calder Testing"}),
        ("?q=nm+labs", {"Northmere Analytical"}),
        ("?q=calder.ex", {"Calder Testing"}),
        ("?q=nothing", set()),
        ("?needs=1", {"Northmere Analytical"}),
        ("?needs=1&q=calder", set()),
    ):
        page = editor.get(f"/staff/laboratories{query}").text
        found = {
            name for name in ("Northmere Analytical", "Calder Testing") if f">{name}</a>" in page
        }
        assert found == names, query
    assert "Accreditation ends in 30 days" in editor.get("/staff/laboratories").text


def test_accreditation_is_changed_seen_again_and_its_page_kept(reviewer, there):
    sent = {**SEEN, "document": (io.BytesIO(b"%PDF-1.7 seen"), "seen.pdf")}
    assert reviewer.post(f"{there}/accreditations", sent).status_code == 303
    (row,) = accreditations.accreditations_of(known().id)
    one = f"{there}/accreditations/{row.public_id}"
    kept = reviewer.get(f"{one}/document")
    assert (kept.data, kept.headers["Content-Disposition"][:10]) == (b"%PDF-1.7 seen", "attachment")
    assert "sandbox" in kept.headers["Content-Security-Policy"]

    assert "ISO 21149" in reviewer.get(one).text
    changed = {**SEEN, "status": "suspended"}
    assert "Suspended" in reviewer.get(reviewer.post(one, changed).location).text
    assert "Seen again today." in reviewer.get(reviewer.post(f"{one}/seen").location).text
    for bad, message in (
        ({"status": "fine"}, "Choose how the body lists it."),
        ({"scope": "x\n" * 300_000}, "Shorten this to 400,000 characters."),
        ({"valid_from": "2028-01-01"}, "It cannot end before it began."),
    ):
        answer = reviewer.post(one, {**SEEN, **bad})
        assert answer.status_code == 422, bad
        assert message in answer.text
    again = reviewer.post(f"{there}/accreditations", SEEN)
    assert "on record already" in again.text


def test_signing_certificate_is_pinned_by_two_and_removed(reviewer, sign_in, there):
    other = sign_in(Role.REVIEWER, "Dana Ito")
    answer = reviewer.post(f"{there}/signing", {"pem": PEM.decode(), "source": "Mail of 3 Oct"})
    assert answer.status_code == 303
    page = reviewer.get(answer.location).text
    assert DIGEST in page
    assert "That cannot be Reviewer Sato" in page
    assert reviewer.post(f"{answer.location}/agree").status_code == 422
    assert known().signing_certs == []

    assert "I compared it and agree" in other.get(answer.location).text
    assert other.post(f"{answer.location}/agree").status_code == 303
    assert known().signing_certs == [DIGEST]
    assert other.post(f"{answer.location}/remove", {"reason": ""}).status_code == 422
    assert other.post(f"{answer.location}/remove", {"reason": "Key lost"}).status_code == 303
    assert known().signing_certs == []
    assert "Key lost" in other.get(there).text


def test_private_key_is_refused_and_never_shown_again(reviewer, there):
    key = KEYS["pem"].decode()
    sent = reviewer.post(f"{there}/signing", {"pem": key, "source": "Mail"})
    assert sent.status_code == 422
    assert "This is a private key" in sent.text
    assert key.splitlines()[1] not in sent.text
    file = (io.BytesIO(KEYS["der"]), "key.der")
    chosen = reviewer.post(f"{there}/signing", {"file": file, "source": "Mail"})
    assert "This is a private key" in chosen.text
    nothing = reviewer.post(f"{there}/signing", {})
    assert "Paste the certificate, or choose its file." in nothing.text
    assert laboratory_pins.pins_of(known().id) == []


def test_record_is_taken_off_put_back_and_joined(editor, reviewer, there, tmp_path):
    with transaction():
        make_certificate(tmp_path)
    assert "1 certificate is filed under it." in reviewer.get(f"{there}/remove").text
    assert reviewer.post(f"{there}/remove", {"reason": ""}).status_code == 422
    reviewer.post(f"{there}/remove", {"reason": "Not one"})
    assert "Off record since" in reviewer.get(there).text
    assert laboratories.laboratories() == []
    assert reviewer.post(f"{there}/restore").status_code == 303

    twin = editor.post("/staff/laboratories", {"name": "Northmere Two"}).location
    assert reviewer.post(f"{twin}/merge", {"into": "-"}).status_code == 422
    assert reviewer.post(f"{twin}/merge", {"into": "nobody"}).status_code == 422
    assert reviewer.post(f"{twin}/merge", {"into": there.rpartition("/")[2]}).status_code == 303
    assert "Northmere Two" in known().aliases
    assert laboratory_lookups.needs(clock.today()) == {}
