"""The process that has everything imported, and forks: shared, replaced, and never in the way."""

import dataclasses
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shop.certificates.reader import alone, client, parent
from shop.certificates.reader.ending import OUT_OF_SPACE, Ending
from shop.certificates.reader.limits import DEFAULT
from tests.certificates import documents, processes

ROOT = Path(__file__).parents[2]
PATIENT = dataclasses.replace(DEFAULT, wall_seconds=60, cpu_seconds=60)


@pytest.fixture(scope="module")
def good():
    return documents.certificate()


@pytest.fixture
def server(good):
    """The id of the running server."""
    parent.read(good)
    return client.server_id()


@pytest.fixture
def pool():
    with ThreadPoolExecutor(8) as threads:
        yield threads


def codes(reading):
    return [problem.code.removeprefix("certificate.") for problem in reading.file.problems]


def proc(pid, name):
    return Path(f"/proc/{pid}/{name}")


def read_slowly(pool, server, limits=PATIENT):
    """A document in the server's hands, and the id of the process that has it open."""
    reading = pool.submit(parent.read, documents.slow_drawing(), limits=limits)
    return reading, processes.first_child(server)


@pytest.mark.parametrize("make", [documents.certificate, documents.bomb, documents.scanned])
def test_both_ways_to_read_say_the_same(make, monkeypatch):
    content = make()
    by_server = parent.read(content)
    monkeypatch.setattr(client, "is_possible", lambda: False)
    assert parent.read(content) == by_server


def test_one_server_reads_all(good, server, pool):
    readings = list(pool.map(parent.read, [good] * 16))
    assert {reading.file.sha256 for reading in readings} == {readings[0].file.sha256}
    assert all(len(reading.fields) == len(readings[0].fields) > 0 for reading in readings)
    assert client.server_id() == server
    assert processes.children(server) == []


def test_reading_says_what_it_cost(good):
    watched = parent.watch(good)
    assert 0 < watched.cpu_seconds < 5
    assert 10 * 2**20 < watched.peak_bytes < 250 * 2**20


def test_server_knows_no_settings_and_makes_no_threads(good, monkeypatch):
    monkeypatch.setenv("ASSAY_SECRET_KEYS", "secret")
    client.restart()
    parent.read(good)
    server = client.server_id()
    assert b"ASSAY" not in proc(server, "environ").read_bytes()
    assert len(list(proc(server, "task").iterdir())) == 1


def test_killed_server_is_replaced(good, server):
    os.kill(server, signal.SIGKILL)
    assert processes.is_gone(server)
    assert codes(parent.read(good)) == []
    assert client.server_id() not in {server, None}


def test_document_in_a_killed_servers_hands_is_read_again(server, pool):
    reading, child = read_slowly(pool, server, dataclasses.replace(DEFAULT, wall_seconds=4))
    os.kill(server, signal.SIGKILL)
    assert processes.is_gone(child)
    assert codes(reading.result()) == ["limit_time"]  # by itself it is as slow


def test_honest_document_beside_it_is_read_all_the_same(good, server, pool):
    os.kill(server, signal.SIGSTOP)  # so that both are in its hands
    readings = [pool.submit(parent.read, good) for _ in range(3)]
    os.kill(server, signal.SIGKILL)
    assert [codes(reading.result()) for reading in readings] == [[]] * 3


def test_server_that_does_not_answer_is_given_up(good, server, monkeypatch):
    monkeypatch.setattr(client, "START_SECONDS", 0.5)
    os.kill(server, signal.SIGSTOP)
    assert codes(parent.read(good)) == []
    assert processes.is_gone(server)


@pytest.mark.parametrize(
    ("how", "is_replaced"),
    [(signal.SIGKILL, False), (signal.SIGSEGV, True), (signal.SIGABRT, True)],
)
def test_killed_reader_is_named_and_takes_nobody_along(good, server, pool, how, is_replaced):
    reading, child = read_slowly(pool, server)
    os.kill(child, how)
    assert codes(reading.result()) == ["limit_crashed"]
    assert codes(parent.read(good)) == []
    assert (client.server_id() != server) is is_replaced


def test_nothing_of_an_ended_reader_goes_on_running(server):
    limits = dataclasses.replace(DEFAULT, wall_seconds=0.5)
    assert codes(parent.read(documents.slow_drawing(), limits=limits)) == ["limit_time"]
    assert processes.children(server) == []


def test_everything_ends_with_the_process_that_reads():
    script = Path(__file__).with_name("read_and_wait.py")
    with subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, str(script)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        server = int(process.stdout.readline())
        child = processes.first_child(server)
        process.kill()
    assert processes.is_gone(child)
    assert processes.is_gone(server)


def test_forked_process_starts_a_server_of_its_own(good, server):
    pid = os.fork()
    if pid == 0:
        is_other = not codes(parent.read(good)) and client.server_id() not in {server, None}
        client.restart()
        os._exit(0 if is_other else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert codes(parent.read(good)) == []
    assert client.server_id() == server


def test_broken_reader_blames_no_document(good, monkeypatch):
    client.restart()
    monkeypatch.setattr(client, "SERVER", "shop.certificates.reader.no_such_module")
    monkeypatch.setattr(alone, "CHILD", "shop.certificates.reader.no_such_module")
    assert codes(parent.read(good)) == ["reading_failed"]


def test_full_disk_is_no_documents_fault(good, monkeypatch):
    full = Ending(status=OUT_OF_SPACE)
    monkeypatch.setattr(client, "ask", lambda *_: full)
    with pytest.raises(OSError, match="no space"):
        parent.read(good)
