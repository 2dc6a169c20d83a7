import dataclasses
from datetime import timedelta

from shop import worker
from shop.certificates import jobs as reading
from shop.certificates import service as certificates
from shop.certificates.reader.limits import MEGABYTE
from shop.plumbing import jobs
from shop.plumbing.clock import now
from shop.plumbing.db import db, transaction
from shop.sellers import following, registrations, service
from shop.web.context import current_shop
from tests.sellers.factories import make_product


def test_file_of_the_size_that_is_taken_in_is_read_and_no_larger_one(app):
    shop = current_shop()
    with transaction():
        public_ids = [
            certificates.receive(
                f"{size}.pdf", b"%PDF-1.7" + bytes(size), uploaded_by="staff", store=shop.blobs
            ).certificate.public_id
            for size in (MEGABYTE // 2, MEGABYTE)
        ]
    config = dataclasses.replace(shop.config, max_upload_mb=1)
    handlers = worker.handlers(config, shop.blobs, shop.payments, shop.outbound)

    jobs.run_due({reading.READ_JOB: handlers[reading.READ_JOB]})

    small, large = (certificates.by_public_id(each).problems for each in public_ids)
    assert "certificate.limit_size" not in {each["code"] for each in small}
    assert [each["code"] for each in large] == ["certificate.limit_size"]


def test_sweep_rings_for_links_that_are_due_or_were_clicked(app):
    with transaction():
        due, clicked, fresh = (
            service.add_offer(make_product(), f"https://shop{number}.net/") for number in range(3)
        )
        for offer in (due, clicked, fresh):
            offer.next_follow_at = now() + timedelta(days=3)
        due.next_follow_at = None
        fresh.followed_at = now()
        db.session.query(jobs.Job).delete()
    spool = following.clicks(current_shop().config.data_dir)
    for offer in (clicked, fresh):
        following.clicked(offer, spool)
    expected = {due.public_id, clicked.public_id}

    worker.sweep()

    rung = db.session.query(jobs.Job).filter_by(kind=following.FOLLOW_JOB)
    assert {job.key for job in rung} == expected


def test_what_waits_for_strangers_has_threads_of_its_own(app):
    shop = current_shop()
    known = worker.handlers(shop.config, shop.blobs, shop.payments, shop.outbound)
    visits = set(worker.duties(shop)[-1])
    home = set(worker.duties(shop)[0])
    assert {following.FOLLOW_JOB, registrations.REGISTRATION_JOB} <= visits
    assert home.isdisjoint(visits)
    assert home | visits == set(known)
    assert len(worker.duties(shop)) == shop.config.reader_processes + worker.VISITORS
