"""A process that appends until it is done or killed: prints each index once it is committed.

It says when it is ready and waits for a line, so that several start at the same moment.

python -m tests.ledger.appender FOLDER DATABASE_URL NAME COUNT
"""

import sys
from pathlib import Path

from shop.assay.log.entries import EntryKind
from shop.factory import create_app
from shop.ledger import service
from shop.plumbing.db import transaction
from tests.conftest import make_config


def main(folder, database_url, name, count):
    app = create_app(make_config(Path(folder), database_url))
    with app.app_context():
        service.size()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        for number in range(int(count)):
            subject = {"kind": "offer", "id": f"{name}-{number}"}
            with transaction():
                index = service.append(EntryKind.PUBLISHED, {"subject": subject}).index
            sys.stdout.write(f"{index} {name}-{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
