"""How often is the reading of certificates right about documents whose truth is known?

The documents in tests/corpus/certificates/honest were drawn by tests/papers; "known" ones served
to develop the reading, "fresh" ones were drawn afterwards from other ideas.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from shop.assay.certificates import checks
from shop.assay.vocabulary import Outcome
from shop.certificates import inspecting
from shop.certificates.reader import parent
from tests.papers import scoring

HONEST = Path(__file__).parents[1] / "corpus" / "certificates" / "honest"
ROWS = [json.loads(line) for line in (HONEST / "manifest.jsonl").read_text().splitlines()]
AT = datetime(2026, 11, 22, tzinfo=UTC)
HALVES = sorted({(row["half"], row["medium"]) for row in ROWS})

# (precision, recall) that every field must reach, by kind of document. Pictures are few, so that
# their fields are counted together.
FIELDS = {("known", "text"): (0.98, 0.98), ("fresh", "text"): (0.95, 0.95)}
ALL_FIELDS = {("known", "picture"): (0.95, 0.95), ("fresh", "picture"): (0.85, 0.75)}
RESULTS = {
    ("known", "text"): (0.98, 0.98),
    ("known", "picture"): (0.6, 0.6),
    ("fresh", "text"): (0.95, 0.95),
    ("fresh", "picture"): (0.6, 0.6),
}

pytestmark = pytest.mark.xdist_group("certificates")


@cache
def readings(half, medium):
    """(truth, reading) of each document of one kind."""
    rows = [row for row in ROWS if (row["half"], row["medium"]) == (half, medium)]
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda row: parent.read(HONEST / row["file"]), rows)
        return list(zip(rows, found, strict=True))


@cache
def scores(half, medium):
    """Precision and recall of each field and of the lines of results."""
    marks = {"results": [], "all": []}
    for truth, reading in readings(half, medium):
        for name, mark in scoring.field_marks(truth, reading.fields):
            marks.setdefault(name, []).append(mark)
            marks["all"].append(mark)
        marks["results"] += [mark for mark, _ in scoring.result_marks(truth, reading.results)]
    return {name: scoring.totals(found) for name, found in marks.items()}


def test_corpus_holds_documents_enough():
    assert len(ROWS) >= 60
    assert {row["file"] for row in ROWS} == {path.name for path in HONEST.glob("*.pdf")}


@pytest.mark.parametrize("name", scoring.SCORED)
@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_keeps_its_floor(kind, name):
    precision, recall = scores(*kind).get(name, (1.0, 1.0))
    assert precision >= FIELDS[kind][0]
    assert recall >= FIELDS[kind][1]


@pytest.mark.parametrize("kind", ALL_FIELDS)
def test_fields_of_pictures_keep_their_floor(kind):
    precision, recall = scores(*kind)["all"]
    assert precision >= ALL_FIELDS[kind][0]
    assert recall >= ALL_FIELDS[kind][1]


@pytest.mark.parametrize("kind", RESULTS)
def test_results_keep_their_floor(kind):
    precision, recall = scores(*kind)["results"]
    assert precision >= RESULTS[kind][0]
    assert recall >= RESULTS[kind][1]


@pytest.mark.parametrize(("half", "medium"), HALVES)
def test_kind_and_language_are_right(half, medium):
    wrong = [
        (truth["file"], reading.kind.value, reading.language)
        for truth, reading in readings(half, medium)
        if (reading.kind.value, reading.language) != (truth["kind"], truth["language"])
    ]
    assert len(wrong) <= max(1, len(readings(half, medium)) // 10)


@pytest.mark.parametrize(("half", "medium"), HALVES)
def test_no_report_is_taken_for_a_specimen(half, medium):
    assert [reading.specimen_phrase for _, reading in readings(half, medium)] == [""] * len(
        readings(half, medium)
    )


@pytest.mark.parametrize(("half", "medium"), HALVES)
def test_no_document_is_refused(half, medium):
    problems = [
        (truth["file"], reading.file.problems)
        for truth, reading in readings(half, medium)
        if reading.file.problems or reading.file.unreadable_pages
    ]
    assert problems == []


def found(reading, product, lot):
    """What is found against the document where this product and lot are on offer."""
    on_offer = inspecting.expected(product, lot)
    facts = inspecting.Folder([]).facts(reading, on_offer, at=AT)
    return {f.rule.code: f.outcome for f in checks.judge(facts, at=AT)}


def failed(outcomes):
    return sorted(code for code, outcome in outcomes.items() if outcome is Outcome.FAILED)


@pytest.mark.parametrize(("half", "medium"), HALVES)
def test_honest_report_of_the_lot_on_offer_does_not_fail(half, medium):
    wrong = {
        truth["file"]: failed(found(reading, truth["fields"]["product"], truth["fields"]["lot"]))
        for truth, reading in readings(half, medium)
        if "lot" in truth["fields"]
    }
    assert {name: codes for name, codes in wrong.items() if codes} == {}


@pytest.mark.parametrize("half", ["known", "fresh"])
def test_report_of_another_lot_is_told(half):
    told = [
        found(reading, truth["fields"]["product"], "Q8812-77").get("certificate.lot_mismatch")
        for truth, reading in readings(half, "text")
        if "lot" in truth["fields"]
    ]
    assert told.count(Outcome.FAILED) >= 0.97 * len(told)
