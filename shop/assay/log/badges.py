"""Which badge does a record make, by itself?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shop.assay import policy
from shop.assay.log.entries import EntryError
from shop.assay.policy import Mark
from shop.assay.vocabulary import Decision, Finding, Outcome, Rule, Severity

Badge = tuple[Outcome, Mark]


def said(record: Mapping[str, Any]) -> Badge:
    """The outcome and the mark that the record states. Raises EntryError."""
    try:
        return Outcome(record["outcome"]), Mark(record["mark"])
    except (KeyError, TypeError, ValueError) as problem:
        message = "this record makes no badge"
        raise EntryError(message) from problem


def added_up(record: Mapping[str, Any]) -> Badge:
    """What the record's findings and decision add up to, by the policy of today."""
    try:
        findings = [_finding(each) for each in record["findings"]]
        decision = None if record["decision"] is None else _decision(record["decision"])
    except (KeyError, TypeError, ValueError) as problem:
        message = "this record's findings cannot be read"
        raise EntryError(message) from problem
    outcome = policy.overall(findings, decision)
    return outcome, policy.mark(outcome, findings, decision)


def _finding(said_of_it: Mapping[str, Any]) -> Finding:
    severity, outcome = Severity(said_of_it["severity"]), Outcome(said_of_it["outcome"])
    # The policy looks at code, severity and outcome: wordings and values change no badge.
    return Finding(Rule(str(said_of_it["code"]), severity, outcome, {}), "", severity, outcome)


def _decision(said_of_it: Mapping[str, Any]) -> Decision:
    return Decision(
        outcome=Outcome(said_of_it["outcome"]),
        asserter="one",
        at=datetime.fromisoformat(said_of_it["at"]),
        settles=frozenset(said_of_it["settles"]),
        reason="",
        seconded_by="another" if said_of_it["persons"] > 1 else "",
    )
