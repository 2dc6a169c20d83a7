"""Does docs/sellers-programs.md say what the commands do? Its examples are run as they stand."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shop.api.schemas import schemas
from shop.assay.sellers import case_products, programs
from shop.cli import sellers

TEXT = (Path(__file__).parents[2] / "docs" / "sellers-programs.md").read_text()
_BLOCK = r"<!-- {} -->\n```json\n(.*?)```"
_PAIR = re.compile(
    _BLOCK.format("(check|host)") + r".*?" + _BLOCK.format("answer"), re.DOTALL | re.MULTILINE
)
EXAMPLES = _PAIR.findall(TEXT)


def test_there_is_an_example_for_every_block():
    assert len(EXAMPLES) == TEXT.count("<!-- answer -->") >= 5


@pytest.mark.parametrize(("command", "asked", "answered"), EXAMPLES)
def test_example_is_answered_as_printed(command, asked, answered):
    at = datetime(2026, 11, 22, tzinfo=UTC)
    answer = {
        "check": lambda data: programs.answer(programs.read_case(data, at=at)),
        "host": sellers.host_of_line,
    }[command]
    line = json.dumps(json.loads(asked)).encode()
    assert sellers.answered(line, answer) == json.loads(answered)


def test_every_field_is_described():
    fields = {field for schema in schemas().values() for field in schema.get("properties", {})}
    fields -= {"type", "title", "status", "detail", "request_id", "code"}  # RFC 9457
    fields |= set(case_products.FIELDS) - {"country", "unauthorized"}
    assert {
        field for field in fields if f"`{field}`" not in TEXT and f'"{field}"' not in TEXT
    } == set()
