import base64
import dataclasses
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shop.assay.log import proofs
from shop.assay.log.notes import Checkpoint, LogKey, sign
from shop.assay.log.proofs import ProofError
from shop.assay.log.verify import DIFFERS, UNREADABLE, VERIFIES, main
from tests.assay.log.factories import LOG_KEY, LOG_SECRET, make_proof

ROOT = Path(__file__).resolve().parents[3]
OTHER = Ed25519PrivateKey.generate()
OTHER_KEY = LogKey(LOG_KEY.name, OTHER.public_key().public_bytes_raw())


@pytest.fixture
def proof_file(tmp_path):
    path = tmp_path / "entry-2.json"
    path.write_text(json.dumps(proofs.write(make_proof())))
    return path


def run(*arguments):
    out = io.StringIO()
    return main([str(argument) for argument in arguments], out=out), out.getvalue()


@pytest.mark.parametrize(("index", "size"), [(0, 1), (0, 2), (6, 7), (2, 5), (4, 5)])
def test_proof_verifies_after_a_round_trip(index, size):
    text = json.dumps(proofs.write(make_proof(index, size)))
    checkpoint = proofs.verified(proofs.read(text), LOG_KEY)
    assert (checkpoint.origin, checkpoint.size) == (LOG_KEY.name, size)


def test_verify_says_what_it_proves_and_what_not(proof_file):
    status, said = run(proof_file)

    assert status == VERIFIES
    assert "VERIFIES" in said
    assert "entry 2 of the log shop.example/ledger" in said
    assert "About: offer offer1" in said
    assert "This does not prove:\n  - That the verdict is right." in said
    assert LOG_KEY.text in said  # the key came with the file, so it has to be compared


@pytest.mark.parametrize(
    "content", [LOG_KEY.text + "\n", json.dumps({"log": {"key": LOG_KEY.text}})]
)
def test_verify_with_a_key_of_ones_own_asks_for_no_comparison(proof_file, tmp_path, content):
    key = tmp_path / "key"
    key.write_text(content)
    status, said = run(proof_file, "--key", key)

    assert status == VERIFIES
    assert "signed with the key that you gave" in said
    assert LOG_KEY.text not in said


def test_verify_with_the_key_of_another_log_differs(proof_file, tmp_path):
    key = tmp_path / "key"
    key.write_text(OTHER_KEY.text)
    assert run(proof_file, "--key", key)[0] == DIFFERS


@pytest.mark.parametrize(
    "altered",
    [
        {"index": 3},
        {"index": -1},
        {"index": 10**30},
        {"record": {}},
        {"record": {**make_proof().record, "outcome": "passed"}},
        {"record": {**make_proof().record, "outcome": 1.5}},
        {"body": base64.b64encode(make_proof(index=1).body).decode()},
        {"body": ""},
        {"inclusion": []},
        {"inclusion": [piece.hex() for piece in make_proof().inclusion][::-1]},
        {"checkpoint": make_proof(size=6).checkpoint},
        {"checkpoint": ""},
        {"log_key": OTHER_KEY.text},
        {"checkpoint": sign("other.example\n5\n", LOG_KEY, LOG_SECRET.sign)},
        {"checkpoint": sign(Checkpoint("o", 5, b"r" * 32).text, LOG_KEY, LOG_SECRET.sign)},
    ],
)
def test_verify_of_an_altered_proof_differs(proof_file, altered):
    proof_file.write_text(json.dumps({**json.loads(proof_file.read_text()), **altered}))
    status, said = run(proof_file)
    assert status == DIFFERS
    assert said.startswith("DOES NOT VERIFY")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        "[" * 100_000,
        '{"format": ' + "9" * 5000 + "}",
        '{"format": "assay-proof-v1", "format": "assay-proof-v1"}',
        json.dumps({**proofs.write(make_proof()), "format": "assay-proof-v9"}),
        json.dumps({**proofs.write(make_proof()), "index": True}),
        json.dumps({**proofs.write(make_proof()), "index": 2.0}),
        json.dumps({**proofs.write(make_proof()), "record": []}),
        json.dumps({**proofs.write(make_proof()), "inclusion": 7}),
        json.dumps({**proofs.write(make_proof()), "body": "no base64!"}),
    ],
)
def test_verify_of_what_is_no_proof_says_so(proof_file, text):
    proof_file.write_text(text)
    status, said = run(proof_file)
    assert status == UNREADABLE
    assert said.startswith("Cannot be read")


@pytest.mark.parametrize("content", [b"", b"{}", b"{" * 100_000, b'{"log": []}', b"\xff\xfe"])
def test_verify_with_an_unreadable_key_says_so(proof_file, tmp_path, content):
    key = tmp_path / "key"
    key.write_bytes(content)
    assert run(proof_file, "--key", key)[0] == UNREADABLE


def test_verify_of_a_missing_file_says_so(tmp_path):
    assert run(tmp_path / "nothing")[0] == UNREADABLE


def test_verify_prints_no_control_characters(proof_file):
    hostile = {**json.loads(proof_file.read_text()), "log_key": "\x1b[2Jname+00000000+AAAA"}
    proof_file.write_text(json.dumps(hostile))
    assert "\x1b" not in run(proof_file)[1]


def test_checkpoint_of_another_origin_is_refused():
    proof = make_proof()
    checkpoint = Checkpoint(
        "other.example", 5, Checkpoint.parse(proof.checkpoint.split("\n\n")[0] + "\n").root
    )
    signed = dataclasses.replace(proof, checkpoint=sign(checkpoint.text, LOG_KEY, LOG_SECRET.sign))
    with pytest.raises(ProofError, match=r"other\.example"):
        proofs.verified(signed, LOG_KEY)


def test_verify_runs_by_itself_without_flask(proof_file):
    program = (
        "import sys, runpy\n"
        "sys.modules['flask'] = sys.modules['sqlalchemy'] = None\n"
        "runpy.run_module('shop.assay.log.verify', run_name='__main__')\n"
    )
    ran = subprocess.run(  # noqa: S603 - our own interpreter and our own words
        [
            sys.executable,
            "-I",
            "-c",
            f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{program}",
            proof_file,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (VERIFIES, "")
    assert ran.stdout.startswith("VERIFIES.")
