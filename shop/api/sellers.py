"""Who is behind a link? The same judge for programs: a case in, state and findings out.

Reads no row and no cookie, writes nothing and fetches nothing: the case holds all that is known.
"""

import json
from typing import Any, NoReturn

from flask import Response, request
from flask_smorest import Blueprint

from shop.api.schemas import MOST_CASES, check_operation
from shop.assay.sellers import programs
from shop.plumbing.clock import now
from shop.plumbing.errors import Refused
from shop.web.access import for_programs
from shop.web.security import PROGRAMS_LIMIT, NotJson, limiter

bp = Blueprint(
    "sellers_api", __name__, url_prefix="/api/v1/sellers", description="Who is behind a link."
)

# Hosts and protected names of all cases together, those that are repeated counted once: they are
# arranged while somebody waits. The command line takes any number.
MOST_NAMES = 2000


@for_programs
@limiter.limit(PROGRAMS_LIMIT)
def check() -> Response:
    """Judge one case, or up to 100 of them."""
    data = _body()
    try:
        return _json(_answer_all(data))
    except programs.CaseError as problem:
        _refuse(problem.path, problem.message)
    except RecursionError:
        _refuse("$", "the JSON is nested too deeply")


def _answer_all(data: object) -> dict[str, Any]:
    kept, moment = programs.Kept(most_names=MOST_NAMES), now()
    if not isinstance(data, dict):
        _refuse("$", "a case must be an object")
    cases = data.get("cases", [data])
    if not isinstance(cases, list) or not 1 <= len(cases) <= MOST_CASES:
        _refuse("$.cases", f"this must be a list of 1 to {MOST_CASES} cases")
    paths = [f"$.cases[{number}]" for number in range(len(cases))] if "cases" in data else ["$"]
    answers = [
        programs.answer(programs.read_case(case, at=moment, kept=kept, path=path))
        for case, path in zip(cases, paths, strict=True)
    ]
    return {"answers": answers} if "cases" in data else answers[0]


def _body() -> object:
    """The body as JSON. A program that sends something else is told 400 or 415 (web.security)."""
    try:
        return json.loads(request.get_data(cache=False).decode(), parse_constant=_no_number)
    except RecursionError:
        _refuse("$", "the JSON is nested too deeply")
    except ValueError as problem:  # no UTF-8, no JSON, or a number of thousands of digits
        raise NotJson from problem


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _refuse(path: str, message: str) -> NoReturn:
    code = "sellers.case_unreadable"
    raise Refused(code, f"{path}: {message}.", path=path)


def _json(said: object) -> Response:
    return Response(json.dumps(said) + "\n", content_type="application/json")


# No decorators: flask-smorest's have no types, and would take the view's away.
bp.post("/check")(bp.doc(**check_operation())(check))
