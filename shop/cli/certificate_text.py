"""How does a person read an answer of `flask certificates inspect`? As a few lines of text."""

from collections.abc import Iterator, Mapping
from typing import Any

from shop.assay.certificates.evidence import DOES_NOT_PROVE, WORDS, Level

_FIRST = ("failed", "indeterminate", "passed", "not_applicable")  # what matters most
_MARKS = {"failed": "FAILED", "indeterminate": "LOOK", "passed": "ok", "not_applicable": "note"}
_WIDTH = 18


def written(said: Mapping[str, Any]) -> str:
    """The answer about one file."""
    return "\n".join(_lines(said))


def _lines(said: Mapping[str, Any]) -> Iterator[str]:
    yield said["file"]
    if "error" in said:
        yield f"  {said['error']['message']}"
        return
    level = Level[said["evidence_level"]]
    yield _line("sha256", said["sha256"])
    yield _line("outcome", said["outcome"])
    yield _line("evidence", f"{level.name}: {WORDS[level]} {DOES_NOT_PROVE[level]}")
    if said["laboratory"]:
        yield _line("laboratory", f"{said['laboratory']} (on record)")
    for name, field in said["fields"].items():
        yield _line(name, field["value"] or f"{field['raw']} (not understood)")
    yield from _results(said["results"])
    if said["findings"]:
        yield "  findings"
    for finding in sorted(said["findings"], key=lambda each: _FIRST.index(each["outcome"])):
        place = f" (page {finding['page']})" if finding["page"] else ""
        mark = _MARKS[finding["outcome"]]
        yield f"    {mark:7}{finding['sentence']}{place} [{finding['code']}]"
    yield _line("elapsed", f"{said['elapsed_ms']} ms")


def _results(results: list[dict[str, Any]]) -> Iterator[str]:
    if results:
        yield "  results"
    for result in results:
        against = f"  against {result['spec']}" if result["spec"] else ""
        said = f"  printed: {result['verdict']}" if result["verdict"] else ""
        unit = f" {result['unit']}" if result["unit"] else ""
        yield f"    {result['analyte']}: {result['value']}{unit}{against}{said}"


def _line(name: str, value: str) -> str:
    return f"  {name:{_WIDTH}}{value}"
