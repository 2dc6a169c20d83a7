"""Every rule has wording, a page, a case, and no word of accusation or praise."""

import re
import string
from pathlib import Path

import pytest

from shop.assay import registry
from shop.assay.policy import Mark
from shop.catalog.models import Headline
from shop.cli import rules
from shop.web import words

ROOT = Path(__file__).parents[2]
CASES = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("*.py"))
BANNED = re.compile(r"\b(fake|scam|counterfeit|genuine|guaranteed|trusted)", re.IGNORECASE)
RULES = sorted(registry.RULES.items())


@pytest.mark.parametrize(("code", "rule"), RULES)
def test_rule_reads_room_and_what_and_is_worded(code, rule):
    assert re.fullmatch(r"[a-z]+(\.[a-z0-9_]+)+", code)
    assert rule.code == code
    assert rule.wordings
    for wording in rule.wordings.values():
        assert wording[-1] in ".!?\u201d}"
        names = [name for _, name, _, _ in string.Formatter().parse(wording) if name]
        assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in names)


@pytest.mark.parametrize(("code", "rule"), RULES)
def test_rule_accuses_and_praises_nobody(code, rule):
    for wording in rule.wordings.values():
        assert not BANNED.search(wording)


@pytest.mark.parametrize("code", [code for code, _ in RULES])
def test_rule_has_a_case_in_the_tests(code):
    short = code.partition(".")[2]
    assert re.search(rf"[\"'.]{re.escape(short)}[\"']|\b{short.upper()}\b", CASES), code


@pytest.mark.parametrize(("name", "text"), sorted(rules.pages().items()))
def test_pages_are_in_step_with_the_code(name, text):
    assert (ROOT / "docs" / "rules" / name).read_text() == text, "run: flask rules document"


def test_there_is_no_page_without_rules():
    kept = {path.name for path in (ROOT / "docs" / "rules").iterdir()}
    assert kept == set(rules.pages())


def test_every_mark_and_headline_has_its_words():
    assert set(words.MARKS) == set(Mark)
    assert set(words._HEADLINES) == set(Headline)  # noqa: SLF001 - the table itself
