"""For brands and retailers: how to publish a list of sellers, check it, and prove a domain."""

import calendar
import json
from collections.abc import Mapping, Sequence
from datetime import date
from email.utils import parseaddr
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_limiter import RequestLimit
from werkzeug.wrappers import Response as AnyResponse

from shop.assay.sellers import challenge_states, challenges, published
from shop.assay.sellers.hostnames import parse
from shop.assay.sellers.published import SCHEMA, WELL_KNOWN, Reading
from shop.catalog import service as catalog
from shop.plumbing import clock
from shop.plumbing.errors import Refused
from shop.sellers import list_reading, lists
from shop.web import list_words
from shop.web.access import public
from shop.web.context import current_shop
from shop.web.security import LIST_LIMIT, limiter
from shop.web.transactions import write

bp = Blueprint("publishing", __name__)
_LOOK_AGAIN = "3"
_OUR_NAME = "Assay"
_DAY = 24 * 60 * 60
# Of the example on the page.
_SELLERS = (
    {"name": "Your Brand", "domains": ["yourbrand.example"], "relation": "direct"},
    {"name": "A Retailer", "domains": ["retailer.example"], "until": "2027-12-31"},
    {
        "name": "Your Brand at a Marketplace",
        "domains": ["marketplace.example"],
        "paths": ["/stores/yourbrand"],
        "regions": ["US"],
        "relation": "marketplace-store",
    },
)
_REFUSED = ({"domain": "outlet.example", "since": "2026-01-31"},)
_TOO_MANY = "You asked for many checks in a short time. Wait a minute, then try again."


@bp.get("/for-sellers")
@public
def show() -> AnyResponse:
    return _page()


def _too_fast(_limit: RequestLimit) -> Response:
    field = "url" if "url" in request.form else "list"
    return _page({field: _TOO_MANY}, status=HTTPStatus.TOO_MANY_REQUESTS)


@bp.post("/for-sellers/list")
@public
@limiter.limit(LIST_LIMIT, on_breach=_too_fast)
def check_text() -> AnyResponse:
    """What is wrong with a list that was pasted. Nothing is kept."""
    text = request.form.get("list", "")
    if not text.strip():
        return _page({"list": "Paste the list that you want checked"})
    reading = published.read(text.encode("utf-8", "replace"), today=clock.today())
    return _page(report=_report(reading), text=text)


@bp.post("/for-sellers/list-at")
@public
@limiter.limit(LIST_LIMIT, on_breach=_too_fast)
def check_address() -> AnyResponse:
    """Have a worker read the list at an address: the web process fetches nothing."""
    url = request.form.get("url", "").strip()
    if not url:
        return _page({"url": "Enter the address of the list"})
    try:
        with write():
            public_id = lists.ask_check(url).public_id
    except Refused as problem:
        return _page({"url": problem.message}, url=url)
    return redirect(url_for("publishing.result", public_id=public_id), code=303)


@bp.get("/for-sellers/lists/<public_id>")
@public
def result(public_id: str) -> AnyResponse:
    """What a worker found at an address. Looks again by itself until it is there."""
    check = lists.check(public_id)
    report = _kept(check.report) if check.read_at is not None and check.report else None
    response = make_response(
        render_template(
            "storefront/publishing/result.html",
            check=check,
            report=report,
            told=report["told"] if report else list_words.READING,
        )
    )
    if report is None:
        response.headers["Refresh"] = _LOOK_AGAIN  # with scripts or without
    return response


@bp.get("/schemas/authorized-sellers.json")
@public
def schema() -> Response:
    """The format as a JSON Schema, for editors and for everybody's own checks."""
    known = {"$id": f"{current_shop().config.public_url}/schemas/authorized-sellers.json"}
    return _for_machines(known | dict(SCHEMA), "application/schema+json")


