"""The shop's front: the list of products, the search, and its suggestions."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any
from urllib.parse import quote, urlencode

from flask import Blueprint, Response, jsonify, render_template, request

from shop.catalog import search
from shop.catalog.search import Suggestion
from shop.storefront.listing import listing, query_from
from shop.web.access import public

bp = Blueprint("browse", __name__)

_SUGGESTIONS = 8
_NEAREST = 4


@bp.get("/")
@public
def index() -> str:
    """All products, or those that a search and its filters leave."""
    query = query_from(request.args)
    found = search.find(query)
    page = listing(request.args, query, found)
    if query.text and not found.total and not page.chips:
        nearest = [_told(suggestion) for suggestion in _nearest(query.text)]
        return render_template("storefront/browse/nothing.html", listing=page, nearest=nearest)
    return render_template("storefront/browse/index.html", listing=page)


@bp.get("/suggest")
@public
def suggest() -> Response:
    """What the search box offers while somebody types: groups of {t: text, s: note, u: address}."""
    found = search.suggest(request.args.get("q", "")[:200], limit=_SUGGESTIONS)
    groups = [
        {"kind": kind, "items": [_item(suggestion) for suggestion in group]}
        for kind, group in groupby(found, key=lambda suggestion: _KINDS[suggestion.kind])
    ]
    return jsonify(groups=groups)


def _nearest(text: str) -> list[Suggestion]:
    """Suggestions for the text as a whole, else a few for each of its first words."""
    found = list(search.suggest(text, limit=_NEAREST))
    for word in text.split()[:_NEAREST] if not found else ():
        found += [each for each in search.suggest(word, limit=2) if each not in found]
    return found[:_NEAREST]


def _item(suggestion: Suggestion) -> Mapping[str, str]:
    told = _told(suggestion)
    return {"t": told["text"], "s": told["note"], "u": told["url"]}


def _told(suggestion: Suggestion) -> dict[str, Any]:
    return {
        "text": suggestion.text,
        "kind": _KINDS[suggestion.kind],
        "note": ", ".join(filter(None, (suggestion.note, _FLAGGED[suggestion.is_flagged]))),
        "url": _address(suggestion),
    }


def _address(suggestion: Suggestion) -> str:
    match suggestion.kind:
        case "product":
            return f"/p/{quote(suggestion.slug)}"
        case "brand":
            return "/?" + urlencode({"brand": suggestion.slug})
        case "lot":
            return "/check?" + urlencode({"lot": suggestion.text})
        case _:
            return "/?" + urlencode({"q": suggestion.text})


_KINDS = {"product": "Product", "brand": "Brand", "lot": "Lot"}
_FLAGGED = {True: "flagged", False: ""}
