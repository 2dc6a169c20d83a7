"""Is this record in the public log? `python -m shop.assay.log.verify FILE [--key KEY]`

Works offline, from a plain checkout, with `cryptography` and `rfc8785` alone. FILE is the proof
that an entry's page offers; KEY is a file with the log's public key: the shop's
/.well-known/assay-keys.json or the one line `name+id+key`, best kept from an earlier visit.
Exit status: 0 it verifies, 1 it does not, 2 a file cannot be read.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from shop.assay.log import proofs
from shop.assay.log.notes import Checkpoint, LogKey, NoteError
from shop.assay.log.proofs import Proof, ProofError

VERIFIES, DIFFERS, UNREADABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None, *, out: TextIO | None = None) -> int:
    """Verify one file and say in words what that proves. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="verify", description="Verify a proof file offline.")
    parser.add_argument("file", type=Path, help="the proof that an entry's page offers")
    parser.add_argument("--key", type=Path, help="a file with the log's public key")
    options = parser.parse_args(arguments)
    out = out or sys.stdout
    try:
        proof = proofs.read(_text(options.file))
        key = proof.log_key if options.key is None else _log_key(_text(options.key))
    except (OSError, ValueError) as problem:
        out.write(f"Cannot be read: {_printable(problem)}.\n")
        return UNREADABLE
    try:
        checkpoint = proofs.verified(proof, key)
    except ProofError as problem:
        out.write(f"DOES NOT VERIFY: {_printable(problem)}.\n")
        out.write("Something in this file was changed, or it belongs to another log.\n")
        return DIFFERS
    out.write(_words(proof, checkpoint, has_own_key=options.key is not None))
    return VERIFIES


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _log_key(text: str) -> LogKey:
    if not text.lstrip().startswith("{"):
        return LogKey.parse(text)
    try:
        return LogKey.parse(str(json.loads(text)["log"]["key"]))
    except (KeyError, TypeError, RecursionError) as problem:
        message = "the key file holds no log key"
        raise NoteError(message) from problem


def _words(proof: Proof, checkpoint: Checkpoint, *, has_own_key: bool) -> str:
    key = "the key that you gave" if has_own_key else "the key in this file"
    proves = [
        f"This record is entry {proof.index} of the log {checkpoint.origin}.",
        "Nothing in the record has changed since it was written there.",
        "The record was signed with the key that its entry names.",
        f"The log, {checkpoint.size} entries long, was signed with {key}.",
    ]
    does_not = [
        "That the verdict is right.",
        "That it is the latest about its subject: a later entry may supersede or withdraw it.",
        "That the moments in it are exact: they are the shop's own words.",
        "That everybody is shown the same log. For that, compare checkpoints with someone else.",
    ]
    if not has_own_key:
        does_not.append("That the log is the shop's: compare the key below, or pass --key.")
        does_not.append(proof.log_key.text)
    return "\n".join(
        [
            "VERIFIES.",
            *_described(proof.record),
            "",
            "This proves:",
            *(f"  - {line}" for line in proves),
            "",
            "This does not prove:",
            *(f"  - {line}" for line in does_not),
            "",
        ]
    )


def _described(record: Any) -> list[str]:  # noqa: ANN401 - what any JSON may hold
    """The record in a few lines; what it lacks is left out, and nothing in it is a command."""
    subject = record.get("subject")
    about = f"{subject.get('kind')} {subject.get('id')}" if isinstance(subject, dict) else None
    said = {
        "Kind": record.get("kind"),
        "About": about,
        "Outcome": record.get("outcome"),
        "Rule set": record.get("rule_set"),
        "Judged": record.get("judged_at"),
        "Recorded": record.get("recorded_at"),
    }
    return [f"  {name}: {_printable(value)}" for name, value in said.items() if value is not None]


def _printable(value: Any) -> str:  # noqa: ANN401 - what any JSON may hold
    return "".join(sign if sign.isprintable() else "?" for sign in str(value)[:500])


if __name__ == "__main__":
    sys.exit(main())
