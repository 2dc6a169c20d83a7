import re
from pathlib import Path

import pytest

from shop.assay import registry
from shop.assay.policy import Mark
from shop.assay.sellers import checks
from shop.assay.sellers.facts import ProofMethod, SellerState, Statement
from shop.assay.sellers.hostnames import Problem
from shop.assay.vocabulary import Outcome, Severity
from shop.web import link_words, seller_words, words

TEMPLATES = Path(words.__file__).parents[1] / "templates"
FAILURES = sorted(
    rule.code
    for rule in checks.RULES
    if rule.outcome is Outcome.FAILED or rule.code == "url.scheme_not_web"
)


def found(code, outcome=None, severity=None):
    """A finding of this rule, with a word for each of its values."""
    rule = registry.rule(code)
    variant = next(iter(rule.wordings))
    names = {"h", "brand", "seller", "date", "target", "registrable", "n", "diff", "h2", "r"}
    values = dict.fromkeys(names, "x")
    return rule.found(variant, outcome=outcome, severity=severity, **values)


def test_every_state_has_a_shape_a_word_and_a_meaning():
    assert set(seller_words.STATES) == set(SellerState)
    assert len({told.title for told in seller_words.STATES.values()}) == len(SellerState)
    assert all(told.detail for told in seller_words.STATES.values())
    assert seller_words.UNCONFIRMED in seller_words.STATES[SellerState.UNVERIFIED].detail


def test_every_proof_statement_and_problem_has_words():
    assert set(seller_words.PROOFS) == set(ProofMethod)
    assert set(link_words.STATEMENTS) == {"", *Statement} - {Statement.SOLD_BY}
    assert set(link_words.NOT_LINKS) == set(Problem)


@pytest.mark.parametrize("code", FAILURES)
def test_every_failure_has_a_title_of_its_own_and_a_mark_that_warns(code):
    finding = found(code, outcome=Outcome.FAILED)

    told = seller_words.offer(Outcome.FAILED, [finding])

    is_general = told.title == "Address does not match the brand"
    assert is_general is (code in {"seller.mismatch_declared", "name.contains_brand"})
    assert told.mark in {Mark.WARN, Mark.STOP}


@pytest.mark.parametrize("rule", checks.RULES, ids=lambda rule: rule.code)
def test_every_finding_that_counts_says_what_would_change_it(rule):
    finding = found(rule.code, outcome=Outcome.INDETERMINATE)

    assert (len(link_words.changes([finding])) == 1) is (rule.code != "seller.other_trade")


@pytest.mark.parametrize(
    ("outcome", "code", "severity", "state"),
    [
        (Outcome.PASSED, "seller.official", None, SellerState.VERIFIED),
        (Outcome.INDETERMINATE, "seller.not_listed", None, SellerState.UNVERIFIED),
        (Outcome.FAILED, "seller.mismatch_declared", None, SellerState.MISMATCHED),
        (Outcome.FAILED, "name.joined_or_split", None, SellerState.SUSPICIOUS),
        (Outcome.FAILED, "url.host_is_ip", Severity.WARNING, SellerState.SUSPICIOUS),
    ],
)
def test_state_of_a_verdict_is_the_judges_own(outcome, code, severity, state):
    finding = found(code, severity=severity)

    assert seller_words.state(outcome, [finding]) is state
    assert checks.state([finding]) is state


def test_decision_of_a_person_never_reads_as_the_brands_word():
    doubt = found("seller.not_listed")

    assert seller_words.offer(Outcome.PASSED, [doubt]).title == "Confirmed by our staff"
    assert "Our staff" in seller_words.offer(Outcome.FAILED, [doubt]).title


def test_heaviest_failure_names_the_verdict():
    several = [found("seller.mismatch_declared"), found("name.joined_or_split")]

    told = seller_words.offer(Outcome.FAILED, several)

    assert told.title == "Address looks like a known one, but is not"


def test_what_is_hidden_is_counted_with_its_reason():
    states = [SellerState.UNVERIFIED, SellerState.UNVERIFIED, SellerState.SUSPICIOUS, None]

    assert seller_words.hidden(states) == (
        "4 shops are hidden: 2 not confirmed, 1 with an address to compare, 1 not checked yet."
    )
    assert seller_words.hidden([SellerState.MISMATCHED]).startswith("1 shop is hidden")
    assert seller_words.hidden([]).startswith("No shop is hidden")


def test_templates_name_only_words_that_there_are():
    used = {
        (module, name)
        for path in TEMPLATES.rglob("*.html")
        for module, name in re.findall(r"\b(seller_words|link_words)\.(\w+)", path.read_text())
    }

    assert len(used) > 20
    modules = {"seller_words": seller_words, "link_words": link_words}
    assert [pair for pair in used if not hasattr(modules[pair[0]], pair[1])] == []


@pytest.mark.parametrize("module", [seller_words, link_words], ids=lambda module: module.__name__)
def test_no_word_praises_or_accuses(module):
    banned = ("fake", "scam", "counterfeit", "genuine", "guaranteed", "trusted", "!")
    names = [name for name in vars(module) if not name.startswith("__")]
    text = str([getattr(module, name) for name in names]).lower()

    assert [word for word in banned if word in text.replace("!=", "")] == []
    assert words.Words is module.Words
