"""A real shop in processes of its own, with demo data and a worker, and a real browser before it.

One shop serves all journeys of a run: they leave each other's products alone.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("TEST_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Verified, with notes, for an earlier lot, in review, rejected, withdrawn, and flagged sellers: one
# product has a shop in each of the four states.
PRODUCTS = (
    "maren-oak-rosemary-scalp-serum",
    "ondine-row-squalane-finishing-oil",
    "pell-caffeine-root-tonic",
    "nightjar-clay-reset-mask",
    "halden-sea-driftwood-clay",
    "tolva-leave-in-conditioner",
    "ondine-row-gloss-water",
    "hairiz-3d-exosome",
    "maren-oak-birch-water-shampoo",
    "pell-glycolic-scalp-rinse-5",
)
STAFF = ("R. Adeyemi", "r.adeyemi@assay.example", "a long and plain password")
_READY_SECONDS = 60


@dataclass(frozen=True)
class Running:
    """The shop as its visitors reach it."""

    url: str
    folder: Path

    def flask(self, *arguments: str, said: str = "") -> str:
        """Run one of the shop's commands beside it."""
        return _flask(self.folder, self.url, *arguments, said=said)


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("shop")
    port = _free_port()
    running = Running(f"http://127.0.0.1:{port}", folder)
    running.flask("prepare", "--no-demo")
    running.flask("demo", "load", *PRODUCTS)
    name, email, password = STAFF
    running.flask("staff", "add", email, "--name", name, "--role", "admin", said=f"{password}\n")
    web = [
        "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "2", "--log-level", "warning", "wsgi:app",
    ]  # fmt: skip
    with (
        _process(running, *web),
        _process(running, "-m", "flask", "--app", "wsgi", "worker"),
    ):
        _wait_until_ready(running.url)
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def open_context(shop: Running, browser: Browser) -> Iterator[type[BrowserContext]]:
    """Opens browser windows of any kind on the shop, and closes them afterwards."""
    opened: list[BrowserContext] = []

    def open_one(**settings) -> BrowserContext:
        context = browser.new_context(
            base_url=shop.url, **{"viewport": {"width": 1280, "height": 900}, **settings}
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def page(open_context) -> Iterator[Page]:
    """A window on the shop. The journey fails if a script fails, or our own policy blocks one."""
    page = open_context().new_page()
    complaints = listen(page)
    yield page
    assert complaints == []


def listen(page: Page) -> list[str]:
    """Collects what the page's scripts and the browser's policy complain about."""
    complaints: list[str] = []

    def note(message) -> None:
        # An answer of 404 or 422 is logged by the browser and is no fault of the page.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("journeys"))  # one shop, one process


def _flask(folder: Path, url: str, *arguments: str, said: str = "") -> str:
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        cwd=ROOT,
        env=_environment(folder, url),
        input=said,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def _process(running: Running, *arguments: str) -> Iterator[None]:
    log = running.folder / f"{arguments[1]}.log"
    with log.open("w") as told:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, *arguments],
            cwd=ROOT,
            env=_environment(running.folder, running.url),
            stdout=told,
            stderr=told,
        )
        try:
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


def _environment(folder: Path, url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSAY_")}
    return {
        **kept,
        "ASSAY_DATA_DIR": str(folder),
        "ASSAY_PUBLIC_URL": url,
        "ASSAY_LOG_LEVEL": "warning",
    }


def _wait_until_ready(url: str) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2):  # noqa: S310 - our own http
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail("the shop did not become ready")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
