"""Habits of the house that a reader relies on, held over every source file."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHOP = ROOT / "shop"
SOURCES = [*sorted(SHOP.rglob("*.py")), ROOT / "config.py", ROOT / "wsgi.py"]
TEMPLATES = sorted((SHOP / "templates").rglob("*.*"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
GENERATED = {  # tables that a script of scripts/ writes and nobody reads from top to bottom
    "shop/assay/sellers/confusables.py",
    "shop/assay/sellers/dictionary.py",
}
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEST = 300, 50, 400  # docs/adr/0008
MAY_COMMIT = {"shop/plumbing/db.py"}  # transaction(): web, job runner and command line call it
MAY_OPEN_TRANSACTIONS = {
    "shop/web/transactions.py",
    "shop/plumbing/jobs.py",
    "shop/plumbing/db.py",
    "shop/worker.py",  # the job runner's sweep
    "shop/cli/catalog.py",
    "shop/cli/demo.py",
    "shop/cli/operating.py",
    "shop/cli/protected_names.py",
    "shop/cli/public_lists.py",
    "shop/cli/staff.py",
}


MAY_GO_OUT = {"shop/worker.py"}


def _name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_file_and_functions_fit_a_reader(path):
    text = path.read_text()
    assert len(text.splitlines()) <= LONGEST_FILE or _name(path) in GENERATED
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


@pytest.mark.parametrize("path", TESTS, ids=_name)
def test_tests_fit_a_reader_too(path):
    assert len(path.read_text().splitlines()) <= LONGEST_TEST


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_only_the_three_places_commit(path):
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert "commit" not in calls or _name(path) in MAY_COMMIT


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_only_the_three_places_open_a_transaction(path):
    imports = [
        alias.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "shop.plumbing.db"
        for alias in node.names
    ]
    assert "transaction" not in imports or _name(path) in MAY_OPEN_TRANSACTIONS


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_only_the_worker_takes_the_gate_out(path):
    taken = {
        node.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
    }
    assert "outbound" not in taken or _name(path) in MAY_GO_OUT  # the web process fetches nothing


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_module_opens_with_what_it_is_for(path):
    if _name(path) == "shop/__init__.py":
        assert path.read_text() == ""  # importing the assay must load nothing else
        return
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_nothing_is_marked_safe_without_its_reason(path):
    for line in path.read_text().splitlines():
        assert not re.search(r"\|\s*safe\b", line) or "{# safe:" in line


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_template_holds_no_inline_style_or_script(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|<style\b|\son[a-z]+=\"", text)  # the CSP would drop them
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)", text)


def test_relations_point_to_lower_floors_only():
    for path in SHOP.rglob("models.py"):
        assert not re.search(r"\b(backref|back_populates)=", path.read_text()), _name(path)
