"""Names that a reviewer finds to belong to two companies: from the finding to the ledger."""

import json

import pytest

from shop.accounts.service import Role
from shop.assay.vocabulary import Outcome, Subject, SubjectKind
from shop.inspections import service as inspections
from shop.ledger import service as ledger
from shop.plumbing import clock
from shop.plumbing.db import transaction
from shop.sellers import protecting
from shop.sellers import service as sellers
from shop.verdicts import service as verdicts
from tests.sellers.factories import make_product

LIKE = "https://olaplx.com/treatment"
REASON = "Olaplx Ltd is a maker of flooring in Leeds; register 1234567, read 22 Nov 2026."


@pytest.fixture
def like(app, editor):
    """The public id of a link whose address is one letter off the brand's."""
    with transaction():
        product = make_product("No. 3 Treatment", brand="Olaplex")
        sellers.add_domain("olaplex.com", owner=product.brand)
        slug = product.slug
    blank = dict.fromkeys(("retailer", "statement", "declared_seller", "label", "source"), "")
    sent = {**blank, "price": "", "url": LIKE}
    there = editor.post(f"/staff/sellers/offers/new?product={slug}", sent).location
    return there.rsplit("/", 1)[1]


def look_again(public_id):
    with transaction():
        inspections.inspect(Subject(SubjectKind.OFFER, public_id), at=clock.now())


def codes(public_id):
    published = verdicts.current(Subject(SubjectKind.OFFER, public_id))
    return {finding.rule.code for finding in published.verdict.findings}


def mark(browser, public_id, pair="olaplx olaplex", reason=REASON):
    sent = {"pair": pair, "reason": reason}
    return browser.post(f"/staff/sellers/offers/{public_id}/unrelated", sent)


def lift(browser, public_id, reason="They have merged."):
    return browser.post(f"/staff/sellers/unrelated/{public_id}/lift", {"reason": reason})


def test_mark_takes_the_warning_off_and_verifies_nothing(like, reviewer):
    assert "name.typo" in codes(like)
    page = reviewer.get(f"/staff/sellers/offers/{like}/unrelated")
    assert '<option value="olaplx olaplex"' in page.text

    answer = mark(reviewer, like)

    assert answer.status_code == 303
    assert "The mark is on record." in reviewer.get(answer.location).text
    assert "name.typo" not in codes(like)
    published = verdicts.current(Subject(SubjectKind.OFFER, like))
    assert published.verdict.outcome is Outcome.INDETERMINATE


def test_mark_stands_in_the_list_on_the_audit_trail_and_on_the_ledger(like, reviewer):
    mark(reviewer, like)

    (kept,) = protecting.marks()
    page = reviewer.get("/staff/sellers/unrelated").text
    assert "olaplex and olaplx" in page
    assert "Reviewer Sato" in page
    assert "Reviewer Sato</b> marked as unrelated" in reviewer.get("/staff/audit").text
    entry = next(each for each in ledger.entries() if each.subject_kind == "names")
    record = json.loads(entry.record)
    assert record["subject"]["id"] == kept.public_id
    assert record["decision"]["outcome"] == "passed"
    assert "Leeds" not in entry.record
    assert reviewer.get(f"/ledger/{entry.index}").status_code == 200
    assert list(verdicts.replay()) == []


def test_lifted_mark_warns_again_and_its_history_stays(like, reviewer, sign_in):
    mark(reviewer, like)
    (kept,) = protecting.marks()
    other = sign_in(Role.REVIEWER, "R. Adeyemi")

    answer = lift(other, kept.public_id)

    page = other.get(answer.location).text
    assert "The mark is lifted." in page
    assert REASON in page
    assert "They have merged." in page
    assert "R. Adeyemi" in page
    assert "Lift the mark" not in page
    assert "R. Adeyemi</b> took back the mark on" in other.get("/staff/audit").text
    assert len([each for each in ledger.entries() if each.subject_kind == "names"]) == 2
    look_again(like)
    assert "name.typo" in codes(like)
    mark(reviewer, like, reason="They have parted again.")
    assert len(protecting.marks()) == 2
    assert list(verdicts.replay()) == []


def test_sent_twice_is_marked_once(like, reviewer):
    mark(reviewer, like)
    size = ledger.size()

    assert mark(reviewer, like).status_code == 422  # nothing is compared any longer
    assert ledger.size() == size
    assert len(protecting.marks()) == 1


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"reason": ""}, "Enter how we know that these are two companies."),
        ({"reason": "x" * 2001}, "Shorten this to 2,000 characters."),
        ({"pair": "olaplx sephora"}, "Choose the two names."),
    ],
)
def test_mark_without_grounds_is_said_beside_its_field(like, reviewer, given, message):
    answer = mark(reviewer, like, **given)

    assert answer.status_code == 422
    assert message in answer.text
    assert "error-summary" in answer.text
    assert protecting.marks() == []
    assert "name.typo" in codes(like)


def test_lift_without_a_reason_lifts_nothing(like, reviewer):
    mark(reviewer, like)
    (kept,) = protecting.marks()
    answer = lift(reviewer, kept.public_id, "  ")

    assert answer.status_code == 422
    assert "Enter why the mark no longer holds." in answer.text
    assert "name.typo" not in codes(like)


def test_editor_reads_marks_and_makes_none(like, reviewer, editor):
    mark(reviewer, like)
    (kept,) = protecting.marks()

    page = editor.get(f"/staff/sellers/unrelated/{kept.public_id}")
    assert "Lift the mark" not in page.text
    assert lift(editor, kept.public_id).status_code == 403
    assert mark(editor, like).status_code == 403
    assert editor.get(f"/staff/sellers/offers/{like}").status_code == 200


def test_what_is_gone_is_not_found(app, reviewer):
    assert reviewer.get("/staff/sellers/unrelated/aaaaaaaaaaaaaaaa").status_code == 404
    assert reviewer.get("/staff/sellers/unrelated?before=aaaaaaaaaaaaaaaa").status_code == 404
    assert lift(reviewer, "aaaaaaaaaaaaaaaa").status_code == 404
    assert mark(reviewer, "aaaaaaaaaaaaaaaa").status_code == 404
    assert "No names are marked." in reviewer.get("/staff/sellers/unrelated").text
