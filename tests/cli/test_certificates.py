"""`flask certificates inspect`: files read and judged without a database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from shop.assay.certificates import checks
from shop.factory import create_app
from tests.certificates import documents
from tests.conftest import make_config

ROOT = Path(__file__).parents[2]
COMMAND = "certificates inspect"
LAB = {"name": "Northmere Analytical Ltd", "domains": ["northmere.example"]}
KEYS = {
    *("file", "sha256", "kind", "title", "language", "pages", "text_source", "laboratory"),
    *("fields", "results", "codes", "findings", "outcome", "evidence_level", "signatures"),
    "elapsed_ms",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory) -> Flask:
    """A shop whose database cannot be reached: this command needs none."""
    folder = tmp_path_factory.mktemp("shop")
    return create_app(make_config(folder, "postgresql+psycopg://nobody@127.0.0.1:1/none"))


@pytest.fixture(scope="module")
def good():
    return documents.certificate()


@pytest.fixture
def report(good, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(good)
    return path


@pytest.fixture
def run(app):
    def run(*arguments):
        return app.test_cli_runner().invoke(args=["certificates", "inspect", *map(str, arguments)])

    return run


@pytest.fixture
def inspected(run):
    """The answers of a run that went well."""

    def inspected(*arguments):
        ended = run(*arguments, "--json")
        assert ended.exit_code == 0, ended.output
        return [json.loads(line) for line in ended.stdout.splitlines()]

    return inspected


def outcomes(answer):
    return {finding["code"]: finding["outcome"] for finding in answer["findings"]}


def write(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def write_labs(folder, labs):
    return write(folder, "labs.json", json.dumps(labs).encode())


def altered(number="NM-26-10417", lot="MO-2609-B", **more):
    """The same report under another number or lot."""
    head = (("Report number", number, *documents.HEAD[0][2:]), *documents.HEAD[1:3])
    last = ("Lot number", lot, *documents.HEAD[3][2:])
    return documents.certificate(head=(*head, last), **more)


def test_answer_holds_what_was_read_and_found(inspected, report):
    (answer,) = inspected(report, "--lot", "MO-2609-C", "--now", "2026-11-22")

    assert set(answer) == KEYS
    assert (answer["file"], answer["kind"], answer["laboratory"]) == (str(report), "analysis", None)
    lot = answer["fields"]["lot"]
    assert (lot["value"], lot["page"], lot["source"]) == ("MO-2609-B", 1, "pdf")
    assert [result["analyte"] for result in answer["results"]][1] == "Lead (Pb)"
    (finding,) = (one for one in answer["findings"] if one["code"] == "certificate.lot_mismatch")
    assert finding == {
        "code": "certificate.lot_mismatch",
        "severity": "warning",
        "outcome": "failed",
        "page": 1,
        "box": lot["box"],
        "details": {"observed": "MO-2609-B", "expected": "MO-2609-C"},
        "sentence": "The lot on the report is not the lot on the pack. "
        "Report: MO-2609-B. Pack: MO-2609-C.",
    }
    assert (answer["outcome"], answer["evidence_level"]) == ("failed", "E0")
    assert answer["signatures"]["dictionaries"] == 0
    assert answer["elapsed_ms"] > 0


def test_answers_come_in_the_order_of_the_files(inspected, tmp_path, good):
    slow = write(tmp_path, "b.pdf", documents.scanned())
    quick = write(tmp_path, "a.pdf", good)
    refused = write(tmp_path, "c.pdf", b"no document")
    answers = inspected(slow, quick, refused, quick)
    assert [Path(answer["file"]).name for answer in answers] == ["b.pdf", "a.pdf", "c.pdf", "a.pdf"]
    assert answers[2]["fields"] == {}
    assert (answers[2]["outcome"], answers[2]["evidence_level"]) == ("failed", "E0")
    assert outcomes(answers[2])["certificate.file_not_pdf"] == "failed"


@pytest.mark.parametrize(
    ("arguments", "code", "outcome"),
    [
        (["--lot", "mo2609b"], "certificate.lot_matches", "passed"),
        ([], "certificate.lot_unfiled", "indeterminate"),
        (
            ["--product", "Maren & Oak Rosemary Scalp Serum 50 ml"],
            "certificate.product_matches",
            "passed",
        ),
        (["--product", "Rosemary Scalp Serum 50ml"], "certificate.product_matches", "passed"),
        (["--product", "Glow Face Cream 30 ml"], "certificate.product_mismatch", "failed"),
        (
            ["--product", "Rosemary Scalp Serum 100 ml"],
            "certificate.product_mismatch",
            "indeterminate",
        ),
    ],
)
def test_document_is_compared_with_what_is_on_offer(inspected, report, arguments, code, outcome):
    (answer,) = inspected(report, *arguments)
    assert outcomes(answer)[code] == outcome


def test_product_is_not_asked_for_when_only_the_lot_is_said(inspected, report):
    (answer,) = inspected(report, "--lot", "MO-2609-B")
    assert not [code for code in outcomes(answer) if "product_" in code]


def test_day_of_judging_can_be_said(inspected, report):
    (now,) = inspected(report, "--now", "2026-11-22")
    (later,) = inspected(report, "--now", "2029-11-22T09:00:00+01:00")
    assert "certificate.product_expired" not in outcomes(now)
    assert outcomes(later)["certificate.product_expired"] == "failed"


def test_laboratory_on_record_is_known(inspected, report, tmp_path):
    labs = write_labs(tmp_path, [{"name": "Southmere"}, LAB])
    (answer,) = inspected(report, "--labs", labs, "--lot", "MO-2609-B", "--now", "2026-11-22")
    assert answer["laboratory"] == "Northmere Analytical Ltd"
    assert outcomes(answer)["certificate.lab_known"] == "passed"
    assert (answer["outcome"], answer["evidence_level"]) == ("indeterminate", "E1")


@pytest.mark.parametrize(
    ("content", "reused"),
    [
        (altered(title="Certificate of Analysis, second copy"), True),
        (altered(title="Certificate of Analysis, second copy", laboratory="Southmere Labs"), False),
        (altered("NM-26-10418", title="Another Certificate of Analysis"), False),
    ],
)
def test_number_of_a_document_on_file_is_noticed(inspected, report, tmp_path, content, reused):
    write(tmp_path, "known/of last year/report.pdf", content)
    write(tmp_path, "known/readme.txt", b"no document")
    (answer,) = inspected(report, "--known", tmp_path / "known")
    assert ("certificate.report_reused" in outcomes(answer)) is reused


def test_document_is_not_compared_with_itself(inspected, report, good, tmp_path):
    write(tmp_path, "known/same.pdf", good)
    (elsewhere,) = inspected(report, "--known", tmp_path / "known")
    (there,) = inspected(tmp_path / "known" / "same.pdf", "--known", tmp_path / "known")
    assert outcomes(elsewhere)["certificate.report_unique"] == "passed"
    assert outcomes(there) == outcomes(elsewhere)


def test_copy_with_other_numbers_is_found_among_documents_on_file(inspected, tmp_path):
    rows = [documents.ROWS[0]]
    rows += [
        (f"Marker {n}", f"ISO 2{n}14{n}", "<= 90 mg/kg", f"{n + 3}.{37 * n + 11} mg/kg", "Pass")
        for n in range(1, 9)
    ]
    write(tmp_path, "known/first.pdf", altered(rows=rows))
    copy = write(tmp_path, "copy.pdf", altered("NM-26-10999", "MO-2611-A", rows=rows))
    (answer,) = inspected(copy, "--known", tmp_path / "known")
    assert outcomes(answer)["certificate.near_duplicate_altered"] == "failed"


def test_file_that_cannot_be_opened_has_an_error_and_others_go_on(run, report, tmp_path):
    ended = run(tmp_path / "none.pdf", report, tmp_path, os.devnull, "--json")
    first, second, third, fourth = (json.loads(line) for line in ended.stdout.splitlines())
    assert ended.exit_code == 1
    none = str(tmp_path / "none.pdf")
    assert first == {"file": none, "error": {"path": none, "message": "No such file or directory"}}
    assert second["kind"] == "analysis"
    assert third["error"]["message"] == "Is a directory"
    assert fourth["error"]["message"] == "it is a device, and no file"


def test_loops_pipes_and_odd_names_cost_no_other_file(run, report, tmp_path):
    loop, pipe = tmp_path / "loop.pdf", tmp_path / "pipe.pdf"
    loop.symlink_to(loop)
    os.mkfifo(pipe)
    odd = tmp_path / os.fsdecode(b"caf\xe9.pdf")

    result = run(loop, pipe, odd, report, "--json")

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [("error" in answer) for answer in answers] == [True, True, True, False]
    assert result.stdout.encode()  # as text that any program takes


def test_pipe_among_documents_on_file_is_passed_over(inspected, report, tmp_path):
    (tmp_path / "known").mkdir()
    os.mkfifo(tmp_path / "known" / "pipe.pdf")

    (answer,) = inspected(report, "--known", str(tmp_path / "known"))
    assert "error" not in answer


def test_name_that_is_nearly_a_laboratory_on_record_is_noticed(inspected, tmp_path):
    near = tmp_path / "near.pdf"
    near.write_bytes(documents.certificate(laboratory="Northmere Analytlcal"))
    labs = tmp_path / "labs.json"
    labs.write_text(json.dumps([LAB]))

    (answer,) = inspected(near, "--labs", str(labs))
    assert "certificate.lab_lookalike" in {found["code"] for found in answer["findings"]}


def test_rule_that_stumbles_costs_one_file(run, report, tmp_path, monkeypatch):
    judge = checks.judge

    def stumble(facts, *, at):
        if facts.file.problems:
            return judge(facts, at=at)
        message = "unforeseen"
        raise ValueError(message)

    monkeypatch.setattr(checks, "judge", stumble)
    ended = run(report, write(tmp_path, "none.pdf", b"no document"), "--json")
    first, second = (json.loads(line) for line in ended.stdout.splitlines())
    assert ended.exit_code == 1
    assert "unforeseen" in first["error"]["message"]
    assert second["outcome"] == "failed"


def test_too_large_a_file_is_refused_by_its_size(inspected, tmp_path):
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(64 * 1024 * 1024)
    (answer,) = inspected(large)
    assert outcomes(answer)["certificate.limit_size"] == "failed"
    assert len(answer["sha256"]) == 64


@pytest.mark.parametrize(
    ("labs", "where"),
    [
        (b"[", "$: this is not JSON"),
        (b"[" * 100_000, "$: "),
        (b"\xff", "$: "),
        (b"7", "$: a laboratory must be an object, not 7"),
        (b"{}", "$: this must be a list of laboratories"),
        (b"[7]", "$[0]: a laboratory must be an object, not 7"),
        (b"[{}]", "$[0].name: this is needed"),
        (b'[{"name": " Ltd "}]', "$[0].name: this must be a laboratory's name"),
        (b'{"labs": [{"name": 7}]}', "$.labs[0].name: this must be text"),
        (b'[{"name": "A"}, {"name": "a"}]', "$[1]: the laboratory at $[0] has this name"),
        (b'[{"name": "A", "domains": ["a.example", "no host"]}]', "$[0].domains[1]: this must be"),
        (b'[{"name": "A", "verify_hosts": "a"}]', "$[0].verify_hosts: this must be a host"),
        (b'[{"name": "A", "signing_certs": ["ab"]}]', "$[0].signing_certs[0]: this must be"),
        (b'[{"name": "A", "accreditations": ["UKAS"]}]', "$[0].accreditations[0]: an accred"),
        (
            b'[{"name": "A", "accreditations": [{"valid_to": "soon"}]}]',
            "$[0].accreditations[0].valid_to: this must be a date",
        ),
        (
            b'[{"name": "A", "accreditations": [{"status": "maybe"}]}]',
            "$[0].accreditations[0].status: this must be active",
        ),
    ],
)
def test_wrong_laboratories_are_refused_with_their_place(run, report, tmp_path, labs, where):
    ended = run(report, "--labs", write(tmp_path, "labs.json", labs))
    assert ended.exit_code == 2
    assert where in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--now", "soon"],
        ["--now", "9999-12-31"],
        ["--known", "/nowhere"],
        ["--labs", "/nowhere"],
        ["--unknown"],
    ],
)
def test_wrong_command_is_refused_before_anything_is_read(run, report, arguments):
    ended = run(*arguments, *([report] if arguments else []))
    assert (ended.exit_code, ended.stdout) == (2, "")


def test_person_reads_a_report(run, report, tmp_path):
    ended = run(report, tmp_path / "none.pdf", "--lot", "MO-2609-C", "--now", "2026-11-22")
    assert ended.exit_code == 1
    lines = [line.strip() for line in ended.stdout.splitlines()]
    assert lines[0] == str(report)
    assert "Lead (Pb): 0.08 mg/kg  against <= 2.0 mg/kg  printed: Pass" in lines
    failed = [line for line in lines if line.startswith("FAILED")]
    assert "Report: MO-2609-B. Pack: MO-2609-C. (page 1) [certificate.lot_mismatch]" in failed[0]
    assert lines[-2:] == [str(tmp_path / "none.pdf"), "No such file or directory"]


def test_command_needs_no_setting_and_no_database(report, tmp_path):
    """As a program runs it, elsewhere, with an environment that says nothing."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    ended = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "flask", *f"--app {ROOT}/wsgi.py {COMMAND} --json".split(), report],
        env={"PATH": os.environ["PATH"]},
        cwd=elsewhere,
        capture_output=True,
        check=True,
    )
    assert json.loads(ended.stdout)["fields"]["lot"]["value"] == "MO-2609-B"
    assert ended.stderr == b""
