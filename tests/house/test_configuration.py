"""Every setting is documented, and nothing is documented that does not exist."""

import dataclasses
import re
from pathlib import Path

import config

DOCUMENT = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text()


def test_every_setting_is_documented_and_nothing_else():
    documented = set(re.findall(r"^\| `ASSAY_([A-Z_]+)` \|", DOCUMENT, flags=re.MULTILINE))
    assert documented == config.KNOWN


def test_every_field_is_set_by_a_setting():
    names = {field.name.upper() for field in dataclasses.fields(config.Config)}
    assert names == config.KNOWN
