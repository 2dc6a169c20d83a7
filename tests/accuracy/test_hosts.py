"""Is the host that we name the one that a browser opens? For every link, or it is of no use."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from shop.assay.sellers.browsers import opened
from shop.assay.sellers.hostnames import parse
from tests.accuracy.adversarial import PIECES, is_web, links
from tests.journeys.conftest import ARGUMENTS, CHROMIUM

TABLE = Path(__file__).parents[1] / "corpus" / "sellers" / "hosts.jsonl"
SEED, COUNT = int(os.environ.get("HOSTS_SEED", "20261122")), 20_000
ASK = """pairs => pairs.map(([text, base]) => {
  try {
    const url = base === null ? new URL(text) : new URL(text, base);
    return {valid: true, host: url.hostname, port: url.port === "" ? null : Number(url.port)};
  } catch { return {valid: false, host: null, port: null}; }
})"""


def ours(text, base):
    found = opened(text, base)
    if found is None:
        return {"valid": False, "host": None, "port": None}
    return {"valid": True, "host": found.host, "port": found.port}


def in_chromium(pairs):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        page = browser.new_page()
        answers = []
        for start in range(0, len(pairs), 5000):
            answers += page.evaluate(ASK, [[*pair] for pair in pairs[start : start + 5000]])
        browser.close()
    return answers


def test_every_labelled_link_opens_the_host_that_chromium_named():
    rows = [json.loads(line) for line in TABLE.read_text().splitlines()]
    wrong = {
        (row["input"], row["base"]): (answer, row)
        for row in rows
        if (answer := ours(row["input"], row["base"]))
        != {name: row[name] for name in ("valid", "host", "port")}
    }
    assert len(rows) > 2000
    assert Counter(row["valid"] for row in rows)[False] > 300  # both sides of the question
    assert wrong == {}


@pytest.mark.journey
@pytest.mark.xdist_group("journeys")
def test_adversarial_links_open_the_host_that_a_browser_opens():
    made = links(SEED, COUNT)
    pairs = [pair for pair in made if is_web(*pair) and "\ud800" not in pair[0]]
    assert len(pairs) > COUNT * 0.6

    wrong = {
        pair: (answer, browsers)
        for pair, browsers in zip(pairs, in_chromium(pairs), strict=True)
        if (answer := ours(*pair)) != browsers
    }

    assert wrong == {}


def test_what_the_judge_reads_is_what_chromium_opens_or_no_link_at_all():
    """The judge keeps to the standard: it may refuse what Chromium repairs, never misread it."""
    rows = [json.loads(line) for line in TABLE.read_text().splitlines()]
    texts = {row["input"]: row["host"] for row in rows if row["base"] is None and row["valid"]}
    read = {text: parse(text).host for text in texts}
    odd = {
        text: (host, texts[text])
        for text, host in read.items()
        if host and host != texts[text].replace("%2A", "*")
    }
    assert sum(map(bool, read.values())) > 700
    assert odd == {}


@pytest.mark.parametrize(
    ("text", "base", "registrable"),
    [
        ("https://shop.hairiz.com/", None, "hairiz.com"),
        ("https://hairiz.com./", None, "hairiz.com"),
        ("https://a.b.hairiz.co.uk/", None, "hairiz.co.uk"),
        ("https://a.hairiz.myshopify.com/", None, "hairiz.myshopify.com"),
        ("https://myshopify.com/", None, ""),  # a suffix of its own: nobody's name
        ("https://co.uk/", None, ""),
        ("https://hairiz/", None, ""),
        ("https://192.0.2.7/", None, ""),
        ("https://[::1]/", None, ""),
        ("https://a b.com/", None, ""),  # a host that nobody can register
        ("/p/1", "https://www.hairiz.com/p/", "hairiz.com"),
        ("mailto:a@hairiz.com", None, ""),
    ],
)
def test_registrable_name_is_told_where_there_is_one(text, base, registrable):
    found = opened(text, base)
    assert found is not None
    assert found.registrable == registrable


def test_half_characters_and_empty_bases_are_read_as_by_a_browser():
    assert opened("https://hairiz.com/\ud800") == opened("https://hairiz.com/")
    assert opened("https://hai\ud800riz.com/") is None
    assert opened("https://hairiz.com/", "") == opened("https://hairiz.com/")
    assert opened("/p", "") is None


@pytest.mark.parametrize("base", PIECES["bases"])
@pytest.mark.parametrize("piece", ["a", "é", "[", "%61", "\u200d", "א", "a.", "@", ":"])
def test_a_megabyte_is_answered(piece, base):
    text = f"https://{piece * 1_000_000}"
    found = opened(text, base)
    assert found is None or len(found.host) <= len(text) * 3
