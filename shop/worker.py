"""Which jobs are there, what does the sweep ring for, and how does a worker run?"""

import signal
import threading
from collections.abc import Callable, Mapping

from flask import Flask

from config import Config
from shop.certificates import asking
from shop.certificates import jobs as reading
from shop.certificates.reader.limits import limits_for
from shop.inspections import jobs as inspecting
from shop.ledger import service as ledger
from shop.orders import jobs as ordering
from shop.orders.payments import PaymentProvider
from shop.plumbing import jobs, mail
from shop.plumbing.blobs import BlobStore
from shop.plumbing.db import db, transaction
from shop.plumbing.jobs import Handler
from shop.plumbing.outbound import Outbound
from shop.sellers import following, lists, proving, registrations
from shop.sellers import schedule as selling
from shop.web.context import Shop, current_shop

VISITORS = 4  # at a second a visit, 2.4 million links a week


def handlers(
    config: Config,
    blobs: BlobStore,
    payments: PaymentProvider,
    outbound: Outbound,
) -> Mapping[str, Handler]:
    """Everything that a worker can do, by kind of job."""
    return {**_at_home(config, blobs, payments), **_visits(outbound, blobs)}


def sweep() -> None:
    """Ring for whatever is due and has lost its bell, or has come due with time."""
    with transaction():
        mail.ring_for_due()
        reading.sweep()
        selling.ring_for_due()
        following.ring_for_clicked(following.clicks(current_shop().config.data_dir))
        following.ring_for_due()
        registrations.ring_for_due()
        proving.ring_for_due()
        lists.ring_for_due()
        inspecting.ring_for_due()
        ordering.ring_for_due()


def duties(shop: Shop) -> list[Mapping[str, Handler]]:
    """What each thread does. One for each reader, and some for visits alone: no letter waits
    behind a stranger's slow server.
    """
    home = _at_home(shop.config, shop.blobs, shop.payments)
    visits = _visits(shop.outbound, shop.blobs)
    return [home] * shop.config.reader_processes + [visits] * VISITORS


def run(app: Flask) -> None:
    """Work until SIGINT or SIGTERM; what runs is finished first."""
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    with app.app_context():
        shop = current_shop()
    threads = [
        threading.Thread(target=_work, args=(app, stop, duty, sweep if place == 0 else _nothing))
        for place, duty in enumerate(duties(shop))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _work(
    app: Flask,
    stop: threading.Event,
    duty: Mapping[str, Handler],
    sweeping: Callable[[], None],
) -> None:
    with app.app_context():
        try:
            jobs.work(duty, stop=stop, sweep=sweeping)
        finally:
            stop.set()  # a thread that fails takes the others along: the process starts anew
            db.session.remove()


def _nothing() -> None:
    """One thread sweeps for all."""


def _at_home(config: Config, blobs: BlobStore, payments: PaymentProvider) -> Mapping[str, Handler]:
    return {
        reading.READ_JOB: reading.read_handler(blobs, limits=limits_for(config.max_upload_mb)),
        ledger.CHECKPOINT_JOB: ledger.checkpoint_handler(),
        mail.JOB: mail.handler(config.smtp_url, config.mail_from),
        **inspecting.HANDLERS,
        **ordering.handlers(payments),
    }


def _visits(outbound: Outbound, blobs: BlobStore) -> Mapping[str, Handler]:
    """What waits for strangers' servers."""
    return {
        **following.handlers(outbound),
        **proving.handlers(outbound),
        **lists.handlers(outbound, blobs),
        **asking.handlers(outbound, blobs),
    }
