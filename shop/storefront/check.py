"""Check a lot: the certificate for a bottle that somebody has already, and recalls."""

from flask import Blueprint, Response, jsonify, render_template, request

from shop.storefront.lookup import look_up
from shop.web.access import public
from shop.web.security import CHECK_LIMIT, limiter

bp = Blueprint("check", __name__)

_LONGEST = 60


@bp.get("/check")
@public
@limiter.limit(CHECK_LIMIT)
def show() -> str:
    """The form, or what we know about the code that was typed into it."""
    code = " ".join(request.args.get("lot", "").split())[:_LONGEST]
    if not code:
        has_asked = "lot" in request.args
        return render_template("storefront/check/form.html", has_asked=has_asked)
    answer = look_up(code, request.args.get("product", ""))
    return render_template("storefront/check/result.html", answer=answer)


@bp.get("/lots/<code>.json")
@public
@limiter.limit(CHECK_LIMIT)
def lot_json(code: str) -> Response:
    """The same answer in three words, for the box on a product's page."""
    told = look_up(code[:_LONGEST], request.args.get("product", "")).told
    return jsonify(state=told.mark.value, words=told.title, detail=told.detail)
