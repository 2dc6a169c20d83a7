"""`make run` as a person meets it: it starts, says where, stops, and explains when it cannot."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def environ(tmp_path, port):
    """Only the settings of this test, and a shop that has one product of the demo."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSAY_")}
    return {**kept, "ASSAY_DATA_DIR": str(tmp_path), "ASSAY_PORT": str(port)}


def test_port_in_use_is_said_with_another_to_try(environ, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        done = _serve(environ)
    assert done.returncode == 1
    assert f"port {port} is in use" in done.stderr
    assert f"ASSAY_PORT={port + 1} make run" in done.stderr
    assert "Traceback" not in done.stderr


def test_unknown_setting_is_said_with_the_near_one(environ):
    done = _serve({**environ, "ASSAY_PROT": "80"})
    assert done.returncode == 1
    assert "Did you mean ASSAY_PORT?" in done.stderr
    assert "Traceback" not in done.stderr


def test_command_says_what_is_wrong_with_a_setting(environ):
    done = _flask({**environ, "ASSAY_LEDGER_ORIGIN": "two words\n"}, "ledger", "check")
    assert done.returncode == 1
    assert "ledger cannot be signed" in done.stderr
    assert "Traceback" not in done.stderr


def test_shop_starts_says_where_and_keeps_its_data(environ, port, tmp_path):
    assert _flask(environ, "prepare", "--no-demo").returncode == 0
    assert _flask(environ, "demo", "load", "hairiz-3d-exosome").returncode == 0
    (tmp_path / "demo-loaded").touch()

    first = _open_and_close(environ, port)
    again = _open_and_close(environ, port)

    account = re.search(r"Staff: +(\S+) +(\S+) +(\S+)", first)
    assert account
    assert account[0] in again  # the same address, account and password
    assert (tmp_path / "staff-account").stat().st_mode & 0o777 == 0o600


def test_shop_told_to_stop_again_and_again_leaves_nothing_running(environ, port, tmp_path):
    (tmp_path / "demo-loaded").touch()
    errors = tmp_path / "errors"

    with errors.open("w") as stderr, _running(environ, stderr) as process:
        assert any("Ctrl-C" in line for line in process.stdout)
        while process.poll() is None:
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.02)

    assert process.returncode == 0
    assert "Traceback" not in errors.read_text()
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("127.0.0.1", port))


def _open_and_close(environ, port):
    with _running(environ) as process:
        said = ""
        while "Ctrl-C" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/p/hairiz-3d-exosome") as answer:
            assert "americandiscounttableware" in answer.read().decode().replace("<wbr>", "")
    assert process.returncode == 0
    return said


@contextmanager
def _running(environ, stderr=subprocess.DEVNULL):
    process = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, str(ROOT / "scripts" / "serve.py")],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    )
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def _serve(environ):
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, str(ROOT / "scripts" / "serve.py")],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _flask(environ, *arguments):
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
