import re
import string

import pytest

from shop.assay import registry
from shop.assay.vocabulary import Outcome, Rule, Severity

# We state facts and never accuse, and praise nothing either.
BANNED = re.compile(r"(?i)\b(fake|scam|counterfeit|genuine|guarantee|trusted|trustworthy)")
GOOD_OR_NEUTRAL = {Severity.OK, Severity.INFO}

every_rule = pytest.mark.parametrize("rule", registry.RULES.values(), ids=lambda rule: rule.code)


@every_rule
def test_wording_accuses_nobody_and_ends_as_a_sentence(rule):
    assert rule.wordings
    for wording in rule.wordings.values():
        assert not BANNED.search(wording)
        assert wording.rstrip("\N{RIGHT DOUBLE QUOTATION MARK}\"'").endswith((".", "?"))


@every_rule
def test_wording_takes_plain_named_values_only(rule):
    for wording in rule.wordings.values():
        for _, name, spec, conversion in string.Formatter().parse(wording):
            assert name is None or (name.isidentifier() and not spec and not conversion)


@every_rule
def test_code_reads_room_dot_what(rule):
    assert re.fullmatch(r"[a-z0-9]+\.[a-z0-9_]+", rule.code)


@every_rule
def test_severity_and_outcome_agree(rule):
    if rule.outcome is Outcome.PASSED:
        assert rule.severity in GOOD_OR_NEUTRAL
    if rule.severity is Severity.OK:
        assert rule.outcome is Outcome.PASSED


def test_rule_is_found_by_its_code():
    assert registry.rule("inspection.unavailable").severity is Severity.NOTICE


def test_unknown_code_is_no_rule():
    with pytest.raises(KeyError):
        registry.rule("seller.invented")


def test_two_rules_of_one_name_are_refused():
    first, second = (
        Rule("x.same", Severity.INFO, Outcome.NOT_APPLICABLE, {"default": text}) for text in "ab"
    )
    with pytest.raises(ValueError, match=r"x\.same"):
        registry._collected([first], [second])  # noqa: SLF001 - the guard under test
