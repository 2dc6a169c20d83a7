"""How a request that is turned down is told: as a page, as problem+json, or as one plain line."""

import json
from http import HTTPStatus

import structlog
from flask import Flask, Response, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response as AnyResponse

from shop.plumbing.errors import Conflict, NotFound, Refused, ShopError, Unavailable
from shop.web import problems
from shop.web.logs import request_id
from shop.web.security import NotJson, NotLabelledJson, NotText

_STATUS: dict[type[ShopError], int] = {NotFound: 404, Conflict: 409, Refused: 422, Unavailable: 503}
_JSON = ("application/json", "application/problem+json")
_RETRY_SECONDS = "30"
_log = structlog.get_logger("assay.web")


def install(app: Flask) -> None:
    """The only place where a fault becomes a status code."""
    app.register_error_handler(ShopError, _shop_error)
    app.register_error_handler(HTTPException, _http_error)


def status_of(problem: ShopError) -> int:
    """404, 409, 422 or 503."""
    return next(status for family, status in _STATUS.items() if isinstance(problem, family))


def _shop_error(problem: ShopError) -> AnyResponse:
    status = status_of(problem)
    path = str(problem.details.get("path", ""))
    response = _answer(status, code=problem.code, message=problem.message, path=path)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = _RETRY_SECONDS
    return response


def _http_error(problem: HTTPException) -> AnyResponse | HTTPException:
    if isinstance(problem, RequestRedirect) or problem.code is None:
        return problem
    if problem.response is not None:
        return problem  # whoever raised it made the page: what was typed stands in it
    if isinstance(problem, InternalServerError):
        _log.error("fault", exc_info=problem.original_exception or problem)
    code, message = _explained(problem)
    # A host that we do not serve gets no page of ours, and no address built from its name.
    plain = isinstance(problem, SecurityError)
    response = _answer(problem.code, code=code, message=message, plain=plain)
    for name, value in problem.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _explained(problem: HTTPException) -> tuple[str, str]:
    if isinstance(problem, CSRFError):
        return "http.form_expired", problems.FORM_EXPIRED
    if isinstance(problem, NotText):
        return "http.not_text", problems.NOT_TEXT
    if isinstance(problem, NotJson | NotLabelledJson):
        return "http.not_json", problems.NOT_JSON
    return f"http.{problem.code}", ""


def _answer(
    status: int, *, code: str, message: str, path: str = "", plain: bool = False
) -> AnyResponse:
    told = problems.PROBLEMS.get(status, problems.PROBLEMS[400 if status < 500 else 500])  # noqa: PLR2004
    if _wants_json():
        return _problem_json(status, code, told.title, message or told.text, path)
    if plain or request.accept_mimetypes.best_match(["text/html", "text/plain"]) == "text/plain":
        return Response(message or told.text, status, content_type="text/plain; charset=utf-8")
    g.is_error = True
    page = render_template(
        "errors/problem.html",
        told=told,
        status=status,
        message=message,
        request_id=request_id(),
    )
    return make_response(page, status)


def _wants_json() -> bool:
    if request.path.startswith("/api/") or request.path.endswith(".json"):
        return True
    return request.accept_mimetypes.best_match(["text/html", "text/plain", *_JSON]) in _JSON


def _problem_json(status: int, code: str, title: str, detail: str, path: str) -> Response:
    """RFC 9457; `path` says where in a JSON body, when that is known."""
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id(),
        **({"path": path} if path else {}),
    }
    return Response(json.dumps(body), status, content_type="application/problem+json")
