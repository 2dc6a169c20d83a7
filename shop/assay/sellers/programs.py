"""What do we answer to a program that sends a case? JSON into facts, and findings into JSON.

The same for `flask sellers check` and for the API; docs/sellers-programs.md describes both. Reading
is liberal in how a thing is written and strict in what it means: what cannot be read is a CaseError
with its JSON path, and a field that nobody here knows is passed over.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from shop.assay import policy
from shop.assay.sellers import case_products
from shop.assay.sellers.browsers import registrable
from shop.assay.sellers.case_observed import read_observed
from shop.assay.sellers.case_reading import CaseError, Node
from shop.assay.sellers.checks import judge, state
from shop.assay.sellers.facts import OfferFacts, Statement
from shop.assay.sellers.hostnames import Link, parse
from shop.assay.sellers.observed import Observed
from shop.assay.sellers.protected import Index
from shop.assay.sellers.register import Register
from shop.assay.vocabulary import Finding, Severity

__all__ = ["SEVERITIES", "Case", "CaseError", "Kept", "answer", "read_case"]

# As programs read them: of a link, `refused` means that it is never shown as one.
SEVERITIES = {each: each.value for each in Severity} | {Severity.REFUSED: "blocked"}

_Made = TypeVar("_Made")
# What whoever placed the link may say of it; of several statements the first of these counts.
_STATEMENTS = {
    "authorized": Statement.AUTHORIZED,
    "official": Statement.OFFICIAL,
    "authentic": Statement.AUTHENTIC,
    "original": Statement.AUTHENTIC,
    "genuine": Statement.AUTHENTIC,
    "sold": Statement.SOLD_BY,
}
_MOST_CHARACTERS = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Case:
    """One case, ready to be judged. `index` holds the names that it calls protected."""

    facts: OfferFacts
    at: datetime
    register: Register
    index: Index


class Kept:
    """What was built for brands and protected names, for cases that name the same ones again.

    The oldest are dropped when the JSON of all of them together passes 64 million characters.
    `most_names`: so many hosts and protected names may be built in all (None: any number).
    """

    def __init__(self, *, most_names: int | None = None) -> None:
        self._made: OrderedDict[str, Any] = OrderedDict()
        self._characters = 0
        self._left = most_names

    def make(self, key: str, build: Callable[[], _Made]) -> _Made:
        """What was built for this key, or what `build` builds now."""
        if key in self._made:
            self._made.move_to_end(key)
            found: _Made = self._made[key]
            return found
        made = build()
        self._made[key] = made
        self._characters += len(key)
        while self._characters > _MOST_CHARACTERS and len(self._made) > 1:
            self._characters -= len(self._made.popitem(last=False)[0])
        return made

    def count(self, names: int, path: str) -> None:
        """Take note of names that are to be built. Raises CaseError when they are too many."""
        if self._left is not None:
            self._left -= names
            if self._left < 0:
                message = "there are too many hosts and protected names for one request"
                raise CaseError(path, message)


def read_case(
    data: Mapping[str, Any], *, at: datetime, kept: Kept | None = None, path: str = "$"
) -> Case:
    """Read one case. `at` is the moment for a case that names none. Raises CaseError."""
    node = Node(data, path).object("a case")
    kept = kept or Kept()
    now = node.get("now", "date", "at")
    at = now.moment() if now is not None else at
    text = case_products.required(node, "link", "url").text()
    link = parse(text)
    register = kept.make(
        _key(node, at.isoformat(), *case_products.FIELDS),
        lambda: _register(node, at, kept),
    )
    index = kept.make(_key(node, "", "protected"), lambda: _index(node, kept))
    statement, seller = _statement(node.get("statement"))
    observed = read_observed(node.get("observed"), link, at)
    facts = OfferFacts(
        text,
        register.product,
        declared_seller=_label(node.get("declared_seller", "sold_by")) or seller,
        statement=statement,
        observed=observed,
        protected=_near(index, link, observed),
    )
    return Case(facts, at, register, index)


def answer(case: Case) -> dict[str, Any]:
    """State, outcome and findings as JSON; `host` and `registrable` are null for none."""
    findings = judge(case.facts, at=case.at, register=case.register)
    link = parse(case.facts.link)
    return {
        "state": state(findings).value,
        "outcome": policy.overall(findings).value,
        "host": link.host or None,
        "registrable": registrable(link) or None,
        "findings": [_told(finding) for finding in findings],
    }


def _label(node: Node | None) -> str:
    if node is None:
        return ""
    return node.text_of("name") if node.is_object else node.text().strip()


def _near(index: Index, link: Link, observed: Observed) -> tuple[str, ...]:
    """Whom the link's host might be taken for, and the host where it was seen to end."""
    if not len(index):
        return ()
    texts = observed.chain.urls[-1:] if observed.chain is not None else ()
    opened = [each for each in (link, *map(parse, texts)) if each.is_valid]
    return tuple(dict.fromkeys(name for each in opened for name in index.near(each)))


def _told(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.rule.code,
        "severity": SEVERITIES[finding.severity],
        "outcome": finding.outcome.value,
        "details": dict(finding.details),
        "sentence": finding.sentence,
    }


def _key(node: Node, moment: str, *names: str) -> str:
    held = [(name, found.value) for name in names if (found := node.get(name)) is not None]
    return json.dumps([moment, held])


def _register(node: Node, at: datetime, kept: Kept) -> Register:
    return Register(case_products.read_product(node, at, kept.count))


def _index(node: Node, kept: Kept) -> Index:
    names = _protected(node)
    kept.count(len(names), node.path)
    return Index.build(names)


def _protected(node: Node) -> list[str]:
    names = []
    for item in node.each("protected"):
        held = item if not item.is_object else item.get("domain", "host", "name")
        if held is None:
            item.refuse("a protected name needs `name`")
        names.append(held.text().strip())
    return [name for name in names if name]


def _statement(node: Node | None) -> tuple[Statement | None, str]:
    """What is said of the link, and by whom it is said to be sold, where that stands with it."""
    if node is None:
        return None, ""
    if node.is_object:
        seller = node.text_of("sold_by", "seller", "by", "declared_seller")
        held = node.get("kind", "type", "value", "statement")
        statement = _statement(held)[0] if held is not None else None
        return statement or (Statement.SOLD_BY if seller else None), seller
    said = [word for item in node.items() if (word := item.word()) not in {"", "none"}]
    found = {_one_statement(node, word) for word in said}
    return next((each for each in _STATEMENTS.values() if each in found), None), ""


def _one_statement(node: Node, word: str) -> Statement:
    parts = word.split("_")
    found = next((meant for mark, meant in _STATEMENTS.items() if mark in parts), None)
    if found is None:
        node.refuse("a statement is sold_by, official, authorized or authentic")
    return found
