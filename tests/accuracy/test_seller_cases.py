"""How often is the judge of sellers right about labelled cases, and about each of its codes?

The labels in tests/corpus/sellers were reasoned from the rules and do not come from the judge.
"""

import json
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from shop.assay.sellers import programs
from shop.assay.sellers.checks import RULES
from shop.assay.sellers.facts import SellerState

FOLDER = Path(__file__).parents[1] / "corpus" / "sellers"
ROOMS = ("identity", "statements", "names", "links", "journeys", "observed", "written")
WORLDS = json.loads((FOLDER / "worlds.json").read_text())
AT = datetime(2026, 11, 22, tzinfo=UTC)

CODES = [rule.code for rule in RULES]
RECALL = 0.965  # of each code
FALSE_ALARMS = 0.004  # of each code, among the rows of its room that do not have it
RIGHT = 0.98  # state and codes together


@cache
def rows(room):
    return [json.loads(line) for line in (FOLDER / f"{room}.jsonl").read_text().splitlines()]


@cache
def answers(room):
    """(labelled row, answer) for all of a room."""
    kept = programs.Kept()
    return [
        (row, programs.answer(programs.read_case(case_of(row), at=AT, kept=kept)))
        for row in rows(room)
    ]


def case_of(row):
    return WORLDS[row["world"]] | row["case"]


def codes_of(answer):
    return [finding["code"] for finding in answer["findings"]]


def is_right(row, answer):
    return row["state"] == answer["state"] and sorted(row["codes"]) == sorted(codes_of(answer))


def every_answer():
    return [pair for room in ROOMS for pair in answers(room)]


def test_there_are_cases_enough_on_both_sides_of_every_rule():
    with_code = Counter(code for room in ROOMS for row in rows(room) for code in {*row["codes"]})
    assert sum(len(rows(room)) for room in ROOMS) > 500
    assert {code for code in CODES if with_code[code] < 3} == set()
    for code in CODES:
        beside = [row for room in rooms_of(code) for row in rows(room) if code not in row["codes"]]
        assert len(beside) >= 20, code


def rooms_of(code):
    return [room for room in ROOMS if any(code in row["codes"] for row in rows(room))]


def test_every_state_is_labelled_often():
    states = Counter(row["state"] for room in ROOMS for row in rows(room))
    assert min(states[state] for state in SellerState) > 50


@pytest.mark.parametrize("code", CODES)
def test_recall_and_false_alarms_of_each_code(code):
    pairs = [pair for room in rooms_of(code) for pair in answers(room)]
    due = [(row, answer) for row, answer in pairs if code in row["codes"]]
    beside = [(row, answer) for row, answer in pairs if code not in row["codes"]]
    missed = [row["id"] for row, answer in due if code not in codes_of(answer)]
    alarms = [row["id"] for row, answer in beside if code in codes_of(answer)]

    assert len(missed) <= (1 - RECALL) * len(due), missed
    assert len(alarms) <= FALSE_ALARMS * len(beside), alarms


def test_state_and_codes_are_right():
    wrong = {
        row["id"]: (row["state"], row["codes"], answer["state"], codes_of(answer))
        for row, answer in every_answer()
        if not is_right(row, answer)
    }
    assert len(wrong) <= (1 - RIGHT) * len(every_answer()), wrong


def test_nothing_verified_is_called_worse_and_nothing_worse_is_verified():
    for row, answer in every_answer():
        assert (row["state"] == "verified") is (answer["state"] == "verified"), row["id"]


@pytest.mark.parametrize("room", ROOMS)
def test_labels_have_names_of_their_own(room):
    names = [row["id"] for row in rows(room)]
    assert len(names) == len(set(names))
    assert all(row["world"] in WORLDS for row in rows(room))
