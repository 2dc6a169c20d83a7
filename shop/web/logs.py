"""What is written down about a request: one JSON line, a request id, and nothing about a person.

Paths are logged as their rule (`/orders/<token>`), because an address may hold a secret.
"""

import logging
import re
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from flask import Flask, g, request
from werkzeug.wrappers import Response

_SANE = re.compile(r"[A-Za-z0-9_-]{8,64}")
_log = structlog.get_logger("assay.web")


def install(app: Flask, level: str) -> None:
    """Give every request an id and write a line when it is answered."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=_from(level),
        # Standard error: what a command prints is for the next program in the pipe.
        logger_factory=_to_standard_error,
    )
    # Faults are written by web.errors as one JSON line; Flask would print them a second time.
    app.logger.handlers = [logging.NullHandler()]
    app.logger.propagate = False
    app.before_request(_begin)
    app.after_request(_end)


@contextmanager
def quiet() -> Iterator[None]:
    """Only warnings, while a progress bar is drawn on the same screen."""
    before = structlog.get_config()["wrapper_class"]
    structlog.configure(wrapper_class=_from("warning"))
    try:
        yield
    finally:
        structlog.configure(wrapper_class=before)


def request_id() -> str:
    """The id of the running request, for people to quote."""
    if "request_id" not in g:
        offered = request.headers.get("X-Request-ID", "")
        is_sane = _SANE.fullmatch(offered) is not None
        g.request_id = offered if is_sane else f"req-{secrets.token_hex(2)}-{secrets.token_hex(2)}"
    found: str = g.request_id
    return found


def _from(level: str) -> type[structlog.typing.FilteringBoundLogger]:
    return structlog.make_filtering_bound_logger(logging.getLevelName(level.upper()))


def _to_standard_error(*_names: str) -> structlog.PrintLogger:
    return structlog.PrintLogger(sys.stderr)


def _begin() -> None:
    for name in list(g):  # a context that outlives the request (a test's) lends it nothing
        g.pop(name)
    g.began = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id())


def _end(response: Response) -> Response:
    response.headers["X-Request-ID"] = request_id()
    rule = request.url_rule.rule if request.url_rule is not None else "(none)"
    began = g.get("began")
    _log.info(
        "request",
        method=request.method,
        rule=rule,
        status=response.status_code,
        ms=round((time.perf_counter() - began) * 1000, 1) if began is not None else None,
    )
    return response
