import pytest

from shop.assay.log import badges
from shop.assay.log.entries import EntryError
from shop.assay.policy import Mark
from shop.assay.vocabulary import Outcome
from tests.assay.log.factories import make_record


def decided(**changes):
    decision = {**make_record()["decision"], **changes}
    return {**make_record(), "decision": decision}


def found(**changes):
    return {**make_record()["findings"][0], **changes}


def test_badge_is_what_the_record_says():
    assert badges.said(make_record()) == (Outcome.INDETERMINATE, Mark.REVIEW)


@pytest.mark.parametrize(
    ("record", "badge"),
    [
        (make_record(), (Outcome.PASSED, Mark.PART)),  # approved by two, with a notice
        ({**make_record(), "decision": None}, (Outcome.INDETERMINATE, Mark.REVIEW)),
        (decided(outcome="failed"), (Outcome.FAILED, Mark.STOP)),
        (
            {**decided(persons=1), "findings": [found(outcome="failed", severity="warning")]},
            (Outcome.FAILED, Mark.WARN),
        ),
        (
            {**decided(persons=2), "findings": [found(outcome="failed", severity="warning")]},
            (Outcome.PASSED, Mark.PART),
        ),
        (
            {**make_record(), "decision": None, "findings": []},
            (Outcome.INDETERMINATE, Mark.REVIEW),
        ),
    ],
)
def test_badge_adds_up_from_the_record_alone(record, badge):
    assert badges.added_up(record) == badge


@pytest.mark.parametrize("record", [{}, {"outcome": "passed", "mark": "gold"}, []])
def test_record_without_a_badge_is_refused(record):
    with pytest.raises(EntryError):
        badges.said(record)


@pytest.mark.parametrize(
    "record",
    [
        {},
        {**make_record(), "findings": [{}]},
        {**make_record(), "findings": [found(severity="dire")]},
        {**make_record(), "findings": 7},
        {**make_record(), "decision": {}},
        decided(at="yesterday"),
        decided(persons="two"),
    ],
)
def test_record_whose_findings_cannot_be_read_is_refused(record):
    with pytest.raises(EntryError):
        badges.added_up(record)
