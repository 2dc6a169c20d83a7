"""Are reports that were altered after their export told from those that were not, rule by rule?

Honest reports of several layouts are altered in every way that tests/papers/forgeries.py knows.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from shop.assay.certificates import checks
from shop.assay.vocabulary import Outcome
from shop.certificates import inspecting
from shop.certificates.reader import parent
from tests.papers import forgeries

HONEST = Path(__file__).parents[1] / "corpus" / "certificates" / "honest"
AT = datetime(2026, 11, 22, tzinfo=UTC)
REPORTS = ("drawing-plain-5", "hemp-panels-1", "suppliers-trader-1")
# What must be found of each alteration.
RULES = {
    "edit_visible": ("appended_by_hand", "appended_by_pypdf", "appended_page_added"),
    "text_covered": ("covered", "covered_by_reportlab", "covered_by_picture", "covered_by_note"),
    "text_hidden": ("hidden_mode_3", "hidden_white", "hidden_off_page", "hidden_tiny"),
    "font_outlier": ("retyped",),
    "producer_editor": ("by_editor",),
    "meta_dates": ("dated_later",),
}

pytestmark = pytest.mark.xdist_group("forgeries")


@cache
def suspicions():
    """By rule: what is found against each report that was altered, and by None, against each that
    was not.
    """
    jobs = [(rule, name, report) for rule in RULES for name in RULES[rule] for report in REPORTS]
    jobs += [(None, None, report) for report in REPORTS]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda job: _against(*job[1:]), jobs))
    return [(rule, codes) for (rule, _, _), codes in zip(jobs, answers, strict=True)]


@pytest.mark.parametrize("rule", RULES)
def test_every_alteration_is_found_by_its_rule(rule):
    found = [codes for altered, codes in suspicions() if altered == rule]
    assert all(f"certificate.{rule}" in codes for codes in found), found


@pytest.mark.parametrize("rule", RULES)
def test_report_as_exported_raises_no_suspicion(rule):
    found = [codes for altered, codes in suspicions() if altered is None]
    assert not any(f"certificate.{rule}" in codes for codes in found), found


def _against(name, report):
    content = (HONEST / f"{report}.pdf").read_bytes()
    reading = parent.read(forgeries.forge(name, content) if name else content)
    facts = inspecting.Folder([]).facts(reading, None, at=AT)
    doubts = {Outcome.FAILED, Outcome.INDETERMINATE}
    return {f.rule.code for f in checks.judge(facts, at=AT) if f.outcome in doubts}
