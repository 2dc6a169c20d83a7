from datetime import UTC, datetime

import pytest

from shop.assay.policy import Mark
from shop.assay.vocabulary import Outcome, Rule, Severity
from shop.catalog.models import Headline
from shop.web import words

DETAILS = {
    "lot": "MO-2609-B",
    "date": "2026-10-02",
    "count": "2",
    "on_sale": "P-311",
}


@pytest.mark.parametrize("headline", Headline)
def test_every_headline_has_words(headline):
    told = words.headline(headline, DETAILS)

    assert told.title
    assert "{" not in told.title + told.detail


@pytest.mark.parametrize("headline", Headline)
def test_headline_without_values_says_less_and_never_fails(headline):
    assert "{" not in words.headline(headline, {}).detail


def test_one_note_is_singular():
    assert words.headline(Headline.NOTES, DETAILS | {"count": "1"}).title == "Verified, with 1 note"


@pytest.mark.parametrize(
    "table",
    [
        words.MARKS,
        words.MEANINGS,
        words.VERIFICATION | {Mark.INFO: ""},
        words.CERTIFICATE_MARKS,
        words.LOT_MARKS,
        words.SELLER_MARKS,
        words.FINDING_MARKS,
    ],
)
def test_every_mark_has_words_in_every_table(table):
    assert set(table) == set(Mark)


@pytest.mark.parametrize(
    ("outcome", "severity", "mark"),
    [
        (Outcome.PASSED, Severity.OK, Mark.OK),
        (Outcome.FAILED, Severity.WARNING, Mark.WARN),
        (Outcome.FAILED, Severity.REFUSED, Mark.STOP),
        (Outcome.INDETERMINATE, Severity.NOTICE, Mark.NONE),
        (Outcome.NOT_APPLICABLE, Severity.INFO, Mark.INFO),
    ],
)
def test_finding_mark(outcome, severity, mark):
    rule = Rule("test.rule", severity, outcome, {"default": "Words."})

    assert words.finding_mark(rule.found(date=datetime(2026, 1, 1, tzinfo=UTC))) is mark


def test_no_word_praises_or_accuses():
    banned = ("fake", "scam", "counterfeit", "genuine", "guaranteed", "trusted", "!")
    text = str([value for name, value in vars(words).items() if not name.startswith("__")]).lower()

    assert [word for word in banned if word in text.replace("!=", "")] == []
