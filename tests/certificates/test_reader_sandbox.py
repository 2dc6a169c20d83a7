"""What is left to a process that has a stranger's document open? Each tries it itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shop.certificates.reader import client, parent
from tests.certificates import documents

ROOT = Path(__file__).parents[2]
ENTER = """
import ctypes, os, signal, socket, subprocess, sys
from pathlib import Path
from shop.certificates.reader import calls, sandbox
from shop.certificates.reader.limits import DEFAULT
parent = os.getppid()
taken = sandbox.enter(DEFAULT, Path(sys.argv[1]))
try:
    ATTEMPT
except (OSError, subprocess.SubprocessError) as problem:
    print(taken, type(problem).__name__)
else:
    print(taken, "done")
"""


def attempt(code, *arguments, enter=ENTER):
    """What was taken from the process, and how its attempt ended."""
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", enter.replace("ATTEMPT", code), *map(str, arguments)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()


@pytest.mark.parametrize("code", ["sandbox.cut_network()", "calls.refuse_sockets()"])
def test_child_has_no_network(code):
    """By namespace where there is one, and by filter."""
    program = f"""
import socket, sys
from shop.certificates.reader import calls, sandbox
how = {code}
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=2)
    print(how, "connected")
except OSError:
    print(how, "refused")
"""
    with documents.listening() as port:
        how, ended = attempt("", port, enter=program)
    assert ended == "refused"
    assert how in {"namespace", "filter", "True"}


@pytest.mark.parametrize(
    "code",
    [
        "socket.socketpair()",
        "socket.socket(socket.AF_UNIX)",
        "Path(sys.argv[2]).read_bytes()",
        "os.listdir(Path(sys.argv[2]).parent)",
        "Path(sys.argv[2]).write_bytes(b'x')",
        "Path(sys.argv[2]).with_name('other').write_bytes(b'x')",
        "Path('/etc/passwd').read_bytes()",
        "Path(f'/proc/{parent}/environ').read_bytes()",
        "os.kill(parent, signal.SIGCONT)",
        "os.setsid()",
        "os.setpgid(0, 0)",
        "subprocess.run(['true'], start_new_session=True, check=True)",
        "subprocess.run(['cat', sys.argv[2]], check=True, stderr=subprocess.DEVNULL)",
        "subprocess.run(['unshare', '--user', 'true'], check=True, stderr=subprocess.DEVNULL)",
    ],
)
def test_what_reading_does_not_need_is_refused(code, tmp_path):
    own, other = tmp_path / "own", tmp_path / "secret"
    own.mkdir()
    other.write_bytes(b"of somebody else")
    taken, ended = attempt(code, own, other)
    if not {"files", "calls"} <= set(taken.split("+")):
        pytest.fail(f"this kernel offers less than our own do: {taken}")
    assert ended != "done"
    assert other.read_bytes() == b"of somebody else"


@pytest.mark.parametrize(
    "code",
    [
        "Path(sys.argv[1], 'page').write_bytes(b'x'); Path(sys.argv[1], 'page').read_bytes()",
        "Path(sys.argv[1], 'folder').mkdir(); Path(sys.argv[1], 'folder').rmdir()",
        "Path(os.devnull).write_bytes(b'x')",
        "import http.client, xml.dom.minidom",
        "subprocess.run(['true'], check=True)",
        "__import__('threading').Thread(target=print).start()",
    ],
)
def test_what_reading_needs_is_left(code, tmp_path):
    assert attempt(code, tmp_path)[-1] == "done"


def test_full_disk_is_told_apart(tmp_path):
    """The preview's file leads to a device on which nothing has room."""
    program = """
import io, sys
from pathlib import Path
from shop.certificates.reader import child, sandbox
from shop.certificates.reader.limits import DEFAULT
sandbox.enter = lambda *_, **__: ""
document = open(sys.argv[2], "rb")
print(child.serve(document, io.BytesIO(), Path(sys.argv[1]), DEFAULT))
"""
    (tmp_path / "report.pdf").write_bytes(documents.certificate())
    (tmp_path / "page-1-0.webp").symlink_to("/dev/full")
    assert attempt("", tmp_path, tmp_path / "report.pdf", enter=program) == ["4"]


def test_reading_says_what_was_taken():
    taken = parent.read(documents.certificate()).isolation.split("+")
    assert taken[0] in {"namespace", "filter"}
    assert set(taken[1:]) == {"files", "calls"}


def test_child_sees_none_of_our_settings(monkeypatch, tmp_path):
    monkeypatch.setenv("ASSAY_SECRET_KEYS", "secret")
    assert not [name for name in parent.environment(tmp_path) if name.startswith("ASSAY")]


def test_memory_that_is_handed_over_cannot_be_changed():
    with client.memory("document", b"%PDF-") as descriptor:
        with pytest.raises(PermissionError):
            os.pwrite(descriptor, b"x", 0)
        assert os.pread(descriptor, 10, 0) == b"%PDF-"
