"""Draw the corpus again: `python -m tests.papers.build [FOLDER]`. Needs Chromium.

The same command gives documents of the same content; bytes may differ between versions of the
programs that draw them.
"""

import dataclasses
import json
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.papers import plans, spoiling
from tests.papers.sheet import Sheet

FOLDER = Path(__file__).parents[1] / "corpus" / "certificates" / "honest"


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.pdf"):
        old.unlink()
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        page = browser.new_page()
        for plan in plans.PLANS:
            sheet, content = _drawn(plan, page)
            name = f"{plan.name}.pdf"
            (folder / name).write_bytes(content)
            rows.append(_truth(plan, sheet, name))
        browser.close()
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "manifest.jsonl").write_text(text)
    size = sum(path.stat().st_size for path in folder.glob("*.pdf"))
    sys.stdout.write(f"{len(rows)} documents, {size // 1024} kB\n")


def _drawn(plan, page):
    sheet = Sheet(plan.seed, language=plan.language, day=plan.day, kind=plan.kind)
    made = plan.layout(sheet)
    if isinstance(made, bytes):
        content = made
    else:
        page.set_content(made)
        content = page.pdf(prefer_css_page_size=True, print_background=True)
    for change in plan.changes:
        content = change(content)
    return sheet, spoiling.changed(content, lambda pdf: None) if not plan.is_kept else content


def _truth(plan, sheet, name):
    results = [
        {key: value for key, value in dataclasses.asdict(line).items() if value}
        for line in sheet.results
    ]
    return {
        "file": name,
        "half": plan.half,
        "medium": plan.medium,
        "language": sheet.language,
        "kind": sheet.kind,
        "fields": sheet.fields,
        "results": results,
    }


if __name__ == "__main__":
    main()
