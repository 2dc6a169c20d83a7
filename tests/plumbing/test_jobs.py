"""The bell: rung in its reason's transaction, answered at least once, never lost."""

import threading
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.exc import OperationalError

from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.jobs import Handler, Job


@pytest.fixture
def heard():
    return []


@pytest.fixture
def handlers(heard):
    return {"greet": Handler(lambda key, _transaction: heard.append(key))}


def test_job_exists_exactly_when_its_reason_does(app, handlers, heard):
    with pytest.raises(RuntimeError):
        _ring_and_fail()
    assert jobs.run_due(handlers) == 0

    _ring("ada")
    assert jobs.run_due(handlers) == 1
    assert heard == ["ada"]
    assert jobs.waiting() == 0


def test_ringing_twice_is_ringing_once(app, handlers, heard):
    _ring("ada")
    _ring("ada")
    assert jobs.run_due(handlers) == 1
    assert heard == ["ada"]


def test_rung_for_later_while_running_runs_again_then(app):
    seen = []

    def run(key, transaction):
        seen.append(key)
        with transaction():
            jobs.enqueue("greet", key, at=now() + timedelta(hours=1))

    _ring("ada")
    assert jobs.run_due({"greet": Handler(run)}) == 1
    with time_machine.travel(now() + timedelta(hours=2)):
        assert jobs.run_due({"greet": Handler(run)}) == 1
    assert seen == ["ada", "ada"]


def test_rung_while_running_runs_again(app):
    seen = []

    def run(key, transaction):
        seen.append(key)
        if len(seen) == 1:
            _ring(key)

    _ring("ada")
    assert jobs.run_due({"greet": Handler(run)}) == 2
    assert seen == ["ada", "ada"]
    assert jobs.waiting() == 0


def test_later_job_waits_for_its_time(app, handlers, heard):
    with transaction():
        jobs.enqueue("greet", "ada", at=now() + timedelta(hours=1))
    assert jobs.run_due(handlers) == 0
    with time_machine.travel(now() + timedelta(hours=2)):
        assert jobs.run_due(handlers) == 1
    assert heard == ["ada"]


def test_job_of_a_dead_worker_runs_again_after_its_lease(app, handlers, heard):
    _ring("ada")
    with transaction():  # what a worker leaves behind when it is killed in the middle
        job = db.session.query(Job).one()
        job.leased_until = now() + jobs.LEASE
        job.attempts = 1
    assert jobs.run_due(handlers) == 0
    with time_machine.travel(now() + jobs.LEASE + timedelta(seconds=1)):
        assert jobs.run_due(handlers) == 1
    assert heard == ["ada"]


def test_failing_job_is_tried_again_then_given_up(app):
    tried, given_up = [], []

    def run(key, transaction):
        tried.append(key)
        raise OSError

    failing = {"greet": Handler(run, gave_up=lambda key, _transaction: given_up.append(key))}
    _ring("ada")
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(jobs.MAX_ATTEMPTS):
            assert jobs.run_due(failing) == 1
            clock.shift(timedelta(days=1))
        assert jobs.run_due(failing) == 0
    assert len(tried) == jobs.MAX_ATTEMPTS
    assert given_up == ["ada"]


def test_failed_handler_leaves_nothing_half_written(app):
    def run(key, transaction):
        with transaction():
            jobs.enqueue("other", "half")
            raise OSError

    _ring("ada")
    jobs.run_due({"greet": Handler(run)})
    assert [job.kind for job in db.session.query(Job)] == ["greet"]


def test_unknown_kind_is_left_for_a_worker_that_knows_it(app, handlers):
    with transaction():
        jobs.enqueue("from_a_newer_version", "x")
    assert jobs.run_due(handlers) == 0
    assert jobs.waiting() == 1


def test_two_workers_never_run_one_job_at_the_same_time(app):
    count, lock, running = 40, threading.Lock(), []

    def run(key, transaction):
        with lock:
            running.append(key)

    for number in range(count):
        _ring(str(number))

    def worker():
        with app.app_context():
            while jobs.run_one({"greet": Handler(run)}):
                pass
            db.session.remove()

    workers = [threading.Thread(target=worker) for _ in range(4)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    assert sorted(running, key=int) == [str(number) for number in range(count)]


def test_idle_worker_sees_what_others_rang_for(app, handlers, heard):
    assert not jobs.run_one(handlers)

    def ring():
        with app.app_context():
            _ring("ada")
            db.session.remove()

    elsewhere = threading.Thread(target=ring)
    elsewhere.start()
    elsewhere.join()
    assert jobs.run_one(handlers)
    assert heard == ["ada"]


def test_work_stops_when_told(app, handlers, heard):
    stop = threading.Event()
    _ring("ada")
    with_stop = {"greet": Handler(lambda key, _transaction: (heard.append(key), stop.set()))}
    swept = []
    jobs.work(with_stop, stop=stop, sweep=lambda: swept.append(True))
    assert heard == ["ada"]
    assert swept


def test_worker_outlives_a_database_that_is_gone_for_a_while(app, heard):
    stop, sweeps = threading.Event(), []
    locked = OperationalError("SELECT 1", {}, OSError("database is locked"))
    _ring("ada")

    def sweep():
        sweeps.append(True)
        if len(sweeps) < 3:
            raise locked

    def run(key, _transaction):
        heard.append(key)
        stop.set()

    jobs.work({"greet": Handler(run)}, stop=stop, sweep=sweep, idle_seconds=0.01)
    assert len(sweeps) == 3
    assert heard == ["ada"]


def _ring(key):
    with transaction():
        jobs.enqueue("greet", key)


def _ring_and_fail():
    with transaction():
        jobs.enqueue("greet", "ada")
        raise RuntimeError
