"""`flask rules`: the rules as pages for people."""

from collections import defaultdict
from pathlib import Path

import click
from flask.cli import AppGroup

from shop.assay import registry
from shop.assay.vocabulary import DEFAULT, Rule

rules = AppGroup("rules", help="What the judges may say.")
FOLDER = Path(__file__).parents[2] / "docs" / "rules"
_HEAD = "| code | severity | outcome | what is said | source |\n|---|---|---|---|---|"


@rules.command("document")
def document() -> None:
    """Write docs/rules from the code."""
    for name, text in pages().items():
        (FOLDER / name).write_text(text)
        click.echo(f"docs/rules/{name}")


def pages() -> dict[str, str]:
    """File name -> Markdown: one page for each room, and an index."""
    rooms: defaultdict[str, list[Rule]] = defaultdict(list)
    for code, rule in sorted(registry.RULES.items()):
        rooms[code.partition(".")[0]].append(rule)
    written = {f"{room}.md": _page(room, found) for room, found in rooms.items()}
    links = "\n".join(
        f"- [{room}]({room}.md): {len(found)} rules" for room, found in sorted(rooms.items())
    )
    index = (
        f"# Rules\n\nEdition {registry.RULE_SET}. Written by `flask rules document`; "
        f"a test keeps these pages in step with the code.\n\n{links}\n"
    )
    return {"README.md": index, **written}


def _page(room: str, found: list[Rule]) -> str:
    rows = "\n".join(_row(rule) for rule in found)
    return f"# Rules: {room}\n\n{_HEAD}\n{rows}\n"


def _row(rule: Rule) -> str:
    said = "<br>".join(
        _cell(text) if variant == DEFAULT else f"*{variant}:* {_cell(text)}"
        for variant, text in rule.wordings.items()
    )
    cells = (f"`{rule.code}`", rule.severity, rule.outcome, said, _cell(rule.source))
    return "| " + " | ".join(cells) + " |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
