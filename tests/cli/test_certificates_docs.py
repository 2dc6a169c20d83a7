"""Does docs/certificates-programs.md say what the command does?"""

import json
import re
from pathlib import Path

import pytest

from shop.assay.certificates.facts import FieldName, Kind
from shop.assay.certificates.inside import Signature
from shop.assay.vocabulary import Outcome
from shop.cli import laboratories_file
from tests.cli.test_certificates import KEYS

TEXT = (Path(__file__).parents[2] / "docs" / "certificates-programs.md").read_text()


def test_example_of_an_answer_has_its_keys():
    (example, *_) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    assert set(json.loads(example)) == KEYS


def test_example_of_laboratories_is_read(tmp_path):
    (example,) = re.findall(r"<!-- labs -->\n```json\n(.*?)```", TEXT, re.DOTALL)
    path = tmp_path / "labs.json"
    path.write_text(example)
    (laboratory,) = laboratories_file.read(path)
    assert laboratory.verify_hosts == ("verify.northmere.example", "reports.lims.example")
    (accreditation,) = laboratory.accreditations
    assert (accreditation.is_active, accreditation.number) == (True, "4417")
    assert accreditation.checked_on is not None
    assert len(laboratory.signing_certs[0]) == 64


@pytest.mark.parametrize("words", [KEYS, FieldName, Kind, Outcome, Signature.__dataclass_fields__])
def test_every_word_of_an_answer_is_described(words):
    assert [word for word in words if f"`{word}`" not in TEXT] == []