@bp.get(WELL_KNOWN)
@public
def own_list() -> Response:
    """Where the shop's own goods are sold: here, and nowhere else. Which brands authorize us, only
    those brands' lists can say.
    """
    address = current_shop().config.public_url
    here = parse(address)
    is_selling = here.is_public and not here.is_internal and catalog.is_selling()
    own = {"name": _OUR_NAME, "domains": [here.name], "relation": "direct"}
    return _for_machines(
        {
            "version": 1,
            "brand": _OUR_NAME,
            "canonical": f"{address}{WELL_KNOWN}",
            "expires": _end_of_next_month(clock.today()).isoformat(),
            "sellers": [own] if is_selling else [],
        },
        "application/json",
    )


def _page(
    problems: Mapping[str, str] | None = None,
    *,
    report: Mapping[str, Any] | None = None,
    text: str = "",
    url: str = "",
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> Response:
    problems = problems or {}
    _, address = parseaddr(current_shop().config.mail_from)
    body = render_template(
        "storefront/publishing/show.html",
        problems=problems,
        report=report,
        text=text,
        url=url,
        example=_example(),
        members=_members(SCHEMA),
        seller_members=_members(SCHEMA["properties"]["sellers"]["items"]),
        well_known=WELL_KNOWN,
        proof=challenges,
        token_days=challenge_states.TOKEN_LIVES.days,
        proof_days=challenge_states.PROOF_LIVES.days,
        address=address,
    )
    return make_response(body, status if problems else HTTPStatus.OK)


def _report(reading: Reading) -> dict[str, Any]:
    found = reading.list
    return {
        "told": list_words.result(
            "" if found else list_reading.NOT_ACCEPTED, has_problems=bool(reading.problems)
        ),
        "problems": reading.problems,
        "brand": found.brand if found else "",
        "sellers": len(found.sellers) if found else 0,
        "expires": found.expires_on if found else None,
    }


def _kept(report: Mapping[str, Any]) -> dict[str, Any]:
    """The same from a check that a worker left."""
    expires = report.get("expires")
    problems: Sequence[Mapping[str, Any]] = report["problems"]
    return {
        "told": list_words.result(report["problem"], has_problems=bool(problems)),
        "problems": problems,
        "brand": report.get("brand", ""),
        "sellers": report.get("sellers", 0),
        "expires": date.fromisoformat(expires) if expires else None,
    }


def _members(part: Mapping[str, Any]) -> list[tuple[str, bool, str]]:
    """(name, whether it is required, what to write there) of each member of a part."""
    return [
        (name, name in part["required"], member["description"])
        for name, member in part["properties"].items()
        if name != "not_authorised"
    ]


def _example() -> str:
    """A list that has no mistakes on the day on which somebody reads the page."""
    head = {
        "version": 1,
        "brand": "Your Brand",
        "canonical": f"https://yourbrand.example{WELL_KNOWN}",
        "expires": _end_of_next_month(clock.today()).isoformat(),
    }
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    for name, entries, end in (("sellers", _SELLERS, "],"), ("not_authorized", _REFUSED, "]")):
        written = [f"    {json.dumps(entry)}".replace(', "', ',\n     "') for entry in entries]
        lines += [f'  "{name}": [', ",\n".join(written), f"  {end}"]
    return "\n".join(["{", *lines, "}"])


def _end_of_next_month(today: date) -> date:
    """Stays the same for a month, so that the answer does too."""
    year, month = (today.year, today.month + 1) if today.month < 12 else (today.year + 1, 1)  # noqa: PLR2004 - a year
    return date(year, month, calendar.monthrange(year, month)[1])


def _for_machines(document: Mapping[str, Any], content_type: str) -> Response:
    """For everybody, from every site; asked for again with an ETag."""
    body = json.dumps(document, ensure_ascii=False, indent=2)
    response = Response(body + "\n", content_type=f"{content_type}; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = f"public, max-age={_DAY // 24}"
    response.add_etag()
    response.make_conditional(request)
    return response
