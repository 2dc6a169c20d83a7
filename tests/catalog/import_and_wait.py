"""A process for test_import_killed: imports a file and stands still when so much is written."""

import os
import signal
import sys
from pathlib import Path

import config
from shop.catalog import importing
from shop.factory import create_app
from shop.plumbing.db import transaction


def main(file: str, stop_at: int) -> None:
    app = create_app(config.from_environment(os.environ))

    def stand_still(stage: str, done: int, _total: int) -> None:
        if stage == "writing" and done >= stop_at:
            sys.stdout.write("standing\n")
            sys.stdout.flush()
            signal.pause()

    with app.app_context():
        importing.run(
            Path(file), folder=Path(file).parent, transaction=transaction, progress=stand_still
        )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
