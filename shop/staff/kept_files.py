"""How does a letter or saved page that staff send reach the store, and leave it again?"""

from flask import request
from werkzeug.wrappers import Response

from shop.plumbing.errors import Refused
from shop.sellers import by_hand
from shop.staff.forms import Form
from shop.web import security
from shop.web.context import current_shop

_MEGABYTE = 1_000_000


def sent(form: Form, name: str, *, missing: str = "") -> bytes:
    """The bytes of the form's file; what is wrong with them stands beside the field.

    `missing` is said where there are none; without it the file is optional.
    """
    most = current_shop().config.max_upload_mb
    content = received(name, most * _MEGABYTE)
    if not content:
        if missing:
            form.add_error(name, missing)
        return b""
    if len(content) > most * _MEGABYTE:
        form.add_error(name, f"Choose a file of at most {most} MB.")
        return b""
    try:
        by_hand.kind_of(content)
    except Refused as problem:
        form.add_error(name, problem.message)
    return content


def received(name: str, most_bytes: int) -> bytes:
    """What was sent as this file: one byte more than `most_bytes` at most."""
    file = request.files.get(name)
    if file is None:
        return b""
    content = file.stream.read(most_bytes + 1)
    file.close()
    return content


def attachment(digest: str, stem: str) -> Response:
    """A kept file as it came, to be saved and never opened inside our pages."""
    content = current_shop().blobs.get(digest)
    try:
        ending = by_hand.kind_of(content)
    except Refused:
        ending = "bin"
    response = Response(content, content_type="application/octet-stream")
    name = f"{stem}-{digest[:12]}.{ending}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Content-Security-Policy"] = security.SANDBOXED
    return response
