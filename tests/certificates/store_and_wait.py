"""A worker's job for test_storing_killed: it stands still in the middle of one step."""

import os
import signal
import sys

import config
from shop.certificates import jobs, storing
from shop.certificates.reader import parent
from shop.factory import create_app
from shop.plumbing import jobs as queue
from shop.plumbing.blobs import BlobStore
from shop.web.context import current_shop

# Where the job may be caught: it has a lease and a mark; previews; rows, all but committed.
STEPS = {
    "reading": (parent, "read"),
    "keeping previews": (BlobStore, "put"),
    "storing": (storing, "_conclude"),
}


def stand_still(*_, **__):
    sys.stdout.write("standing\n")
    sys.stdout.flush()
    signal.pause()


def main(step: str) -> None:
    app = create_app(config.from_environment(os.environ))
    with app.app_context():
        store = current_shop().blobs
        setattr(*STEPS[step], stand_still)
        queue.run_one({jobs.READ_JOB: jobs.read_handler(store)})


if __name__ == "__main__":
    main(sys.argv[1])
