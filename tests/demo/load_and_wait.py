"""A process for test_loading: loads a few products and stands still when it has come so far."""

import os
import signal
import sys
from datetime import date

import config
from shop.demo import loading
from shop.factory import create_app
from shop.plumbing.db import transaction


def main(today: str, stage: str, done: int, slugs: list[str]) -> None:
    app = create_app(config.from_environment(os.environ))

    def stand_still(name: str, count: int, _total: int) -> None:
        if (name, count) == (stage, done):
            sys.stdout.write("standing\n")
            sys.stdout.flush()
            signal.pause()

    with app.app_context():
        loading.load(
            date.fromisoformat(today),
            store=app.extensions["assay"].blobs,
            transaction=transaction,
            context=app.app_context,
            progress=stand_still,
            only=slugs,
        )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:])
