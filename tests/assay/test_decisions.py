from datetime import UTC, datetime

import pytest

from shop.assay import decisions
from shop.assay.vocabulary import Decision, Outcome, Rule, Severity

AT = datetime(2026, 10, 12, 15, 20, tzinfo=UTC)
BAD = Rule("x.bad", Severity.WARNING, Outcome.FAILED, {"default": ""}).found()
DOUBT = Rule("x.doubt", Severity.NOTICE, Outcome.INDETERMINATE, {"default": ""}).found()


def decided(outcome, *codes, seconded_by=""):
    return Decision(outcome, "staff1", AT, frozenset(codes), "reason", seconded_by)


@pytest.mark.parametrize(
    ("decision", "code", "sentence"),
    [
        (
            decided(Outcome.PASSED),
            "staff.approved",
            "A reviewer compared this with the evidence on 12 Oct 2026 and approved it.",
        ),
        (
            decided(Outcome.PASSED, seconded_by="staff2"),
            "staff.approved",
            "Two reviewers compared this with the evidence and approved it, on 12 Oct 2026.",
        ),
        (
            decided(Outcome.FAILED),
            "staff.refused",
            "A reviewer compared this with the evidence on 12 Oct 2026 and rejected it.",
        ),
        (
            decided(Outcome.INDETERMINATE),
            "staff.undecided",
            "A reviewer looked at this on 12 Oct 2026 and could not tell.",
        ),
    ],
)
def test_decision_is_a_finding_with_its_asserter(decision, code, sentence):
    found = decisions.finding(decision)
    assert (found.rule.code, found.sentence) == (code, sentence)
    assert (found.asserter, found.outcome) == ("staff1", decision.outcome)


@pytest.mark.parametrize(
    ("decision", "takes_two"),
    [
        (decided(Outcome.PASSED, "x.bad"), True),
        (decided(Outcome.PASSED, "x.bad", seconded_by="staff2"), False),
        (decided(Outcome.PASSED, "x.doubt"), False),
        (decided(Outcome.PASSED), False),
        (decided(Outcome.FAILED, "x.bad"), False),  # to say no, one is enough
    ],
)
def test_approving_what_failed_takes_two(decision, takes_two):
    assert decisions.needs_second(decision, [BAD, DOUBT]) is takes_two
