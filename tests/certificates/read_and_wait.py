"""Reads a document that takes minutes, in a process that a test is going to kill."""

import dataclasses
import threading

from shop.certificates.reader import client, parent
from shop.certificates.reader.limits import DEFAULT
from tests.certificates import documents

parent.read(documents.certificate())
slow = documents.slow_drawing()
limits = dataclasses.replace(DEFAULT, wall_seconds=300, cpu_seconds=300)
reading = threading.Thread(target=parent.read, args=[slow], kwargs={"limits": limits})
reading.start()
print(client.server_id(), flush=True)  # noqa: T201 - said to the test
reading.join()
