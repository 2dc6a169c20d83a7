from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.assay import policy
from shop.assay.policy import LONGEST_VALIDITY, Mark
from shop.assay.vocabulary import (
    Decision,
    Outcome,
    Rule,
    Severity,
    Subject,
    SubjectKind,
    Verdict,
)

AT = datetime(2026, 10, 12, tzinfo=UTC)
GOOD = Rule("x.good", Severity.OK, Outcome.PASSED, {"default": ""}).found()
BAD = Rule("x.bad", Severity.WARNING, Outcome.FAILED, {"default": ""}).found()
DOUBT = Rule("x.doubt", Severity.NOTICE, Outcome.INDETERMINATE, {"default": ""}).found()
ASIDE = Rule("x.aside", Severity.INFO, Outcome.NOT_APPLICABLE, {"default": ""}).found()
REMARK = Rule("x.remark", Severity.NOTICE, Outcome.NOT_APPLICABLE, {"default": ""}).found()

P, F, IND = Outcome.PASSED, Outcome.FAILED, Outcome.INDETERMINATE


def decided(outcome, *settled, seconded_by=""):
    codes = frozenset(finding.rule.code for finding in settled)
    return Decision(outcome, "staff1", AT, codes, "reason", seconded_by)


@pytest.mark.parametrize(
    ("findings", "decision", "outcome"),
    [
        ([], None, IND),  # silence is not a pass
        ([GOOD], None, P),
        ([GOOD, ASIDE], None, P),
        ([ASIDE], None, IND),
        ([GOOD, DOUBT], None, IND),
        ([GOOD, BAD, DOUBT], None, F),
        # A refusal fails, whatever the machine found.
        ([GOOD], decided(F), F),
        ([], decided(F), F),
        # An approval passes what it settles, and nothing else.
        ([DOUBT], decided(P, DOUBT), P),
        ([DOUBT, ASIDE], decided(P, DOUBT), P),
        ([GOOD, DOUBT], decided(P), IND),
        ([], decided(P), P),
        # What failed takes two people.
        ([BAD], decided(P, BAD), F),
        ([BAD], decided(P, BAD, seconded_by="staff2"), P),
        ([BAD, DOUBT], decided(P, BAD, seconded_by="staff2"), IND),
        # "Could not tell" settles the doubt without a pass.
        ([DOUBT], decided(IND, DOUBT), IND),
    ],
)
def test_overall(findings, decision, outcome):
    assert policy.overall(findings, decision) is outcome


@given(st.lists(st.sampled_from([GOOD, BAD, DOUBT, ASIDE, REMARK])))
def test_overall_depends_on_no_order_and_no_repetition(findings):
    assert policy.overall(findings) is policy.overall(findings[::-1])
    assert policy.overall(findings) is policy.overall(findings * 2)


@given(st.lists(st.sampled_from([GOOD, ASIDE, REMARK])))
def test_a_failure_fails_in_any_company(findings):
    assert policy.overall([*findings, BAD]) is F


@given(st.lists(st.sampled_from([GOOD, ASIDE, REMARK])))
def test_doubt_never_passes_in_any_company(findings):
    assert policy.overall([*findings, DOUBT]) is IND


@pytest.mark.parametrize(
    ("changes_at", "until"),
    [
        ([], AT + LONGEST_VALIDITY),
        ([AT + timedelta(days=3), AT + timedelta(days=2)], AT + timedelta(days=2)),
        ([AT, AT - timedelta(days=1)], AT + LONGEST_VALIDITY),  # what is past changes no more
        ([AT + timedelta(days=900)], AT + LONGEST_VALIDITY),
    ],
)
def test_valid_until(changes_at, until):
    assert policy.valid_until(AT, changes_at) == until


@pytest.mark.parametrize(
    ("outcome", "findings", "decision", "mark"),
    [
        (P, [GOOD], None, Mark.OK),
        (P, [GOOD, ASIDE], None, Mark.OK),  # an aside changes nobody's mind
        (P, [GOOD, REMARK], None, Mark.PART),
        (P, [GOOD, DOUBT], decided(P, DOUBT), Mark.PART),
        (F, [BAD], None, Mark.WARN),
        (F, [BAD], decided(P, BAD), Mark.WARN),
        (F, [GOOD], decided(F), Mark.STOP),
        (IND, [DOUBT], None, Mark.REVIEW),
        (Outcome.NOT_APPLICABLE, [], None, Mark.NONE),
    ],
)
def test_mark(outcome, findings, decision, mark):
    assert policy.mark(outcome, findings, decision) is mark


VERDICT = Verdict(
    subject=Subject(SubjectKind.OFFER, "o1"),
    outcome=P,
    findings=(GOOD,),
    rule_set="1",
    evidence_sha256="ab",
    judged_at=AT,
    valid_until=AT,
)


@pytest.mark.parametrize(
    ("change", "has_changed"),
    [
        ({}, False),
        ({"judged_at": AT + timedelta(1), "valid_until": AT + timedelta(2)}, False),
        ({"outcome": F}, True),
        ({"findings": (GOOD, ASIDE)}, True),
        ({"decision": decided(P)}, True),
        ({"rule_set": "2"}, True),
        ({"evidence_sha256": "cd"}, True),
    ],
)
def test_has_changed(change, has_changed):
    assert policy.has_changed(VERDICT, replace(VERDICT, **change)) is has_changed


def test_the_first_verdict_is_news():
    assert policy.has_changed(None, VERDICT)


def test_document_that_holds_outweighs_one_that_fails_and_both_one_that_waits():
    by_weight = sorted(Mark, key=policy.weight, reverse=True)
    assert set(by_weight[:2]) == {Mark.OK, Mark.PART}
    assert set(by_weight[2:4]) == {Mark.WARN, Mark.STOP}
    assert {policy.weight(mark) for mark in by_weight[4:]} == {0}
