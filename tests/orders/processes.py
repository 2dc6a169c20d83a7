"""Real processes against one database: what each of them does, and how they are started at once."""

import itertools
import multiprocessing
import os
import signal
import traceback
from pathlib import Path

from sqlalchemy import event

from shop.factory import create_app
from shop.orders import paying, placing, receipts, settling
from shop.orders.models import State
from shop.orders.states import OPEN
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.plumbing.errors import Refused
from shop.web.context import current_shop
from tests.conftest import make_config
from tests.orders.factories import CONTACT

_PATIENCE_S = 120
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["shop.factory", "tests.orders.factories"])


def run_together(work, database_url: str, folder: Path, tasks: list) -> list:
    """Call `work(task)` for every task in a process of its own, all at the same moment.

    Returns what each returned; a fault comes back as its text.
    """
    barrier = _context.Barrier(len(tasks))
    answers = _context.SimpleQueue()
    processes = [
        _context.Process(
            target=_run,
            args=(work, database_url, folder, task),
            kwargs={"barrier": barrier, "answers": answers},
        )
        for task in tasks
    ]
    for process in processes:
        process.start()
    found = [answers.get() for _ in processes]
    for process in processes:
        process.join(_PATIENCE_S)
        process.close()
    return found


def run_until_killed(work, database_url: str, folder: Path, task) -> int:
    """Call `work(task)` in a process that kills itself on the way; returns its exit code."""
    process = _context.Process(target=_run_alone, args=(work, database_url, folder, task))
    process.start()
    process.join(_PATIENCE_S)
    code = process.exitcode
    process.close()
    return code


def place_all(carts: list[str]) -> list[str]:
    """Place an order for each cart; "placed", or the code of the refusal."""
    found = []
    for cart in carts:
        try:
            place_one((cart, placing.new_form_token()))
        except Refused as refusal:
            found.append(refusal.code)
        else:
            found.append("placed")
    return found


def place_one(task: tuple[str, str]) -> str:
    """Place one order; its public id."""
    cart, form = task
    with transaction():
        return placing.place(form, cart, CONTACT, at=now()).public_id


def buy_and_die(task: tuple[str, str, int]) -> None:
    """Buy what is in the cart, and be killed at the given step: a statement or a commit."""
    cart, form, last_step = task
    steps = itertools.count(1)

    def step(*_) -> None:
        if next(steps) == last_step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(db.engine, "before_cursor_execute", step)
    event.listen(db.engine, "commit", step)
    buy(cart, form)


def buy(cart: str, form: str) -> State | None:
    """The whole way of a shopper with the demo provider; safe to go again from the start."""
    payments = current_shop().payments
    place_one((cart, form))
    token = placing.order_token(form)
    if receipts.by_token(token).state in OPEN:
        paying.open_session(token, payments=payments, transaction=transaction)
        session_id = receipts.by_token(token).session_id
        payments.pay(session_id)
        settling.settle(session_id, payments=payments, transaction=transaction)
    return receipts.by_token(token).state


def _run(work, database_url, folder, task, *, barrier, answers):
    try:
        with create_app(make_config(folder, database_url)).app_context():
            db.session.connection()
            db.session.rollback()
            barrier.wait(_PATIENCE_S)
            answer = work(task)
            db.session.remove()
            db.engine.dispose()
    except BaseException:  # noqa: BLE001 - the parent must hear of anything, or it waits for ever
        answer = traceback.format_exc()
    answers.put(answer)


def _run_alone(work, database_url, folder, task):
    with create_app(make_config(folder, database_url)).app_context():
        work(task)
