"""The words that every judge, page and ledger entry shares. Standard library only."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

DEFAULT = "default"
_NO_DETAILS: Mapping[str, str] = MappingProxyType({})
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T[0-9:.+Z-]*)?")


class SubjectKind(StrEnum):
    """What can be judged, by the one judge of its kind; names are for a person to decide."""

    CERTIFICATE = "certificate"
    OFFER = "offer"
    CLAIM = "claim"
    NAMES = "names"  # whether two names belong to different companies


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that is judged, by its opaque public id (never a row id)."""

    kind: SubjectKind
    public_id: str


class Outcome(StrEnum):
    """What one rule, or all of them, answered. Only `PASSED` may ever read as good news."""

    PASSED = "passed"
    FAILED = "failed"
    INDETERMINATE = "indeterminate"  # we looked and could not tell
    NOT_APPLICABLE = "not_applicable"


class Severity(StrEnum):
    """How much a finding weighs, from good news to a file that is refused unread."""

    OK = "ok"
    INFO = "info"  # says something, changes nothing
    NOTICE = "notice"  # a person should look
    CAUTION = "caution"  # contradicted by a named party's own words
    WARNING = "warning"  # made to mislead, or two facts that cannot both hold
    REFUSED = "refused"  # never opened, or never rendered as a link

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a judge may say, and how it is worded.

    `code` reads `room.what`, is stable and public. `wordings` maps a variant (most rules have
    only `"default"`) to a sentence with `{named}` values; a page renders it and Jinja escapes it.
    `severity` and `outcome` are what the rule means unless a finding says otherwise.
    `source` names where the rule comes from (a standard's clause, a measured fact).
    """

    code: str
    severity: Severity
    outcome: Outcome
    wordings: Mapping[str, str]
    source: str = ""

    def found(
        self,
        variant: str = DEFAULT,
        *,
        severity: Severity | None = None,
        outcome: Outcome | None = None,
        place: "Place | None" = None,
        **details: str | date | int,
    ) -> "Finding":
        """Say it about a subject. Dates become ISO text and numbers digits."""
        texts = {
            name: value if isinstance(value, str) else _text(value)
            for name, value in details.items()
        }
        return Finding(
            self, variant, severity or self.severity, outcome or self.outcome, texts, place
        )

    def of_texts(self, details: Mapping[str, str]) -> "Finding":
        """As `found`, of values that are text already: for findings that are made by the million.

        The tuple's own constructor takes half the time that the named one takes.
        """
        fields = (self, DEFAULT, self.severity, self.outcome, details, None, "")
        return tuple.__new__(Finding, fields)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document: page from 1; box = left, top, right, bottom as thousandths of it."""

    page: int
    box: tuple[int, int, int, int] | None = None


class Finding(NamedTuple):
    """A rule's answer about one subject, as data; pages make the sentence.

    `asserter` is empty for a machine's finding, else the public id of the person who made it.
    A tuple, because findings are made by the million and a tuple is made at once.
    """

    rule: Rule
    variant: str
    severity: Severity
    outcome: Outcome
    details: Mapping[str, str] = _NO_DETAILS
    place: Place | None = None
    asserter: str = ""

    @property
    def sentence(self) -> str:
        """The wording with its values; dates read "3 Oct 2026"."""
        shown = {name: readable(value) for name, value in self.details.items()}
        return self.rule.wordings[self.variant].format_map(shown)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person settled about a subject, for exactly the evidence that they saw.

    `settles` holds the codes of the findings in front of them. A failed finding counts as
    settled only when `seconded_by` names another person.
    """

    outcome: Outcome
    asserter: str
    at: datetime
    settles: frozenset[str]
    reason: str
    seconded_by: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is published about a subject. `valid_until` is when it must be judged again."""

    subject: Subject
    outcome: Outcome
    findings: tuple[Finding, ...]
    rule_set: str
    evidence_sha256: str  # digest of the canonical JSON of the Facts
    judged_at: datetime
    valid_until: datetime
    decision: Decision | None = None


def readable(value: str) -> str:
    """An ISO date as shoppers read it ("3 Oct 2026"); any other text as it is."""
    match = _ISO_DATE.fullmatch(value)
    if match is None:
        return value
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return value
    return f"{day.day} {day:%b %Y}"


@lru_cache(maxsize=4096)  # most findings of a run name the same few days
def day_text(day: date) -> str:
    """A day in the details of a finding."""
    return day.isoformat()


def _text(value: date | int) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
