"""Is this process alive, and can it serve?"""

from collections.abc import Callable

import structlog
from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from shop.plumbing import jobs, schema
from shop.plumbing.schema import SchemaState
from shop.web.access import public
from shop.web.caching import never
from shop.web.context import current_shop

bp = Blueprint("health", __name__)
_log = structlog.get_logger()


@bp.get("/healthz")
@public
def alive() -> Response:
    """The process answers. Says nothing about what it stands on."""
    return _answer({"process": "ok"}, 200)


@bp.get("/readyz")
@public
def ready() -> Response:
    """Everything that a page needs answers; otherwise 503, naming the part that does not."""
    parts = {name: "ok" if check() else "failing" for name, check in _CHECKS.items()}
    return _answer(parts, 200 if set(parts.values()) == {"ok"} else 503)


def _answer(parts: dict[str, str], status: int) -> Response:
    response = jsonify(parts)
    response.status_code = status
    never(response)
    return response


def _has_schema() -> bool:
    return schema.state() is SchemaState.CURRENT


def _has_queue() -> bool:
    return jobs.waiting() >= 0


def _has_blobs() -> bool:
    return current_shop().blobs.is_ready()


def _answers(check: Callable[[], bool]) -> Callable[[], bool]:
    def checked() -> bool:
        try:
            return check()
        except SQLAlchemyError as problem:
            _log.warning("health.failing", problem=type(problem).__name__)
            return False

    return checked


_CHECKS: dict[str, Callable[[], bool]] = {
    "database": _answers(_has_schema),
    "queue": _answers(_has_queue),
    "blobs": _has_blobs,
}
