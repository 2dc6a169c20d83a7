import dataclasses

from shop import worker
from shop.certificates import jobs as reading
from shop.certificates import service as certificates
from shop.certificates.reader.limits import MEGABYTE
from shop.plumbing import jobs
from shop.plumbing.db import transaction
from shop.web.context import current_shop


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
